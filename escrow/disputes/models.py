"""Disputes: a buyer says that something is wrong, and the desk decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escrow.models import Hold
from kernel.fields import amount_field
from kernel.lifecycle import HistoryRow


class Dispute(models.Model):
    """A complaint about one order's held money; the release clock stands meanwhile."""

    class Reason(models.TextChoices):
        NOT_RECEIVED = "not_received", _("It has not arrived")
        DIFFERENT = "not_as_described.different_item", _("It is not what I ordered")
        DAMAGED = "not_as_described.damaged", _("It arrived damaged")
        QUALITY = "not_as_described.quality", _("The quality is not as described")
        SHORT = "not_as_described.short_shipment", _("Something is missing")

    class Status(models.TextChoices):
        IN_MEDIATION = "in_mediation", _("the desk decides")
        RESOLVED_REFUND = "resolved_refund", _("refunded")
        RESOLVED_SPLIT = "resolved_split", _("split")
        RESOLVED_RELEASE = "resolved_release", _("released to the seller")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Ground(models.TextChoices):
        """Why the desk decided as it did (every operator act has a reason code)."""

        EVIDENCE_BUYER = "evidence_buyer", _("The buyer's evidence holds")
        EVIDENCE_SELLER = "evidence_seller", _("The seller's evidence holds")
        SHARED_FAULT = "shared_fault", _("Both sides share the fault")
        NOT_DELIVERED = "not_delivered", _("Delivery is not shown")
        SILENCE = "silence", _("Nobody decided in time")

    reference = models.CharField(max_length=20, unique=True)
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="disputes")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=60, choices=Reason)
    claim = amount_field()
    story = models.TextField(max_length=4000)
    status = models.CharField(
        max_length=20, choices=Status, default=Status.IN_MEDIATION
    )
    opened_at = models.DateTimeField()
    # T13: nobody decided until then: the buyer is refunded.
    decide_by = models.DateTimeField()
    # What the decision gives back to the buyer; zero until then.
    refund = amount_field()
    ground = models.CharField(max_length=30, choices=Ground, blank=True)
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("decide_by",)
        constraints = (
            models.CheckConstraint(condition=Q(claim__gt=0), name="dispute_claim"),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "in_mediation",
                        "resolved_refund",
                        "resolved_split",
                        "resolved_release",
                        "withdrawn",
                    ]
                ),
                name="dispute_status",
            ),
            # Every decision has its ground, its note and its date.
            models.CheckConstraint(
                condition=~Q(status__startswith="resolved")
                | (Q(decided_at__isnull=False) & ~Q(ground="")),
                name="dispute_decided_with_ground",
            ),
            models.UniqueConstraint(
                fields=["hold"],
                condition=Q(status="in_mediation"),
                name="dispute_one_open",
            ),
        )
        indexes = (
            models.Index(
                fields=["decide_by"],
                condition=Q(status="in_mediation"),
                name="dispute_due",
            ),
        )

    def __str__(self) -> str:
        return self.reference


class DisputeMove(HistoryRow):
    subject = models.ForeignKey(
        Dispute, on_delete=models.PROTECT, related_name="history"
    )


class Evidence(models.Model):
    """A picture that one side put before the desk: re-encoded, private, kept."""

    reference = models.CharField(max_length=20, unique=True)
    dispute = models.ForeignKey(
        Dispute, on_delete=models.PROTECT, related_name="evidence"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # Path under PRIVATE_ROOT, never under MEDIA_ROOT.
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("added_at", "pk")
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.reference
