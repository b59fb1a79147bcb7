"""Switching faults on and off through the JSON API."""

import math
from typing import Any

from alipay_simulator import clock
from alipay_simulator.models import App, Fault
from alipay_simulator.notify import alarm
from alipay_simulator.rules.faults import Kind

from . import show
from .api import BadRequest, Body, NotFound, door

OPTIONS = {"seconds", "parallel"}
LONGEST = 366 * 86_400
MOST_TIMES = 1_000_000


@door("GET", "POST")
def faults(body: Body | None) -> Body:
    """List the faults, or switch one on and tell it."""
    if body is None:
        return {"faults": [show.fault(one) for one in Fault.objects.all()]}
    return show.fault(_switch_on(body))


@door("POST")
def fault_off(body: Body, pk: int) -> Body:
    """Switch one fault off."""
    found = Fault.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound(f"no fault {pk}")
    found.is_on = False
    found.save(update_fields=["is_on"])
    alarm.ring()
    return show.fault(found)


def _switch_on(body: Body) -> Fault:
    kind = body.get("kind")
    if kind not in Kind.values:
        raise BadRequest(f"kind is one of {', '.join(Kind.values)}")
    return Fault.objects.create(
        kind=kind,
        app=_app(body),
        out_trade_no=_text(body, "out_trade_no"),
        method=_text(body, "method"),
        times_left=_times(body),
        options=_options(body),
        created_at=clock.now(),
    )


def _app(body: Body) -> App | None:
    app_id = _text(body, "app_id")
    if not app_id:
        return None
    found = App.objects.filter(app_id=app_id).first()
    if found is None:
        raise NotFound(f"no app {app_id}")
    return found


def _text(body: Body, name: str) -> str:
    text = body.get(name) or ""
    if not isinstance(text, str) or len(text) > 64 or not text.isprintable():
        raise BadRequest(f"{name} is a text of at most 64 characters")
    return text


def _times(body: Body) -> int | None:
    """How often it strikes; None: until it is switched off."""
    times = body.get("times", 1)
    if times is None:
        return None
    if isinstance(times, bool) or not isinstance(times, int):
        raise BadRequest("times is a number, or null for: until switched off")
    if not 1 <= times <= MOST_TIMES:
        raise BadRequest(f"times is between 1 and {MOST_TIMES}")
    return times


def _options(body: Body) -> dict[str, Any]:
    options = body.get("options") or {}
    if not isinstance(options, dict) or not set(options) <= OPTIONS:
        raise BadRequest(f"options are {', '.join(sorted(OPTIONS))}")
    seconds = options.get("seconds", 0)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise BadRequest("seconds is a number")
    if not (math.isfinite(seconds) and 0 <= seconds <= LONGEST):
        raise BadRequest(f"seconds is between 0 and {LONGEST}")
    if not isinstance(options.get("parallel", True), bool):
        raise BadRequest("parallel is true or false")
    return options
