"""Refunds: once per number, in the order of checks, and the money really back."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.simulator.harness import Answer, Merchant, Simulator

REFUND = "alipay.trade.refund"
REFUND_QUERY = "alipay.trade.fastpay.refund.query"
DETAILS = {"query_options": ["refund_detail_item_list", "gmt_refund_pay"]}

Paid = Callable[..., str]


def refund(merchant: Merchant, number: str, amount: str, request: str = "") -> Answer:
    biz = {"out_trade_no": number, "refund_amount": amount, **DETAILS}
    return merchant.call(REFUND, biz | ({"out_request_no": request} if request else {}))


def test_a_repeat_moves_nothing_and_other_amounts_are_refused(
    simulator: Simulator, merchant: Merchant, paid: Paid
) -> None:
    number = paid()
    before = Decimal(simulator.balance("mei", "balance"))

    first = refund(merchant, number, "30.00", "R1")
    again = refund(merchant, number, "30.00", "R1")
    other = refund(merchant, number, "31.00", "R1")

    assert (first["fund_change"], first["refund_fee"]) == ("Y", "30.00")
    assert first["send_back_fee"] == "30.00"
    assert first["refund_detail_item_list"][0]["fund_channel"] == "ALIPAYACCOUNT"
    assert (again["fund_change"], again["refund_fee"]) == ("N", "30.00")
    assert again["send_back_fee"] == "0.00"
    assert again["gmt_refund_pay"] == first["gmt_refund_pay"]
    assert other.refusal == "ACQ.DISCORDANT_REPEAT_REQUEST"
    assert other["refund_fee"] == other["send_back_fee"] == "0.00"
    assert Decimal(simulator.balance("mei", "balance")) == before + 30


def test_refunds_add_up_to_a_closed_trade_and_a_repeat_stays_a_repeat(
    simulator: Simulator, merchant: Merchant, paid: Paid
) -> None:
    number = paid()
    assert refund(merchant, number, "30", "R1")["refund_fee"] == "30.00"
    assert simulator.order(number)["trade_status"] == "TRADE_SUCCESS"
    assert refund(merchant, number, "58.89", "R2").refusal == (
        "ACQ.REASON_TRADE_REFUND_FEE_ERR"
    )
    assert refund(merchant, number, "58.88", "R2")["refund_fee"] == "88.88"
    assert simulator.order(number)["trade_status"] == "TRADE_CLOSED"
    assert refund(merchant, number, "58.88", "R2")["fund_change"] == "N"
    assert refund(merchant, number, "1.00", "R3").refusal == "ACQ.TRADE_HAS_CLOSE"


def test_without_a_number_only_the_whole_amount_goes_back(
    merchant: Merchant, paid: Paid
) -> None:
    number = paid()
    part = refund(merchant, number, "10.00")
    whole = refund(merchant, number, "88.88")
    query = merchant.call(
        REFUND_QUERY, {"out_trade_no": number, "out_request_no": number}
    )

    assert part.refusal == "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"
    assert whole["fund_change"] == "Y"
    assert query["refund_amount"] == "88.88"


@pytest.mark.parametrize("way", ["balance", "card", "credit"])
def test_money_goes_back_to_where_it_came_from(
    simulator: Simulator, merchant: Merchant, paid: Paid, way: str
) -> None:
    before = simulator.balance("mei", way)
    number = paid(way)
    assert simulator.balance("mei", way) != before

    refund(merchant, number, "88.88", "R1")

    assert simulator.balance("mei", way) == before


def test_unpaid_and_unknown_trades_cannot_be_refunded(
    merchant: Merchant, order: dict[str, Any]
) -> None:
    number = order["out_trade_no"]
    merchant.call("alipay.trade.precreate", order)

    answer = refund(merchant, number, "1.00", "R1")

    assert answer.refusal == "ACQ.TRADE_NOT_EXIST"
    assert answer["out_trade_no"] == number
    assert answer["refund_fee"] == "0.00"


@pytest.mark.parametrize(
    "change",
    [
        {"refund_amount": "0"},
        {"refund_amount": "x"},
        {"out_request_no": "r" * 65},
        {"query_options": "all"},
    ],
)
def test_bad_fields_are_refused_before_anything_else(
    merchant: Merchant, paid: Paid, change: dict[str, str]
) -> None:
    biz = {"out_trade_no": paid(), "refund_amount": "1.00", "out_request_no": "R1"}
    assert merchant.call(REFUND, biz | change).refusal == "ACQ.INVALID_PARAMETER"


def test_taking_shares_back_is_refused_where_nobody_has_one(
    merchant: Merchant, paid: Paid
) -> None:
    share = {"trans_out": "2088722000000002", "amount": "1.00"}
    biz = {
        "out_trade_no": paid(),
        "refund_amount": "88.88",
        "refund_royalty_parameters": [share],
    }
    assert merchant.call(REFUND, biz).refusal == "ACQ.ALLOC_AMOUNT_VALIDATE_ERROR"


def test_the_refund_query_tells_one_refund(merchant: Merchant, paid: Paid) -> None:
    number = paid()
    biz = {"out_trade_no": number, "refund_amount": "30", "out_request_no": "R1"}
    merchant.call(REFUND, biz | {"refund_reason": "七天无理由"})
    refund(merchant, number, "20", "R2")
    asked = {"out_trade_no": number, "out_request_no": "R1"}

    plain = merchant.call(REFUND_QUERY, asked)
    full = merchant.call(REFUND_QUERY, asked | DETAILS)

    assert plain["refund_status"] == "REFUND_SUCCESS"
    assert plain["refund_amount"] == "30.00"
    assert plain["total_amount"] == "88.88"
    assert "gmt_refund_pay" not in plain.node
    assert full["send_back_fee"] == "30.00"
    assert full["gmt_refund_pay"]


def test_an_unknown_refund_is_answered_empty(merchant: Merchant, paid: Paid) -> None:
    answer = merchant.call(
        REFUND_QUERY, {"out_trade_no": paid(), "out_request_no": "nothing"}
    )
    assert answer.node == {"code": "10000", "msg": "Success"}
