"""From the cart to the payment: one page, one button."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from kernel import clock
from kernel.errors import Refusal
from kernel.money import to_minor
from marketplace.accounts import commands as people
from marketplace.accounts.forms import AddressForm
from marketplace.accounts.models import Address, User
from marketplace.cart import queries as carts
from marketplace.cart.models import CartLine
from marketplace.fx import commands as fx
from marketplace.fx import queries as fx_queries
from marketplace.fx.models import Quote
from marketplace.queries import picture_url
from orders import commands, pricing, queries
from orders.commands import CHARGED
from orders.forms import NEW_ADDRESS, PlaceForm
from orders.models import Checkout
from orders.views.common import found, order_rows, person
from payments import commands as payments
from payments import queries as payment_queries
from payments.models import Attempt


@login_required
@require_GET
def checkout(request: HttpRequest) -> HttpResponse:
    """Everything that placing the order would freeze, to be read first."""
    user = person(request)
    addresses = list(user.addresses.all())
    chosen = str(addresses[0].pk) if addresses else NEW_ADDRESS
    return _page(request, addresses=addresses, chosen=chosen, at=clock.now())


def _page(
    request: HttpRequest,
    *,
    addresses: list[Address],
    chosen: str,
    at: datetime,
    method: str = Attempt.Method.REDIRECT,
    address_form: AddressForm | None = None,
    token: uuid.UUID | None = None,
) -> HttpResponse:
    user = person(request)
    lines = carts.lines_for(request)
    if not lines:
        return render(request, "orders/checkout_empty.html")
    quotes = _quotes(user, lines, at)
    review = pricing.review(lines, quotes=quotes, charged=CHARGED)
    own_goods = any(order.seller.user_id == user.pk for order in review.orders)
    short = [line for line in review.lines if line.short_of_stock]
    context = {
        "review": review,
        "groups": [_group(order) for order in review.orders],
        "short": short,
        "changed": [line for line in review.lines if line.price_changed],
        "own_goods": own_goods,
        "blocked": own_goods or bool(short),
        "quotes": [_quote_facts(quote) for quote in quotes.values()],
        "quote_references": ",".join(one.reference for one in quotes.values()),
        "quote_ends": min((one.expires_at for one in quotes.values()), default=None),
        "addresses": [_address_facts(one) for one in addresses],
        "address_form": address_form or _address_form(user),
        "chosen": chosen,
        "methods": payment_queries.methods_for(CHARGED),
        "method": method,
        "token": token or uuid.uuid4(),
        "expected_minor": to_minor(review.total),
        "sums": _sums(review),
        "handling_days": settings.HANDLING_TIME.days,
    }
    return render(request, "orders/checkout.html", context)


def _address_form(user: User, data: QueryDict | None = None) -> AddressForm:
    return AddressForm(
        data,
        prefix="address",
        initial={"recipient": user.name, "country": user.country},
        # Not required by the browser: a field that hides would block the button.
        use_required_attribute=False,
    )


def _address_facts(address: Address) -> dict[str, Any]:
    recipient, *rest = address.lines()
    return {"pk": address.pk, "recipient": recipient, "rest": ", ".join(rest)}


def _quotes(user: User, lines: list[CartLine], at: datetime) -> dict[str, Quote]:
    sources = pricing.currencies_of(lines, charged=CHARGED)
    return {
        source: fx.quote(user=user, source=source, target=CHARGED, at=at)
        for source in sources
    }


def _quote_facts(quote: Quote) -> dict[str, Any]:
    """A quote as it is read aloud: six digits that count, the spread in per cent."""
    return {
        "source": quote.source,
        "target": quote.target,
        "rate": f"{quote.rate:.6g}",
        "spread": f"{quote.spread * 100:.1f}".rstrip("0").rstrip("."),
        "date": quote.rate_date,
        "expires_at": quote.expires_at,
    }


def _sums(review: pricing.Review) -> list[dict[str, Any]]:
    parcels = len(review.orders)
    shipping = _("Shipping")
    if parcels > 1:
        several = ngettext("Shipping, %(n)d parcel", "Shipping, %(n)d parcels", parcels)
        shipping = several % {"n": parcels}
    free = {"text": pgettext("shipping", "free")} if not review.shipping.amount else {}
    return [
        {"label": _("Goods"), "amount": review.items_total},
        {"label": shipping, "amount": review.shipping, **free},
    ]


def _group(order: pricing.PricedOrder) -> dict[str, Any]:
    lines = [
        {
            "line": line,
            "picture": picture_url(line.variant.picture, 96),
            "tint": line.variant.product.category.tint,
        }
        for line in order.lines
    ]
    return {"order": order, "lines": lines}


@login_required
@require_POST
def place(request: HttpRequest) -> HttpResponse:
    """Place the order, start the payment, and send the buyer to it."""
    at = clock.now()
    user = person(request)
    addresses = list(user.addresses.all())
    form = PlaceForm(request.POST, addresses=addresses)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("orders:checkout")
    address = form.cleaned_data["address"]
    method = form.cleaned_data["method"]
    if address is None:
        address_form = _address_form(user, request.POST)
        if not address_form.is_valid():
            return _page(
                request,
                addresses=addresses,
                chosen=NEW_ADDRESS,
                at=at,
                method=method,
                address_form=address_form,
                token=form.given_token,
            )
        address_form.instance.user = user
        address = people.keep_address(address=address_form.save(commit=False))
    try:
        placed = _place(request, form, address=address, at=at)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect("orders:checkout")
    return start_payment(request, placed, method=method, at=at)


def _place(
    request: HttpRequest, form: PlaceForm, *, address: Address, at: datetime
) -> Checkout:
    user = person(request)
    cart = carts.cart_of(request)
    if cart is None:
        raise commands.CartEmpty(_("Your cart is empty."))
    return commands.place_order(
        buyer=user,
        cart=cart,
        address=address,
        quotes=fx_queries.quotes_of(user, form.quote_references),
        expected_total=form.expected_total,
        token=form.given_token,
        at=at,
    )


def start_payment(
    request: HttpRequest, placed: Checkout, *, method: str, at: datetime
) -> HttpResponse:
    """To Alipay, or to its code here; if that cannot start, the order stays payable."""
    charge = placed.charge
    try:
        attempt = payments.start_attempt(charge=charge, method=method, at=at)
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("payments:pay", charge.reference)
    if attempt.method == Attempt.Method.REDIRECT:
        return redirect(attempt.redirect_url)
    return redirect("payments:qr", charge.reference)


@login_required
@require_GET
def placed(request: HttpRequest, reference: str) -> HttpResponse:
    """What one checkout became: its one order, or the list of them."""
    checkout = found(queries.checkout_for_buyer(reference, person(request)))
    orders = queries.orders_of_checkout(checkout)
    if len(orders) == 1:
        return redirect(orders[0])
    context = {
        "charge": checkout.charge,
        "rows": order_rows(orders, at=clock.now()),
    }
    return render(request, "orders/placed.html", context)
