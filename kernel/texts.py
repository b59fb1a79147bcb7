"""Small things that every language writes in its own way."""

from collections.abc import Iterable

from django.utils.translation import pgettext


def listed(items: Iterable[object]) -> str:
    """``items`` in one line, with the active language's mark between them."""
    return pgettext("between the items of a list", ", ").join(map(str, items))
