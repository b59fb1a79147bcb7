"""Refunds of lines: so many units, or an amount for a flaw; what each was for is kept.

The hold's row is locked first: what is left of a line is read as the last refund of
the order has left it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from escrow import commands as escrow
from escrow.models import Hold, HoldRefund
from escrow.postings import Part
from kernel.db import command
from kernel.errors import Refusal
from kernel.money import LossyAmount, from_minor, to_minor
from marketplace.accounts.models import User
from orders import refunding
from orders.models import LineRefund, Order
from orders.refunding import LineTerms, Shares

# The shipping stands among the lines under this key.
SHIPPING = None


class CannotRefund(Refusal):
    """It is more than is left of a line, or nothing at all."""

    code = "cannot_refund"


@dataclass(frozen=True)
class Give:
    """What to give back of one line, by its id; ``SHIPPING`` is the shipping.

    ``units`` of it, or ``amount`` of the buyer's money and no unit.
    """

    line_id: int | None
    units: int = 0
    amount: Money | None = None


@command
def refund_lines(
    *, order: Order, gives: Sequence[Give], by: User | None, at: datetime, note: str
) -> Order:
    """Give back what the buyer paid for ``gives``; the rest of the order goes on.

    When nothing is left, the order becomes refunded with the gateway's word.

    :raises CannotRefund: when it is more than is left of a line, or nothing.
    :raises escrow.commands.CannotSettle: unless the money is held and no dispute is
        open.
    """
    escrow.lock_hold(hold_id=order.hold_id)
    hold = Hold.objects.get(pk=order.hold_id)
    parts = _parts(order, gives)
    _keep(order, hold, parts, by=by, at=at, note=note)
    order.refresh_from_db()
    return order


def refund_of(order: Order, gives: Sequence[Give]) -> Part:
    """What :func:`refund_lines` would move for ``gives``, as it stands now.

    :raises CannotRefund: as it would.
    """
    return _part(_parts(order, gives), str(order.total.currency))


def _parts(
    order: Order, gives: Sequence[Give]
) -> Mapping[int | None, tuple[int, Shares]]:
    """Units and shares of each line of ``gives``."""
    lines = terms_of(order)
    parts: dict[int | None, tuple[int, Shares]] = {}
    for give in gives:
        if give.line_id in parts:
            raise CannotRefund(_("Name each line once."))
        if give.line_id not in lines:
            raise CannotRefund(_("That line is not part of this order."))
        line = lines[give.line_id]
        parts[give.line_id] = (give.units, _shares(line, give, order))
    if _total(parts) == sum(line.left.buyer for line in lines.values()):
        # Nothing of the buyer's stays: nothing else does.
        parts = {key: (line.units_left, line.left) for key, line in lines.items()}
    if not _total(parts):
        raise CannotRefund(_("Choose what to give back."))
    return parts


def _part(parts: Mapping[int | None, tuple[int, Shares]], currency: str) -> Part:
    everything = sum((shares for _units, shares in parts.values()), Shares())
    return Part(
        from_minor(everything.buyer, currency),
        from_minor(everything.coupon, currency),
        from_minor(everything.commission, currency),
    )


def _keep(
    order: Order,
    hold: Hold,
    parts: Mapping[int | None, tuple[int, Shares]],
    *,
    by: User | None,
    at: datetime,
    note: str,
) -> None:
    escrow.refund_part(
        hold=hold,
        part=_part(parts, str(hold.amount.currency)),
        by=by,
        at=at,
        note=note,
    )
    _write(order, parts, at=at)


@command
def record_refund(*, order: Order, at: datetime) -> None:
    """The money of the order's hold was given back by amount: say for which lines.

    What the rows do not tell yet is cut over the lines by what is left of each. Where
    nothing stays, every unit has come back. Doing it again changes nothing.
    """
    lines = terms_of(order)
    hold = Hold.objects.get(pk=order.hold_id)
    known = sum((line.back for line in lines.values()), Shares())
    told = Shares(
        to_minor(hold.refunded),
        to_minor(hold.coupon_returned),
        to_minor(hold.commission_returned),
    )
    if told == known:
        return
    ended = not hold.left.amount
    spread = refunding.spread(list(lines.values()), told - known)
    parts = {
        key: (line.units_left if ended else 0, shares)
        for (key, line), shares in zip(lines.items(), spread, strict=True)
    }
    _write(order, parts, at=at)


def _total(parts: Mapping[int | None, tuple[int, Shares]]) -> int:
    return sum(shares.buyer for _units, shares in parts.values())


def terms_of(order: Order) -> dict[int | None, LineTerms]:
    """The lines by id, then the shipping, with what of each has gone back."""
    back: dict[int | None, tuple[int, Shares]] = {}
    for row in LineRefund.objects.filter(order=order):
        units, shares = back.get(row.line_id, (0, Shares()))
        more = _minor(row.amount, row.coupon, row.commission)
        back[row.line_id] = (units + row.units, shares + more)
    bought: dict[int | None, tuple[int, Shares]] = {
        line.pk: (
            line.quantity,
            _minor(line.paid, line.platform_discount, line.commission),
        )
        for line in order.lines.order_by("pk")
    }
    bought[SHIPPING] = (1, Shares(buyer=to_minor(order.shipping)))
    return {
        key: LineTerms(units, shares, *back.get(key, (0, Shares())))
        for key, (units, shares) in bought.items()
    }


def _minor(buyer: Money, coupon: Money, commission: Money) -> Shares:
    return Shares(to_minor(buyer), to_minor(coupon), to_minor(commission))


def _shares(line: LineTerms, give: Give, order: Order) -> Shares:
    """:raises CannotRefund: when the line has less left."""
    if give.amount is None:
        if not 0 < give.units <= line.units_left:
            raise CannotRefund(
                _("Only %(left)d of this line are left to refund.")
                % {"left": line.units_left}
            )
        return refunding.of_units(line, give.units)
    try:
        buyer = to_minor(give.amount)
    except LossyAmount as lossy:
        raise CannotRefund(
            _("That is finer than the currency's smallest unit.")
        ) from lossy
    same = give.amount.currency == order.total.currency and not give.units
    if not same or not 0 < buyer <= line.left.buyer:
        raise CannotRefund(_("That is more than is left of this line."))
    return refunding.of_amount(line, buyer)


def _write(
    order: Order, parts: Mapping[int | None, tuple[int, Shares]], *, at: datetime
) -> None:
    """A row for each line that the newest refund of the order's hold is for."""
    newest = HoldRefund.objects.filter(hold=order.hold_id).latest("pk")
    currency = str(order.total.currency)
    LineRefund.objects.bulk_create(
        LineRefund(
            order=order,
            line_id=key,
            hold_refund=newest,
            units=units,
            amount=from_minor(shares.buyer, currency),
            coupon=from_minor(shares.coupon, currency),
            commission=from_minor(shares.commission, currency),
            at=at,
        )
        for key, (units, shares) in parts.items()
        if units or shares != Shares()
    )
