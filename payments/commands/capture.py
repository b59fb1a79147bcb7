"""The gateway's word about a payment, applied: the only place where money arrives."""

import logging
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef

from kernel import events
from kernel.db import command
from kernel.money import to_minor
from payments.commands.late import announce_unexpected
from payments.events import ChargesPaid
from payments.gateways import registry
from payments.gateways.port import Capability, PaymentState, PaymentStatus
from payments.lifecycle import ATTEMPTS, CHARGES
from payments.models import Attempt, Charge
from payments.schedule import next_query

log = logging.getLogger(__name__)


class Applied(StrEnum):
    """What the gateway's word has changed here."""

    CAPTURED = "captured"
    REVIVED = "revived"
    STRAY = "stray"
    ENDED = "ended"
    KNOWN = "known"
    NOTHING = "nothing"
    MISMATCH = "mismatch"


@command
def apply_state(*, attempt_id: int, state: PaymentState, at: datetime) -> Applied:
    """Do what ``state``, the gateway's verified word, means for an attempt.

    The charge's row lock makes simultaneous words wait for each other: exactly one
    captures, the others find it known. A second capture of one charge, or one after
    its end, is announced: it revives a charge that time has just closed, or goes back.
    """
    return apply_to_locked(lock_with_charge(pk=attempt_id), state, at=at)


def apply_to_locked(attempt: Attempt, state: PaymentState, *, at: datetime) -> Applied:
    """As :func:`apply_state`, for an attempt of :func:`lock_with_charge`."""
    assert state.number == attempt.number
    if state.status is PaymentStatus.PAID:
        return _apply_paid(attempt, state, at)
    if attempt.status == Attempt.Status.PAID:
        return Applied.KNOWN
    if state.status in {PaymentStatus.CLOSED, PaymentStatus.REFUNDED}:
        return _apply_end(attempt, state, at)
    note_answer(attempt, str(state.status), at=at)
    return Applied.NOTHING


def lock_with_charge(**attempt: Any) -> Attempt:
    """The one attempt of these fields with its charge, both locked, charge first.

    :raises payments.models.Charge.DoesNotExist: when there is no such attempt.
    """
    of_charge = {f"attempts__{name}": value for name, value in attempt.items()}
    charge = Charge.objects.select_for_update(no_key=True, of=("self",)).get(
        **of_charge
    )
    others = Attempt.objects.filter(charge=charge, status__in=Attempt.LIVE_STATUSES)
    found = (
        Attempt.objects.select_for_update(no_key=True)
        .annotate(has_rival=Exists(others.exclude(pk=OuterRef("pk"))))
        .get(**attempt)
    )
    found.charge = charge
    return found


def note_answer(attempt: Attempt, answer: str, *, at: datetime) -> None:
    """Keep what was answered, and set the next date of the query schedule."""
    Attempt.objects.filter(pk=attempt.pk).exclude(status=Attempt.Status.PAID).update(
        last_answer=answer[:200],
        query_at=next_date(
            attempt.gateway,
            started_at=attempt.started_at,
            expires_at=attempt.expires_at,
            at=at,
            live=attempt.is_live,
        ),
    )


def next_date(
    gateway: str,
    *,
    started_at: datetime,
    expires_at: datetime,
    at: datetime,
    live: bool,
) -> datetime | None:
    """When ``gateway`` is asked next; never, where only our own desk knows."""
    if not registry.can(gateway, Capability.QUERY):
        return None
    return next_query(started_at=started_at, expires_at=expires_at, at=at, live=live)


def end_here(attempt: Attempt, *, note: str, at: datetime) -> None:
    """Let a live attempt, whose row is locked, be over; others stay as they are."""
    if attempt.is_live:
        action = "expire" if attempt.expires_at <= at else "close"
        ATTEMPTS.move([attempt.pk], action, at=at, note=note)
        attempt.refresh_from_db(fields=["status"])


def _apply_paid(attempt: Attempt, state: PaymentState, at: datetime) -> Applied:
    if attempt.status == Attempt.Status.PAID:
        return Applied.KNOWN
    owed = (to_minor(attempt.amount), str(attempt.amount.currency))
    if (state.amount_minor, state.currency) != owed:
        log.error(
            "payment %s: owed %s, the gateway says %s %s",
            attempt.number,
            attempt.amount,
            state.amount_minor,
            state.currency,
        )
        answer = f"paid another amount: {state.amount_minor} {state.currency} (minor)"
        note_answer(attempt, answer, at=at)
        return Applied.MISMATCH
    is_stray = attempt.charge.status != Charge.Status.OPEN
    ATTEMPTS.move(
        [attempt.pk],
        "capture",
        at=at,
        note=f"the charge was {attempt.charge.status} already" if is_stray else "",
        is_stray=is_stray,
        paid_at=state.paid_at or at,
        provider_number=state.provider_number,
        query_at=None,
        last_answer=str(state.status),
    )
    if is_stray:
        revived = announce_unexpected(attempt, at=at)
        return Applied.REVIVED if revived else Applied.STRAY
    CHARGES.move([attempt.charge_id], "capture", at=at, paid_at=at, close_at=None)
    if attempt.has_rival:  # type: ignore[attr-defined]
        # What else could still be paid is closed at the gateway by the next sweep.
        Attempt.objects.filter(
            charge_id=attempt.charge_id, status__in=Attempt.LIVE_STATUSES
        ).update(query_at=at)
    events.announce(ChargesPaid(frozenset({attempt.charge_id}), at))
    return Applied.CAPTURED


def _apply_end(attempt: Attempt, state: PaymentState, at: datetime) -> Applied:
    """Never paid, or paid and sent back before we knew: nothing more will come."""
    end_here(attempt, note=f"gateway: {state.status}", at=at)
    Attempt.objects.filter(pk=attempt.pk).update(
        query_at=None, last_answer=str(state.status)
    )
    return Applied.ENDED
