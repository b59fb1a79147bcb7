"""Charges: an amount that somebody owes, to be paid once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.fields import amount_field
from kernel.lifecycle import HistoryRow


class Charge(models.Model):
    """One amount to be paid once, for everything in one checkout."""

    class Status(models.TextChoices):
        OPEN = "open", _("awaiting payment")
        PAID = "paid", _("paid")
        CLOSED = "closed", _("closed unpaid")

    reference = models.CharField(max_length=20, unique=True)
    payer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="charges"
    )
    amount = amount_field()
    # What the payer reads at the gateway: plain text, no markup.
    subject = models.CharField(max_length=120)
    # Where this application shows the thing that is paid for.
    home_path = models.CharField(max_length=200)
    status = models.CharField(max_length=20, choices=Status, default=Status.OPEN)
    opened_at = models.DateTimeField()
    # T1: unpaid by then, it is closed at the gateway and then here.
    expires_at = models.DateTimeField()
    # When the close is (re)tried: expires_at at first, later after an unknown answer.
    close_at = models.DateTimeField(null=True)
    # Somebody, or the deadline, has asked to close it: who, why and since when. It
    # stays open until the gateway has agreed, but no new attempt starts.
    closing_since = models.DateTimeField(null=True)
    closing_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closing_note = models.CharField(max_length=200, blank=True)
    paid_at = models.DateTimeField(null=True)
    # When it ended unpaid; it stays when late money has revived the charge since.
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="charge_positive"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "paid", "closed"]), name="charge_status"
            ),
            models.CheckConstraint(
                condition=Q(status="open", close_at__isnull=False) | ~Q(status="open"),
                name="charge_open_has_deadline",
            ),
        )
        indexes = (
            models.Index(
                fields=["close_at"], condition=Q(status="open"), name="charge_due"
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def is_closing(self) -> bool:
        """Still open only because the gateway has not agreed to the end yet."""
        return self.status == self.Status.OPEN and self.closing_since is not None


class ChargeMove(HistoryRow):
    subject = models.ForeignKey(
        Charge, on_delete=models.PROTECT, related_name="history"
    )
