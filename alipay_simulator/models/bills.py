"""Statements that may be downloaded for a moment."""

from django.db import models

from .people import Member


class BillTicket(models.Model):
    """An address, good for seconds, behind which a bill is written out."""

    file_id = models.CharField(max_length=64, unique=True)
    seller = models.ForeignKey(Member, models.CASCADE)
    bill_type = models.CharField(max_length=32)
    bill_date = models.CharField(max_length=10)
    valid_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.bill_type} {self.bill_date}"
