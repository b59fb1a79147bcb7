"""The inbox: what gateways have posted to us, verbatim."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from payments.models.attempts import Attempt


class Notification(models.Model):
    """The inbox: what a gateway sent, verbatim, before anybody believed it."""

    class Verdict(models.TextChoices):
        NEW = "new", _("not looked at yet")
        APPLIED = "applied", _("applied")
        REPEATED = "repeated", _("known already")
        IGNORED = "ignored", _("nothing to do")
        FORGED = "forged", _("signature wrong")
        FOREIGN = "foreign", _("meant for another app or seller")
        UNKNOWN = "unknown", _("unknown payment number")
        MISMATCH = "mismatch", _("amount or currency differs")

    # Somebody pretends to be the gateway, or two environments are mixed up.
    DISBELIEVED = (Verdict.FORGED, Verdict.FOREIGN)

    gateway = models.CharField(max_length=20)
    body = models.BinaryField()
    content_type = models.CharField(max_length=100, blank=True)
    remote_address = models.GenericIPAddressField(null=True)
    received_at = models.DateTimeField()
    notify_id = models.CharField(max_length=128, blank=True, db_index=True)
    number = models.CharField(max_length=64, blank=True, db_index=True)
    verdict = models.CharField(max_length=20, choices=Verdict, default=Verdict.NEW)
    detail = models.CharField(max_length=300, blank=True)
    attempt = models.ForeignKey(
        Attempt, null=True, on_delete=models.PROTECT, related_name="notifications"
    )
    answered = models.CharField(max_length=20, blank=True)
    # A row that could not be applied at once is looked at again then.
    apply_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-received_at", "-pk")
        triggers = (
            pgtrigger.Protect(
                name="notification_stays_verbatim",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "gateway", "body", "content_type", "remote_address", "received_at"
                ),
            ),
        )
        indexes = (
            models.Index(
                fields=["apply_at"],
                condition=Q(apply_at__isnull=False),
                name="notification_due",
            ),
            models.Index(
                fields=["gateway", "received_at"],
                condition=Q(verdict__in=["forged", "foreign"]),
                name="notification_disbelieved",
            ),
        )

    def __str__(self) -> str:
        return f"{self.notify_id or self.pk} for {self.number or '?'}"
