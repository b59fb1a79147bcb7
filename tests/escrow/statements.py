"""What the tests of statements begin with."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escrow import commands as escrow
from kernel import clock as kernel_clock
from kernel.worklist.models import Task
from payments.gateways.port import LineKind
from payments.reconciliation import commands, days
from tests.escrow import builders
from tests.escrow.builders import a_line


@pytest.fixture
def today(clock):
    """The Beijing day on which the test's money moves."""
    return days.day_of(clock.now)


def a_refund_line(refund, **changes):
    line = a_line(refund.attempt, kind=LineKind.REFUND, fee_minor=0)
    minor = int(refund.amount.amount * 100)
    return replace(line, refund_number=refund.number, amount_minor=minor, **changes)


def a_paid_hold(gateway, amount="100.00"):
    hold = builders.a_held_hold(gateway, amount)
    return hold, hold.charge.attempts.get()


def give_back(hold):
    """The whole amount is asked to go back; nothing is sent yet."""
    escrow.refund_hold(hold=hold, by=None, at=kernel_clock.now(), note="no stock")


def overnight(clock, day, *, nights=1):
    clock.set(days.ready_at(day + timedelta(days=nights - 1)))


def read(clock, day):
    return commands.reconcile(day=day, at=clock.now)


def open_tasks(kind="statement_difference"):
    return Task.objects.filter(kind=kind, closed_at__isnull=True)
