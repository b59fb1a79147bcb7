"""Orders: one checkout and its payment, cut into one order per shop."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from escrow.models import Hold, HoldRefund
from kernel.fields import amount_field
from kernel.lifecycle import HistoryRow
from marketplace.accounts.models import Seller, localized
from marketplace.fx.models import Quote
from marketplace.models import Product, Variant
from payments.models import Charge


class Checkout(models.Model):
    """What one press of "Place order" made: one charge, one order per shop.

    ``token`` comes from the form: pressing twice finds the first checkout again.
    """

    reference = models.CharField(max_length=20, unique=True)
    token = models.UUIDField()
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="checkouts"
    )
    charge = models.OneToOneField(
        Charge, on_delete=models.PROTECT, related_name="checkout"
    )
    placed_at = models.DateTimeField()
    # The quotes that turned listing prices into the charge's currency.
    quotes = models.ManyToManyField(Quote, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["buyer", "token"], name="checkout_once"),
        )

    def __str__(self) -> str:
        return self.reference


class Order(models.Model):
    """One shop's part of a checkout. Its status follows the money (rules §1)."""

    class Status(models.TextChoices):
        PENDING_PAYMENT = "pending_payment", _("Awaiting payment")
        AWAITING_SHIPMENT = "awaiting_shipment", _("Awaiting shipment")
        SHIPPED = "shipped", _("On its way")
        DELIVERED = "delivered", _("Delivered")
        COMPLETED = "completed", _("Completed")
        CANCELLED = "cancelled", _("Closed")
        REFUNDED = "refunded", _("Refunded")

    number = models.CharField(max_length=30, unique=True)
    checkout = models.ForeignKey(
        Checkout, on_delete=models.PROTECT, related_name="orders"
    )
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="orders"
    )
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="orders")
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="order")
    status = models.CharField(
        max_length=30, choices=Status, default=Status.PENDING_PAYMENT
    )
    # Frozen terms: amounts in the payment currency, the class that sets the clock.
    # What the shop's own coupon and the platform's take off the goods.
    items_total = amount_field()
    seller_discount = amount_field()
    platform_discount = amount_field()
    shipping = amount_field()
    total = amount_field()
    delivery = models.CharField(max_length=20, choices=Product.Delivery)
    promised_days = models.PositiveSmallIntegerField()
    # Where it goes, as it was then: one entry a line.
    ship_to = models.JSONField()
    ship_to_country = models.CharField(max_length=2)
    placed_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    # T4: not shipped by then, the buyer is refunded.
    ship_by = models.DateTimeField(null=True)
    shipped_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-placed_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(total__gt=0), name="order_positive"),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "pending_payment",
                        "awaiting_shipment",
                        "shipped",
                        "delivered",
                        "completed",
                        "cancelled",
                        "refunded",
                    ]
                ),
                name="order_status",
            ),
            models.CheckConstraint(
                condition=Q(
                    total=models.F("items_total")
                    - models.F("seller_discount")
                    - models.F("platform_discount")
                    + models.F("shipping")
                ),
                name="order_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(seller_discount__gte=0, platform_discount__gte=0),
                name="order_discounts",
            ),
            models.CheckConstraint(
                condition=~Q(status="awaiting_shipment") | Q(ship_by__isnull=False),
                name="order_to_ship_has_deadline",
            ),
        )
        indexes = (
            models.Index(fields=["buyer", "-placed_at"], name="order_of_buyer"),
            models.Index(
                fields=["seller", "status", "ship_by"], name="order_of_seller"
            ),
            models.Index(
                fields=["ship_by"],
                condition=Q(status="awaiting_shipment"),
                name="order_ship_due",
            ),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("orders:detail", args=[self.number])


class OrderMove(HistoryRow):
    subject = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="history")


class OrderLine(models.Model):
    """What was bought, as it was then: later edits of the listing change nothing."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    title_en = models.CharField(max_length=140)
    title_zh = models.CharField(max_length=140)
    choice_en = models.CharField(max_length=60)
    choice_zh = models.CharField(max_length=60)
    picture = models.CharField(max_length=120)
    quantity = models.PositiveSmallIntegerField()
    # As listed by the shop, in the shop's currency.
    listed_price = amount_field("listed_currency")
    # Converted once, then multiplied: in the payment currency.
    unit_price = amount_field()
    total = amount_field()
    # The shop's coupon and the platform's, each cut over the lines by value.
    seller_discount = amount_field()
    platform_discount = amount_field()
    # What the buyer paid for it: what can go back.
    paid = amount_field()
    commission = amount_field()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(total=models.F("unit_price") * models.F("quantity")),
                name="order_line_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(
                    paid=models.F("total")
                    - models.F("seller_discount")
                    - models.F("platform_discount")
                )
                & Q(paid__gte=0, seller_discount__gte=0, platform_discount__gte=0),
                name="order_line_paid",
            ),
            models.CheckConstraint(
                condition=Q(commission__gte=0),
                name="order_line_commission",
            ),
        )

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"

    @property
    def title(self) -> str:
        return localized(self, "title")

    @property
    def choice(self) -> str:
        return localized(self, "choice")


class LineRefund(models.Model):
    """What of one line went back with one refund; without a line, of the shipping.

    ``units`` is 0 for an amount without the goods. ``coupon`` went back to the
    platform, ``commission`` it gave up.
    """

    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="line_refunds"
    )
    line = models.ForeignKey(
        OrderLine, null=True, on_delete=models.PROTECT, related_name="refunds"
    )
    hold_refund = models.ForeignKey(
        HoldRefund, on_delete=models.PROTECT, related_name="lines"
    )
    units = models.PositiveSmallIntegerField()
    amount = amount_field()
    coupon = amount_field()
    commission = amount_field()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gte=0, coupon__gte=0, commission__gte=0),
                name="line_refund_amounts",
            ),
            models.UniqueConstraint(
                fields=["hold_refund", "line"],
                nulls_distinct=False,
                name="line_refund_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.units} × {self.line_id or 'shipping'}: {self.amount}"


class Parcel(models.Model):
    """What the seller handed to a carrier (one parcel an order, for now)."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="parcel")
    carrier = models.CharField(max_length=40)
    tracking_number = models.CharField(max_length=40)
    shipped_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(
                fields=["tracking_number", "carrier"], name="parcel_by_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking_number}"
