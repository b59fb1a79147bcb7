"""The release clock (T6): started by shipping, shortened by delivery, paused by doubt.

Each command is one conditional UPDATE: the WHERE clause is the check, and the row it
locks is the one a release, a dispute and the sweep race for.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import DurationField, ExpressionWrapper, F, Value
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from escrow.models import Hold
from kernel.db import command
from kernel.errors import Refusal


class CannotChangeClock(Refusal):
    """The hold is not held, or its clock does not run (or does not stand)."""

    code = "cannot_change_clock"


@command
def start_release_clock(*, hold: Hold, release_at: datetime) -> Hold:
    """Shipped: silence until ``release_at`` releases the money.

    :raises CannotChangeClock: unless it is held and no clock was ever started.
    """
    return _change(
        hold, {"release_at__isnull": True, "paused_left__isnull": True}, release_at
    )


@command
def shorten_release(*, hold: Hold, at: datetime, after_delivery: timedelta) -> Hold:
    """Delivered at ``at``: ``after_delivery`` from now is enough.

    Never lengthens, and never leaves less than ``CONFIRM_MIN_AFTER_EVENT``. While a
    dispute has the clock stand, what is left on it is shortened instead.

    :raises CannotChangeClock: unless it is held and its clock was started.
    """
    window = max(after_delivery, settings.CONFIRM_MIN_AFTER_EVENT)
    held = Hold.objects.filter(pk=hold.pk, status=Hold.Status.HELD)
    changed = held.filter(release_at__isnull=False).update(
        release_at=Least(F("release_at"), Value(at + window))
    ) or held.filter(paused_left__isnull=False).update(
        paused_left=Least(F("paused_left"), Value(window))
    )
    return _changed(hold, changed)


@command
def pause_release(*, hold: Hold, at: datetime) -> Hold:
    """A dispute opened: the clock stands, what was left on it is kept.

    :raises CannotChangeClock: unless it is held and its clock runs.
    """
    left = ExpressionWrapper(F("release_at") - Value(at), output_field=DurationField())
    return _change(
        hold,
        {"release_at__isnull": False},
        None,
        paused_left=Greatest(left, Value(timedelta(0))),
    )


@command
def resume_release(*, hold: Hold, at: datetime) -> Hold:
    """The dispute ended without a decision: what was left, at least 72 hours.

    :raises CannotChangeClock: unless it is held and its clock stands.
    """
    return _change(
        hold,
        {"paused_left__isnull": False},
        Greatest(F("paused_left"), Value(settings.CONFIRM_MIN_AFTER_EVENT)) + Value(at),
    )


def _change(
    hold: Hold, condition: dict[str, bool], release_at: Any, paused_left: Any = None
) -> Hold:
    changed = Hold.objects.filter(
        pk=hold.pk, status=Hold.Status.HELD, **condition
    ).update(release_at=release_at, paused_left=paused_left)
    return _changed(hold, changed)


def _changed(hold: Hold, count: int) -> Hold:
    if not count:
        raise CannotChangeClock(
            _("This is no longer possible: the money is not waiting any more.")
        )
    hold.refresh_from_db(fields=["status", "release_at", "paused_left"])
    return hold
