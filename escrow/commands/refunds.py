"""What becomes of refunds, booked: settled, refused for good, paid by hand."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from escrow import postings
from escrow.events import HoldRefundsOwed, HoldRefundsPaidByHand, HoldsRefunded
from escrow.ledger import commands as ledger
from escrow.ledger.commands import Entry
from escrow.lifecycle import HOLDS
from escrow.models import Hold, HoldRefund
from kernel import events
from kernel.db import command
from payments.models import Refund

# Not with the buyer yet.
UNFINISHED = (Refund.Status.REQUESTED, Refund.Status.REJECTED)


@command
def book_settled_refunds(*, refund_ids: Collection[int], at: datetime) -> None:
    """The gateway has sent these refunds' money back."""
    rows = _of_refunds(refund_ids)
    _book(rows, _settled, at=at)
    _end_refunded(rows, at=at)


@command
def book_rejected_refunds(*, refund_ids: Collection[int], at: datetime) -> None:
    """The gateway refuses for good: the money stays here, owed to its buyer.

    Their holds stay as they are: what is owed has not gone back.
    """
    rows = _of_refunds(refund_ids)
    _book(rows, _rejected, at=at)
    if holds := _holds_of(rows):
        events.announce(HoldRefundsOwed(holds, at))


@command
def book_hand_payments(*, refund_ids: Collection[int], at: datetime) -> None:
    """The desk has paid what was owed; the holds that waited for it are refunded."""
    rows = _of_refunds(refund_ids)
    _book(rows, _paid_by_hand, at=at)
    if holds := _holds_of(rows):
        events.announce(HoldRefundsPaidByHand(holds, at))
    _end_refunded(rows, at=at)


def _of_refunds(refund_ids: Collection[int]) -> list[HoldRefund]:
    rows = HoldRefund.objects.filter(refund__in=refund_ids)
    return list(rows.select_related("refund__attempt", "hold").order_by("pk"))


def _holds_of(rows: Iterable[HoldRefund]) -> frozenset[int]:
    """Strays, the refunds of money for nothing, have none."""
    return frozenset(row.hold_id for row in rows if row.hold_id is not None)


def _book(
    rows: Iterable[HoldRefund],
    entries_of: Callable[[HoldRefund], Iterable[Entry]],
    *,
    at: datetime,
) -> None:
    ledger.post(entries=[one for row in rows for one in entries_of(row)], at=at)


def _settled(row: HoldRefund) -> Iterable[Entry]:
    refund = row.refund
    return postings.refund_settled(
        number=refund.number,
        amount=refund.amount,
        gateway=refund.attempt.gateway,
        cause=_cause(row),
    )


def _rejected(row: HoldRefund) -> Iterable[Entry]:
    refund = row.refund
    return postings.refund_rejected(
        number=refund.number, amount=refund.amount, cause=_cause(row)
    )


def _paid_by_hand(row: HoldRefund) -> Iterable[Entry]:
    refund = row.refund
    return postings.refund_paid_by_hand(
        number=refund.number,
        amount=refund.amount,
        gateway=refund.attempt.gateway,
        cause=_cause(row),
    )


def _cause(row: HoldRefund) -> str:
    """What the refund's transfers are about: its hold, or the stray attempt."""
    return row.hold.reference if row.hold else row.refund.attempt.number


def _end_refunded(rows: Iterable[HoldRefund], *, at: datetime) -> None:
    """Holds that waited for this money to be back; a split one was released before.

    Several refunds may have emptied a hold: it ends with the last of them.
    """
    waiting = {
        row.hold.pk
        for row in rows
        if row.hold is not None and row.hold.status == Hold.Status.REFUNDING
    }
    if not waiting:
        return
    # Two of them may settle at the same moment: the second waits here, and then sees
    # that the first is done.
    locked = Hold.objects.filter(pk__in=waiting).order_by("pk")
    list(locked.select_for_update(no_key=True).values_list("pk"))
    under_way = HoldRefund.objects.filter(
        hold__in=waiting, refund__status__in=UNFINISHED
    )
    ended = frozenset(waiting - set(under_way.values_list("hold_id", flat=True)))
    HOLDS.move(ended, "settle_refund", at=at)
    if ended:
        events.announce(HoldsRefunded(ended, at))
