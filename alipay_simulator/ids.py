"""Numbers and tokens in the shapes the real gateway uses.

Random, so that nobody can guess a neighbour's; unique by the database.
"""

import datetime as dt
import secrets
import string

from .clock import BEIJING

_CODE_ALPHABET = string.ascii_lowercase + string.digits


def trade_no(at: dt.datetime) -> str:
    """28 digits: date, ``22001``, 15 more."""
    return f"{at.astimezone(BEIJING):%Y%m%d}22001{_digits(15)}"


def settle_no(at: dt.datetime) -> str:
    """28 digits, for what was settled, and for each share of it."""
    return f"{at.astimezone(BEIJING):%Y%m%d}00219{_digits(15)}"


def transfer_no(at: dt.datetime) -> str:
    """32 digits, for a transfer."""
    return f"{at.astimezone(BEIJING):%Y%m%d}110070000006{_digits(12)}"


def fund_no(at: dt.datetime) -> str:
    """32 digits, for the movement of its money."""
    return f"{at.astimezone(BEIJING):%Y%m%d}110070001506{_digits(12)}"


def notify_id(at: dt.datetime) -> str:
    """34 digits: date, ``00222``, time of day, 15 more."""
    local = at.astimezone(BEIJING)
    return f"{local:%Y%m%d}00222{local:%H%M%S}{_digits(15)}"


def app_id() -> str:
    """16 digits that look like a sandbox app's."""
    return f"9021{_digits(12)}"


def user_id() -> str:
    """16 digits, ``2088…``: somebody who opened an account here."""
    return f"2088{_digits(12)}"


def qr_code() -> str:
    """What stands behind the prefix in a QR code: ``bax…``."""
    return "bax" + "".join(secrets.choice(_CODE_ALPHABET) for _ in range(20))


def pay_order_id() -> str:
    """The unguessable name of one visit to the cashier."""
    return secrets.token_hex(16)


def _digits(count: int) -> str:
    return "".join(secrets.choice(string.digits) for _ in range(count))
