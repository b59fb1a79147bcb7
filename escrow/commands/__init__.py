"""All writes of holds. Callers import this module: ``from escrow import commands``."""

from escrow.commands.clock import (
    CannotChangeClock,
    pause_release,
    resume_release,
    shorten_release,
    start_release_clock,
)
from escrow.commands.holds import (
    CannotHold,
    fund_holds,
    lock_hold,
    open_hold,
    refund_stray_payments,
    void_holds,
)
from escrow.commands.refunds import (
    book_hand_payments,
    book_rejected_refunds,
    book_settled_refunds,
)
from escrow.commands.settlement import (
    CannotRelease,
    CannotSettle,
    clear_holds,
    refund_hold,
    release_holds,
    settle_hold,
)

__all__ = [
    "CannotChangeClock",
    "CannotHold",
    "CannotRelease",
    "CannotSettle",
    "book_hand_payments",
    "book_rejected_refunds",
    "book_settled_refunds",
    "clear_holds",
    "fund_holds",
    "lock_hold",
    "open_hold",
    "pause_release",
    "refund_hold",
    "refund_stray_payments",
    "release_holds",
    "resume_release",
    "settle_hold",
    "shorten_release",
    "start_release_clock",
    "void_holds",
]
