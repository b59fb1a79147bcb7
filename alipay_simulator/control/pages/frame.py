"""What all pages of the control room share: their frame, and how an act ends."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from alipay_simulator import clock
from alipay_simulator.control.access import loopback_only
from alipay_simulator.control.asked import (
    Asked,
    BadRequest,
    Conflict,
    NotFound,
    Words,
)
from alipay_simulator.control.paging import Page
from alipay_simulator.models import World
from alipay_simulator.rules import acts
from alipay_simulator.rules.refusals import CannotPay

SECTIONS = (
    "overview",
    "trades",
    "refunds",
    "transfers",
    "people",
    "apps",
    "news",
    "clock",
    "faults",
)
"""The pages of the menu, by the names of their addresses."""

ROWS = 50
SAID = "said"

View = Callable[..., HttpResponse]


def page(view: View) -> View:
    """A page: this machine only, looked at and never kept."""
    return loopback_only(require_GET(never_cache(view)))


def act(view: View) -> View:
    """What a form does: this machine only, and then on to a page."""
    return loopback_only(require_POST(view))


def show(request: HttpRequest, name: str, section: str, **context: Any) -> HttpResponse:
    """Show a page in the frame, with what the last act has to say."""
    world = World.load()
    return render(
        request,
        f"sim/control/{name}.html",
        {
            "sections": SECTIONS,
            "section": section,
            "now": clock.now(),
            "is_moved": bool(world.clock_offset),
            "is_paused": world.notifications_paused,
            "said": request.session.pop(SAID, None),
            **context,
        },
    )


def attempt(
    request: HttpRequest,
    command: Callable[[], object],
    *,
    back: str,
    done: str,
    failed: str,
) -> HttpResponse:
    """Do something, say on the next page how it went, and go ``back``.

    ``done`` and ``failed`` are keys of texts; why it failed is added in the
    words of the API.
    """
    said = {"key": done, "is_good": True, "detail": ""}
    try:
        command()
    except (BadRequest, NotFound, Conflict, acts.Unknown) as problem:
        said = {"key": failed, "is_good": False, "detail": str(problem)[:300]}
    except CannotPay as refusal:
        said = {"key": failed, "is_good": False, "detail": refusal.reason.value}
    request.session[SAID] = said
    return redirect(back)


def wish(request: HttpRequest, *known: str) -> tuple[Asked, dict[str, str]]:
    """Read the words of a list's address.

    Empty ones count as not there, and unknown ones (``lang``) are let pass.
    """
    words = Words((name, request.GET[name]) for name in known if request.GET.get(name))
    words.setdefault("limit", str(ROWS))
    return Asked(words, *known, "limit"), words


def listed(
    find: Callable[[Asked], Page], asked: Asked, words: dict[str, str]
) -> dict[str, Any]:
    """Look a list up for its page; a strange address is answered with an empty one."""
    try:
        found = find(asked)
    except (BadRequest, NotFound) as problem:
        return {"rows": [], "words": words, "problem": str(problem)}
    further = words | {"before": str(found.before)} if found.before else {}
    further.pop("limit", None)
    return {
        "rows": found.rows,
        "words": words,
        "further": urlencode(further),
        "is_complete": found.is_full,
    }
