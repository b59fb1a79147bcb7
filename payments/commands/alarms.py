"""Telling the desk what no payer can mend: a gateway refuses us, or news is forged."""

from datetime import datetime, timedelta

from django.conf import settings

from kernel.worklist import commands as worklist
from payments.advice import TABLE, advice_on
from payments.gateways.port import GatewayRejected
from payments.models import Attempt, Notification
from payments.worklist import DISBELIEVED, SHUT, disbelieved_key, shut_key


def raise_alarm(*, attempt: Attempt, refusal: GatewayRejected, at: datetime) -> None:
    """One open task a gateway and class of failure, if the class asks for one."""
    reason = advice_on(refusal.code)
    if reason.alerts:
        worklist.open_task(
            kind=SHUT,
            key=shut_key(attempt.gateway, reason.code),
            about=attempt,
            detail=str(refusal),
            at=at,
        )


def calm(*, gateway: str, at: datetime) -> None:
    """A payment has started: whatever ``gateway`` refused us for is over."""
    keys = [shut_key(gateway, reason.code) for reason in TABLE if reason.alerts]
    worklist.close_tasks(keys=keys, note="a payment has started again", at=at)


def doubt(row: Notification, *, at: datetime) -> None:
    """A notification is not believed, as several were within the hour: one open task a
    gateway. Costs two or three short queries, whatever the size of the inbox."""
    enough = settings.DISBELIEVED_ALERT_AFTER
    recent = Notification.objects.filter(
        verdict__in=Notification.DISBELIEVED,
        gateway=row.gateway,
        received_at__gt=at - timedelta(hours=1),
    )
    before = recent.exclude(pk=row.pk).order_by("-received_at")[: enough - 1].count()
    if before + 1 >= enough:
        worklist.open_task(
            kind=DISBELIEVED,
            key=disbelieved_key(row.gateway),
            about=row,
            detail=f"{row.get_verdict_display()}: {row.detail}",
            at=at,
        )
