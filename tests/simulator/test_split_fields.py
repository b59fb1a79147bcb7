"""alipay.trade.order.settle and its queries: bad fields, and who may get a share."""

from typing import Any

import pytest

from tests.simulator.harness import Merchant
from tests.simulator.test_splits import (
    ONSETTLE,
    POOR,
    SELLER,
    SETTLE,
    SETTLE_QUERY,
    receivers,
    settle,
    to_jun,
    trade_no,
)

__all__ = ["receivers", "trade_no"]

Biz = dict[str, Any]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"out_request_no": None}, "out_request_no"),
        ({"out_request_no": "x" * 65}, "out_request_no"),
        ({"trade_no": ""}, "trade_no"),
        ({"trade_no": "x" * 65}, "trade_no"),
        ({"operator_id": "x" * 65}, "operator_id"),
        ({"royalty_mode": "later"}, "royalty_mode"),
        ({"royalty_parameters": []}, "royalty_parameters"),
        ({"royalty_parameters": "all"}, "royalty_parameters"),
        ({"royalty_parameters": [1]}, "royalty_parameters"),
        ({"royalty_parameters": [to_jun("0.01")] * 6}, "royalty_parameters"),
        ({"extend_params": []}, "extend_params"),
        ({"extend_params": {"royalty_finish": "yes"}}, "royalty_finish"),
    ],
)
def test_a_bad_field_is_named(
    merchant: Merchant, trade_no: str, change: Biz, field: str
) -> None:
    answer = settle(merchant, trade_no, "a", to_jun(), **change)
    assert answer.refusal == "ACQ.INVALID_PARAMETER"
    assert answer["sub_msg"].endswith(field)


def test_async_mode_takes_fifty_receivers(merchant: Merchant, trade_no: str) -> None:
    fifty = [to_jun("0.01")] * 50
    answer = settle(merchant, trade_no, "a", *fifty, royalty_mode="async")
    too_many = settle(merchant, trade_no, "b", *fifty, fifty[0], royalty_mode="async")
    assert answer["code"] == "10000"
    assert too_many.refusal == "ACQ.INVALID_PARAMETER"


def test_a_trade_is_split_fifty_times_at_most(
    merchant: Merchant, trade_no: str
) -> None:
    answers = [
        settle(merchant, trade_no, f"{turn}", to_jun("0.01")) for turn in range(51)
    ]
    assert {answer["code"] for answer in answers[:50]} == {"10000"}
    assert answers[50].refusal == "ACQ.TRADE_SETTLE_ERROR"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"trans_in": None}, "INVALID_PARAMETER"),
        ({"trans_in": POOR}, "ROYALTY_RECEIVER_INVALID"),
        ({"trans_in": "2088999999999999"}, "ROYALTY_RECEIVER_INVALID"),
        ({"trans_in": SELLER}, "ROYALTY_ACCOUNTS_EQUAL"),
        ({"trans_in_type": "cardAliasNo"}, "ROYALTY_RECEIVER_INVALID"),
        ({"trans_in_type": "cash"}, "INVALID_PARAMETER"),
        ({"trans_in_name": "Somebody Else"}, "ROYALTY_ACCOUNT_NAME_NOT_MATCH"),
        ({"trans_out": POOR}, "INVALID_PARAMETER"),
        ({"trans_out": "2088999999999999"}, "ROYALTY_ACCOUNT_NOT_EXIST"),
        ({"royalty_type": "gift"}, "INVALID_PARAMETER"),
        ({"royalty_type": "replenish"}, "INVALID_PARAMETER"),  # trans_in: not the payee
        ({"royalty_scene": "小费"}, "INVALID_PARAMETER"),
        ({"desc": "x" * 1001}, "INVALID_PARAMETER"),
        ({"amount": None}, "INVALID_PARAMETER"),
        ({"amount": "0"}, "INVALID_PARAMETER"),
        ({"amount": "0.001"}, "INVALID_PARAMETER"),
        ({"amount": None, "amount_percentage": 101}, "INVALID_PARAMETER"),
        ({"amount": None, "amount_percentage": 0}, "INVALID_PARAMETER"),
        ({"amount": None, "amount_percentage": 1.5}, "INVALID_PARAMETER"),
    ],
)
def test_bad_parts(
    merchant: Merchant, trade_no: str, change: Biz, refusal: str
) -> None:
    answer = settle(merchant, trade_no, "a", to_jun() | change)
    assert answer.refusal == f"ACQ.{refusal}"


@pytest.mark.parametrize(
    "part",
    [
        {"trans_in_type": "loginName", "trans_in": "jun1234@sandbox.com"},
        {"trans_in_type": "userId", "trans_in_name": "陈军"},
        {"trans_out": "shop1234@sandbox.com", "trans_out_type": "loginName"},
        {"trans_out": SELLER, "royalty_scene": "达人佣金", "royalty_type": "transfer"},
    ],
)
def test_accounts_may_be_named_in_several_ways(
    merchant: Merchant, trade_no: str, part: Biz
) -> None:
    assert settle(merchant, trade_no, "a", to_jun() | part)["code"] == "10000"


def test_nobody_else_sees_or_splits_a_trade(merchant: Merchant) -> None:
    for biz in ({"settle_no": "1"}, {"out_request_no": "1", "trade_no": "1"}):
        assert merchant.call(SETTLE_QUERY, biz).refusal == "ACQ.TRADE_NOT_EXIST"
    for biz in ({}, {"out_request_no": "1"}, {"trade_no": "1"}):
        assert merchant.call(SETTLE_QUERY, biz).refusal == "ACQ.INVALID_PARAMETER"
    assert merchant.call(ONSETTLE, {}).refusal == "ACQ.INVALID_PARAMETER"
    assert merchant.call(ONSETTLE, {"trade_no": "1"}).refusal == "ACQ.TRADE_NOT_EXIST"
    assert merchant.call(SETTLE, {}).refusal == "ACQ.INVALID_PARAMETER"
