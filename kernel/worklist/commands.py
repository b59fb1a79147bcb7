"""Leaving tasks for the desk, and closing them."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kernel.db import command
from kernel.errors import Refusal
from kernel.worklist.kinds import kind_of
from kernel.worklist.models import Task

SET_ASIDE = "set_aside"
# A row that failed is tried again after an hour, six, and then once a day.
RETRIES = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1))


class CannotCloseTask(Refusal):
    """Somebody has closed it already."""

    code = "cannot_close_task"


@command
def open_task(
    *,
    kind: str,
    key: str,
    at: datetime,
    about: models.Model | None = None,
    detail: str = "",
    due_at: datetime | None = None,
) -> Task:
    """Leave a task of a registered ``kind`` for the desk.

    Asked for again while it is open, the same task is returned: one per ``key``.
    """
    known = Task.objects.filter(key=key, closed_at__isnull=True).first()
    if known is not None:
        return known
    # A race is settled by the constraint: the other's task is the one.
    task, _made = Task.objects.get_or_create(
        key=key,
        closed_at=None,
        defaults=_facts(kind, about, detail, at, due_at=due_at),
    )
    return task


@command
def open_tasks(
    *,
    kind: str,
    rows: Mapping[str, models.Model],
    details: Mapping[str, str],
    at: datetime,
) -> None:
    """Leave one task of ``kind`` for each key of ``rows``, in one statement.

    A key that has an open task keeps it.
    """
    tasks = [
        Task(key=key, **_facts(kind, row, details.get(key, ""), at))
        for key, row in rows.items()
    ]
    Task.objects.bulk_create(tasks, ignore_conflicts=True)


def _facts(
    kind: str,
    about: models.Model | None,
    detail: str,
    at: datetime,
    *,
    due_at: datetime | None = None,
) -> dict[str, Any]:
    meant = kind_of(kind)
    return {
        "kind": kind,
        "queue": meant.queue,
        "subject_model": about._meta.label_lower if about else "",
        "subject_pk": about.pk if about else None,
        "subject": str(about)[:100] if about else "",
        "detail": detail,
        "opened_at": at,
        "due_at": due_at or at + meant.within,
    }


@command
def close_task(*, task: Task, by: Any, note: str, at: datetime) -> None:
    """Somebody has looked after it, and says what was done.

    :raises CannotCloseTask: when it was closed meanwhile.
    """
    closed = Task.objects.filter(pk=task.pk, closed_at__isnull=True).update(
        closed_at=at, closed_by=by, closing_note=note, retry_at=None
    )
    if not closed:
        raise CannotCloseTask(_("Somebody has closed this task already."))


@command
def close_tasks(*, keys: Collection[str], note: str, at: datetime) -> int:
    """The cause of these tasks is gone by itself; how many were open."""
    return Task.objects.filter(key__in=keys, closed_at__isnull=True).update(
        closed_at=at, closing_note=note, retry_at=None
    )


@command
def set_aside(*, sweep: str, row: models.Model, error: str, at: datetime) -> None:
    """A sweep could not handle ``row``: others go on, the desk is told why.

    It is tried again by itself, later and later.
    """
    key = set_aside_key(sweep, row.pk)
    task = open_task(kind=SET_ASIDE, key=key, about=row, detail=error, at=at)
    wait = RETRIES[min(task.tries, len(RETRIES) - 1)]
    Task.objects.filter(pk=task.pk).update(
        tries=F("tries") + 1, retry_at=at + wait, detail=error
    )


@command
def retry_now(*, task: Task, at: datetime) -> None:
    """Let the next bell of its sweep try the row again.

    :raises CannotCloseTask: when it was closed meanwhile.
    """
    waiting = Task.objects.filter(
        pk=task.pk, closed_at__isnull=True, retry_at__isnull=False
    )
    if not waiting.update(retry_at=at):
        raise CannotCloseTask(_("Somebody has closed this task already."))


def set_aside_key(sweep: str, pk: int | str = "") -> str:
    """The key of the task about a row that a sweep set aside; its first part."""
    return f"sweep:{sweep}:{pk}"
