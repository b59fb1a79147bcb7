"""Orders nobody pays, and money that comes too late."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from escrow import books
from orders.models import Order
from tests.factories import (
    a_cart,
    fresh,
    stock_of,
    the_gateway,
)
from tests.journeys.people import sweep, text

pytestmark = pytest.mark.django_db
S = Order.Status


def test_an_unpaid_order_closes_at_its_deadline_and_the_stock_is_back(
    clock, mei, teapot
):
    a_cart(mei.user, teapot, quantity=3)
    mei.orders()
    order = Order.objects.get()

    clock.set(order.checkout.charge.expires_at - timedelta(seconds=1))
    sweep("close_due_charges", clock)
    assert (fresh(order).status, stock_of(teapot)) == (S.PENDING_PAYMENT, (10, 3))
    clock.advance(seconds=1)
    sweep("close_due_charges", clock)

    assert (fresh(order).status, stock_of(teapot)) == (S.CANCELLED, (10, 0))
    assert "Nothing was taken" in text(mei.opens("orders:detail", order.number))
    assert books.problems() == []


def test_the_buyer_closes_an_unpaid_order(clock, mei, teapot):
    a_cart(mei.user, teapot)
    mei.orders()
    order = Order.objects.get()

    mei.opens("orders:cancel", order.number)
    assert fresh(order).status == S.PENDING_PAYMENT
    mei.sends("orders:cancel", order.number)

    assert fresh(order).status == S.CANCELLED


def test_money_that_comes_too_late_goes_back(clock, mei, teapot):
    a_cart(mei.user, teapot)
    mei.orders()
    order = Order.objects.get()
    mei.sends("orders:cancel", order.number)
    attempt = order.checkout.charge.attempts.get()

    the_gateway().pay(attempt.number, at=clock.now)
    Client().post(
        reverse("payments:notify", args=["alipay"]),
        the_gateway().notify_about(attempt.number),
        content_type="application/json",
    )

    assert fresh(order).status == S.CANCELLED
    assert "All of it goes back" in text(mei.opens("orders:detail", order.number))
    sweep("send_refunds", clock)
    assert sum(the_gateway().trades[attempt.number].refunds.values()) == 13000
    assert books.problems() == []
