"""What every page's shell shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from marketplace.cart import queries as cart
from marketplace.fx import queries as fx
from marketplace.notifications import queries as notifications


def shell(request: HttpRequest) -> dict[str, Any]:
    """Lazily: a page without a header (an e-mail, a fragment) pays no query."""
    return {
        "cart_count": SimpleLazyObject(lambda: cart.count_for(request)),
        "unread_notices": SimpleLazyObject(lambda: notifications.unread_for(request)),
        "display_currency": SimpleLazyObject(lambda: fx.display_currency_of(request)),
        "display_currencies": settings.DISPLAY_CURRENCIES,
        "time_travel": settings.TIME_TRAVEL,
        "demo": settings.DEMO,
    }
