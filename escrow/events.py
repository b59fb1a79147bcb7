"""Facts that escrow announces; orders reacts to them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class HoldsFunded:
    hold_ids: frozenset[int]
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
    """Everything these holds had is back with their buyers, by the gateway's word."""

    hold_ids: frozenset[int]
    at: datetime
