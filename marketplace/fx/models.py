"""Exchange quotes, and how the reference rates are kept fresh."""

from django.conf import settings
from django.db import models


class Quote(models.Model):
    """``rate`` units of ``target`` for one unit of ``source``, valid until it expires.

    ``mid_rate`` is the published rate; ``rate`` includes the disclosed spread. Placing
    an order freezes the quote for that order (rules §4.8).
    """

    reference = models.CharField(max_length=20, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    source = models.CharField(max_length=3)
    target = models.CharField(max_length=3)
    mid_rate = models.DecimalField(max_digits=20, decimal_places=10)
    spread = models.DecimalField(max_digits=6, decimal_places=5)
    rate = models.DecimalField(max_digits=20, decimal_places=10)
    rate_date = models.DateField()
    quoted_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(
                fields=["user", "source", "target", "-expires_at"], name="quote_latest"
            ),
        )

    def __str__(self) -> str:
        return f"1 {self.source} = {self.rate} {self.target}"


class RatesFetch(models.Model):
    """When the ECB's file is asked for next, and what became of the last time.

    One row. The rates themselves are a file (``RATES_FILE``): the ECB's own.
    """

    ONLY = 1

    due_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    # Since the last success.
    failures = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(pk=1), name="fx_rates_are_fetched_once"
            ),
        )

    def __str__(self) -> str:
        return "ECB"
