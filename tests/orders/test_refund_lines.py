"""Refunds of lines and units on the real books: never too much, always to the cent."""

import pytest
from django.urls import reverse

from escrow import books
from escrow.commands import CannotSettle
from kernel import clock as kernel_clock
from kernel import sweeps
from orders import commands
from orders.commands import SHIPPING, CannotRefund, Give
from orders.models import LineRefund, Order
from payments.models import Refund
from tests.factories import (
    a_coupon,
    a_disputed_order,
    a_paid_order,
    a_person,
    a_product,
    a_seller,
    a_shipped_order,
    cny,
    decided,
    fresh,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gateway", "clock")]


@pytest.fixture
def order():
    """Two units at 49.99, shipping 8.00, 10.00 off by the shop and 9.41 by us."""
    seller = a_seller(shipping_minor=800)
    return a_paid_order(
        a_product(price="49.99", seller=seller),
        quantity=2,
        coupons=[a_coupon("10.00", seller=seller), a_coupon("9.41")],
    )


def give(order, *gives):
    return commands.refund_lines(
        order=fresh(order),
        gives=gives,
        by=a_person("Dana", is_staff=True),
        at=kernel_clock.now(),
        note="one is broken",
    )


def line(order):
    return order.lines.get().pk


def told():
    assert books.problems() == []
    rows = LineRefund.objects.order_by("pk")
    return [(row.units, row.amount, row.coupon, row.commission) for row in rows]


def test_one_unit_then_the_other_then_the_shipping_end_at_zero(order):
    give(order, Give(line(order), units=1))
    assert told() == [(1, cny("40.29"), cny("4.70"), cny("2.25"))]
    give(order, Give(line(order), units=1))
    assert told()[1:] == [(1, cny("40.28"), cny("4.71"), cny("2.25"))]
    assert fresh(order).hold.status == "held"

    give(order, Give(SHIPPING, units=1))

    assert told()[2:] == [(1, cny("8.00"), cny("0"), cny("0"))]
    sweeps.run("send_refunds", at=kernel_clock.now())
    assert fresh(order).status == Order.Status.REFUNDED
    assert sum((one.amount for one in Refund.objects.all()), cny("0")) == order.total
    assert books.problems() == []


def test_a_discount_for_a_flaw_and_the_unit_after_it(order):
    give(order, Give(line(order), amount=cny("10.00")))
    give(order, Give(line(order), units=2), Give(SHIPPING, units=1))

    assert [row[:2] for row in told()] == [
        (0, cny("10.00")),
        (2, cny("70.57")),
        (1, cny("8.00")),
    ]


@pytest.mark.parametrize(
    "gives",
    [
        lambda pk: [Give(pk, units=3)],
        lambda pk: [Give(pk, units=0)],
        lambda pk: [Give(pk, amount=cny("80.58"))],
        lambda pk: [Give(pk, amount=cny("0"))],
        lambda pk: [Give(pk, units=1), Give(pk, units=1)],
        lambda pk: [Give(pk + 1, units=1)],
        lambda _pk: [Give(SHIPPING, units=2)],
        lambda _pk: [],
    ],
)
def test_more_than_a_line_has_or_nothing_is_refused(order, gives):
    with pytest.raises(CannotRefund):
        give(order, *gives(line(order)))

    assert told() == []


def test_what_has_gone_back_is_not_there_again(order):
    give(order, Give(line(order), units=2))

    with pytest.raises(CannotRefund, match="Only 0"):
        give(order, Give(line(order), units=1))


def test_while_a_dispute_is_open_the_desk_decides_there():
    order = a_disputed_order()

    with pytest.raises(CannotSettle):
        give(order, Give(line(order), units=1))


def test_a_decision_about_an_amount_is_cut_over_the_lines():
    seller = a_seller(shipping_minor=1000)
    order = a_disputed_order(
        a_product(price="60.00", seller=seller), a_product(price="30.00", seller=seller)
    )

    decided(order, refund=cny("10.00"))

    assert told() == [
        (0, cny("6.00"), cny("0"), cny("0.30")),
        (0, cny("3.00"), cny("0"), cny("0.15")),
        (0, cny("1.00"), cny("0"), cny("0")),
    ]


def test_a_decision_for_everything_says_every_unit(order):
    decided(a_disputed_order(quantity=3), refund=cny("310.00"))

    assert [row[0] for row in told()] == [3, 1]


def test_not_shipped_in_time_says_every_unit(order, clock):
    give(order, Give(line(order), units=1))
    clock.advance(days=3)
    sweeps.run("refund_unshipped_orders", at=clock.now)

    assert [row[:2] for row in told()] == [
        (1, cny("40.29")),
        (1, cny("40.28")),
        (1, cny("8.00")),
    ]


def test_the_rest_is_the_sellers(order, clock):
    give(order, Give(line(order), units=1))
    order = fresh(order)

    assert order.hold.amount - order.hold.refunded == cny("48.28")
    assert told()


def test_what_the_page_of_an_order_shows(client):
    order = a_shipped_order(a_product(price="50.00"), quantity=2)
    give(order, Give(line(order), units=1))
    client.force_login(order.buyer)

    page = client.get(order.get_absolute_url(), headers={"accept-language": "en"})

    assert "Refunded: 1 piece, CN¥50.00" in page.content.decode()


def test_after_a_refund_pages_speak_of_what_is_left(client):
    order = a_shipped_order(a_product(price="40.00"), quantity=2)
    give(order, Give(line(order), units=1))
    client.force_login(order.buyer)
    left = fresh(order).hold.left
    assert left == order.total - cny("40.00")

    page = client.get(reverse("orders:confirm", args=[order.number]))
    assert f"CN¥{left.amount:.2f}" in page.content.decode()
    assert f"CN¥{order.total.amount:.2f}" not in page.content.decode()

    commands.dispute_order(
        order=fresh(order),
        reason="not_received",
        claim=cny("5.00"),
        story="It has not come.",
        pictures=[],
        by=order.buyer,
        at=kernel_clock.now(),
    )
    dispute = fresh(order).hold.disputes.get()
    shown = client.get(
        reverse("orders:dispute_detail", args=[order.number, dispute.reference])
    )
    assert f"you get all CN¥{left.amount:.2f} back" in shown.content.decode()
    assert shown.context["claimed_rest"] == left - cny("5.00")
