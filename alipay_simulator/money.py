"""Yuan on the wire, fen (cents, integers) everywhere inside. No floats."""

import re
from decimal import Decimal

MAX_FEN = 10_000_000_000
"""100,000,000.00 yuan, the gateway's upper limit for one order."""

_AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")


def to_fen(value: object) -> int | None:
    """Read a wire amount (string or number) as fen; None if it is no amount.

    Only the shape is checked here, limits are the caller's.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    if not _AMOUNT.fullmatch(text):
        return None
    return int(Decimal(text).scaleb(2))


def to_yuan(fen: int) -> str:
    """Write fen as the wire wants it: two decimals, no grouping."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def for_people(fen: int) -> str:
    """Write fen for pages: as on the wire, with thousands separated."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
