"""House rules that hold for every request."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from kernel.errors import Refusal

GetResponse = Callable[[HttpRequest], HttpResponse]


def _page_before(request: HttpRequest) -> str:
    """The page of ours that sent this request, or nothing."""
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return back if safe else ""


class PlainAddressMiddleware:
    """No page has a NUL in its address, and PostgreSQL takes none in a text."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            return render(request, "404.html", status=404)
        return self.get_response(request)


class SignInReturnMiddleware:
    """A press that needs a sign-in leads, after it, back to the page of the button.

    The button's own address answers to POST only: there it would be an error page.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or not isinstance(response, HttpResponseRedirect):
            return response
        target = urlsplit(response.url)
        sign_in = resolve_url(settings.LOGIN_URL)
        if target.path != sign_in or "next" not in parse_qs(target.query):
            return response
        page = urlsplit(_page_before(request))._replace(scheme="", netloc="").geturl()
        return redirect(f"{sign_in}?{urlencode({'next': page or '/'})}")


class RefusalMiddleware:
    """Shows an expected "no" kindly: back where the person was, with the reason."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        back = _page_before(request)
        if request.method == "POST" and back:
            messages.error(request, str(exception.message))
            return redirect(back)
        return render(
            request, "refused.html", {"reason": exception.message}, status=409
        )


class DeskSecondFactorMiddleware:
    """Staff set up a second factor before the desk opens."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.DESK_SECOND_FACTOR
            and request.path.startswith("/desk/")
            and request.user.is_authenticated
            and request.user.is_staff
            and not is_mfa_enabled(request.user)
        ):
            return redirect("mfa_activate_totp")
        return self.get_response(request)
