"""Transaction vocabulary: what a function expects of the transaction around it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")


def command(function: Callable[P, R]) -> Callable[P, R]:
    """Join the caller's transaction or open one: all of the act happens, or none.

    Without a savepoint, a refusal inside a larger act undoes the larger act too.
    """

    @wraps(function)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        # Inside a test case's own transaction the outermost command gets a savepoint:
        # there, too, a refusal undoes its act and leaves the connection usable.
        with transaction.atomic(savepoint=not _in_real_transaction()):
            return function(*args, **kwargs)

    return whole


def outside_transaction(function: Callable[P, R]) -> Callable[P, R]:
    """Refuse to run inside a transaction: for what talks to the network or is slow.

    A remote act cannot be rolled back, and nobody waits for a row lock meanwhile.

    :raises AssertionError: when the caller holds a transaction open.
    """

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        assert not _in_real_transaction(), (
            f"{function.__qualname__} is too slow, or too far away, for a transaction"
        )
        return function(*args, **kwargs)

    return guarded


def _in_real_transaction() -> bool:
    """True inside a transaction of ours (a test case's own wrapper does not count)."""
    connection = transaction.get_connection()
    blocks: list[transaction.Atomic] = getattr(connection, "atomic_blocks", [])
    return any(not getattr(block, "_from_testcase", False) for block in blocks)
