"""Orders, their codes, and what a trade may become."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.simulator.browsing import Browser
from tests.simulator.harness import Merchant, Simulator

PRECREATE = "alipay.trade.precreate"
QUERY = "alipay.trade.query"
CLOSE = "alipay.trade.close"
CANCEL = "alipay.trade.cancel"

Order = dict[str, Any]
Paid = Callable[..., str]


def scan(simulator: Simulator, number: str, who: str = "mei") -> None:
    """Scan an order's code and sign in, without paying."""
    with simulator.browser() as client:
        phone = Browser(client)
        phone.sign_in(phone.open(f"/{simulator.order(number)['qr_code']}"), who)


def test_precreate_answers_a_code_and_makes_no_trade(
    merchant: Merchant, order: Order
) -> None:
    made = merchant.call(PRECREATE, order)
    query = merchant.call(QUERY, order)

    assert made["out_trade_no"] == order["out_trade_no"]
    assert made["qr_code"].startswith("https://qr.alipay.com/bax")
    assert query.refusal == "ACQ.TRADE_NOT_EXIST"
    assert query["buyer_pay_amount"] == "0.00"


def test_equal_precreates_get_one_code_and_a_changed_one_is_refused(
    merchant: Merchant, order: Order
) -> None:
    first = merchant.call(PRECREATE, order)
    second = merchant.call(PRECREATE, order | {"body": "not compared"})
    dearer = merchant.call(PRECREATE, order | {"total_amount": "99.00"})
    renamed = merchant.call(PRECREATE, order | {"subject": "else"})

    assert second["qr_code"] == first["qr_code"]
    assert dearer.refusal == renamed.refusal == "ACQ.CONTEXT_INCONSISTENT"


def test_an_old_code_is_replaced_while_there_is_time_to_pay(
    simulator: Simulator, merchant: Merchant, order: Order
) -> None:
    first = merchant.call(PRECREATE, order | {"qr_code_timeout_express": "5m"})
    simulator.advance(301)
    second = merchant.call(PRECREATE, order)

    assert second["qr_code"] != first["qr_code"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"total_amount": None}, "total_amount"),
        ({"total_amount": "0"}, "total_amount"),
        ({"total_amount": "1.234"}, "total_amount"),
        ({"total_amount": "-1"}, "total_amount"),
        ({"total_amount": "1e3"}, "total_amount"),
        ({"total_amount": True}, "total_amount"),
        ({"subject": ""}, "subject"),
        ({"subject": "x" * 257}, "subject"),
        ({"subject": "\ud800"}, "subject"),
        ({"out_trade_no": "a b"}, "out_trade_no"),
        ({"out_trade_no": "x" * 65}, "out_trade_no"),
        ({"timeout_express": "1.5h"}, "timeout_express"),
        ({"timeout_express": "16d"}, "timeout_express"),
        ({"time_expire": "tomorrow"}, "time_expire"),
        ({"seller_id": "2088000000000000"}, "seller_id"),
    ],
)
def test_a_bad_field_is_named(
    merchant: Merchant, order: Order, change: Order, field: str
) -> None:
    params = merchant.params(PRECREATE, {})
    params["biz_content"] = _json(order | change)
    answer = merchant.send(merchant.signed(params))

    assert answer.refusal == "ACQ.INVALID_PARAMETER"
    assert answer["sub_msg"].endswith(field)


def _json(biz: Order) -> str:
    return json.dumps(biz)  # ASCII: half a surrogate pair can only be escaped


@pytest.mark.parametrize("amount", ["88.88", 88.88, 88])
def test_amounts_may_be_numbers(
    merchant: Merchant, order: Order, amount: object
) -> None:
    assert merchant.call(PRECREATE, order | {"total_amount": amount})["code"] == "10000"


def test_too_much_money_is_refused(merchant: Merchant, order: Order) -> None:
    order["total_amount"] = "100000000.01"
    assert merchant.call(PRECREATE, order).refusal == "ACQ.TOTAL_FEE_EXCEED"


def test_a_deadline_in_the_past_is_refused(
    simulator: Simulator, merchant: Merchant, order: Order
) -> None:
    order["time_expire"] = f"{simulator.now() - timedelta(minutes=1):%Y-%m-%d %H:%M:%S}"
    answer = merchant.call(PRECREATE, order)
    assert answer.refusal == "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR"


def test_a_paid_trade_tells_all_about_the_payment(
    simulator: Simulator, merchant: Merchant, order: Order
) -> None:
    merchant.call(PRECREATE, order)
    paid = simulator.pay(order["out_trade_no"], "jun", "card")
    query = merchant.call(QUERY, order)
    by_number = merchant.call(QUERY, {"trade_no": query["trade_no"]})

    assert query["trade_status"] == "TRADE_SUCCESS"
    assert query["trade_no"] == paid["trade_no"]
    assert len(query["trade_no"]) == 28
    assert query["buyer_logon_id"] == "jun***@sandbox.com"
    assert query["buyer_user_id"].startswith("2088")
    assert query["total_amount"] == query["receipt_amount"] == "88.88"
    assert query["fund_bill_list"][0]["fund_channel"] == "BANKCARD"
    assert query["send_pay_date"][:4].isdigit()
    assert by_number.node == query.node


def test_a_paid_order_cannot_be_ordered_or_paid_again(
    simulator: Simulator, merchant: Merchant, order: Order, paid: Paid
) -> None:
    number = paid()
    before = simulator.balance("mei", "balance")

    again = merchant.call(PRECREATE, order)
    dearer = merchant.call(PRECREATE, order | {"total_amount": "1.00"})
    payment = simulator.ask("pay", {"out_trade_no": number})

    assert again.refusal == dearer.refusal == "ACQ.TRADE_HAS_SUCCESS"
    assert payment.status_code == 409
    assert payment.json()["error"]["code"] == "TRADE_HAS_SUCCESS"
    assert simulator.balance("mei", "balance") == before


def test_scanning_makes_a_trade_that_only_this_buyer_can_pay(
    simulator: Simulator, merchant: Merchant, order: Order
) -> None:
    merchant.call(PRECREATE, order)
    scan(simulator, order["out_trade_no"], "mei")
    waiting = merchant.call(QUERY, order)
    other = simulator.ask(
        "pay", {"out_trade_no": order["out_trade_no"], "buyer": "jun"}
    )

    assert waiting["trade_status"] == "WAIT_BUYER_PAY"
    assert waiting["buyer_pay_amount"] == "0.00"
    assert "send_pay_date" not in waiting.node
    assert other.json()["error"]["code"] == "TRADE_BUYER_NOT_MATCH"
    assert simulator.pay(order["out_trade_no"])["trade_status"] == "TRADE_SUCCESS"


def test_close_ends_a_waiting_trade_only(
    simulator: Simulator, merchant: Merchant, order: Order
) -> None:
    merchant.call(PRECREATE, order)
    too_early = merchant.call(CLOSE, order)
    scan(simulator, order["out_trade_no"])
    closed = merchant.call(CLOSE, order)
    again = merchant.call(CLOSE, order)
    payment = simulator.ask("pay", {"out_trade_no": order["out_trade_no"]})

    assert too_early.refusal == "ACQ.TRADE_NOT_EXIST"
    assert closed["code"] == "10000"
    assert closed["trade_no"]
    assert again.refusal == "ACQ.TRADE_STATUS_ERROR"
    assert again["out_trade_no"] == order["out_trade_no"]
    assert payment.json()["error"]["code"] == "TRADE_HAS_CLOSE"
    assert merchant.call(QUERY, order)["trade_status"] == "TRADE_CLOSED"
    assert merchant.call(PRECREATE, order).refusal == "ACQ.TRADE_HAS_CLOSE"


def test_after_a_failed_close_the_code_can_still_be_paid(
    simulator: Simulator, merchant: Merchant, order: Order
) -> None:
    merchant.call(PRECREATE, order)
    assert merchant.call(CLOSE, order).refusal == "ACQ.TRADE_NOT_EXIST"
    assert simulator.pay(order["out_trade_no"])["trade_status"] == "TRADE_SUCCESS"


def test_a_deadline_takes_effect_at_its_moment(
    simulator: Simulator, merchant: Merchant, order: Order
) -> None:
    merchant.call(PRECREATE, order | {"timeout_express": "10m"})
    scan(simulator, order["out_trade_no"])
    simulator.advance(601)
    payment = simulator.ask("pay", {"out_trade_no": order["out_trade_no"]})
    query = merchant.call(QUERY, order)

    assert payment.json()["error"]["code"] == "TRADE_EXPIRED"
    assert query["trade_status"] == "TRADE_CLOSED"
    assert merchant.call(CLOSE, order).refusal == "ACQ.TRADE_STATUS_ERROR"


def test_an_order_that_ran_out_unscanned_never_was_a_trade(
    simulator: Simulator, merchant: Merchant, order: Order
) -> None:
    merchant.call(PRECREATE, order | {"timeout_express": "10m"})
    simulator.advance(601)
    payment = simulator.ask("pay", {"out_trade_no": order["out_trade_no"]})

    assert payment.json()["error"]["code"] == "TRADE_EXPIRED"
    assert merchant.call(QUERY, order).refusal == "ACQ.TRADE_NOT_EXIST"
    assert merchant.call(PRECREATE, order).refusal == "ACQ.TRADE_HAS_CLOSE"


def test_a_paid_trade_is_finished_when_its_refund_window_is_over(
    simulator: Simulator, merchant: Merchant, order: Order, paid: Paid
) -> None:
    paid()
    simulator.advance(366 * 86_400)
    refund = merchant.call("alipay.trade.refund", order | {"refund_amount": "88.88"})

    assert merchant.call(QUERY, order)["trade_status"] == "TRADE_FINISHED"
    assert refund.refusal == "ACQ.TRADE_HAS_FINISHED"
    assert merchant.call(PRECREATE, order).refusal == "ACQ.TRADE_HAS_SUCCESS"


def test_cancel_kills_an_order_nobody_has_scanned(
    simulator: Simulator, merchant: Merchant, order: Order
) -> None:
    merchant.call(PRECREATE, order)
    cancelled = merchant.call(CANCEL, order)
    payment = simulator.ask("pay", {"out_trade_no": order["out_trade_no"]})

    assert cancelled["retry_flag"] == "N"
    assert "action" not in cancelled.node
    assert payment.json()["error"]["code"] == "TRADE_HAS_CLOSE"
    assert merchant.call(PRECREATE, order).refusal == "ACQ.TRADE_HAS_CLOSE"
    assert merchant.call(QUERY, order).refusal == "ACQ.TRADE_NOT_EXIST"


def test_cancel_closes_what_waits_and_refunds_what_is_paid(
    simulator: Simulator, merchant: Merchant, order: Order, number: str
) -> None:
    waits = order | {"out_trade_no": f"{number}w"}
    merchant.call(PRECREATE, waits)
    merchant.call(PRECREATE, order)
    scan(simulator, waits["out_trade_no"])
    simulator.pay(order["out_trade_no"])

    assert merchant.call(CANCEL, waits)["action"] == "close"
    for _ in range(2):
        assert merchant.call(CANCEL, order)["action"] == "refund"
    told = simulator.order(order["out_trade_no"])
    assert told["trade_status"] == "TRADE_CLOSED"
    assert [one["amount"] for one in told["refunds"]] == ["88.88"]


@pytest.mark.parametrize(
    ("amount", "buyer", "way", "code"),
    [
        ("9.00", "poor", "balance", "BUYER_BALANCE_NOT_ENOUGH"),
        ("50.01", "poor", "card", "PAYMENT_OVER_LIMIT"),
        ("3000.01", "jun", "credit", "BUYER_CREDIT_NOT_ENOUGH"),
    ],
)
def test_a_buyer_without_the_money_is_refused_and_nothing_moves(
    simulator: Simulator,
    merchant: Merchant,
    order: Order,
    amount: str,
    buyer: str,
    way: str,
    code: str,
) -> None:
    before = simulator.balance(buyer, way)
    merchant.call(PRECREATE, order | {"total_amount": amount})
    payment = simulator.ask(
        "pay", {"out_trade_no": order["out_trade_no"], "buyer": buyer, "with": way}
    )

    assert payment.status_code == 409
    assert payment.json()["error"]["code"] == code
    assert simulator.balance(buyer, way) == before
    assert merchant.call(QUERY, order)["trade_status"] == "WAIT_BUYER_PAY"


def test_a_merchant_may_refuse_a_way_to_pay(
    simulator: Simulator, merchant: Merchant, order: Order
) -> None:
    merchant.call(PRECREATE, order | {"disable_pay_channels": "pcredit,creditCard"})
    number = order["out_trade_no"]
    payment = simulator.ask("pay", {"out_trade_no": number, "with": "credit"})

    assert payment.json()["error"]["code"] == "CHANNEL_NOT_ACCEPTED"
    assert simulator.pay(number, way="balance")["paid_with"] == "balance"
