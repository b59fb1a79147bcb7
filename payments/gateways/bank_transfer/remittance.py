"""What a payer writes with a transfer: an ISO 11649 creditor reference.

Two check digits find a digit or a letter mistyped for another, and nearly every other
slip, before money is matched to the wrong order.
"""

import re

LONGEST = 21
_PLAIN = re.compile(r"[^A-Z0-9]")


def reference_of(number: str) -> str:
    """The creditor reference of payment ``number``: ``RF18…``, without blanks.

    :raises ValueError: when the number is too long for one.
    """
    body = _PLAIN.sub("", number.upper())
    if not 0 < len(body) <= LONGEST:
        raise ValueError(f"no reference for {number!r}")
    return f"RF{98 - _mod97(body + 'RF00'):02}{body}"


def is_reference(text: str) -> bool:
    """Whether ``text``, blanks aside, is a reference with the right check digits."""
    plain = _PLAIN.sub("", text.upper())
    is_shaped = plain.startswith("RF") and 5 <= len(plain) <= LONGEST + 4
    return is_shaped and _mod97(plain[4:] + plain[:4]) == 1


def spaced(reference: str) -> str:
    """In groups of four, as people read and type it."""
    return " ".join(reference[i : i + 4] for i in range(0, len(reference), 4))


def _mod97(text: str) -> int:
    return int("".join(str(int(sign, 36)) for sign in text)) % 97
