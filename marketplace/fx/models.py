"""Exchange quotes: a rate with a beginning and an end, shown before it is used."""

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
