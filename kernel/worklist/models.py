"""Tasks: what only a person at the desk can bring to an end.

Every app may leave one; the worklist knows no app, only labels and numbers.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Task(models.Model):
    """One thing to be looked after, until somebody (or a later success) closes it."""

    class Queue(models.TextChoices):
        FINANCE = "finance", _("finance")
        SUPPORT = "support", _("support")
        RISK = "risk", _("risk")
        OPERATIONS = "operations", _("operations")

    # What the task is about, in one word per cause: one open task for each.
    key = models.CharField(max_length=200)
    queue = models.CharField(max_length=12, choices=Queue)
    kind = models.CharField(max_length=40)
    # The row it is about: "escrow.hold" and its primary key, and what people call it.
    subject_model = models.CharField(max_length=60, blank=True)
    subject_pk = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=100, blank=True)
    detail = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # For work that a machine goes on trying: how often it did, and when it will.
    tries = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closing_note = models.TextField(blank=True)

    class Meta:
        ordering = ("due_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(closed_at__isnull=True),
                name="task_open_once",
            ),
        )
        indexes = (
            models.Index(
                fields=["queue", "due_at"],
                condition=Q(closed_at__isnull=True),
                name="task_open",
            ),
            models.Index(
                fields=["kind", "subject_pk"],
                condition=Q(closed_at__isnull=True),
                name="task_open_about",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
