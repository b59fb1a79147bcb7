"""Celery doors: this app's sweeps."""

from datetime import datetime

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from escrow.disputes import commands
from escrow.disputes.models import Dispute
from kernel.batches import each
from kernel.sweeps import sweep
from kernel.worklist.queries import not_set_aside

SWEEP = "settle_overdue_disputes"
OVERDUE = Dispute.objects.filter(status=Dispute.Status.IN_MEDIATION).order_by(
    "decide_by", "pk"
)


def _next_hard_stop() -> datetime | None:
    waiting = not_set_aside(OVERDUE, SWEEP)
    due: datetime | None = waiting.aggregate(due=Min("decide_by"))["due"]
    return due


@sweep(label=_("Refund disputes that nobody decided in time"), next_due=_next_hard_stop)
def settle_overdue_disputes(*, at: datetime, limit: int) -> int:
    """T13: a dispute that reaches its hard stop is refunded in full.

    Each in its own transaction: they are few, and one must not stop another.
    """

    def refund(pk: int) -> bool:
        return _refund(pk, at=at)

    due = OVERDUE.filter(decide_by__lte=at)
    return each(SWEEP, due, refund, at=at, limit=limit)


def _refund(pk: int, *, at: datetime) -> bool:
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
        refund=dispute.hold.left,
        ground=Dispute.Ground.SILENCE,
        note="",
        by=None,
        at=at,
    )
    return True
