"""How much a page takes in one request."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

View = TypeVar("View", bound=Callable[..., HttpResponse])


def takes_uploads(most: int) -> Callable[[View], View]:
    """Let signed-in people send ``most`` bytes to a view: it takes files."""

    def marked(view: View) -> View:
        view.largest_body = most  # type: ignore[attr-defined]
        return view

    return marked


def most_for(view: Callable[..., HttpResponse], *, known: bool) -> int:
    """Bytes that ``view`` takes from somebody who is, or is not, signed in."""
    usual: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return getattr(view, "largest_body", usual) if known else usual


def size_of(request: HttpRequest) -> int:
    """The announced size of the body; nothing is read beyond it."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
