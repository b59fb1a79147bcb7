"""Telling the desk that a gateway refuses us for a reason no payer can mend."""

from datetime import datetime

from kernel.worklist import commands as worklist
from payments.advice import TABLE, advice_on
from payments.gateways.port import GatewayRejected
from payments.models import Attempt
from payments.worklist import SHUT, shut_key


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
