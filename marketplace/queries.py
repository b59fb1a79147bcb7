"""What is for sale: lists, facets, one product, one shop."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import SearchRank
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce
from django.http import Http404

from marketplace import search
from marketplace.accounts.models import Seller
from marketplace.models import Category, Product, Variant

PICTURE_SIZES = (96, 400, 800)
PAGE_SIZE = 24
MOST_PAGES = 10_000

NEWEST, CHEAPEST, DEAREST, BEST = "newest", "price", "price-down", "best"
SORTS = {
    NEWEST: ("-listed_at", "-pk"),
    CHEAPEST: ("sort_price", "pk"),
    DEAREST: ("-sort_price", "pk"),
    BEST: ("-rank", "-listed_at", "-pk"),
}


@dataclass(frozen=True)
class Filters:
    """What a shopper narrows the list down to; empty values narrow nothing."""

    text: str = ""
    category: str = ""
    seller: str = ""
    delivery: str = ""
    in_stock: bool = False

    @property
    def is_empty(self) -> bool:
        return self == Filters()

    @property
    def has_narrowing(self) -> bool:
        """Whether anything beside the text narrows the list."""
        return self != Filters(text=self.text)


@dataclass(frozen=True)
class Facet:
    """A category and how many listings of the present search are in it."""

    category: Category
    count: int


def picture_url(picture: str, size: int) -> str:
    """The address of a picture folder's file of ``size`` pixels (96, 400 or 800)."""
    assert size in PICTURE_SIZES, f"there is no picture of {size} pixels"
    return f"/{settings.MEDIA_URL.strip('/')}/{picture}/{size}.webp"


def products_for_list(
    *,
    text: str = "",
    category: str = "",
    seller: str = "",
    delivery: str = "",
    in_stock: bool = False,
    sort: str = NEWEST,
) -> QuerySet[Product]:
    """Listings with shop and category joined, and what their cards say of variants:
    ``is_gone``, no piece is left; ``has_dearer``, some choice costs more.

    ``category`` and ``seller`` are slugs. An unknown ``sort`` sorts by newest;
    "best" needs a text to rank by.
    """
    filters = Filters(text.strip(), category, seller, delivery, in_stock)
    rows = _narrowed(Product.objects.all(), filters)
    query = search.parse(filters.text)
    if sort == BEST and query is not None:
        rows = rows.annotate(rank=SearchRank(F("search"), query))
    elif sort == BEST or sort not in SORTS:
        sort = NEWEST
    if not in_stock:
        rows = rows.annotate(is_gone=~Exists(_pieces_left()))
    rows = rows.annotate(has_dearer=Exists(_dearer()))
    return rows.select_related("seller", "category").order_by(*SORTS[sort])


def page_of(products: QuerySet[Product], number: int) -> "Page[Product]":
    """Page ``number`` (from 1) and the number of all rows, in one query.

    Beyond the end it is the last page, which then costs two queries more.
    """
    number = min(max(number, 1), MOST_PAGES)
    start = (number - 1) * PAGE_SIZE
    counted = products.annotate(in_all=Window(Count("pk")))
    rows: list[Any] = list(counted[start : start + PAGE_SIZE])
    if not rows and start:
        last = -(-products.count() // PAGE_SIZE)
        return page_of(products, last)
    # Django's paginator would count by a query of its own.
    paginator: Paginator[Product] = Paginator(products, PAGE_SIZE)
    paginator.count = rows[0].in_all if rows else 0
    return Page(rows, number, paginator)


def facets(filters: Filters) -> list[Facet]:
    """Every category with its count under ``filters``, its own choice left aside."""
    elsewhere = replace(filters, category="")
    inside = _narrowed(Product.objects.filter(category=OuterRef("pk")), elsewhere)
    # Grouped by a constant of the subquery: one row with the count, or none.
    counted = inside.order_by().values("category").annotate(n=Count("pk")).values("n")
    rows = Category.objects.annotate(count=Coalesce(Subquery(counted), 0))
    return [Facet(row, row.count) for row in rows.order_by("position")]


def variants_of(slug: str) -> list[Variant]:
    """All variants of one product, in order, with product, shop and category joined.

    One query for a whole product page. :raises Http404: when there are none.
    """
    joined = Variant.objects.select_related("product__seller", "product__category")
    variants = list(joined.filter(product__slug=slug))
    if not variants:
        raise Http404(slug)
    return variants


def shop_by_slug(slug: str) -> Seller:
    """:raises Http404: when there is no such shop."""
    seller = Seller.objects.filter(slug=slug).first()
    if seller is None:
        raise Http404(slug)
    return seller


def _pieces_left() -> QuerySet[Variant]:
    return Variant.objects.filter(product=OuterRef("pk"), on_hand__gt=F("reserved"))


def _dearer() -> QuerySet[Variant]:
    return Variant.objects.filter(
        product=OuterRef("pk"), price__gt=OuterRef("from_price")
    )


def _narrowed(rows: QuerySet[Product], filters: Filters) -> QuerySet[Product]:
    wanted = {
        "category__slug": filters.category,
        "seller__slug": filters.seller,
        "delivery": filters.delivery,
        "search": search.parse(filters.text),
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return rows.filter(Exists(_pieces_left())) if filters.in_stock else rows


def shops() -> list[Seller]:
    """Every shop, in the order of their names' slugs."""
    return list(Seller.objects.all())
