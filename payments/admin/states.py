"""How states look at the desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kernel.desk import column
from payments.models import Attempt, Charge, Notification, Refund

# Unfold's colours for the states; all are named, the quiet ones grey.
COLOURS: dict[str, str] = {
    Charge.Status.CLOSED: "default",
    Attempt.Status.EXPIRED: "default",
    Notification.Verdict.REPEATED: "default",
    Notification.Verdict.IGNORED: "default",
    Charge.Status.OPEN: "warning",
    Charge.Status.PAID: "success",
    Attempt.Status.STARTING: "info",
    Attempt.Status.LIVE: "info",
    Attempt.Status.FAILED: "danger",
    Refund.Status.REQUESTED: "warning",
    Refund.Status.SETTLED: "success",
    Refund.Status.REJECTED: "danger",
    Refund.Status.BY_HAND: "success",
    Notification.Verdict.NEW: "warning",
    Notification.Verdict.APPLIED: "success",
    Notification.Verdict.FORGED: "danger",
    Notification.Verdict.FOREIGN: "danger",
    Notification.Verdict.UNKNOWN: "danger",
    Notification.Verdict.MISMATCH: "danger",
}


@column(_("State"), label=COLOURS, ordering="status")
def state(row: Any) -> tuple[str, str]:
    return row.status, row.get_status_display()
