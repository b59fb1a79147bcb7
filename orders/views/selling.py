"""The seller centre: what to do first, where the money is, every order of one shop."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from escrow import queries as escrow
from kernel import clock
from kernel.errors import Refusal
from marketplace.accounts.models import Seller
from orders import chronicle, commands, money_panel, presentation, queries
from orders.forms import ShipForm
from orders.models import Order
from orders.progress import Situation
from orders.views.common import (
    dispute_facts,
    found,
    goods,
    order_rows,
    page_of,
    person,
    shop_of,
)


@login_required
@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    seller = shop_of(request)
    to_ship = queries.orders_of_seller(
        seller, queries.tab(queries.SELLER_TABS, "to_ship")
    )
    recent = queries.orders_of_seller(seller, queries.SELLER_TABS[0])[:8]
    context = {
        "seller": seller,
        "to_ship": [
            row for row in order_rows(to_ship[:20], at=at) if row["status"].ends
        ],
        "disputes": queries.open_disputes_of_seller(seller),
        "tiles": money_panel.money_tiles(
            escrow.seller_money(seller), queries.next_dates(seller)
        ),
        "recent": order_rows(recent, at=at),
    }
    return render(request, "selling/dashboard.html", context)


@login_required
@require_GET
def order_list(request: HttpRequest) -> HttpResponse:
    seller = shop_of(request)
    chosen = queries.tab(queries.SELLER_TABS, request.GET.get("show"))
    page = page_of(request, queries.orders_of_seller(seller, chosen))
    context = {
        "seller": seller,
        "page": page,
        "rows": order_rows(page, at=clock.now()),
        "tabs": presentation.tabs(
            queries.SELLER_TABS,
            chosen,
            queries.counts(queries.SELLER_TABS, seller=seller),
        ),
        "chosen": chosen,
    }
    return render(request, "selling/orders.html", context)


@login_required
@require_GET
def order(request: HttpRequest, number: str) -> HttpResponse:
    seller = shop_of(request)
    row = _order(seller, number)
    status = presentation.status(row, at=clock.now())
    context = {
        "seller": seller,
        "order": row,
        "status": status,
        "goods": goods(queries.lines_of(row)),
        "events": chronicle.events(row, for_seller=True),
        "disputes": presentation.disputes(row),
        "earned": presentation.earned(row),
        "earnings": presentation.earnings(row),
        "facts": presentation.facts(row),
    }
    return render(request, "selling/order.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def ship(request: HttpRequest, number: str) -> HttpResponse:
    seller = shop_of(request)
    row = _order(seller, number)
    at = clock.now()
    status = presentation.status(row, at=at)
    if request.method == "GET" and status.situation is not Situation.TO_SHIP:
        messages.info(request, _why_not_shipped(status.situation))
        return redirect("selling:order", row.number)
    form = ShipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.ship_order(
                order=row, by=person(request), at=at, **form.cleaned_data
            )
        except (commands.BadTracking, commands.TrackingTaken) as refusal:
            form.add_error("tracking_number", str(refusal.message))
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
            return redirect("selling:order", row.number)
        else:
            messages.success(request, _("Marked as shipped. The buyer has been told."))
            return redirect("selling:order", row.number)
    context = {
        "seller": seller,
        "order": row,
        "form": form,
        "status": status,
        "goods": goods(queries.lines_of(row)),
        "release_at": at + commands.confirm_window(row),
    }
    return render(request, "selling/ship.html", context)


def _why_not_shipped(situation: Situation) -> str:
    if situation is Situation.OVERDUE:
        return _("The time to send this order is over: the buyer gets the money back.")
    return _("This order does not wait to be shipped.")


@login_required
@require_GET
def dispute(request: HttpRequest, number: str, reference: str) -> HttpResponse:
    """The same pages as the buyer's, to be read: the desk decides."""
    seller = shop_of(request)
    row = _order(seller, number)
    found_dispute = found(queries.dispute_of_order(row, reference))
    context = dispute_facts(row, found_dispute, viewer=person(request))
    return render(request, "selling/dispute.html", {"seller": seller, **context})


def _order(seller: Seller, number: str) -> Order:
    return found(queries.order_for_seller(number, seller))
