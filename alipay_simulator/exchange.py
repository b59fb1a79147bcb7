"""How a request is answered, given what is known of it so far."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string

from . import cipher, wire
from .errors import MESSAGES, GatewayError
from .methods.registry import API, PAGES
from .models import App

Carried = dict[str, Any] | str
"""What a method returns: the fields of the answer, or where a browser is sent."""


@dataclass
class Exchange:
    """One request at ``/gateway.do``.

    ``app`` is None as long as the caller is not known: until then nothing can be
    signed. ``content_key`` is set once an encrypted request has been read; from
    then on answers are encrypted too.
    """

    request: HttpRequest
    method: str
    codec: str
    app: App | None = None
    signing_key: str | None = None
    content_key: str = ""

    def success(self, carried: Carried) -> HttpResponse:
        """Send a browser on, or answer a server."""
        if isinstance(carried, str):
            return HttpResponseRedirect(carried)
        return self._answer({"code": "10000", "msg": MESSAGES["10000"], **carried})

    def refusal(self, error: GatewayError) -> HttpResponse:
        """Answer a server with a node, a browser with a page."""
        if self.method in PAGES:
            return self._page(error)
        return self._answer(error.node())

    def _answer(self, node: dict[str, Any]) -> HttpResponse:
        text = wire.node_text(node)
        if self.content_key:
            plain = text.encode(self.codec, "replace")
            text = f'"{cipher.encrypt(plain, self.content_key)}"'
        key = wire.response_key(self.method)
        return HttpResponse(
            wire.answer(key, text, self.codec, self.signing_key),
            content_type=wire.content_type(self.codec),
            headers={"trace_id": secrets.token_hex(16)},
        )

    def _page(self, error: GatewayError) -> HttpResponse:
        """Answer a browser. The code loses its prefix; the page is GBK, as ever."""
        code = error.sub_code.partition(".")[2] or error.sub_code
        context = {"code": code, "reason": error.sub_msg}
        page = render_to_string("sim/gateway_error.html", context, self.request)
        return HttpResponse(
            page.encode("gbk", "xmlcharrefreplace"),
            content_type="text/html;charset=GBK",
        )


def is_known(method: str) -> bool:
    """Tell whether there is such a method."""
    return method in API or method in PAGES
