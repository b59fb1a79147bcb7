"""Filling a cart, changing it, and taking it along when signing in."""

import pytest

from kernel.money import money
from marketplace import commands as catalogue
from marketplace.cart import commands, queries
from marketplace.cart.models import MAX_QUANTITY, Cart, CartLine
from tests.conftest import MORNING

from .builders import a_person, a_product, a_shop, a_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def cart(clock):
    return commands.cart_for(user=a_person(), token=None, at=clock.now)


def quantities(cart) -> dict[int, int]:
    return dict(CartLine.objects.filter(cart=cart).values_list("variant", "quantity"))


class TestAdding:
    def test_it_keeps_the_price_the_shopper_saw(self, cart, clock):
        variant = a_variant("88.00")

        line = commands.add(cart=cart, variant=variant, quantity=2, at=clock.now)

        assert (line.quantity, line.seen_price) == (2, money("88.00", "CNY"))

    def test_it_adds_to_what_is_there(self, cart, clock):
        variant = a_variant(stock=5)

        for _ in range(2):
            commands.add(cart=cart, variant=variant, quantity=2, at=clock.now)

        assert quantities(cart) == {variant.pk: 4}

    def test_more_than_is_left_is_refused_and_changes_nothing(self, cart, clock):
        variant = a_variant(stock=3)
        commands.add(cart=cart, variant=variant, quantity=2, at=clock.now)

        with pytest.raises(commands.NotEnoughStock) as refusal:
            commands.add(cart=cart, variant=variant, quantity=2, at=clock.now)

        assert "Only 3 left" in str(refusal.value.message)
        assert quantities(cart) == {variant.pk: 2}

    def test_pieces_set_aside_for_others_do_not_count_as_left(self, cart, clock):
        variant = a_variant(stock=3)
        variant.reserved = 3
        variant.save(update_fields=["reserved"])

        with pytest.raises(commands.NotEnoughStock, match="sold out"):
            commands.add(cart=cart, variant=variant, quantity=1, at=clock.now)

    @pytest.mark.parametrize("quantity", [0, -1, MAX_QUANTITY + 1, 10**9])
    def test_impossible_quantities_are_refused(self, cart, clock, quantity):
        with pytest.raises(commands.BadQuantity):
            commands.add(
                cart=cart,
                variant=a_variant(stock=2_000_000_000),
                quantity=quantity,
                at=clock.now,
            )

        assert quantities(cart) == {}

    def test_the_sum_has_the_same_limit(self, cart, clock):
        variant = a_variant(stock=500)
        commands.add(cart=cart, variant=variant, quantity=60, at=clock.now)

        with pytest.raises(commands.BadQuantity):
            commands.add(cart=cart, variant=variant, quantity=60, at=clock.now)

        assert quantities(cart) == {variant.pk: 60}


@pytest.mark.parametrize(
    "text",
    ["0", "-1", "1000000000", "100", "two", "", " ", "1.5", "1e2", "٣", "²", "9" * 40],
)
def test_what_is_not_a_number_of_pieces_is_refused(text):
    with pytest.raises(commands.BadQuantity):
        commands.quantity_from(text)


@pytest.mark.parametrize(("text", "quantity"), [("1", 1), (" 99 ", 99), ("007", 7)])
def test_what_is_a_number_of_pieces_is_read(text, quantity):
    assert commands.quantity_from(text) == quantity


class TestChanging:
    def test_it_sets_the_number(self, cart, clock):
        variant = a_variant(stock=5)
        commands.add(cart=cart, variant=variant, quantity=1, at=clock.now)

        commands.set_quantity(cart=cart, variant=variant, quantity=4, at=clock.now)

        assert quantities(cart) == {variant.pk: 4}

    @pytest.mark.parametrize(
        ("quantity", "refusal"),
        [
            (0, commands.BadQuantity),
            (-1, commands.BadQuantity),
            (10**9, commands.BadQuantity),
            (6, commands.NotEnoughStock),
        ],
    )
    def test_a_refusal_changes_nothing(self, cart, clock, quantity, refusal):
        variant = a_variant(stock=5)
        commands.add(cart=cart, variant=variant, quantity=2, at=clock.now)

        with pytest.raises(refusal):
            commands.set_quantity(
                cart=cart, variant=variant, quantity=quantity, at=clock.now
            )

        assert quantities(cart) == {variant.pk: 2}

    def test_a_line_that_is_gone_is_not_made_anew(self, cart, clock):
        with pytest.raises(commands.NotInCart):
            commands.set_quantity(
                cart=cart, variant=a_variant(), quantity=1, at=clock.now
            )

    def test_taking_out_twice_is_the_same_as_once(self, cart, clock):
        variant = a_variant()
        commands.add(cart=cart, variant=variant, quantity=1, at=clock.now)

        for _ in range(2):
            commands.remove(cart=cart, variant=variant, at=clock.now)

        assert quantities(cart) == {}

    def test_clearing_takes_out_only_what_was_ordered(self, cart, clock):
        ordered, later = a_variant(), a_variant()
        for variant in (ordered, later):
            commands.add(cart=cart, variant=variant, quantity=1, at=clock.now)

        commands.clear(cart=cart, variant_ids=[ordered.pk])

        assert quantities(cart) == {later.pk: 1}


class TestPrices:
    def test_a_change_is_pointed_out_until_it_is_accepted(self, cart, clock):
        variant = a_variant("100.00")
        commands.add(cart=cart, variant=variant, quantity=1, at=clock.now)
        catalogue.change_price(variant=variant, price=money("120.00", "CNY"))

        (line,) = queries.lines_of(cart)
        assert line.price_changed
        assert line.total == money("120.00", "CNY")

        commands.accept_prices(cart=cart, at=clock.now)
        (line,) = queries.lines_of(cart)
        assert not line.price_changed


class TestMerging:
    @pytest.fixture
    def visitor(self, clock):
        return commands.cart_for(user=None, token=None, at=clock.now)

    def merge(self, visitor, cart, clock):
        return commands.merge(token=visitor.token, user=cart.user, at=clock.now)

    def test_quantities_are_added_and_the_visitors_cart_ends(
        self, visitor, cart, clock
    ):
        both, only = a_variant(stock=9), a_variant(stock=9)
        commands.add(cart=cart, variant=both, quantity=2, at=clock.now)
        commands.add(cart=visitor, variant=both, quantity=3, at=clock.now)
        commands.add(cart=visitor, variant=only, quantity=1, at=clock.now)

        merged = self.merge(visitor, cart, clock)

        assert merged == cart
        assert quantities(cart) == {both.pk: 5, only.pk: 1}
        assert not Cart.objects.filter(pk=visitor.pk).exists()

    def test_sums_are_capped_by_what_is_left(self, visitor, cart, clock):
        variant = a_variant(stock=4)
        commands.add(cart=cart, variant=variant, quantity=3, at=clock.now)
        commands.add(cart=visitor, variant=variant, quantity=3, at=clock.now)

        self.merge(visitor, cart, clock)

        assert quantities(cart) == {variant.pk: 4}

    def test_sums_are_capped_by_the_most_a_cart_takes(self, visitor, cart, clock):
        variant = a_variant(stock=500)
        commands.add(cart=cart, variant=variant, quantity=60, at=clock.now)
        commands.add(cart=visitor, variant=variant, quantity=60, at=clock.now)

        self.merge(visitor, cart, clock)

        assert quantities(cart) == {variant.pk: MAX_QUANTITY}

    def test_what_sold_out_meanwhile_stays_to_be_seen(self, visitor, cart, clock):
        variant = a_variant(stock=1)
        commands.add(cart=visitor, variant=variant, quantity=1, at=clock.now)
        variant.reserved = 1
        variant.save(update_fields=["reserved"])

        self.merge(visitor, cart, clock)

        assert quantities(cart) == {variant.pk: 1}

    def test_a_second_time_nothing_happens(self, visitor, cart, clock):
        commands.add(cart=visitor, variant=a_variant(), quantity=1, at=clock.now)
        self.merge(visitor, cart, clock)
        before = quantities(cart)

        assert self.merge(visitor, cart, clock) is None
        assert quantities(cart) == before

    def test_the_token_of_somebodys_cart_opens_nothing(self, cart, clock):
        stranger = a_person("Eve")
        commands.add(cart=cart, variant=a_variant(), quantity=1, at=clock.now)

        assert commands.merge(token=cart.token, user=stranger, at=clock.now) is None
        assert commands.cart_for(user=None, token=cart.token, at=clock.now) != cart


class TestSums:
    def test_shops_and_ways_of_delivery_each_pay_their_own_shipping(self, cart, clock):
        bo = a_shop("CNY", shipping_minor=800)
        euro = a_shop("EUR", shipping_minor=1200)
        for product, quantity in (
            (a_product("10.00", seller=bo), 2),
            (a_product("5.00", seller=bo), 1),
            (a_product("7.00", seller=bo, delivery="cross_border"), 1),
            (a_product("20.00", seller=euro), 1),
        ):
            variant = product.variants.get()
            commands.add(cart=cart, variant=variant, quantity=quantity, at=clock.now)

        shops = queries.grouped(queries.lines_of(cart))

        assert [len(shop.parcels) for shop in shops] == [2, 1]
        assert [parcel.total for shop in shops for parcel in shop.parcels] == [
            money("33.00", "CNY"),
            money("15.00", "CNY"),
            money("32.00", "EUR"),
        ]
        assert queries.totals(shops) == [money("48.00", "CNY"), money("32.00", "EUR")]

    def test_sold_out_lines_cost_nothing(self, cart, clock):
        variant = a_variant("10.00", stock=1)
        commands.add(cart=cart, variant=variant, quantity=1, at=clock.now)
        variant.reserved = 1
        variant.save(update_fields=["reserved"])

        shops = queries.grouped(queries.lines_of(cart))

        assert queries.totals(shops) == []
        assert shops[0].parcels[0].lines[0].is_sold_out

    def test_one_currency_needs_no_about(self, cart, clock):
        commands.add(cart=cart, variant=a_variant("10.00"), quantity=1, at=clock.now)
        shops = queries.grouped(queries.lines_of(cart))

        assert queries.about_total(shops, "CNY", at=MORNING) is None
        assert str(queries.about_total(shops, "JPY", at=MORNING).currency) == "JPY"
