"""What changes the catalogue: listing a product, changing a price."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from djmoney.money import Money

from kernel.db import command
from kernel.money import exchange, to_minor
from marketplace import search
from marketplace.accounts.models import Seller
from marketplace.fx import rates
from marketplace.models import Category, Product, Variant

# Prices of all currencies are put in order in this one.
SORT_CURRENCY = "CNY"


@dataclass(frozen=True)
class Wording:
    """A listing's texts in both languages."""

    title_en: str
    title_zh: str
    description_en: str
    description_zh: str


@dataclass(frozen=True)
class Choice:
    """One variant to list: ``key`` makes its SKU, ``picture`` is a media folder."""

    key: str
    name_en: str
    name_zh: str
    colour: str
    picture: str
    price: Money
    stock: int


@command
def list_product(
    *,
    seller: Seller,
    category: Category,
    slug: str,
    wording: Wording,
    choices: Sequence[Choice],
    delivery: str,
    promised_days: int,
    at: datetime,
) -> Product:
    """Put a product with its variants on sale.

    The first choice gives the product its picture, the cheapest its "from" price.
    Every price must be in the shop's currency.
    """
    assert choices, "a product needs at least one choice"
    prices = [choice.price for choice in choices]
    assert all(str(price.currency) == seller.currency for price in prices)
    product = Product.objects.create(
        slug=slug,
        seller=seller,
        category=category,
        title_en=wording.title_en,
        title_zh=wording.title_zh,
        description_en=wording.description_en,
        description_zh=wording.description_zh,
        picture=choices[0].picture,
        delivery=delivery,
        promised_days=promised_days,
        listed_at=at,
        from_price=min(prices),
        sort_price=sort_price(min(prices)),
    )
    Variant.objects.bulk_create(
        Variant(
            product=product,
            sku=f"{slug}.{choice.key}",
            name_en=choice.name_en,
            name_zh=choice.name_zh,
            colour=choice.colour,
            picture=choice.picture,
            price=choice.price,
            on_hand=choice.stock,
            position=position,
        )
        for position, choice in enumerate(choices)
    )
    index_product(product=product)
    return product


@command
def change_price(*, variant: Variant, price: Money) -> None:
    """Ask ``price`` for ``variant`` from now on; carts and cards take notice."""
    assert price.amount > 0, "goods have a price"
    assert str(price.currency) == str(variant.price.currency)
    product = Product.objects.select_for_update(no_key=True).get(pk=variant.product_id)
    Variant.objects.filter(pk=variant.pk).update(price=price)
    cheapest = min(one.price for one in product.variants.all())
    Product.objects.filter(pk=product.pk).update(
        from_price=cheapest,
        sort_price=sort_price(cheapest),
        revision=F("revision") + 1,
    )


@command
def change_wording(*, product: Product, wording: Wording) -> None:
    """Replace the texts of a listing; search and cards follow."""
    Product.objects.filter(pk=product.pk).update(
        title_en=wording.title_en,
        title_zh=wording.title_zh,
        description_en=wording.description_en,
        description_zh=wording.description_zh,
        revision=F("revision") + 1,
    )
    product.refresh_from_db()
    index_product(product=product)


@command
def index_product(*, product: Product) -> None:
    """Write the search vector from the product's, its variants' and shop's words."""
    choices = list(product.variants.all())
    category, seller = product.category, product.seller
    vector = search.document(
        titles=(
            product.title_en,
            product.title_zh,
            category.name_en,
            category.name_zh,
        ),
        texts=(
            product.description_en,
            product.description_zh,
            seller.name_en,
            seller.name_zh,
            *(f"{one.name_en} {one.name_zh}" for one in choices),
        ),
    )
    Product.objects.filter(pk=product.pk).update(search=vector)


def sort_price(price: Money) -> int:
    """``price`` in fen by the newest rate, for putting prices in order only."""
    try:
        rate = rates.known()[-1].cross(str(price.currency), SORT_CURRENCY)
    except rates.RateUnknown:
        return to_minor(price)
    return to_minor(exchange(price, rate, SORT_CURRENCY))
