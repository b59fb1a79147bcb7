"""Whether a gateway answers right now, as our own calls have found it.

Kept in the cache that all processes share: three calls in a row without an answer
close the methods of a gateway for a minute; the first answer opens them again.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.cache import cache

from payments.gateways.port import GatewayNotAsked, GatewayRejected, GatewayUnknown

SILENCES = 3
REST_SECONDS = 60


@contextmanager
def watched(code: str) -> Iterator[None]:
    """Take notice of how a call over the network to gateway ``code`` ends.

    A refusal is an answer; an error of our own says nothing about the gateway.
    """
    try:
        yield
    except GatewayNotAsked:
        raise
    except GatewayUnknown:
        _note_silence(code)
        raise
    except GatewayRejected:
        _note_answer(code)
        raise
    _note_answer(code)


def down(codes: Iterable[str]) -> frozenset[str]:
    """Those of ``codes`` that have not answered lately."""
    keys = {_key(code): code for code in codes}
    silences = cache.get_many(keys)
    return frozenset(
        keys[key] for key, silent in silences.items() if silent >= SILENCES
    )


def _note_silence(code: str) -> None:
    key = _key(code)
    if not cache.add(key, 1, timeout=REST_SECONDS):
        try:
            cache.incr(key)
        except ValueError:
            # It has run out just now.
            cache.set(key, 1, timeout=REST_SECONDS)
        cache.touch(key, timeout=REST_SECONDS)


def _note_answer(code: str) -> None:
    if cache.get(_key(code)):
        cache.delete(_key(code))


def _key(code: str) -> str:
    return f"payments.silent.{code}"
