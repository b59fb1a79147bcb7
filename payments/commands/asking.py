"""Asking the gateway about an attempt, and ending one there, outside transactions."""

import logging
from datetime import datetime

from django.db.models import F

from kernel.db import command, outside_transaction
from payments.commands.capture import (
    Applied,
    apply_state,
    end_here,
    lock_with_charge,
    note_answer,
)
from payments.commands.mismatch import take_other_amount
from payments.gateways import health, registry
from payments.gateways.port import (
    CloseOutcome,
    GatewayError,
    GatewayRejected,
    PaymentState,
)
from payments.models import Attempt, Charge
from payments.schedule import AFTER_UNKNOWN

log = logging.getLogger(__name__)


@outside_transaction
def check_attempt(*, attempt: Attempt, at: datetime) -> Attempt:
    """Ask the gateway now what became of ``attempt``, and apply its answer.

    Without an answer nothing changes but ``last_answer`` and the next date.
    """
    state = _ask(attempt, at=at)
    if state is not None:
        _believe(attempt, state, at=at)
    return Attempt.objects.select_related("charge").get(pk=attempt.pk)


@outside_transaction
def end_attempt(*, attempt: Attempt, at: datetime) -> bool:
    """Close ``attempt`` at the gateway, then here; money that came first is applied.

    Whether it is certain now what became of it. A payment nobody has opened yet is
    unknown to the gateway: it counts as closed, and late money is watched for.
    """
    try:
        with health.watched(attempt.gateway):
            outcome = registry.gateway(attempt.gateway).close(attempt.number)
    except GatewayError as unanswered:
        _note_failure(attempt, unanswered, at=at)
        return False
    if outcome is not CloseOutcome.PAID:
        _record_end(attempt.pk, outcome=outcome, at=at)
        return True
    state = _ask(attempt, at=at)
    if state is None:
        return False
    return _believe(attempt, state, at=at) is not Applied.NOTHING


def _believe(attempt: Attempt, state: PaymentState, *, at: datetime) -> Applied:
    """Apply the gateway's answer to a question of ours. Unlike a notification, which
    may be older than we know or simply wrong, it also proves that other money came."""
    applied = apply_state(attempt_id=attempt.pk, state=state, at=at)
    if applied is Applied.MISMATCH:
        return take_other_amount(attempt_id=attempt.pk, state=state, at=at)
    return applied


@outside_transaction
def watch_attempt(*, attempt: Attempt, at: datetime) -> None:
    """What the query sweep does with an attempt that is due."""
    if attempt.is_live and attempt.charge.status != Charge.Status.OPEN:
        # Paid by another attempt meanwhile: nobody may pay this one as well.
        end_attempt(attempt=attempt, at=at)
    else:
        check_attempt(attempt=attempt, at=at)


@command
def _record_end(attempt_id: int, *, outcome: CloseOutcome, at: datetime) -> None:
    attempt = lock_with_charge(pk=attempt_id)
    end_here(attempt, note=f"gateway: {outcome}", at=at)
    if outcome is CloseOutcome.PAID:
        return
    note_answer(attempt, str(outcome), at=at)
    if outcome is CloseOutcome.CLOSED:
        Attempt.objects.filter(pk=attempt_id).update(query_at=None)


def _ask(attempt: Attempt, *, at: datetime) -> PaymentState | None:
    Attempt.objects.filter(pk=attempt.pk).update(queries=F("queries") + 1)
    try:
        with health.watched(attempt.gateway):
            return registry.gateway(attempt.gateway).query(attempt.number)
    except GatewayError as unanswered:
        _note_failure(attempt, unanswered, at=at)
        return None


def _note_failure(attempt: Attempt, failure: GatewayError, *, at: datetime) -> None:
    """No answer is no news: keep the reason, ask again on schedule or later."""
    level = logging.ERROR if isinstance(failure, GatewayRejected) else logging.WARNING
    log.log(level, "payment %s: no answer: %s", attempt.number, failure)
    note_answer(attempt, f"{Attempt.NO_ANSWER}: {failure}", at=at)
    # A schedule that would end without an answer goes on, slowly.
    Attempt.objects.filter(pk=attempt.pk, query_at=None).exclude(
        status=Attempt.Status.PAID
    ).update(query_at=at + AFTER_UNKNOWN)
