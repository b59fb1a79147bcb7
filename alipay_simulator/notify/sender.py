"""The thread that delivers what is due, and lets deadlines take effect.

Runs in the one serving process, so a set in memory suffices to keep an item
from being sent twice at once; after a crash the outbox is simply read again.
"""

import logging
import os
import signal
import threading

from django.db import connection

from alipay_simulator import clock
from alipay_simulator.models import Notification, World
from alipay_simulator.rules import sweeps

from . import alarm
from .delivery import deliver

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.25
"""How soon another process's changes (``… pay``) are noticed."""

AT_ONCE = 8
"""Deliveries under way at the same time; a slow merchant holds up one of them."""


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
        sweeps.sweep(at=at)
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
        except Notification.DoesNotExist:
            pass  # the simulator was reset meanwhile
        except Exception:
            logger.exception("delivery of notification %s failed inside", pk)
        finally:
            with self._guard:
                self._under_way.discard(pk)
            connection.close()
            alarm.ring()
