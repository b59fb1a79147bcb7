"""What is looked at before a method runs, in the order of the real gateway."""

import html
import json
from decimal import Decimal
from typing import Any

from . import cipher, clock, signing, wire
from .errors import GatewayError
from .exchange import Exchange, is_known
from .methods.call import Call
from .models import App, only

LARGEST_EXPONENT = 1000


def checked(exchange: Exchange, params: dict[str, str], *, is_whole: bool) -> Call:
    """Return the request as methods read it; tell ``exchange`` how to answer.

    ``is_whole`` is false if the body was too long to be read.

    :raises GatewayError: the first thing that is wrong.
    """
    app = known_app(params)
    exchange.app, exchange.signing_key = app, app.alipay_private_key
    if not exchange.method:
        raise GatewayError("40001", "isv.missing-method")
    if not is_whole:
        raise GatewayError("40002", "isv.invalid-parameter", "：请求体过大")
    _check_signature(app, params, exchange.codec)
    charset = _check_common(params)
    check_method(app, exchange.method)
    content = readable(
        exchange, params.get("biz_content", ""), params.get("encrypt_type", "")
    )
    return Call(app, params, biz_content(content), charset, clock.now())


def known_app(params: dict[str, str]) -> App:
    """Find the caller; until it is known nothing can be signed for it."""
    app_id = params.get("app_id")
    if not app_id:
        raise GatewayError("40001", "isv.missing-app-id")
    app = only(App.objects.select_related("seller").filter(app_id=app_id))
    if app is None:
        raise GatewayError("40002", "isv.invalid-app-id")
    return app


def check_method(app: App, method: str) -> None:
    """There is such a method, and this app may call it."""
    if not is_known(method):
        raise GatewayError("40002", "isv.invalid-method")
    if not app.enabled:
        raise GatewayError("40003", "isv.invalid-app-state")
    if method in app.disabled_methods:
        raise GatewayError("40006", "isv.insufficient-isv-permissions")


def biz_content(text: str) -> dict[str, Any]:
    """Read the method's fields. Numbers become Decimal; nothing becomes ``{}``."""
    try:
        biz = json.loads(text or "{}", parse_float=_decimal)
    except (ValueError, RecursionError):
        biz = None
    if not isinstance(biz, dict):
        raise GatewayError("40002", "isv.invalid-parameter")
    return biz


def _decimal(text: str) -> Decimal:
    """Read a number that can be written out: ``1e999999999`` is a gigabyte of zeros."""
    number = Decimal(text)
    if abs(number.adjusted()) > LARGEST_EXPONENT:
        raise ValueError
    return number


def _check_signature(app: App, params: dict[str, str], codec: str) -> None:
    sign_type = params.get("sign_type")
    if not sign_type:
        raise GatewayError("40001", "isv.missing-signature-type")
    if sign_type != "RSA2":
        raise GatewayError("40002", "isv.invalid-signature-type")
    text = signing.text_to_sign(params, signing.REQUEST_LEAVES_OUT)
    check_signed(app, text, params.get("sign", ""), codec)


def check_signed(app: App, text: str, signature: str, codec: str = "utf-8") -> None:
    """The caller has signed this text with the key that belongs to the app's."""
    if not signature:
        raise GatewayError("40001", "isv.missing-signature")
    if not app.public_key:
        raise GatewayError("40003", "isv.missing-signature-config")
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


def readable(exchange: Exchange, text: str, encryption: str) -> str:
    """Return a request's content, decrypted if it says that it is encrypted.

    From then on its answers are encrypted too.
    """
    if not encryption:
        return text
    if encryption != "AES":
        raise GatewayError("40002", "isv.invalid-encrypt-type")
    assert exchange.app is not None  # its signature was checked
    key = exchange.app.aes_key
    if not key:
        raise GatewayError("40002", "isv.missing-encrypt-key")
    plain = _decrypted(text, key, exchange.codec) if text else ""
    exchange.content_key = key
    return plain


def _decrypted(text: str, key: str, codec: str) -> str:
    try:
        plain = cipher.decrypt(text, key).decode(codec)
        json.loads(plain)
    except (ValueError, RecursionError):
        raise GatewayError("40003", "isv.decryption-error-unknown") from None
    return plain
