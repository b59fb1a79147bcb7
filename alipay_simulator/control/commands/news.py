"""Notifications: the log, sending one again, and holding all of them back."""

from django.db.models import QuerySet

from alipay_simulator import clock
from alipay_simulator.control import paging, show
from alipay_simulator.control.asked import Asked, NotFound
from alipay_simulator.control.doors import Fields
from alipay_simulator.models import Notification, World
from alipay_simulator.notify import alarm, outbox

from . import listing


def search(fields: Fields) -> Fields:
    """List notifications, newest first, with everything that was tried."""
    asked = Asked(fields, "state", "out_trade_no", *listing.FIELDS)
    page = find(asked)
    rows = [show.notification(item) for item in page.rows]
    return listing.told("notifications", page, rows)


def find(asked: Asked) -> paging.Page:
    """Return a page of notifications, all or those in one state or of one order."""
    rows, size = notifications(), listing.size(asked)
    number = asked.text("out_trade_no", longest=64)
    state = asked.choice("state", Notification.State.values)
    if state:
        rows = rows.alias(now=paging.plain("state")).filter(now=state)
    if number:
        found = rows.filter(trade__intent__out_trade_no=number).order_by("-pk")[:size]
        return paging.Page(list(found), None, is_full=True)
    return paging.newest(
        rows, before=listing.before(asked), size=size, is_filtered=bool(state)
    )


def notifications() -> QuerySet[Notification]:
    """Return all notifications with what is shown about them."""
    return Notification.objects.select_related("trade__intent").prefetch_related(
        "attempts"
    )


def resend(fields: Fields, pk: int) -> Fields:
    """Send a notification again now, even while notifications are paused."""
    Asked(fields)
    item = notifications().filter(pk=pk).first()
    if item is None:
        raise NotFound(f"no notification {pk}")
    outbox.resend(item, at=clock.now())
    item.refresh_from_db()
    return show.notification(item)


def pause(fields: Fields) -> Fields:
    """Hold all notifications back (``paused: true``), or let them go."""
    paused = Asked(fields, "paused").flag("paused")
    World.objects.update_or_create(pk=1, defaults={"notifications_paused": paused})
    alarm.ring()
    return {"paused": paused}
