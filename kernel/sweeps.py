"""Deadlines: indexed columns, and sweeps that handle what is due.

A waiting state is a ``due_at`` column, never a message in a queue: Celery only rings
the bell. Each app declares its sweeps in ``tasks.py``; ``manage.py sweep``, the demo's
time panel and the beat schedule all read this one registry.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from celery import shared_task
from django.utils.functional import Promise

from kernel import clock

BATCH = 200
# What a bell may do at most; the next one goes on.
ROUNDS = 500


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


_sweeps: dict[str, Sweep] = {}


def sweep(
    *,
    next_due: Callable[[], datetime | None],
    label: str | Promise,
    every: timedelta = timedelta(seconds=30),
    is_promise: bool = True,
) -> Callable[[Batch], Callable[[], int]]:
    """Register a batch function as a sweep and as the Celery task of the same name."""

    def register(batch: Batch) -> Callable[[], int]:
        name: str = batch.__name__  # type: ignore[attr-defined]
        known = _sweeps.setdefault(
            name, Sweep(name, label, batch, next_due, every, is_promise)
        )
        assert known.batch is batch, f"two sweeps are named {name}"

        @shared_task(name=f"sweep.{name}", ignore_result=True)  # type: ignore[untyped-decorator]
        def task() -> int:
            return run(name, at=clock.now())

        return task  # type: ignore[no-any-return]

    return register


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
    """Run what is due up to ``until``, in deadline order; returns (name, rows) pairs.

    A sweep that found nothing to do although a deadline has passed (its rows are
    locked, or wait for the gateway) is left for the next bell.
    """
    chosen = {one.name: one for one in all_sweeps() if not names or one.name in names}
    ran: list[tuple[str, int]] = []
    while True:
        due = [
            (moment, one.name)
            for one in chosen.values()
            if (moment := one.next_due()) and moment <= until
        ]
        if not due:
            return ran
        _, name = min(due)
        handled = chosen[name].batch(at=until, limit=BATCH)
        if handled:
            ran.append((name, handled))
        else:
            del chosen[name]
