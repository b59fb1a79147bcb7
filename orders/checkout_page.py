"""What the checkout page shows: the cart priced, and the rate it stands on.

Everything here is shown before it is agreed to; ``place_order`` freezes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from djmoney.money import Money

from kernel.money import to_minor
from marketplace.accounts.models import User
from marketplace.cart.models import CartLine
from marketplace.coupons.models import Coupon
from marketplace.fx import commands as fx
from marketplace.fx import queries as fx_queries
from marketplace.fx.models import Quote
from marketplace.fx.presentation import Comparison, percent, quote_facts
from marketplace.queries import picture_url
from orders import coupon_choice, currencies, pricing
from orders.coupon_choice import Choice
from orders.discounts import Discount
from payments import queries as payments


@dataclass(frozen=True)
class Priced:
    """A cart in the currency to be paid, and the quotes that brought it there."""

    lines: Sequence[CartLine]
    currency: str
    quotes: Mapping[str, Quote]
    review: pricing.Review
    coupons: Sequence[Choice] = ()
    unknown_codes: Sequence[str] = ()

    @property
    def references(self) -> str:
        return ",".join(one.reference for one in self.quotes.values())

    @property
    def ending(self) -> Quote | None:
        """The quote that runs out first."""
        return min(self.quotes.values(), key=lambda one: one.expires_at, default=None)


@dataclass(frozen=True)
class Renewed:
    """What was agreed to, and what it comes to now: to be confirmed again."""

    before: Money
    now: Money

    @property
    def difference(self) -> Money:
        change: Money = self.now - self.before
        return change


def priced(
    user: User,
    lines: Sequence[CartLine],
    *,
    currency: str,
    codes: Sequence[str] = (),
    at: datetime,
) -> Priced:
    """The cart in ``currency``, with a quote for each currency it is listed in, less
    those coupons of ``codes`` that count.

    :raises marketplace.fx.commands.NoRate, marketplace.fx.commands.RatesTooOld: when
        no rate can be promised.
    """
    looked = coupon_choice.look(user, lines, codes=codes, at=at)
    quotes = {
        source: fx.quote(user=user, source=source, target=currency, at=at)
        for source in pricing.currencies_of(
            lines, charged=currency, coupons=looked.wanted
        )
    }
    choices = coupon_choice.choose(looked, lines, quotes=quotes, charged=currency)
    review = pricing.review(
        lines,
        quotes=quotes,
        charged=currency,
        coupons=[one.coupon for one in choices if one.chosen],
    )
    return Priced(lines, currency, quotes, review, choices, looked.unknown)


def facts(
    shown: Priced, *, user: User, display: str, before: Money | None, at: datetime
) -> dict[str, Any]:
    """The part of the page's context that follows from the priced cart.

    :param display: the currency that prices are explained in elsewhere.
    :param before: the total that was agreed to, when the page is shown again because
        it is not true any more.
    """
    review = shown.review
    own_goods = any(order.seller.user_id == user.pk for order in review.orders)
    short = [line for line in review.lines if line.short_of_stock]
    return {
        "review": review,
        "expected_minor": to_minor(review.total),
        "currency": shown.currency,
        "display": display,
        "currencies": _currencies(shown.currency),
        "groups": [_group(order) for order in review.orders],
        "short": short,
        "changed": [line for line in review.lines if line.price_changed],
        "own_goods": own_goods,
        "blocked": own_goods or bool(short),
        "sums": _sums(review),
        "coupon_groups": _coupon_groups(shown.coupons),
        "coupon_codes": ",".join(one.coupon.code for one in review.discounts),
        "coupon_query": _coupon_query(review),
        "unknown_codes": shown.unknown_codes,
        "renewed": _renewed(before, review.total),
        "handling_days": settings.HANDLING_TIME.days,
        **_rates(shown, at=at),
    }


def listed_elsewhere(lines: Sequence[CartLine], currency: str) -> list[CartLine]:
    """What of a cart is not listed in ``currency``."""
    return [one for one in lines if str(one.variant.price.currency) != currency]


def _rates(shown: Priced, *, at: datetime) -> dict[str, Any]:
    """What the exchange is, how long it holds, and what it costs."""
    ending = shown.ending
    return {
        "quotes": [quote_facts(quote) for quote in shown.quotes.values()],
        "quote_references": shown.references,
        "quote_begins": ending.quoted_at if ending else None,
        "quote_ends": ending.expires_at if ending else None,
        "spread": percent(settings.FX_SPREAD),
        "comparison": _comparison(shown),
        "standing": fx_queries.standing(at) if ending else None,
    }


def _renewed(before: Money | None, now: Money) -> Renewed | None:
    if before is None or before.currency != now.currency:
        return None
    return Renewed(before, now)


def _comparison(shown: Priced) -> Comparison | None:
    """What a typical card would add to this cart; None where nothing is converted."""
    if not shown.quotes:
        return None
    by_card = pricing.total_with_margin(
        shown.lines,
        quotes=shown.quotes,
        charged=shown.currency,
        margin=settings.CARD_FOREIGN_FEE,
        coupons=[one.coupon for one in shown.review.discounts],
    )
    return Comparison(ours=shown.review.total, by_card=by_card)


def _currencies(chosen: str) -> list[dict[str, Any]]:
    """What may be paid in; empty while there is nothing to choose."""
    payable = currencies.payable()
    if len(payable) < 2:
        return []
    return [
        {
            "code": code,
            "current": code == chosen,
            "methods": [str(one.name) for one in payments.methods_for(code)],
        }
        for code in payable
    ]


def _sums(review: pricing.Review) -> list[dict[str, Any]]:
    parcels = len(review.orders)
    shipping = _("Shipping")
    if parcels > 1:
        several = ngettext("Shipping, %(n)d parcel", "Shipping, %(n)d parcels", parcels)
        shipping = several % {"n": parcels}
    free = {"text": pgettext("shipping", "free")} if not review.shipping.amount else {}
    return [
        {"label": _("Goods"), "amount": review.items_total},
        *(_discount(one) for one in review.discounts),
        {"label": shipping, "amount": review.shipping, **free},
    ]


def _discount(discount: Discount) -> dict[str, Any]:
    label = _("Coupon of %(shop)s") % {"shop": _owner(discount.coupon)}
    return {"label": label, "amount": -discount.amount}


def _coupon_query(review: pricing.Review) -> str:
    """The coupons that count, to be kept by a link to this page."""
    codes = {_field(one.coupon): one.coupon.code for one in review.discounts}
    return f"&{urlencode(codes)}" if codes else ""


def _field(coupon: Coupon) -> str:
    """One choice for each that pays for coupons."""
    return f"coupon-{coupon.seller_id or 0}"


def _owner(coupon: Coupon) -> str:
    return coupon.seller.name if coupon.seller else "Danbao"


def _coupon_groups(choices: Sequence[Choice]) -> list[dict[str, Any]]:
    """The coupons by who pays for them: of each, one counts at most."""
    groups: dict[str, list[Choice]] = {}
    for choice in choices:
        groups.setdefault(_field(choice.coupon), []).append(choice)
    return [
        {
            "name": _owner(of[0].coupon),
            "field": field,
            "choices": of,
            "none": not any(one.chosen for one in of),
        }
        for field, of in groups.items()
    ]


def _group(order: pricing.PricedOrder) -> dict[str, Any]:
    lines = [
        {
            "line": line,
            "picture": picture_url(line.variant.picture, 96),
            "tint": line.variant.product.category.tint,
        }
        for line in order.lines
    ]
    return {"order": order, "lines": lines}
