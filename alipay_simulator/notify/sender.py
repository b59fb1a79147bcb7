"""The thread that delivers what is due, and lets deadlines take effect.

Runs in the one serving process, so a set in memory suffices to keep an item
from being sent twice at once; after a crash the outbox is simply read again.
"""

import datetime as dt
import logging
import os
import signal
import threading
import time
from functools import cache
from urllib.parse import urlencode

import httpx
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from alipay_simulator import clock, signing
from alipay_simulator.models import Attempt, Notification, World
from alipay_simulator.rules import trades
from alipay_simulator.wire import CODECS

from . import alarm

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.25
"""How soon another process's changes (``… pay``) are noticed."""

AT_ONCE = 8
"""Deliveries under way at the same time; a slow merchant holds up one of them."""

SUCCESS = "success"


class Sender:
    """Owns the loop and the deliveries under way."""

    def __init__(self) -> None:
        self._under_way: set[int] = set()
        self._guard = threading.Lock()
        self._parent = os.getppid()

    def start(self) -> None:
        """Start the loop. It ends by itself when the main thread does."""
        threading.Thread(target=self._loop, name="notifier").start()

    def _loop(self) -> None:
        main = threading.main_thread()
        while main.is_alive():
            try:
                self._tick()
            except Exception:
                logger.exception("the notifier stumbled; it goes on")
            self._stop_if_orphaned()
            alarm.wait(POLL_SECONDS)
        connection.close()

    def _stop_if_orphaned(self) -> None:
        # If the supervising process was killed hard, nobody else stops us.
        if os.getppid() != self._parent:
            os.kill(os.getpid(), signal.SIGTERM)

    def _tick(self) -> None:
        at = clock.now()
        trades.sweep(at=at)
        due = Notification.objects.filter(due_at__lte=at).order_by("due_at", "pk")
        if World.load().notifications_paused:
            due = due.filter(forced=True)
        with self._guard:
            free = AT_ONCE - len(self._under_way)
            chosen = list(due.exclude(pk__in=self._under_way)[: max(free, 0)])
            self._under_way.update(item.pk for item in chosen)
        for item in chosen:
            threading.Thread(
                target=self._run, args=(item.pk,), name="delivery", daemon=True
            ).start()

    def _run(self, pk: int) -> None:
        try:
            deliver(pk)
        except Exception:
            logger.exception("delivery of notification %s failed inside", pk)
        finally:
            with self._guard:
                self._under_way.discard(pk)
            connection.close()
            alarm.ring()


def deliver(pk: int) -> None:
    """Make one attempt at a notification: sign freshly, send, log, decide on.

    No transaction is open while the merchant is being waited for.
    """
    item = Notification.objects.select_related("trade__entry__app").get(pk=pk)
    at = clock.now()
    body = signed_body(item, at)
    codec = CODECS[item.trade.entry.charset]
    attempt = Attempt(notification=item, sent_at=at, body=body)
    started = time.monotonic()
    try:
        response = _client().post(
            item.url,
            content=body,
            headers={
                "content-type": "application/x-www-form-urlencoded; "
                f"charset={item.trade.entry.charset}",
                "user-agent": "Mozilla/4.0",
            },
        )
        attempt.status_code = response.status_code
        attempt.answer = response.content[:2000].decode(codec, "replace")[:500]
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        attempt.error = f"{type(error).__name__}: {error}"[:200]
    attempt.milliseconds = int((time.monotonic() - started) * 1000)
    _record(attempt, at=clock.now())


@cache
def _client() -> httpx.Client:
    """Make the one client; not at import, which happens before the fork."""
    return httpx.Client(
        timeout=settings.NOTIFY_TIMEOUT_SECONDS,
        follow_redirects=False,
        trust_env=False,
        # A kept connection that died meanwhile would look like a refusal.
        limits=httpx.Limits(max_keepalive_connections=0),
    )


def signed_body(item: Notification, at: dt.datetime) -> str:
    """Return the form body of an attempt made now."""
    entry = item.trade.entry
    codec = CODECS[entry.charset]
    params = signing.sign_params(
        item.params | {"notify_time": clock.on_wire(at)},
        entry.app.alipay_private_key,
        codec,
    )
    return urlencode(params, encoding=codec, errors="replace")


@transaction.atomic
def _record(attempt: Attempt, *, at: dt.datetime) -> None:
    """Keep the attempt and plan the next one, unless the merchant has understood."""
    attempt.save()
    item = Notification.objects.get(pk=attempt.notification_id)
    waits = settings.RETRY_SECONDS
    if attempt.status_code == 200 and attempt.answer.strip() == SUCCESS:
        state, due_at = Notification.State.DELIVERED, None
    elif item.attempts_made < len(waits):
        state = Notification.State.PENDING
        due_at = at + dt.timedelta(seconds=waits[item.attempts_made])
    else:
        state, due_at = Notification.State.GIVEN_UP, None
    Notification.objects.filter(pk=item.pk).update(
        state=state,
        due_at=due_at,
        forced=False,
        attempts_made=F("attempts_made") + 1,
    )


def resend(item: Notification, *, at: dt.datetime) -> None:
    """Send it again now, whatever became of it and even while paused."""
    Notification.objects.filter(pk=item.pk).update(
        state=Notification.State.PENDING, due_at=at, forced=True
    )
    transaction.on_commit(alarm.ring)
