"""Celery doors: this app's sweeps."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from escrow import commands
from escrow.ledger import commands as ledger
from escrow.models import Hold
from kernel.errors import Refusal
from kernel.sweeps import sweep

log = logging.getLogger(__name__)

RELEASE_DUE = Hold.objects.filter(
    status=Hold.Status.HELD, release_at__isnull=False
).order_by("release_at", "pk")
CLEAR_DUE = Hold.objects.filter(
    cleared_at__isnull=True, clear_at__isnull=False
).order_by("clear_at", "pk")


@sweep(
    label=_("Release money whose confirmation window has ended"),
    next_due=lambda: RELEASE_DUE.aggregate(due=Min("release_at"))["due"],
)
def release_due_holds(*, at: datetime, limit: int) -> int:
    """T6: silence until the deadline means received and as agreed."""

    def release(ids: list[int]) -> None:
        commands.release_holds(
            hold_ids=ids, by=None, at=at, note="the confirmation window ended"
        )

    return _in_batch(
        lambda: list(
            RELEASE_DUE.filter(release_at__lte=at)
            .select_for_update(skip_locked=True, no_key=True)
            .values_list("pk", flat=True)[:limit]
        ),
        release,
    )


@sweep(
    label=_("Clear sellers' money"),
    next_due=lambda: CLEAR_DUE.aggregate(due=Min("clear_at"))["due"],
)
def clear_due_holds(*, at: datetime, limit: int) -> int:
    """T18: released money becomes the seller's to take."""

    def clear(ids: list[int]) -> None:
        commands.clear_holds(hold_ids=ids, at=at)

    return _in_batch(
        lambda: list(
            CLEAR_DUE.filter(clear_at__lte=at)
            .select_for_update(skip_locked=True, no_key=True)
            .values_list("pk", flat=True)[:limit]
        ),
        clear,
    )


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


def _in_batch(claim: Callable[[], list[int]], act: Callable[[list[int]], None]) -> int:
    """Claim rows and act on all of them at once; returns how many were handled.

    When the batch fails, each row is tried alone, so that one bad row stops nobody.
    """
    try:
        with transaction.atomic():
            ids = claim()
            act(ids)
            return len(ids)
    except (Refusal, DatabaseError, AssertionError):
        log.exception("a batch failed; its rows are tried one by one")
    with transaction.atomic():
        ids = claim()
    return sum(_alone(row, act) for row in ids)


def _alone(row: int, act: Callable[[list[int]], None]) -> bool:
    try:
        act([row])
    except (Refusal, DatabaseError, AssertionError):
        log.exception("hold %s could not be handled", row)
        return False
    return True
