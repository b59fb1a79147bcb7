"""How a sweep works through its rows: all at once, and one by one where that fails.

A row that cannot be handled leaves its error as a task for the desk; the others go on,
and it is tried again later.
"""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q, QuerySet

from kernel.worklist import commands as worklist
from kernel.worklist.queries import not_set_aside, to_try_again

log = logging.getLogger(__name__)

WENT_THROUGH = "it went through"
# Of rows that are leased: few at a time, and no more once a slow gateway has used up
# the time of a bell, so that no lease runs out meanwhile.
CHUNK = 5
BELL_SECONDS = 20
LEASE = timedelta(minutes=5)


def in_batch(
    sweep: str,
    due: QuerySet[Any],
    act: Callable[[list[int]], object],
    *,
    at: datetime,
    limit: int,
) -> int:
    """Claim up to ``limit`` rows of ``due`` and ``act`` on all of them in one go.

    Rows that others hold are left to them. When the batch fails, each row is tried
    alone, and so is a row that failed before. Returns how many rows were taken up,
    whatever became of each: fewer than ``limit`` means that nothing more is due.
    """

    def alone(pk: int) -> bool:
        act([pk])
        return True

    again = _ids(to_try_again(due, sweep, at=at), limit)
    tried = _one_by_one(sweep, due.model, again, alone, at=at)
    rows = not_set_aside(due, sweep)
    try:
        with transaction.atomic():
            ids = _claim(rows, limit - tried)
            if ids:
                act(ids)
    except Exception:
        log.exception("%s: a batch failed; its rows are tried one by one", sweep)
    else:
        return tried + len(ids)
    with transaction.atomic():
        ids = _claim(rows, limit - tried)
    return tried + _one_by_one(sweep, due.model, ids, alone, at=at)


def each(
    sweep: str,
    due: QuerySet[Any],
    act: Callable[[int], bool],
    *,
    at: datetime,
    limit: int,
) -> int:
    """``act`` on up to ``limit`` rows of ``due``, each in a transaction of its own.

    For rows that are few, or whose locks do not go together. ``act`` takes its own
    locks and says whether there was something to do. Returns how many there were,
    those set aside included.
    """
    again = _ids(to_try_again(due, sweep, at=at), limit)
    fresh = _ids(not_set_aside(due, sweep), limit - len(again))
    return _one_by_one(sweep, due.model, again + fresh, act, at=at)


def by_lease(
    sweep: str,
    waiting: QuerySet[Any],
    column: str,
    act: Callable[[int], object],
    *,
    at: datetime,
    limit: int,
    lease: timedelta = LEASE,
) -> int:
    """``act`` on rows of ``waiting`` whose ``column`` is due, in no transaction.

    For acts that ask the network. Rows are claimed a few at a time by pushing their
    date ahead, in a short transaction: a kill lets the lease run out. ``act`` sets the
    next date itself; a row that breaks has its error as a task until it goes through,
    and is tried again when its lease is over. Returns how many were taken up.
    """
    taken_up, began = 0, time.monotonic()
    while taken_up < limit and time.monotonic() - began < BELL_SECONDS:
        size = min(CHUNK, limit - taken_up)
        claimed = _leased(sweep, waiting, column, at=at, limit=size, lease=lease)
        if not claimed:
            break
        through = [pk for pk in claimed if _goes_through(sweep, waiting, act, pk, at)]
        keys = [worklist.set_aside_key(sweep, pk) for pk in through]
        worklist.close_tasks(keys=keys, note=WENT_THROUGH, at=at)
        taken_up += len(claimed)
    return taken_up


def _goes_through(
    sweep: str,
    rows: QuerySet[Any],
    act: Callable[[int], object],
    pk: int,
    at: datetime,
) -> bool:
    try:
        act(pk)
    except Exception as failure:
        log.exception("%s: row %s could not be handled", sweep, pk)
        _set_aside(sweep, rows.model, pk, failure, at=at)
        return False
    return True


def _leased(
    sweep: str,
    waiting: QuerySet[Any],
    column: str,
    *,
    at: datetime,
    limit: int,
    lease: timedelta,
) -> list[int]:
    """Take rows that nobody else holds: due, or to be tried again now."""
    again = to_try_again(waiting, sweep, at=at).values("pk")
    due = waiting.filter(Q(**{f"{column}__lte": at}) | Q(pk__in=again))
    with transaction.atomic():
        ids = _claim(due.order_by(column, "pk"), limit)
        rows = waiting.model._default_manager.filter(pk__in=ids)
        rows.update(**{column: at + lease})
    return ids


def _one_by_one(
    sweep: str,
    model: type[models.Model],
    ids: Iterable[int],
    act: Callable[[int], bool],
    *,
    at: datetime,
) -> int:
    taken_up = 0
    for pk in ids:
        try:
            with transaction.atomic():
                taken_up += act(pk)
                key = worklist.set_aside_key(sweep, pk)
                worklist.close_tasks(keys=[key], note=WENT_THROUGH, at=at)
        except Exception as failure:
            log.exception("%s: row %s could not be handled", sweep, pk)
            _set_aside(sweep, model, pk, failure, at=at)
            taken_up += 1
    return taken_up


def _set_aside(
    sweep: str, model: type[models.Model], pk: int, failure: Exception, *, at: datetime
) -> None:
    error = f"{type(failure).__name__}: {failure}"
    row = model._default_manager.get(pk=pk)
    worklist.set_aside(sweep=sweep, row=row, error=error, at=at)


def _ids(rows: QuerySet[Any], limit: int) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:limit])


def _claim(rows: QuerySet[Any], limit: int) -> list[int]:
    return _ids(
        rows.select_for_update(skip_locked=True, no_key=True, of=("self",)), limit
    )
