"""Every state with every action: only the cells of the tables are possible."""

import itertools

import pytest
from django.db import IntegrityError, transaction

from kernel.lifecycle import CannotMove
from payments import commands
from payments.lifecycle import ATTEMPTS, CHARGES, REFUNDS
from payments.models import Attempt, Refund
from tests.payments.builders import a_charge, a_paid_attempt, an_attempt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

CELLS = {
    CHARGES: {
        ("open", "capture"): "paid",
        ("open", "close"): "closed",
        ("closed", "revive"): "paid",
    },
    ATTEMPTS: {
        ("starting", "go_live"): "live",
        ("starting", "fail"): "failed",
        ("starting", "expire"): "expired",
        ("starting", "close"): "closed",
        ("starting", "capture"): "paid",
        ("live", "expire"): "expired",
        ("live", "close"): "closed",
        ("live", "capture"): "paid",
        ("expired", "capture"): "paid",
        ("closed", "capture"): "paid",
        ("failed", "capture"): "paid",
    },
    REFUNDS: {
        ("requested", "settle"): "settled",
        ("requested", "reject"): "rejected",
        ("rejected", "pay_by_hand"): "by_hand",
    },
}
# What a state cannot be without.
NEEDS = {"by_hand": {"hand_reference": "T-1"}}
ALL = [
    (lifecycle, status, action)
    for lifecycle in CELLS
    for status, action in itertools.product(
        lifecycle.model.Status.values, lifecycle.moves
    )
]


def a_row(lifecycle, gateway, clock):
    if lifecycle is CHARGES:
        return a_charge()
    if lifecycle is ATTEMPTS:
        return an_attempt()
    attempt = a_paid_attempt(gateway)
    return commands.request_refund(
        attempt=attempt, amount=attempt.amount, key="k", reason="", at=clock.now
    )


@pytest.mark.parametrize(("lifecycle", "status", "action"), ALL)
def test_only_the_table_is_possible(gateway, clock, lifecycle, status, action):
    row = a_row(lifecycle, gateway, clock)
    rows = lifecycle.model.objects.filter(pk=row.pk)
    rows.update(status=status, **NEEDS.get(status, {}))
    told = lifecycle.history.objects.filter(subject=row).count()
    target = CELLS[lifecycle].get((status, action))

    if target is None:
        with pytest.raises(CannotMove):
            lifecycle.move([row.pk], action, at=clock.now)
    else:
        values = NEEDS.get(target, {})
        lifecycle.move([row.pk], action, at=clock.now, note="why", **values)

    row.refresh_from_db()
    assert row.status == (target or status)
    written = lifecycle.history.objects.filter(subject=row).count() - told
    assert written == (1 if target else 0)


@pytest.mark.parametrize("lifecycle", list(CELLS))
@pytest.mark.parametrize("status", ["", "refunded", "LIVE"])
def test_no_other_status_can_be_stored(gateway, clock, lifecycle, status):
    row = a_row(lifecycle, gateway, clock)

    with pytest.raises(IntegrityError), transaction.atomic():
        lifecycle.model.objects.filter(pk=row.pk).update(status=status)


def test_the_database_allows_one_live_attempt_only(gateway, clock):
    first = an_attempt()

    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            charge=first.charge,
            number="PAY-OTHER-9",
            counter=9,
            gateway="alipay",
            method=first.method,
            amount=first.amount,
            started_at=clock.now,
            expires_at=first.expires_at,
        )


def test_the_database_allows_one_capture_only(gateway, clock):
    first = a_paid_attempt(gateway)
    Attempt.objects.create(
        charge=first.charge,
        number="PAY-OTHER-9",
        counter=9,
        gateway="alipay",
        method=first.method,
        amount=first.amount,
        started_at=clock.now,
        expires_at=first.expires_at,
        status=Attempt.Status.CLOSED,
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.update(status=Attempt.Status.PAID, is_stray=False)


def test_a_refund_is_above_zero(gateway, clock):
    a_row(REFUNDS, gateway, clock)

    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.update(amount=0)
