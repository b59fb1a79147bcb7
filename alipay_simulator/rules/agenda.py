"""What comes due, and when: everything that happens without anybody asking."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from heapq import merge
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from alipay_simulator.models import Notification, Refund, Status, Trade, Transfer


class What(StrEnum):
    """The kinds of things that come due."""

    CLOSES = "closes"  # a waiting trade's time to pay is over
    FINISHES = "finishes"  # a paid trade's refund window is over
    RELEASES = "releases"  # held money becomes the shop's to use
    THAWS = "thaws"  # money frozen to be split becomes usable
    REFUND = "refund"  # a slow refund arrives
    TRANSFER = "transfer"  # a slow transfer ends
    NEWS = "news"  # a notification is sent, or sent again


@dataclass(frozen=True, order=True)
class Due:
    """One of them: its moment, and the merchant's number of what it is about.

    ``intent_id`` is the order it belongs to, 0 if it belongs to none.
    """

    at: dt.datetime
    what: What
    number: str
    intent_id: int


@dataclass(frozen=True)
class _Source:
    """Where one kind of deadline is kept: an indexed column, and how long after it."""

    what: What
    rows: Callable[[], QuerySet[Any]]
    column: str
    number: str
    intent: str = ""
    later: Callable[[], dt.timedelta] = dt.timedelta

    def due(
        self, after: dt.datetime | None, until: dt.datetime | None, count: int
    ) -> list[Due]:
        rows, later = self.rows(), self.later()
        if after is not None:
            rows = rows.filter(**{f"{self.column}__gt": after - later})
        if until is not None:
            rows = rows.filter(**{f"{self.column}__lte": until - later})
        wanted = [self.column, self.number, *filter(None, [self.intent])]
        found = rows.order_by(self.column).values_list(*wanted)[:count]
        return [
            Due(moment + later, self.what, number, *(rest or [0]))
            for moment, number, *rest in found
        ]


def _refund_window() -> dt.timedelta:
    return dt.timedelta(days=settings.REFUND_WINDOW_DAYS)


SOURCES = (
    _Source(
        What.CLOSES,
        lambda: Trade.objects.filter(status=Status.WAITING),
        "expires_at",
        "intent__out_trade_no",
        "intent_id",
    ),
    _Source(
        What.FINISHES,
        lambda: Trade.objects.filter(status=Status.PAID),
        "paid_at",
        "intent__out_trade_no",
        "intent_id",
        _refund_window,
    ),
    _Source(
        What.RELEASES,
        lambda: Trade.objects.filter(release_at__isnull=False),
        "release_at",
        "intent__out_trade_no",
        "intent_id",
    ),
    _Source(
        What.THAWS,
        lambda: Trade.objects.filter(thaw_at__isnull=False),
        "thaw_at",
        "intent__out_trade_no",
        "intent_id",
    ),
    _Source(
        What.REFUND,
        lambda: Refund.objects.filter(settles_at__isnull=False),
        "settles_at",
        "trade__intent__out_trade_no",
        "trade__intent_id",
    ),
    _Source(
        What.TRANSFER,
        lambda: Transfer.objects.filter(ends_at__isnull=False),
        "ends_at",
        "out_biz_no",
    ),
    _Source(
        What.NEWS,
        lambda: Notification.objects.filter(due_at__isnull=False),
        "due_at",
        "trade__intent__out_trade_no",
        "trade__intent_id",
    ),
)


def due(
    *, after: dt.datetime | None = None, until: dt.datetime | None = None, count: int
) -> list[Due]:
    """Return the first ``count`` things that come due ``after``, up to ``until``.

    Without ``after`` also what is overdue; without ``until`` however far ahead.
    """
    found = [source.due(after, until, count) for source in SOURCES]
    return list(merge(*found))[:count]
