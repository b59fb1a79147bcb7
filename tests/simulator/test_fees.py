"""What the gateway charges for payments, and never gives back."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.simulator.bank import Bank
from tests.simulator.harness import Merchant, Simulator


@pytest.fixture(autouse=True)
def charged(simulator: Simulator) -> Iterator[None]:
    """0.6 % of each payment."""
    simulator.control("app", {"fee_basis_points": 60})
    yield
    simulator.control("app", {"fee_basis_points": 0})


@pytest.mark.parametrize(
    ("total", "fee"),
    [
        ("88.88", "0.53"),  # 0.53328
        ("0.83", "0.00"),  # 0.00498
        ("0.84", "0.01"),  # 0.00504
        ("2.50", "0.02"),  # 0.0150: half a fen is rounded up
        ("10000.00", "60.00"),
    ],
)
def test_the_fee_is_rounded_to_the_nearest_fen(
    merchant: Merchant,
    order: dict[str, Any],
    paid: Callable[..., str],
    bank: Bank,
    total: str,
    fee: str,
) -> None:
    order["total_amount"] = total
    before = bank.has("seller", "merchant")
    with bank.moving({"fees": fee, "mei balance": f"-{total}"}):
        paid()
    gained = bank.has("seller", "merchant") - before
    assert str(gained + type(gained)(fee)) == total


def test_a_refund_gives_no_fee_back(
    merchant: Merchant, order: dict[str, Any], paid: Callable[..., str], bank: Bank
) -> None:
    paid()
    with bank.moving(
        {"fees": "0.00", "mei balance": "88.88", "seller merchant": "-88.88"}
    ):
        merchant.call("alipay.trade.refund", order | {"refund_amount": "88.88"})


def test_frozen_money_is_what_the_fee_left(
    simulator: Simulator, merchant: Merchant, order: dict[str, Any], bank: Bank
) -> None:
    order["extend_params"] = {"royalty_freeze": "true"}
    merchant.call("alipay.trade.precreate", order)
    with bank.moving({"fees": "0.53", "seller held": "88.35"}):
        trade_no = simulator.pay(order["out_trade_no"])["trade_no"]
    told = merchant.call("alipay.trade.order.onsettle.query", {"trade_no": trade_no})
    assert told["unsettled_amount"] == "88.35"
    # The seller bears what the frozen money lacks.
    with bank.moving({"seller held": "-88.35", "seller merchant": "-0.53"}):
        merchant.call("alipay.trade.refund", order | {"refund_amount": "88.88"})
