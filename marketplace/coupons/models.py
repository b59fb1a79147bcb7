"""Coupons: what they take off for whom, and who has used them.

They live beside the shops that make them. What they come to in a cart is for the app
that prices carts; here a checkout is only a reference.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from kernel.fields import amount_field
from kernel.templatetags.ui import money_text
from marketplace.accounts.models import Seller
from marketplace.models import Category

MOST_PERCENT = 90


class Coupon(models.Model):
    """So much off, from a minimum spent on.

    ``seller`` pays for it and it counts for that shop's goods; without one the
    platform pays. Amounts are in the shop's currency, or any for the platform.
    """

    class Kind(models.TextChoices):
        FIXED = "fixed", "fixed"
        PERCENT = "percent", "percent"

    code = models.CharField(max_length=20, unique=True)
    seller = models.ForeignKey(
        Seller, null=True, on_delete=models.PROTECT, related_name="coupons"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    # Off in all (fixed), or of what is bought (percent); the other one is 0.
    amount = amount_field()
    percent = models.PositiveSmallIntegerField()
    # Counted over the goods it is for, before shipping (rules §4.9).
    minimum = amount_field()
    # For goods of this category only.
    category = models.ForeignKey(
        Category, null=True, on_delete=models.PROTECT, related_name="+"
    )
    first_order_only = models.BooleanField(default=False)
    # Shown at the checkout to everybody; others have to know the code.
    is_public = models.BooleanField(default=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    total_limit = models.PositiveIntegerField(null=True)
    per_buyer_limit = models.PositiveSmallIntegerField(default=1)
    # How many checkouts have it now, reserved or used.
    taken = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="fixed", amount__gt=0, percent=0)
                & Q(minimum__gt=F("amount"))
                | Q(kind="percent", amount=0, percent__range=(1, MOST_PERCENT))
                & Q(minimum__gte=0),
                name="coupon_takes_a_part",
            ),
            models.CheckConstraint(
                condition=Q(total_limit__isnull=True) | Q(taken__lte=F("total_limit")),
                name="coupon_within_its_limit",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="coupon_has_a_window"
            ),
            models.CheckConstraint(
                condition=Q(per_buyer_limit__gte=1), name="coupon_can_be_used"
            ),
            models.CheckConstraint(
                condition=Q(seller__isnull=True) | Q(first_order_only=False),
                name="coupon_first_order_is_the_platforms",
            ),
        )
        indexes = (models.Index(fields=["seller", "ends_at"], name="coupon_of_seller"),)

    def __str__(self) -> str:
        return self.code

    @property
    def off(self) -> str:
        """What it takes off, in words."""
        if self.kind == self.Kind.PERCENT:
            return _("%(percent)d %% off") % {"percent": self.percent}
        return _("%(amount)s off") % {"amount": money_text(self.amount)}

    @property
    def terms(self) -> str:
        """What it is for, in words."""
        words = []
        if self.minimum.amount:
            words.append(_("from %(minimum)s") % {"minimum": money_text(self.minimum)})
        if self.category:
            words.append(_("only %(category)s") % {"category": self.category.name})
        if self.first_order_only:
            words.append(_("on your first order"))
        return " · ".join(words)

    def is_open(self, at: datetime) -> bool:
        return self.stopped_at is None and self.starts_at <= at < self.ends_at


class Redemption(models.Model):
    """One checkout's use of a coupon: reserved until it is paid, then used; returned
    when nothing was bought with it. Its dates say which."""

    coupon = models.ForeignKey(
        Coupon, on_delete=models.PROTECT, related_name="redemptions"
    )
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    checkout_reference = models.CharField(max_length=20, db_index=True)
    reserved_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    # Returned after it had ended: this buyer may use it until then.
    good_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["coupon", "checkout_reference"], name="coupon_once_a_checkout"
            ),
            models.CheckConstraint(
                condition=Q(good_until__isnull=True) | Q(returned_at__isnull=False),
                name="redemption_good_again_once_returned",
            ),
        )
        indexes = (
            models.Index(fields=["buyer", "coupon"], name="redemption_of_buyer"),
        )

    def __str__(self) -> str:
        return f"{self.coupon_id} for {self.checkout_reference}"
