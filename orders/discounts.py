"""Coupons taken off the lines of a priced cart (rules §4.6, §4.9). Pure arithmetic.

A shop's coupon comes first, over that shop's lines; then the platform's, over what is
left of all of them. Each is cut by value, to the last minor unit, by the largest
remainder; ties go to the earlier line. Shipping is never discounted.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from djmoney.money import Money

from kernel import money
from kernel.errors import Refusal
from kernel.money import from_minor, to_minor
from kernel.templatetags.ui import money_text
from marketplace.coupons.models import Coupon

if TYPE_CHECKING:
    from orders.pricing import PricedLine

# An amount in its own currency → in the one that is charged.
Convert = Callable[[Money], Money]


class CouponNotForThis(Refusal):
    """The coupon is for other goods, or for more of them. ``coupon`` says which."""

    code = "coupon_not_usable"

    def __init__(self, coupon: Coupon, why: str) -> None:
        super().__init__(f"{coupon.code}: {why}")
        self.coupon = coupon
        self.why = why


@dataclass(frozen=True)
class Discount:
    """What one coupon takes off in all, in the currency that is charged."""

    coupon: Coupon
    amount: Money


def taken_off(
    lines: Sequence["PricedLine"], coupons: Iterable[Coupon], convert: Convert
) -> tuple[list["PricedLine"], list[Discount]]:
    """``lines`` with what ``coupons`` take off each, and each coupon's sum.

    :raises CouponNotForThis: when the lines do not fulfil a coupon's terms, or it is a
        second one of its shop or of the platform.
    """
    result, given = list(lines), []
    owners: set[int | None] = set()
    for coupon in sorted(coupons, key=lambda one: one.seller_id is None):
        if coupon.seller_id in owners:
            raise CouponNotForThis(coupon, _one_only(coupon))
        owners.add(coupon.seller_id)
        places = [at for at, line in enumerate(result) if _is_for(coupon, line)]
        if not places:
            raise CouponNotForThis(coupon, _("Nothing in your cart is part of it."))
        take = _shops if coupon.seller_id is not None else _platforms
        changed = take(coupon, [result[at] for at in places], convert)
        before = sum(to_minor(line.discount) for line in result)
        for at, line in zip(places, changed, strict=True):
            result[at] = line
        after = sum(to_minor(line.discount) for line in result)
        currency = str(result[0].total.currency)
        given.append(Discount(coupon, from_minor(after - before, currency)))
    return result, given


def nothing_to_pay(coupon: Coupon) -> CouponNotForThis:
    """Every order is paid for: a payment of nothing cannot be made, or refunded."""
    return CouponNotForThis(coupon, _("Nothing would be left to pay."))


def not_the_first(coupon: Coupon) -> CouponNotForThis:
    return CouponNotForThis(coupon, _("It is for a first order only."))


def commission_on(listed: Money) -> Money:
    """Our part of a line's price after the shop's own discount, half-up."""
    rate: Decimal = min(settings.COMMISSION_RATE, settings.MOST_COMMISSION)
    return money.share(listed, rate)


def _one_only(coupon: Coupon) -> str:
    if coupon.seller_id is None:
        return _("Only one coupon of Danbao counts for an order.")
    return _("Only one coupon of each shop counts for an order.")


def _is_for(coupon: Coupon, line: "PricedLine") -> bool:
    product = line.variant.product
    return coupon.seller_id in (None, product.seller_id) and coupon.category_id in (
        None,
        product.category_id,
    )


def _shops(
    coupon: Coupon, lines: Sequence["PricedLine"], convert: Convert
) -> list["PricedLine"]:
    """The shop's coupon: counted in the shop's currency, converted once. It lowers
    what the commission is of."""
    listed = [line.listed_price * line.quantity for line in lines]
    off = _off(coupon, listed)
    listed_off = _cut(off, listed)
    totals = [line.total for line in lines]
    paid_off = _cut(_at_most(convert(off), totals), totals)
    return [
        replace(
            line,
            seller_discount=less,
            commission=convert(commission_on(price - part)),
        )
        for line, price, part, less in zip(
            lines, listed, listed_off, paid_off, strict=True
        )
    ]


def _platforms(
    coupon: Coupon, lines: Sequence["PricedLine"], convert: Convert
) -> list["PricedLine"]:
    """The platform's coupon: counted on what is left of the lines. The commission
    stays as it is: the seller loses nothing by it."""
    left = [line.total - line.seller_discount for line in lines]
    off = _at_most(_off(coupon, left, convert), left)
    return [
        replace(line, platform_discount=less)
        for line, less in zip(lines, _cut(off, left), strict=True)
    ]


def _off(
    coupon: Coupon, values: Sequence[Money], convert: Convert = money.rounded
) -> Money:
    """What the coupon takes off goods of ``values``.

    :raises CouponNotForThis: when they are worth less than its minimum.
    """
    spent = values[0]
    for value in values[1:]:
        spent += value
    minimum = convert(coupon.minimum)
    if spent.amount < minimum.amount:
        raise CouponNotForThis(
            coupon,
            _("Spend %(more)s more on these goods.")
            % {"more": money_text(minimum - spent)},
        )
    if coupon.kind == Coupon.Kind.FIXED:
        return convert(coupon.amount)
    return money.share(spent, Decimal(coupon.percent) / 100)


def _at_most(off: Money, values: Sequence[Money]) -> Money:
    """Rounding an exchange may take a coupon above the goods it is for, never more."""
    whole = sum(to_minor(value) for value in values)
    return from_minor(min(to_minor(off), whole), str(off.currency))


def _cut(off: Money, values: Sequence[Money]) -> list[Money]:
    currency = str(off.currency)
    parts = money.split(to_minor(off), [to_minor(value) for value in values])
    return [from_minor(part, currency) for part in parts]
