"""Deadlines: indexed columns, and sweeps that handle what is due.

A waiting state is a ``due_at`` column, never a message in a queue: Celery only rings
the bell. Each app declares its sweeps in ``tasks.py``; ``manage.py sweep``, the demo's
time panel and the beat schedule all read this one registry.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from celery import shared_task
from django.core.cache import cache
from django.utils.functional import Promise

from kernel import clock

BATCH = 200
# What a bell may do at most; the next one goes on.
ROUNDS = 500
# A turn that nobody ended (a killed worker) is over by itself.
TURN_SECONDS = 60
# How exactly time travel keeps to deadlines: no finer than the bells ring.
GRAIN = timedelta(seconds=30)


class Batch(Protocol):
    def __call__(self, *, at: datetime, limit: int) -> int: ...


@dataclass(frozen=True)
class Sweep:
    """A named piece of waiting work.

    ``batch`` handles up to ``limit`` rows due at ``at``, each claimed with a row lock
    that skips locked ones, and says how many it handled. ``next_due`` is the earliest
    deadline still waiting, or None. ``every`` is how often the bell rings. A promise is
    a deadline that people see; the rest is housekeeping (asking the gateway again).
    """

    name: str
    label: str | Promise
    batch: Batch
    next_due: Callable[[], datetime | None]
    every: timedelta
    is_promise: bool = True
    waits: bool = False


_sweeps: dict[str, Sweep] = {}


def sweep(
    *,
    next_due: Callable[[], datetime | None],
    label: str | Promise,
    every: timedelta = timedelta(seconds=30),
    is_promise: bool = True,
    waits: bool = False,
) -> Callable[[Batch], Callable[[], int]]:
    """Register a batch function as a sweep and as the Celery task of the same name."""

    def register(batch: Batch) -> Callable[[], int]:
        name: str = batch.__name__  # type: ignore[attr-defined]
        known = _sweeps.setdefault(
            name, Sweep(name, label, batch, next_due, every, is_promise, waits)
        )
        assert known.batch is batch, f"two sweeps are named {name}"

        @shared_task(name=f"sweep.{name}", ignore_result=True)  # type: ignore[untyped-decorator]
        def task() -> int:
            with _turn(known) as mine:
                return run(name, at=clock.now()) if mine else 0

        return task  # type: ignore[no-any-return]

    return register


@contextmanager
def _turn(one: Sweep) -> Iterator[bool]:
    """Whether this bell may work: not while another one of a waiting sweep does."""
    key = f"kernel.sweeps.{one.name}"
    if one.waits and not cache.add(key, True, timeout=TURN_SECONDS):
        yield False
        return
    try:
        yield True
    finally:
        if one.waits:
            cache.delete(key)


def all_sweeps() -> list[Sweep]:
    return sorted(_sweeps.values(), key=lambda one: one.name)


def run(name: str, *, at: datetime, limit: int = BATCH) -> int:
    """Handle everything of one sweep that is due at ``at``; returns how many rows."""
    done = 0
    for _round in range(ROUNDS):
        handled = _sweeps[name].batch(at=at, limit=limit)
        done += handled
        if handled < limit:
            break
    return done


def run_due(
    *, until: datetime, names: list[str] | None = None
) -> list[tuple[str, int]]:
    """Run what is due at ``until``, the longest overdue first; (name, rows) pairs.

    A sweep that found nothing to do although a deadline has passed (its rows are
    locked, or wait for the gateway) is left for the next bell.
    """
    return _run_due(_chosen(names), until=until, at=until)


def relive(*, until: datetime, names: list[str] | None = None) -> list[tuple[str, int]]:
    """Run what falls due up to ``until`` as if the bells had rung all the while.

    Each promise is kept at its own moment (to a bell's grain), so what follows from
    it is dated from there: released, then cleared three days after. For time travel;
    a real outage is made up for by :func:`run_due`, which dates acts truthfully.
    """
    chosen = _chosen(names)
    promises = [one for one in chosen if one.is_promise]
    ran: list[tuple[str, int]] = []
    while due := _earliest(promises, until=until):
        at = min(until, due + GRAIN)
        ran += _run_due(promises, until=at, at=at)
        promises = [one for one in promises if (one.next_due() or until) > at]
    return ran + _run_due(chosen, until=until, at=until)


def _chosen(names: list[str] | None) -> list[Sweep]:
    return [one for one in all_sweeps() if not names or one.name in names]


def _earliest(waiting: list[Sweep], *, until: datetime) -> datetime | None:
    due = [moment for one in waiting if (moment := one.next_due())]
    earliest = min(due, default=None)
    return earliest if earliest and earliest <= until else None


def _run_due(
    waiting: list[Sweep], *, until: datetime, at: datetime
) -> list[tuple[str, int]]:
    left = {one.name: one for one in waiting}
    ran: list[tuple[str, int]] = []
    while True:
        due = [
            (moment, one.name)
            for one in left.values()
            if (moment := one.next_due()) and moment <= until
        ]
        if not due:
            return ran
        _, name = min(due)
        handled = left[name].batch(at=at, limit=BATCH)
        if handled:
            ran.append((name, handled))
        else:
            del left[name]
