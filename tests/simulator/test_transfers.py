"""alipay.fund.trans.uni.transfer and .common.query: money from seller to anybody."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.simulator.bank import Bank
from tests.simulator.harness import Answer, Merchant, Simulator, until
from tests.simulator.test_races import together

TRANSFER = "alipay.fund.trans.uni.transfer"
QUERY = "alipay.fund.trans.common.query"
BALANCE = "alipay.fund.account.query"
JUN = "2088722000000003"
SELLER = "2088721000000001"

Biz = dict[str, Any]
Fault = Callable[..., Any]


@pytest.fixture(autouse=True)
def funded(simulator: Simulator) -> None:
    """The seller has something to send."""
    simulator.control(f"people/{SELLER}/top_up", {"amount": "1000.00"})


@pytest.fixture
def payout(number: str) -> Biz:
    """12.34 for Jun."""
    return {
        "out_biz_no": number,
        "trans_amount": "12.34",
        "product_code": "TRANS_ACCOUNT_NO_PWD",
        "biz_scene": "DIRECT_TRANSFER",
        "order_title": "结算",
        "payee_info": {"identity": JUN, "identity_type": "ALIPAY_USER_ID"},
    }


def payee(identity: str, kind: str = "ALIPAY_USER_ID", **more: Any) -> Biz:
    return {"payee_info": {"identity": identity, "identity_type": kind} | more}


def test_money_is_there_at_once_and_once(
    merchant: Merchant, payout: Biz, bank: Bank
) -> None:
    with bank.moving({"seller merchant": "-12.34", "jun balance": "12.34"}):
        first = merchant.call(TRANSFER, payout)
        again = merchant.call(TRANSFER, payout)

    assert first["status"] == "SUCCESS"
    assert first["out_biz_no"] == payout["out_biz_no"]
    assert len(first["order_id"]) == len(first["pay_fund_order_id"]) == 32
    assert first["pay_fund_order_id"][8:20] == "110070001506"
    assert first["trans_date"]
    assert again.node == first.node


def test_other_data_under_one_number_is_refused(
    merchant: Merchant, payout: Biz, bank: Bank
) -> None:
    merchant.call(TRANSFER, payout)
    changes: list[Biz] = [
        {"trans_amount": "12.35"},
        {"order_title": "else"},
        {"remark": "else"},
        {"passback_params": "x"},
        {"product_code": "STD_RED_PACKET"},
        payee("2088722000000001"),
        payee(JUN, name="陈军"),
    ]
    with bank.moving({"seller merchant": "0.00"}):
        refusals = {merchant.call(TRANSFER, payout | each).refusal for each in changes}
    assert refusals == {"PAYMENT_INFO_INCONSISTENCY"}
    # The same amount, written differently, is the same.
    same = merchant.call(TRANSFER, payout | {"trans_amount": 12.34})
    assert same["code"] == "10000"


@pytest.mark.parametrize(
    "named",
    [
        payee("jun1234@sandbox.com", "ALIPAY_LOGON_ID", name="Chen Jun"),
        payee("jun1234@sandbox.com", "ALIPAY_LOGON_ID", name="陈军"),
        payee(JUN, name="陈军"),
    ],
)
def test_the_payee_is_found_and_his_name_checked(
    merchant: Merchant, payout: Biz, bank: Bank, named: Biz
) -> None:
    with bank.moving({"jun balance": "12.34"}):
        assert merchant.call(TRANSFER, payout | named)["status"] == "SUCCESS"


def test_an_open_id_will_do(merchant: Merchant, payout: Biz, bank: Bank) -> None:
    open_id = bank.open_id("jun", merchant.app)
    with bank.moving({"jun balance": "12.34"}):
        merchant.call(TRANSFER, payout | payee(open_id, "ALIPAY_OPEN_ID"))


@pytest.mark.parametrize(
    ("named", "refusal"),
    [
        (payee("2088999999999999"), "PAYEE_NOT_EXIST"),
        (payee("no@sandbox.com", "ALIPAY_LOGON_ID", name="x"), "PAYEE_NOT_EXIST"),
        (payee("0x", "ALIPAY_OPEN_ID"), "PAYEE_NOT_EXIST"),
        (payee(JUN, name="Lin Mei"), "PAYEE_USER_INFO_ERROR"),
        (payee(SELLER), "PAYER_PAYEE_CANNOT_SAME"),
        (payee("jun1234@sandbox.com", "ALIPAY_LOGON_ID"), "INVALID_PARAMETER"),
        (payee(JUN, "CASH"), "INVALID_PARAMETER"),
        (payee(""), "INVALID_PARAMETER"),
        ({"payee_info": None}, "INVALID_PARAMETER"),
        ({"payee_info": "jun"}, "INVALID_PARAMETER"),
        ({"out_biz_no": ""}, "INVALID_PARAMETER"),
        ({"out_biz_no": "x" * 65}, "INVALID_PARAMETER"),
        ({"trans_amount": None}, "INVALID_PARAMETER"),
        ({"trans_amount": "0"}, "INVALID_PARAMETER"),
        ({"trans_amount": "1.234"}, "INVALID_PARAMETER"),
        ({"trans_amount": "0.09"}, "EXCEED_LIMIT_SM_MIN_AMOUNT"),
        ({"trans_amount": "100000.01"}, "EXCEED_LIMIT_SM_AMOUNT"),
        ({"trans_amount": "100000000.01"}, "EXCEED_LIMIT_SM_AMOUNT"),
        ({"product_code": None}, "INVALID_PARAMETER"),
        ({"product_code": "CASH"}, "INVALID_PARAMETER"),
        ({"biz_scene": None}, "INVALID_PARAMETER"),
        ({"biz_scene": "PERSONAL"}, "INVALID_PARAMETER"),
        ({"order_title": "x" * 129}, "INVALID_PARAMETER"),
        ({"remark": "x" * 201}, "INVALID_PARAMETER"),
        ({"passback_params": "x" * 513}, "INVALID_PARAMETER"),
        ({"business_params": "no json"}, "INVALID_PARAMETER"),
        ({"business_params": "[" * 2000}, "INVALID_PARAMETER"),
        ({"business_params": "[]"}, "INVALID_PARAMETER"),
        ({"business_params": f'{{"a":"{"x" * 2048}"}}'}, "INVALID_PARAMETER"),
        ({"transfer_scene_name": "x" * 65}, "INVALID_PARAMETER"),
        ({"transfer_scene_report_infos": "x"}, "INVALID_PARAMETER"),
    ],
)
def test_refusals_have_no_prefix_and_leave_the_number_free(
    merchant: Merchant, payout: Biz, bank: Bank, named: Biz, refusal: str
) -> None:
    with bank.moving({"seller merchant": "0.00"}):
        answer = merchant.call(TRANSFER, payout | named)
    assert (answer["code"], answer.refusal) == ("40004", refusal)
    assert merchant.call(TRANSFER, payout)["status"] == "SUCCESS"


def test_optional_fields_are_taken(merchant: Merchant, payout: Biz) -> None:
    more = {
        "remark": "九月",
        "business_params": '{"payer_show_name_use_alias":"true"}',
        "passback_params": "a%3D1",
        "transfer_scene_name": "业务结算",
        "transfer_scene_report_infos": [{"info_type": "结算", "info_content": "九月"}],
    }
    assert merchant.call(TRANSFER, payout | more)["status"] == "SUCCESS"
    query = merchant.call(QUERY, {"out_biz_no": payout["out_biz_no"]})
    assert query["passback_params"] == "a%3D1"


def test_a_red_packet_may_be_smaller(
    merchant: Merchant, payout: Biz, bank: Bank
) -> None:
    packet = payout | {"product_code": "STD_RED_PACKET", "trans_amount": "0.01"}
    with bank.moving({"jun balance": "0.01"}):
        assert merchant.call(TRANSFER, packet)["status"] == "SUCCESS"


def test_too_little_money_then_enough_under_the_same_number(
    simulator: Simulator, merchant: Merchant, payout: Biz, bank: Bank
) -> None:
    has = bank.has("seller", "merchant")
    payout["trans_amount"] = str(has + 1)
    simulator.control("app", {"transfer_max": str(has + 2)})
    try:
        poor = merchant.call(TRANSFER, payout)
        assert poor.refusal == "PAYER_BALANCE_NOT_ENOUGH"
        simulator.control(f"people/{SELLER}/top_up", {"amount": "1.00"})
        with bank.moving({"seller merchant": f"-{has + 1}"}):
            assert merchant.call(TRANSFER, payout)["status"] == "SUCCESS"
    finally:
        simulator.control("app", {"transfer_max": "100000.00"})


def test_somebody_blocked_gets_nothing(
    merchant: Merchant, payout: Biz, bank: Bank
) -> None:
    blocked = bank.person("blocked")["user_id"]
    answer = merchant.call(TRANSFER, payout | payee(blocked))
    assert answer.refusal == "PAYEE_ACCOUNT_STATUS_ERROR"


def test_the_query_finds_it_by_each_number(merchant: Merchant, payout: Biz) -> None:
    made = merchant.call(TRANSFER, payout)
    asked: list[Biz] = [
        {"out_biz_no": payout["out_biz_no"]},
        payout,
        {"order_id": made["order_id"], "out_biz_no": "wrong"},
        {"pay_fund_order_id": made["pay_fund_order_id"], "order_id": "wrong"},
    ]
    answers = [merchant.call(QUERY, each).node for each in asked]

    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["status"] == "SUCCESS"
    assert answers[0]["trans_amount"] == "12.34"
    assert answers[0]["order_fee"] == "0.00"
    assert answers[0]["pay_date"] == made["trans_date"]


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({}, "INVALID_PARAMETER"),
        ({"out_biz_no": "nothing"}, "ORDER_NOT_EXIST"),
        ({"order_id": "nothing"}, "ORDER_NOT_EXIST"),
        ({"pay_fund_order_id": "nothing"}, "ORDER_NOT_EXIST"),
        ({"out_biz_no": "x" * 65}, "INVALID_PARAMETER"),
        ({"out_biz_no": "x", "product_code": "CASH"}, "INVALID_PARAMETER"),
        ({"out_biz_no": "x", "biz_scene": "CASH"}, "INVALID_PARAMETER"),
    ],
)
def test_refusals_of_the_query(merchant: Merchant, asked: Biz, refusal: str) -> None:
    assert merchant.call(QUERY, asked).refusal == refusal


def test_the_balance_can_be_asked_for(merchant: Merchant, bank: Bank) -> None:
    told = merchant.call(BALANCE, {"account_type": "ACCTRANS_ACCOUNT"})
    assert told["available_amount"] == str(bank.has("seller", "merchant"))
    assert told["freeze_amount"] == f"{bank.has('seller', 'held'):.2f}"
    own = merchant.call(BALANCE, {"alipay_user_id": SELLER})
    assert own["available_amount"] == told["available_amount"]
    for wrong in ({"alipay_user_id": JUN}, {"account_type": "CASH"}):
        assert merchant.call(BALANCE, wrong).refusal == "INVALID_PARAMETER"


def test_equal_transfers_at_once_move_money_once(
    merchant: Merchant, payout: Biz, bank: Bank
) -> None:
    with bank.moving({"seller merchant": "-12.34", "jun balance": "12.34"}):
        answers: list[Answer] = together(lambda _: merchant.call(TRANSFER, payout))
    assert len({answer["order_id"] for answer in answers}) == 1


def test_a_slow_transfer_is_in_transit_and_then_succeeds(
    simulator: Simulator, merchant: Merchant, payout: Biz, fault: Fault, bank: Bank
) -> None:
    fault(
        "transfer_dealing",
        out_trade_no=payout["out_biz_no"],
        options={"seconds": 3600},
    )
    with bank.moving({"seller merchant": "-12.34", "in_flight": "12.34"}):
        first = merchant.call(TRANSFER, payout)
    assert first["status"] == "DEALING"
    assert "trans_date" not in first.node
    asked = {"out_biz_no": payout["out_biz_no"]}
    assert merchant.call(QUERY, asked)["arrival_time_end"]
    simulator.advance(3590)
    assert merchant.call(TRANSFER, payout)["status"] == "DEALING"

    with bank.moving({"in_flight": "-12.34", "jun balance": "12.34"}):
        simulator.advance(11)
        assert merchant.call(QUERY, asked)["status"] == "SUCCESS"
    again = merchant.call(TRANSFER, payout)
    assert (again["status"], again["order_id"]) == ("SUCCESS", first["order_id"])


def test_a_transfer_may_fail_late_and_its_money_goes_back(
    simulator: Simulator, merchant: Merchant, payout: Biz, fault: Fault, bank: Bank
) -> None:
    fault("transfer_fails_late", out_trade_no=payout["out_biz_no"])
    changes = {"seller merchant": "0.00", "in_flight": "0.00", "jun balance": "0.00"}
    with bank.moving(changes):
        assert merchant.call(TRANSFER, payout)["status"] == "DEALING"
        asked = {"out_biz_no": payout["out_biz_no"]}
        assert "error_code" not in merchant.call(QUERY, asked).node
        simulator.advance(601)
        failed = merchant.call(QUERY, asked)
    assert failed["status"] == "FAIL"
    assert failed["error_code"] == "PAYEE_ACCOUNT_STATUS_ERROR"
    assert failed["fail_reason"] == "收款方账户状态异常"
    assert "pay_date" not in failed.node
    assert merchant.call(TRANSFER, payout)["status"] == "FAIL"


def test_the_sweep_ends_what_nobody_asks_about(
    simulator: Simulator, merchant: Merchant, payout: Biz, fault: Fault, bank: Bank
) -> None:
    before = bank.has("jun", "balance")
    fault("transfer_dealing", out_trade_no=payout["out_biz_no"])
    merchant.call(TRANSFER, payout)
    simulator.advance(601)
    until(lambda: bank.has("jun", "balance") > before)


@pytest.fixture
def rich(simulator: Simulator, newcomer: Merchant) -> Merchant:
    """Somebody with forty millions, who may send one at a time."""
    app_id, seller = newcomer.app["app_id"], newcomer.app["seller_id"]
    simulator.control(f"apps/{app_id}", {"transfer_max": "1000000.00"})
    simulator.control(f"people/{seller}/top_up", {"amount": "40000000.00"})
    return newcomer


def test_two_millions_a_day_and_thirty_one_a_month(
    simulator: Simulator, rich: Merchant, payout: Biz, bank: Bank
) -> None:
    now = simulator.now()
    year, month = (now.year + 1, 1) if now.month == 12 else (now.year, now.month + 1)
    simulator.control("clock", {"set": f"{year}-{month:02}-01T12:00:00"})

    def send(day: int, turn: int, amount: str = "1000000.00") -> str:
        biz = {"out_biz_no": f"D{day}_{turn}", "trans_amount": amount}
        return rich.call(TRANSFER, payout | biz).refusal

    with bank.moving({"newcomer merchant": "-31000000.00"}):
        assert [send(1, 1), send(1, 2)] == ["", ""]
        assert send(1, 3, "0.10") == "EXCEED_LIMIT_DM_AMOUNT"
        for day in range(2, 16):
            simulator.advance(86400)
            assert [send(day, 1), send(day, 2)] == ["", ""]
        simulator.advance(86400)
        assert send(16, 1) == ""
        assert send(16, 2, "0.10") == "EXCEED_LIMIT_MM_AMOUNT"


def test_what_failed_does_not_count_for_the_limits(
    simulator: Simulator, rich: Merchant, payout: Biz, fault: Fault
) -> None:
    simulator.advance(86400)
    day = f"{simulator.now():%Y-%m-%d}"
    simulator.control("clock", {"set": f"{day}T12:00:00"})
    million = payout | {"trans_amount": "1000000.00"}
    fault("transfer_fails_late", out_trade_no="F1", options={"seconds": 60})
    assert rich.call(TRANSFER, million | {"out_biz_no": "F1"})["status"] == "DEALING"
    simulator.advance(61)
    refusals = [
        rich.call(TRANSFER, million | {"out_biz_no": f"F{turn}"}).refusal
        for turn in (2, 3, 4)
    ]
    assert refusals == ["", "", "EXCEED_LIMIT_DM_AMOUNT"]


def test_other_merchants_transfers_are_not_told(
    merchant: Merchant, newcomer: Merchant, payout: Biz
) -> None:
    made = merchant.call(TRANSFER, payout)
    for name in ("order_id", "pay_fund_order_id"):
        answer = newcomer.call(QUERY, {name: made[name]})
        assert answer.refusal == "NO_ORDER_PERMISSION"
    own = newcomer.call(QUERY, {"out_biz_no": payout["out_biz_no"]})
    assert own.refusal == "ORDER_NOT_EXIST"
