"""Facts that escrow announces; orders reacts to them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class HoldsFunded:
    hold_ids: frozenset[int]
    at: datetime


@dataclass(frozen=True)
class HoldsPaidLate:
    """All money of these void holds, those of one charge, came by ``attempt_id`` soon
    after time had closed it.

    Whoever is above revives them all (:func:`escrow.commands.revive_holds`), or has
    the money sent back (:func:`escrow.commands.refund_stray_payments`).
    """

    hold_ids: frozenset[int]
    attempt_id: int
    at: datetime


@dataclass(frozen=True)
class StraysReturning:
    """What came by these attempts pays nothing: booked, and on its way back."""

    attempt_ids: frozenset[int]
    at: datetime


@dataclass(frozen=True)
class HoldsVoided:
    hold_ids: frozenset[int]
    at: datetime
    note: str


@dataclass(frozen=True)
class HoldsReleased:
    """The rest of these holds belongs to their sellers now."""

    hold_ids: frozenset[int]
    at: datetime
    by_id: int | None
    note: str


@dataclass(frozen=True)
class HoldsRefunded:
    """Everything these holds had is back with their buyers, by the gateway's word or
    the desk's."""

    hold_ids: frozenset[int]
    at: datetime


@dataclass(frozen=True)
class HoldRefundsOwed:
    """The gateway refuses a refund of each of these holds for good: it is owed."""

    hold_ids: frozenset[int]
    at: datetime


@dataclass(frozen=True)
class HoldRefundsPaidByHand:
    """What was owed of these holds, the desk has paid another way."""

    hold_ids: frozenset[int]
    at: datetime
