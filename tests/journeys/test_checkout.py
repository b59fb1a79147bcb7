"""The checkout page: what is refused there, and what is told."""

import pytest
from django.urls import reverse

from orders.models import Order
from payments.models import Attempt
from tests.factories import (
    a_buyer,
    a_cart,
    a_product,
    a_seller,
    a_shipped_order,
    an_address,
    cny,
    the_variant,
)
from tests.journeys.people import text

pytestmark = pytest.mark.django_db
S = Order.Status
NEW_ADDRESS = {
    f"address-{name}": value
    for name, value in {
        "recipient": "Mei",
        "phone": "1",
        "line1": "9 Nowhere Lane",
        "city": "Hangzhou",
        "postcode": "310000",
        "country": "CN",
    }.items()
}


def test_a_first_address_is_given_at_checkout_and_kept(clock, mei, teapot):
    mei.user.addresses.all().delete()
    a_cart(mei.user, teapot)
    assert mei.opens("orders:checkout").context["chosen"] == "new"

    wrong = mei.orders()
    assert wrong.status_code == 200
    assert wrong.context["address_form"].errors
    assert not Order.objects.exists()

    mei.orders(**NEW_ADDRESS)

    assert "9 Nowhere Lane" in Order.objects.get().ship_to
    assert mei.user.addresses.count() == 1


def test_a_double_press_makes_one_order_and_one_address(clock, mei, teapot):
    mei.user.addresses.all().delete()
    a_cart(mei.user, teapot)
    page = mei.opens("orders:checkout").context
    press = {"token": page["token"], "expected_minor": page["expected_minor"]}
    press |= {"address": "new", "method": Attempt.Method.REDIRECT, **NEW_ADDRESS}

    first, second = (mei.sends("orders:place", **press) for _ in range(2))

    assert first.url == second.url
    assert Order.objects.count() == 1
    assert mei.user.addresses.count() == 1


def test_a_dead_gateway_leaves_a_payable_order(clock, mei, teapot, gateway):
    a_cart(mei.user, teapot)
    gateway.break_down()

    answer = mei.orders(method=Attempt.Method.QR)

    order = Order.objects.get()
    charge = order.checkout.charge
    assert answer.url == reverse("payments:pay", args=[charge.reference])
    assert order.status == S.PENDING_PAYMENT
    gateway.mend()
    assert mei.opens("payments:pay", charge.reference)
    assert reverse("payments:pay", args=[charge.reference]) in text(
        mei.opens("orders:list")
    )


def test_a_price_that_changes_before_the_button_is_told(clock, mei, teapot):
    a_cart(mei.user, teapot)
    old = mei.opens("orders:checkout").context["expected_minor"]
    variant = the_variant(teapot)
    variant.price = cny("130.00")
    variant.save()

    answer = mei.orders(expected_minor=old)

    page = text(mei.browser.get(answer.url))
    assert "The price has changed: A celadon teapot (Celadon)" in page
    assert "140.00" in page
    assert not Order.objects.exists()


def test_what_sells_out_before_the_button_is_told(clock, mei, teapot):
    a_cart(mei.user, teapot)
    page = mei.opens("orders:checkout").context
    a_shipped_order(teapot, quantity=10)

    answer = mei.sends(
        "orders:place",
        token=page["token"],
        expected_minor=page["expected_minor"],
        address=page["chosen"],
        method=Attempt.Method.QR,
    )

    shown = text(mei.browser.get(answer.url))
    assert "Not enough left of: A celadon teapot" in shown
    assert "is sold out" in shown
    assert not Order.objects.filter(buyer=mei.user).exists()


def test_somebody_elses_address_is_not_theirs_to_choose(clock, mei, teapot):
    a_cart(mei.user, teapot)
    foreign = an_address(a_buyer("Lin"))

    mei.orders(address=foreign.pk)

    assert not Order.objects.exists()


def test_an_expired_rate_is_renewed_and_asked_again(clock, mei):
    cup = a_product(price="12.50", seller=a_seller(currency="EUR"))
    a_cart(mei.user, cup)
    page = mei.opens("orders:checkout").context
    clock.advance(minutes=31)

    answer = mei.sends(
        "orders:place",
        token=page["token"],
        expected_minor=page["expected_minor"],
        quotes=page["quote_references"],
        address=page["chosen"],
        method=Attempt.Method.QR,
    )

    again = mei.browser.get(answer.url)
    assert "exchange rate has run out" in text(again)
    assert again.context["quote_references"] != page["quote_references"]
    assert not Order.objects.exists()
    mei.orders()
    assert Order.objects.count() == 1
