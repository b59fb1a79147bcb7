"""The first page: the clock, the bank, what goes wrong, and the latest orders."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alipay_simulator import clock
from alipay_simulator.control.commands import apps, faults, news, orders, world
from alipay_simulator.rules import agenda, bank

from . import frame

LATEST = 8
AHEAD = 3


@frame.page
def overview(request: HttpRequest) -> HttpResponse:
    """Show how everything stands."""
    return frame.show(
        request,
        "overview",
        "overview",
        line=bank.line(),
        ahead=agenda.due(after=clock.now(), count=AHEAD),
        faults=faults.switched_on(),
        apps=apps.every()[:LATEST],
        rows=orders.orders().order_by("-pk")[:LATEST],
        news=news.notifications().order_by("-pk")[:LATEST],
    )


@frame.act
def reset(request: HttpRequest) -> HttpResponse:
    """Start afresh, if the box is ticked."""
    return frame.attempt(
        request,
        lambda: world.reset({"sure": "sure" in request.POST}),
        back=reverse("control:overview"),
        done="said_reset",
        failed="said_failed",
    )
