"""alipay.trade.create: a trade at once, for a buyer the merchant names."""

from typing import Any

import pytest

from tests.simulator.bank import Bank
from tests.simulator.harness import Answer, Mailbox, Merchant, Simulator
from tests.simulator.test_races import together

CREATE = "alipay.trade.create"
QUERY = "alipay.trade.query"
MEI = "2088722000000001"
JUN = "2088722000000003"

Order = dict[str, Any]


@pytest.fixture
def meis(order: Order) -> Order:
    """An order for Mei to pay."""
    return order | {"buyer_id": MEI, "product_code": "JSAPI_PAY"}


def test_the_trade_is_there_at_once_and_its_buyer_can_pay_it(
    simulator: Simulator, merchant: Merchant, meis: Order, bank: Bank, mailbox: Mailbox
) -> None:
    made = merchant.call(CREATE, meis, notify_url=mailbox.url)
    waiting = merchant.call(QUERY, meis)
    assert waiting["trade_no"] == made["trade_no"]
    assert waiting["trade_status"] == "WAIT_BUYER_PAY"
    assert waiting["buyer_user_id"] == MEI

    with bank.moving({"mei balance": "-88.88", "seller merchant": "88.88"}):
        simulator.pay(meis["out_trade_no"])

    news = mailbox.wait_for(meis["out_trade_no"])[0]
    assert (news["trade_no"], news["buyer_id"]) == (made["trade_no"], MEI)
    assert news["trade_status"] == "TRADE_SUCCESS"


def test_another_buyer_cannot_pay_it(
    simulator: Simulator, merchant: Merchant, meis: Order
) -> None:
    merchant.call(CREATE, meis)
    refused = simulator.ask(
        "pay", {"out_trade_no": meis["out_trade_no"], "buyer": "jun"}
    )
    assert refused.json()["error"]["code"] == "TRADE_BUYER_NOT_MATCH"


def test_equal_data_gets_the_same_number_and_other_data_is_refused(
    merchant: Merchant, meis: Order
) -> None:
    first = merchant.call(CREATE, meis)
    again = merchant.call(CREATE, meis | {"body": "not compared"})
    changes = ({"total_amount": "1.00"}, {"subject": "else"}, {"buyer_id": JUN})
    refusals = {merchant.call(CREATE, meis | change).refusal for change in changes}

    assert again["trade_no"] == first["trade_no"]
    assert refusals == {"ACQ.CONTEXT_INCONSISTENT"}


def test_an_order_nobody_has_scanned_becomes_the_named_buyers(
    merchant: Merchant, meis: Order
) -> None:
    merchant.call("alipay.trade.precreate", meis)
    made = merchant.call(CREATE, meis)
    assert merchant.call(QUERY, meis)["trade_no"] == made["trade_no"]


def test_a_paid_or_closed_order_is_not_made_again(
    simulator: Simulator, merchant: Merchant, meis: Order
) -> None:
    merchant.call(CREATE, meis)
    simulator.pay(meis["out_trade_no"])
    assert merchant.call(CREATE, meis).refusal == "ACQ.TRADE_HAS_SUCCESS"
    dearer = meis | {"total_amount": "99.00"}
    assert merchant.call(CREATE, dearer).refusal == "ACQ.TRADE_HAS_SUCCESS"

    merchant.call("alipay.trade.refund", meis | {"refund_amount": "88.88"})
    assert merchant.call(CREATE, meis).refusal == "ACQ.TRADE_HAS_CLOSE"


def test_it_closes_by_itself_after_three_hours(
    simulator: Simulator, merchant: Merchant, meis: Order
) -> None:
    merchant.call(CREATE, meis)
    simulator.advance(3 * 3600 - 60)
    assert merchant.call(QUERY, meis)["trade_status"] == "WAIT_BUYER_PAY"
    simulator.advance(61)
    assert merchant.call(QUERY, meis)["trade_status"] == "TRADE_CLOSED"
    assert merchant.call(CREATE, meis).refusal == "ACQ.TRADE_HAS_CLOSE"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"buyer_id": None}, "INVALID_PARAMETER"),
        ({"buyer_id": "2088"}, "INVALID_PARAMETER"),
        ({"buyer_id": 7}, "INVALID_PARAMETER"),
        ({"buyer_id": "2088999999999999"}, "BUYER_NOT_EXIST"),
        ({"buyer_id": "2088721000000001"}, "BUYER_SELLER_EQUAL"),
        ({"buyer_id": None, "buyer_open_id": "0nobody"}, "BUYER_NOT_EXIST"),
        ({"buyer_id": None, "buyer_open_id": "x" * 129}, "INVALID_PARAMETER"),
        ({"subject": None}, "INVALID_PARAMETER"),
        ({"out_trade_no": "a b"}, "INVALID_PARAMETER"),
        ({"store_id": "x" * 33}, "INVALID_PARAMETER"),
        ({"operator_id": "x" * 29}, "INVALID_PARAMETER"),
        ({"terminal_id": "x" * 33}, "INVALID_PARAMETER"),
        ({"extend_params": "text"}, "INVALID_PARAMETER"),
        ({"extend_params": {"royalty_freeze": "maybe"}}, "INVALID_PARAMETER"),
    ],
)
def test_bad_fields_and_impossible_buyers_are_refused(
    merchant: Merchant, meis: Order, change: Order, refusal: str
) -> None:
    assert merchant.call(CREATE, meis | change).refusal == f"ACQ.{refusal}"
    assert merchant.call(QUERY, meis).refusal == "ACQ.TRADE_NOT_EXIST"


def test_a_blocked_buyer_is_refused(
    bank: Bank, merchant: Merchant, order: Order
) -> None:
    blocked = bank.person("blocked")["user_id"]
    answer = merchant.call(CREATE, order | {"buyer_id": blocked})
    assert answer.refusal == "ACQ.BUYER_ENABLE_STATUS_FORBID"


def test_an_app_may_call_the_buyer_by_its_own_name_for_him(
    bank: Bank, merchant: Merchant, order: Order
) -> None:
    open_id = bank.open_id("mei", merchant.app)
    made = merchant.call(CREATE, order | {"buyer_open_id": open_id})

    assert made["code"] == "10000"
    assert merchant.call(QUERY, order)["buyer_user_id"] == MEI


def test_equal_requests_at_once_make_one_trade(merchant: Merchant, meis: Order) -> None:
    answers: list[Answer] = together(lambda _: merchant.call(CREATE, meis))
    assert len({answer["trade_no"] for answer in answers}) == 1


def test_store_and_terminal_come_back_unless_they_would_break_a_kit(
    merchant: Merchant, meis: Order
) -> None:
    merchant.call(CREATE, meis | {"store_id": "NJ_001", "terminal_id": "T}1"})
    query = merchant.call(QUERY, meis)
    assert query["store_id"] == "NJ_001"
    assert "terminal_id" not in query.node
