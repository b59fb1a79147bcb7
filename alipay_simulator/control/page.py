"""The readable control page: orders, refunds, notifications, people, the clock."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from alipay_simulator import clock
from alipay_simulator.models import App, Member, Notification, Refund, World
from alipay_simulator.notify import alarm, sender

from .access import loopback_only
from .commands.orders import orders

SHOWN = 50

STEPS = {
    "hour": dt.timedelta(hours=1),
    "day": dt.timedelta(days=1),
    "week": dt.timedelta(days=7),
}
"""How far the page's buttons move the clock."""


@loopback_only
@require_GET
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """Show everything that happened lately on one page."""
    world = World.load()
    refunds = Refund.objects.select_related("trade__intent", "trade__paid_from")
    items = Notification.objects.select_related("trade__intent")
    return render(
        request,
        "sim/control.html",
        {
            "now": clock.now(),
            "moved": bool(world.clock_offset),
            "steps": list(STEPS),
            "paused": world.notifications_paused,
            "app": App.objects.select_related("seller").first(),
            "orders": orders().order_by("-pk")[:SHOWN],
            "refunds": refunds.order_by("-pk")[:SHOWN],
            "notifications": items.prefetch_related("attempts").order_by("-pk")[:SHOWN],
            "people": Member.objects.prefetch_related("accounts").order_by("pk"),
        },
    )


@loopback_only
@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    """Move the clock by one of the page's steps, or back to the machine's time."""
    step = STEPS.get(request.POST.get("by", ""))
    if step is None:
        clock.set_offset(dt.timedelta(0))
    else:
        try:
            clock.advance(step)
        except clock.OutOfRange:
            return redirect("control:overview")
    alarm.ring()
    return redirect("control:overview")


@loopback_only
@require_POST
def pause(request: HttpRequest) -> HttpResponse:
    """Hold notifications back, or let them go."""
    paused = request.POST.get("paused") == "yes"
    World.objects.update_or_create(pk=1, defaults={"notifications_paused": paused})
    alarm.ring()
    return redirect("control:overview")


@loopback_only
@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a notification again."""
    sender.resend(get_object_or_404(Notification, pk=pk), at=clock.now())
    return redirect("control:overview")
