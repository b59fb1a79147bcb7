"""``manage.py sweep``: what is due now; the demo may say another moment."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from orders.models import Order
from tests.doubles.gateway import gateway
from tests.factories import a_paid_order, fresh

__all__ = ["gateway"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gateway")]


def sweep(*arguments):
    out = StringIO()
    call_command("sweep", *arguments, stdout=out)
    return out.getvalue()


def refunding(order):
    return fresh(order).hold.status == "refunding"


def test_it_runs_what_is_due_now(clock):
    order = a_paid_order()
    assert "refund_unshipped_orders" not in sweep()
    clock.set(order.ship_by)

    assert "refund_unshipped_orders: 1" in sweep()

    assert fresh(order).status == Order.Status.REFUNDED


def test_outside_the_demo_nobody_travels_in_time(clock, settings):
    settings.TIME_TRAVEL = False
    order = a_paid_order()

    for moment in (order.ship_by, clock.now, order.ship_by + timedelta(days=900)):
        with pytest.raises(CommandError, match="demo mode only"):
            sweep("--until", moment.isoformat())

    assert fresh(order).status == Order.Status.AWAITING_SHIPMENT
    assert not refunding(order)


def test_the_demo_does(clock, settings):
    settings.TIME_TRAVEL = True
    order = a_paid_order()

    told = sweep("refund_unshipped_orders", "--until", order.ship_by.isoformat())

    assert told == "refund_unshipped_orders: 1\n"
    assert refunding(order)


@pytest.mark.parametrize("given", ["tomorrow", "2026-13-01", ""])
def test_a_moment_that_is_none_is_named(settings, given):
    settings.TIME_TRAVEL = True

    with pytest.raises(CommandError, match="ISO"):
        sweep("--until", given)


def test_an_unknown_sweep_is_named():
    with pytest.raises(CommandError, match="no sweep 'dust'"):
        sweep("dust")
