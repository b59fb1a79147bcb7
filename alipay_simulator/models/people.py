"""Buyers and sellers, and the accounts money moves between."""

from django.db import models
from django.db.models import F, Q


class CardType(models.TextChoices):
    """What a bank card spends; in the words of the wire's ``fund_type``."""

    DEBIT = "DEBIT_CARD"  # money in the bank
    CREDIT = "CREDIT_CARD"  # the bank's line


class Standing(models.TextChoices):
    """Whether the wallet lets a buyer pay at all, and why not."""

    GOOD = "good"
    UNVERIFIED = "unverified"  # no real-name check yet
    REGION = "region"  # not from where this buyer is
    RISK = "risk"  # every payment looks suspicious
    BLOCKED = "blocked"


class Member(models.Model):
    """A person or company with a ``2088…`` number."""

    user_id = models.CharField(max_length=16, unique=True)
    logon_id = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100)
    is_seller = models.BooleanField(default=False)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.GOOD)
    # Both passwords are printed on the sign-in page; hashing them would only
    # pretend that they are secret.
    logon_password = models.CharField(max_length=32)
    pay_password = models.CharField(max_length=6)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.logon_id

    @property
    def masked_logon_id(self) -> str:
        """The sign-in name as merchants see it."""
        return mask_logon_id(self.logon_id)


def mask_logon_id(logon_id: str) -> str:
    """Hide half of a sign-in name: ``mei***@sandbox.com``, ``159****5620``."""
    local, at, domain = logon_id.partition("@")
    if at:
        return f"{local[:3]}***@{domain}"
    return f"{local[:3]}****{local[-4:]}"


class Account(models.Model):
    """One side of every movement of money.

    ``balance_fen`` is kept by the ledger alone. ``floor_fen`` is the least it
    may be: 0 for money of one's own, here or in a bank, minus the line for credit,
    None for where all money comes from. A seller has a MERCHANT account, what he may
    use, and a HELD one for money of trades that is his but not yet released.
    TRANSIT (slow refunds and transfers), FEES and OUTSIDE have no owner.
    """

    class Kind(models.TextChoices):
        BALANCE = "balance"
        CARD = "card"
        CREDIT = "credit"
        MERCHANT = "merchant"
        HELD = "held"
        TRANSIT = "transit"
        FEES = "fees"
        OUTSIDE = "outside"

    owner = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    label = models.CharField(max_length=60)
    label_zh = models.CharField(max_length=60)
    bank_code = models.CharField(max_length=8, blank=True)
    card_type = models.CharField(max_length=11, choices=CardType, blank=True)
    floor_fen = models.BigIntegerField(null=True, blank=True)
    # How much one payment, and all payments of a Beijing day, may take from it.
    payment_limit_fen = models.BigIntegerField(null=True, blank=True)
    day_limit_fen = models.BigIntegerField(null=True, blank=True)
    balance_fen = models.BigIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["owner", "kind", "label"], name="account_once"
            ),
            models.CheckConstraint(
                condition=Q(floor_fen=None) | Q(balance_fen__gte=F("floor_fen")),
                name="account_not_under_floor",
            ),
            models.CheckConstraint(
                condition=Q(kind="card", card_type__in=CardType.values)
                | (~Q(kind="card") & Q(card_type="")),
                name="account_card_has_type",
            ),
        )

    def __str__(self) -> str:
        return f"{self.label} of {self.owner}"

    @property
    def spendable_fen(self) -> int | None:
        """How much may leave now; None means without limit."""
        return None if self.floor_fen is None else self.balance_fen - self.floor_fen
