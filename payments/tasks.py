"""Celery doors: this app's sweeps.

Rows are leased (:func:`kernel.batches.by_lease`); the network is asked outside of a
transaction; the answer is recorded in another. A kill in between lets the lease run
out, and the same numbers are asked about again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from kernel.batches import by_lease
from kernel.db import command
from kernel.sweeps import sweep
from payments import commands
from payments.lifecycle import ATTEMPTS
from payments.models import Attempt, Charge, Notification, Refund

TIME_OVER = "the time to pay is over"


def _waiting_attempts() -> QuerySet[Attempt]:
    return Attempt.objects.filter(query_at__isnull=False)


def _live_attempts() -> QuerySet[Attempt]:
    return Attempt.objects.filter(status__in=Attempt.LIVE_STATUSES)


def _open_charges() -> QuerySet[Charge]:
    return Charge.objects.filter(status=Charge.Status.OPEN)


def _requested_refunds() -> QuerySet[Refund]:
    return Refund.objects.filter(status=Refund.Status.REQUESTED)


def _unread_notifications() -> QuerySet[Notification]:
    return Notification.objects.filter(apply_at__isnull=False)


def _earliest(
    rows: Callable[[], QuerySet[Any]], column: str
) -> Callable[[], datetime | None]:
    def earliest() -> datetime | None:
        due: datetime | None = rows().aggregate(due=Min(column))["due"]
        return due

    return earliest


@sweep(
    next_due=_earliest(_waiting_attempts, "query_at"),
    label=_("Ask about payments"),
    is_promise=False,
    waits=True,
    every=timedelta(seconds=5),
)
def query_live_attempts(*, at: datetime, limit: int) -> int:
    """Ask the gateway about payments that may have been made unheard."""

    def ask(pk: int) -> None:
        attempt = Attempt.objects.select_related("charge").get(pk=pk)
        commands.watch_attempt(attempt=attempt, at=at)

    return by_lease(
        "query_live_attempts", _waiting_attempts(), "query_at", ask, at=at, limit=limit
    )


@sweep(
    next_due=_earliest(_live_attempts, "expires_at"),
    label=_("Payment codes expire"),
)
@command
def expire_attempts(*, at: datetime, limit: int) -> int:
    """Let attempts whose time is over expire, which frees "New code"."""
    due = _live_attempts().filter(expires_at__lte=at).order_by("expires_at")
    due = due.select_for_update(skip_locked=True, no_key=True)
    ids = list(due.values_list("pk", flat=True)[:limit])
    ATTEMPTS.move(ids, "expire", at=at)
    return len(ids)


@sweep(
    next_due=_earliest(_open_charges, "close_at"),
    label=_("Unpaid payments close"),
    waits=True,
    every=timedelta(seconds=15),
)
def close_due_charges(*, at: datetime, limit: int) -> int:
    """Close what was not paid in time, and go on with closes that got no answer."""

    def close(pk: int) -> None:
        charge = Charge.objects.get(pk=pk)
        commands.close_charge(charge=charge, by=None, note=TIME_OVER, at=at)

    return by_lease(
        "close_due_charges", _open_charges(), "close_at", close, at=at, limit=limit
    )


@sweep(
    next_due=_earliest(_requested_refunds, "send_at"),
    label=_("Send refunds"),
    is_promise=False,
    waits=True,
    every=timedelta(seconds=5),
)
def send_refunds(*, at: datetime, limit: int) -> int:
    """Send requested refunds, and ask again about those without an answer."""

    def send(pk: int) -> None:
        refund = Refund.objects.select_related("attempt").get(pk=pk)
        commands.send_refund(refund=refund, at=at)

    return by_lease(
        "send_refunds", _requested_refunds(), "send_at", send, at=at, limit=limit
    )


@sweep(
    next_due=_earliest(_unread_notifications, "apply_at"),
    label=_("Apply what Alipay has told us"),
    is_promise=False,
)
def apply_notifications(*, at: datetime, limit: int) -> int:
    """Go on with notifications that were kept but could not be applied at once."""

    def apply(pk: int) -> None:
        commands.apply_notification(notification_id=pk, at=at)

    return by_lease(
        "apply_notifications",
        _unread_notifications(),
        "apply_at",
        apply,
        at=at,
        limit=limit,
    )
