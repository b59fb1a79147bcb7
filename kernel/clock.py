"""The only clock of the marketplace; the demo can move it, tests can stop it.

Edges (views, tasks, commands of manage.py) read it once and pass ``at=`` down.
Sessions, CSRF and signature freshness stay on real time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from kernel.errors import Refusal

OFFSET_KEY = "kernel.clock.offset_seconds"
_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)
OFFSET_TRUSTED_SECONDS = 1.0


class _Offset:
    """What this process last read of the shared offset, and when (wall seconds)."""

    read_at: float | None = None
    ahead = timedelta(0)

    def forget(self) -> None:
        self.read_at = None


_offset = _Offset()


class CannotTravel(Refusal):
    code = "cannot_travel"


def now() -> datetime:
    """The marketplace's present moment, timezone-aware (UTC)."""
    stopped = _stopped_at.get()
    if stopped is not None:
        return stopped
    moment = timezone.now()
    return moment + offset() if settings.TIME_TRAVEL else moment


def offset() -> timedelta:
    """How far the demo's clock stands ahead of the wall clock.

    Shared by web, worker and beat through the cache; each reads it at most once a
    second, so that a page does not pay a cache query for every date on it.
    """
    wall = timezone.now().timestamp()
    read_at = _offset.read_at
    if read_at is None or not 0 <= wall - read_at < OFFSET_TRUSTED_SECONDS:
        _offset.ahead = timedelta(seconds=cache.get(OFFSET_KEY, 0))
        _offset.read_at = wall
    return _offset.ahead


def advance_to(moment: datetime) -> None:
    """Move the demo's clock forward to ``moment`` for every process.

    :raises CannotTravel: outside demo mode, or for a moment in the past.
    """
    if not settings.TIME_TRAVEL:
        raise CannotTravel("The clock can be moved in demo mode only.")
    _offset.forget()
    ahead = moment - timezone.now()
    if moment < now():
        raise CannotTravel("The clock only moves forward.")
    cache.set(OFFSET_KEY, ahead.total_seconds(), timeout=None)
    _offset.forget()


@contextmanager
def stopped(moment: datetime) -> Iterator[None]:
    """Stop the clock of this context at ``moment`` (tests, replays)."""
    token = _stopped_at.set(moment)
    try:
        yield
    finally:
        _stopped_at.reset(token)
