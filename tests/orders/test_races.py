"""Races on real connections: exactly one of two wins, and the books stay clean."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from escrow import books
from escrow.models import Hold
from kernel import sweeps
from kernel.errors import Refusal
from orders import commands
from orders.commands import checkout as placing_door
from orders.models import Checkout, Order
from payments import commands as payments
from tests.factories import (
    a_buyer,
    a_cart,
    a_paid_order,
    a_picture,
    a_placed_checkout,
    a_product,
    a_seller,
    a_shipped_order,
    fresh,
    placing,
    ship,
    start,
    stock_of,
    the_gateway,
)

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """Run ``acts`` at the same moment, each on a connection of its own."""
    ready = Barrier(len(acts))

    def run(act):
        try:
            ready.wait(timeout=10)
            return act()
        except (Refusal, IntegrityError) as no:
            return no
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def refusals(answers):
    return [answer for answer in answers if isinstance(answer, Refusal)]


def test_two_presses_of_one_button_place_one_order():
    arguments = placing(a_cart(a_buyer(), a_product(), a_product()))

    one, other = at_once(
        lambda: commands.place_order(**arguments),
        lambda: commands.place_order(**arguments),
    )

    assert one == other == Checkout.objects.get()
    assert Order.objects.count() == 2
    assert books.problems() == []


def test_without_the_lock_on_the_cart_the_second_press_would_crash(monkeypatch):
    tea = a_product()
    arguments = placing(a_cart(a_buyer(), tea))
    looked = Barrier(2)
    lines_of = placing_door.cart_queries.lines_of

    def slow(cart):
        lines = lines_of(cart)
        looked.wait(timeout=10)
        return lines

    monkeypatch.setattr(placing_door.cart_queries, "lines_of", slow)
    monkeypatch.setattr(
        placing_door.Cart.objects, "select_for_update", placing_door.Cart.objects.all
    )

    answers = at_once(
        lambda: commands.place_order(**arguments),
        lambda: commands.place_order(**arguments),
    )

    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 1
    assert stock_of(tea) == (10, 1)


def test_of_two_buyers_one_orders_the_last_piece():
    last = a_product(stock=1)
    carts = [placing(a_cart(a_buyer(name), last)) for name in ("Mei", "Lin")]

    answers = at_once(*(lambda a=a: commands.place_order(**a) for a in carts))

    (refused,) = refusals(answers)
    assert isinstance(refused, commands.ItemsSoldOut)
    assert Checkout.objects.count() == 1
    assert stock_of(last) == (1, 1)


def test_carts_in_opposite_order_do_not_wait_in_a_circle():
    one, two = a_product(stock=50), a_product(stock=50)
    first = placing(a_cart(a_buyer("Mei"), one, two))
    second = placing(a_cart(a_buyer("Lin"), two, one))

    answers = at_once(
        lambda: commands.place_order(**first), lambda: commands.place_order(**second)
    )

    assert not refusals(answers)
    assert stock_of(one) == stock_of(two) == (50, 2)


def test_paying_and_closing_at_once_leave_one_outcome(gateway):
    tea = a_product()
    checkout = a_placed_checkout(tea)
    attempt = start(checkout)
    the_gateway().pay(attempt.number, at=checkout.placed_at)

    at_once(
        lambda: payments.check_attempt(attempt=attempt, at=checkout.placed_at),
        lambda: commands.cancel_checkout(
            checkout=checkout, by=checkout.buyer, at=checkout.placed_at
        ),
    )

    assert checkout.orders.get().status == Order.Status.AWAITING_SHIPMENT
    assert stock_of(tea) == (9, 0)
    assert books.problems() == []


def test_two_notices_of_one_payment_take_the_pieces_once(gateway):
    tea = a_product()
    checkout = a_placed_checkout(tea)
    attempt = start(checkout)
    the_gateway().pay(attempt.number, at=checkout.placed_at)

    def ask():
        return payments.check_attempt(attempt=attempt, at=checkout.placed_at)

    at_once(ask, ask, ask)

    assert stock_of(tea) == (9, 0)
    assert checkout.orders.get().history.count() == 1
    assert books.problems() == []


def test_shipping_at_the_very_deadline_is_shipped_or_refunded_never_both(gateway):
    """A press just before the deadline that comes late, and the sweep at it."""
    order = a_paid_order()
    at = order.ship_by

    answers = at_once(
        lambda: ship(order, at=at - timedelta(seconds=1)),
        lambda: commands.refund_unshipped(order_id=order.pk, at=at),
    )

    order = fresh(order)
    shipped = order.status == Order.Status.SHIPPED
    assert shipped == (order.hold.status == Hold.Status.HELD)
    assert shipped == (answers[1] is False)
    assert len(refusals(answers)) == (0 if shipped else 1)
    assert books.problems() == []


def test_confirming_and_disputing_at_once_leave_one_outcome(gateway, settings):
    order = a_shipped_order()
    at = order.shipped_at

    answers = at_once(
        lambda: commands.confirm_receipt(order=order, by=order.buyer, at=at),
        lambda: commands.dispute_order(
            order=order,
            by=order.buyer,
            reason="not_as_described.damaged",
            claim=order.total,
            story="Broken.",
            pictures=[a_picture()],
            at=at,
        ),
    )

    order = fresh(order)
    disputed = order.hold.disputes.exists()
    assert len(refusals(answers)) == 1
    assert disputed == (order.status == Order.Status.SHIPPED)
    assert books.problems() == []


def test_confirming_twice_at_once_releases_once(gateway):
    order = a_shipped_order()

    def confirm():
        commands.confirm_receipt(order=order, by=order.buyer, at=order.shipped_at)

    answers = at_once(confirm, confirm)

    assert answers == [None, None]
    assert fresh(order).history.filter(action="complete").count() == 1
    assert books.problems() == []


def test_two_workers_refund_each_unshipped_order_once(gateway):
    tea = a_product(seller=a_seller(), stock=20)
    orders = [a_paid_order(tea, buyer=a_buyer()) for _ in range(4)]
    at = max(order.ship_by for order in orders)

    done = at_once(
        lambda: sweeps.run("refund_unshipped_orders", at=at),
        lambda: sweeps.run("refund_unshipped_orders", at=at),
    )

    assert sum(done) == 4
    sweeps.run("send_refunds", at=at)
    assert {fresh(order).status for order in orders} == {Order.Status.REFUNDED}
    assert stock_of(tea) == (20, 0)
    assert books.problems() == []
