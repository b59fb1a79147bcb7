"""How a sweep works through its rows: all at once, and one by one where that fails.

A row that cannot be handled is set aside with its error as a task for the desk; the
others go on, and it is tried again later.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet

from kernel.worklist import commands as worklist
from kernel.worklist.queries import not_set_aside, to_try_again

log = logging.getLogger(__name__)

WENT_THROUGH = "it went through"


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
            error = f"{type(failure).__name__}: {failure}"
            row = model._default_manager.get(pk=pk)
            worklist.set_aside(sweep=sweep, row=row, error=error, at=at)
            taken_up += 1
    return taken_up


def _ids(rows: QuerySet[Any], limit: int) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:limit])


def _claim(rows: QuerySet[Any], limit: int) -> list[int]:
    return _ids(
        rows.select_for_update(skip_locked=True, no_key=True, of=("self",)), limit
    )
