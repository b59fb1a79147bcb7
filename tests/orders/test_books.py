"""Each check of orders finds the difference it is for, and nothing in a sound life."""

import pytest
from django.db import connection

from escrow import books
from orders.books import CHECKS
from tests.factories import (
    a_coupon,
    a_disputed_order,
    a_paid_order,
    a_placed_order,
    a_shipped_order,
    cny,
    decided,
)

pytestmark = pytest.mark.django_db

BREAKS = {
    "order_follows_money": "UPDATE orders_order SET status = 'completed'",
    "checkout_adds_up": (
        "UPDATE orders_order SET shipping = shipping + 1, total = total + 1"
    ),
    "order_adds_up": "UPDATE orders_orderline SET commission = commission + 1",
    "refund_has_lines": "DELETE FROM orders_linerefund",
    "coupon_taken": "UPDATE coupons_redemption SET returned_at = now()",
    "stock_reserved": "UPDATE marketplace_variant SET reserved = reserved + 1",
    "shipped_has_clock": "DELETE FROM orders_parcel",
    "order_history": "DELETE FROM orders_ordermove",
}


def test_a_sound_life_has_no_problems():
    a_placed_order()
    a_paid_order()
    a_shipped_order()
    a_disputed_order()

    assert books.problems() == []


def test_every_check_is_broken_once():
    assert set(BREAKS) == {check.name for check in CHECKS} <= set(books.CHECKS)


@pytest.mark.parametrize("name", BREAKS)
def test_each_check_finds_what_it_is_for(name):
    a_shipped_order(coupons=[a_coupon("20.00")])
    if name == "refund_has_lines":
        decided(a_disputed_order(), refund=cny("1.00"))
    with connection.cursor() as cursor:
        cursor.execute(BREAKS[name])

    assert any(problem.startswith(f"{name}:") for problem in books.problems())
