"""The in-app inbox: short news for one person. It knows no reasons, only texts."""

from django.conf import settings
from django.db import models

from marketplace.notifications.facts import unpacked
from marketplace.notifications.texts import TEXTS, UNKNOWN, Text


class Notice(models.Model):
    """``kind`` names the text (see texts.py), ``facts`` fills it in the reader's
    language, ``path`` is where it leads."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    path = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(
                fields=["user"],
                condition=models.Q(read_at__isnull=True),
                name="notice_unread",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"

    @property
    def text(self) -> Text:
        return TEXTS.get(self.kind, UNKNOWN)

    @property
    def title(self) -> str:
        """The head of the news in the active language."""
        return str(self.text.title) % unpacked(self.facts)

    @property
    def line(self) -> str:
        """The news in one sentence, in the active language."""
        return str(self.text.line) % unpacked(self.facts)
