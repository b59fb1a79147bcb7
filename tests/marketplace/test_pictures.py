"""The demo's catalogue and its pictures: complete, valid, and all different."""

import hashlib
import re
from collections import Counter
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from kernel.money import exponent
from marketplace.seeding.catalogue_data import (
    CATEGORIES,
    PRODUCTS,
    SHOPS,
    picture_of,
    pictures,
)
from marketplace.seeding.pictures import (
    COLOURS,
    OBJECTS,
    TINTS,
    Picture,
    draw,
    render,
    render_many,
    render_set,
)

SHOPS_BY_SLUG = {shop.slug: shop for shop in SHOPS}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def by_slug(rows):
    return pytest.mark.parametrize("row", rows, ids=lambda row: row.slug)


@by_slug(PRODUCTS)
def test_a_product_can_be_drawn_and_is_placed(row):
    assert row.object_name in OBJECTS
    assert row.shop in SHOPS_BY_SLUG
    assert row.category in {category.slug for category in CATEGORIES}
    assert 1 <= len(row.variants) <= 4
    assert all(variant.colour in COLOURS for variant in row.variants)
    keys = [variant.key for variant in row.variants]
    assert len(set(keys)) == len(keys)


@by_slug(PRODUCTS)
def test_a_product_speaks_both_languages(row):
    assert len(row.description_en) > 60
    assert len(CHINESE.findall(row.description_zh)) > 15
    for chinese in (row.title_zh, *(v.name_zh for v in row.variants)):
        assert CHINESE.search(chinese)
    for english in (
        row.title_en,
        row.description_en,
        *(v.name_en for v in row.variants),
    ):
        assert english.strip()
        assert not CHINESE.search(english)
        assert "!" not in english
    assert "!" not in row.description_zh + row.title_zh


@by_slug(PRODUCTS)
def test_a_price_is_positive_and_has_no_more_digits_than_its_currency(row):
    digits = exponent(SHOPS_BY_SLUG[row.shop].currency)
    for variant in row.variants:
        assert Decimal(row.price) + Decimal(variant.extra) > 0
        assert variant.stock >= 0
    for amount in (row.price, *(variant.extra for variant in row.variants)):
        assert -Decimal(amount).as_tuple().exponent <= digits


@by_slug(SHOPS)
def test_a_shop_is_complete(row):
    assert CHINESE.search(row.name_zh)
    assert CHINESE.search(row.about_zh)
    assert row.name_en
    assert row.about_en
    assert row.owner_email.endswith("@sellers.example")
    assert Decimal(row.shipping) >= 0
    assert -Decimal(row.shipping).as_tuple().exponent <= exponent(row.currency)
    days = [product.promised_days for product in PRODUCTS if product.shop == row.slug]
    assert days, "every shop sells something"
    abroad = row.delivery == "cross_border"
    assert abroad == (row.country != "CN")
    assert all((day >= 10) == abroad for day in days)


def test_the_catalogue_has_the_promised_size_and_no_repeats():
    assert len(SHOPS) == 8
    assert len(PRODUCTS) >= 72
    for rows in (CATEGORIES, SHOPS, PRODUCTS):
        slugs = [row.slug for row in rows]
        assert len(set(slugs)) == len(slugs)
    owners = [shop.owner_email for shop in SHOPS]
    assert len(set(owners)) == len(owners)
    assert {category.tint for category in CATEGORIES} <= set(TINTS)
    sold = Counter(product.category for product in PRODUCTS)
    assert all(sold[category.slug] >= 4 for category in CATEGORIES)


def test_no_two_products_show_the_same_picture():
    owner = {}
    for product in PRODUCTS:
        for picture in {picture_of(product, variant) for variant in product.variants}:
            assert owner.setdefault(picture, product.slug) == product.slug


def test_every_picture_of_the_catalogue_differs():
    seen = {}
    for picture in pictures():
        image = draw(picture.object_name, palette=picture.colour, tint=picture.tint)
        assert image.size == (800, 800)
        digest = hashlib.sha256(image.tobytes()).hexdigest()
        assert digest not in seen, f"{picture} looks like {seen[digest]}"
        seen[digest] = picture


def test_every_object_is_sold_and_there_are_many():
    assert {product.object_name for product in PRODUCTS} == set(OBJECTS)
    assert len(OBJECTS) >= 36


def test_a_set_holds_three_sizes_as_webp():
    files = render_set("teapot", "celadon", "mist")

    assert set(files) == {"800", "400", "96"}
    for width, content in files.items():
        image = Image.open(BytesIO(content))
        assert image.format == "WEBP"
        assert image.size == (int(width), int(width))
    assert files["800"] == render("teapot", "celadon", "mist")


def test_the_same_picture_is_the_same_bytes_wherever_it_is_drawn():
    wanted = [Picture("camera", "ink", "pearl"), Picture("vase", "jade", "linen")]

    here = render_many(wanted, processes=1)
    elsewhere = render_many([*wanted, *wanted], processes=2)

    assert here == elsewhere
    assert list(elsewhere) == wanted
    assert here[wanted[0]] == render_set("camera", "ink", "pearl")


@pytest.mark.parametrize(
    "names",
    [
        ("unicorn", "ink", "pearl"),
        ("camera", "beige", "pearl"),
        ("camera", "ink", "sea"),
    ],
)
def test_an_unknown_name_is_refused(names):
    with pytest.raises(KeyError):
        render(*names)
