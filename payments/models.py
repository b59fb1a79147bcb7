"""Payments: an amount somebody owes, the tries to pay it, and what Alipay said.

Knows a payer, an amount and a gateway; neither products nor orders.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from kernel.fields import amount_field
from kernel.lifecycle import HistoryRow
from kernel.money import from_minor


class Charge(models.Model):
    """One amount to be paid once, for everything in one checkout."""

    class Status(models.TextChoices):
        OPEN = "open", _("awaiting payment")
        PAID = "paid", _("paid")
        CLOSED = "closed", _("closed unpaid")

    reference = models.CharField(max_length=20, unique=True)
    payer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="charges"
    )
    amount = amount_field()
    # What the payer reads at the gateway: plain text, no markup.
    subject = models.CharField(max_length=120)
    # Where this application shows the thing that is paid for.
    home_path = models.CharField(max_length=200)
    status = models.CharField(max_length=20, choices=Status, default=Status.OPEN)
    opened_at = models.DateTimeField()
    # T1: unpaid by then, it is closed at the gateway and then here.
    expires_at = models.DateTimeField()
    # When the close is (re)tried: expires_at at first, later after an unknown answer.
    close_at = models.DateTimeField(null=True)
    # Somebody, or the deadline, has asked to close it: who, why and since when. It
    # stays open until the gateway has agreed, but no new attempt starts.
    closing_since = models.DateTimeField(null=True)
    closing_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closing_note = models.CharField(max_length=200, blank=True)
    paid_at = models.DateTimeField(null=True)
    # When it ended unpaid; it stays when late money has revived the charge since.
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="charge_positive"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "paid", "closed"]), name="charge_status"
            ),
            models.CheckConstraint(
                condition=Q(status="open", close_at__isnull=False) | ~Q(status="open"),
                name="charge_open_has_deadline",
            ),
        )
        indexes = (
            models.Index(
                fields=["close_at"], condition=Q(status="open"), name="charge_due"
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def is_closing(self) -> bool:
        """Still open only because the gateway has not agreed to the end yet."""
        return self.status == self.Status.OPEN and self.closing_since is not None


class ChargeMove(HistoryRow):
    subject = models.ForeignKey(
        Charge, on_delete=models.PROTECT, related_name="history"
    )


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


class Receipt(models.Model):
    """Money on our bank account, as the desk has read it off the bank's statement."""

    class Reason(models.TextChoices):
        STATEMENT = "statement", _("it is on the statement, with the reference")
        ADVICE = "advice", _("the bank has announced it")
        CLARIFIED = "clarified", _("clarified with the payer")

    attempt = models.OneToOneField(
        Attempt, on_delete=models.PROTECT, related_name="receipt"
    )
    amount = amount_field()
    received_on = models.DateField()
    # The bank's own number of the entry: one entry is recorded once.
    bank_number = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=12, choices=Reason)
    note = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_positive"),
        )

    def __str__(self) -> str:
        return self.bank_number


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


class Notification(models.Model):
    """The inbox: what a gateway sent, verbatim, before anybody believed it."""

    class Verdict(models.TextChoices):
        NEW = "new", _("not looked at yet")
        APPLIED = "applied", _("applied")
        REPEATED = "repeated", _("known already")
        IGNORED = "ignored", _("nothing to do")
        FORGED = "forged", _("signature wrong")
        FOREIGN = "foreign", _("meant for another app or seller")
        UNKNOWN = "unknown", _("unknown payment number")
        MISMATCH = "mismatch", _("amount or currency differs")

    # Somebody pretends to be the gateway, or two environments are mixed up.
    DISBELIEVED = (Verdict.FORGED, Verdict.FOREIGN)

    gateway = models.CharField(max_length=20)
    body = models.BinaryField()
    content_type = models.CharField(max_length=100, blank=True)
    remote_address = models.GenericIPAddressField(null=True)
    received_at = models.DateTimeField()
    notify_id = models.CharField(max_length=128, blank=True, db_index=True)
    number = models.CharField(max_length=64, blank=True, db_index=True)
    verdict = models.CharField(max_length=20, choices=Verdict, default=Verdict.NEW)
    detail = models.CharField(max_length=300, blank=True)
    attempt = models.ForeignKey(
        Attempt, null=True, on_delete=models.PROTECT, related_name="notifications"
    )
    answered = models.CharField(max_length=20, blank=True)
    # A row that could not be applied at once is looked at again then.
    apply_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-received_at", "-pk")
        triggers = (
            pgtrigger.Protect(
                name="notification_stays_verbatim",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "gateway", "body", "content_type", "remote_address", "received_at"
                ),
            ),
        )
        indexes = (
            models.Index(
                fields=["apply_at"],
                condition=Q(apply_at__isnull=False),
                name="notification_due",
            ),
            models.Index(
                fields=["gateway", "received_at"],
                condition=Q(verdict__in=["forged", "foreign"]),
                name="notification_disbelieved",
            ),
        )

    def __str__(self) -> str:
        return f"{self.notify_id or self.pk} for {self.number or '?'}"
