"""Keeping the reference rates fresh: asking the ECB, outside of any transaction.

A network that is not there is no trouble: the rates we have stay in force, their age
is said where they are used, and once they are old the desk has a task.
"""

import logging
import os
import time
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from django.conf import settings
from django.db.models import F

from kernel.db import command, outside_transaction
from kernel.worklist import commands as worklist
from marketplace.fx import queries, rates
from marketplace.fx.models import RatesFetch

log = logging.getLogger(__name__)

# The ECB publishes once on a working day, at about 16:00 in Frankfurt.
NEXT = timedelta(hours=6)
# After a failure; the last pause is repeated.
PAUSES = (timedelta(minutes=15), timedelta(hours=1), NEXT)
# While one process asks, no other does; a killed one is forgotten after this.
LEASE = timedelta(minutes=5)
# The whole history since 1999 is 640 KB.
MAX_BYTES = 4 * 1024 * 1024
TIMEOUT = httpx.Timeout(5, read=10)
# However slowly it drips.
MAX_SECONDS = 30
OLD_RATES = "old_rates"


@outside_transaction
def fetch_rates(*, at: datetime) -> int:
    """Ask the ECB for its file if that is due; how many times it was asked (0 or 1)."""
    if not settings.RATES_URL or not _claim(at):
        return 0
    try:
        archive = _download(settings.RATES_URL)
        newest = _keep(archive)
    except (httpx.HTTPError, httpx.InvalidURL, rates.BadRates, OSError) as failure:
        _note_failure(f"{type(failure).__name__}: {failure}", at=at)
    else:
        log.info("exchange rates of %s are here", newest.published_on)
        _note_success(at=at)
    return 1


@command
def _claim(at: datetime) -> bool:
    """Whether it is due, and ours to do: the update lets exactly one process in."""
    RatesFetch.objects.get_or_create(pk=RatesFetch.ONLY, defaults={"due_at": at})
    due = RatesFetch.objects.filter(pk=RatesFetch.ONLY, due_at__lte=at)
    return bool(due.update(due_at=at + LEASE, asked_at=at))


def _download(url: str) -> bytes:
    """The body of an answer 200 at ``url``, of at most MAX_BYTES.

    :raises httpx.HTTPError: no answer in time, or another one.
    :raises rates.BadRates: when it is too long to be the file.
    """
    parts: list[bytes] = []
    size, end = 0, time.monotonic() + MAX_SECONDS
    with httpx.stream("GET", url, timeout=TIMEOUT) as answer:
        answer.raise_for_status()
        for part in answer.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > MAX_BYTES or time.monotonic() > end:
                raise rates.BadRates(f"{size} bytes and no end")
    return b"".join(parts)


def _keep(archive: bytes) -> rates.Rates:
    """Put a file that can be read, and is no older than ours, in its place at once."""
    newest = rates.read(archive)[-1]
    ours = rates.known()[-1]
    if newest.published_on < ours.published_on:
        raise rates.BadRates(f"{newest.published_on} is older than what we have")
    target: Path = settings.RATES_FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_suffix(f".{os.getpid()}.new")
    beside.write_bytes(archive)
    beside.replace(target)
    return newest


@command
def _note_success(*, at: datetime) -> None:
    RatesFetch.objects.filter(pk=RatesFetch.ONLY).update(
        due_at=at + NEXT, succeeded_at=at, failures=0, last_error=""
    )
    if not queries.standing(at).is_old:
        worklist.close_tasks(keys=[OLD_RATES], note="new rates have come", at=at)


@command
def _note_failure(error: str, *, at: datetime) -> None:
    log.warning("no new exchange rates: %s", error)
    row = RatesFetch.objects.select_for_update().get(pk=RatesFetch.ONLY)
    RatesFetch.objects.filter(pk=row.pk).update(
        due_at=at + PAUSES[min(row.failures, len(PAUSES) - 1)],
        failures=F("failures") + 1,
        last_error=error[:200],
    )
    if queries.standing(at).is_old:
        worklist.open_task(kind=OLD_RATES, key=OLD_RATES, detail=error[:200], at=at)
