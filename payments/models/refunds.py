"""Refunds: money on its way back by the route it came."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.fields import amount_field
from kernel.lifecycle import HistoryRow
from payments.models.attempts import Attempt


class Refund(models.Model):
    """Money on its way back by the route it came; retried under the same number."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("to be sent")
        SETTLED = "settled", _("refunded")
        REJECTED = "rejected", _("refused by the gateway")
        BY_HAND = "by_hand", _("paid back by hand")

    # Our number at the gateway (out_request_no), stored before the first call.
    number = models.CharField(max_length=64, unique=True)
    # The business act that asked for it: asking twice changes nothing.
    key = models.CharField(max_length=100, unique=True)
    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, related_name="refunds"
    )
    amount = amount_field()
    reason = models.CharField(max_length=200)
    status = models.CharField(max_length=20, choices=Status, default=Status.REQUESTED)
    requested_at = models.DateTimeField()
    send_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    # Not sent any more, since when, by whom (None: its time was over) and why. It is
    # still asked about, until the gateway says for certain what became of it.
    given_up_at = models.DateTimeField(null=True)
    given_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    given_up_note = models.CharField(max_length=200, blank=True)
    # When the money was back with the payer, by the gateway or by hand.
    settled_at = models.DateTimeField(null=True)
    # Paid by hand: what proves it, the number of a transfer for example.
    hand_reference = models.CharField(max_length=64, blank=True)
    last_answer = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_positive"),
            models.CheckConstraint(
                condition=Q(status__in=["requested", "settled", "rejected", "by_hand"]),
                name="refund_status",
            ),
            models.CheckConstraint(
                condition=Q(status="by_hand") ^ Q(hand_reference=""),
                name="refund_by_hand_has_proof",
            ),
            models.CheckConstraint(
                condition=Q(status="requested", send_at__isnull=False)
                | ~Q(status="requested"),
                name="refund_requested_has_date",
            ),
        )
        indexes = (
            models.Index(
                fields=["send_at"], condition=Q(status="requested"), name="refund_due"
            ),
        )

    def __str__(self) -> str:
        return self.number


class RefundMove(HistoryRow):
    subject = models.ForeignKey(
        Refund, on_delete=models.PROTECT, related_name="history"
    )
