"""OpenAPI v3: the same methods under ``/v3/…``, with the signature in a header.

A method's dots are slashes here; its fields are the JSON body, or the query of a
GET. Success is the bare node, signed in headers; a refusal is a status of 400 or
more, ``{"code", "message", "links"}``, unsigned.
"""

import json
import logging
import re
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from . import checks, cipher, clock, signing
from .errors import GatewayError
from .exchange import Carried, Exchange
from .gateway import carry_out, read_body
from .gateway_faults import under_faults
from .methods.call import Call
from .methods.registry import PAGES

logger = logging.getLogger(__name__)

SCHEME = "ALIPAY-SHA256withRSA "
_MILLISECONDS = re.compile(r"[0-9]{13}")
_STATUSES = {"20000": 500, "40006": 403}


@dataclass
class V3Exchange(Exchange):
    """One request under ``/v3/``."""

    def success(self, carried: Carried) -> HttpResponse:
        """Answer with the bare node."""
        text = json.dumps(carried, ensure_ascii=False, separators=(",", ":"))
        kind = "application/json;charset=utf-8"
        if self.content_key:
            text, kind = cipher.encrypt(text.encode(), self.content_key), "text/plain"
        response = HttpResponse(text, content_type=kind)
        if self.content_key:
            response["alipay-encrypt-type"] = "AES"
        return self._signed(response, text)

    def _signed(self, response: HttpResponse, text: str) -> HttpResponse:
        timestamp = str(int(clock.now().timestamp() * 1000))
        nonce = secrets.token_hex(16)
        response["alipay-timestamp"] = timestamp
        response["alipay-nonce"] = nonce
        response["alipay-trace-id"] = secrets.token_hex(16)
        if self.signing_key is not None:
            signed = f"{timestamp}\n{nonce}\n{text}\n".encode()
            response["alipay-signature"] = signing.sign(signed, self.signing_key)
        return response

    def refusal(self, error: GatewayError) -> HttpResponse:
        """Say no. The gateway's own codes lose their prefix, the methods' do not."""
        code = error.sub_code.removeprefix("isv.").removeprefix("isp.")
        told = {"code": code, "message": error.sub_msg, "links": []}
        response = HttpResponse(
            json.dumps(told, ensure_ascii=False),
            status=_STATUSES.get(error.code, 400),
            content_type="application/json;charset=utf-8",
        )
        response["alipay-trace-id"] = secrets.token_hex(16)
        return response


@csrf_exempt
@require_http_methods(["GET", "POST"])
def v3(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer one request."""
    exchange = V3Exchange(request, path.replace("/", "."), "utf-8")
    try:
        call = _checked(exchange, request)
        return under_faults(exchange, call, lambda: carry_out(exchange, call))
    except GatewayError as error:
        return exchange.refusal(error)
    except Exception:
        logger.exception("%s failed inside", exchange.method)
        return exchange.refusal(GatewayError("20000", "isp.unknow-error"))


def _checked(exchange: V3Exchange, request: HttpRequest) -> Call:
    """As :func:`checks.checked`, for what v3 carries elsewhere."""
    scheme, _, rest = request.headers.get("authorization", "").partition(" ")
    auth, _, signature = rest.partition(",sign=")
    claims = dict(claim.partition("=")[::2] for claim in auth.split(","))
    app = checks.known_app(claims)
    exchange.app, exchange.signing_key = app, app.alipay_private_key
    body = read_body(request)
    if body is None:
        raise GatewayError("40002", "isv.invalid-parameter", "：请求体过大")
    if f"{scheme} " != SCHEME:
        raise GatewayError("40002", "isv.invalid-signature-type")
    text = _text_to_sign(request, auth, body)
    checks.check_signed(app, text, signature)
    if not _MILLISECONDS.fullmatch(claims.get("timestamp", "")):
        raise GatewayError("40002", "isv.invalid-timestamp")
    if exchange.method in PAGES:
        raise GatewayError("40002", "isv.invalid-method")
    checks.check_method(app, exchange.method)
    biz = _fields(exchange, request, body)
    addresses = {"notify_url": str(biz.get("notify_url") or "")}
    return Call(app, addresses, biz, "utf-8", clock.now())


def _text_to_sign(request: HttpRequest, auth: str, body: bytes) -> str:
    """What the caller says has been signed; each part ends in a line feed."""
    query = request.META.get("QUERY_STRING", "")
    target = f"{request.path}?{query}" if query else request.path
    content = body.decode("utf-8", "replace")
    token = request.headers.get("alipay-app-auth-token")
    parts = [auth, request.method or "", target, content, *([token] if token else [])]
    return "".join(f"{part}\n" for part in parts)


def _fields(exchange: V3Exchange, request: HttpRequest, body: bytes) -> dict[str, Any]:
    if request.method == "GET":
        return dict(parse_qsl(request.META.get("QUERY_STRING", "")))
    encryption = request.headers.get("alipay-encrypt-type", "")
    text = body.decode("utf-8", "replace")
    return checks.biz_content(checks.readable(exchange, text, encryption))
