"""Lists, newest first, that stay fast however much is stored.

No row is ever counted. A filter is tried on stretches of the table from the
newest row down, until a page is full, the table ends, or time is up: what has
not been looked at is then the next page's.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Max, Model, QuerySet, TextField
from django.db.models.functions import Cast

STRETCH = 20_000
"""Rows looked at in one query."""

PATIENCE_SECONDS = 0.3


@dataclass(frozen=True)
class Page:
    """Rows of a list. ``before`` is where the next page starts; None: no more.

    ``is_full`` is False if time was up before the page was full.
    """

    rows: list[Any]
    before: int | None
    is_full: bool


def newest(
    rows: QuerySet[Any],
    *,
    before: int | None,
    size: int,
    is_filtered: bool,
    has_time: Callable[[], bool] | None = None,
) -> Page:
    """Return up to ``size`` rows with a key under ``before``, the newest first.

    ``has_time`` says whether another stretch may be looked at.
    """
    model: type[Model] = rows.model
    if before is None:
        top = model._default_manager.aggregate(top=Max("pk"))["top"]
        before = (top or 0) + 1
    if not is_filtered:
        return _cut(list(rows.filter(pk__lt=before).order_by("-pk")[: size + 1]), size)
    has_time = has_time or _until(time.monotonic() + PATIENCE_SECONDS)
    found: list[Any] = []
    while before > 1:
        bottom = before - STRETCH
        stretch = rows.filter(pk__lt=before, pk__gte=bottom).order_by("-pk")
        found += stretch[: size + 1 - len(found)]
        if len(found) > size:
            return _cut(found, size)
        before = bottom
        if before > 1 and not has_time():
            return Page(found, before, is_full=False)
    return Page(found, None, is_full=True)


def _cut(found: list[Any], size: int) -> Page:
    more = len(found) > size
    rows = found[:size]
    return Page(rows, rows[-1].pk if more else None, is_full=True)


def _until(end: float) -> Callable[[], bool]:
    return lambda: time.monotonic() < end


def plain(column: str, is_number: bool = False) -> Cast:
    """The column where no index helps: SQLite would sooner read all of an index
    than a stretch of the table."""
    return Cast(column, BigIntegerField() if is_number else TextField())
