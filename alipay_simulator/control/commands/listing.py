"""What every list of the control room takes: how many, and from where on."""

from typing import Any

from alipay_simulator.control.asked import Asked, NotFound
from alipay_simulator.control.paging import Page
from alipay_simulator.models import App, Member

MOST = 200
"""How many rows a list holds at most, and unless told otherwise."""

FIELDS = ("limit", "before")


def size(asked: Asked) -> int:
    """Read how many rows are wanted."""
    return asked.whole("limit", 1, MOST) or MOST


def before(asked: Asked) -> int | None:
    """Read where the list goes on, as an earlier page's ``next`` said."""
    return asked.whole("before", 1)


def told(name: str, page: Page, rows: list[Any]) -> dict[str, Any]:
    """Tell a page: its rows, and the ``before`` of the next one or None.

    ``complete`` is False when time was up before a full page was found.
    """
    return {name: rows, "next": page.before, "complete": page.is_full}


def app(asked: Asked) -> App | None:
    """Read ``app_id``; None if all of them are meant."""
    app_id = asked.text("app_id")
    if not app_id:
        return None
    found = App.objects.select_related("seller").filter(app_id=app_id).first()
    if found is None:
        raise NotFound(f"no app {app_id}")
    return found


def member(name: str) -> Member:
    """Find a person by number, by sign-in name, or by what stands before the @."""
    known = Member.objects
    found = (
        known.filter(user_id=name).first()
        or known.filter(logon_id=name).first()
        or known.filter(
            logon_id__in=[f"{name}1234@sandbox.com", f"{name}@sandbox.com"]
        ).first()
    )
    if found is None:
        raise NotFound(f"nobody is called {name}")
    return found
