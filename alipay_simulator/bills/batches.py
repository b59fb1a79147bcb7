"""Reading many rows in their order, some at a time."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from .period import Period

BATCH = 500

Row = dict[str, Any]


def in_order(rows: QuerySet[Any], column: str, period: Period) -> Iterator[list[Row]]:
    """Give the rows of a period by the time in ``column``, in batches.

    ``rows`` gives dictionaries that hold ``pk`` and the column. Each batch starts
    behind the last one by an index, not by counting.
    """
    rows = rows.filter(**{f"{column}__lt": period.end}).order_by(column, "pk")
    page = list(rows.filter(**{f"{column}__gte": period.start})[:BATCH])
    while page:
        yield page
        if len(page) < BATCH:
            return
        last = page[-1][column]
        behind = Q(**{f"{column}__gt": last}) | Q(pk__gt=page[-1]["pk"])
        page = list(rows.filter(behind, **{f"{column}__gte": last})[:BATCH])
