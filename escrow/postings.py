"""The ledger entries of each act on held money (rules §4.3). Pure: no reads, no writes.

Keys are ``<act>:<reference>``; the reference is the hold's, a refund's number or a
stray attempt's number, and every act happens at most once to each of them.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass

from djmoney.money import Money

from escrow.ledger import accounts
from escrow.ledger.accounts import AccountName
from escrow.ledger.commands import Entry
from escrow.models import Hold
from kernel.money import from_minor, proportion, to_minor

ACTS = frozenset(
    {"capture", "release", "commission", "clear"}
    | {"coupon", "coupon_back"}
    | {"refund", "settle", "reject", "by_hand", "stray", "fee"}
)


def currency_of(amount: Money) -> str:
    return str(amount.currency)


@dataclass(frozen=True, slots=True)
class Part:
    """What one refund takes out of a hold.

    ``buyer`` goes back to the buyer and ``coupon`` to the platform that paid it;
    ``commission`` is what the platform gives up of what the seller owes it.
    """

    buyer: Money
    coupon: Money
    commission: Money


def left_of(hold: Hold) -> Part:
    """What has not gone back of a hold."""
    return Part(
        hold.left,
        hold.coupon - hold.coupon_returned,
        commission_kept(hold),
    )


def part_of(hold: Hold, amount: Money) -> Part:
    """What goes with ``amount`` back to the buyer: the same share of what is left of
    the coupon and of the commission, so that several refunds end at exactly zero."""
    left = left_of(hold)

    def share(whole: Money) -> Money:
        minor = proportion(to_minor(whole), to_minor(amount), to_minor(left.buyer))
        return from_minor(minor, currency_of(whole))

    if not amount.amount:
        return Part(amount, amount, amount)
    return Part(amount, share(left.coupon), share(left.commission))


def after_refund(hold: Hold, part: Part) -> Hold:
    """A copy of ``hold``, unsaved, with ``part`` more given back."""
    changed = copy(hold)
    changed.refunded = hold.refunded + part.buyer
    changed.coupon_returned = hold.coupon_returned + part.coupon
    changed.commission_returned = hold.commission_returned + part.commission
    return changed


def commission_kept(hold: Hold) -> Money:
    """What the platform earns when the rest of this hold is released."""
    kept: Money = hold.commission - hold.commission_returned
    return kept


def net(hold: Hold) -> Money:
    """What the seller gets when the rest of this hold is released."""
    left = left_of(hold)
    rest: Money = left.buyer + left.coupon - left.commission
    return rest


def capture(hold: Hold, *, gateway: str) -> Iterable[Entry]:
    """The buyer's money is with the gateway: held for this order, with what the
    platform's coupon adds to it."""
    yield from _of_hold(
        "capture",
        hold,
        debit=accounts.psp_receivable(gateway),
        credit=accounts.escrow(hold.order_number),
        amount=hold.amount,
    )
    yield from _of_hold(
        "coupon",
        hold,
        debit=accounts.promo(),
        credit=accounts.escrow(hold.order_number),
        amount=hold.coupon,
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


def refund(hold: Hold, *, number: str, part: Part) -> Iterable[Entry]:
    """``part`` leaves the escrow: on its way back to the buyer, and what the
    platform's coupon had paid of it back to the platform."""
    held = accounts.escrow(hold.order_number)
    yield _entry(
        f"refund:{number}",
        debit=held,
        credit=accounts.refund_in_transit(),
        amount=part.buyer,
        cause=hold.reference,
    )
    if part.coupon.amount:
        yield _entry(
            f"coupon_back:{number}",
            debit=held,
            credit=accounts.promo(),
            amount=part.coupon,
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
