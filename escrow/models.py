"""Holds: one order's money in escrow, from payment until release or refund."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from kernel.fields import amount_field
from kernel.lifecycle import HistoryRow
from marketplace.accounts.models import Seller
from payments.models import Charge


class Hold(models.Model):
    """The part of a charge that belongs to one seller's order.

    In escrow is ``amount``, what the buyer pays for it, and ``coupon``, what the
    platform adds for its own coupon: the seller gets both, less the commission.

    The ledger says where the money is; ``status`` only says which acts are possible.
    """

    class Status(models.TextChoices):
        AWAITING = "awaiting", _("not paid yet")
        HELD = "held", _("held in escrow")
        RELEASED = "released", _("released to the seller")
        REFUNDING = "refunding", _("being refunded")
        REFUNDED = "refunded", _("refunded")
        VOID = "void", _("never paid")

    reference = models.CharField(max_length=20, unique=True)
    # The order this money is for, as its public number: escrow knows no orders.
    order_number = models.CharField(max_length=30, unique=True)
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="holds")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="holds")
    amount = amount_field()
    # What the platform's coupon pays of the order.
    coupon = amount_field()
    # Frozen at order time; what the seller gets is amount + coupon - commission.
    commission = amount_field()
    # What has gone, or is going, back to the buyer.
    refunded = amount_field()
    # What of the coupon came back to the platform with the refunds.
    coupon_returned = amount_field()
    # What of the commission was given up with the refunds.
    commission_returned = amount_field()
    status = models.CharField(max_length=20, choices=Status, default=Status.AWAITING)
    opened_at = models.DateTimeField()
    funded_at = models.DateTimeField(null=True)
    # T6: the release clock. Set when shipped; None while nothing runs.
    release_at = models.DateTimeField(null=True)
    # While a dispute is open the clock stands; this much was left on it.
    paused_left = models.DurationField(null=True)
    released_at = models.DateTimeField(null=True)
    # T18: when the seller's pending money becomes available.
    clear_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gt=0, coupon__gte=0, commission__gte=0)
                & Q(refunded__gte=0, refunded__lte=models.F("amount"))
                & Q(
                    coupon_returned__gte=0,
                    coupon_returned__lte=models.F("coupon"),
                )
                & Q(
                    commission_returned__gte=0,
                    commission_returned__lte=models.F("commission"),
                ),
                name="hold_amounts",
            ),
            # What is left can always bear what is left of the commission.
            models.CheckConstraint(
                condition=Q(
                    commission__lte=models.F("amount")
                    + models.F("coupon")
                    - models.F("refunded")
                    - models.F("coupon_returned")
                    + models.F("commission_returned")
                ),
                name="hold_bears_its_commission",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "awaiting",
                        "held",
                        "released",
                        "refunding",
                        "refunded",
                        "void",
                    ]
                ),
                name="hold_status",
            ),
            # A dispute has the clock stand: while it does, nothing can be released.
            models.CheckConstraint(
                condition=Q(status="held")
                | Q(release_at__isnull=True, paused_left__isnull=True),
                name="hold_clock_only_while_held",
            ),
            models.CheckConstraint(
                condition=~Q(status="released")
                | Q(released_at__isnull=False, clear_at__isnull=False),
                name="hold_released_will_clear",
            ),
            models.CheckConstraint(
                condition=~Q(release_at__isnull=False, paused_left__isnull=False),
                name="hold_clock_runs_or_stands",
            ),
        )
        indexes = (
            models.Index(
                fields=["release_at"],
                condition=Q(status="held", release_at__isnull=False),
                name="hold_release_due",
            ),
            models.Index(
                fields=["clear_at"],
                condition=Q(cleared_at__isnull=True, clear_at__isnull=False),
                name="hold_clear_due",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def left(self) -> Money:
        """What of the buyer's money has not gone back, nor is going."""
        rest: Money = self.amount - self.refunded
        return rest


class HoldMove(HistoryRow):
    subject = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="history")


class HoldRefund(models.Model):
    """Which payments.Refund sends back whose held money (or nobody's: a stray one)."""

    refund = models.OneToOneField(
        "payments.Refund", on_delete=models.PROTECT, related_name="hold_refund"
    )
    hold = models.ForeignKey(
        Hold, null=True, on_delete=models.PROTECT, related_name="refunds"
    )

    def __str__(self) -> str:
        return f"{self.refund_id} of {self.hold_id or 'a stray payment'}"
