"""Faults of the gateway's answers. They strike requests that pass all checks."""

import time
from collections.abc import Callable
from functools import partial

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from . import signing
from .errors import GatewayError, system_error
from .exchange import Exchange
from .methods.call import Call
from .models import Fault, Intent
from .rules import faults
from .rules.faults import Kind

SLOW_SECONDS = 6
"""More than the shortest time-out among the kits."""

_GARBAGE = "<html><body>upstream sent no valid header</body></html>"

Answer = Callable[[], HttpResponseBase]
Strike = Callable[..., Fault | None]


def under_faults(exchange: Exchange, call: Call, carry_out: Answer) -> HttpResponseBase:
    """Carry a request out as it should be, or as the faults that are on have it.

    What is done before the answer is slow, lost or spoilt stays done.
    """
    strike = _striker(exchange, call)
    if strike is None:
        return carry_out()
    slow = strike(Kind.SLOW)
    response = _spoilt(exchange, strike, carry_out)
    if slow is not None:
        time.sleep(faults.seconds(slow, SLOW_SECONDS))
    return response


def _striker(exchange: Exchange, call: Call) -> Strike | None:
    """Return what asks for a fault of this request; None where nothing is on."""
    if not faults.are_on(*BEFORE, *AFTER, Kind.SLOW):
        return None
    return partial(
        faults.take,
        at=call.at,
        app=call.app,
        method=exchange.method,
        out_trade_no=_order_number(call),
    )


def _order_number(call: Call) -> str:
    """Return the merchant's number of what the request is about, if it has one."""
    for name in ("out_trade_no", "out_biz_no"):
        if isinstance(number := call.biz.get(name), str) and number:
            return number
    found = Intent.objects.filter(
        seller=call.app.seller, trade__trade_no=str(call.biz.get("trade_no"))
    ).first()
    return found.out_trade_no if found else ""


def _spoilt(exchange: Exchange, strike: Strike, carry_out: Answer) -> HttpResponseBase:
    before = strike(*BEFORE)
    if before is not None:
        return BEFORE[Kind(before.kind)](exchange)
    after = strike(*AFTER)
    if after is None:
        return carry_out()
    return AFTER[Kind(after.kind)](exchange, carry_out)


def _http_500(exchange: Exchange) -> HttpResponse:
    return HttpResponse("Internal Server Error", status=500, content_type="text/plain")


def closed_connection(exchange: Exchange | None = None) -> StreamingHttpResponse:
    """Close the connection without an answer.

    A server cannot be told to in the terms of WSGI, but it must when a promised
    body does not come. Some clients still see the head of the answer.
    """
    response = StreamingHttpResponse(iter(()), content_type="text/html")
    response["Content-Length"] = "100"
    return response


def _system_error(exchange: Exchange) -> HttpResponse:
    return exchange.refusal(system_error(exchange.method))


def _unavailable(exchange: Exchange) -> HttpResponse:
    return exchange.refusal(GatewayError("20000", "isp.unknow-error"))


def _garbage(exchange: Exchange, carry_out: Answer) -> HttpResponse:
    carry_out()
    return HttpResponse(_GARBAGE)


def _wrong_signature(exchange: Exchange, carry_out: Answer) -> HttpResponseBase:
    exchange.signing_key = signing.strange_key()
    return carry_out()


def _unsigned(exchange: Exchange, carry_out: Answer) -> HttpResponseBase:
    exchange.signing_key = None
    return carry_out()


def _answer_lost(exchange: Exchange, carry_out: Answer) -> HttpResponseBase:
    carry_out()
    return closed_connection()


def _system_error_after(exchange: Exchange, carry_out: Answer) -> HttpResponse:
    carry_out()
    return _system_error(exchange)


BEFORE: dict[Kind, Callable[[Exchange], HttpResponseBase]] = {
    Kind.HTTP_500: _http_500,
    Kind.CLOSED_CONNECTION: closed_connection,
    Kind.SYSTEM_ERROR: _system_error,
    Kind.UNAVAILABLE: _unavailable,
}
"""Faults that strike instead of the request."""

AFTER: dict[Kind, Callable[[Exchange, Answer], HttpResponseBase]] = {
    Kind.GARBAGE: _garbage,
    Kind.WRONG_SIGNATURE: _wrong_signature,
    Kind.UNSIGNED: _unsigned,
    Kind.ANSWER_LOST: _answer_lost,
    Kind.SYSTEM_ERROR_AFTER: _system_error_after,
}
"""Faults of the answer to a request that was carried out."""
