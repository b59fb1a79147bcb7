"""What others ask the worklist."""

from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from kernel.worklist.commands import set_aside_key
from kernel.worklist.models import Task

M = TypeVar("M", bound=models.Model)


def not_set_aside(rows: QuerySet[M], sweep: str) -> QuerySet[M]:
    """``rows`` without those that ``sweep`` has set aside."""
    return rows.filter(~Exists(_aside(sweep)))


def to_try_again(rows: QuerySet[M], sweep: str, *, at: datetime) -> QuerySet[M]:
    """Those of ``rows`` that were set aside and whose next try has come."""
    return rows.filter(Exists(_aside(sweep).filter(retry_at__lte=at)))


def _aside(sweep: str) -> QuerySet[Task]:
    key = Concat(
        Value(set_aside_key(sweep)),
        Cast(OuterRef("pk"), CharField()),
        output_field=CharField(),
    )
    return Task.objects.filter(key=key, closed_at__isnull=True)
