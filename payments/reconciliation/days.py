"""The days that statements are about: Beijing's, and when one is worth asking for."""

from datetime import date, datetime, time, timedelta, timezone

ZONE = timezone(timedelta(hours=8), "Beijing")
# A day's statement exists from about nine the next morning.
READY = timedelta(hours=9, minutes=5)
# Not there, not whole or no answer: asked again after so long, later and later.
RETRIES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
# A statement may be corrected: it is read again this often, for so long.
REREAD, REREAD_FOR = timedelta(days=1), timedelta(days=3)
# Open differences may end by late news; a quiet day is compared again for a week.
REMATCH, CALM, CALM_FOR = timedelta(minutes=15), timedelta(days=1), timedelta(days=7)
# How many days are begun at a time after a long silence.
MOST_NEW = 31


def day_of(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def begin(day: date) -> datetime:
    return datetime.combine(day, time.min, ZONE)


def end(day: date) -> datetime:
    return begin(day + timedelta(days=1))


def ready_at(day: date) -> datetime:
    return end(day) + READY


def last_finished(at: datetime) -> date:
    """The newest day that is over."""
    return day_of(at) - timedelta(days=1)


def after_failure(tries: int) -> timedelta:
    """How long to wait after the ``tries``-th failure in a row (from 1)."""
    return RETRIES[min(tries, len(RETRIES)) - 1]
