"""Seeing that what is due happens, also where nobody looks."""

import datetime as dt

from . import trades, transfers


def sweep(*, at: dt.datetime) -> int:
    """Let a bounded batch of what is due take effect; return how much that was."""
    return trades.sweep(at=at) + transfers.sweep(at=at)
