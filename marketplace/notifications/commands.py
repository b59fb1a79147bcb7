"""Telling people: an inbox row and a mail in the outbox, in the act's transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kernel.db import command
from marketplace.accounts.models import User
from marketplace.notifications import outbox
from marketplace.notifications.facts import packed
from marketplace.notifications.models import Notice
from marketplace.notifications.texts import TEXTS


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
    """Put news into inboxes, and mails of it into the outbox, in two queries."""
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
    outbox.post_notices(notices, at=at)
    return notices


@command
def mark_read(*, user: User, at: datetime, ids: Collection[int] | None = None) -> int:
    """Mark notices of ``user`` as read (all, or those of ``ids``); how many changed."""
    unread = Notice.objects.filter(user=user, read_at__isnull=True)
    if ids is not None:
        unread = unread.filter(pk__in=ids)
    return unread.update(read_at=at)
