"""Money a merchant sends to somebody (``alipay.fund.trans.uni.transfer``)."""

from django.db import models
from django.db.models import Q

from .people import Account, Member


class Transfer(models.Model):
    """One transfer, under a number the merchant chose.

    Normally it is over at once. A fault lets it wait until ``ends_at``, its money
    in transit, to succeed then or, if it has an ``error_code``, to fail and go back.
    """

    class Status(models.TextChoices):
        SUCCESS = "SUCCESS"
        DEALING = "DEALING"
        FAIL = "FAIL"
        REFUND = "REFUND"

    payer = models.ForeignKey(Member, models.PROTECT, related_name="transfers")
    payee = models.ForeignKey(Account, models.PROTECT, related_name="transfers_in")
    out_biz_no = models.CharField(max_length=64)
    order_id = models.CharField(max_length=64, unique=True)
    pay_fund_order_id = models.CharField(max_length=64, unique=True)
    asked = models.JSONField()
    amount_fen = models.BigIntegerField()
    title = models.CharField(max_length=128, blank=True)
    remark = models.CharField(max_length=200, blank=True)
    passback_params = models.CharField(max_length=512, blank=True)
    status = models.CharField(max_length=7, choices=Status)
    error_code = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["payer", "out_biz_no"], name="transfer_number_once"
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0), name="transfer_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(status="DEALING", ends_at__isnull=False)
                | (~Q(status="DEALING") & Q(ends_at=None)),
                name="transfer_dealing_until_when",
            ),
        )
        indexes = (
            models.Index(fields=["payer", "created_at"], name="transfer_by_day"),
            models.Index(
                fields=["ends_at"],
                condition=Q(ends_at__isnull=False),
                name="transfer_due",
            ),
        )

    def __str__(self) -> str:
        return self.out_biz_no
