"""The page of the clock."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alipay_simulator import clock
from alipay_simulator.control.asked import BadRequest
from alipay_simulator.control.commands import time
from alipay_simulator.control.doors import Fields
from alipay_simulator.rules import agenda

from . import frame

UNITS = {"minutes": 60, "hours": 3600, "days": 86_400}
FIRED = "fired"
REMEMBERED = 12
"""How many of the things that fired are shown; the session is a cookie."""


@frame.page
def page(request: HttpRequest) -> HttpResponse:
    """The moment, ways to move it, what came due by the last move, what comes."""
    at = clock.now()
    return frame.show(
        request,
        "clock",
        "clock",
        local=at.astimezone(clock.BEIJING),
        units=UNITS,
        fired=request.session.pop(FIRED, None),
        ahead=agenda.due(after=at, count=time.LISTED),
    )


@frame.act
def move(request: HttpRequest) -> HttpResponse:
    """Move the clock by the pressed button's form."""

    def command() -> None:
        told = time.move(_fields(request))
        fired = [
            [one["at"][:19].replace("T", " "), one["what"], one["number"]]
            for one in told["fired"]
        ]
        request.session[FIRED] = {
            "rows": fired[:REMEMBERED],
            "more": len(fired) > REMEMBERED,
        }

    return frame.attempt(
        request,
        command,
        back=reverse("control:clock"),
        done="said_moved",
        failed="said_not_moved",
    )


def _fields(request: HttpRequest) -> Fields:
    how = request.POST.get("how", "")
    if how == "by":
        unit = UNITS.get(request.POST.get("unit", ""))
        amount = request.POST.get("amount", "")
        if unit is None or not amount.isascii() or not amount.isdigit():
            raise BadRequest("amount is a whole number")
        if len(amount) > 9:
            raise BadRequest("amount is no such time")
        return {"advance_seconds": int(amount) * unit}
    if how == "set":
        return {"set": request.POST.get("moment", "")}
    return {how: True}
