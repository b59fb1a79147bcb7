"""Facts that payments announces; escrow reacts to them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ChargesPaid:
    """The money of these charges is with the gateway, by its signed word."""

    charge_ids: frozenset[int]
    at: datetime


@dataclass(frozen=True)
class ChargesClosed:
    """These charges ended unpaid, at the gateway first."""

    charge_ids: frozenset[int]
    at: datetime
    note: str


@dataclass(frozen=True)
class LateMoneyCame:
    """All that these attempts ask for came soon after time had closed their charges.

    Whoever is above revives each (:func:`payments.commands.revive_charge`), or has
    its money sent back as a stray payment's.
    """

    attempt_ids: frozenset[int]
    at: datetime


@dataclass(frozen=True)
class StrayPaid:
    """Money came for these attempts although their charge was paid or closed."""

    attempt_ids: frozenset[int]
    at: datetime


@dataclass(frozen=True)
class RefundsSettled:
    """The gateway has sent these refunds' money back."""

    refund_ids: frozenset[int]
    at: datetime


@dataclass(frozen=True)
class RefundsRejected:
    """The gateway refuses these refunds for good: the money is still with us."""

    refund_ids: frozenset[int]
    at: datetime


@dataclass(frozen=True)
class RefundsPaidByHand:
    """The desk has paid these refused refunds another way, out of the gateway's
    account."""

    refund_ids: frozenset[int]
    at: datetime


@dataclass(frozen=True)
class StatementMatched:
    """A day's statement was compared with our rows: its fees are known."""

    day_id: int
    at: datetime
