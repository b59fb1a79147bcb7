"""Families of methods that spell their refusals differently from trades."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from alipay_simulator.errors import Declined, Refused

from .call import Call

Method = Callable[[Call], dict[str, Any]]


def of_funds(method: Method) -> Method:
    """Codes of funds have no prefix: a bad field is a plain ``INVALID_PARAMETER``."""
    return _spelling(method, "INVALID_PARAMETER")


def of_bills(method: Method) -> Method:
    """For bills a bad field is ``isv.invalid_arguments``."""
    return _spelling(method, "isv.invalid_arguments")


def _spelling(method: Method, bad_field: str) -> Method:
    @wraps(method)
    def spelt(call: Call) -> dict[str, Any]:
        try:
            return method(call)
        except Refused as refusal:
            raise Declined(bad_field, refusal.detail) from None

    return spelt
