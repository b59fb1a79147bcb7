"""Scenarios 6 and 19: coupons of both kinds over three shops, and units one by one."""

from datetime import timedelta

import pytest
from django.urls import reverse

from escrow import books
from escrow import queries as escrow
from escrow.queries import Place
from kernel import clock, sweeps
from orders.models import Order
from payments.models import Attempt, Charge, Refund
from tests.factories import (
    a_buyer,
    a_cart,
    a_coupon,
    a_person,
    a_product,
    a_seller,
    cny,
    fresh,
)
from tests.journeys.people import Person
from tests.simulator.harness import until

pytestmark = pytest.mark.django_db(transaction=True)
Status = Order.Status


@pytest.fixture
def mei(shop):
    return Person(a_buyer("Mei"))


def pays(mei, simulator, *, coupons):
    """Through the checkout page to a paid charge; its attempt's number."""
    mei.orders(method=Attempt.Method.QR, coupons=coupons)
    number = Attempt.objects.get().number
    simulator.pay(number)
    until(lambda: Charge.objects.get().status == Charge.Status.PAID)
    return number


def ships(order):
    Person(order.seller.user).sends(
        "selling:ship",
        order.number,
        carrier="sf",
        tracking_number=f"SF{order.pk:013}",
    )
    assert fresh(order).status == Status.SHIPPED


def at(order, place):
    return escrow.money_of(fresh(order).hold).at(place).amount


def test_three_shops_one_coupon_of_each_kind_and_one_never_ships(shop, simulator, mei):
    a, b, c = (a_seller(shipping_minor=fee) for fee in (800, 500, 0))
    a_cart(mei.user, a_product(price="49.99", seller=a), quantity=2)
    others = [("20.00", a), ("35.50", b), ("10.00", c)]
    a_cart(mei.user, *(a_product(price=price, seller=by) for price, by in others))
    coupons = [a_coupon("15.00"), a_coupon("12.00", seller=a)]

    number = pays(mei, simulator, coupons=coupons)

    first, second, third = Order.objects.order_by("pk")
    charge = Charge.objects.get()
    # 107.98 + 45.50 are left of the goods: 15.00 are cut over 153.48.
    assert charge.amount == cny("151.48")
    assert [one.platform_discount for one in (first, second, third)] == [
        cny("10.55"),
        cny("3.47"),
        cny("0.98"),
    ]
    assert sum((o.total for o in (first, second, third)), cny("0")) == charge.amount
    assert simulator.order(number)["total_amount"] == "151.48"
    ships(first)
    ships(third)

    late = clock.now() + timedelta(days=3, minutes=1)
    sweeps.run("refund_unshipped_orders", at=late)
    sweeps.run("send_refunds", at=late)

    refund = Refund.objects.get()
    assert (refund.status, refund.amount) == (Refund.Status.SETTLED, second.total)
    (told,) = simulator.order(number)["refunds"]
    assert told["amount"] == f"{second.total.amount:.2f}"
    assert fresh(second).status == Status.REFUNDED
    assert at(second, Place.COUPON) == second.platform_discount
    for order in (first, third):
        mei.sends("orders:confirm", order.number)
        held = fresh(order).hold
        assert fresh(order).status == Status.COMPLETED
        assert at(order, Place.SELLER_PENDING) == (
            order.total + order.platform_discount - held.commission
        )
    # 99.98 + 20.00 less 12.00 by the shop: 5 % of each line. Ours costs it nothing.
    assert fresh(first).hold.commission == cny("5.40")
    assert [one.taken for one in map(fresh, coupons)] == [1, 1]
    assert books.problems() == []


def test_one_unit_of_two_and_then_the_other_leave_nothing(shop, simulator, mei):
    seller = a_seller(shipping_minor=0)
    a_cart(mei.user, a_product(price="49.99", seller=seller), quantity=2)
    coupons = [a_coupon("9.41"), a_coupon("10.00", seller=seller)]
    number = pays(mei, simulator, coupons=coupons)
    order = Order.objects.get()
    assert order.total == cny("80.57")
    dana = Person(a_person("Dana", is_staff=True, is_superuser=True))

    for amount, left in (("40.29", "40.28"), ("40.28", "0.00")):
        dana.browser.post(
            reverse("admin:orders_order_refund_lines", args=[order.pk]),
            {f"units-{order.lines.get().pk}": 1, "note": "broken", "confirm": "1"},
        )
        sweeps.run("send_refunds", at=clock.now())
        refund = Refund.objects.latest("pk")
        assert (refund.status, refund.amount) == (Refund.Status.SETTLED, cny(amount))
        assert simulator.order(number)["refunds"][-1]["amount"] == amount
        hold = fresh(order).hold
        assert hold.amount - hold.refunded == cny(left)
        assert books.problems() == []

    assert fresh(order).status == Status.REFUNDED
    assert at(order, Place.ESCROW) == cny("0")
    assert at(order, Place.COUPON) == cny("9.41")
    assert hold.commission == hold.commission_returned == cny("4.50")
    assert [one.taken for one in map(fresh, coupons)] == [0, 0]
