"""The cart's page and its four acts; each act is a POST that leads back to a page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kernel import clock
from marketplace.accounts.models import User
from marketplace.cart import commands, queries
from marketplace.cart.models import Cart
from marketplace.fx import queries as fx
from marketplace.models import Variant


@require_safe
def detail(request: HttpRequest) -> HttpResponse:
    """What is in the cart, by shop, and what it comes to in each currency."""
    lines = queries.lines_for(request)
    shops = queries.grouped(lines)
    currency = fx.display_currency_of(request)
    at = clock.now()
    context = {
        "shops": shops,
        "totals": queries.totals(shops),
        "about": queries.about_total(shops, currency, at=at),
        "pieces": sum(line.quantity for line in lines),
        "changed": any(line.price_changed for line in lines),
        "blocked": any(line.is_short for line in lines),
        "standing": fx.standing(at),
    }
    return render(request, "cart/detail.html", context)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Put pieces of a variant into the cart; back to the product with good news."""
    variant = _variant(request.POST.get("variant", ""))
    step = request.POST.get("step", "")
    if step:
        # Plus and minus of the product page, pressed where no script counts.
        return _back_to_product(variant, _stepped(request.POST.get("quantity"), step))
    quantity = commands.quantity_from(request.POST.get("quantity", "1"))
    cart = _own_cart(request)
    commands.add(cart=cart, variant=variant, quantity=quantity, at=clock.now())
    messages.success(
        request,
        format_html(
            '{} <a href="{}">{}</a>',
            _("Added to your cart."),
            reverse("cart:detail"),
            _("View cart"),
        ),
    )
    return _back_to_product(variant)


@require_POST
def change(request: HttpRequest, sku: str) -> HttpResponse:
    """Set a line's quantity: the number typed, or one more or less of it."""
    variant = _variant(sku)
    quantity = commands.quantity_from(request.POST.get("quantity", ""))
    step = request.POST.get("step", "")
    if step:
        quantity = _stepped(str(quantity), step)
    commands.set_quantity(
        cart=_cart(request), variant=variant, quantity=quantity, at=clock.now()
    )
    return redirect("cart:detail")


@require_POST
def remove(request: HttpRequest, sku: str) -> HttpResponse:
    """Take a line out."""
    variant = _variant(sku)
    commands.remove(cart=_cart(request), variant=variant, at=clock.now())
    return redirect("cart:detail")


@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    """The shopper has read the changed prices."""
    commands.accept_prices(cart=_cart(request), at=clock.now())
    return redirect("cart:detail")


def _own_cart(request: HttpRequest) -> Cart:
    """The cart to put something into; a visitor's token stays in the session."""
    person = request.user if isinstance(request.user, User) else None
    token = queries.token_of(request)
    cart = commands.cart_for(user=person, token=token, at=clock.now())
    if person is None and cart.token != token:
        request.session[queries.SESSION_KEY] = str(cart.token)
    return cart


def _cart(request: HttpRequest) -> Cart:
    """The cart to change. :raises commands.NotInCart: when there is none."""
    cart = queries.cart_of(request)
    if cart is None:
        raise commands.NotInCart
    return cart


def _variant(sku: str) -> Variant:
    # PostgreSQL takes no NUL in a text.
    wanted = sku.replace("\0", "")
    return get_object_or_404(Variant.objects.select_related("product"), sku=wanted)


def _stepped(text: str | None, step: str) -> int:
    """One more or one less than a typed number, within what a cart takes."""
    quantity = commands.quantity_from(text or "1")
    return quantity + 1 if step == "up" else quantity - 1


def _back_to_product(variant: Variant, quantity: int = 1) -> HttpResponse:
    asked: dict[str, str | int] = {"v": variant.key}
    if quantity > 1:
        asked["n"] = quantity
    return redirect(f"{variant.product.get_absolute_url()}?{urlencode(asked)}")
