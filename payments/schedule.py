"""When to ask again: the query schedule of an attempt, and growing pauses."""

from collections.abc import Iterator
from datetime import datetime, timedelta

# While the payer may be paying (rules §5.3), counted from the start …
FIRST = tuple(timedelta(seconds=s) for s in (5, 15, 30, 60))
THEN_EVERY = timedelta(minutes=2)
# … and for money that comes late, counted from the attempt's end.
LATE = (
    timedelta(0),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=6),
    timedelta(hours=24),
)
AFTER_UNKNOWN = timedelta(hours=6)

SHORTEST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)


def next_query(
    *, started_at: datetime, expires_at: datetime, at: datetime, live: bool
) -> datetime | None:
    """The first moment of the schedule after ``at``; None when it has run out.

    An attempt that is not ``live`` any more is asked about on the late part only.
    """
    moments = _while_live(started_at, expires_at) if live else iter(())
    for moment in moments:
        if moment > at:
            return moment
    return next((expires_at + late for late in LATE if expires_at + late > at), None)


def _while_live(started_at: datetime, expires_at: datetime) -> Iterator[datetime]:
    for offset in FIRST:
        if started_at + offset < expires_at:
            yield started_at + offset
    moment = started_at + FIRST[-1] + THEN_EVERY
    while moment < expires_at:
        yield moment
        moment += THEN_EVERY


def pause_after(tries: int) -> timedelta:
    """How long to wait after the ``tries``-th unanswered try: 15 s, doubling to 1 h."""
    doublings = min(max(tries - 1, 0), 8)
    factor: int = 2**doublings
    return min(SHORTEST_PAUSE * factor, LONGEST_PAUSE)


def pause_since(began: datetime, at: datetime) -> timedelta:
    """How long to wait with something that has been tried since ``began``."""
    return min(max(at - began, SHORTEST_PAUSE), LONGEST_PAUSE)
