"""The cart through the browser: with and without an account."""

import pytest
from django.urls import reverse

from kernel.money import money
from marketplace import commands as catalogue
from marketplace.cart.models import Cart, CartLine

from .builders import a_person, a_product, a_shop, a_variant

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet password"


def add(client, variant, quantity: object = 1, **more):
    return client.post(
        reverse("cart:add"), {"variant": variant.sku, "quantity": quantity, **more}
    )


def change(client, variant, quantity: object, **more):
    return client.post(
        reverse("cart:change", args=[variant.sku]), {"quantity": quantity, **more}
    )


def show(client) -> str:
    return client.get(reverse("cart:detail")).content.decode()


def lines() -> list[tuple[str, int]]:
    return sorted(CartLine.objects.values_list("variant__sku", "quantity"))


class TestVisitor:
    def test_the_cart_is_found_again_by_the_session(self, client):
        variant = a_variant("88.00")

        answer = add(client, variant, 2)

        assert answer.url == f"{variant.product.get_absolute_url()}?v=v0"
        assert "CN¥176.00" in show(client)
        assert Cart.objects.get().user is None

    def test_another_browser_sees_nothing_of_it(self, client, django_user_model):
        add(client, a_variant())
        stranger = type(client)()

        assert "Your cart is empty" in show(stranger)

    def test_looking_makes_no_cart(self, client):
        show(client)
        assert not Cart.objects.exists()

    def test_signing_in_takes_the_cart_along(self, client):
        both, only = a_variant(stock=9), a_variant(stock=9)
        mei = a_person()
        client.force_login(mei)
        add(client, both, 2)
        client.logout()
        add(client, both, 3)
        add(client, only, 1)

        client.post(
            reverse("account_login"), {"login": mei.email, "password": PASSWORD}
        )

        assert lines() == sorted([(both.sku, 5), (only.sku, 1)])
        assert Cart.objects.get().user == mei
        assert "6 pieces" in show(client)

    def test_signing_out_leaves_nothing_behind(self, client):
        client.force_login(a_person())
        add(client, a_variant())
        client.logout()

        assert "Your cart is empty" in show(client)


class TestQuantities:
    @pytest.mark.parametrize("quantity", ["0", "-1", "1000000000", "two", "", "1.5"])
    def test_nonsense_is_refused_with_words_and_changes_nothing(self, client, quantity):
        variant = a_variant(stock=9)
        add(client, variant, 2)

        for answer in (
            add(client, variant, quantity),
            change(client, variant, quantity),
        ):
            assert answer.status_code == 409
            assert "Choose a whole number from 1 to 99." in answer.content.decode()
        assert lines() == [(variant.sku, 2)]

    def test_from_a_page_the_refusal_leads_back_to_it(self, client):
        variant = a_variant(stock=3)
        back = f"http://testserver{variant.product.get_absolute_url()}"

        answer = client.post(
            reverse("cart:add"),
            {"variant": variant.sku, "quantity": 4},
            headers={"referer": back},
            follow=True,
        )

        assert answer.redirect_chain == [(back, 302)]
        assert "Only 3 left." in answer.content.decode()
        assert lines() == []

    def test_plus_and_minus_work_without_a_script(self, client):
        variant = a_variant(stock=9)
        add(client, variant, 2)

        change(client, variant, 2, step="up")
        assert lines() == [(variant.sku, 3)]
        change(client, variant, 3, step="down")
        assert lines() == [(variant.sku, 2)]

    def test_on_the_product_page_they_only_count(self, client):
        variant = a_variant(stock=9)

        answer = add(client, variant, 2, step="up")

        assert answer.url.endswith("?v=v0&n=3")
        assert 'value="3" min="1"' in client.get(answer.url).content.decode()
        assert lines() == []

    def test_a_line_can_be_taken_out(self, client):
        variant = a_variant()
        add(client, variant)

        client.post(reverse("cart:remove", args=[variant.sku]))

        assert lines() == []

    def test_unknown_goods_are_not_found(self, client):
        answer = client.post(reverse("cart:add"), {"variant": "no\0", "quantity": 1})
        assert answer.status_code == 404
        assert client.post("/cart/%00/remove/").status_code == 404

    @pytest.mark.parametrize("name", ["add", "accept"])
    def test_reading_changes_nothing(self, client, name):
        assert client.get(reverse(f"cart:{name}")).status_code == 405


class TestPage:
    def test_a_changed_price_is_pointed_out_until_it_was_seen(self, client):
        variant = a_variant("100.00")
        add(client, variant)
        catalogue.change_price(variant=variant, price=money("120.00", "CNY"))

        page = show(client)
        assert "Some prices have changed" in page
        assert "Was CN¥100.00 when you put it in, now CN¥120.00." in page

        client.post(reverse("cart:accept"))
        assert "Some prices have changed" not in show(client)

    def test_what_sold_out_is_flagged_and_stops_the_checkout(self, client):
        variant = a_variant(stock=2)
        add(client, variant, 2)
        assert reverse("orders:checkout") in show(client)

        variant.reserved = 2
        variant.save(update_fields=["reserved"])

        page = show(client)
        assert "Sold out since" in page
        assert reverse("orders:checkout") not in page

    def test_fewer_left_is_flagged(self, client):
        variant = a_variant(stock=5)
        add(client, variant, 4)
        variant.reserved = 2
        variant.save(update_fields=["reserved"])

        assert "Only 3 left. Choose fewer" in show(client)

    def test_each_currency_keeps_its_own_total(self, client):
        add(client, a_variant("10.00", seller=a_shop("CNY", shipping_minor=500)))
        add(client, a_variant("1200", seller=a_shop("JPY", shipping_minor=300)))

        page = show(client)

        assert "CN¥15.00" in page
        assert "¥1,500" in page
        assert "About CN¥" in page

    @pytest.mark.parametrize("number", [1, 25])
    def test_its_queries_do_not_grow(
        self, client, number, django_assert_max_num_queries
    ):
        client.force_login(a_person())
        shops = [a_shop(), a_shop("EUR"), a_shop("JPY", shipping_minor=500)]
        for n in range(number):
            product = a_product("10", seller=shops[n % 3])
            add(client, product.variants.get())

        with django_assert_max_num_queries(3):
            assert "Summary" in show(client)
