"""House rules that hold for every request."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    UnreadablePostError,
)
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from kernel import uploads
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
    """No page has a NUL in its address, and PostgreSQL takes none in a text.

    Nor does any page ask a thousand questions: that ends here, as a bad request, and
    not in the midst of a template that looks at one of them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            return render(request, "404.html", status=404)
        assert request.GET is not None
        return self.get_response(request)


class WholeFilesMiddleware:
    """Sends a file in one piece: the server then needs no thread to wait with.

    A streamed file is read as fast as its reader takes it; a few readers that take
    nothing would keep every thread. Outermost, for static files too.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        streamed = self.get_response(request)
        if not isinstance(streamed, FileResponse):
            return streamed
        whole = HttpResponse(
            b"".join(streamed.streaming_content),
            status=streamed.status_code,
            headers=dict(streamed.items()),
        )
        whole.cookies = streamed.cookies
        # The file alone: closing the response would say that the request is over.
        if streamed.file_to_stream is not None:
            streamed.file_to_stream.close()
        return whole


class BodySizeMiddleware:
    """Refuses a body that is larger than its page takes, before a byte of it is read.

    A page takes what ``DATA_UPLOAD_MAX_MEMORY_SIZE`` says, unless its view says more
    (see :func:`kernel.uploads.takes_uploads`), and that for people we know only.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: Any
    ) -> HttpResponse | None:
        size = uploads.size_of(request)
        # Who it is costs a query: asked only where it matters.
        if size <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return None
        most = uploads.most_for(view, known=request.user.is_authenticated)
        if size <= most:
            return None
        return render(request, "413.html", {"most": most >> 20}, status=413)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """The rest of the body did not come, or too slowly: nobody's mistake here."""
        if not isinstance(exception, UnreadablePostError):
            return None
        return HttpResponse(status=408)


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
