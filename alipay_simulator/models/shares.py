"""What leaves a paid trade for others, and what held money became free."""

from django.db import models
from django.db.models import F, Q

from .people import Account, Member
from .trades import Trade


class NumberedRequest(models.Model):
    """A request that counts once: its number, and what it asked for.

    ``answer`` is what was answered the first time.
    """

    seller = models.ForeignKey(Member, models.PROTECT)
    method = models.CharField(max_length=64)
    number = models.CharField(max_length=64)
    asked = models.JSONField()
    answer = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["seller", "method", "number"], name="request_number_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.method} {self.number}"


class Receiver(models.Model):
    """Somebody a seller may give a share of his trades to."""

    seller = models.ForeignKey(Member, models.PROTECT, related_name="receivers")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    # As the seller named it: userId, loginName or openId, and the account.
    kind = models.CharField(max_length=10)
    account = models.CharField(max_length=100)
    name = models.CharField(max_length=100, blank=True)
    memo = models.CharField(max_length=100, blank=True)
    bound_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["seller", "member"], name="receiver_bound_once"
            ),
        )

    def __str__(self) -> str:
        return self.account


class Settlement(models.Model):
    """One ``alipay.trade.order.settle``: shares of a trade, all or nothing."""

    trade = models.ForeignKey(Trade, models.PROTECT, related_name="settlements")
    out_request_no = models.CharField(max_length=64)
    settle_no = models.CharField(max_length=64, unique=True)
    finishes = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["trade", "out_request_no"], name="settlement_number_once"
            ),
        )

    def __str__(self) -> str:
        return self.settle_no


class Share(models.Model):
    """What one receiver got from a trade, and what was fetched back since.

    With an ``error_code`` he got nothing: that part of the request failed.
    """

    class Kind(models.TextChoices):
        TRANSFER = "transfer"
        REPLENISH = "replenish"  # from a receiver, or the platform, to the payee

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="shares")
    kind = models.CharField(max_length=9, choices=Kind)
    detail_id = models.CharField(max_length=64, unique=True)
    source = models.ForeignKey(Account, models.PROTECT, related_name="+")
    target = models.ForeignKey(Account, models.PROTECT, related_name="+")
    amount_fen = models.BigIntegerField()
    returned_fen = models.BigIntegerField(default=0)
    desc = models.CharField(max_length=1000, blank=True)
    scene = models.CharField(max_length=32, blank=True)
    error_code = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    amount_fen__gt=0,
                    returned_fen__gte=0,
                    amount_fen__gte=F("returned_fen"),
                ),
                name="share_amounts",
            ),
        )

    def __str__(self) -> str:
        return self.detail_id


class Confirmation(models.Model):
    """Held money released to its shop, by the platform or by the period's end."""

    trade = models.ForeignKey(Trade, models.PROTECT, related_name="confirmations")
    # Empty: nobody asked, the period was over.
    out_request_no = models.CharField(max_length=64, blank=True)
    serial_no = models.CharField(max_length=64, unique=True)
    amount_fen = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0), name="confirmation_positive"
            ),
        )

    def __str__(self) -> str:
        return self.serial_no
