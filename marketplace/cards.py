"""Product cards, drawn once for everybody and kept in the cache.

A card depends on nothing but its key: the product's revision, the language, the
display currency, the rates in force, whether it is sold out, and the templates.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache as remembered

from django.core.cache import cache
from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from marketplace import queries
from marketplace.fx import queries as fx
from marketplace.models import Product

KEPT_SECONDS = 24 * 60 * 60
TEMPLATE = "components/product_card.html"
_PARTS = (TEMPLATE, "components/picture.html", "components/price.html")


def keys(products: Sequence[Product], currency: str, *, at: datetime) -> list[str]:
    """The cache keys of the cards, in order; products carry ``is_gone``."""
    about = f"{get_language()}:{currency}:{fx.edition(at)}:{_look()}"
    return [
        f"card:{product.pk}:{product.revision}:{_is_gone(product):d}:{about}"
        for product in products
    ]


def filled(
    products: Sequence[Product],
    currency: str,
    known: Mapping[str, str],
    *,
    at: datetime,
) -> list[SafeString]:
    """The cards of ``products`` in order: those ``known`` by key, the rest drawn."""
    drawn: dict[str, str] = {}
    cards = []
    for key, product in zip(keys(products, currency, at=at), products, strict=True):
        card = known.get(key) or drawn.setdefault(key, _draw(product, currency, at))
        cards.append(mark_safe(card))  # noqa: S308  (our own template's output)
    if drawn:
        cache.set_many(drawn, KEPT_SECONDS)
    return cards


def cards_of(
    products: Sequence[Product], currency: str, *, at: datetime
) -> list[SafeString]:
    """The cards of ``products``: one read of the cache, one write for the missing."""
    known = cache.get_many(keys(products, currency, at=at))
    return filled(products, currency, known, at=at)


def _draw(product: Product, currency: str, at: datetime) -> str:
    facts = {
        "url": product.get_absolute_url(),
        "title": product.title,
        "image": queries.picture_url(product.picture, 400),
        "tint": product.category.tint,
        "price": product.from_price,
        "lowest": getattr(product, "has_dearer", False),
        "about": fx.about(product.from_price, currency, at=at),
        "shop": product.seller.name,
        "gone": _is_gone(product),
    }
    return render_to_string(TEMPLATE, facts)


def _is_gone(product: Product) -> bool:
    return bool(getattr(product, "is_gone", False))


@remembered
def _look() -> str:
    """Changes with the templates, so that a new release shows no old cards."""
    digest = hashlib.sha256()
    for name in _PARTS:
        source: str = get_template(name).template.source  # type: ignore[attr-defined]
        digest.update(source.encode())
    return digest.hexdigest()[:12]
