"""Small things around every request."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

from . import texts, views

GetResponse = Callable[[HttpRequest], HttpResponse]

CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)


def mend_absolute_target(get_response: GetResponse) -> GetResponse:
    """Take ``POST http://host/gateway.do`` for ``POST /gateway.do``.

    The official Python SDK writes its request line so, and some servers pass
    the whole address on as the path.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(("http://", "https://")):
            request.path_info = request.path = urlsplit(request.path_info).path or "/"
        return get_response(request)

    return middleware


def security_headers(get_response: GetResponse) -> GetResponse:
    """Allow the pages nothing but their own files."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.setdefault("X-Content-Type-Options", "nosniff")
        response.setdefault("Referrer-Policy", "same-origin")
        return response

    return middleware


def choose_language(get_response: GetResponse) -> GetResponse:
    """Settle the page's language: ``?lang=``, the cookie, then the browser's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang") if request.method == "GET" else None
        request.sim_lang = texts.choose(  # type: ignore[attr-defined]
            asked,
            request.COOKIES.get(texts.COOKIE),
            request.headers.get("Accept-Language", ""),
        )
        response = get_response(request)
        if asked in texts.LANGUAGES:
            response.set_cookie(texts.COOKIE, asked, samesite="Lax", max_age=31_536_000)
        return response

    return middleware


def explain_wrong_method(get_response: GetResponse) -> GetResponse:
    """Give people a page of ours where the framework answers an empty 405."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        accepted = request.headers.get("Accept", "")
        shows_pages = "text/html" in accepted or "*/*" in accepted
        if response.status_code != 405 or not shows_pages:
            return response
        told = views.wrong_method(request)
        told["Allow"] = response["Allow"]
        return told

    return middleware
