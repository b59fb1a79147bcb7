"""From the cart to the released money, through the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse

from escrow import books
from escrow import queries as escrow
from escrow.queries import Place
from orders.models import Order
from payments.models import Attempt, Charge
from tests.factories import (
    a_cart,
    a_product,
    a_seller,
    a_shipped_order,
    cny,
    fresh,
    stock_of,
)
from tests.journeys.people import money_at, pays, sweep, text

pytestmark = pytest.mark.django_db
S = Order.Status


def test_from_the_cart_to_the_released_money(clock, mei, bo, teapot):
    a_cart(mei.user, teapot, quantity=2)
    review = mei.opens("orders:checkout")
    assert review.context["review"].total == cny("250.00")
    assert "A celadon teapot" in text(review)

    answer = mei.orders()
    order = Order.objects.get(buyer=mei.user)
    assert answer.url.startswith("https://gateway.test/pay")
    assert stock_of(teapot) == (10, 2)

    pays(order.checkout.charge, clock)
    assert fresh(order).status == S.AWAITING_SHIPMENT
    assert stock_of(teapot) == (8, 0)
    assert money_at(order, Place.ESCROW) == cny("250.00")
    assert "Danbao holds your money" in text(mei.opens("orders:detail", order.number))

    assert order.number in text(bo.opens("selling:dashboard"))
    clock.advance(days=1)
    bo.sends(
        "selling:ship", order.number, carrier="sf", tracking_number="SF1234567890123"
    )
    assert fresh(order).status == S.SHIPPED
    assert "SF1234567890123" in text(mei.opens("orders:detail", order.number))

    clock.advance(days=3)
    assert "cannot be undone" in text(mei.opens("orders:confirm", order.number))
    assert fresh(order).status == S.SHIPPED
    mei.sends("orders:confirm", order.number)
    assert fresh(order).status == S.COMPLETED
    assert money_at(order, Place.SELLER_PENDING) == cny("238.00")
    assert money_at(order, Place.COMMISSION) == cny("12.00")

    clock.advance(days=3)
    sweep("clear_due_holds", clock)
    (row,) = escrow.seller_money(bo.user.seller)
    assert (row.held, row.pending, row.available) == (cny("0"), cny("0"), cny("238.00"))
    assert "238.00" in text(bo.opens("selling:dashboard"))
    assert books.problems() == []


def test_paying_by_code(clock, mei, teapot):
    a_cart(mei.user, teapot)

    answer = mei.orders(method=Attempt.Method.QR)

    charge = Charge.objects.get(payer=mei.user)
    assert answer.url == reverse("payments:qr", args=[charge.reference])
    pays(charge, clock)
    assert Order.objects.get(buyer=mei.user).status == S.AWAITING_SHIPMENT


def test_pressing_the_button_twice_places_one_order_and_one_payment(clock, mei, teapot):
    a_cart(mei.user, teapot)
    page = mei.opens("orders:checkout").context
    fields = {
        "token": page["token"],
        "expected_minor": page["expected_minor"],
        "currency": page["currency"],
        "address": page["chosen"],
        "method": Attempt.Method.REDIRECT,
    }

    first = mei.sends("orders:place", **fields)
    second = mei.sends("orders:place", **fields)

    assert first.url == second.url
    assert Order.objects.count() == Attempt.objects.count() == 1


def test_a_cart_of_two_shops_is_one_payment_and_two_lives(clock, mei, bo, teapot):
    lamp = a_product(price="50.00", seller=a_seller("Wu"))
    a_cart(mei.user, teapot, lamp)
    mei.orders()
    charge = Charge.objects.get()
    assert charge.amount == cny("190.00")

    pays(charge, clock)
    first, second = Order.objects.order_by("pk")
    bo.sends(
        "selling:ship", first.number, carrier="sf", tracking_number="SF1234567890123"
    )
    mei.sends("orders:confirm", first.number)
    clock.set(fresh(second).ship_by)
    sweep("refund_unshipped_orders", clock)
    sweep("send_refunds", clock)

    assert fresh(first).status == S.COMPLETED
    assert fresh(second).status == S.REFUNDED
    assert books.problems() == []


def test_a_foreign_shop_is_paid_in_yuan_at_the_quoted_rate(clock, mei):
    cup = a_product(price="12.50", seller=a_seller(currency="EUR", shipping_minor=400))
    a_cart(mei.user, cup, quantity=2)
    page = mei.opens("orders:checkout")
    (quote,) = page.context["quotes"]
    assert f"1 EUR = {quote['rate']} CNY" in text(page)

    mei.orders()

    order = Order.objects.get()
    line = order.lines.get()
    assert line.total == line.unit_price * 2
    assert order.total == page.context["review"].total
    assert str(order.total.currency) == "CNY"


def test_silence_releases_at_the_exact_deadline(clock, mei, teapot):
    order = a_shipped_order(teapot, buyer=mei.user)

    clock.set(order.hold.release_at - timedelta(microseconds=1))
    sweep("release_due_holds", clock)
    assert fresh(order).status == S.SHIPPED
    clock.set(order.hold.release_at)
    sweep("release_due_holds", clock)

    assert fresh(order).status == S.COMPLETED
    assert "went to the shop" in text(mei.opens("orders:detail", order.number))
    assert books.problems() == []


def test_a_shop_that_never_ships_gives_the_money_back(clock, mei, bo, teapot):
    a_cart(mei.user, teapot)
    mei.orders()
    order = Order.objects.get()
    pays(order.checkout.charge, clock)

    clock.set(fresh(order).ship_by)
    sweep("refund_unshipped_orders", clock)
    assert "goes back" in text(mei.opens("orders:list")) or "way back" in text(
        mei.opens("orders:list")
    )
    bo.sends(
        "selling:ship", order.number, carrier="sf", tracking_number="SF1234567890123"
    )
    assert fresh(order).status == S.AWAITING_SHIPMENT
    sweep("send_refunds", clock)

    assert fresh(order).status == S.REFUNDED
    assert stock_of(teapot) == (10, 0)
    assert money_at(order, Place.BUYER) == cny("130.00")
    assert books.problems() == []
