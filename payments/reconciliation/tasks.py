"""Celery doors: this app's sweeps. A failure waits for its own next date."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from kernel.batches import by_lease
from kernel.sweeps import sweep
from payments.reconciliation import commands, days
from payments.reconciliation.commands.days import gateways, next_new_day
from payments.reconciliation.models import Day

LEASE = timedelta(minutes=10)
# A file may take a minute: few at a bell.
DAYS_A_BELL = 3


def _next_reading() -> datetime | None:
    waiting: datetime | None = Day.objects.aggregate(due=Min("fetch_at"))["due"]
    new = (next_new_day(gateway) for gateway in gateways())
    dates = [days.ready_at(day) for day in new if day is not None]
    return min([*dates, *([waiting] if waiting else [])], default=None)


def _next_match() -> datetime | None:
    due: datetime | None = Day.objects.aggregate(due=Min("match_at"))["due"]
    return due


@sweep(
    next_due=_next_reading,
    label=_("Read providers' statements"),
    is_promise=False,
    waits=True,
    every=timedelta(minutes=1),
)
def read_statements(*, at: datetime, limit: int) -> int:
    """Each finished day's statement, the oldest first."""
    commands.begin_days(at=at)

    def read(pk: int) -> None:
        commands.read_day(day=Day.objects.get(pk=pk), at=at)

    return _days("read_statements", "fetch_at", read, at=at, limit=limit)


@sweep(
    next_due=_next_match,
    label=_("Compare statements with our books"),
    is_promise=False,
    every=timedelta(minutes=1),
)
def match_statements(*, at: datetime, limit: int) -> int:
    """Days with open differences, and young ones, as everything is known now."""

    def match(pk: int) -> None:
        commands.match_day(day=Day.objects.get(pk=pk), at=at)

    return _days("match_statements", "match_at", match, at=at, limit=limit)


@sweep(
    next_due=lambda: None,
    label=_("Look for money that is under way for too long"),
    is_promise=False,
    every=timedelta(hours=1),
)
def watch_ages(*, at: datetime, limit: int) -> int:
    commands.watch_ages(at=at)
    return 0


def _days(
    sweep_name: str,
    column: str,
    act: Callable[[int], None],
    *,
    at: datetime,
    limit: int,
) -> int:
    waiting = Day.objects.filter(**{f"{column}__isnull": False})
    size = min(limit, DAYS_A_BELL)
    return by_lease(sweep_name, waiting, column, act, at=at, limit=size, lease=LEASE)
