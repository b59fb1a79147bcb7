"""How long, and how many, wait for a gateway while somebody looks at an empty page.

A sweep may wait as long as a gateway needs. A page may not: it keeps a person and one
of the server's threads. So its calls end in time, only a few wait at once, and when
the gateway has not answered for a while, nobody waits at all.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import BoundedSemaphore

from payments.gateways.port import GatewayNotAsked, GatewayUnknown

# All calls of one page together.
PAGE_SECONDS = 5.0
# A call that cannot get as much is not begun.
SHORTEST_SECONDS = 0.2
# Of the demo's 16 threads; a gateway that is well answers twenty such a second.
MOST_AT_ONCE = 4
TURN_SECONDS = 0.5
# So many pages without any answer, one after the other, and it is left alone …
ENOUGH_SILENCE = 3
# … for so long; then one page tries again.
PAUSE_SECONDS = 10.0

_page_ends: ContextVar[float | None] = ContextVar("page_ends", default=None)


@contextmanager
def while_somebody_waits() -> Iterator[None]:
    """Everything inside is for one page, and ends with it. Also a decorator."""
    before = _page_ends.set(time.monotonic() + PAGE_SECONDS)
    try:
        yield
    finally:
        _page_ends.reset(before)


class Patience:
    """With one gateway; thread-safe."""

    def __init__(self) -> None:
        self._places = BoundedSemaphore(MOST_AT_ONCE)
        self._silent = 0
        self._quiet_until = 0.0

    @contextmanager
    def turn(self, usual: float) -> Iterator[float]:
        """One call, with the seconds that it may take: ``usual``, or the page's rest.

        What the call raises as :class:`GatewayUnknown` of code ``network`` counts as
        silence.

        :raises GatewayNotAsked: code ``network``: no call is made.
        """
        ends = _page_ends.get()
        if ends is None:
            yield usual
            return
        seconds = min(usual, ends - time.monotonic())
        if seconds < SHORTEST_SECONDS:
            raise GatewayNotAsked("network", "the page has waited long enough")
        if time.monotonic() < self._quiet_until:
            raise GatewayNotAsked("network", "it has not answered for a while")
        if not self._places.acquire(timeout=min(TURN_SECONDS, seconds)):
            raise GatewayNotAsked("network", "many wait for it already")
        try:
            yield min(seconds, ends - time.monotonic())
        except GatewayUnknown as unknown:
            self._note(answered=unknown.code != "network")
            raise
        else:
            self._note(answered=True)
        finally:
            self._places.release()

    def _note(self, *, answered: bool) -> None:
        self._silent = 0 if answered else self._silent + 1
        if self._silent >= ENOUGH_SILENCE:
            self._quiet_until = time.monotonic() + PAUSE_SECONDS
            # One more silence after the pause is enough for the next one.
            self._silent = ENOUGH_SILENCE - 1
