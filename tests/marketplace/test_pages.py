"""The shop's pages: what they say, and how few queries they need."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from kernel.money import money
from marketplace import cards, commands, queries, stock
from marketplace.models import Product, Variant
from marketplace.notifications.commands import News, notify
from tests.conftest import MORNING

from .builders import a_category, a_person, a_product, a_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei(client):
    """A signed-in shopper with news and a shop of her own: the costliest header."""
    person = a_person()
    a_shop(user=person)
    news = News(person, "order_paid", "/orders/", {"number": "ORD-1"})
    notify(news=[news], at=MORNING)
    client.force_login(person)
    return person


def many(number: int, **fields) -> list[Product]:
    shops = [fields.pop("seller")] if "seller" in fields else [a_shop(), a_shop("EUR")]
    return [
        a_product(
            "10.00",
            "12.00",
            seller=shops[n % len(shops)],
            category=a_category(f"kind-{n % 7}", position=n % 7),
            at=MORNING + timedelta(minutes=n),
            **fields,
        )
        for n in range(number)
    ]


class TestBudgets:
    """Queries of a signed-in shopper, whatever the number of rows."""

    @pytest.mark.parametrize("rows", [1, 60])
    def test_the_list(self, client, mei, rows, django_assert_max_num_queries):
        many(rows)

        with django_assert_max_num_queries(5):
            assert client.get("/").status_code == 200
        with django_assert_max_num_queries(3):
            client.get("/")
        with django_assert_max_num_queries(4):
            client.get("/", {"q": "cup", "in_stock": "1", "sort": "price"})

    @pytest.mark.parametrize("rows", [1, 60])
    def test_the_list_of_a_visitor(self, client, rows, django_assert_max_num_queries):
        many(rows)
        client.get("/")

        with django_assert_max_num_queries(1):
            client.get("/")

    @pytest.mark.parametrize("rows", [1, 30])
    def test_a_product(self, client, mei, rows, django_assert_max_num_queries):
        product = many(rows, seller=a_shop("JPY", shipping_minor=500))[0]

        with django_assert_max_num_queries(4):
            assert client.get(product.get_absolute_url()).status_code == 200

    @pytest.mark.parametrize("rows", [1, 30])
    def test_a_shop(self, client, mei, rows, django_assert_max_num_queries):
        seller = a_shop()
        many(rows, seller=seller)

        with django_assert_max_num_queries(4):
            assert client.get(seller.get_absolute_url()).status_code == 200


class TestList:
    def test_it_shows_the_listed_price_and_marks_the_converted_one(self, client):
        a_product("50.00", seller=a_shop("EUR"))

        page = client.get("/").content.decode()

        assert "€50.00" in page
        assert 'class="price__about">about' in page

    def test_several_prices_begin_at_the_lowest(self, client):
        a_product("10.00", "12.00")
        a_product("30.00", "30.00")

        page = client.get("/").content.decode()

        assert page.count(">from <") == 1

    def test_a_search_without_result_offers_a_way_on(self, client):
        a_product()

        page = client.get("/", {"q": "nothing like it", "in_stock": "1"})

        assert "Nothing found" in page.content.decode()
        assert 'href="/?q=nothing+like+it"' in page.content.decode()

    def test_pages_keep_the_search(self, client, monkeypatch):
        monkeypatch.setattr(queries, "PAGE_SIZE", 2)
        many(3)

        page = client.get("/", {"sort": "price"}).content.decode()

        assert "Page 1 of 2" in page
        assert "sort=price&amp;page=2" in page

    @pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 14, "9" * 5000, "٣"])
    def test_impossible_page_numbers_show_a_page(self, client, page):
        a_product()
        assert client.get("/", {"page": page}).status_code == 200

    @pytest.mark.parametrize("name", ["q", "category", "shop", "delivery", "sort"])
    def test_a_nul_finds_nothing_and_breaks_nothing(self, client, name):
        assert client.get("/", {name: "\0tea\0"}).status_code == 200

    def test_texts_of_people_are_escaped(self, client):
        a_product(title=("<script>alert(1)</script>", "壶"))

        page = client.get("/", {"q": '"><script>x'}).content.decode()
        assert "<script>x" not in page
        assert "<script>alert" not in client.get("/").content.decode()


class TestCardCache:
    """One card per product, revision, language, currency and day of the rates."""

    def drawn(self, client, monkeypatch, **get) -> int:
        """How many cards a visit to the list draws."""
        real, drawn = cards._draw, []

        def draw(product, currency, at):
            drawn.append(product)
            return real(product, currency, at)

        with monkeypatch.context() as patch:
            patch.setattr(cards, "_draw", draw)
            client.get("/", **get)
        return len(drawn)

    def test_a_card_is_drawn_once_for_everybody(self, client, monkeypatch):
        many(3)
        assert self.drawn(client, monkeypatch) == 3

        client.force_login(a_person())
        assert self.drawn(client, monkeypatch) == 0

    def test_a_new_price_draws_one_card_again(self, client, monkeypatch):
        product, _other = many(2)
        self.drawn(client, monkeypatch)

        for variant in product.variants.all():
            commands.change_price(variant=variant, price=money("77.00", "CNY"))

        assert self.drawn(client, monkeypatch) == 1
        assert "CN¥77.00" in client.get("/").content.decode()

    def test_new_words_draw_one_card_again(self, client, monkeypatch):
        product, _other = many(2)
        self.drawn(client, monkeypatch)

        commands.change_wording(
            product=product, wording=commands.Wording("New name", "新名", "x", "y")
        )

        assert self.drawn(client, monkeypatch) == 1
        assert "New name" in client.get("/").content.decode()

    def test_selling_the_last_piece_draws_the_card_again(self, client, monkeypatch):
        product = a_product("5.00", stock=1)
        self.drawn(client, monkeypatch)

        stock.reserve_stock(wanted={product.variants.get().pk: 1})

        assert self.drawn(client, monkeypatch) == 1
        assert "Sold out" in client.get("/").content.decode()

    def test_each_language_and_currency_has_its_own(self, client, monkeypatch):
        many(2)
        self.drawn(client, monkeypatch)

        assert self.drawn(client, monkeypatch, headers={"accept-language": "zh"}) == 2
        client.post(reverse("fx:display_currency"), {"currency": "JPY"})
        assert self.drawn(client, monkeypatch) == 2

    def test_the_next_days_rates_have_their_own(self, client, monkeypatch):
        many(2)
        self.drawn(client, monkeypatch)

        monkeypatch.setattr(cards.fx, "edition", lambda at: "the-next-day")
        assert self.drawn(client, monkeypatch) == 2

    def test_an_empty_cache_is_no_harm(self, client):
        many(2)
        before = client.get("/").content
        cache.clear()
        assert client.get("/").content.count(b"goods-card__title") == before.count(
            b"goods-card__title"
        )


class TestProduct:
    def page(self, client, product, **get) -> str:
        return client.get(product.get_absolute_url(), get).content.decode()

    def test_each_choice_is_a_link_of_its_own(self, client):
        product = a_product("10.00", "12.00")

        page = self.page(client, product, v="v1")

        assert 'href="?v=v0"' in page
        assert "CN¥12.00" in page
        assert f'name="variant" value="{product.slug}.v1"' in page

    def test_an_unknown_choice_shows_one_that_can_be_bought(self, client):
        product = a_product("10.00", "12.00")
        product.variants.filter(position=0).update(on_hand=0)

        page = self.page(client, product, v="nope")

        assert f'value="{product.slug}.v1"' in page

    @pytest.mark.parametrize(
        ("left", "words"), [(3, "Only 3 left"), (0, "Sold out"), (40, "In stock")]
    )
    def test_it_says_what_is_left(self, client, left, words):
        product = a_product(stock=left)

        page = self.page(client, product)

        assert words in page
        assert (reverse("cart:add") in page) == (left > 0)

    def test_the_listed_price_stays_the_price(self, client):
        product = a_product("50.00", seller=a_shop("GBP"))
        client.post(reverse("fx:display_currency"), {"currency": "JPY"})

        page = self.page(client, product)

        assert page.index("£50.00") < page.index("about")
        assert "The shop sells in GBP" in page

    def test_what_is_not_there_is_not_found(self, client):
        assert client.get("/goods/nothing/").status_code == 404
        assert client.get("/shops/nothing/").status_code == 404

    def test_it_speaks_chinese(self, client):
        product = a_product(title=("A cup", "龙泉青瓷杯"))

        answer = client.get(
            product.get_absolute_url(), headers={"accept-language": "zh-hans"}
        )

        assert "龙泉青瓷杯" in answer.content.decode()


def test_a_variant_that_is_low_says_so_and_a_plentiful_one_does_not():
    product = a_product("1.00", "2.00")
    product.variants.filter(position=0).update(on_hand=3)

    low, plenty = Variant.objects.filter(product=product)

    assert low.is_low
    assert not plenty.is_low
