"""News that climbs: a lower app announces a fact, the app above it reacts.

Synchronous and in the announcer's transaction: a failing reaction undoes the whole
climb. One fact, one reaction, one floor at a time; the table of each app stands in
its ``reactions.py`` and is registered by its ``ready()``.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

Reaction = Callable[[Any], None]
_reactions: dict[type, Reaction] = {}


class Unheard(Exception):
    """A fact that no app has a reaction to: a mistake in the code, never expected."""


def register(reactions: Mapping[type, Reaction]) -> None:
    """Add an app's table of reactions; a fact may have one reaction only."""
    for fact, reaction in reactions.items():
        known = _reactions.setdefault(fact, reaction)
        assert known is reaction, f"{fact.__name__} already has a reaction"


def announce(fact: object) -> None:
    """Tell the app above what happened, inside the transaction in which it did.

    Facts carry sets of ids, so that one reaction handles a batch.

    :raises Unheard: when no app reacts to such a fact: what happened must not be
        half-done in silence, so the act is undone.
    """
    assert transaction.get_connection().in_atomic_block, "a fact needs its transaction"
    reaction = _reactions.get(type(fact))
    if reaction is None:
        raise Unheard(f"no app reacts to {type(fact).__name__}")
    reaction(fact)
