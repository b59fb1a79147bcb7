"""Orders the gateway was told of, and the trades they became."""

from django.db import models
from django.db.models import F, Q

from .people import Account, Member
from .shops import SubMerchant
from .world import App


class Product(models.TextChoices):
    """The door by which an order came."""

    PAGE = "page"
    WAP = "wap"
    QR = "qr"
    CREATE = "create"  # made by the merchant for a buyer he knows


class Status(models.TextChoices):
    """The four states of a trade, in the words of the wire."""

    WAITING = "WAIT_BUYER_PAY"
    PAID = "TRADE_SUCCESS"
    CLOSED = "TRADE_CLOSED"
    FINISHED = "TRADE_FINISHED"


class Intent(models.Model):
    """An order without a trade yet: nobody has scanned or signed in."""

    seller = models.ForeignKey(Member, models.PROTECT, related_name="intents")
    out_trade_no = models.CharField(max_length=64)
    total_fen = models.BigIntegerField()
    subject = models.CharField(max_length=256)
    body = models.CharField(max_length=400, blank=True)
    passback_params = models.CharField(max_length=512, blank=True)
    created_at = models.DateTimeField()
    # None: the time runs from the moment the buyer is known (wap.pay).
    expires_at = models.DateTimeField(null=True, blank=True)
    time_allowed = models.CharField(max_length=6, blank=True)
    cancelled = models.BooleanField(default=False)
    store_id = models.CharField(max_length=32, blank=True)
    operator_id = models.CharField(max_length=28, blank=True)
    terminal_id = models.CharField(max_length=32, blank=True)
    # The shop of a platform that is paid; its money is held until confirmed, at
    # the latest so many days after the payment.
    sub_merchant = models.ForeignKey(
        SubMerchant, models.PROTECT, null=True, blank=True, related_name="intents"
    )
    settle_days = models.PositiveSmallIntegerField(null=True, blank=True)
    # The seller's money waits frozen to be split, 30 days at the most.
    royalty_freeze = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(sub_merchant=None, settle_days=None)
                | Q(sub_merchant__isnull=False, settle_days__gte=1),
                name="intent_shop_has_period",
            ),
            models.UniqueConstraint(
                fields=["seller", "out_trade_no"], name="intent_once_per_seller"
            ),
            models.CheckConstraint(
                condition=Q(total_fen__gt=0), name="intent_total_positive"
            ),
        )
        # Whoever pays or looks knows the number, not whose it is.
        indexes = (models.Index(fields=["out_trade_no"], name="intent_number"),)

    def __str__(self) -> str:
        return self.out_trade_no

    @property
    def payee(self) -> Member:
        """Whose money it will be: the shop's where there is one, or the seller's."""
        return self.sub_merchant.shop if self.sub_merchant else self.seller


class Entry(models.Model):
    """One way into an intent: a QR code, or one opening of the cashier.

    Each has its own addresses and channel limits. ``code`` is what stands in
    its QR code, ``token`` names its page at the cashier.
    """

    intent = models.ForeignKey(Intent, models.PROTECT, related_name="entries")
    app = models.ForeignKey(App, models.PROTECT)
    product = models.CharField(max_length=6, choices=Product)
    token = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=32, unique=True)
    notify_url = models.CharField(max_length=256, blank=True)
    return_url = models.CharField(max_length=256, blank=True)
    quit_url = models.CharField(max_length=400, blank=True)
    charset = models.CharField(max_length=10)
    enable_channels = models.CharField(max_length=128, blank=True)
    disable_channels = models.CharField(max_length=128, blank=True)
    created_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.product} {self.code}"


class Trade(models.Model):
    """An intent that has met its buyer."""

    intent = models.OneToOneField(Intent, models.PROTECT, related_name="trade")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="trades")
    trade_no = models.CharField(max_length=64, unique=True)
    buyer = models.ForeignKey(Member, models.PROTECT, related_name="trades")
    status = models.CharField(max_length=16, choices=Status, default=Status.WAITING)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    paid_from = models.ForeignKey(Account, models.PROTECT, null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    refunded_fen = models.BigIntegerField(default=0)
    # What the gateway charged with the payment.
    fee_fen = models.BigIntegerField(default=0)
    # Of the payee's money from this trade: what is held until it is confirmed, what
    # is frozen to be split, what was given to royalty receivers and not fetched
    # back, what was confirmed.
    held_fen = models.BigIntegerField(default=0)
    frozen_fen = models.BigIntegerField(default=0)
    split_fen = models.BigIntegerField(default=0)
    confirmed_fen = models.BigIntegerField(default=0)
    # When held and frozen money is released by itself; None once none is left.
    release_at = models.DateTimeField(null=True, blank=True)
    thaw_at = models.DateTimeField(null=True, blank=True)
    # What alipay.trade.cancel did, so that its repeat says the same.
    cancel_action = models.CharField(max_length=6, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="trade_status_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    refunded_fen__gte=0,
                    fee_fen__gte=0,
                    held_fen__gte=0,
                    frozen_fen__gte=0,
                    split_fen__gte=0,
                    confirmed_fen__gte=0,
                ),
                name="trade_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(held_fen=0) | Q(release_at__isnull=False),
                name="trade_held_until_when",
            ),
            models.CheckConstraint(
                condition=Q(frozen_fen=0) | Q(thaw_at__isnull=False),
                name="trade_frozen_until_when",
            ),
            models.CheckConstraint(
                condition=Q(paid_at=None, paid_from=None)
                | Q(paid_at__isnull=False, paid_from__isnull=False),
                name="trade_paid_from_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(refunded_fen=0) | Q(paid_at__isnull=False),
                name="trade_refund_needs_payment",
            ),
        )
        indexes = (
            models.Index(fields=["status", "expires_at"], name="trade_deadline"),
            models.Index(fields=["status", "paid_at"], name="trade_window"),
            # For bills, which take every trade of a day in its order.
            models.Index(
                fields=["paid_at"],
                condition=Q(paid_at__isnull=False),
                name="trade_by_payment",
            ),
            models.Index(
                fields=["release_at"],
                condition=Q(release_at__isnull=False),
                name="trade_release",
            ),
            models.Index(
                fields=["thaw_at"],
                condition=Q(thaw_at__isnull=False),
                name="trade_thaw",
            ),
        )

    def __str__(self) -> str:
        return self.trade_no

    @property
    def is_paid(self) -> bool:
        """Whether a buyer ever paid it, wholly refunded since or not."""
        return self.paid_at is not None

    @property
    def left_fen(self) -> int:
        """What could still be refunded."""
        return self.intent.total_fen - self.refunded_fen


class Refund(models.Model):
    """Money that went back to the buyer, under a number the merchant chose.

    ``settled_at`` is None while it is still on its way (a fault makes it so), to
    arrive at ``settles_at``.
    """

    trade = models.ForeignKey(Trade, models.PROTECT, related_name="refunds")
    out_request_no = models.CharField(max_length=64)
    amount_fen = models.BigIntegerField()
    total_after_fen = models.BigIntegerField(help_text="all refunds, this included")
    reason = models.CharField(max_length=256, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settles_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["trade", "out_request_no"], name="refund_number_once"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settles_at__isnull=False)
                | Q(settled_at__isnull=False, settles_at=None),
                name="refund_arrives_once",
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0, total_after_fen__gte=F("amount_fen")),
                name="refund_amount_positive",
            ),
        )
        indexes = (
            models.Index(fields=["created_at"], name="refund_by_day"),
            models.Index(
                fields=["settles_at"],
                condition=Q(settles_at__isnull=False),
                name="refund_due",
            ),
        )

    def __str__(self) -> str:
        return self.out_request_no
