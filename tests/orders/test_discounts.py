"""Coupons on a cart: the worked example to the cent, and what coupons are for."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from escrow import books
from kernel.money import exponent, from_minor, money
from marketplace.cart import queries as carts
from marketplace.models import Product
from orders import commands, pricing
from orders.discounts import CouponNotForThis
from orders.models import Order, OrderLine
from tests.factories import (
    a_buyer,
    a_cart,
    a_coupon,
    a_paid_order,
    a_placed_checkout,
    a_product,
    a_seller,
    cny,
    pay,
    placing,
)
from tests.orders.test_pricing import Quote

pytestmark = pytest.mark.django_db


def reviewed(cart, *coupons, charged="CNY", **rates):
    quotes = {source: Quote(rate) for source, rate in rates.items()}
    lines = carts.lines_of(cart)
    return pricing.review(lines, quotes=quotes, charged=charged, coupons=coupons)


def refused(cart, *coupons):
    with pytest.raises(CouponNotForThis) as caught:
        reviewed(cart, *coupons)
    return caught.value.why


class TestTheWorkedExample:
    """§4.6 to the cent, from the cart to the books."""

    @pytest.fixture
    def checkout(self, gateway):
        a, b = a_seller(shipping_minor=800), a_seller(shipping_minor=500)
        buyer = a_buyer()
        a_cart(buyer, a_product(price="49.99", seller=a), quantity=2)
        cart = a_cart(
            buyer,
            a_product(price="20.00", seller=a),
            a_product(price="35.50", seller=b),
        )
        coupons = [a_coupon("15.00"), a_coupon("12.00", seller=a)]
        return commands.place_order(**placing(cart, coupons=coupons))

    def test_lines(self, checkout):
        rows = OrderLine.objects.order_by("pk").values_list(
            "total", "seller_discount", "platform_discount", "paid", "commission"
        )

        assert [
            tuple(str(one.quantize(cny("0.01").amount)) for one in r) for r in rows
        ] == [
            ("99.98", "10.00", "9.41", "80.57", "4.50"),
            ("20.00", "2.00", "1.88", "16.12", "0.90"),
            ("35.50", "0.00", "3.71", "31.79", "1.78"),
        ]

    def test_orders_and_charge(self, checkout):
        orders = Order.objects.order_by("pk").select_related("hold")

        assert [order.total for order in orders] == [cny("104.69"), cny("36.79")]
        assert [order.hold.coupon for order in orders] == [cny("11.29"), cny("3.71")]
        assert [order.hold.commission for order in orders] == [cny("5.40"), cny("1.78")]
        assert checkout.charge.amount == cny("141.48")

    def test_the_books(self, checkout):
        pay(checkout)

        assert books.problems() == []


class TestWhatACouponIsFor:
    def test_a_shops_coupon_leaves_other_shops_alone(self):
        seller = a_seller()
        cart = a_cart(a_buyer(), a_product(seller=seller), a_product())

        ours, others = reviewed(cart, a_coupon("10.00", seller=seller)).orders

        assert (ours.seller_discount, others.seller_discount) == (cny("10"), cny("0"))
        assert (ours.commission, others.commission) == (cny("4.50"), cny("5"))

    def test_ours_costs_the_seller_nothing(self):
        (order,) = reviewed(a_cart(a_buyer(), a_product()), a_coupon(50)).orders

        assert (order.platform_discount, order.commission) == (cny("50"), cny("5"))

    def test_a_shops_coupon_counts_over_both_its_ways_of_sending(self):
        seller = a_seller()
        cart = a_cart(
            a_buyer(),
            a_product(seller=seller, price="10.00"),
            a_product(
                seller=seller, price="30.00", delivery=Product.Delivery.CROSS_BORDER
            ),
        )

        orders = reviewed(cart, a_coupon("8.00", seller=seller)).orders

        assert [one.seller_discount for one in orders] == [cny("2"), cny("6")]

    def test_the_minimum_of_ours_counts_after_the_shops(self):
        seller = a_seller()
        cart = a_cart(a_buyer(), a_product(seller=seller))
        ours = a_coupon("5.00", minimum="95.00")

        assert reviewed(cart, ours).total == cny("105.00")
        assert refused(cart, ours, a_coupon("10.00", seller=seller)) == (
            "Spend CN¥5.00 more on these goods."
        )

    def test_only_goods_of_its_category(self):
        product = a_product()
        cart = a_cart(a_buyer(), product)
        other = type(product.category).objects.create(
            slug="factory-toys", name_en="Toys", name_zh="玩具", tint="sand"
        )

        assert reviewed(cart, a_coupon(10, category=product.category)).discounts
        assert "part of it" in refused(cart, a_coupon(10, category=other))

    def test_one_of_each_owner(self):
        seller = a_seller()
        cart = a_cart(a_buyer(), a_product(seller=seller))

        assert "each shop" in refused(
            cart, a_coupon(5, seller=seller), a_coupon(6, seller=seller)
        )
        assert "Danbao" in refused(cart, a_coupon(5), a_coupon(6))

    def test_something_is_left_to_pay(self):
        seller = a_seller(shipping_minor=0)
        cart = a_cart(a_buyer(), a_product(seller=seller, price="0.01"))

        assert "left to pay" in refused(cart, a_coupon(90, seller=seller))

    def test_a_first_order_is_one_before_which_nothing_was_paid(self, gateway):
        buyer, coupon = a_buyer(), a_coupon(10, first_order_only=True)
        a_placed_checkout(buyer=buyer, coupons=[coupon])
        a_paid_order(buyer=buyer)

        with pytest.raises(CouponNotForThis, match="first order"):
            a_placed_checkout(
                buyer=buyer, coupons=[a_coupon(10, first_order_only=True)]
            )


class TestCurrencies:
    def test_a_coupon_is_converted_once_and_then_cut(self):
        seller = a_seller(currency="USD", shipping_minor=0)
        goods = [a_product(price="10.00", seller=seller) for _ in range(3)]
        coupon = a_coupon("10.00", seller=seller)

        review = reviewed(a_cart(a_buyer(), *goods), coupon, USD="7.1111")

        # 71.11 in all; a third each is 23.70 and a rest of one fen, to the first.
        assert [line.seller_discount for line in review.lines] == [
            cny("23.71"),
            cny("23.70"),
            cny("23.70"),
        ]
        # 5 % of 6.66, 6.67 and 6.67 dollars: 0.33 each, then converted.
        assert {line.commission for line in review.lines} == {cny("2.35")}

    @given(
        prices=st.lists(st.integers(2, 90_000), min_size=1, max_size=5),
        quantity=st.integers(1, 4),
        percent=st.tuples(st.integers(1, 90), st.integers(1, 90)),
        charged=st.sampled_from(["CNY", "JPY", "KWD"]),
        rate=st.decimals("0.05", "200", places=4),
    )
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_everything_adds_up_in_any_currency(
        self, shelf, prices, quantity, percent, charged, rate
    ):
        lines, shops, ours = shelf
        for line, price in zip(lines, prices, strict=False):
            line.variant.price = from_minor(price, "CNY")
            line.quantity = quantity
        shops.percent, ours.percent = percent
        try:
            review = pricing.review(
                lines[: len(prices)],
                quotes={} if charged == "CNY" else {"CNY": Quote(rate)},
                charged=charged,
                coupons=[ours, shops],
            )
        except CouponNotForThis:
            # Rounded to a coarser currency, nothing would be left to pay.
            assume(False)
        nothing = from_minor(0, charged)
        assert sum((one.amount for one in review.discounts), nothing) == sum(
            (line.discount for line in review.lines), nothing
        )
        for line in review.lines:
            assert line.paid.amount >= 0
            assert 0 <= line.commission.amount <= line.total.amount
            assert line.total.amount == round(line.total.amount, exponent(charged))
        assert review.total == sum((o.total for o in review.orders), nothing)
        assert review.total == (
            review.items_total
            + review.shipping
            - sum((one.amount for one in review.discounts), nothing)
        )

    @pytest.fixture
    def shelf(self):
        """A cart of five lines whose prices may be changed, and both coupons."""
        seller = a_seller(shipping_minor=700)
        goods = [a_product(seller=seller) for _ in range(5)]
        cart = a_cart(a_buyer(), *goods)
        return (
            carts.lines_of(cart),
            a_coupon(10, seller=seller),
            a_coupon(10),
        )


def test_thirty_per_cent_is_the_most(settings):
    settings.COMMISSION_RATE = settings.MOST_COMMISSION * 2
    cart = a_cart(a_buyer(), a_product(price="10.00"))

    assert reviewed(cart).lines[0].commission == money("3.00", "CNY")
