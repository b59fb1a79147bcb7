"""The front door, the health check, and what is said when a page is missing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from .models import Entry, World
from .wallet import codes


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Say what this is, and read a code that was typed instead of scanned."""
    typed = request.GET.get("code", "").strip()
    code = codes.read(typed)
    if code and Entry.objects.filter(code=code).exists():
        return redirect("scan:page", key=code)
    return render(request, "sim/index.html", {"typed": typed})


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer ``ok`` once the database can be read."""
    World.load()
    return HttpResponse("ok", content_type="text/plain")


def _message(request: HttpRequest, name: str, status: int) -> HttpResponse:
    return render(request, "sim/message.html", {"name": name}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was not ours, or cookies are off."""
    return _message(request, "csrf", 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Too big, or malformed beyond reading."""
    return _message(request, "bad_request", 400)


def wrong_method(request: HttpRequest) -> HttpResponse:
    """No door takes this kind of request."""
    return _message(request, "method", 405)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The control page is for this machine only."""
    return _message(request, "forbidden", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page, code or visit."""
    return _message(request, "not_found", 404)


def failed(request: HttpRequest) -> HttpResponse:
    """An error inside."""
    return _message(request, "failed", 500)
