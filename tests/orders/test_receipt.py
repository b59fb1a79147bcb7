"""Receipt, silence, cancelling, and the shop that never ships."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from escrow import books
from escrow.commands import CannotRelease
from escrow.models import Hold
from escrow.tasks import release_due_holds
from kernel import sweeps
from kernel.lifecycle import CannotMove
from kernel.worklist.models import Task
from marketplace.notifications.models import Notice
from orders import commands, tasks
from orders.models import Order
from payments.models import Charge
from payments.tasks import close_due_charges, send_refunds
from tests.factories import (
    a_buyer,
    a_delivered_order,
    a_disputed_order,
    a_paid_checkout,
    a_paid_order,
    a_placed_checkout,
    a_placed_order,
    a_product,
    a_shipped_order,
    fresh,
    pay,
    ship,
    start,
    stock_of,
    the_gateway,
)

pytestmark = pytest.mark.django_db
S = Order.Status


def sweep(batch, clock):
    """Run one sweep at the clock's present moment; how many rows it handled."""
    return sweeps.run(batch.name.removeprefix("sweep."), at=clock.now)


def confirm(order, clock):
    commands.confirm_receipt(order=order, by=order.buyer, at=clock.now)


@pytest.mark.parametrize("life", [a_shipped_order, a_delivered_order])
def test_the_buyers_word_releases_the_money(clock, life):
    order = life()

    confirm(order, clock)

    order = fresh(order)
    assert order.status == S.COMPLETED
    assert order.ended_at == clock.now
    assert order.hold.status == Hold.Status.RELEASED
    assert order.history.last().by == order.buyer
    assert books.problems() == []


def test_both_sides_are_told_of_the_release(clock):
    order = a_shipped_order()

    confirm(order, clock)

    told = Notice.objects.values_list("user", "kind")
    assert (order.buyer_id, "order_completed") in told
    assert (order.seller.user_id, "money_released") in told


def test_nobody_confirms_what_was_not_shipped(clock):
    order = a_paid_order()

    with pytest.raises(CannotMove):
        confirm(order, clock)

    assert fresh(order).hold.status == Hold.Status.HELD
    assert books.problems() == []


@pytest.mark.parametrize("life", [a_placed_order, a_disputed_order])
def test_nothing_is_released_unpaid_or_in_dispute(clock, life):
    order = life()

    with pytest.raises(CannotRelease):
        confirm(order, clock)

    assert fresh(order).status == order.status


def test_confirming_twice_moves_nothing_twice(clock):
    order = a_shipped_order()
    confirm(order, clock)
    told = order.buyer.notices.count()

    confirm(order, clock)

    assert fresh(order).history.filter(action="complete").count() == 1
    assert order.buyer.notices.count() == told
    assert books.problems() == []


def test_what_the_clock_has_released_cannot_be_confirmed(clock):
    order = a_shipped_order()
    clock.set(order.hold.release_at)
    sweep(release_due_holds, clock)

    with pytest.raises(CannotRelease):
        confirm(order, clock)


def test_silence_releases_at_the_exact_deadline(clock):
    order = a_shipped_order()
    release_at = order.hold.release_at

    clock.set(release_at - timedelta(microseconds=1))
    assert sweep(release_due_holds, clock) == 0
    clock.set(release_at)
    assert sweep(release_due_holds, clock) == 1

    order = fresh(order)
    assert order.status == S.COMPLETED
    assert order.history.last().by is None
    assert sweep(release_due_holds, clock) == 0
    assert books.problems() == []


def test_the_buyer_closes_an_unpaid_checkout_and_the_goods_return(clock):
    tea, lamp = a_product(), a_product()
    checkout = a_placed_checkout(tea, lamp, quantity=4)

    charge = commands.cancel_checkout(
        checkout=checkout, by=checkout.buyer, at=clock.now
    )

    assert charge.status == Charge.Status.CLOSED
    assert {order.status for order in checkout.orders.all()} == {S.CANCELLED}
    assert stock_of(tea) == stock_of(lamp) == (10, 0)
    assert books.problems() == []


def test_closing_when_the_payment_was_quicker_leaves_a_paid_order(clock):
    checkout = a_placed_checkout()
    attempt = start(checkout)
    the_gateway().pay(attempt.number, at=clock.now)

    charge = commands.cancel_checkout(
        checkout=checkout, by=checkout.buyer, at=clock.now
    )

    assert charge.status == Charge.Status.PAID
    assert checkout.orders.get().status == S.AWAITING_SHIPMENT


def test_closing_while_the_gateway_is_silent_leaves_the_order_waiting(clock, gateway):
    tea = a_product()
    checkout = a_placed_checkout(tea)
    start(checkout)
    gateway.break_down()

    charge = commands.cancel_checkout(
        checkout=checkout, by=checkout.buyer, at=clock.now
    )

    assert charge.status == Charge.Status.OPEN
    assert checkout.orders.get().status == S.PENDING_PAYMENT
    assert stock_of(tea) == (10, 1)


def test_an_unpaid_order_closes_by_itself_at_its_deadline(clock):
    tea = a_product()
    order = a_placed_order(tea)
    expires_at = order.checkout.charge.expires_at

    clock.set(expires_at - timedelta(seconds=1))
    sweep(close_due_charges, clock)
    assert fresh(order).status == S.PENDING_PAYMENT

    clock.set(expires_at)
    sweep(close_due_charges, clock)
    assert fresh(order).status == S.CANCELLED
    assert fresh(order).ended_at == expires_at
    assert stock_of(tea) == (10, 0)


def test_paying_takes_the_pieces_out_of_the_stock_and_sets_a_date(clock):
    tea = a_product()
    checkout = a_placed_checkout(tea, quantity=3)
    clock.advance(hours=2)

    pay(checkout)

    order = checkout.orders.get()
    assert stock_of(tea) == (7, 0)
    assert order.paid_at == clock.now
    assert order.ship_by == clock.now + timedelta(days=3)
    told = Notice.objects.values_list("user", "kind")
    assert (order.buyer_id, "order_paid") in told
    assert (order.seller.user_id, "to_ship") in told


def test_a_shop_that_does_not_ship_sends_the_money_back(clock):
    tea = a_product()
    order = a_paid_order(tea, quantity=2)

    clock.set(order.ship_by - timedelta(seconds=1))
    assert sweep(tasks.refund_unshipped_orders, clock) == 0
    clock.set(order.ship_by)
    assert sweep(tasks.refund_unshipped_orders, clock) == 1

    order = fresh(order)
    assert order.hold.status == Hold.Status.REFUNDING
    assert order.status == S.AWAITING_SHIPMENT
    assert sweep(tasks.refund_unshipped_orders, clock) == 0

    sweep(send_refunds, clock)
    order = fresh(order)
    assert order.status == S.REFUNDED
    assert order.ended_at == clock.now
    assert stock_of(tea) == (10, 0)
    assert books.problems() == []


def test_nothing_goes_back_before_the_deadline(clock):
    order = a_paid_order()

    early = order.ship_by - timedelta(seconds=1)
    assert commands.refund_unshipped(order_id=order.pk, at=early) is False

    assert fresh(order).hold.status == Hold.Status.HELD
    assert books.problems() == []


def test_one_order_that_breaks_stops_no_other(clock, monkeypatch, caplog):
    bad, good = a_paid_order(), a_paid_order()
    refund_hold = commands.cancelling.escrow.refund_hold

    def breaks_for_one(*, hold, **options):
        if hold.pk == bad.hold_id:
            raise IntegrityError("a constraint says no")
        return refund_hold(hold=hold, **options)

    monkeypatch.setattr(commands.cancelling.escrow, "refund_hold", breaks_for_one)
    clock.set(good.ship_by)

    assert sweep(tasks.refund_unshipped_orders, clock) == 2
    assert fresh(good).hold.status == Hold.Status.REFUNDING
    assert fresh(bad).hold.status == Hold.Status.HELD
    assert str(bad.pk) in caplog.text
    [task] = Task.objects.all()
    assert "a constraint says no" in task.detail


def test_only_the_part_that_was_not_shipped_goes_back(clock):
    checkout = a_paid_checkout(a_product(), a_product())
    first, second = checkout.orders.order_by("pk")
    ship(first)

    clock.set(second.ship_by)
    sweep(tasks.refund_unshipped_orders, clock)
    sweep(send_refunds, clock)

    assert fresh(first).status == S.SHIPPED
    assert fresh(second).status == S.REFUNDED
    assert books.problems() == []


def test_what_is_on_its_way_back_is_not_shipped_any_more(clock):
    order = a_paid_order()
    clock.set(order.ship_by)
    sweep(tasks.refund_unshipped_orders, clock)

    with pytest.raises(Exception, match="is over"):
        ship(order)

    assert fresh(order).shipped_at is None


def test_a_shipment_that_came_first_is_left_alone(clock):
    order = a_shipped_order()
    clock.set(order.ship_by)

    assert commands.refund_unshipped(order_id=order.pk, at=clock.now) is False
    assert fresh(order).hold.status == Hold.Status.HELD


def test_the_next_date_to_ship_by_is_known(clock):
    assert tasks.next_ship_by() is None

    order = a_paid_order(buyer=a_buyer())

    assert tasks.next_ship_by() == order.ship_by
