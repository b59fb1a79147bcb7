"""The JSON API that tests and demos drive the simulator with.

Loopback only. Bodies are JSON objects with ``content-type: application/json``,
which no foreign web page can send here unasked. Errors: ``{"error": {"code",
"message"}}`` with 400, 404 or 409.
"""

import datetime as dt
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from alipay_simulator import cipher, clock
from alipay_simulator.methods.registry import API, PAGES
from alipay_simulator.models import (
    Account,
    App,
    Event,
    Intent,
    Member,
    Notification,
    World,
)
from alipay_simulator.money import to_yuan
from alipay_simulator.notify import alarm, sender
from alipay_simulator.rules import acts
from alipay_simulator.rules.refusals import CannotPay

from . import show
from .access import loopback_only

LISTED = 200
"""How many orders a list holds at most, newest first."""

Body = dict[str, Any]


class BadRequest(Exception):
    """The caller's body makes no sense; the text says why."""


class NotFound(Exception):
    """There is no such thing; the text says what."""


def door(*methods: str) -> Callable[..., Callable[..., HttpResponse]]:
    """Make a view of a function that takes the JSON body and returns JSON."""

    def decorate(act: Callable[..., Any]) -> Callable[..., HttpResponse]:
        @wraps(act)
        def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            try:
                told = act(_body(request), **kwargs)
            except BadRequest as error:
                return _error(400, "BAD_REQUEST", str(error))
            except (NotFound, acts.Unknown) as error:
                return _error(404, "NOT_FOUND", str(error))
            except CannotPay as refusal:
                return _error(409, refusal.reason.value, "the payment was refused")
            return JsonResponse(told)

        return csrf_exempt(
            loopback_only(never_cache(require_http_methods(methods)(view)))
        )

    return decorate


def _error(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message}}, status=status)


def _body(request: HttpRequest) -> Body | None:
    """Read the body of a POST; None for a GET."""
    if request.method == "GET":
        return None
    if request.content_type != "application/json":
        raise BadRequest("send content-type: application/json")
    try:
        body = json.loads(request.body or b"{}")
    except ValueError:
        raise BadRequest("the body is not JSON") from None
    if not isinstance(body, dict):
        raise BadRequest("the body must be a JSON object")
    return body


@door("GET", "POST")
def clock_door(body: Body | None) -> Body:
    """Read the clock, or move it by ``advance_seconds`` or to ``set``."""
    if body is not None:
        _move_clock(body)
        alarm.ring()
    return {
        "now": show.moment(clock.now()),
        "offset_seconds": World.load().clock_offset.total_seconds(),
    }


def _move_clock(body: Body) -> None:
    try:
        if "advance_seconds" in body:
            clock.advance(dt.timedelta(seconds=body["advance_seconds"]))
        elif "set" in body:
            moment = dt.datetime.fromisoformat(body["set"])
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=clock.BEIJING)
            clock.set_to(moment)
        else:
            raise BadRequest("give advance_seconds or set")
    except (TypeError, ValueError, OverflowError):
        raise BadRequest("no such time") from None


@door("GET")
def trades(body: Body | None) -> Body:
    """List orders, newest first, with the state of their trades."""
    return {"trades": [show.order(intent) for intent in orders()[:LISTED]]}


@door("GET")
def trade(body: Body | None, out_trade_no: str) -> Body:
    """Tell one order with its refunds and notifications."""
    return detail(out_trade_no)


def orders() -> QuerySet[Intent]:
    """Return all orders, newest first, with what is shown about them."""
    return (
        Intent.objects.select_related("seller", "trade__buyer", "trade__paid_from")
        .prefetch_related("entries")
        .order_by("-pk")
    )


def detail(out_trade_no: str) -> Body:
    """Tell one order. :raises NotFound: nobody has sent it."""
    intent = orders().filter(out_trade_no=out_trade_no).first()
    if intent is None:
        raise NotFound(f"no order {out_trade_no}")
    told = show.order(intent) | {"refunds": [], "notifications": []}
    found = getattr(intent, "trade", None)
    if found is not None:
        items = found.notifications.prefetch_related("attempts")
        told["refunds"] = [show.refund(made) for made in found.refunds.all()]
        told["notifications"] = [show.notification(item) for item in items]
    return told


@door("GET")
def people(body: Body | None) -> Body:
    """List buyers and sellers with their money; all accounts add up to 0.00."""
    known = Member.objects.prefetch_related("accounts").order_by("pk")
    total = Account.objects.aggregate(total=Sum("balance_fen"))["total"]
    return {
        "people": [show.member(person) for person in known],
        "ledger_sum": to_yuan(total),
    }


@door("POST")
def pay(body: Body) -> Body:
    """Scan and pay ``out_trade_no`` as ``buyer`` ``with`` a way to pay."""
    number = body.get("out_trade_no")
    buyer = body.get("buyer", acts.DEFAULT_BUYER)
    way = body.get("with", "balance")
    if not all(isinstance(value, str) for value in (number, buyer, way)):
        raise BadRequest("out_trade_no, buyer and with are texts")
    acts.scan_and_pay(str(number), buyer=buyer, way=way, at=clock.now())
    return detail(str(number))


@door("POST")
def resend(body: Body, pk: int) -> Body:
    """Send a notification again now, even while notifications are paused."""
    item = Notification.objects.filter(pk=pk).first()
    if item is None:
        raise NotFound(f"no notification {pk}")
    sender.resend(item, at=clock.now())
    item.refresh_from_db()
    return show.notification(item)


@door("POST")
def pause_notifications(body: Body) -> Body:
    """Hold all notifications back (``paused: true``), or let them go."""
    paused = body.get("paused")
    if not isinstance(paused, bool):
        raise BadRequest("paused is true or false")
    World.objects.update_or_create(pk=1, defaults={"notifications_paused": paused})
    alarm.ring()
    return {"paused": paused}


@door("GET", "POST")
def app(body: Body | None) -> Body:
    """Read the app, or change what :data:`APP_FIELDS` names."""
    caller = App.objects.select_related("seller").order_by("pk")[0]
    for name, is_valid in APP_FIELDS.items():
        if body and name in body:
            if not is_valid(body[name]):
                raise BadRequest(f"{name} cannot be that")
            setattr(caller, name, body[name])
    caller.save()
    return show.app(caller)


def _list_of(known: set[str]) -> Callable[[Any], bool]:
    def is_valid(value: Any) -> bool:
        return isinstance(value, list) and all(
            isinstance(name, str) and name in known for name in value
        )

    return is_valid


APP_FIELDS: dict[str, Callable[[Any], bool]] = {
    "enabled": lambda value: isinstance(value, bool),
    "disabled_methods": _list_of({*API, *PAGES}),
    "notify_events": lambda value: value is None or _list_of(set(Event.values))(value),
    "aes_key": lambda value: value == "" or cipher.is_key(value),
}
