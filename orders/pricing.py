"""From a cart to the amounts of its orders, in the one currency that is charged.

Pure arithmetic: the checkout page shows it, and ``place_order`` freezes it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from djmoney.money import Money

from kernel import money
from marketplace.accounts.models import Seller
from marketplace.cart.models import CartLine
from marketplace.coupons.models import Coupon
from marketplace.fx.models import Quote
from marketplace.models import Variant, shipping_fee
from orders import discounts
from orders.discounts import Discount


class MissingQuote(LookupError):
    """No rate was given for a currency that is in the cart."""

    def __init__(self, currency: str) -> None:
        super().__init__(currency)
        self.currency = currency


@dataclass(frozen=True)
class PricedLine:
    """One variant of a cart. ``seen_price`` is what the cart last showed for it.

    ``total`` is before discounts; the buyer pays ``paid``.
    """

    variant: Variant
    quantity: int
    listed_price: Money
    seen_price: Money
    unit_price: Money
    total: Money
    seller_discount: Money
    platform_discount: Money
    commission: Money

    @property
    def discount(self) -> Money:
        both: Money = self.seller_discount + self.platform_discount
        return both

    @property
    def paid(self) -> Money:
        rest: Money = self.total - self.discount
        return rest

    @property
    def price_changed(self) -> bool:
        return self.seen_price != self.listed_price

    @property
    def short_of_stock(self) -> bool:
        return self.variant.available < self.quantity


@dataclass(frozen=True)
class PricedOrder:
    """What will be one order: one shop's goods of one delivery class.

    ``total`` is what the buyer pays for it.
    """

    seller: Seller
    delivery: str
    promised_days: int
    lines: tuple[PricedLine, ...]
    items_total: Money
    seller_discount: Money
    platform_discount: Money
    listed_shipping: Money
    shipping: Money
    total: Money
    commission: Money


@dataclass(frozen=True)
class Review:
    """A priced cart.

    ``spread`` is the part of ``total`` that the exchange costs: what the same cart
    would cost less at the reference rates.
    """

    orders: tuple[PricedOrder, ...]
    items_total: Money
    discounts: tuple[Discount, ...]
    shipping: Money
    total: Money
    spread: Money

    @property
    def lines(self) -> list[PricedLine]:
        return [line for order in self.orders for line in order.lines]


def currencies_of(
    lines: Sequence[CartLine], *, charged: str, coupons: Sequence[Coupon] = ()
) -> list[str]:
    """The currencies of a cart and its coupons that need a quote, in order of
    appearance."""
    listed = [str(line.variant.price.currency) for line in lines]
    listed += [line.variant.product.seller.currency for line in lines]
    listed += [str(coupon.minimum.currency) for coupon in coupons]
    return [one for one in dict.fromkeys(listed) if one != charged]


def review(
    lines: Sequence[CartLine],
    *,
    quotes: Mapping[str, Quote],
    charged: str,
    coupons: Sequence[Coupon] = (),
) -> Review:
    """Price a cart in ``charged``; ``quotes`` by the currency they convert from.

    Unit prices are converted once and then multiplied; shipping and each coupon are
    converted once; totals are added, never converted.

    :raises MissingQuote: when a currency has no quote.
    :raises orders.discounts.CouponNotForThis: when a coupon does not count here.
    """
    rates = {source: quote.rate for source, quote in quotes.items()}
    orders, given = _orders(lines, rates, charged, coupons)
    total = _total((one.total for one in orders), charged)
    at_mid = total_with_margin(
        lines, quotes=quotes, charged=charged, coupons=coupons, margin=Decimal(0)
    )
    return Review(
        orders=orders,
        items_total=_total((one.items_total for one in orders), charged),
        discounts=tuple(given),
        shipping=_total((one.shipping for one in orders), charged),
        total=total,
        spread=total - at_mid,
    )


def total_with_margin(
    lines: Sequence[CartLine],
    *,
    quotes: Mapping[str, Quote],
    charged: str,
    margin: Decimal,
    coupons: Sequence[Coupon] = (),
) -> Money:
    """The cart's total if each reference rate were raised by ``margin`` (0.03 is 3 %)
    in place of our spread: to tell what ours costs, and what others would.

    :raises MissingQuote: when a listing currency has no quote.
    """
    rates = {source: quote.mid_rate * (1 + margin) for source, quote in quotes.items()}
    orders, _given = _orders(lines, rates, charged, coupons)
    return _total((one.total for one in orders), charged)


def _orders(
    lines: Sequence[CartLine],
    rates: Mapping[str, Decimal],
    charged: str,
    coupons: Sequence[Coupon],
) -> tuple[tuple[PricedOrder, ...], list[Discount]]:
    priced, given = discounts.taken_off(
        [_line(line, rates, charged) for line in lines],
        coupons,
        lambda amount: converted(amount, rates, charged),
    )
    groups: dict[tuple[int, str], list[PricedLine]] = {}
    for line in priced:
        product = line.variant.product
        groups.setdefault((product.seller_id, product.delivery), []).append(line)
    orders = tuple(_order(group, rates, charged) for group in groups.values())
    if coupons and any(one.total.amount <= 0 for one in orders):
        raise discounts.nothing_to_pay(coupons[-1])
    return orders, given


def _order(
    priced: Sequence[PricedLine], rates: Mapping[str, Decimal], charged: str
) -> PricedOrder:
    product = priced[0].variant.product
    seller = product.seller
    items_total = _total((line.total for line in priced), charged)
    listed_shipping = shipping_fee(seller)
    shipping = converted(listed_shipping, rates, charged)
    return PricedOrder(
        seller=seller,
        delivery=product.delivery,
        # One parcel arrives when its slowest piece does.
        promised_days=max(line.variant.product.promised_days for line in priced),
        lines=tuple(priced),
        items_total=items_total,
        seller_discount=_total((line.seller_discount for line in priced), charged),
        platform_discount=_total((line.platform_discount for line in priced), charged),
        listed_shipping=listed_shipping,
        shipping=shipping,
        total=_total((line.paid for line in priced), charged) + shipping,
        commission=_total((line.commission for line in priced), charged),
    )


def _line(line: CartLine, rates: Mapping[str, Decimal], charged: str) -> PricedLine:
    listed = line.variant.price
    unit = converted(listed, rates, charged)
    total = unit * line.quantity
    # Of the listed price, then converted: by the rate of the order, like the price.
    commission = discounts.commission_on(listed * line.quantity)
    nothing = money.from_minor(0, charged)
    return PricedLine(
        variant=line.variant,
        quantity=line.quantity,
        listed_price=listed,
        seen_price=line.seen_price,
        unit_price=unit,
        total=total,
        seller_discount=nothing,
        platform_discount=nothing,
        commission=converted(commission, rates, charged),
    )


def _total(amounts: Iterable[Money], currency: str) -> Money:
    total = money.from_minor(0, currency)
    for amount in amounts:
        total += amount
    return total


def converted(amount: Money, rates: Mapping[str, Decimal], charged: str) -> Money:
    """``amount`` in the charged currency, half-up.

    :raises MissingQuote: when there is no rate for its currency.
    """
    source = str(amount.currency)
    if source == charged:
        return money.rounded(amount)
    if source not in rates:
        raise MissingQuote(source)
    return money.exchange(amount, rates[source], charged)
