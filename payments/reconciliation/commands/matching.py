"""Comparing a day's statement with our rows: a fixed number of queries, any size."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from kernel import events
from kernel.db import command
from kernel.worklist import commands as worklist
from payments.events import StatementMatched
from payments.gateways import registry
from payments.gateways.port import Capability
from payments.models import Attempt
from payments.reconciliation import comparison, days
from payments.reconciliation.models import Day, Difference, Finding, Line
from payments.reconciliation.worklist import (
    DIFFERENCE,
    difference_key,
    difference_keys,
)

# Tasks are written so many at a time.
CHUNK = 1000


@command
def match_day(*, day: Day, at: datetime) -> Day:
    """Compare ``day`` again as everything is known now; a day not read stays so."""
    locked = Day.objects.select_for_update(no_key=True).get(pk=day.pk)
    if locked.statement_id is not None:
        match_locked(locked, at=at)
    return locked


def match_locked(day: Day, *, at: datetime) -> None:
    """Findings, sums, differences and tasks of ``day``, whose row the caller holds."""
    day.match_at = None
    asked = _asked(day, at)
    with connection.cursor() as cursor:
        cursor.execute(comparison.FIND, asked)
        cursor.execute(comparison.ADD_UP, asked)
        cursor.execute(comparison.DIFFER, asked)
        changed: dict[str, list[int]] = {"gone": [], "awaited": [0]}
        for what, value in cursor.fetchall():
            changed.setdefault(what, []).append(value)
    _count(day, awaited=changed["awaited"][-1])
    is_calm = not _tell_the_desk(day, gone=changed["gone"], at=at)
    _schedule(day, is_calm=is_calm, at=at)
    _ask_about_unheard(day, at=at)
    day.save()
    events.announce(StatementMatched(day.pk, at))


def _asked(day: Day, at: datetime) -> dict[str, Any]:
    after = day.day + timedelta(days=1)
    is_final = Day.objects.filter(
        gateway=day.gateway, day=after, statement__isnull=False
    ).exists()
    currencies, digits = comparison.units()
    return {
        "day": day.pk,
        "date": day.day,
        "statement": day.statement_id,
        "gateway": day.gateway,
        "begin": days.begin(day.day),
        "end": days.end(day.day),
        "final": is_final,
        "currencies": currencies,
        "digits": digits,
        "at": at,
    }


def _count(day: Day, *, awaited: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(comparison.COUNT, {"statement": day.statement_id, "day": day.pk})
        found: dict[str, int] = dict(cursor.fetchall())
    day.awaited = awaited
    day.lines = sum(found.get(one, 0) for one in Finding) - found.get(
        Finding.MISSING_THERE, 0
    )
    day.matched = found.get(Finding.MATCHED, 0)
    day.missing_here = found.get(Finding.MISSING_HERE, 0)
    day.missing_there = found.get(Finding.MISSING_THERE, 0)
    day.amount_differs = found.get(Finding.AMOUNT, 0)
    day.status_differs = found.get(Finding.STATUS, 0)


def _tell_the_desk(day: Day, *, gone: list[int], at: datetime) -> int:
    """One open task for each open difference; returns how many those are."""
    worklist.close_tasks(
        keys=[difference_key(pk) for pk in gone], note="the difference is gone", at=at
    )
    opened = list(_open(day).order_by("pk"))
    for start in range(0, len(opened), CHUNK):
        rows = difference_keys(opened[start : start + CHUNK])
        details = {key: str(row.get_finding_display()) for key, row in rows.items()}
        worklist.open_tasks(kind=DIFFERENCE, rows=rows, details=details, at=at)
    return len(opened)


def _open(day: Day) -> QuerySet[Difference]:
    return day.differences.filter(resolution=Difference.Resolution.OPEN)


def _schedule(day: Day, *, is_calm: bool, at: datetime) -> None:
    day.matched_at = at
    if not is_calm:
        day.match_at = at + days.REMATCH
    elif at < days.end(day.day) + days.CALM_FOR:
        day.match_at = at + days.CALM


def _ask_about_unheard(day: Day, *, at: datetime) -> None:
    """Paid by the statement and not here: the gateway is asked, which mends it."""
    if not registry.can(day.gateway, Capability.QUERY):
        return
    unheard = Line.objects.filter(
        statement=day.statement_id, finding=Finding.STATUS, kind="payment"
    )
    Attempt.objects.filter(
        gateway=day.gateway, number__in=unheard.values("number")
    ).exclude(status=Attempt.Status.PAID).update(query_at=at)
