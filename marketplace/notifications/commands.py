"""Telling people: an inbox row now, a short mail after the commit."""

import logging
from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kernel.db import command
from marketplace.accounts.models import User
from marketplace.notifications.facts import packed
from marketplace.notifications.models import Notice
from marketplace.notifications.texts import TEXTS

log = logging.getLogger(__name__)


@command
def notify(
    *, user: User, kind: str, path: str, at: datetime, **facts: object
) -> Notice:
    """Put news into ``user``'s inbox and mail it once the caller's act is certain.

    :param kind: a key of ``texts.TEXTS``; :param path: the page it leads to, on this
    site; ``facts`` fill the text: text, numbers, Money and datetimes.
    """
    assert kind in TEXTS, f"there is no text for {kind!r}"
    assert path.startswith("/"), "notices lead to pages of this site"
    notice = Notice.objects.create(
        user=user, kind=kind, facts=packed(facts), path=path, at=at
    )
    transaction.on_commit(partial(_mail, notice, user), robust=True)
    return notice


@command
def mark_read(*, user: User, at: datetime, ids: Collection[int] | None = None) -> int:
    """Mark notices of ``user`` as read (all, or those of ``ids``); how many changed."""
    unread = Notice.objects.filter(user=user, read_at__isnull=True)
    if ids is not None:
        unread = unread.filter(pk__in=ids)
    return unread.update(read_at=at)


def _mail(notice: Notice, user: User) -> None:
    """Mail ``notice`` in the person's language; a dead mail server is only logged."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        body = "\n\n".join(
            (
                _("Hello %(name)s,") % {"name": user.name or user.email},
                notice.line,
                settings.ORIGIN + notice.path,
                "Danbao 担保",
            )
        )
        send_mail(notice.title, body, None, [user.email])
    log.debug("mailed notice %s", notice.pk)
