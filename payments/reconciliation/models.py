"""A provider's word on each day, next to ours, and where the two differ."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from payments.gateways.port import LineKind


class Finding(models.TextChoices):
    """What comparing one line with our rows has shown (rules §4.11)."""

    MATCHED = "matched", _("matched")
    MISSING_HERE = "missing_here", _("missing here")
    MISSING_THERE = "missing_there", _("missing there")
    AMOUNT = "amount_differs", _("amount differs")
    STATUS = "status_differs", _("status differs")


class Kind(models.TextChoices):
    PAYMENT = LineKind.PAYMENT.value, _("payment")
    REFUND = LineKind.REFUND.value, _("refund")
    FEE = LineKind.FEE.value, _("fee")
    OTHER = LineKind.OTHER.value, _("something else")


class Day(models.Model):
    """One finished Beijing day at one gateway, and what comparing it has shown."""

    gateway = models.CharField(max_length=20)
    day = models.DateField()
    # The statement that counts; None until one was read whole.
    statement = models.OneToOneField(
        "Statement", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # When it is (re)read, and compared again; None when nothing more is expected.
    fetch_at = models.DateTimeField(null=True)
    match_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    last_answer = models.CharField(max_length=300, blank=True)
    matched_at = models.DateTimeField(null=True)
    # Of the last comparison. ``awaited`` is booked here and may be on the next day's
    # statement, which was not read yet.
    lines = models.PositiveIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    missing_here = models.PositiveIntegerField(default=0)
    missing_there = models.PositiveIntegerField(default=0)
    amount_differs = models.PositiveIntegerField(default=0)
    status_differs = models.PositiveIntegerField(default=0)
    awaited = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-day", "gateway")
        constraints = (
            models.UniqueConstraint(
                fields=["gateway", "day"], name="reconciliation_day_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["fetch_at"],
                condition=Q(fetch_at__isnull=False),
                name="reconciliation_fetch_due",
            ),
            models.Index(
                fields=["match_at"],
                condition=Q(match_at__isnull=False),
                name="reconciliation_match_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.gateway}"

    @property
    def version(self) -> int:
        """Of the statement that counts, whose file is not loaded for it; 0 is none."""
        rows = Statement.objects.filter(pk=self.statement_id or 0)
        return rows.values_list("version", flat=True).first() or 0


class Statement(models.Model):
    """What a gateway sent about a day, verbatim. A corrected one is a new version."""

    day = models.ForeignKey(Day, on_delete=models.PROTECT, related_name="statements")
    version = models.PositiveSmallIntegerField()
    raw = models.BinaryField()
    # SHA-256 of the file, and of its lines: the same bill is a new file each time.
    raw_digest = models.CharField(max_length=64)
    lines_digest = models.CharField(max_length=64)
    fetched_at = models.DateTimeField()

    class Meta:
        ordering = ("day", "version")
        constraints = (
            models.UniqueConstraint(
                fields=["day", "version"], name="reconciliation_version_once"
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="statement_stays_verbatim",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
        )

    def __str__(self) -> str:
        return f"{self.day}, version {self.version}"


class Line(models.Model):
    """One line of a statement in our words; ``finding`` is the last comparison's."""

    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    number = models.CharField(max_length=64)
    refund_number = models.CharField(max_length=64, blank=True)
    provider_number = models.CharField(max_length=64, blank=True)
    # Minor units of ``currency``; a fee the provider gave back is negative.
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()
    finding = models.CharField(max_length=16, choices=Finding, blank=True)

    class Meta:
        ordering = ("statement", "position")
        constraints = (
            models.UniqueConstraint(
                fields=["statement", "position"], name="reconciliation_line_once"
            ),
        )
        indexes = (
            models.Index(fields=["number", "kind"], name="reconciliation_line_number"),
            models.Index(
                fields=["statement", "finding"], name="reconciliation_line_finding"
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="line_stays_as_read",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["finding"]),
            ),
            pgtrigger.Protect(name="line_stays", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return self.refund_number or self.number


class Total(models.Model):
    """A day's sums of one kind in one currency, theirs and ours, in minor units."""

    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="totals")
    kind = models.CharField(max_length=8, choices=Kind)
    currency = models.CharField(max_length=3)
    theirs_count = models.PositiveIntegerField()
    theirs_minor = models.BigIntegerField()
    fees_minor = models.BigIntegerField()
    ours_count = models.PositiveIntegerField()
    ours_minor = models.BigIntegerField()

    class Meta:
        ordering = ("kind", "currency")
        constraints = (
            models.UniqueConstraint(
                fields=["day", "kind", "currency"], name="reconciliation_total_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.currency}"


class Difference(models.Model):
    """Where a statement and our rows differ, until it is gone or explained."""

    class Resolution(models.TextChoices):
        OPEN = "", _("open")
        GONE = "gone", _("gone by itself")
        EXPLAINED = "explained", _("explained by the desk")

    class Reason(models.TextChoices):
        PROVIDER = "provider", _("the provider's mistake, which it has confirmed")
        ELSEWHERE = "elsewhere", _("not of this shop: another business of ours")
        BY_HAND = "by_hand", _("made right by hand")
        OTHER = "other", _("something else")

    day = models.ForeignKey(Day, on_delete=models.PROTECT, related_name="differences")
    # Everything that is compared, as one digest: changed, it is another difference.
    key = models.CharField(max_length=32)
    finding = models.CharField(max_length=16, choices=Finding)
    kind = models.CharField(max_length=8, choices=Kind)
    number = models.CharField(max_length=64)
    refund_number = models.CharField(max_length=64, blank=True)
    provider_number = models.CharField(max_length=64, blank=True)
    theirs_minor = models.BigIntegerField(null=True)
    theirs_currency = models.CharField(max_length=3, blank=True)
    theirs_at = models.DateTimeField(null=True)
    ours_minor = models.BigIntegerField(null=True)
    ours_currency = models.CharField(max_length=3, blank=True)
    ours_status = models.CharField(max_length=20, blank=True)
    ours_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    resolution = models.CharField(max_length=10, choices=Resolution, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["day", "key"],
                condition=~Q(resolution="gone"),
                name="reconciliation_difference_once",
            ),
            models.CheckConstraint(
                condition=Q(resolution="", closed_at__isnull=True)
                | Q(resolution="gone", closed_at__isnull=False)
                | Q(
                    resolution="explained",
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                )
                & ~Q(note="")
                & ~Q(reason=""),
                name="reconciliation_difference_ended",
            ),
        )

    def __str__(self) -> str:
        return self.refund_number or self.number or self.provider_number
