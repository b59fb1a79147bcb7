"""alipay.trade.order.settle: shares of a paid trade for bound receivers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.simulator.bank import Bank
from tests.simulator.harness import Answer, Merchant, Simulator
from tests.simulator.platform import Platform
from tests.simulator.test_races import together
from tests.simulator.test_royalty_relations import BIND, UNBIND, bind

SETTLE = "alipay.trade.order.settle"
SETTLE_QUERY = "alipay.trade.order.settle.query"
ONSETTLE = "alipay.trade.order.onsettle.query"
QUERY = "alipay.trade.query"
JUN = "2088722000000003"
POOR = "2088722000000002"
SELLER = "2088721000000001"

Biz = dict[str, Any]


@pytest.fixture(autouse=True)
def receivers(merchant: Merchant, number: str) -> Iterator[None]:
    """Jun may be given shares, and so may the platform itself; Wu Yu may not."""
    listed = [{"type": "userId", "account": who} for who in (JUN, SELLER)]
    assert bind(merchant, f"on{number}", *listed, how=BIND)["code"] == "10000"
    yield
    bind(merchant, f"off{number}", *listed, how=UNBIND)


@pytest.fixture
def trade_no(merchant: Merchant, order: Biz, paid: Callable[..., str]) -> str:
    """A paid trade of 88.88."""
    paid()
    return str(merchant.call(QUERY, order)["trade_no"])


def settle(
    merchant: Merchant, trade_no: str, number: str, /, *parts: Biz, **more: Any
) -> Answer:
    biz = {
        "out_request_no": f"{trade_no}{number}",
        "trade_no": trade_no,
        "royalty_parameters": list(parts),
    }
    return merchant.call(SETTLE, biz | more)


def to_jun(amount: str = "8.88", **more: Any) -> Biz:
    return {"trans_in": JUN, "amount": amount} | more


def details(merchant: Merchant, **which: str) -> list[dict[str, str]]:
    told: list[dict[str, str]] = merchant.call(SETTLE_QUERY, which)[
        "royalty_detail_list"
    ]
    return told


def test_a_share_goes_to_the_receiver_once(
    merchant: Merchant, trade_no: str, bank: Bank
) -> None:
    with bank.moving({"seller merchant": "-8.88", "jun balance": "8.88"}):
        first = settle(merchant, trade_no, "a", to_jun(desc="佣金"))
        again = settle(merchant, trade_no, "a", to_jun(desc="佣金"))

    assert first["trade_no"] == trade_no
    assert again.node == first.node
    other = settle(merchant, trade_no, "a", to_jun("8.87"))
    assert other.refusal == "ACQ.DISCORDANT_REPEAT_REQUEST"
    [detail] = details(merchant, settle_no=first["settle_no"])
    assert detail["operation_type"] == "transfer"
    assert (detail["trans_out"], detail["trans_in"]) == (SELLER, JUN)
    assert (detail["amount"], detail["state"]) == ("8.88", "SUCCESS")
    asked = {"out_request_no": f"{trade_no}a", "trade_no": trade_no}
    assert details(merchant, **asked) == [detail]


def test_the_query_of_the_trade_tells_its_shares(
    merchant: Merchant, trade_no: str
) -> None:
    settle(merchant, trade_no, "a", to_jun())
    biz = {"trade_no": trade_no, "query_options": ["trade_settle_info"]}
    info = merchant.call(QUERY, biz)["trade_settle_info"]

    [item] = info["trade_settle_detail_list"]
    assert (item["operation_type"], item["amount"]) == ("transfer", "8.88")
    assert (item["trans_out"], item["trans_in"]) == (SELLER, JUN)
    assert info["trade_unsettled_amount"] == "0.00"


@pytest.mark.parametrize(
    ("part", "moved"),
    [
        ({"amount_percentage": 30}, "26.66"),  # of 88.88: 26.664
        ({"amount_percentage": "1"}, "0.88"),
        ({"amount": "1.00", "amount_percentage": 30}, "1.00"),
        ({"amount": 2.5}, "2.50"),
        ({"amount": "26.66"}, "26.66"),
    ],
)
def test_amounts_and_percentages(
    merchant: Merchant, trade_no: str, bank: Bank, part: Biz, moved: str
) -> None:
    with bank.moving({"jun balance": moved}):
        answer = settle(merchant, trade_no, "a", {"trans_in": JUN} | part)
    assert answer["code"] == "10000"


def test_no_more_than_thirty_percent_leaves(
    simulator: Simulator, merchant: Merchant, trade_no: str, bank: Bank
) -> None:
    too_much = "ACQ.ALLOC_AMOUNT_VALIDATE_ERROR"
    with bank.moving({"jun balance": "26.66"}):
        assert settle(merchant, trade_no, "a", to_jun("26.67")).refusal == too_much
        both = settle(merchant, trade_no, "b", to_jun("20.00"), to_jun("6.67"))
        assert both.refusal == too_much  # all or nothing
        settle(merchant, trade_no, "c", to_jun("20.00"))
        assert settle(merchant, trade_no, "d", to_jun("6.67")).refusal == too_much
        assert settle(merchant, trade_no, "e", to_jun("6.66"))["code"] == "10000"
    simulator.control("app", {"royalty_max_percent": 50})
    try:
        with bank.moving({"jun balance": "17.78"}):
            assert settle(merchant, trade_no, "f", to_jun("17.79")).refusal == too_much
            settle(merchant, trade_no, "f", to_jun("17.78"))
    finally:
        simulator.control("app", {"royalty_max_percent": 30})


def test_a_percentage_of_too_little_is_nothing(
    merchant: Merchant, order: Biz, paid: Callable[..., str]
) -> None:
    order["total_amount"] = "0.50"
    paid()
    trade_no = merchant.call(QUERY, order)["trade_no"]
    part = {"trans_in": JUN, "amount_percentage": 1}
    answer = settle(merchant, trade_no, "a", part)
    assert answer.refusal == "ACQ.ALLOC_AMOUNT_VALIDATE_ERROR"


def test_what_was_refunded_cannot_be_given_away(
    merchant: Merchant, trade_no: str, bank: Bank
) -> None:
    refund = {"trade_no": trade_no, "refund_amount": "80", "out_request_no": "R"}
    merchant.call("alipay.trade.refund", refund)
    with bank.moving({"jun balance": "8.88"}):
        over = settle(merchant, trade_no, "a", to_jun("8.89"))
        settle(merchant, trade_no, "b", to_jun("8.88"))
    assert over.refusal == "ACQ.ALLOC_AMOUNT_VALIDATE_ERROR"

    rest = {"trade_no": trade_no, "refund_amount": "8.88", "out_request_no": "R2"}
    merchant.call("alipay.trade.refund", rest)
    after = settle(merchant, trade_no, "c", to_jun("1.00"))
    assert after.refusal == "ACQ.ALLOC_REFUSE_AFTER_REFUND"


def test_an_unpaid_trade_is_not_split(merchant: Merchant, order: Biz) -> None:
    made = merchant.call("alipay.trade.create", order | {"buyer_id": POOR})
    stranger = to_jun(trans_in="2088999999999999")
    for part in (to_jun(), stranger):
        answer = settle(merchant, made["trade_no"], "a", part)
        assert answer.refusal == "ACQ.TRADE_STATUS_ERROR"
    unknown = settle(merchant, "2026", "a", to_jun())
    assert unknown.refusal == "ACQ.TRADE_NOT_EXIST"


def test_a_seller_with_an_empty_account_gives_nothing(
    simulator: Simulator, newcomer: Merchant, order: Biz, bank: Bank
) -> None:
    newcomer.call("alipay.trade.precreate", order)
    trade_no = simulator.pay(order["out_trade_no"])["trade_no"]
    bind(newcomer, "B1", {"type": "userId", "account": JUN})
    payout = {
        "out_biz_no": "P1",
        "trans_amount": "83.88",
        "product_code": "TRANS_ACCOUNT_NO_PWD",
        "biz_scene": "DIRECT_TRANSFER",
        "payee_info": {"identity": POOR, "identity_type": "ALIPAY_USER_ID"},
    }
    newcomer.call("alipay.fund.trans.uni.transfer", payout)
    with bank.moving({"newcomer merchant": "0.00", "jun balance": "0.00"}):
        answer = settle(newcomer, trade_no, "a", to_jun("5.01"))
    assert answer.refusal == "ACQ.TXN_RESULT_ACCOUNT_BALANCE_NOT_ENOUGH"
    with bank.moving({"newcomer merchant": "-5.00", "jun balance": "5.00"}):
        settle(newcomer, trade_no, "b", to_jun("5.00"))


def test_other_sellers_know_nothing_of_a_trade_or_its_receivers(
    simulator: Simulator, newcomer: Merchant, merchant: Merchant, trade_no: str
) -> None:
    made = settle(merchant, trade_no, "a", to_jun())
    assert settle(newcomer, trade_no, "a", to_jun()).refusal == "ACQ.TRADE_NOT_EXIST"
    asked = {"settle_no": made["settle_no"]}
    assert newcomer.call(SETTLE_QUERY, asked).refusal == "ACQ.TRADE_NOT_EXIST"
    order = {"out_trade_no": "N1", "total_amount": "9.00", "subject": "x"}
    newcomer.call("alipay.trade.precreate", order)
    own = simulator.pay("N1")["trade_no"]
    unbound = settle(newcomer, own, "a", to_jun("1.00"))
    assert unbound.refusal == "ACQ.ROYALTY_RECEIVER_INVALID"


def test_in_async_mode_parts_may_fail(
    merchant: Merchant, trade_no: str, bank: Bank
) -> None:
    parts = [
        to_jun("20.00"),
        to_jun("20.00"),
        {"trans_in": POOR, "amount": "1.00"},
        to_jun("6.66"),
    ]
    with bank.moving({"jun balance": "26.66", "poor balance": "0.00"}):
        made = settle(merchant, trade_no, "a", *parts, royalty_mode="async")
    told = details(merchant, settle_no=made["settle_no"])

    assert [one["state"] for one in told] == ["SUCCESS", "FAIL", "FAIL", "SUCCESS"]
    assert told[1]["error_code"] == "ALLOC_AMOUNT_VALIDATE_ERROR"
    assert told[2]["error_code"] == "ROYALTY_RECEIVER_INVALID"
    assert told[2]["error_desc"] == "分账收款方无效"


def test_a_part_that_failed_for_lack_of_money_takes_nothing_from_the_next(
    simulator: Simulator, newcomer: Merchant, order: Biz, bank: Bank
) -> None:
    newcomer.call("alipay.trade.precreate", order)
    trade_no = simulator.pay(order["out_trade_no"])["trade_no"]
    bind(newcomer, "B1", {"type": "userId", "account": JUN})
    refund = {"trade_no": trade_no, "refund_amount": "30.00", "out_request_no": "R"}
    newcomer.call("alipay.trade.refund", refund)
    payout = {
        "out_biz_no": "P1",
        "trans_amount": "48.88",
        "product_code": "TRANS_ACCOUNT_NO_PWD",
        "biz_scene": "DIRECT_TRANSFER",
        "payee_info": {"identity": POOR, "identity_type": "ALIPAY_USER_ID"},
    }
    newcomer.call("alipay.fund.trans.uni.transfer", payout)
    parts = [to_jun("20.00"), to_jun("10.00")]
    with bank.moving({"newcomer merchant": "-10.00", "jun balance": "10.00"}):
        made = settle(newcomer, trade_no, "a", *parts, royalty_mode="async")
    told = details(newcomer, settle_no=made["settle_no"])
    assert told[0]["error_code"] == "TXN_RESULT_ACCOUNT_BALANCE_NOT_ENOUGH"
    assert told[1]["state"] == "SUCCESS"


def test_a_receiver_may_add_to_what_the_seller_got(
    merchant: Merchant, trade_no: str, bank: Bank
) -> None:
    part = {"royalty_type": "replenish", "trans_out": JUN, "amount": "3.00"}
    with bank.moving({"jun balance": "-3.00", "seller merchant": "3.00"}):
        made = settle(merchant, trade_no, "a", part)
    [detail] = details(merchant, settle_no=made["settle_no"])
    assert detail["operation_type"] == "replenish"
    assert (detail["trans_out"], detail["trans_in"]) == (JUN, SELLER)


def test_frozen_money_waits_to_be_split_and_thaws_at_the_last_split(
    simulator: Simulator, merchant: Merchant, order: Biz, bank: Bank
) -> None:
    order["extend_params"] = {"royalty_freeze": "true"}
    merchant.call("alipay.trade.precreate", order)
    with bank.moving({"seller held": "88.88", "seller merchant": "0.00"}):
        trade_no = simulator.pay(order["out_trade_no"])["trade_no"]
    asked = {"trade_no": trade_no}
    assert merchant.call(ONSETTLE, asked)["unsettled_amount"] == "88.88"

    with bank.moving({"seller held": "-8.88", "jun balance": "8.88"}):
        settle(merchant, trade_no, "a", to_jun())
    assert merchant.call(ONSETTLE, asked)["unsettled_amount"] == "80.00"

    last = {"extend_params": {"royalty_finish": "true"}}
    changes = {"seller held": "-80.00", "jun balance": "1.00"}
    with bank.moving(changes | {"seller merchant": "79.00"}):
        settle(merchant, trade_no, "b", to_jun("1.00"), **last)
    after = settle(merchant, trade_no, "c", to_jun("1.00"))
    assert after.refusal == "ACQ.ALREADY_FINISH_ALLOC"
    assert merchant.call(ONSETTLE, asked)["unsettled_amount"] == "0.00"


def test_frozen_money_thaws_by_itself_after_thirty_days(
    simulator: Simulator, merchant: Merchant, order: Biz, bank: Bank
) -> None:
    order["extend_params"] = {"royalty_freeze": True}
    merchant.call("alipay.trade.precreate", order)
    trade_no = simulator.pay(order["out_trade_no"])["trade_no"]
    asked = {"trade_no": trade_no}

    simulator.advance(30 * 86400 - 60)
    assert merchant.call(ONSETTLE, asked)["unsettled_amount"] == "88.88"
    with bank.moving({"seller held": "-88.88", "seller merchant": "88.88"}):
        simulator.advance(61)
        assert merchant.call(ONSETTLE, asked)["unsettled_amount"] == "0.00"


def test_a_shop_gives_a_commission_once_it_is_confirmed(
    merchant: Merchant, order: Biz, platform: Platform, bank: Bank
) -> None:
    trade_no = platform.sell(order)
    commission = {
        "trans_out": platform.shop_id,
        "trans_in": SELLER,
        "amount": "5.00",
        "royalty_scene": "平台服务费",
    }
    early = settle(merchant, trade_no, "a", commission)
    assert early.refusal == "ACQ.ALLOC_REFUSE_BEFORE_SETTLE"

    platform.confirm(trade_no, "a", actual_amount="4.00")
    beyond = settle(merchant, trade_no, "a", commission)
    assert beyond.refusal == "ACQ.ALLOC_AMOUNT_VALIDATE_ERROR"

    platform.confirm(trade_no, "b", amount="84.88")
    with bank.moving({"shop merchant": "-5.00", "seller merchant": "5.00"}):
        assert settle(merchant, trade_no, "a", commission)["code"] == "10000"
    assert platform.unsettled(trade_no)[1][-1] == ("transfer", "5.00")

    # 83.88 is left, and the buyer is owed 88.88: the shop is too poor for that.
    refund = {"trade_no": trade_no, "refund_amount": "88.88"}
    poor = merchant.call("alipay.trade.refund", refund)
    assert poor.refusal == "ACQ.SELLER_BALANCE_NOT_ENOUGH"
    back = {"trans_out": SELLER, "amount": "5.00"}
    changes = {"seller merchant": "-5.00", "shop merchant": "-83.88"}
    with bank.moving(changes | {"mei balance": "88.88"}):
        merchant.call(
            "alipay.trade.refund", refund | {"refund_royalty_parameters": [back]}
        )


def test_confirmed_money_may_be_frozen_for_splitting(
    merchant: Merchant, order: Biz, platform: Platform, bank: Bank
) -> None:
    trade_no = platform.sell(order)
    with bank.moving({"shop held": "0.00", "shop merchant": "0.00"}):
        platform.confirm(trade_no, "a", extend={"royalty_freeze": "true"})
    assert platform.unsettled(trade_no)[0] == "88.88"
    with bank.moving({"shop held": "-88.88", "shop merchant": "83.88"}):
        settle(
            merchant,
            trade_no,
            "a",
            {"trans_in": SELLER, "amount": "5.00"},
            extend_params={"royalty_finish": "true"},
        )
    assert platform.unsettled(trade_no)[0] == "0.00"


def test_a_platform_adds_to_what_its_shop_gets(
    merchant: Merchant, order: Biz, platform: Platform, bank: Bank
) -> None:
    trade_no = platform.sell(order)
    platform.confirm(trade_no, "a")
    part = {"royalty_type": "replenish", "trans_out": SELLER, "amount": "2.00"}
    with bank.moving({"seller merchant": "-2.00", "shop merchant": "2.00"}):
        assert settle(merchant, trade_no, "a", part)["code"] == "10000"


def test_equal_requests_at_once_give_one_share(
    merchant: Merchant, trade_no: str, bank: Bank
) -> None:
    with bank.moving({"jun balance": "8.88"}):
        answers: list[Answer] = together(
            lambda _: settle(merchant, trade_no, "a", to_jun())
        )
    assert len({answer["settle_no"] for answer in answers}) == 1


def test_different_requests_at_once_never_give_too_much(
    merchant: Merchant, trade_no: str, bank: Bank
) -> None:
    with bank.moving({"jun balance": "20.00"}):
        answers: list[Answer] = together(
            lambda turn: settle(merchant, trade_no, f"{turn}", to_jun("10.00"))
        )
    assert sorted(answer["code"] for answer in answers) == ["10000"] * 2 + ["40004"] * 4
