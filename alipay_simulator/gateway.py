"""``/gateway.do``: from a raw request to a signed answer, in a fixed order."""

import logging

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from . import checks, wire
from .errors import GatewayError
from .exchange import Exchange
from .gateway_faults import under_faults
from .methods.call import Call
from .methods.registry import API, PAGES

logger = logging.getLogger(__name__)


LONGEST_BODY = 1_000_000


@csrf_exempt
@require_http_methods(["GET", "POST"])
def gateway(request: HttpRequest) -> HttpResponseBase:
    """Answer one request. Always HTTP 200, but for browsers sent to the cashier."""
    query = request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
    body = read_body(request)
    params, codec = wire.read_params(query, body or b"")
    exchange = Exchange(request, params.get("method", ""), codec)
    try:
        call = checks.checked(exchange, params, is_whole=body is not None)
        return under_faults(exchange, call, lambda: carry_out(exchange, call))
    except GatewayError as error:
        return exchange.refusal(error)
    except Exception:
        logger.exception("%s failed inside", exchange.method)
        return exchange.refusal(GatewayError("20000", "isp.unknow-error"))


def read_body(request: HttpRequest) -> bytes | None:
    """Return the body, also one that came in chunks; None if it is too long."""
    body: bytes = request.META["wsgi.input"].read(LONGEST_BODY + 1)
    return body if len(body) <= LONGEST_BODY else None


def carry_out(exchange: Exchange, call: Call) -> HttpResponse:
    """Call the method and put its result, or its refusal, on the wire."""
    act = PAGES.get(exchange.method) or API[exchange.method]
    try:
        return exchange.success(act(call))
    except GatewayError as error:
        return exchange.refusal(error)
