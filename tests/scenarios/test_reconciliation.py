"""A day's bill of the simulator against our books, over real HTTP (rules §4.11)."""

from datetime import timedelta

import pytest

from escrow import books
from escrow import commands as escrow
from kernel import clock, sweeps
from kernel.worklist.models import Task
from payments import commands as payments
from payments.models import Attempt
from payments.reconciliation import commands, days
from payments.reconciliation.models import Day
from tests.escrow import builders

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def noon(shop, simulator):
    """Both clocks stand at the noon of a Beijing day; 0.6 % is charged."""
    app_id = simulator.app["app_id"]
    simulator.control(f"apps/{app_id}", {"fee_basis_points": 60, "bills_wait": True})
    return _both_at(simulator, f"{simulator.now() + timedelta(days=2):%Y-%m-%d}T12:00")


def _both_at(simulator, moment):
    simulator.control("clock", {"set": f"{moment}:00"})
    return simulator.now()


def _sold(simulator, at, amount="100.00", *, heard=True):
    with clock.stopped(at):
        hold = builders.an_open_hold(amount)
        attempt = payments.start_attempt(
            charge=hold.charge, method=Attempt.Method.QR, at=at
        )
        simulator.control("pause_notifications", {"paused": True})
        simulator.pay(attempt.number)
        if heard:
            payments.check_attempt(attempt=attempt, at=simulator.now())
    return hold, attempt


def test_a_day_with_everything_on_it(shop, simulator, noon):
    today = days.day_of(noon)
    _sold(simulator, noon)
    returned, _attempt = _sold(simulator, noon, "50.00")
    _hold, unheard = _sold(simulator, noon, "20.00", heard=False)
    with clock.stopped(noon):
        escrow.refund_hold(hold=builders.fresh(returned), by=None, at=noon, note="no")
        builders.settle_refunds()
    morning = _both_at(simulator, f"{today + timedelta(days=1):%Y-%m-%d}T09:10")

    # At nine there is a bill, and it knows a payment that we have not heard of.
    with clock.stopped(morning):
        report = commands.reconcile(day=today, at=morning)
        assert [one.finding for one in report.differences] == ["status_differs"]
        assert report.differences[0].number == unheard.number
        assert report.days[0].matched == 3
        assert Task.objects.filter(kind="statement_difference").count() == 1
        sweeps.run("query_live_attempts", at=morning)
        report = commands.reconcile(day=today, at=morning)

    assert report.is_clean
    assert report.awaited == 0
    day = Day.objects.get(day=today)
    assert (day.lines, day.matched, day.statement.version) == (4, 4, 1)
    assert bytes(day.statement.raw).startswith(b"PK")
    assert not Task.objects.filter(closed_at__isnull=True).exists()
    assert builders.books()["psp_fees"] == 60 + 30 + 12
    assert books.problems() == []
