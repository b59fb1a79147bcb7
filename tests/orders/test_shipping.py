"""Shipping starts the clock; delivery shortens it; nothing lengthens it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from escrow import books
from escrow.commands import CannotChangeClock
from kernel.lifecycle import CannotMove
from marketplace.models import Product
from marketplace.notifications.models import Notice
from orders import commands
from orders.carriers import CARRIERS
from orders.models import Order, Parcel
from tests.factories import (
    a_buyer,
    a_delivered_order,
    a_disputed_order,
    a_paid_order,
    a_placed_order,
    a_product,
    a_shipped_order,
    fresh,
    ship,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def shipping(order, number="SF1234567890123", carrier="sf", **changes):
    return commands.ship_order(
        **{
            "order": order,
            "carrier": carrier,
            "tracking_number": number,
            "by": order.seller.user,
            "at": order.paid_at,
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("delivery", "promised", "days"),
    [
        (Product.Delivery.EXPRESS, 5, 10),
        (Product.Delivery.CROSS_BORDER, 20, 35),
        (Product.Delivery.CROSS_BORDER, 60, 75),
        (Product.Delivery.CROSS_BORDER, 90, 75),
    ],
)
def test_the_release_clock_starts_by_the_way_of_sending(
    clock, delivery, promised, days
):
    order = a_paid_order(a_product(delivery=delivery, promised_days=promised))
    clock.advance(hours=5)

    shipping(order, at=clock.now)

    assert fresh(order).hold.release_at == clock.now + days * DAY
    assert fresh(order).shipped_at == clock.now
    assert fresh(order).status == Order.Status.SHIPPED


def test_the_buyer_is_told_and_the_parcel_is_kept(clock):
    order = a_paid_order()

    shipping(order, " sf 1234-567890123 ")

    parcel = Parcel.objects.get(order=order)
    assert (parcel.carrier, parcel.tracking_number) == ("sf", "SF1234567890123")
    assert Notice.objects.filter(user=order.buyer, kind="order_shipped").count() == 1


def test_shipping_twice_is_refused_and_changes_nothing(clock):
    order = a_shipped_order()
    clock.advance(days=1)

    with pytest.raises(CannotChangeClock):
        shipping(order, "SF9999999999999", at=clock.now)

    assert Parcel.objects.filter(order=order).count() == 1
    assert fresh(order).shipped_at < clock.now


def test_pressing_twice_ships_once(clock):
    order = a_paid_order()
    first = shipping(order)
    clock.advance(seconds=1)

    assert shipping(order, at=clock.now) == first

    assert fresh(order).shipped_at == order.paid_at
    assert Notice.objects.filter(user=order.buyer, kind="order_shipped").count() == 1


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=30)])
def test_from_the_deadline_on_nothing_is_shipped(clock, late):
    """The sweep may not have come by yet: the buyer gets the money back anyway."""
    order = a_paid_order()

    with pytest.raises(commands.TooLateToShip):
        shipping(order, at=order.ship_by + late)

    assert fresh(order).status == Order.Status.AWAITING_SHIPMENT
    assert fresh(order).hold.release_at is None
    assert not Parcel.objects.exists()
    assert shipping(order, at=order.ship_by - timedelta(seconds=1))


def test_the_page_says_why_it_is_too_late(client, clock):
    order = a_paid_order()
    client.force_login(order.seller.user)
    address = reverse("selling:ship", args=[order.number])
    clock.set(order.ship_by)

    asked = client.get(address, follow=True).content.decode()
    press = {"carrier": "sf", "tracking_number": "SF1234567890123"}
    told = client.post(address, press, follow=True).content.decode()

    assert "The time to send this order is over" in asked
    assert "The time to send this order is over" in told
    assert "Do not send anything any more" in told
    assert not Parcel.objects.exists()


def test_an_unpaid_order_is_not_shipped(clock):
    order = a_placed_order()

    with pytest.raises(CannotChangeClock):
        shipping(order, at=clock.now)

    assert fresh(order).status == Order.Status.PENDING_PAYMENT
    assert not Parcel.objects.exists()


@pytest.mark.parametrize("code", CARRIERS)
def test_each_carriers_example_is_accepted(code):
    assert CARRIERS[code].accepts(CARRIERS[code].example)
    assert not CARRIERS[code].accepts(CARRIERS[code].example + "X")
    assert not CARRIERS[code].accepts("")


@pytest.mark.parametrize(
    ("carrier", "number"),
    [("sf", "SF12"), ("royal_mail", "RM123456789CN"), ("nobody", "SF1234567890123")],
)
def test_a_number_that_cannot_be_true_is_refused(carrier, number):
    order = a_paid_order()

    with pytest.raises(commands.BadTracking):
        shipping(order, number, carrier)

    assert fresh(order).status == Order.Status.AWAITING_SHIPMENT
    assert fresh(order).hold.release_at is None


def test_a_number_travels_for_one_buyer_only():
    first, second = a_paid_order(), a_paid_order()
    shipping(first)

    with pytest.raises(commands.TrackingTaken):
        shipping(second)

    assert fresh(second).status == Order.Status.AWAITING_SHIPMENT


def test_one_buyers_orders_may_share_a_parcel():
    mei = a_buyer()
    first, second = a_paid_order(buyer=mei), a_paid_order(buyer=mei)

    shipping(first)
    shipping(second)


@pytest.mark.parametrize(
    ("days_later", "release_after"),
    [(1, 8), (3, 10), (6, 10)],
    ids=["shortened", "just the same", "never lengthened"],
)
def test_delivery_leaves_seven_days_of_an_express_order(
    clock, days_later, release_after
):
    order = a_shipped_order()
    shipped_at = order.shipped_at
    clock.advance(days=days_later)

    commands.record_delivery(order=order, by=None, at=clock.now)

    assert fresh(order).hold.release_at == shipped_at + release_after * DAY
    assert fresh(order).delivered_at == clock.now
    assert fresh(order).status == Order.Status.DELIVERED


def test_delivery_leaves_fifteen_days_of_a_cross_border_order(clock):
    order = a_shipped_order(
        a_product(delivery=Product.Delivery.CROSS_BORDER, promised_days=30)
    )
    clock.advance(days=2)

    commands.record_delivery(order=order, by=None, at=clock.now)

    assert fresh(order).hold.release_at == clock.now + 15 * DAY


def test_delivery_while_a_dispute_stands_shortens_what_is_left(clock):
    order = a_disputed_order()

    commands.record_delivery(order=order, by=None, at=clock.now)

    assert fresh(order).hold.paused_left == 7 * DAY
    assert fresh(order).hold.release_at is None


def test_delivered_once_is_delivered(clock):
    order = a_delivered_order()

    with pytest.raises(CannotMove):
        commands.record_delivery(order=order, by=None, at=clock.now)


def test_nothing_is_delivered_before_it_is_shipped(clock):
    with pytest.raises(CannotChangeClock):
        commands.record_delivery(order=a_paid_order(), by=None, at=clock.now)

    assert books.problems() == []


def test_the_history_says_who_and_when(clock):
    order = ship(a_paid_order())

    fund, shipped = order.history.order_by("pk")
    assert (fund.action, fund.by) == ("fund", None)
    assert (shipped.action, shipped.by) == ("ship", order.seller.user)
