"""The outbox of notifications, and what became of each attempt."""

from django.db import models
from django.db.models import Q

from .trades import Trade


class Event(models.TextChoices):
    """What a merchant may be told of."""

    CREATED = "created"
    PAID = "paid"
    PART_REFUND = "part_refund"
    FULL_REFUND = "full_refund"
    CLOSED = "closed"
    FINISHED = "finished"


class Notification(models.Model):
    """One event to tell one address, until it answers ``success``.

    Written in the transaction of the event itself. ``params`` are all fields
    but the time of sending and the signature, which each attempt adds anew.
    """

    class State(models.TextChoices):
        PENDING = "pending"
        DELIVERED = "delivered"
        GIVEN_UP = "given_up"

    trade = models.ForeignKey(Trade, models.PROTECT, related_name="notifications")
    event = models.CharField(max_length=12, choices=Event)
    notify_id = models.CharField(max_length=34, unique=True)
    url = models.CharField(max_length=256)
    params = models.JSONField()
    state = models.CharField(max_length=9, choices=State, default=State.PENDING)
    attempts_made = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    # Waits on purpose until newer news of its trade is out, or until due_at.
    held_back = models.BooleanField(default=False)
    # Asked for by hand: goes out even while notifications are paused.
    forced = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(due_at=None) | Q(state="pending"),
                name="notification_due_only_if_pending",
            ),
        )
        indexes = (
            models.Index(
                fields=["due_at"],
                name="notification_due",
                condition=Q(due_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.notify_id


class Attempt(models.Model):
    """One delivery: what was sent, and what came back.

    ``fault`` names what made it false, or lost it: then nothing was sent.
    """

    notification = models.ForeignKey(
        Notification, models.PROTECT, related_name="attempts"
    )
    sent_at = models.DateTimeField()
    body = models.TextField(blank=True)
    status_code = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    error = models.CharField(max_length=200, blank=True)
    fault = models.CharField(max_length=32, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.status_code or self.error}"
