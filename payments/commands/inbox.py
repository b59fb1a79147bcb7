"""The inbox: what gateways post to us is kept first, then verified, then applied.

What is answered: ``success`` for everything applied, known, or deliberately left alone.
An amount that differs is one of these: it is kept, the gateway is asked what came, and
sending it again changes nothing. ``fail`` for what is not believed (forged, foreign),
for a number we do not know (yet), and when something broke here: these may be sent
again.
"""

import logging
from datetime import datetime, timedelta

from kernel.db import command, outside_transaction
from payments.commands import alarms, capture
from payments.commands.capture import Applied
from payments.gateways import registry
from payments.gateways.port import (
    GatewayUnknown,
    NotificationReading,
    NotificationRefused,
)
from payments.models import Attempt, Charge, Notification, Refund

log = logging.getLogger(__name__)

SUCCESS, FAIL = "success", "fail"
# What could not be applied at once is looked at again after this.
LOOK_AGAIN = timedelta(minutes=1)

Verdict = Notification.Verdict
_ANSWERS = {
    Verdict.APPLIED: SUCCESS,
    Verdict.REPEATED: SUCCESS,
    Verdict.IGNORED: SUCCESS,
    Verdict.MISMATCH: SUCCESS,
    Verdict.FORGED: FAIL,
    Verdict.FOREIGN: FAIL,
    Verdict.UNKNOWN: FAIL,
}
_VERDICTS = {
    Applied.CAPTURED: Verdict.APPLIED,
    Applied.REVIVED: Verdict.APPLIED,
    Applied.STRAY: Verdict.APPLIED,
    Applied.ENDED: Verdict.APPLIED,
    Applied.KNOWN: Verdict.REPEATED,
    Applied.NOTHING: Verdict.IGNORED,
    Applied.MISMATCH: Verdict.MISMATCH,
}


@outside_transaction
def receive_notification(
    *,
    gateway: str,
    body: bytes,
    content_type: str,
    remote_address: str | None,
    at: datetime,
) -> str:
    """Keep what was posted, verbatim, then believe and apply it as far as it goes.

    Returns the body to answer. Whatever happens after the first commit, the row is
    there, and the sweep goes on with it.
    """
    row = Notification.objects.create(
        gateway=gateway,
        body=body,
        content_type=content_type[:100],
        remote_address=remote_address,
        received_at=at,
        apply_at=at + LOOK_AGAIN,
    )
    try:
        return apply_notification(notification_id=row.pk, at=at)
    except Exception:
        log.exception("notification %s could not be applied", row.pk)
        return FAIL


@command
def apply_notification(*, notification_id: int, at: datetime) -> str:
    """Verify and apply one kept notification; returns the body to answer.

    Done once: a row with a verdict keeps it. A gateway whose settings are missing
    raises, and the row waits.
    """
    row = Notification.objects.select_for_update(no_key=True).get(pk=notification_id)
    if row.verdict != Verdict.NEW:
        return row.answered
    gateway = registry.gateway(row.gateway)
    try:
        reading = gateway.read_notification(bytes(row.body), row.content_type)
    except NotificationRefused as refusal:
        return _decide(row, Verdict(refusal.reason), refusal.detail)
    except GatewayUnknown as odd:
        # Truly theirs, yet not to be understood: the query schedule decides.
        return _decide(row, Verdict.IGNORED, f"not understood: {odd}")
    row.notify_id, row.number = reading.notify_id[:128], reading.number[:64]
    try:
        row.attempt = capture.lock_with_charge(
            gateway=row.gateway, number=reading.number
        )
    except Charge.DoesNotExist:
        return _decide(row, Verdict.UNKNOWN, "no payment of ours has this number")
    if reading.state is None:
        return _decide(row, *_other_news(row.attempt, reading, at=at))
    applied = capture.apply_to_locked(row.attempt, reading.state, at=at)
    if applied is Applied.MISMATCH:
        # Whether such money came at all, the gateway is asked: at the next bell.
        Attempt.objects.filter(pk=row.attempt.pk).update(query_at=at)
    return _decide(row, _VERDICTS[applied], _why(row.attempt, reading, applied))


def _other_news(
    attempt: Attempt, reading: NotificationReading, *, at: datetime
) -> tuple[Notification.Verdict, str]:
    """News of a refund of ours: the sweep asks about it now. Else nothing to do."""
    refund = attempt.refunds.filter(number=reading.refund_number).first()
    if refund is None:
        return Verdict.IGNORED, "no news about a payment"
    if refund.status != Refund.Status.REQUESTED:
        return Verdict.REPEATED, f"refund {refund.number} is {refund.status}"
    Refund.objects.filter(pk=refund.pk, status=Refund.Status.REQUESTED).update(
        send_at=at
    )
    return Verdict.APPLIED, f"refund {refund.number} is asked about at once"


def _why(attempt: Attempt, reading: NotificationReading, applied: Applied) -> str:
    state = reading.state
    assert state is not None
    if applied is Applied.MISMATCH:
        said = f"{state.amount_minor} {state.currency}"
        return f"owed {attempt.amount}, the gateway says {said} in minor units"
    if applied is Applied.REVIVED:
        return "the charge had just closed: the money came late and has revived it"
    if applied is Applied.STRAY:
        return "the charge was paid or closed already: the money goes back"
    return f"{state.status}: {applied}"


def _decide(row: Notification, verdict: Notification.Verdict, detail: str) -> str:
    if verdict in {Verdict.FORGED, Verdict.FOREIGN, Verdict.MISMATCH}:
        log.error("notification %s is %s: %s", row.pk, verdict, detail)
    row.verdict = verdict
    row.detail = detail[:300]
    row.answered = _ANSWERS[verdict]
    row.apply_at = None
    # What was posted is never written again.
    row.save(
        update_fields=[
            "notify_id",
            "number",
            "attempt",
            "verdict",
            "detail",
            "answered",
            "apply_at",
        ]
    )
    if verdict in Notification.DISBELIEVED:
        alarms.doubt(row, at=row.received_at)
    return row.answered
