"""What the seed data is made of."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Delivery: TypeAlias = Literal["express", "cross_border"]


@dataclass(frozen=True)
class Category:
    """A category; ``tint`` names the ground of its pictures."""

    slug: str
    name_en: str
    name_zh: str
    tint: str


@dataclass(frozen=True)
class Shop:
    """A shop and its owner.

    ``shipping`` is the fee of one order, a decimal string in the shop's currency.
    """

    slug: str
    name_en: str
    name_zh: str
    country: str
    currency: str
    shipping: str
    delivery: Delivery
    about_en: str
    about_zh: str
    owner_name: str
    owner_email: str


@dataclass(frozen=True)
class Variant:
    """One choice of a product.

    ``extra`` is what it costs more than the product's price (less, when negative),
    a decimal string in the shop's currency.
    """

    key: str
    name_en: str
    name_zh: str
    colour: str
    stock: int
    extra: str = "0"


@dataclass(frozen=True)
class Product:
    """A listing; ``price`` is a decimal string in the shop's currency.

    ``promised_days`` is the time from shipping to the door that the shop promises.
    """

    slug: str
    shop: str
    category: str
    object_name: str
    price: str
    promised_days: int
    title_en: str
    title_zh: str
    description_en: str
    description_zh: str
    variants: tuple[Variant, ...]

    @property
    def colour(self) -> str:
        """The colour of the main picture: that of the first variant."""
        return self.variants[0].colour
