"""How long an order may be paid: ``timeout_express`` and what it means."""

import datetime as dt
import re

from alipay_simulator.clock import BEIJING

DEFAULT_ALLOWED = {"page": "15d", "wap": "15d", "qr": "3h", "create": "3h"}
LONGEST = dt.timedelta(days=15)
QR_VALID = "2h"

_ALLOWED = re.compile(r"([1-9][0-9]{0,4})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def is_allowed(text: str, shortest: dt.timedelta = dt.timedelta(minutes=1)) -> bool:
    """Tell whether this is a ``timeout_express``: 1m to 15d, or ``1c``."""
    if text == "1c":
        return True
    found = _ALLOWED.fullmatch(text)
    return bool(found) and shortest <= _length(text) <= LONGEST


def deadline(allowed: str, start: dt.datetime) -> dt.datetime:
    """Return the moment at which an order made at ``start`` is over.

    ``1c`` is the end of the Beijing day of ``start``.
    """
    if allowed == "1c":
        day = start.astimezone(BEIJING).date() + dt.timedelta(days=1)
        return dt.datetime.combine(day, dt.time.min, BEIJING)
    return start + _length(allowed)


def _length(text: str) -> dt.timedelta:
    number, unit = int(text[:-1]), text[-1]
    return dt.timedelta(**{_UNITS[unit]: number})
