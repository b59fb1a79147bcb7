"""The clock's offset, and the apps that may call the gateway."""

import datetime as dt
from typing import Self

from django.db import models

from .one import only
from .people import Member


class World(models.Model):
    """What holds for the whole simulator. One row."""

    clock_offset = models.DurationField(default=dt.timedelta(0))
    notifications_paused = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(pk=1), name="world_is_one"),
        )

    def __str__(self) -> str:
        return f"{self.clock_offset} ahead"

    @classmethod
    def load(cls) -> Self:
        """Return the one row, or its defaults before anything was set."""
        return only(cls.objects.filter(pk=1)) or cls(pk=1)


class App(models.Model):
    """What has an ``app_id``: a merchant's program, with its keys.

    Its private key is not here; only the merchant has that.
    """

    app_id = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=100)
    seller = models.ForeignKey(Member, models.PROTECT, related_name="apps")
    public_key = models.TextField(blank=True, help_text="PEM; empty: not uploaded")
    alipay_private_key = models.TextField()
    alipay_public_key = models.TextField()
    # Base64 of 16 bytes; empty: no content encryption.
    aes_key = models.CharField(max_length=24, blank=True)
    fee_basis_points = models.PositiveSmallIntegerField(default=0)
    royalty_max_percent = models.PositiveSmallIntegerField(default=30)
    transfer_max_fen = models.BigIntegerField(default=10_000_000)
    # Day bills exist from 09:00 of the next day, month bills from the 3rd.
    bills_wait = models.BooleanField(default=False)
    enabled = models.BooleanField(default=True)
    disabled_methods = models.JSONField(default=list, blank=True)
    # None: the documented matrix of each product. A list: exactly these events.
    notify_events = models.JSONField(null=True, blank=True, default=None)

    def __str__(self) -> str:
        return self.app_id
