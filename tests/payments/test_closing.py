"""Closing a charge: at the gateway first, and never over a payment."""

from datetime import timedelta

import pytest

from kernel import batches
from kernel.worklist import commands as worklist
from kernel.worklist.models import Task
from payments import commands, queries, tasks
from payments.events import ChargesClosed, ChargesPaid, StrayPaid
from payments.gateways.port import GatewayRejected, PaymentStatus
from payments.models import Attempt, Charge
from tests.payments.builders import (
    QR,
    REDIRECT,
    a_charge,
    a_paid_attempt,
    a_payer,
    an_attempt,
    cny,
    everything,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def close(charge, clock, *, by=None, note="asked for"):
    return commands.close_charge(charge=charge, by=by, note=note, at=clock.now)


def test_without_an_attempt_it_closes_at_once(gateway, clock, facts):
    charge = close(a_charge(), clock)

    assert (charge.status, charge.closed_at) == (Charge.Status.CLOSED, clock.now)
    assert charge.close_at is None
    assert facts == [ChargesClosed(frozenset({charge.pk}), clock.now, "asked for")]
    assert gateway.calls == []


@pytest.mark.parametrize("is_opened", [True, False])
def test_a_live_attempt_is_closed_at_the_gateway_first(gateway, clock, is_opened):
    attempt = an_attempt()
    if is_opened:
        gateway.open(attempt.number)

    charge = close(attempt.charge, clock)

    attempt.refresh_from_db()
    assert charge.status == Charge.Status.CLOSED
    assert attempt.status == Attempt.Status.CLOSED
    assert (attempt.query_at is None) is is_opened
    assert gateway.called("close") == 1


def test_who_and_why_is_in_the_history(gateway, clock):
    mei = a_payer()

    charge = close(a_charge(), clock, by=mei, note="changed my mind")

    move = charge.history.get()
    assert (move.action, move.by, move.note) == ("close", mei, "changed my mind")


def test_paid_meanwhile_is_paid(gateway, clock, facts):
    attempt = an_attempt()
    gateway.pay(attempt.number, at=clock.now)

    charge = close(attempt.charge, clock)

    assert charge.status == Charge.Status.PAID
    assert len(facts.of(ChargesPaid)) == 1
    assert not facts.of(ChargesClosed)


def test_an_older_code_paid_unheard_is_found_when_closing(gateway, clock, facts):
    charge = a_charge()
    first = an_attempt(charge=charge, method=QR)
    an_attempt(charge=charge, method=REDIRECT)
    gateway.pay(first.number, at=clock.now)

    charge = close(charge, clock)

    assert charge.status == Charge.Status.PAID
    assert queries.paid_attempt(charge) == first


def test_without_an_answer_it_stays_open_and_takes_nothing_new(gateway, clock, facts):
    attempt = an_attempt()
    gateway.break_down()

    charge = close(attempt.charge, clock, by=a_payer(), note="first word")

    assert (charge.status, charge.is_closing) == (Charge.Status.OPEN, True)
    assert charge.close_at > clock.now
    assert queries.live_attempt(charge) == attempt
    with pytest.raises(commands.ChargeNotOpen):
        commands.start_attempt(charge=charge, method=REDIRECT, at=clock.now)
    assert facts == []

    gateway.mend()
    clock.set(charge.close_at)
    tasks.close_due_charges()

    charge.refresh_from_db()
    assert charge.status == Charge.Status.CLOSED
    assert charge.closing_note == "first word"
    assert facts[0].note == "first word"


def test_the_pauses_grow_while_the_gateway_is_silent(gateway, clock):
    attempt = an_attempt()
    gateway.break_down()
    pauses = []
    charge = close(attempt.charge, clock)
    for _ in range(12):
        pauses.append((charge.close_at - clock.now).total_seconds())
        clock.set(charge.close_at)
        tasks.close_due_charges()
        charge.refresh_from_db()

    assert pauses[:4] == [15, 15, 30, 60]
    assert pauses[-1] == 3600
    assert charge.status == Charge.Status.OPEN


def test_a_refusal_to_close_is_no_proof_either(gateway, clock):
    attempt = an_attempt()
    gateway.fail("close", GatewayRejected("config", "isv.invalid-signature"))

    charge = close(attempt.charge, clock)

    assert charge.status == Charge.Status.OPEN


def test_the_answer_to_a_close_is_lost_and_found(gateway, clock):
    """Done at the gateway, unheard here: the same number converges."""
    attempt = an_attempt()
    gateway.open(attempt.number)
    gateway.fail("close!", GatewayRejected("network", ""))
    charge = close(attempt.charge, clock)
    assert charge.status == Charge.Status.OPEN

    clock.set(charge.close_at)
    tasks.close_due_charges()

    charge.refresh_from_db()
    assert charge.status == Charge.Status.CLOSED


def test_the_deadline_closes_to_the_second(gateway, clock):
    charge = a_charge()
    clock.set(charge.expires_at - timedelta(seconds=1))
    assert tasks.close_due_charges() == 0

    clock.set(charge.expires_at)

    assert tasks.close_due_charges() == 1
    charge.refresh_from_db()
    assert charge.status == Charge.Status.CLOSED
    assert charge.closing_note == tasks.TIME_OVER


@pytest.mark.parametrize("paid", [True, False])
def test_closing_what_is_over_changes_nothing(gateway, clock, facts, paid):
    charge = a_charge()
    if paid:
        a_paid_attempt(gateway, charge=charge)
    else:
        close(charge, clock)
    before = everything()

    close(charge, clock, note="again")

    assert everything() == before
    assert len(facts) == 1


def test_a_wrong_amount_does_not_hold_a_charge_open_for_ever(gateway, clock, facts):
    attempt = an_attempt()
    gateway.pay(attempt.number, at=clock.now, amount_minor=1)

    charge = close(attempt.charge, clock)

    attempt.refresh_from_db()
    assert charge.status == Charge.Status.CLOSED
    assert (attempt.status, attempt.is_stray) == (Attempt.Status.PAID, True)
    assert attempt.came == cny("0.01")
    assert not facts.of(ChargesPaid)
    assert len(facts.of(StrayPaid)) == 1


def test_a_number_that_was_refunded_elsewhere_closes(gateway, clock):
    attempt = an_attempt()
    gateway.pay(attempt.number, at=clock.now)
    gateway.trades[attempt.number].status = PaymentStatus.REFUNDED

    charge = close(attempt.charge, clock)

    assert charge.status == Charge.Status.CLOSED


def test_one_bad_charge_does_not_stop_the_queue(gateway, clock, monkeypatch):
    bad, good = a_charge(), a_charge()
    clock.set(bad.expires_at)
    real = commands.close_charge

    def close_or_break(*, charge, **rest):
        if charge.pk == bad.pk:
            raise RuntimeError("a bug")
        return real(charge=charge, **rest)

    with monkeypatch.context() as patched:
        patched.setattr(commands, "close_charge", close_or_break)
        tasks.close_due_charges()

    bad.refresh_from_db()
    good.refresh_from_db()
    assert good.status == Charge.Status.CLOSED
    assert bad.status == Charge.Status.OPEN
    assert bad.close_at == clock.now + batches.LEASE
    # The desk sees the error, and need not wait for the lease.
    task = Task.objects.get()
    assert (task.detail, task.subject) == ("RuntimeError: a bug", bad.reference)
    assert tasks.close_due_charges() == 0
    worklist.retry_now(task=task, at=clock.now)
    assert tasks.close_due_charges() == 1
    bad.refresh_from_db()
    assert bad.status == Charge.Status.CLOSED
    task.refresh_from_db()
    assert not task.is_open
