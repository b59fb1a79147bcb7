"""The buyer's side of a dispute: open it, follow it, take it back."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kernel import clock
from kernel.errors import Refusal
from kernel.uploads import takes_uploads
from orders import commands, presentation, queries
from orders.forms import DisputeForm
from orders.models import Order
from orders.progress import Situation
from orders.views.common import dispute_facts, found, goods, person

# For the words of the form, and for one picture that is too large to be told so.
SPARE = 25 * 1024 * 1024


@takes_uploads(settings.EVIDENCE_MAX_FILES * settings.EVIDENCE_MAX_BYTES + SPARE)
@login_required
@require_http_methods(["GET", "POST"])
def open_dispute(request: HttpRequest, number: str) -> HttpResponse:
    """The form; while a dispute is open, its page instead."""
    at = clock.now()
    order = _order(request, number)
    if running := order.open_dispute:  # type: ignore[attr-defined]
        return redirect("orders:dispute_detail", order.number, running)
    status = presentation.status(order, at=at)
    if status.situation not in {Situation.SHIPPED, Situation.DELIVERED}:
        messages.info(request, _("A dispute can be opened while the parcel is sent."))
        return redirect(order)
    form = DisputeForm(
        request.POST or None, request.FILES or None, most=presentation.refundable(order)
    )
    if request.method == "POST" and form.is_valid():
        try:
            dispute = commands.dispute_order(
                order=order, by=person(request), at=at, **form.cleaned_data
            )
        except Refusal as refusal:
            # Pressed twice: the other press has opened it.
            if running := _order(request, number).open_dispute:  # type: ignore[attr-defined]
                return redirect("orders:dispute_detail", order.number, running)
            form.add_error(None, str(refusal.message))
        else:
            messages.success(
                request, _("The dispute is open. The money stays where it is.")
            )
            return redirect("orders:dispute_detail", order.number, dispute.reference)
    context = {
        "order": order,
        "form": form,
        "status": status,
        "goods": goods(queries.lines_of(order)),
    }
    return render(request, "disputes/open.html", context)


@login_required
@require_GET
def detail(request: HttpRequest, number: str, reference: str) -> HttpResponse:
    order = _order(request, number)
    dispute = found(queries.dispute_of_order(order, reference))
    context = dispute_facts(order, dispute, viewer=person(request))
    context["crumbs"] = [
        (_("Your orders"), reverse("orders:list")),
        (order.number, order.get_absolute_url()),
        (dispute.reference, None),
    ]
    return render(request, "disputes/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, number: str, reference: str) -> HttpResponse:
    """GET asks, POST does."""
    order = _order(request, number)
    dispute = found(queries.dispute_of_order(order, reference))
    if request.method == "POST":
        try:
            commands.withdraw_dispute(
                order=order, dispute=dispute, by=person(request), at=clock.now()
            )
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(
                request, _("The dispute is withdrawn. The clock runs again.")
            )
        return redirect(order)
    return render(
        request, "disputes/withdraw.html", {"order": order, "dispute": dispute}
    )


def _order(request: HttpRequest, number: str) -> Order:
    return found(queries.order_for_buyer(number, person(request)))
