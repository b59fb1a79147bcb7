"""What is to go wrong on purpose."""

from django.db import models
from django.db.models import Q

from .world import App


class Fault(models.Model):
    """One switched-on misbehaviour: what, for whom, and how often.

    Empty ``app``, ``out_trade_no`` and ``method`` mean all of them. ``times_left``
    counts down to 0; None goes on until it is switched off.
    """

    kind = models.CharField(max_length=32)
    app = models.ForeignKey(App, models.CASCADE, null=True, blank=True)
    out_trade_no = models.CharField(max_length=64, blank=True)
    method = models.CharField(max_length=64, blank=True)
    # What the kind needs to know, such as seconds.
    options = models.JSONField(default=dict, blank=True)
    times_left = models.PositiveIntegerField(null=True, blank=True)
    times_hit = models.PositiveIntegerField(default=0)
    is_on = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(fields=["kind"], condition=Q(is_on=True), name="fault_on"),
        )

    def __str__(self) -> str:
        return self.kind
