"""The kinds of task there are: each app names its own in ``ready()``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.worklist.models import Task


@dataclass(frozen=True, slots=True)
class Kind:
    """What a task of this kind means, and what the desk can do about it."""

    label: str | Promise
    help: str | Promise
    queue: Task.Queue
    within: timedelta = timedelta(hours=24)


_kinds: dict[str, Kind] = {
    "set_aside": Kind(
        _("A deadline could not be acted on"),
        _(
            "Its sweep has left this row out after an error; all others go on. Mend "
            "the cause, then let it try again. It also does so by itself: after an "
            "hour, six hours, then once a day."
        ),
        Task.Queue.OPERATIONS,
        timedelta(hours=4),
    )
}


def register(kinds: Mapping[str, Kind]) -> None:
    """Add an app's kinds; a name may be taken once."""
    for name, kind in kinds.items():
        known = _kinds.setdefault(name, kind)
        assert known == kind, f"two kinds of task are named {name}"


def kind_of(name: str) -> Kind:
    """The kind of that name.

    :raises KeyError: when no app has registered it.
    """
    return _kinds[name]


def labels() -> list[tuple[str, str]]:
    """Names and labels of all kinds, for a filter."""
    return sorted((name, str(kind.label)) for name, kind in _kinds.items())
