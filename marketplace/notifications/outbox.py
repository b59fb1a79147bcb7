"""The outbox: mails wait in a table until the mail server has taken them.

A mail is posted in the transaction of what it is about, so there is one for every act
that happened and none for others. A row is claimed by pushing its date ahead, sent
outside of any transaction, and deleted. Killed in between, it is sent once more under
the same Message-ID, by which mail programs know it.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from email.utils import make_msgid, parseaddr
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kernel import clock
from kernel.db import command, outside_transaction
from kernel.worklist import commands as worklist
from marketplace.notifications.models import Letter, Notice
from marketplace.notifications.worklist import UNDELIVERABLE

log = logging.getLogger(__name__)

# Few at a time: the lease of what was claimed cannot run out before it is sent.
CHUNK = 10
LEASE = timedelta(minutes=10)
# While the server is away; it is tried for as long as it takes.
SERVER_PAUSE = timedelta(minutes=1)
# After these the server has refused one letter often enough: a matter for the desk.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 10, 60, 360, 1440))
# The server is there, but does not take this letter.
REFUSED = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError, ValueError)


class Backend(BaseEmailBackend):
    """Django's way to send a mail: puts it into the outbox (``EMAIL_BACKEND``)."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        post(email_messages, at=clock.now())
        return len(email_messages)


@command
def post(messages: Iterable[EmailMessage], *, at: datetime) -> None:
    """Let ``messages`` leave once this act is certain. They have no attachments."""
    Letter.objects.bulk_create(
        Letter(
            message_id=_new_id(),
            to=message.recipients(),
            subject=str(message.subject),
            body=str(message.body),
            html=_html(message),
            written_at=at,
            send_at=at,
        )
        for message in messages
    )


@command
def post_notices(notices: Iterable[Notice], *, at: datetime) -> None:
    """Let each notice leave as a mail, written when it is sent."""
    Letter.objects.bulk_create(
        Letter(message_id=_new_id(), notice=notice, written_at=at, send_at=at)
        for notice in notices
    )


@outside_transaction
def send_due(*, at: datetime, limit: int) -> int:
    """Send up to ``limit`` letters that are due; returns how many were taken up.

    With the server away, all of them wait; what it refuses waits alone, and is a task
    for the desk in the end.
    """
    taken_up = 0
    while taken_up < limit and (chunk := _claim(at, min(CHUNK, limit - taken_up))):
        taken_up += len(chunk)
        if not _deliver(chunk, at=at):
            break
    return taken_up


@command
def send_again(*, letter: Letter, at: datetime) -> None:
    """Let the next bell try a letter that was given up."""
    Letter.objects.filter(pk=letter.pk).update(send_at=at, tries=0)
    note = "to be sent again"
    worklist.close_tasks(keys=[_task_key(letter)], note=note, at=at)


def _claim(at: datetime, limit: int) -> list[Letter]:
    """Due letters that nobody else holds, taken by a lease on their date."""
    due = Letter.objects.filter(send_at__lte=at).order_by("send_at", "pk")
    with transaction.atomic():
        rows = due.select_for_update(skip_locked=True, no_key=True)
        ids = list(rows.values_list("pk", flat=True)[:limit])
        Letter.objects.filter(pk__in=ids).update(send_at=at + LEASE)
    claimed = Letter.objects.filter(pk__in=ids).order_by("pk")
    return list(claimed.select_related("notice__user"))


def _deliver(letters: Sequence[Letter], *, at: datetime) -> bool:
    """Send ``letters`` over one connection; False when the server is away."""
    waiting = list(letters)
    try:
        with get_connection(backend=settings.MAIL_CARRIER) as carrier:
            while waiting:
                _send(waiting[0], carrier, at=at)
                waiting.pop(0)
    except OSError as away:
        log.warning("the mail server is away, %d mails wait: %s", len(waiting), away)
        later = Letter.objects.filter(pk__in=[letter.pk for letter in waiting])
        later.update(send_at=at + SERVER_PAUSE, error=_words(away))
        return False
    return True


def _send(letter: Letter, carrier: BaseEmailBackend, *, at: datetime) -> None:
    try:
        carrier.send_messages([_message(letter)])
    except REFUSED as refusal:
        _refused(letter, _words(refusal), at=at)
    else:
        Letter.objects.filter(pk=letter.pk).delete()


@command
def _refused(letter: Letter, error: str, *, at: datetime) -> None:
    log.warning("mail %s is refused: %s", letter.message_id, error)
    pause = PAUSES[letter.tries] if letter.tries < len(PAUSES) else None
    Letter.objects.filter(pk=letter.pk).update(
        tries=letter.tries + 1, send_at=pause and at + pause, error=error
    )
    if pause is None:
        key = _task_key(letter)
        worklist.open_task(
            kind=UNDELIVERABLE, key=key, about=letter, detail=error, at=at
        )


def _task_key(letter: Letter) -> str:
    return f"{UNDELIVERABLE}:{letter.pk}"


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def _message(letter: Letter) -> EmailMessage:
    headers = {"Message-ID": letter.message_id}
    if letter.notice is not None:
        subject, body = _of_notice(letter.notice)
        to = [letter.notice.user.email]
        return EmailMessage(subject, body, to=to, headers=headers)
    message = EmailMultiAlternatives(
        letter.subject, letter.body, to=letter.to, headers=headers
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


def _of_notice(notice: Notice) -> tuple[str, str]:
    """Subject and text of a short mail in its reader's language."""
    reader = notice.user
    with translation.override(reader.language or settings.LANGUAGE_CODE):
        parts = (
            _("Hello %(name)s,") % {"name": reader.name or reader.email},
            notice.line,
            settings.ORIGIN + notice.path,
            "Danbao 担保",
        )
        return notice.title, "\n\n".join(parts)


def _new_id() -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]
    return make_msgid(domain=domain or "localhost")


def _html(message: EmailMessage) -> str:
    parts = getattr(message, "alternatives", [])
    return next((str(text) for text, kind in parts if kind == "text/html"), "")
