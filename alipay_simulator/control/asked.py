"""Reading what somebody asks of the control room, field by field.

The same for a JSON body, a form and a command line. Whatever makes no sense
is a :class:`BadRequest` in words that help.
"""

import datetime as dt
import math
import re
from collections.abc import Collection, Mapping
from typing import Any

from alipay_simulator import clock
from alipay_simulator.money import MAX_FEN, to_fen

LONGEST_NUMBER = 2**63 - 1
"""What a column of SQLite holds."""


class BadRequest(Exception):
    """What was asked makes no sense; the text says why."""


class NotFound(Exception):
    """There is no such thing; the text says what."""


class Conflict(Exception):
    """It makes sense, but not now; nothing changed."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Words(dict[str, str]):
    """Fields of a query string or a form, in which numbers are texts too."""


class Asked:
    """The fields of one request. What is None counts as not given."""

    def __init__(self, fields: Mapping[str, Any], *known: str) -> None:
        """Take the fields.

        :raises BadRequest: one of them is not in ``known``.
        """
        strange = [str(name) for name in fields if name not in known]
        if strange:
            names = ", ".join(known) or "none"
            raise BadRequest(f"no such field: {strange[0]!r:.40}; known: {names}")
        self._fields = fields

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def is_null(self, name: str) -> bool:
        """Whether it was given, and as nothing."""
        return name in self._fields and self._fields[name] is None

    def text(self, name: str, *, longest: int = 100, default: str = "") -> str:
        """Read a text; blanks around it do not count."""
        value = self._fields.get(name)
        if value is None:
            return default
        if not isinstance(value, str):
            raise BadRequest(f"{name} is a text")
        if len(value) > longest:
            raise BadRequest(f"{name} has at most {longest} characters")
        if any("\ud800" <= char <= "\udfff" or char == "\0" for char in value):
            raise BadRequest(f"{name} holds what is no character")
        return value.strip()

    def needed(self, name: str, *, longest: int = 100) -> str:
        """Read a text that must be there."""
        text = self.text(name, longest=longest)
        if not text:
            raise BadRequest(f"{name} is needed")
        return text

    def choice(self, name: str, known: Collection[str], default: str = "") -> str:
        """Read one of a few words."""
        text = self.text(name) or default
        if text and text not in known:
            raise BadRequest(f"{name} is one of: {', '.join(sorted(known))}")
        return text

    def choices(self, name: str, known: Collection[str]) -> list[str]:
        """Read a list of known words."""
        value = self._fields.get(name)
        if not isinstance(value, list) or not all(
            isinstance(word, str) and word in known for word in value
        ):
            raise BadRequest(f"{name} is a list of: {', '.join(sorted(known))}")
        return list(dict.fromkeys(value))

    def object(self, name: str) -> Mapping[str, Any]:
        """Read fields within a field; none if it is not given."""
        value = self._fields.get(name)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise BadRequest(f"{name} is an object")
        return value

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """Read ``true`` or ``false``."""
        value = self._fields.get(name, default)
        if not isinstance(value, bool):
            raise BadRequest(f"{name} is true or false")
        return value

    def whole(
        self, name: str, lowest: int = 0, highest: int = LONGEST_NUMBER
    ) -> int | None:
        """Read a whole number; None if it is not given."""
        value = self._fields.get(name)
        if value is None:
            return None
        if isinstance(self._fields, Words) and re.fullmatch(r"[0-9]{1,19}", value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadRequest(f"{name} is a whole number")
        if not lowest <= value <= highest:
            raise BadRequest(f"{name} is from {lowest} to {highest}")
        return value

    def seconds(self, name: str) -> float | None:
        """Read a length of time; None if it is not given."""
        value = self._fields.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise BadRequest(f"{name} is a number of seconds")
        try:
            finite = math.isfinite(value)
        except OverflowError:  # a whole number beyond any float
            finite = False
        if not finite:
            raise BadRequest(f"{name} is no such time")
        return float(value)

    def money(self, name: str, *, highest: int = MAX_FEN) -> int:
        """Read an amount like ``"12.50"``, in fen."""
        value = self._fields.get(name)
        fen = to_fen(value)
        if fen is None or not 0 < fen <= highest:
            raise BadRequest(f'{name} is an amount of yuan like "12.50"')
        return fen

    def moment(self, name: str) -> dt.datetime:
        """Read a moment in ISO 8601; Beijing time unless it says otherwise."""
        text = self.needed(name)
        try:
            moment = dt.datetime.fromisoformat(text)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=clock.BEIJING)
            return moment.astimezone(dt.UTC)
        except (ValueError, OverflowError):
            raise BadRequest(f"{name} is a time like 2026-01-01T08:00:00") from None
