"""Where held money is now, told from the ledger alone."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, Sum
from djmoney.money import Money

from escrow import postings
from escrow.ledger import accounts
from escrow.ledger import queries as ledger
from escrow.ledger.commands import Entry
from escrow.ledger.queries import Line
from escrow.models import Hold
from kernel.money import from_minor, money, to_minor
from marketplace.accounts.models import Seller


class Place(StrEnum):
    """Where a part of an order's money can be, in the order it travels."""

    BUYER = "buyer"  # not paid yet, or back again
    ALIPAY = "alipay"  # passed through; it keeps nothing of it
    ESCROW = "escrow"
    SELLER_PENDING = "seller_pending"
    SELLER_AVAILABLE = "seller_available"
    COMMISSION = "commission"
    COUPON = "coupon"  # what the platform's coupon pays, before and after
    REFUND_IN_TRANSIT = "refund_in_transit"
    OWED = "owed"  # the refund was refused for good: to be paid by hand


# Money on this side of a transfer comes from, or goes back to, the buyer: what the
# gateway owes us is the mirror of what the buyer has given.
_PLACES = {
    "psp_receivable": Place.BUYER,
    "escrow": Place.ESCROW,
    "seller_pending": Place.SELLER_PENDING,
    "seller_available": Place.SELLER_AVAILABLE,
    "commission": Place.COMMISSION,
    "promo": Place.COUPON,
    "refund_in_transit": Place.REFUND_IN_TRANSIT,
    "unapplied_receipts": Place.OWED,
}


@dataclass(frozen=True, slots=True)
class PlaceMoney:
    """What is at ``place`` now, and the ledger lines that touched it."""

    place: Place
    amount: Money
    lines: tuple[Line, ...]

    @property
    def passed(self) -> bool:
        """Money was here, and has gone on."""
        return bool(self.lines) and not self.amount.amount


@dataclass(frozen=True, slots=True)
class MoneyView:
    """A hold's money by place. The places' amounts add up exactly to ``total`` and
    what the platform's coupon pays."""

    total: Money
    places: tuple[PlaceMoney, ...]
    lines: tuple[Line, ...]

    def at(self, place: Place | str) -> PlaceMoney:
        return next(one for one in self.places if one.place == place)

    @property
    def here(self) -> tuple[PlaceMoney, ...]:
        """The places that have some of it now."""
        return tuple(one for one in self.places if one.amount.amount)


def money_of(hold: Hold) -> MoneyView:
    """Where the money of ``hold`` is now, in one query."""
    return view_of(hold.amount, hold.coupon, ledger.entries_for(hold.reference))


def view_of(total: Money, coupon: Money, lines: list[Line]) -> MoneyView:
    """The places of ``total`` and ``coupon`` after ``lines``. Pure."""
    currency = str(total.currency)
    minor = dict.fromkeys(Place, 0)
    touched: dict[Place, list[Line]] = {place: [] for place in Place}
    minor[Place.BUYER] = to_minor(total)
    minor[Place.COUPON] = to_minor(coupon)
    for line in lines:
        source, target = _place(line.debit), _place(line.credit)
        minor[source] -= to_minor(line.amount)
        minor[target] += to_minor(line.amount)
        for place in {source, target}:
            touched[place].append(line)
        if Place.BUYER in (source, target):
            touched[Place.ALIPAY].append(line)
    return MoneyView(
        total=total,
        places=tuple(
            PlaceMoney(place, from_minor(minor[place], currency), tuple(touched[place]))
            for place in Place
        ),
        lines=tuple(lines),
    )


def account_label(code: str) -> str:
    """What people read in place of an account's code in a ledger line."""
    return accounts.label(code)


def _place(code: str) -> Place:
    return _PLACES[code.partition(":")[0]]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What settling a hold would do: who gets what, and the postings. They add up.

    ``coupon`` is what comes back to the platform of its own coupon.
    """

    buyer: Money
    coupon: Money
    seller: Money
    commission: Money
    # Debit code, credit code, amount.
    postings: tuple[tuple[str, str, Money], ...]


def settlement_of(hold: Hold, refund: Money) -> Settlement:
    """What :func:`escrow.commands.settle_hold` would do with ``refund``. Pure."""
    part = postings.part_of(hold, refund)
    settled = postings.after_refund(hold, part)
    everything = settled.refunded == hold.amount
    entries: list[Entry] = []
    if refund.amount:
        entries += postings.refund(settled, number="", part=part)
    if not everything:
        entries += postings.release(settled)
    return Settlement(
        buyer=part.buyer,
        coupon=part.coupon,
        seller=postings.net(settled),
        commission=postings.commission_kept(settled),
        postings=tuple(
            (
                entry.debit.code,
                entry.credit.code,
                from_minor(entry.amount_minor, entry.currency),
            )
            for entry in entries
        ),
    )


@dataclass(frozen=True, slots=True)
class SellerMoney:
    """A seller's money in one currency, after commission."""

    currency: str
    held: Money
    pending: Money
    available: Money


def seller_money(seller: Seller) -> list[SellerMoney]:
    """Per currency that the seller has ever had money in, in two queries.

    ``held`` is what would reach the seller if every hold were released now.
    """
    pending = accounts.seller_pending(seller.pk)
    available = accounts.seller_available(seller.pk)
    books = ledger.balances_by_currency(accounts=[pending, available])
    held = dict(
        Hold.objects.filter(seller=seller, status=Hold.Status.HELD)
        .order_by()
        .values_list("currency")
        .annotate(
            net=Sum(
                F("amount")
                + F("coupon")
                - F("commission")
                - F("refunded")
                - F("coupon_returned")
                + F("commission_returned")
            )
        )
    )
    currencies = sorted(set(held) | {currency for _name, currency in books})
    return [
        SellerMoney(
            currency=currency,
            held=money(held.get(currency, 0), currency),
            pending=from_minor(books.get((pending, currency), 0), currency),
            available=from_minor(books.get((available, currency), 0), currency),
        )
        for currency in currencies
    ]
