"""Celery doors: this app's sweeps."""

import logging
from datetime import datetime

from django.db import DatabaseError, transaction
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from escrow.disputes import commands
from escrow.disputes.models import Dispute
from kernel.errors import Refusal
from kernel.sweeps import sweep

log = logging.getLogger(__name__)

OVERDUE = Dispute.objects.filter(status=Dispute.Status.IN_MEDIATION).order_by(
    "decide_by", "pk"
)


@sweep(
    label=_("Refund disputes that nobody decided in time"),
    next_due=lambda: OVERDUE.aggregate(due=Min("decide_by"))["due"],
)
def settle_overdue_disputes(*, at: datetime, limit: int) -> int:
    """T13: a dispute that reaches its hard stop is refunded in full.

    Each in its own transaction: they are few, and one must not stop another.
    """
    due = OVERDUE.filter(decide_by__lte=at).values_list("pk", flat=True)[:limit]
    return sum(_refund(pk, at=at) for pk in list(due))


def _refund(pk: int, *, at: datetime) -> bool:
    try:
        with transaction.atomic():
            # The hold is locked first, as the desk's decision does: no circle.
            dispute = (
                OVERDUE.filter(pk=pk)
                .select_related("hold")
                .select_for_update(skip_locked=True, no_key=True, of=("hold",))
                .first()
            )
            if dispute is None:
                return False
            commands.decide_dispute(
                dispute=dispute,
                refund=dispute.hold.amount - dispute.hold.refunded,
                ground=Dispute.Ground.SILENCE,
                note="",
                by=None,
                at=at,
            )
    except (Refusal, DatabaseError, AssertionError):
        log.exception("dispute %s could not be settled at its hard stop", pk)
        return False
    return True
