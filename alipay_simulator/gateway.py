"""``/gateway.do``: from a raw request to a signed answer, in a fixed order."""

import datetime as dt
import html
import json
import logging
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from . import clock, signing, wire
from .errors import MESSAGES, GatewayError
from .methods.call import Call
from .methods.registry import API, PAGES
from .models import App

logger = logging.getLogger(__name__)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def gateway(request: HttpRequest) -> HttpResponse:
    """Answer one request. Always HTTP 200, but for browsers sent to the cashier."""
    query = request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
    body = request.body if request.method == "POST" else b""
    params, codec = wire.read_params(query, body)
    method = params.get("method", "")
    app: App | None = None
    try:
        app = _known_app(params)
        call = _checked(app, params, codec, at=clock.now())
        if method in PAGES:
            return HttpResponseRedirect(PAGES[method](call))
        node = {"code": "10000", "msg": MESSAGES["10000"], **API[method](call)}
    except GatewayError as error:
        refusal = error
    except Exception:
        logger.exception("%s failed inside", method)
        refusal = GatewayError("20000", "isp.unknow-error")
    else:
        return _signed(app, method, node, codec)
    if method in PAGES:
        return _error_page(request, refusal)
    return _signed(app, method, refusal.node(), codec)


def _signed(
    app: App | None, method: str, node: dict[str, Any], codec: str
) -> HttpResponse:
    """Answer a server; unsigned as long as it is not known whose keys to use."""
    return HttpResponse(
        wire.answer(
            wire.response_key(method),
            wire.node_text(node),
            codec,
            app.alipay_private_key if app else None,
        ),
        content_type=wire.content_type(codec),
    )


def _known_app(params: dict[str, str]) -> App:
    """Find the caller; until it is known nothing can be signed for it."""
    app_id = params.get("app_id")
    if not app_id:
        raise GatewayError("40001", "isv.missing-app-id")
    app = App.objects.select_related("seller").filter(app_id=app_id).first()
    if app is None:
        raise GatewayError("40002", "isv.invalid-app-id")
    return app


def _checked(app: App, params: dict[str, str], codec: str, at: dt.datetime) -> Call:
    """Go through the checks in the order in which the real gateway refuses."""
    method = params.get("method")
    if not method:
        raise GatewayError("40001", "isv.missing-method")
    _check_signature(app, params, codec)
    charset = _check_common(params)
    if method not in API and method not in PAGES:
        raise GatewayError("40002", "isv.invalid-method")
    if not app.enabled:
        raise GatewayError("40003", "isv.invalid-app-state")
    if method in app.disabled_methods:
        raise GatewayError("40006", "isv.insufficient-isv-permissions")
    encryption = params.get("encrypt_type")
    if encryption and encryption != "AES":
        raise GatewayError("40002", "isv.invalid-encrypt-type")
    if encryption:
        # No app of this simulator has a content key yet.
        raise GatewayError("40002", "isv.missing-encrypt-key")
    return Call(app, params, _biz_content(params), charset, at)


def _check_signature(app: App, params: dict[str, str], codec: str) -> None:
    sign_type = params.get("sign_type")
    if not sign_type:
        raise GatewayError("40001", "isv.missing-signature-type")
    if sign_type != "RSA2":
        raise GatewayError("40002", "isv.invalid-signature-type")
    signature = params.get("sign")
    if not signature:
        raise GatewayError("40001", "isv.missing-signature")
    if not app.public_key:
        raise GatewayError("40003", "isv.missing-signature-config")
    text = signing.text_to_sign(params, signing.REQUEST_LEAVES_OUT)
    if not signing.verify(text.encode(codec, "replace"), signature, app.public_key):
        raise GatewayError("40002", "isv.invalid-signature", html.escape(text))


def _check_common(params: dict[str, str]) -> str:
    """Check what every request carries; return its charset in lower case."""
    charset = (params.get("charset") or "utf-8").lower()
    if charset not in wire.CODECS:
        raise GatewayError("40002", "isv.invalid-charset")
    if params.get("format", "").lower() not in ("", "json"):
        raise GatewayError("40002", "isv.invalid-format")
    if not params.get("version"):
        raise GatewayError("40001", "isv.missing-version")
    timestamp = params.get("timestamp")
    if not timestamp:
        raise GatewayError("40001", "isv.missing-timestamp")
    if clock.from_wire(timestamp) is None:
        raise GatewayError("40002", "isv.invalid-timestamp")
    return charset


def _biz_content(params: dict[str, str]) -> dict[str, Any]:
    try:
        biz = json.loads(params.get("biz_content") or "{}", parse_float=Decimal)
    except (ValueError, RecursionError):
        biz = None
    if not isinstance(biz, dict):
        raise GatewayError("40002", "isv.invalid-parameter")
    return biz


def _error_page(request: HttpRequest, error: GatewayError) -> HttpResponse:
    """Answer a browser. The code loses its prefix; the page is GBK, as ever."""
    code = error.sub_code.partition(".")[2]
    page = render_to_string(
        "sim/gateway_error.html",
        {"code": code, "reason": error.sub_msg},
        request,
    )
    return HttpResponse(
        page.encode("gbk", "xmlcharrefreplace"), content_type="text/html;charset=GBK"
    )
