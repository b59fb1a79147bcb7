"""The shop's own pages: the list, one product, one shop."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kernel import clock
from marketplace import cards, queries
from marketplace.accounts.models import Seller
from marketplace.fx import queries as fx
from marketplace.models import Category, Product, Variant
from marketplace.queries import Facet, Filters

# Categories and shops change rarely; they come along with the cards' cache read.
FACETS_KEY, SHOPS_KEY = "list:facets", "list:shops"
LISTS_KEPT_SECONDS = 60
MORE_FROM_SHOP = 5


@dataclass(frozen=True)
class Search:
    """What the address of a list asks for."""

    filters: Filters
    sort: str
    page: int

    @classmethod
    def of(cls, given: QueryDict) -> "Search":
        # PostgreSQL takes no NUL in a text.
        asked = {name: str(given[name]).replace("\0", "") for name in given}
        text = asked.get("q", "").strip()[:100]
        filters = Filters(
            text=text,
            category=asked.get("category", ""),
            seller=asked.get("shop", ""),
            delivery=asked.get("delivery", ""),
            in_stock=asked.get("in_stock") == "1",
        )
        usual = queries.BEST if text else queries.NEWEST
        sort = asked.get("sort", usual)
        known = sort if sort in queries.SORTS else usual
        return cls(filters, known, _number(asked.get("page", "")))

    def products(self) -> Any:
        wanted = self.filters
        return queries.products_for_list(
            text=wanted.text,
            category=wanted.category,
            seller=wanted.seller,
            delivery=wanted.delivery,
            in_stock=wanted.in_stock,
            sort=self.sort,
        )

    def sorts(self) -> list[tuple[str, str, bool]]:
        """(value, label, chosen) of every order that makes sense now."""
        labels = {
            queries.BEST: _("Best match"),
            queries.NEWEST: _("Newest"),
            queries.CHEAPEST: _("Low price"),
            queries.DEAREST: _("High price"),
        }
        if not self.filters.text:
            del labels[queries.BEST]
        return [(sort, label, sort == self.sort) for sort, label in labels.items()]


@require_safe
def product_list(request: HttpRequest) -> HttpResponse:
    """Everything for sale: search, filters, sorting; the shop's first page."""
    search = Search.of(request.GET)
    currency = fx.display_currency_of(request)
    at = clock.now()
    page = queries.page_of(search.products(), search.page)
    rows = list(page)
    known = cache.get_many([FACETS_KEY, SHOPS_KEY, *cards.keys(rows, currency, at=at)])
    facets = _facets(search.filters, known)
    context = {
        "search": search,
        "filters": search.filters,
        "page": page,
        "cards": cards.filled(rows, currency, known, at=at),
        "facets": facets,
        "category": _category(facets, search.filters.category),
        "shops": _shops(known),
        "deliveries": Product.Delivery.choices,
        "is_home": search.filters.is_empty and page.number == 1,
    }
    return render(request, "marketplace/list.html", context)


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """One product; ``?v=`` chooses the variant, ``?n=`` the number to start with."""
    variants = queries.variants_of(slug)
    chosen = _chosen(variants, request.GET.get("v", ""))
    goods = chosen.product
    currency = fx.display_currency_of(request)
    at = clock.now()
    more = queries.products_for_list(seller=goods.seller.slug).exclude(pk=goods.pk)
    rows = list(more[:MORE_FROM_SHOP])
    context = {
        "product": goods,
        "crumbs": _crumbs(goods),
        "variants": variants,
        "chosen": chosen,
        "about": fx.about(chosen.price, currency, at=at),
        "standing": fx.standing(at),
        "confirm_days": settings.CONFIRM_AFTER_DELIVERED[goods.delivery].days,
        "picture": queries.picture_url(chosen.picture, 800),
        "quantity": _number(request.GET.get("n", "")),
        "more": cards.cards_of(rows, currency, at=at),
    }
    return render(request, "marketplace/product.html", context)


@require_safe
def shop(request: HttpRequest, slug: str) -> HttpResponse:
    """One shop and everything it sells."""
    seller = queries.shop_by_slug(slug)
    search = Search.of(request.GET)
    page = queries.page_of(
        queries.products_for_list(seller=slug, sort=search.sort), search.page
    )
    currency = fx.display_currency_of(request)
    context = {
        "seller": seller,
        "search": search,
        "page": page,
        "cards": cards.cards_of(list(page), currency, at=clock.now()),
    }
    return render(request, "marketplace/shop.html", context)


def _category(facets: Sequence[Facet], slug: str) -> Category | None:
    named = (one.category for one in facets if one.category.slug == slug)
    return next(named, None)


def _number(text: str) -> int:
    """A small whole number of an address; anything else is 1."""
    fits = text.isascii() and text.isdigit() and len(text) <= 6
    return int(text) if fits else 1


def _crumbs(goods: Product) -> list[tuple[str, str | None]]:
    """The way here: all goods, the category, this one."""
    everything = reverse("marketplace:list")
    inside = f"{everything}?{urlencode({'category': goods.category.slug})}"
    return [
        (_("All goods"), everything),
        (goods.category.name, inside),
        (goods.title, None),
    ]


def _chosen(variants: Sequence[Variant], key: str) -> Variant:
    """The variant asked for, else the first that can be bought, else the first."""
    asked = [one for one in variants if one.key == key]
    left = [one for one in variants if one.available > 0]
    return (asked or left or list(variants))[0]


def _facets(filters: Filters, known: dict[str, Any]) -> list[Facet]:
    """Categories with counts; those of the unfiltered list come from the cache."""
    if filters != Filters(category=filters.category):
        return queries.facets(filters)
    facets: list[Facet] | None = known.get(FACETS_KEY)
    if facets is None:
        facets = queries.facets(filters)
        cache.set(FACETS_KEY, facets, LISTS_KEPT_SECONDS)
    return facets


def _shops(known: dict[str, Any]) -> list[Seller]:
    shops: list[Seller] | None = known.get(SHOPS_KEY)
    if shops is None:
        shops = queries.shops()
        cache.set(SHOPS_KEY, shops, LISTS_KEPT_SECONDS)
    return shops
