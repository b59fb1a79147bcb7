"""What has been between us and a provider for too long (rules §4.11, check 5)."""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet

from kernel.db import command
from kernel.worklist import commands as worklist
from payments.models import Attempt, Refund
from payments.reconciliation.commands.days import gateways
from payments.reconciliation.models import Day, Line
from payments.reconciliation.worklist import SLOW, UNPROVEN

UNPROVEN_AFTER = timedelta(days=3)
SLOW_AFTER = timedelta(hours=24)
# Older ones were looked at while they were younger, and their task is open.
LOOK_BACK = timedelta(days=30)


@command
def watch_ages(*, at: datetime) -> None:
    """One open task a gateway for what is too old, until nothing is."""
    slow = Refund.objects.filter(
        status=Refund.Status.REQUESTED, requested_at__lt=at - SLOW_AFTER
    )
    for gateway in gateways():
        _task(UNPROVEN, gateway, _unproven(gateway, at=at), at=at)
        _task(SLOW, gateway, slow.filter(attempt__gateway=gateway), at=at)


def _unproven(gateway: str, *, at: datetime) -> QuerySet[Attempt]:
    shown = Line.objects.filter(
        kind="payment",
        number=OuterRef("number"),
        statement__in=Day.objects.filter(gateway=gateway).values("statement"),
    )
    return Attempt.objects.filter(
        ~Exists(shown),
        gateway=gateway,
        status=Attempt.Status.PAID,
        paid_at__lt=at - UNPROVEN_AFTER,
        paid_at__gt=at - LOOK_BACK,
    )


def _task(
    kind: str, gateway: str, rows: QuerySet[Attempt] | QuerySet[Refund], *, at: datetime
) -> None:
    key = f"{kind}:{gateway}"
    found = rows.order_by().values("currency").annotate(times=Count("pk"))
    words = ", ".join(f"{one['times']} in {one['currency']}" for one in found)
    if words:
        worklist.open_task(kind=kind, key=key, detail=f"{gateway}: {words}", at=at)
    else:
        worklist.close_tasks(keys=[key], note="none is too old any more", at=at)
