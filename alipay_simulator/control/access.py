"""The control pages answer this machine only."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

FORWARDED = ("X-Forwarded-For", "X-Real-IP", "Forwarded")


def loopback_only(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """Refuse whoever is not on this machine, or comes through a proxy."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not _is_local(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _is_local(request: HttpRequest) -> bool:
    # Behind a proxy on this machine every visitor looks local.
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
