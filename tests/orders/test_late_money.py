"""Money that comes after time has closed its order: revived, or sent back (§5.4)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from escrow import books
from escrow.models import Hold
from escrow.queries import Place, money_of
from kernel import sweeps
from marketplace.notifications.models import Notice
from orders import chronicle, commands
from orders.lifecycle import ORDERS
from orders.models import Order
from payments import commands as payments
from payments.models import Attempt, Charge, Notification, Refund
from tests.factories import (
    a_buyer,
    a_cart,
    a_placed_checkout,
    a_product,
    fresh,
    placing,
    start,
    stock_of,
    the_gateway,
)
from tests.orders.test_races import at_once

pytestmark = pytest.mark.django_db
WITHIN = timedelta(minutes=30)
# Rarer than a payment in time (test_cost), and asked about on each floor.
STATEMENTS = 20


def closed_by_time(checkout, clock):
    """The code is on the screen when the time is over; returns its attempt."""
    clock.set(checkout.charge.expires_at - timedelta(minutes=1))
    attempt = start(checkout)
    clock.set(checkout.charge.expires_at)
    sweeps.run("close_due_charges", at=clock.now)
    assert fresh(checkout.charge).status == Charge.Status.CLOSED
    return attempt


def two_codes(checkout, clock):
    """One has expired, the other is on the screen, when the time is over."""
    clock.set(checkout.charge.expires_at - timedelta(minutes=20))
    first = start(checkout)
    second = closed_by_time(checkout, clock)
    assert first.number != second.number
    return first, second


def comes(attempt, clock):
    the_gateway().pay(attempt.number, at=clock.now)
    return payments.check_attempt(attempt=attempt, at=clock.now)


def told(user):
    return list(Notice.objects.filter(user=user).values_list("kind", flat=True))


def assert_all_back(checkout, attempt):
    """Nothing lives again, and everything that came is with its payer."""
    assert fresh(checkout.charge).status == Charge.Status.CLOSED
    orders = checkout.orders.all()
    assert {order.status for order in orders} == {Order.Status.CANCELLED}
    assert {order.hold.status for order in orders} == {Hold.Status.VOID}
    assert fresh(attempt).is_stray
    sweeps.run("send_refunds", at=attempt.paid_at)
    refund = Refund.objects.get()
    assert (refund.status, refund.amount) == (Refund.Status.SETTLED, attempt.amount)
    assert books.problems() == []


@pytest.mark.parametrize("shops", [1, 3])
def test_all_of_it_comes_back_to_life(clock, shops):
    goods = [a_product() for _ in range(shops)]
    before = [stock_of(one) for one in goods]
    checkout = a_placed_checkout(*goods)
    attempt = closed_by_time(checkout, clock)
    clock.advance(minutes=29)

    attempt = comes(attempt, clock)

    charge = fresh(checkout.charge)
    assert (charge.status, charge.paid_at) == (Charge.Status.PAID, clock.now)
    assert (attempt.status, attempt.is_stray) == (Attempt.Status.PAID, False)
    for order in checkout.orders.all():
        assert order.status == Order.Status.AWAITING_SHIPMENT
        assert (order.paid_at, order.ended_at) == (clock.now, None)
        assert order.ship_by == clock.now + timedelta(days=3)
        assert order.history.latest("pk").note.startswith("paid late")
        assert order.hold.status == Hold.Status.HELD
        assert money_of(order.hold).at(Place.ESCROW).amount == order.total
        assert "to_ship" in told(order.seller.user)
    assert [stock_of(one) for one in goods] == [(n - 1, held) for n, held in before]
    assert told(checkout.buyer).count("order_revived") == shops
    assert charge.history.latest("pk").note == f"paid late by {attempt.number}"
    assert not Refund.objects.exists()
    assert books.problems() == []


def test_both_sides_read_how_it_came_about(clock, client):
    checkout = a_placed_checkout()
    comes(closed_by_time(checkout, clock), clock)
    order = checkout.orders.get()

    doors = {"orders:detail": order.buyer, "selling:order": order.seller.user}
    for name, person in doors.items():
        client.force_login(person)
        page = client.get(reverse(name, args=[order.number])).content.decode()
        assert "closed the order unpaid." in page
        assert "took it up again" in page


def test_the_time_line_knows_every_move():
    assert set(chronicle._LOOKS) == set(ORDERS.moves)


@pytest.mark.parametrize("late", [WITHIN, timedelta(hours=20)])
def test_from_half_an_hour_on_it_goes_back(clock, late):
    checkout = a_placed_checkout()
    attempt = closed_by_time(checkout, clock)
    clock.set(checkout.charge.expires_at + late)

    attempt = comes(attempt, clock)

    assert_all_back(checkout, attempt)
    assert "paid_too_late" in told(checkout.buyer)


def test_what_its_buyer_closed_stays_closed(clock):
    checkout = a_placed_checkout()
    attempt = start(checkout)
    commands.cancel_checkout(checkout=checkout, by=checkout.buyer, at=clock.now)

    attempt = comes(attempt, clock)

    assert_all_back(checkout, attempt)
    assert "paid_too_late" in told(checkout.buyer)


def test_one_piece_gone_sends_all_back(clock):
    tea, cup = a_product(), a_product(stock=1)
    checkout = a_placed_checkout(tea, cup)
    attempt = closed_by_time(checkout, clock)
    left = stock_of(tea)
    commands.place_order(**placing(a_cart(a_buyer("Lin"), cup), at=clock.now))

    attempt = comes(attempt, clock)

    assert_all_back(checkout, attempt)
    assert stock_of(tea) == left
    assert stock_of(cup) == (1, 1)


def test_an_account_shut_meanwhile_is_refunded(clock):
    checkout = a_placed_checkout()
    attempt = closed_by_time(checkout, clock)
    checkout.buyer.is_active = False
    checkout.buyer.save(update_fields=["is_active"])

    assert_all_back(checkout, comes(attempt, clock))


def test_a_revived_order_paid_again_sends_the_second_back(clock):
    checkout = a_placed_checkout()
    first, second = two_codes(checkout, clock)

    comes(second, clock)
    clock.advance(minutes=1)
    comes(first, clock)

    assert (fresh(first).is_stray, fresh(second).is_stray) == (True, False)
    assert checkout.charge.history.filter(action="revive").count() == 1
    assert "paid_twice" in told(checkout.buyer)
    assert books.problems() == []


@pytest.mark.parametrize("shops", [1, 3])
def test_a_late_notification_costs_few_statements(gateway, clock, shops):
    checkout = a_placed_checkout(*(a_product() for _ in range(shops)))
    attempt = closed_by_time(checkout, clock)
    gateway.pay(attempt.number, at=clock.now)
    row = Notification.objects.create(
        gateway="alipay",
        body=gateway.notify_about(attempt.number),
        received_at=clock.now,
        apply_at=clock.now,
    )

    with CaptureQueriesContext(connection) as queries:
        payments.apply_notification(notification_id=row.pk, at=clock.now)

    sent = [one["sql"] for one in queries if "SAVEPOINT" not in one["sql"]]
    assert len(sent) <= STATEMENTS, "\n".join(sent)
    assert "has revived it" in fresh(row).detail


# --- Two at once --------------------------------------------------------------------


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_late_payments_at_once_revive_once(clock):
    checkout = a_placed_checkout()
    first, second = two_codes(checkout, clock)
    for attempt in (first, second):
        the_gateway().pay(attempt.number, at=clock.now)

    at_once(
        *[
            lambda one=one: payments.check_attempt(attempt=one, at=clock.now)
            for one in (first, second)
        ]
    )

    paid = checkout.charge.attempts.filter(status=Attempt.Status.PAID)
    assert sorted(paid.values_list("is_stray", flat=True)) == [False, True]
    assert fresh(checkout.charge).status == Charge.Status.PAID
    assert "paid_twice" in told(checkout.buyer)
    assert Refund.objects.get().amount == checkout.charge.amount
    assert books.problems() == []


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_late_money_against_another_buyer_of_the_last_piece(clock):
    cup = a_product(stock=1)
    checkout = a_placed_checkout(cup)
    attempt = closed_by_time(checkout, clock)
    other = placing(a_cart(a_buyer("Lin"), cup), at=clock.now)
    the_gateway().pay(attempt.number, at=clock.now)

    _, placed = at_once(
        lambda: payments.check_attempt(attempt=attempt, at=clock.now),
        lambda: commands.place_order(**other),
    )

    revived = fresh(checkout.charge).status == Charge.Status.PAID
    assert revived == isinstance(placed, commands.ItemsSoldOut)
    assert stock_of(cup) == ((0, 0) if revived else (1, 1))
    assert Refund.objects.exists() != revived
    assert books.problems() == []
