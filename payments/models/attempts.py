"""Attempts: the tries to pay a charge, one number at a gateway each."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from kernel.fields import amount_field
from kernel.lifecycle import HistoryRow
from kernel.money import from_minor
from payments.models.charges import Charge


class Attempt(models.Model):
    """One try to pay a charge: one number at the gateway. At most one is live."""

    class Method(models.TextChoices):
        REDIRECT = "alipay_redirect", _("Alipay, on its own page")
        WAP = "alipay_wap", _("Alipay, on a phone")
        QR = "alipay_qr", _("Alipay, by QR code")
        TRANSFER = "bank_transfer", _("bank transfer")

    class Status(models.TextChoices):
        STARTING = "starting", _("being prepared")
        LIVE = "live", _("waiting for the payer")
        PAID = "paid", _("paid")
        CLOSED = "closed", _("replaced or closed")
        EXPIRED = "expired", _("expired")
        FAILED = "failed", _("could not be started")

    LIVE_STATUSES = (Status.STARTING, Status.LIVE)
    # How ``last_answer`` begins when the gateway was asked and said nothing certain.
    NO_ANSWER = "no answer"

    charge = models.ForeignKey(
        Charge, on_delete=models.PROTECT, related_name="attempts"
    )
    # Our number at the gateway (out_trade_no): the charge's reference + a counter.
    number = models.CharField(max_length=64, unique=True)
    counter = models.PositiveSmallIntegerField()
    gateway = models.CharField(max_length=20)
    method = models.CharField(max_length=20, choices=Method)
    amount = amount_field()
    status = models.CharField(max_length=20, choices=Status, default=Status.STARTING)
    redirect_url = models.TextField(blank=True)
    qr_payload = models.CharField(max_length=500, blank=True)
    # The code drawn once as inline SVG.
    qr_svg = models.TextField(blank=True)
    # What the payer writes with a bank transfer.
    remittance = models.CharField(max_length=35, blank=True, db_index=True)
    provider_number = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    # T2 on our page; the gateway itself is told the same moment.
    expires_at = models.DateTimeField()
    # The query schedule of rules §5.3; None when nothing more is expected.
    query_at = models.DateTimeField(null=True)
    queries = models.PositiveSmallIntegerField(default=0)
    paid_at = models.DateTimeField(null=True)
    # The money came although the charge was paid or closed already: to be sent back.
    is_stray = models.BooleanField(default=False)
    # Another amount than asked for came, by the gateway's word, in minor units of its
    # currency: never a payment of the charge, always to be sent back.
    received_minor = models.BigIntegerField(null=True)
    received_currency = models.CharField(max_length=3, blank=True)
    last_answer = models.CharField(max_length=200, blank=True)
    # The country of the payer's network address, as the proxy in front says: a sign
    # for risk, never a reason to refuse.
    seen_from = models.CharField(max_length=2, blank=True)
    # Why it could not be started: a class of payments.advice.
    failure = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ("counter",)
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "starting",
                        "live",
                        "paid",
                        "closed",
                        "expired",
                        "failed",
                    ]
                ),
                name="attempt_status",
            ),
            models.UniqueConstraint(
                fields=["charge", "counter"], name="attempt_counter_once"
            ),
            models.UniqueConstraint(
                fields=["charge"],
                condition=Q(status__in=["starting", "live"]),
                name="attempt_one_live",
            ),
            models.UniqueConstraint(
                fields=["charge"],
                condition=Q(status="paid", is_stray=False),
                name="attempt_one_capture",
            ),
            models.CheckConstraint(
                condition=Q(received_minor__isnull=True, received_currency="")
                | Q(received_minor__gt=0, is_stray=True, status="paid")
                & ~Q(received_currency=""),
                name="attempt_other_amount_is_stray",
            ),
        )
        indexes = (
            models.Index(
                fields=["query_at"],
                condition=Q(query_at__isnull=False),
                name="attempt_query_due",
            ),
            models.Index(
                fields=["expires_at"],
                condition=Q(status__in=["starting", "live"]),
                name="attempt_expiry_due",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_live(self) -> bool:
        return self.status in self.LIVE_STATUSES

    @property
    def address_to_pay(self) -> str:
        """Where the payer goes next: the gateway's own page, the code, or ours."""
        if self.redirect_url:
            return self.redirect_url
        name = "payments:qr" if self.qr_payload else "payments:status"
        return reverse(name, args=[self.charge.reference])

    @property
    def came(self) -> Money:
        """What has come once it is paid: the amount, or the other one that came."""
        if self.received_minor is not None:
            return from_minor(self.received_minor, self.received_currency)
        amount: Money = self.amount
        return amount


class AttemptMove(HistoryRow):
    subject = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, related_name="history"
    )
