"""Money that came late or for nothing: it revives its holds, or is sent back."""

from collections.abc import Collection
from datetime import datetime

from escrow import postings, risk
from escrow.events import HoldsPaidLate, StraysReturning
from escrow.ledger import commands as ledger
from escrow.models import Hold, HoldRefund
from kernel import events
from kernel.db import command
from payments import commands as payments
from payments.models import Attempt


@command
def take_late_money(*, attempt_ids: Collection[int], at: datetime) -> None:
    """Money came soon after time had closed its charge: does it still count?

    The app above has the last word, for it knows what the money was for. Where risk
    does not allow it, or nothing is left to be paid for, the money goes back.
    """
    for attempt in Attempt.objects.filter(pk__in=attempt_ids).order_by("pk"):
        holds = _holds_if_allowed(attempt)
        if holds:
            events.announce(HoldsPaidLate(holds, attempt.pk, at))
        else:
            refund_stray_payments(attempt_ids=[attempt.pk], at=at)


def _holds_if_allowed(attempt: Attempt) -> frozenset[int]:
    """The holds of an attempt's charge, all or none: risk looks at each anew."""
    rows = list(
        Hold.objects.filter(charge=attempt.charge_id).values_list(
            "pk", "charge__payer_id", "charge__payer__is_active", "seller__user_id"
        )
    )
    allowed = all(
        is_active
        and risk.assess(risk.Facts(buyer_id=payer, seller_user_id=seller)).allowed
        for _pk, payer, is_active, seller in rows
    )
    return frozenset(row[0] for row in rows) if allowed else frozenset()


@command
def refund_stray_payments(*, attempt_ids: Collection[int], at: datetime) -> None:
    """Money that came for nothing (paid twice, too late, another amount): booked and
    sent back.

    Once per attempt, however often it is announced.
    """
    returning = set()
    for attempt in Attempt.objects.filter(pk__in=attempt_ids).order_by("pk"):
        refund = payments.request_refund(
            attempt=attempt,
            amount=attempt.came,
            key=f"stray:{attempt.number}",
            reason=_why_back(attempt),
            at=at,
        )
        _link, is_new = HoldRefund.objects.get_or_create(refund=refund)
        if is_new:
            returning.add(attempt.pk)
        entries = postings.stray(
            attempt_number=attempt.number,
            refund_number=refund.number,
            amount=attempt.came,
            gateway=attempt.gateway,
        )
        ledger.post(entries=list(entries), at=at)
    if returning:
        events.announce(StraysReturning(frozenset(returning), at))


def _why_back(attempt: Attempt) -> str:
    """What the payer reads at the gateway."""
    if attempt.received_minor is not None:
        return "another amount than asked for"
    return "paid twice or too late"
