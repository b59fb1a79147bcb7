"""What the demo sells: categories, shops, products, and the pictures they need."""

from collections.abc import Iterator

from marketplace.seeding.goods import (
    care,
    clothing,
    electronics,
    garden,
    home,
    kitchen,
    stationery,
    tea,
    toys,
    travel,
)
from marketplace.seeding.goods.records import Category, Product, Shop, Variant
from marketplace.seeding.goods.shops import SHOPS
from marketplace.seeding.pictures import Picture

__all__ = [
    "CATEGORIES",
    "PRODUCTS",
    "SHOPS",
    "Category",
    "Product",
    "Shop",
    "Variant",
    "picture_of",
    "pictures",
]

CATEGORIES = (
    Category("tea", "Tea & tea ware", "茶与茶器", "mist"),
    Category("kitchen", "Kitchen", "厨房", "apricot"),
    Category("home", "Home & light", "家居灯饰", "linen"),
    Category("stationery", "Paper & desk", "纸品文具", "paper"),
    Category("clothing", "Clothing", "服饰", "blush"),
    Category("travel", "Bags & outdoors", "箱包户外", "dawn"),
    Category("electronics", "Electronics", "数码", "pearl"),
    Category("toys", "Toys", "玩具", "lemon"),
    Category("garden", "Plants & garden", "花园绿植", "dew"),
    Category("care", "Bath & care", "沐浴护理", "petal"),
)

PRODUCTS: tuple[Product, ...] = (
    *tea.PRODUCTS,
    *kitchen.PRODUCTS,
    *home.PRODUCTS,
    *stationery.PRODUCTS,
    *clothing.PRODUCTS,
    *travel.PRODUCTS,
    *electronics.PRODUCTS,
    *toys.PRODUCTS,
    *garden.PRODUCTS,
    *care.PRODUCTS,
)

_TINTS = {category.slug: category.tint for category in CATEGORIES}


def picture_of(product: Product, variant: Variant) -> Picture:
    """The picture of one variant; the first variant's is the product's own."""
    return Picture(product.object_name, variant.colour, _TINTS[product.category])


def pictures() -> Iterator[Picture]:
    """Every different picture the catalogue needs, in its order."""
    seen = set()
    for product in PRODUCTS:
        for variant in product.variants:
            picture = picture_of(product, variant)
            if picture not in seen:
                seen.add(picture)
                yield picture
