"""直付通: what an order with a shop, and a confirmation, must look like."""

from typing import Any

import pytest

from tests.simulator.harness import Merchant
from tests.simulator.platform import CONFIRM, PRECREATE, Platform

Order = dict[str, Any]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"out_request_no": None}, "INVALID_PARAMETER"),
        ({"out_request_no": "x" * 65}, "INVALID_PARAMETER"),
        ({"trade_no": ""}, "INVALID_PARAMETER"),
        ({"settle_info": None}, "INVALID_PARAMETER"),
        ({"settle_info": []}, "INVALID_PARAMETER"),
        ({"settle_info": {}}, "INVALID_PARAMETER"),
        ({"settle_info": {"settle_detail_infos": [{}, {}]}}, "INVALID_PARAMETER"),
        ({"extend_params": {"royalty_freeze": 3}}, "INVALID_PARAMETER"),
    ],
)
def test_bad_fields_of_a_confirmation(
    merchant: Merchant, order: Order, platform: Platform, change: Order, refusal: str
) -> None:
    detail = {"trans_in_type": "defaultSettle", "amount": "88.88"}
    biz = {
        "out_request_no": "B1",
        "trade_no": platform.sell(order),
        "settle_info": {"settle_detail_infos": [detail]},
    }
    assert merchant.call(CONFIRM, biz | change).refusal == f"ACQ.{refusal}"


@pytest.mark.parametrize(
    ("detail", "refusal"),
    [
        ({"trans_in_type": "everywhere"}, "INVALID_PARAMETER"),
        ({"trans_in_type": None}, "INVALID_PARAMETER"),
        ({"amount": None}, "INVALID_PARAMETER"),
        ({"amount": "1.001"}, "INVALID_PARAMETER"),
        ({"actual_amount": "0"}, "INVALID_PARAMETER"),
        ({"actual_amount": "88.89"}, "INVALID_SETTLE_AMOUNT_PARAMETER"),
        ({"amount": "1.00"}, "INVALID_SETTLE_AMOUNT_PARAMETER"),
        ({"trans_in_type": "userId"}, "INVALID_PARAMETER"),
        (
            {"trans_in_type": "userId", "trans_in": "2088722000000001"},
            "SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID",
        ),
        (
            {"trans_in_type": "cardAliasNo", "trans_in": "1"},
            "SECONDARY_MERCHANT_CARD_ALIAS_NO_INVALID",
        ),
    ],
)
def test_bad_details_of_a_confirmation(
    merchant: Merchant, order: Order, platform: Platform, detail: Order, refusal: str
) -> None:
    answer = platform.confirm(platform.sell(order), "B2", **detail)
    assert answer.refusal == f"ACQ.{refusal}"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"sub_merchant": None}, "INVALID_PARAMETER"),
        ({"settle_info": None}, "INVALID_PARAMETER"),
        ({"sub_merchant": "x"}, "INVALID_PARAMETER"),
        ({"sub_merchant": {}}, "INVALID_PARAMETER"),
        ({"sub_merchant": {"merchant_id": "2088"}}, "SECONDARY_MERCHANT_ID_INVALID"),
        ({"settle_info": {"settle_detail_infos": []}}, "INVALID_PARAMETER"),
        ({"settle_info": "{}"}, "INVALID_PARAMETER"),
    ],
)
def test_an_order_names_a_shop_and_how_it_is_settled(
    merchant: Merchant, order: Order, platform: Platform, change: Order, refusal: str
) -> None:
    answer = merchant.call(PRECREATE, platform.in_trust(order) | change)
    assert answer.refusal == f"ACQ.{refusal}"


@pytest.mark.parametrize("period", ["0d", "366d", "7", "1.5d", "7h", "d", "１d"])
def test_a_period_is_of_1_to_365_days(
    merchant: Merchant, order: Order, platform: Platform, period: str
) -> None:
    answer = merchant.call(PRECREATE, platform.in_trust(order, period))
    assert answer.refusal == "ACQ.INVALID_PARAMETER"
    assert answer["sub_msg"].endswith("settle_period_time")


def test_the_detail_is_of_the_whole_amount(
    merchant: Merchant, order: Order, platform: Platform
) -> None:
    answer = merchant.call(PRECREATE, platform.in_trust(order, amount="88.87"))
    assert answer.refusal == "ACQ.INVALID_PARAMETER"
