"""Delivering one notification: as it should be, or as the faults have it."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import F

from alipay_simulator import clock
from alipay_simulator.models import Attempt, Fault, Notification
from alipay_simulator.rules import faults
from alipay_simulator.rules.faults import Kind

from . import alarm
from .falsehoods import FALSE
from .post import is_understood, post

State = Notification.State


def deliver(pk: int) -> None:
    """Make one attempt at a notification: sign, send, log, decide on.

    What somebody sends again by hand goes out as it should.
    """
    item = Notification.objects.select_related(
        "trade__entry__app", "trade__intent"
    ).get(pk=pk)
    at = clock.now()
    if item.forced or not faults.are_on(*FALSE, Kind.NEWS_LOST, Kind.NEWS_TWICE):
        _record(item, [post(item, at)])
        return
    for kind in FALSE:
        if _strikes(item, kind, at):
            post(item, at, false=kind).save()
    if _strikes(item, Kind.NEWS_LOST, at):
        _lose(item, at)
    elif twice := _strikes(item, Kind.NEWS_TWICE, at):
        _record(item, _post_twice(item, at, twice))
    else:
        _record(item, [post(item, at)])


def _strikes(item: Notification, kind: Kind, at: dt.datetime) -> Fault | None:
    entry, number = item.trade.entry, item.trade.intent.out_trade_no
    return faults.take(kind, at=at, app=entry.app, out_trade_no=number)


def _post_twice(item: Notification, at: dt.datetime, fault: Fault) -> list[Attempt]:
    if not fault.options.get("parallel", True):
        return [post(item, at), post(item, clock.now())]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(partial(post, item), (at, at)))


@transaction.atomic
def _record(item: Notification, attempts: list[Attempt]) -> None:
    """Keep what was tried and plan the next time, unless the merchant has understood.

    However often it was sent now, it counts once.
    """
    at = clock.now()
    for attempt in attempts:
        attempt.save()
    made = Notification.objects.get(pk=item.pk).attempts_made
    waits = settings.RETRY_SECONDS
    if any(is_understood(attempt) for attempt in attempts):
        state, due_at = State.DELIVERED, None
    elif made < len(waits):
        state, due_at = State.PENDING, at + dt.timedelta(seconds=waits[made])
    else:
        state, due_at = State.GIVEN_UP, None
    Notification.objects.filter(pk=item.pk).update(
        state=state,
        due_at=due_at,
        forced=False,
        held_back=False,
        attempts_made=F("attempts_made") + 1,
    )
    _let_go(item, at)


def _let_go(item: Notification, at: dt.datetime) -> None:
    """Older news of the trade that waited for this to be out comes now."""
    waiting = Notification.objects.filter(
        trade=item.trade_id, pk__lt=item.pk, held_back=True
    )
    if waiting.update(held_back=False, due_at=at):
        transaction.on_commit(alarm.ring)


@transaction.atomic
def _lose(item: Notification, at: dt.datetime) -> None:
    Attempt.objects.create(notification=item, sent_at=at, fault=Kind.NEWS_LOST)
    Notification.objects.filter(pk=item.pk).update(state=State.GIVEN_UP, due_at=None)
