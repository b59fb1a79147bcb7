"""All writes of holds. Callers import this module: ``from escrow import commands``."""

from escrow.commands.clock import (
    CannotChangeClock,
    pause_release,
    resume_release,
    shorten_release,
    start_release_clock,
)
from escrow.commands.fees import book_fees
from escrow.commands.holds import (
    CannotHold,
    fund_holds,
    lock_hold,
    open_hold,
    revive_holds,
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
    refund_part,
    release_holds,
    settle_hold,
)
from escrow.commands.strays import refund_stray_payments, take_late_money

__all__ = [
    "CannotChangeClock",
    "CannotHold",
    "CannotRelease",
    "CannotSettle",
    "book_fees",
    "book_hand_payments",
    "book_rejected_refunds",
    "book_settled_refunds",
    "clear_holds",
    "fund_holds",
    "lock_hold",
    "open_hold",
    "pause_release",
    "refund_hold",
    "refund_part",
    "refund_stray_payments",
    "release_holds",
    "resume_release",
    "revive_holds",
    "settle_hold",
    "shorten_release",
    "start_release_clock",
    "take_late_money",
    "void_holds",
]
