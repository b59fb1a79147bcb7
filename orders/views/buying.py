"""The buyer's orders: list, page, receipt, closing an unpaid one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kernel import clock
from kernel.errors import Refusal
from orders import chronicle, commands, money_panel, presentation, queries
from orders.models import Order
from orders.progress import Situation
from orders.views.common import found, goods, order_rows, page_of, person
from payments import commands as payments
from payments.models import Charge


@login_required
@require_GET
def order_list(request: HttpRequest) -> HttpResponse:
    user = person(request)
    chosen = queries.tab(queries.BUYER_TABS, request.GET.get("show"))
    page = page_of(request, queries.orders_of_buyer(user, chosen))
    context = {
        "page": page,
        "rows": order_rows(page, at=clock.now()),
        "tabs": presentation.tabs(
            queries.BUYER_TABS, chosen, queries.counts(queries.BUYER_TABS, buyer=user)
        ),
        "chosen": chosen,
    }
    return render(request, "orders/list.html", context)


@login_required
@require_GET
def detail(request: HttpRequest, number: str) -> HttpResponse:
    order = _order(request, number)
    return render(request, "orders/detail.html", _page(order))


def _page(order: Order) -> dict[str, Any]:
    at = clock.now()
    status = presentation.status(order, at=at)
    return {
        "order": order,
        "status": status,
        "goods": goods(queries.lines_of(order)),
        "money": money_panel.money_strip(order) if order.paid_at else None,
        "events": chronicle.events(order),
        "disputes": presentation.disputes(order),
        "crumbs": [(_("Your orders"), reverse("orders:list")), (order.number, None)],
        "sums": presentation.sums(order),
        "facts": presentation.facts(order),
    }


@login_required
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """GET asks, because it releases money and cannot be undone; POST does it."""
    order = _order(request, number)
    status = presentation.status(order, at=clock.now())
    if request.method == "POST":
        try:
            commands.confirm_receipt(order=order, by=person(request), at=clock.now())
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("Thank you. The money goes to the shop."))
        return redirect(order)
    if status.situation not in {Situation.SHIPPED, Situation.DELIVERED}:
        messages.info(request, _("There is nothing to confirm for this order now."))
        return redirect(order)
    context = {"order": order, "goods": goods(queries.lines_of(order))}
    return render(request, "orders/confirm.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@payments.while_somebody_waits()
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """GET asks and names every order that closes with this one; POST does it."""
    order = _order(request, number)
    if order.status != Order.Status.PENDING_PAYMENT:
        messages.info(request, _("This order can no longer be closed here."))
        return redirect(order)
    if request.method == "POST":
        charge = commands.cancel_checkout(
            checkout=order.checkout, by=person(request), at=clock.now()
        )
        _tell_outcome(request, charge)
        return redirect(order)
    siblings = queries.orders_of_checkout(order.checkout)
    return render(request, "orders/cancel.html", {"order": order, "siblings": siblings})


def _tell_outcome(request: HttpRequest, charge: Charge) -> None:
    if charge.status == Charge.Status.CLOSED:
        messages.success(request, _("The order is closed. Nothing was taken."))
    elif charge.status == Charge.Status.PAID:
        messages.warning(request, _("Your payment came first: the order is paid."))
    else:
        messages.warning(
            request,
            _("Alipay has not answered yet. The order closes as soon as it does."),
        )


def _order(request: HttpRequest, number: str) -> Order:
    return found(queries.order_for_buyer(number, person(request)))
