"""Celery doors: this app's sweeps. A failure waits for its own next date."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from kernel.sweeps import sweep
from payments.reconciliation import commands, days
from payments.reconciliation.commands.days import gateways, next_new_day
from payments.reconciliation.models import Day

log = logging.getLogger(__name__)

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
    done = 0
    for pk in _claim("fetch_at", at=at, limit=min(limit, DAYS_A_BELL)):
        try:
            commands.read_day(day=Day.objects.get(pk=pk), at=at)
        except Exception:
            log.exception("statement of day %s", pk)
        done += 1
    return done


@sweep(
    next_due=_next_match,
    label=_("Compare statements with our books"),
    is_promise=False,
    every=timedelta(minutes=1),
)
def match_statements(*, at: datetime, limit: int) -> int:
    """Days with open differences, and young ones, as everything is known now."""
    done = 0
    for pk in _claim("match_at", at=at, limit=min(limit, DAYS_A_BELL)):
        try:
            commands.match_day(day=Day.objects.get(pk=pk), at=at)
        except Exception:
            log.exception("comparing day %s", pk)
        done += 1
    return done


@sweep(
    next_due=lambda: None,
    label=_("Look for money that is under way for too long"),
    is_promise=False,
    every=timedelta(hours=1),
)
def watch_ages(*, at: datetime, limit: int) -> int:
    commands.watch_ages(at=at)
    return 0


def _claim(column: str, *, at: datetime, limit: int) -> list[int]:
    """Take due days, the oldest first, by a lease on their date."""
    due = Day.objects.filter(**{f"{column}__lte": at}).order_by("day", "pk")
    with transaction.atomic():
        rows = due.select_for_update(skip_locked=True, no_key=True)
        ids = list(rows.values_list("pk", flat=True)[:limit])
        Day.objects.filter(pk__in=ids).update(**{column: at + LEASE})
    return ids
