"""Telling people: an inbox row now, a short mail after the commit."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kernel.db import command
from marketplace.accounts.models import User
from marketplace.notifications.facts import packed
from marketplace.notifications.models import Notice
from marketplace.notifications.texts import TEXTS

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class News:
    """One piece of news: ``kind`` is a key of ``texts.TEXTS``, ``path`` the page of
    this site it leads to; ``facts`` fill the text (texts, numbers, Money, moments)."""

    user: User
    kind: str
    path: str
    facts: Mapping[str, object]


@command
def notify(*, news: Sequence[News], at: datetime) -> list[Notice]:
    """Put news into inboxes in one query, and mail it once the act is certain."""
    for item in news:
        assert item.kind in TEXTS, f"there is no text for {item.kind!r}"
        assert item.path.startswith("/"), "notices lead to pages of this site"
    notices = Notice.objects.bulk_create(
        Notice(
            user=item.user,
            kind=item.kind,
            facts=packed(item.facts),
            path=item.path,
            at=at,
        )
        for item in news
    )
    transaction.on_commit(partial(_mail, notices), robust=True)
    return notices


@command
def mark_read(*, user: User, at: datetime, ids: Collection[int] | None = None) -> int:
    """Mark notices of ``user`` as read (all, or those of ``ids``); how many changed."""
    unread = Notice.objects.filter(user=user, read_at__isnull=True)
    if ids is not None:
        unread = unread.filter(pk__in=ids)
    return unread.update(read_at=at)


def _mail(notices: Sequence[Notice]) -> None:
    """Mail notices over one connection; a dead mail server stops no business."""
    try:
        get_connection().send_messages([_letter(notice) for notice in notices])
    except OSError:
        log.exception("could not mail %d notices", len(notices))


def _letter(notice: Notice) -> EmailMessage:
    """``notice`` as a short mail in its reader's language."""
    reader = notice.user
    with translation.override(reader.language or settings.LANGUAGE_CODE):
        parts = (
            _("Hello %(name)s,") % {"name": reader.name or reader.email},
            notice.line,
            settings.ORIGIN + notice.path,
            "Danbao 担保",
        )
        return EmailMessage(notice.title, "\n\n".join(parts), to=[reader.email])
