"""Celery doors: this app's sweeps."""

from datetime import datetime, timedelta

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from escrow import commands
from escrow.ledger import commands as ledger
from escrow.models import Hold
from kernel.batches import in_batch
from kernel.sweeps import sweep
from kernel.worklist.queries import not_set_aside

RELEASE_DUE = Hold.objects.filter(
    status=Hold.Status.HELD, release_at__isnull=False
).order_by("release_at", "pk")
CLEAR_DUE = Hold.objects.filter(
    cleared_at__isnull=True, clear_at__isnull=False
).order_by("clear_at", "pk")


def _next_release() -> datetime | None:
    waiting = not_set_aside(RELEASE_DUE, "release_due_holds")
    due: datetime | None = waiting.aggregate(due=Min("release_at"))["due"]
    return due


def _next_clearing() -> datetime | None:
    waiting = not_set_aside(CLEAR_DUE, "clear_due_holds")
    due: datetime | None = waiting.aggregate(due=Min("clear_at"))["due"]
    return due


@sweep(
    label=_("Release money whose confirmation window has ended"),
    next_due=_next_release,
)
def release_due_holds(*, at: datetime, limit: int) -> int:
    """T6: silence until the deadline means received and as agreed."""

    def release(ids: list[int]) -> None:
        commands.release_holds(
            hold_ids=ids, by=None, at=at, note="the confirmation window ended"
        )

    due = RELEASE_DUE.filter(release_at__lte=at)
    return in_batch("release_due_holds", due, release, at=at, limit=limit)


@sweep(label=_("Clear sellers' money"), next_due=_next_clearing)
def clear_due_holds(*, at: datetime, limit: int) -> int:
    """T18: released money becomes the seller's to take."""

    def clear(ids: list[int]) -> None:
        commands.clear_holds(hold_ids=ids, at=at)

    due = CLEAR_DUE.filter(clear_at__lte=at)
    return in_batch("clear_due_holds", due, clear, at=at, limit=limit)


@sweep(
    label=_("Roll up the ledger's platform accounts"),
    is_promise=False,
    next_due=lambda: None,
    every=timedelta(minutes=10),
)
def roll_up_ledger(*, at: datetime, limit: int) -> int:
    """No deadline waits for this: it keeps shared balances quick to read."""
    ledger.roll_up()
    return 0
