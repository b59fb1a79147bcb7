"""The in-app inbox, and the mails that wait to be sent. They know no reasons."""

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


class Letter(models.Model):
    """A mail that has not left yet; deleted when the mail server has taken it.

    Either of a notice, and then written when it is sent, or a text of its own.
    """

    # The same however often it is sent: mail programs know a repeat by it.
    message_id = models.CharField(max_length=254, unique=True)
    notice = models.OneToOneField(
        Notice, null=True, on_delete=models.CASCADE, related_name="letter"
    )
    to = models.JSONField(default=list)
    subject = models.TextField(blank=True)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    written_at = models.DateTimeField()
    # None once it was refused too often: the desk has a task.
    send_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["send_at"],
                condition=models.Q(send_at__isnull=False),
                name="letter_due",
            ),
        )

    def __str__(self) -> str:
        return self.subject or str(self.notice)
