"""Finding goods in both languages, narrowing them down, putting them in order."""

from datetime import timedelta

import pytest

from marketplace import commands, queries
from marketplace.models import Product
from marketplace.queries import Filters
from tests.conftest import MORNING

from .builders import a_category, a_product, a_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods():
    """Four listings whose slugs say what they are."""
    tea, home = a_category("tea"), a_category("home", name_zh="家居", position=1)
    bamboo = a_shop(name_en="Bamboo House", name_zh="竹居")
    specs = [
        ("teapot", tea, ("Round clay teapot", "圆形紫砂茶壶"), "180.00", 3),
        ("cups", tea, ("Two porcelain cups", "青瓷品茗杯两只"), "60.00", 0),
        ("lamp", home, ("Reading lamp, oak", "橡木阅读灯"), "320.00", 5),
        ("kettle", home, ("Enamelled kettle", "珐琅烧水壶"), "240.00", 2),
    ]
    for days, (slug, category, title, price, stock) in enumerate(specs):
        a_product(
            price,
            slug=slug,
            seller=bamboo,
            category=category,
            title=title,
            stock=stock,
            delivery="cross_border" if slug == "lamp" else "express",
            at=MORNING + timedelta(days=days),
            description=("Made by hand in small lots.", "小批量手工制作。"),
        )


def found(**wanted) -> list[str]:
    return [product.slug for product in queries.products_for_list(**wanted)]


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("teapot", {"teapot"}),
        ("TEAPOTS", {"teapot"}),
        ("teap", {"teapot"}),
        ("enamel", {"kettle"}),
        ("oak lamp", {"lamp"}),
        ("oak teapot", set()),
        ("bamboo", {"teapot", "cups", "lamp", "kettle"}),
        ("choice", {"teapot", "cups", "lamp", "kettle"}),
        ("茶壶", {"teapot"}),
        ("壶", {"teapot", "kettle"}),
        ("紫砂茶壶", {"teapot"}),
        ("砂茶", {"teapot"}),
        ("壶茶", set()),
        ("青瓷 杯", {"cups"}),
        ("阅读灯", {"lamp"}),
        ("手工", {"teapot", "cups", "lamp", "kettle"}),
        ("lamp 橡木", {"lamp"}),
        ("灯lamp", {"lamp"}),
    ],
)
def test_words_and_parts_of_words_find_goods(goods, text, slugs):
    assert set(found(text=text)) == slugs


@pytest.mark.parametrize("text", ["' | !", "a:* & (", "\\", "::", "   ", "%", "<->"])
def test_signs_are_never_operators(goods, text):
    found(text=text)


def test_a_title_weighs_more_than_a_description(goods):
    a_product(
        slug="tray", title=("Tray", "托盘"), description=("Holds a kettle.", "放水壶。")
    )

    assert found(text="kettle", sort="best") == ["kettle", "tray"]


def test_the_newest_stand_first(goods):
    assert found() == ["kettle", "lamp", "cups", "teapot"]


def test_prices_are_put_in_order_across_currencies(goods):
    a_product("30.00", slug="pen", seller=a_shop("EUR"))  # some 220 CNY

    assert found(sort="price") == ["cups", "teapot", "pen", "kettle", "lamp"]
    assert found(sort="price-down") == ["lamp", "kettle", "pen", "teapot", "cups"]


def test_an_unknown_order_is_the_newest_first(goods):
    assert found(sort="'; drop table") == found()
    assert found(sort="best") == found()


def test_filters_narrow_the_list_down(goods):
    assert found(category="home") == ["kettle", "lamp"]
    assert found(category="home", delivery="express") == ["kettle"]
    assert found(category="tea", in_stock=True) == ["teapot"]
    assert found(category="nowhere") == []


def test_what_is_sold_out_says_so(goods):
    gone = {row.slug: row.is_gone for row in queries.products_for_list()}

    assert gone == {"teapot": False, "cups": True, "lamp": False, "kettle": False}


def test_facets_count_what_each_category_would_show(goods):
    def counts(**wanted):
        return {
            facet.category.slug: facet.count
            for facet in queries.facets(Filters(**wanted))
        }

    assert counts() == {"tea": 2, "home": 2}
    assert counts(text="壶") == {"tea": 1, "home": 1}
    assert counts(category="tea") == {"tea": 2, "home": 2}
    assert counts(in_stock=True) == {"tea": 1, "home": 2}
    assert counts(text="nothing") == {"tea": 0, "home": 0}


def test_a_page_knows_the_number_of_all_rows_from_one_query(
    goods, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(queries, "PAGE_SIZE", 3)

    with django_assert_num_queries(1):
        first = queries.page_of(queries.products_for_list(), 1)

    assert [row.slug for row in first] == ["kettle", "lamp", "cups"]
    assert (first.paginator.count, first.paginator.num_pages) == (4, 2)
    assert first.has_next()


def test_a_page_beyond_the_end_is_the_last_one(goods, monkeypatch):
    monkeypatch.setattr(queries, "PAGE_SIZE", 3)

    last = queries.page_of(queries.products_for_list(), 99)

    assert (last.number, [row.slug for row in last]) == (2, ["teapot"])


def test_nothing_found_is_an_empty_first_page(goods):
    nothing = queries.page_of(queries.products_for_list(text="zzz"), 5)

    assert (list(nothing), nothing.number, nothing.paginator.count) == ([], 1, 0)


def test_new_words_are_found_and_old_ones_no_longer(goods):
    lamp = Product.objects.get(slug="lamp")

    commands.change_wording(
        product=lamp,
        wording=commands.Wording("Ash lantern", "白蜡木提灯", "Light.", "照明。"),
    )

    assert found(text="lantern") == ["lamp"]
    assert found(text="oak") == []
    assert found(text="提灯") == ["lamp"]


def test_the_cheapest_choice_gives_the_price_of_the_list():
    product = a_product("90.00", "70.00", "80.00")
    dearest = product.variants.first()
    assert str(product.from_price.amount) == "70.00"

    commands.change_price(variant=dearest, price=dearest.price - dearest.price / 2)

    product.refresh_from_db()
    assert (product.from_price.amount, product.sort_price) == (45, 4500)
    assert product.revision == 2
