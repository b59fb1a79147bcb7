"""Time travel, in demo mode only: move the clock and see what falls due.

The simulator is another company with a clock of its own; it is asked to move along.
"""

import logging
from datetime import datetime, timedelta
from threading import Lock

import httpx
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kernel import clock, sweeps
from kernel.db import outside_transaction
from kernel.texts import listed

logger = logging.getLogger(__name__)

LEAPS = {
    "minute": timedelta(minutes=16),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
}
# Deadlines are weeks away, and dates end: nobody needs to go farther at once.
FARTHEST = timedelta(days=366)
# Two presses at once: the simulator hears of the later moment last. The demo has one
# web process, so a lock of its threads is enough.
_moving = Lock()


def waiting() -> list[tuple[datetime, sweeps.Sweep]]:
    """Every promise that has a deadline now, the earliest first."""
    due = [(moment, one) for one in sweeps.all_sweeps() if (moment := one.next_due())]
    return sorted(
        (pair for pair in due if pair[1].is_promise), key=lambda pair: pair[0]
    )


@require_GET
def panel(request: HttpRequest) -> HttpResponse:
    """The panel: the time here, and the deadlines ahead. A fragment for htmx."""
    whole_page = not getattr(request, "htmx", False)
    return render(
        request,
        "demo/time.html" if whole_page else "demo/_time.html",
        {
            "now": clock.now(),
            "waiting": waiting(),
            "next": _back(request.GET.get("next", ""), request),
        },
    )


@require_POST
@outside_transaction
def travel(request: HttpRequest) -> HttpResponse:
    """Move to a moment (``to``) or by a leap (``by``), then run what fell due."""
    moment = _destination(request)
    if moment is None:
        messages.error(request, _("That is not a moment to travel to."))
        return redirect(_back(request.POST.get("next", ""), request))
    with _moving:
        if moment > clock.now():
            clock.advance_to(moment)
        _take_simulator_along()
    ran = sweeps.relive(until=clock.now())
    messages.success(request, _news(ran))
    return redirect(_back(request.POST.get("next", ""), request))


def _destination(request: HttpRequest) -> datetime | None:
    if leap := LEAPS.get(request.POST.get("by", "")):
        return clock.now() + leap
    try:
        moment = parse_datetime(request.POST.get("to", ""))
    except ValueError:
        return None
    if moment is None or moment.tzinfo is None or moment > clock.now() + FARTHEST:
        return None
    # A deadline has passed once its second is over.
    return moment + timedelta(seconds=1)


def _news(ran: list[tuple[str, int]]) -> str:
    labels = {one.name: str(one.label) for one in sweeps.all_sweeps() if one.is_promise}
    done: dict[str, int] = {}
    for name, rows in ran:
        if name in labels:
            done[labels[name]] = done.get(labels[name], 0) + rows
    now = date_format(localtime(clock.now()), "DATETIME_FORMAT")
    if not done:
        return _("It is now %(now)s. Nothing fell due.") % {"now": now}
    acts = listed(
        _("%(act)s (%(times)d)") % {"act": label, "times": rows}
        for label, rows in done.items()
    )
    return _("It is now %(now)s. Done: %(acts)s.") % {"now": now, "acts": acts}


def _back(target: str, request: HttpRequest) -> str:
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return target
    return "/"


def _take_simulator_along() -> None:
    """Set its clock by ours. Never "so much further": two presses would add up there,
    where nobody could turn it back."""
    if not settings.SIMULATOR_URL:
        return
    try:
        httpx.post(
            f"{settings.SIMULATOR_URL}/control/api/clock",
            json={"set": clock.now().isoformat()},
            timeout=10,
        ).raise_for_status()
    except httpx.HTTPError as problem:
        logger.warning("the simulator's clock did not move: %s", problem)


urlpatterns = [
    path("time/", panel, name="time"),
    path("time/travel/", travel, name="travel"),
]
