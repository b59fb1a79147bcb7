"""Placing an order: all of it or nothing, once per token."""

from datetime import timedelta

import pytest
from djmoney.money import Money

from escrow import books
from escrow.models import Hold
from kernel.money import money, rounded
from marketplace.cart.models import CartLine
from marketplace.models import Product, Variant
from marketplace.notifications.models import Notice
from orders import commands
from orders.models import Checkout, Order, OrderLine
from payments.models import Charge
from tests.factories import (
    a_buyer,
    a_cart,
    a_placed_checkout,
    a_product,
    a_seller,
    an_address,
    cny,
    fresh,
    pay,
    placing,
    stock_of,
    the_variant,
)

pytestmark = pytest.mark.django_db
ROWS = (Checkout, Order, OrderLine, Hold, Charge, Notice)


def everything():
    """What a refusal must leave as it was."""
    counts = {model.__name__: model.objects.count() for model in ROWS}
    stock = list(Variant.objects.order_by("pk").values_list("on_hand", "reserved"))
    lines = list(CartLine.objects.order_by("pk").values_list("variant", "quantity"))
    return counts, stock, lines


def refused(refusal, **arguments):
    before = everything()
    with pytest.raises(refusal) as told:
        commands.place_order(**arguments)
    assert everything() == before
    return told.value


def test_a_cart_becomes_one_payment_and_an_order_per_shop(clock):
    mei = a_buyer()
    tea, lamp = a_product(price="100.00"), a_product(price="20.00")
    cart = a_cart(mei, tea, lamp, quantity=2)
    arguments = placing(cart)

    checkout = commands.place_order(**arguments)

    orders = list(checkout.orders.order_by("pk"))
    assert [order.number for order in orders] == [
        f"{checkout.reference}-1",
        f"{checkout.reference}-2",
    ]
    assert [order.total for order in orders] == [cny("210.00"), cny("50.00")]
    assert checkout.charge.amount == cny("260.00") == arguments["expected_total"]
    assert checkout.charge.expires_at == clock.now + timedelta(hours=24)
    assert [order.hold.amount for order in orders] == [o.total for o in orders]
    assert [order.hold.commission for order in orders] == [cny("10.00"), cny("2.00")]
    assert {order.status for order in orders} == {Order.Status.PENDING_PAYMENT}
    assert orders[0].ship_to == arguments["address"].lines()
    assert (stock_of(tea), stock_of(lamp)) == ((10, 2), (10, 2))
    assert not cart.lines.exists()
    assert books.problems() == []


def test_an_order_keeps_what_it_was_whatever_becomes_of_the_listing():
    tea = a_product(price="100.00", title="A small teapot")
    checkout = a_placed_checkout(tea)
    address = checkout.buyer.addresses.get()
    Product.objects.filter(pk=tea.pk).update(title_en="Another thing")
    Variant.objects.filter(product=tea).update(price=money("5.00", "CNY"))
    address.delete()

    order = checkout.orders.get()

    assert order.lines.get().title == "A small teapot"
    assert order.lines.get().unit_price == cny("100.00")
    assert order.ship_to[0] == checkout.buyer.name


def test_pressing_twice_finds_the_first_checkout():
    cart = a_cart(a_buyer())
    arguments = placing(cart)
    first = commands.place_order(**arguments)
    before = everything()

    assert commands.place_order(**arguments) == first
    assert everything() == before


def test_a_token_is_its_buyers_alone():
    one, other = placing(a_cart(a_buyer())), placing(a_cart(a_buyer("Lin")))
    other["token"] = one["token"]

    assert commands.place_order(**one) != commands.place_order(**other)


def test_foreign_prices_are_frozen_with_their_quote():
    seller = a_seller(currency="EUR", shipping_minor=500)
    cart = a_cart(a_buyer(), a_product(price="10.00", seller=seller), quantity=3)
    arguments = placing(cart)

    checkout = commands.place_order(**arguments)

    line = checkout.orders.get().lines.get()
    assert line.listed_price == money("10.00", "EUR")
    assert line.total == line.unit_price * 3
    assert list(checkout.quotes.all()) == arguments["quotes"]


def test_an_empty_cart_is_refused():
    cart = a_cart(a_buyer())
    arguments = placing(cart)
    cart.lines.all().delete()

    refused(commands.CartEmpty, **arguments)


def test_somebody_elses_address_is_refused():
    arguments = placing(a_cart(a_buyer()))
    arguments["address"] = an_address(a_buyer("Lin"))

    refused(commands.NotYourAddress, **arguments)


def test_nobody_buys_from_their_own_shop():
    seller = a_seller()
    cart = a_cart(seller.user, a_product(seller=seller))

    refused(commands.RiskDeclined, **placing(cart))


@pytest.mark.parametrize("how", ["late", "missing", "another's"])
def test_a_rate_that_does_not_hold_is_refused(clock, how):
    goods = a_product(price="10.00", seller=a_seller(currency="EUR"))
    arguments = placing(a_cart(a_buyer(), goods))
    if how == "late":
        clock.advance(minutes=30)
        arguments["at"] = clock.now
    elif how == "missing":
        arguments["quotes"] = []
    else:
        arguments["quotes"] = placing(a_cart(a_buyer("Lin"), goods))["quotes"]

    refused(commands.QuoteExpired, **arguments)


def test_a_rate_holds_to_its_last_second(clock):
    goods = a_product(price="10.00", seller=a_seller(currency="EUR"))
    arguments = placing(a_cart(a_buyer(), goods))
    clock.advance(minutes=29, seconds=59)

    assert commands.place_order(**{**arguments, "at": clock.now})


def test_a_changed_price_is_named_and_must_be_looked_at_again():
    dear, same = a_product(title="A dear lamp"), a_product(title="A cup")
    arguments = placing(a_cart(a_buyer(), dear, same))
    Variant.objects.filter(product=dear).update(price=money("120.00", "CNY"))

    told = refused(commands.PriceChanged, **arguments)

    assert told.titles == ["A dear lamp (Celadon)"]
    assert "A dear lamp" in told.message


def test_another_quantity_than_reviewed_is_refused():
    cart = a_cart(a_buyer())
    arguments = placing(cart)
    cart.lines.update(quantity=2)

    assert refused(commands.PriceChanged, **arguments).titles == []


def test_what_is_sold_out_is_named_and_nothing_else_is_reserved():
    gone, there = a_product(title="The last lamp", stock=1), a_product()
    arguments = placing(a_cart(a_buyer(), there, gone))
    a_placed_checkout(gone)

    told = refused(commands.ItemsSoldOut, **arguments)

    assert told.titles == ["The last lamp (Celadon)"]
    assert stock_of(there) == (10, 0)


def test_five_unpaid_checkouts_are_enough(gateway):
    mei = a_buyer()
    placed = [a_placed_checkout(buyer=mei) for _ in range(5)]

    refused(commands.TooManyUnpaid, **placing(a_cart(mei)))

    pay(placed[0])
    assert commands.place_order(**placing(mei.cart))


def test_the_order_remembers_its_variant_for_the_stock():
    tea = a_product()

    order = a_placed_checkout(tea, quantity=3).orders.get()

    assert order.lines.get().variant == the_variant(tea)
    assert fresh(order).items_total == cny("300.00")


def test_the_address_used_last_is_offered_first(clock):
    mei = a_buyer()
    other = an_address(mei, line1="9 Nowhere Lane")
    arguments = placing(a_cart(mei))
    first = next(one for one in mei.addresses.all() if one != other)
    commands.place_order(**{**arguments, "address": first})

    assert list(mei.addresses.all()) == [first, other]


def test_a_currency_that_no_way_to_pay_charges_is_refused():
    refused(commands.CurrencyNotPayable, **placing(a_cart(a_buyer()), currency="GBP"))


def test_a_quote_into_another_currency_prices_nothing(settings):
    """Eight yuan for a dollar must not be taken as eight yen."""
    settings.BANK_ACCOUNTS = {"JPY": {}}
    shop = a_seller(currency="USD", shipping_minor=0)
    arguments = placing(a_cart(a_buyer(), a_product(price="100.00", seller=shop)))
    yuan = arguments["expected_total"]
    arguments["expected_total"] = rounded(Money(yuan.amount, "JPY"))

    refused(commands.QuoteExpired, **arguments)
