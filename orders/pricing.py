"""From a cart to the amounts of its orders, in the one currency that is charged.

Pure arithmetic: the checkout page shows it, and ``place_order`` freezes it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from djmoney.money import Money

from kernel import money
from marketplace.accounts.models import Seller
from marketplace.cart.models import CartLine
from marketplace.fx.models import Quote
from marketplace.models import Variant, shipping_fee


class MissingQuote(LookupError):
    """No rate was given for a currency that is in the cart."""

    def __init__(self, currency: str) -> None:
        super().__init__(currency)
        self.currency = currency


@dataclass(frozen=True)
class PricedLine:
    """One variant of a cart. ``seen_price`` is what the cart last showed for it."""

    variant: Variant
    quantity: int
    listed_price: Money
    seen_price: Money
    unit_price: Money
    total: Money
    commission: Money

    @property
    def price_changed(self) -> bool:
        return self.seen_price != self.listed_price

    @property
    def short_of_stock(self) -> bool:
        return self.variant.available < self.quantity


@dataclass(frozen=True)
class PricedOrder:
    """What will be one order: one shop's goods of one delivery class."""

    seller: Seller
    delivery: str
    promised_days: int
    lines: tuple[PricedLine, ...]
    items_total: Money
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
    shipping: Money
    total: Money
    spread: Money

    @property
    def lines(self) -> list[PricedLine]:
        return [line for order in self.orders for line in order.lines]


def currencies_of(lines: Sequence[CartLine], *, charged: str) -> list[str]:
    """The listing currencies in a cart that need a quote, in order of appearance."""
    listed = [str(line.variant.price.currency) for line in lines]
    listed += [line.variant.product.seller.currency for line in lines]
    return [one for one in dict.fromkeys(listed) if one != charged]


def review(
    lines: Sequence[CartLine], *, quotes: Mapping[str, Quote], charged: str
) -> Review:
    """Price a cart in ``charged``; ``quotes`` by the currency they convert from.

    Unit prices are converted once and then multiplied; shipping is converted once
    for each order; totals are added, never converted.

    :raises MissingQuote: when a listing currency has no quote.
    """
    rates = {source: quote.rate for source, quote in quotes.items()}
    orders = _orders(lines, rates, charged)
    items_total = _total((one.items_total for one in orders), charged)
    shipping = _total((one.shipping for one in orders), charged)
    total = items_total + shipping
    at_mid = total_with_margin(lines, quotes=quotes, charged=charged, margin=Decimal(0))
    return Review(orders, items_total, shipping, total, spread=total - at_mid)


def total_with_margin(
    lines: Sequence[CartLine],
    *,
    quotes: Mapping[str, Quote],
    charged: str,
    margin: Decimal,
) -> Money:
    """The cart's total if each reference rate were raised by ``margin`` (0.03 is 3 %)
    in place of our spread: to tell what ours costs, and what others would.

    :raises MissingQuote: when a listing currency has no quote.
    """
    rates = {source: quote.mid_rate * (1 + margin) for source, quote in quotes.items()}
    orders = _orders(lines, rates, charged)
    return _total((one.total for one in orders), charged)


def _orders(
    lines: Sequence[CartLine], rates: Mapping[str, Decimal], charged: str
) -> tuple[PricedOrder, ...]:
    groups: dict[tuple[int, str], list[CartLine]] = {}
    for line in lines:
        product = line.variant.product
        groups.setdefault((product.seller_id, product.delivery), []).append(line)
    return tuple(_order(group, rates, charged) for group in groups.values())


def _order(
    lines: Sequence[CartLine], rates: Mapping[str, Decimal], charged: str
) -> PricedOrder:
    product = lines[0].variant.product
    seller = product.seller
    priced = tuple(_line(line, rates, charged) for line in lines)
    items_total = _total((line.total for line in priced), charged)
    listed_shipping = shipping_fee(seller)
    shipping = converted(listed_shipping, rates, charged)
    return PricedOrder(
        seller=seller,
        delivery=product.delivery,
        # One parcel arrives when its slowest piece does.
        promised_days=max(line.variant.product.promised_days for line in lines),
        lines=priced,
        items_total=items_total,
        listed_shipping=listed_shipping,
        shipping=shipping,
        total=items_total + shipping,
        commission=_total((line.commission for line in priced), charged),
    )


def _line(line: CartLine, rates: Mapping[str, Decimal], charged: str) -> PricedLine:
    listed = line.variant.price
    unit = converted(listed, rates, charged)
    total = unit * line.quantity
    # Of the listed price, then converted: by the rate of the order, like the price.
    commission = money.share(listed * line.quantity, settings.COMMISSION_RATE)
    return PricedLine(
        variant=line.variant,
        quantity=line.quantity,
        listed_price=listed,
        seen_price=line.seen_price,
        unit_price=unit,
        total=total,
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
