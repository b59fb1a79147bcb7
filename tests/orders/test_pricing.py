"""Amounts: a unit price is converted once, then multiplied; totals are added."""

from decimal import Decimal

import pytest

from kernel.money import money
from marketplace.cart import queries as carts
from marketplace.models import Product
from orders import pricing
from tests.factories import a_buyer, a_cart, a_product, a_seller, cny, placing

pytestmark = pytest.mark.django_db


class Quote:
    def __init__(self, rate, mid_rate=None):
        self.rate = Decimal(rate)
        self.mid_rate = Decimal(mid_rate or rate)


def reviewed(cart, *, charged="CNY", **rates):
    quotes = {source: Quote(rate) for source, rate in rates.items()}
    return pricing.review(carts.lines_of(cart), quotes=quotes, charged=charged)


def test_the_unit_price_is_converted_once_and_then_multiplied():
    seller = a_seller(currency="USD", shipping_minor=0)
    cart = a_cart(a_buyer(), a_product(price="49.99", seller=seller), quantity=2)

    review = reviewed(cart, USD="0.9213")

    (line,) = review.lines
    assert line.unit_price == cny("46.06")
    assert line.total == cny("92.12")  # not 92.11, the converted total


def test_commission_is_half_up_a_line_and_takes_no_shipping():
    seller = a_seller(shipping_minor=1000)
    first = a_product(price="0.10", seller=seller)  # 5 % is half a fen
    second = a_product(price="0.30", seller=seller)
    cart = a_cart(a_buyer(), first, second)

    review = reviewed(cart)

    assert [line.commission for line in review.lines] == [cny("0.01"), cny("0.02")]
    assert review.orders[0].commission == cny("0.03")
    assert review.total == cny("10.40")


def test_one_order_per_shop_and_way_of_sending_each_with_its_shipping():
    one = a_seller(currency="EUR", shipping_minor=333)
    other = a_seller(currency="JPY", shipping_minor=500)
    cart = a_cart(
        a_buyer(),
        a_product(price="12.00", seller=one),
        a_product(price="980", seller=other),
        a_product(
            price="20.00",
            seller=one,
            delivery=Product.Delivery.CROSS_BORDER,
            promised_days=30,
        ),
        a_product(price="1.00", seller=one, promised_days=9),
    )

    review = reviewed(cart, EUR="7.8123", JPY="0.0481")

    assert [(o.seller, o.delivery, len(o.lines)) for o in review.orders] == [
        (one, "express", 2),
        (other, "express", 1),
        (one, "cross_border", 1),
    ]
    assert [o.shipping for o in review.orders] == [
        cny("26.01"),
        cny("24.05"),
        cny("26.01"),
    ]
    assert [o.promised_days for o in review.orders] == [9, 5, 30]
    assert review.total == sum((o.total for o in review.orders), cny("0"))
    assert review.total == review.items_total + review.shipping


def test_a_currency_without_a_quote_is_not_priced():
    cart = a_cart(a_buyer(), a_product(price="12.00", seller=a_seller(currency="EUR")))

    with pytest.raises(pricing.MissingQuote):
        reviewed(cart)


def test_yen_convert_to_fen(clock):
    cart = a_cart(a_buyer(), a_product(price="1980", seller=a_seller(currency="JPY")))

    (quote,) = placing(cart)["quotes"]

    assert reviewed(cart, JPY=quote.rate).lines[0].unit_price == money(
        (1980 * quote.rate).quantize(Decimal("0.01"), "ROUND_HALF_UP"), "CNY"
    )


@pytest.mark.parametrize(
    ("price", "charged", "rate", "unit"),
    [
        ("49.99", "EUR", "0.9213", "46.06"),
        ("49.99", "JPY", "150.37", "7517"),  # 7516.9963
        ("49.99", "KWD", "0.30715", "15.354"),  # 15.3544285
        ("0.01", "JPY", "50", "1"),  # half a yen goes up
        ("0.01", "JPY", "49", "0"),
    ],
)
def test_a_unit_price_has_the_digits_of_the_charged_currency(
    price, charged, rate, unit
):
    seller = a_seller(currency="USD", shipping_minor=0)
    cart = a_cart(a_buyer(), a_product(price=price, seller=seller), quantity=3)

    review = reviewed(cart, charged=charged, USD=rate)

    (line,) = review.lines
    assert line.unit_price == money(unit, charged)
    assert line.total == line.unit_price * 3 == review.total


def test_commission_is_of_the_listed_price_and_converted_with_it():
    seller = a_seller(currency="USD", shipping_minor=0)
    cart = a_cart(a_buyer(), a_product(price="0.30", seller=seller), quantity=3)

    review = reviewed(cart, USD="10")

    # 5 % of 0.90 are 0.045, half-up 0.05 dollars; 5 % of 9.00 yuan were 0.45.
    assert review.lines[0].commission == cny("0.50")


def test_the_spread_is_what_the_same_cart_would_cost_less_at_the_mid_rate():
    seller = a_seller(currency="EUR", shipping_minor=333)
    goods = a_product(price="12.00", seller=seller), a_product(price="5.00")
    cart = a_cart(a_buyer(), *goods, quantity=2)
    quote = Quote("8.08", mid_rate="8")
    lines = carts.lines_of(cart)

    def total(**margin):
        return pricing.total_with_margin(
            lines, quotes={"EUR": quote}, charged="CNY", **margin
        )

    review = pricing.review(lines, quotes={"EUR": quote}, charged="CNY")

    # 12.00 → 96.96 and 96.00, twice; 3.33 → 26.91 and 26.64; yuan stay as they are.
    assert review.spread == cny("2.19")
    assert total(margin=Decimal("0.01")) == review.total
    assert total(margin=Decimal(0)) == review.total - review.spread
    assert total(margin=Decimal("0.03")) > review.total
