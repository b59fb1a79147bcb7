"""From the cart to the payment: one page, one button."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from djmoney.money import Money

from kernel import clock
from kernel.errors import Refusal
from kernel.money import from_minor, to_minor
from marketplace.accounts import commands as people
from marketplace.accounts.forms import AddressForm
from marketplace.accounts.models import Address, User
from marketplace.cart import queries as carts
from marketplace.cart.models import CartLine
from marketplace.coupons import queries as coupons
from marketplace.fx import commands as fx
from marketplace.fx import queries as fx_queries
from orders import checkout_page, commands, currencies, queries
from orders.forms import NEW_ADDRESS, PlaceForm
from orders.models import Checkout
from orders.views.common import found, order_rows, person
from payments import commands as payments
from payments import queries as payment_queries
from payments.models import Attempt

# What was chosen on a page that has to be confirmed again; read once.
AGAIN = "checkout_again"


@dataclass(frozen=True)
class Filled:
    """What was chosen when the page has to be shown again."""

    address: str = ""
    address_form: AddressForm | None = None
    method: str = Attempt.Method.REDIRECT
    token: uuid.UUID | None = None
    currency: str = ""
    coupons: Sequence[str] = ()
    # The total that was agreed to, when it is not true any more.
    before: Money | None = None


@login_required
@require_GET
def checkout(request: HttpRequest) -> HttpResponse:
    """Everything that placing the order would freeze, to be read first."""
    asked = request.GET.get("currency", "")
    filled = _again(request) or Filled(coupons=_codes(request.GET))
    return _page(request, replace(filled, currency=filled.currency or asked))


def _codes(asked: QueryDict) -> list[str]:
    """The coupons asked for; what was typed counts before what was ticked."""
    fields = sorted(name for name in asked if name.startswith("coupon-"))
    fields.sort(key=lambda name: name != "coupon-code")
    return [code for name in fields if (code := asked.get(name, ""))]


def _again(request: HttpRequest) -> Filled | None:
    """What was chosen before the total changed, once."""
    kept = request.session.pop(AGAIN, None)
    if kept is None:
        return None
    before = from_minor(kept["minor"], kept["currency"]) if kept["minor"] else None
    return Filled(
        address=kept["address"],
        method=kept["method"],
        currency=kept["currency"],
        coupons=kept["coupons"],
        before=before,
    )


def _page(request: HttpRequest, filled: Filled) -> HttpResponse:
    user, at = person(request), clock.now()
    lines = carts.lines_for(request)
    if not lines:
        return render(request, "orders/checkout_empty.html")
    display = fx_queries.display_currency_of(request)
    currency = currencies.chosen(filled.currency, shown=display)
    try:
        shown = checkout_page.priced(
            user, lines, currency=currency, codes=filled.coupons, at=at
        )
    except (fx.NoRate, fx.RatesTooOld) as refusal:
        return _without_rates(request, lines, currency, refusal)
    context = {
        **checkout_page.facts(
            shown, user=user, display=display, before=filled.before, at=at
        ),
        **_addresses(user, filled),
        "choice": payment_queries.choice_for(
            user,
            headers=request.headers,
            amount=shown.review.total,
            wanted=filled.method,
        ),
        "token": filled.token or uuid.uuid4(),
    }
    return render(request, "orders/checkout.html", context)


def _addresses(user: User, filled: Filled) -> dict[str, Any]:
    addresses = list(user.addresses.all())
    known = [str(one.pk) for one in addresses]
    usual = known[0] if known else NEW_ADDRESS
    return {
        "addresses": [_address_facts(one) for one in addresses],
        "address_form": filled.address_form or _address_form(user),
        "chosen": filled.address if filled.address in [*known, NEW_ADDRESS] else usual,
    }


def _without_rates(
    request: HttpRequest, lines: list[CartLine], currency: str, refusal: Refusal
) -> HttpResponse:
    """Nothing can be converted now: why, and what can be paid all the same."""
    context = {
        "why": refusal.message,
        "currency": currency,
        "instead": currencies.without_rates(lines),
        "foreign": checkout_page.listed_elsewhere(lines, currency),
        "pieces": len(lines),
    }
    return render(request, "orders/checkout_no_rates.html", context, status=409)


def _address_form(
    user: User,
    data: QueryDict | None = None,
    *,
    typed: dict[str, str] | None = None,
) -> AddressForm:
    """:param typed: what stands in it already, not to be checked yet."""
    return AddressForm(
        data,
        prefix="address",
        initial=typed or {"recipient": user.name, "country": user.country},
        # Not required by the browser: a field that hides would block the button.
        use_required_attribute=False,
    )


def _address_facts(address: Address) -> dict[str, Any]:
    recipient, *rest = address.lines()
    return {"pk": address.pk, "recipient": recipient, "rest": ", ".join(rest)}


@login_required
@require_POST
@payments.while_somebody_waits()
def place(request: HttpRequest) -> HttpResponse:
    """Place the order, start the payment, and send the buyer to it."""
    at = clock.now()
    user = person(request)
    if _asks_for_other_coupons(request):
        return _page(request, _as_it_stands(request))
    form = PlaceForm(request.POST, addresses=user.addresses.all())
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("orders:checkout")
    filled = _filled(form)
    address = form.cleaned_data["address"]
    if address is None:
        address_form = _address_form(user, request.POST)
        if not address_form.is_valid():
            return _page(request, replace(filled, address_form=address_form))
        address_form.instance.user = user
        address = people.keep_address(address=address_form.save(commit=False))
        filled = replace(filled, address=str(address.pk))
    try:
        placed = _place(request, form, address=address, at=at)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return _ask_again(request, filled, refusal, agreed=form.expected_total)
    return start_payment(request, placed, method=filled.method, at=at)


def _asks_for_other_coupons(request: HttpRequest) -> bool:
    """Whether others are chosen than the page has counted: its total is not the one
    that would be ordered, so it is shown first."""
    wanted = {code.strip().upper() for code in _codes(request.POST)} - {""}
    if "apply" in request.POST:
        return True
    if wanted == set(request.POST.get("coupons", "").split(",")) - {""}:
        return False
    messages.info(request, _("Look at the new total with your coupons, then order."))
    return True


def _as_it_stands(request: HttpRequest) -> Filled:
    """Everything on the page that was sent, whether it is complete or not."""
    given = request.POST
    typed = {name: given.get(f"address-{name}", "") for name in AddressForm.base_fields}
    return Filled(
        address=given.get("address", ""),
        address_form=_address_form(person(request), typed=typed),
        method=given.get("method", ""),
        currency=given.get("currency", ""),
        coupons=_codes(given),
    )


def _filled(form: PlaceForm) -> Filled:
    return Filled(
        address=str(form.data["address"]),
        method=form.cleaned_data["method"],
        token=form.given_token,
        currency=form.cleaned_data["currency"],
        coupons=form.coupon_codes,
    )


def _ask_again(
    request: HttpRequest, filled: Filled, refusal: Refusal, *, agreed: Money
) -> HttpResponse:
    """Nothing was ordered: back to the page, with what was chosen and, where the total
    is another one now, what was agreed to before."""
    changed = isinstance(refusal, commands.QuoteExpired | commands.PriceChanged)
    request.session[AGAIN] = {
        "address": filled.address,
        "method": filled.method,
        "currency": filled.currency,
        "coupons": list(filled.coupons),
        "minor": to_minor(agreed) if changed else 0,
    }
    return redirect("orders:checkout")


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
        coupons=coupons.by_code(form.coupon_codes) if form.coupon_codes else (),
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
    return redirect(attempt.address_to_pay)


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
