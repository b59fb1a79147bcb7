"""The coupons a buyer can choose from at the checkout, and why one cannot be used."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.accounts.models import User
from marketplace.cart.models import CartLine
from marketplace.coupons import queries as coupons
from marketplace.coupons.models import Coupon
from marketplace.fx.models import Quote
from orders import discounts, pricing, queries
from orders.discounts import CouponNotForThis


@dataclass(frozen=True)
class Choice:
    """One coupon: ``why`` it cannot be used, if so; ``chosen`` when it counts."""

    coupon: Coupon
    why: str
    chosen: bool


@dataclass(frozen=True)
class Looked:
    """Every coupon for a cart with what is known of it before any price."""

    coupons: Sequence[Coupon]
    why: Mapping[int, str]
    wanted: Sequence[Coupon]
    # Codes that were typed and are nobody's, or not for these shops.
    unknown: Sequence[str]


def look(
    user: User, lines: Iterable[CartLine], *, codes: Sequence[str], at: datetime
) -> Looked:
    """What there is for this cart, in two queries at most; of two wanted ones of one
    owner the first counts."""
    typed = list(dict.fromkeys(one.strip().upper() for one in codes if one.strip()))
    sellers = {line.variant.product.seller_id for line in lines}
    found = coupons.coupons_for(user, seller_ids=sellers, codes=typed, at=at)
    bought = any(one.first_order_only for one in found) and queries.has_bought(user)
    why = {
        one.pk: coupons.why_not(one, at=at)
        or (discounts.not_the_first(one).why if one.first_order_only and bought else "")
        for one in found
    }
    known = {one.code: one for one in found}
    wanted: dict[int | None, Coupon] = {}
    for code in typed:
        coupon = known.get(code)
        if coupon is not None and not why[coupon.pk]:
            wanted.setdefault(coupon.seller_id, coupon)
    return Looked(
        coupons=found,
        why=why,
        wanted=list(wanted.values()),
        unknown=[code for code in typed if code not in known],
    )


def choose(
    looked: Looked,
    lines: Sequence[CartLine],
    *,
    quotes: Mapping[str, Quote],
    charged: str,
) -> list[Choice]:
    """Each coupon tried on the cart, with those that count already. Pure.

    One in a currency that nothing here is converted from is only tried once wanted.
    """
    counting: list[Coupon] = []
    why = dict(looked.why)
    for coupon in looked.wanted:
        why[coupon.pk] = _tried([*counting, coupon], lines, quotes, charged)
        if not why[coupon.pk]:
            counting.append(coupon)
    for coupon in looked.coupons:
        if coupon not in looked.wanted and not why[coupon.pk]:
            beside = [one for one in counting if one.seller_id != coupon.seller_id]
            why[coupon.pk] = _tried([*beside, coupon], lines, quotes, charged)
    return [Choice(one, why[one.pk], chosen=one in counting) for one in looked.coupons]


def _tried(
    several: Sequence[Coupon],
    lines: Sequence[CartLine],
    quotes: Mapping[str, Quote],
    charged: str,
) -> str:
    """Why the last of them does not count; empty when it does."""
    try:
        pricing.review(lines, quotes=quotes, charged=charged, coupons=several)
    except CouponNotForThis as refusal:
        return refusal.why
    except pricing.MissingQuote:
        return ""
    return ""
