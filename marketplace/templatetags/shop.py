"""Template tags of the shop: pictures, shipping, addresses of lists."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils import dateformat
from django.utils.http import urlencode
from django.utils.translation import get_language
from djmoney.money import Money

from kernel.templatetags import ui
from marketplace import models, queries
from marketplace.accounts.models import Seller
from marketplace.queries import Filters
from marketplace.seeding import people

register = template.Library()


@register.filter
def picture(folder: str, size: int) -> str:
    """The address of a picture in one of its sizes (96, 400, 800)."""
    return queries.picture_url(folder, size)


@register.filter
def day(value: date) -> str:
    """A date in the reader's language, with its year: "30 Oct 2026"."""
    _short, long = ui.DAY_FORMATS[(get_language() or "en")[:2]]
    return dateformat.format(value, long)


@register.simple_tag
def shipping_fee(seller: Seller) -> Money:
    """What one order from ``seller`` costs to send."""
    return models.shipping_fee(seller)


@register.simple_tag(takes_context=True)
def list_url(context: Context, filters: Filters, **changes: Any) -> str:
    """The list under ``filters`` with ``changes``, from its first page, same order."""
    wanted = replace(filters, **changes)
    asked = {
        "q": wanted.text,
        "category": wanted.category,
        "shop": wanted.seller,
        "delivery": wanted.delivery,
        "in_stock": "1" if wanted.in_stock else "",
        "sort": context["request"].GET.get("sort", ""),
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    address = reverse("marketplace:list")
    return f"{address}?{query}" if query else address


@register.simple_tag
def demo_people() -> list[people.Person]:
    """Whom a visitor of the demo may be."""
    return people.shown()
