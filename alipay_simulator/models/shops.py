"""Shops of a platform (直付通): each is paid directly, through the platform's app."""

from django.db import models

from .people import Member


class SubMerchant(models.Model):
    """A shop registered by a platform, under a number (``smid``) of its own."""

    smid = models.CharField(max_length=16, unique=True)
    platform = models.ForeignKey(Member, models.PROTECT, related_name="sub_merchants")
    shop = models.OneToOneField(Member, models.PROTECT, related_name="registration")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.smid
