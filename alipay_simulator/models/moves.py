"""Every movement of money, written once."""

from django.db import models
from django.db.models import Q

from .people import Account
from .shares import Share
from .trades import Refund, Trade
from .transfers import Transfer


class Cause(models.TextChoices):
    """Why money moved; the bills put it in words."""

    OPENING = "opening"  # made out of nothing, for a new simulator
    TOP_UP = "top_up"  # the same, by hand in the control room
    PAYMENT = "payment"
    FEE = "fee"
    REFUND = "refund"
    RELEASE = "release"  # held or frozen money becomes usable
    SPLIT = "split"  # a royalty to a receiver
    SPLIT_BACK = "split_back"
    TRANSFER = "transfer"
    TRANSFER_BACK = "transfer_back"


class Move(models.Model):
    """One two-sided movement of money; never edited."""

    source = models.ForeignKey(Account, models.PROTECT, related_name="moves_out")
    target = models.ForeignKey(Account, models.PROTECT, related_name="moves_in")
    amount_fen = models.BigIntegerField()
    cause = models.CharField(max_length=13, choices=Cause)
    trade = models.ForeignKey(
        Trade, models.PROTECT, null=True, blank=True, related_name="moves"
    )
    refund = models.ForeignKey(
        Refund, models.PROTECT, null=True, blank=True, related_name="moves"
    )
    share = models.ForeignKey(
        Share, models.PROTECT, null=True, blank=True, related_name="moves"
    )
    transfer = models.ForeignKey(
        Transfer, models.PROTECT, null=True, blank=True, related_name="moves"
    )
    moved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0), name="move_amount_positive"
            ),
        )
        indexes = (
            models.Index(fields=["source", "moved_at"], name="move_out_by_day"),
            models.Index(fields=["target", "moved_at"], name="move_in_by_day"),
        )

    def __str__(self) -> str:
        return f"{self.cause} {self.amount_fen}"
