"""The seller centre's coupons: what a shop offers, and what became of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kernel import clock
from kernel.errors import Refusal
from marketplace.coupons import commands, queries
from marketplace.coupons.forms import CouponForm, offer_of
from orders.views.common import found, person, shop_of


@login_required
@require_http_methods(["GET", "POST"])
def coupons(request: HttpRequest) -> HttpResponse:
    """The shop's coupons, and the form of a new one."""
    seller, at = shop_of(request), clock.now()
    form = CouponForm(seller.currency, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.make_coupon(
                offer=offer_of(form.cleaned_data, at=at),
                seller=seller,
                by=person(request),
                at=at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(
                request, _("Coupon %(code)s is there.") % {"code": made.code}
            )
            return redirect("selling:coupons")
    rows = [
        {"coupon": one, "is_open": one.is_open(at)}
        for one in queries.coupons_of_seller(seller)[:100]
    ]
    context = {"seller": seller, "form": form, "rows": rows}
    return render(request, "selling/coupons.html", context)


@login_required
@require_POST
def stop_coupon(request: HttpRequest, pk: int) -> HttpResponse:
    coupon = found(queries.coupons_of_seller(shop_of(request)).filter(pk=pk).first())
    try:
        commands.stop_coupon(coupon=coupon, by=person(request), at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Nobody gets this coupon any more."))
    return redirect("selling:coupons")
