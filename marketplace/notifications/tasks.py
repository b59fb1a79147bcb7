"""Celery doors: this app's sweeps."""

from datetime import datetime, timedelta

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from kernel.sweeps import sweep
from marketplace.notifications import outbox
from marketplace.notifications.models import Letter


def _next_letter() -> datetime | None:
    due: datetime | None = Letter.objects.aggregate(due=Min("send_at"))["due"]
    return due


@sweep(
    label=_("Send mails"),
    next_due=_next_letter,
    is_promise=False,
    waits=True,
    every=timedelta(seconds=5),
)
def send_mails(*, at: datetime, limit: int) -> int:
    """Hand what waits in the outbox to the mail server."""
    return outbox.send_due(at=at, limit=limit)
