"""The front door, the health check, and what is said when a page is missing."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from .models import World

_CODE = re.compile(r"bax[a-z0-9]{17,29}$")


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Say what this is, and read a code that was typed instead of scanned."""
    typed = request.GET.get("code", "").strip()
    found = _CODE.search(typed)
    if found:
        return redirect("scan:page", code=found.group(0))
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


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The control page is for this machine only."""
    return _message(request, "forbidden", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page, code or visit."""
    return _message(request, "not_found", 404)


def failed(request: HttpRequest) -> HttpResponse:
    """An error inside."""
    return _message(request, "failed", 500)
