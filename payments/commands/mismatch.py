"""Money that came with another amount or currency than asked for (rules §5.4)."""

from datetime import datetime

from kernel import events
from kernel.db import command
from kernel.money import from_minor
from kernel.worklist import commands as tasks
from payments import worklist
from payments.commands.capture import Applied, end_here, lock_with_charge
from payments.events import StrayPaid
from payments.gateways.port import PaymentState, PaymentStatus
from payments.lifecycle import ATTEMPTS
from payments.models import Attempt


@command
def take_other_amount(*, attempt_id: int, state: PaymentState, at: datetime) -> Applied:
    """The gateway, asked by us, has taken something else than the attempt's amount.

    It never pays the charge, which stays open for another attempt. What came is a
    stray payment: announced, to be booked and sent back, with a task for the desk.
    Once per attempt.
    """
    attempt = lock_with_charge(pk=attempt_id)
    if attempt.status == Attempt.Status.PAID:
        return Applied.KNOWN
    assert state.status is PaymentStatus.PAID
    if not state.amount_minor or not state.currency:
        # Nothing came that could go back; nobody can pay this number any more.
        end_here(attempt, note="paid with nothing", at=at)
        return Applied.MISMATCH
    came = from_minor(state.amount_minor, state.currency)
    said = f"asked for {attempt.amount}, got {came}"
    ATTEMPTS.move(
        [attempt.pk],
        "capture",
        at=at,
        note=said,
        is_stray=True,
        received_minor=state.amount_minor,
        received_currency=state.currency,
        paid_at=state.paid_at or at,
        provider_number=state.provider_number,
        query_at=None,
        last_answer=said,
    )
    key = worklist.other_amount_key(attempt.number)
    tasks.open_task(
        kind=worklist.OTHER_AMOUNT, key=key, about=attempt, detail=said, at=at
    )
    events.announce(StrayPaid(frozenset({attempt.pk}), at))
    return Applied.STRAY
