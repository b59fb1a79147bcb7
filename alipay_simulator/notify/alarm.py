"""The bell between whoever changes something and the sender's thread."""

import threading

_bell = threading.Event()


def ring() -> None:
    """There may be something to do at once: news, or a moved clock."""
    _bell.set()


def wait(seconds: float) -> None:
    """Sleep until the bell rings, at most this long."""
    _bell.wait(seconds)
    _bell.clear()
