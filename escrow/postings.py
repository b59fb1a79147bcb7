"""The ledger entries of each act on held money (rules §4.3). Pure: no reads, no writes.

Keys are ``<act>:<reference>``; the reference is the hold's, a refund's number or a
stray attempt's number, and every act happens at most once to each of them.
"""

from collections.abc import Iterable
from copy import copy

from djmoney.money import Money

from escrow.ledger import accounts
from escrow.ledger.accounts import AccountName
from escrow.ledger.commands import Entry
from escrow.models import Hold
from kernel.money import from_minor, proportion, to_minor

ACTS = frozenset(
    {"capture", "release", "commission", "clear"}
    | {"refund", "settle", "reject", "by_hand", "stray", "fee"}
)


def currency_of(amount: Money) -> str:
    return str(amount.currency)


def commission_returned(hold: Hold, refunded: Money) -> Money:
    """What of the commission is given up once ``refunded`` in all has gone back.

    Cumulative, so that several part refunds end at exactly the whole commission.
    """
    minor = proportion(
        to_minor(hold.commission), to_minor(refunded), to_minor(hold.amount)
    )
    return from_minor(minor, currency_of(hold.amount))


def after_refund(hold: Hold, amount: Money) -> Hold:
    """A copy of ``hold``, unsaved, with ``amount`` more given back to the buyer."""
    changed = copy(hold)
    changed.refunded = hold.refunded + amount
    changed.commission_returned = commission_returned(hold, changed.refunded)
    return changed


def commission_kept(hold: Hold) -> Money:
    """What the platform earns when the rest of this hold is released."""
    kept: Money = hold.commission - hold.commission_returned
    return kept


def net(hold: Hold) -> Money:
    """What the seller gets when the rest of this hold is released."""
    rest: Money = hold.amount - hold.refunded - commission_kept(hold)
    return rest


def capture(hold: Hold, *, gateway: str) -> Iterable[Entry]:
    """The buyer's money is with the gateway: held for this order."""
    yield from _of_hold(
        "capture",
        hold,
        debit=accounts.psp_receivable(gateway),
        credit=accounts.escrow(hold.order_number),
        amount=hold.amount,
    )


def release(hold: Hold) -> Iterable[Entry]:
    """What is left goes to the seller, less the commission."""
    held = accounts.escrow(hold.order_number)
    pending = accounts.seller_pending(hold.seller_id)
    earned = accounts.commission()
    yield from _of_hold("release", hold, debit=held, credit=pending, amount=net(hold))
    yield from _of_hold(
        "commission", hold, debit=held, credit=earned, amount=commission_kept(hold)
    )


def clear(hold: Hold) -> Iterable[Entry]:
    """The seller's money is theirs to take."""
    yield from _of_hold(
        "clear",
        hold,
        debit=accounts.seller_pending(hold.seller_id),
        credit=accounts.seller_available(hold.seller_id),
        amount=net(hold),
    )


def refund(hold: Hold, *, number: str, amount: Money) -> Iterable[Entry]:
    """``amount`` leaves the escrow on its way back to the buyer."""
    yield _entry(
        f"refund:{number}",
        debit=accounts.escrow(hold.order_number),
        credit=accounts.refund_in_transit(),
        amount=amount,
        cause=hold.reference,
    )


def refund_settled(
    *, number: str, amount: Money, gateway: str, cause: str
) -> Iterable[Entry]:
    """The gateway confirms that refund ``number`` is back with the buyer."""
    yield _entry(
        f"settle:{number}",
        debit=accounts.refund_in_transit(),
        credit=accounts.psp_receivable(gateway),
        amount=amount,
        cause=cause,
    )


def refund_rejected(*, number: str, amount: Money, cause: str) -> Iterable[Entry]:
    """The gateway refuses refund ``number`` for good: we owe it to the buyer."""
    yield _entry(
        f"reject:{number}",
        debit=accounts.refund_in_transit(),
        credit=accounts.unapplied_receipts(),
        amount=amount,
        cause=cause,
    )


def refund_paid_by_hand(
    *, number: str, amount: Money, gateway: str, cause: str
) -> Iterable[Entry]:
    """The desk has paid refused refund ``number`` from our account at the gateway."""
    yield _entry(
        f"by_hand:{number}",
        debit=accounts.unapplied_receipts(),
        credit=accounts.psp_receivable(gateway),
        amount=amount,
        cause=cause,
    )


def stray(
    *, attempt_number: str, refund_number: str, amount: Money, gateway: str
) -> Iterable[Entry]:
    """Money came for nothing, and is sent back."""
    yield _entry(
        f"stray:{attempt_number}",
        debit=accounts.psp_receivable(gateway),
        credit=accounts.unapplied_receipts(),
        amount=amount,
        cause=attempt_number,
    )
    yield _entry(
        f"refund:{refund_number}",
        debit=accounts.unapplied_receipts(),
        credit=accounts.refund_in_transit(),
        amount=amount,
        cause=attempt_number,
    )


def fee(
    *, number: str, about: str, nth: int, minor: int, currency: str, gateway: str
) -> Entry:
    """The provider kept ``minor`` for payment ``number`` (or, below zero, gave it
    back); ``about`` is the refund it was for, ``nth`` counts corrections."""
    kept, owed = accounts.psp_fees(), accounts.psp_receivable(gateway)
    return Entry(
        f"fee:{number}:{about or '-'}:{nth}",
        debit=kept if minor > 0 else owed,
        credit=owed if minor > 0 else kept,
        amount_minor=abs(minor),
        currency=currency,
        cause=number,
    )


def _of_hold(
    act: str, hold: Hold, *, debit: AccountName, credit: AccountName, amount: Money
) -> Iterable[Entry]:
    """One entry, or none where there is nothing to move (no commission, no rest)."""
    if amount.amount:
        yield _entry(
            f"{act}:{hold.reference}",
            debit=debit,
            credit=credit,
            amount=amount,
            cause=hold.reference,
        )


def _entry(
    key: str, *, debit: AccountName, credit: AccountName, amount: Money, cause: str
) -> Entry:
    return Entry(key, debit, credit, to_minor(amount), currency_of(amount), cause)
