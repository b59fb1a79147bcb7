"""Shares fetched back with a refund (``refund_royalty_parameters``)."""

from typing import Any

import pytest

from tests.simulator.bank import Bank
from tests.simulator.harness import Answer, Merchant
from tests.simulator.test_races import together
from tests.simulator.test_splits import (
    JUN,
    POOR,
    QUERY,
    SELLER,
    receivers,
    settle,
    to_jun,
    trade_no,
)

__all__ = ["receivers", "trade_no"]

REFUND = "alipay.trade.refund"
REFUND_QUERY = "alipay.trade.fastpay.refund.query"

Biz = dict[str, Any]


def from_jun(amount: str = "8.88", **more: Any) -> Biz:
    return {"trans_out": JUN, "amount": amount} | more


def refund(merchant: Merchant, trade: str, number: str, *back: Biz) -> Answer:
    biz = {
        "trade_no": trade,
        "refund_amount": "50.00",
        "out_request_no": number,
        "refund_royalty_parameters": list(back),
    }
    return merchant.call(REFUND, biz)


def test_the_receiver_pays_before_the_buyer_is_paid(
    merchant: Merchant, trade_no: str, bank: Bank
) -> None:
    settle(merchant, trade_no, "a", to_jun())
    changes = {"jun balance": "-8.88", "seller merchant": "-41.12"}
    with bank.moving(changes | {"mei balance": "50.00"}):
        first = refund(merchant, trade_no, "R1", from_jun(desc="退"))
        again = refund(merchant, trade_no, "R1", from_jun(desc="退"))

    assert (first["fund_change"], again["fund_change"]) == ("Y", "N")
    asked = {"trade_no": trade_no, "out_request_no": "R1"}
    [told] = merchant.call(REFUND_QUERY, asked)["refund_royaltys"]
    assert told["refund_amount"] == "8.88"
    assert (told["trans_out"], told["trans_in"]) == (JUN, SELLER)
    assert told["result_code"] == "SUCCESS"
    query = {"trade_no": trade_no, "query_options": ["trade_settle_info"]}
    listed = merchant.call(QUERY, query)["trade_settle_info"]
    kinds = [one["operation_type"] for one in listed["trade_settle_detail_list"]]
    assert kinds == ["transfer", "transfer_refund"]


def test_a_refund_that_names_nobody_is_the_sellers_loss(
    merchant: Merchant, trade_no: str, bank: Bank
) -> None:
    settle(merchant, trade_no, "a", to_jun())
    with bank.moving({"jun balance": "0.00", "seller merchant": "-50.00"}):
        refund(merchant, trade_no, "R1")
    asked = {"trade_no": trade_no, "out_request_no": "R1"}
    assert "refund_royaltys" not in merchant.call(REFUND_QUERY, asked).node


def test_no_more_comes_back_than_was_given(
    merchant: Merchant, trade_no: str, bank: Bank
) -> None:
    too_much = "ACQ.ALLOC_AMOUNT_VALIDATE_ERROR"
    settle(merchant, trade_no, "a", to_jun("5.00"))
    settle(merchant, trade_no, "b", to_jun("3.88"))
    with bank.moving({"jun balance": "-6.00", "mei balance": "50.00"}):
        assert refund(merchant, trade_no, "R1", from_jun("8.89")).refusal == too_much
        one = from_jun("6.00")
        assert refund(merchant, trade_no, "R2", one)["fund_change"] == "Y"
    rest = merchant.call(
        REFUND,
        {
            "trade_no": trade_no,
            "refund_amount": "1.00",
            "out_request_no": "R3",
            "refund_royalty_parameters": [from_jun("2.89")],
        },
    )
    assert rest.refusal == too_much
    assert rest["refund_fee"] == "0.00"


def test_all_come_back_or_none_and_then_the_buyer_gets_nothing_either(
    merchant: Merchant, trade_no: str, bank: Bank
) -> None:
    settle(merchant, trade_no, "a", to_jun())
    same = {"jun balance": "0.00", "mei balance": "0.00", "seller merchant": "0.00"}
    with bank.moving(same):
        answer = refund(
            merchant, trade_no, "R1", from_jun(), {"trans_out": POOR, "amount": "0.01"}
        )
    assert answer.refusal == "ACQ.ALLOC_AMOUNT_VALIDATE_ERROR"


def test_what_came_back_may_be_given_again(
    merchant: Merchant, trade_no: str, bank: Bank
) -> None:
    with bank.moving({"jun balance": "10.00"}):
        settle(merchant, trade_no, "a", to_jun("26.66"))
        full = settle(merchant, trade_no, "b", to_jun("10.00"))
        refund(merchant, trade_no, "R1", from_jun("26.66"))
        settle(merchant, trade_no, "c", to_jun("10.00"))
    assert full.refusal == "ACQ.ALLOC_AMOUNT_VALIDATE_ERROR"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"trans_out": None}, "INVALID_PARAMETER"),
        ({"trans_out": "2088999999999999"}, "REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST"),
        ({"trans_out_type": "cash"}, "INVALID_PARAMETER"),
        ({"amount": None}, "INVALID_PARAMETER"),
        ({"amount": "0.001"}, "INVALID_PARAMETER"),
        ({"royalty_type": "replenish"}, "INVALID_PARAMETER"),
        ({"desc": "x" * 1001}, "INVALID_PARAMETER"),
    ],
)
def test_bad_parts(
    merchant: Merchant, trade_no: str, change: Biz, refusal: str
) -> None:
    answer = refund(merchant, trade_no, "R1", from_jun() | change)
    assert answer.refusal == f"ACQ.{refusal}"


def test_receivers_may_be_named_by_how_they_sign_in(
    merchant: Merchant, trade_no: str
) -> None:
    settle(merchant, trade_no, "a", to_jun())
    back = {
        "trans_out": "jun1234@sandbox.com",
        "trans_out_type": "loginName",
        "amount": "8.88",
    }
    assert refund(merchant, trade_no, "R1", back)["fund_change"] == "Y"


def test_equal_refunds_at_once_fetch_back_once(
    merchant: Merchant, trade_no: str, bank: Bank
) -> None:
    settle(merchant, trade_no, "a", to_jun())
    with bank.moving({"jun balance": "-4.00", "mei balance": "50.00"}):
        answers: list[Answer] = together(
            lambda _: refund(merchant, trade_no, "R1", from_jun("4.00"))
        )
    assert sorted(answer["fund_change"] for answer in answers) == ["N"] * 5 + ["Y"]
