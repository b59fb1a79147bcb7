"""Receipts: what the desk has read off our bank's statement."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.fields import amount_field
from payments.models.attempts import Attempt


class Receipt(models.Model):
    """Money on our bank account, as the desk has read it off the bank's statement."""

    class Reason(models.TextChoices):
        STATEMENT = "statement", _("it is on the statement, with the reference")
        ADVICE = "advice", _("the bank has announced it")
        CLARIFIED = "clarified", _("clarified with the payer")

    attempt = models.OneToOneField(
        Attempt, on_delete=models.PROTECT, related_name="receipt"
    )
    amount = amount_field()
    received_on = models.DateField()
    # The bank's own number of the entry: one entry is recorded once.
    bank_number = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=12, choices=Reason)
    note = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_positive"),
        )

    def __str__(self) -> str:
        return self.bank_number
