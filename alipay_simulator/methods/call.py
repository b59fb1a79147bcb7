"""One verified request, and how methods read its fields."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlsplit

from alipay_simulator.clock import from_wire
from alipay_simulator.errors import Refused, bad_field
from alipay_simulator.models import App, Trade
from alipay_simulator.money import MAX_FEN, to_fen
from alipay_simulator.rules import trades


@dataclass(frozen=True)
class Call:
    """A request whose signature and common parameters are in order.

    ``at`` is the moment it is handled; ``null`` and ``""`` in ``biz`` count
    as absent, and readers answer ``""`` or None for what is absent.
    """

    app: App
    params: dict[str, str]
    biz: dict[str, Any]
    charset: str
    at: dt.datetime

    def __contains__(self, name: str) -> bool:
        return self.biz.get(name) not in (None, "")

    def text(self, name: str, longest: int, *, required: bool = False) -> str:
        """Read a text field of at most ``longest`` characters."""
        value = self.biz.get(name)
        if value is None or value == "":
            if required:
                raise bad_field(name)
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise bad_field(name)
        text = str(value)
        if len(text) > longest or not _is_encodable(text):
            raise bad_field(name)
        return text

    def choice(self, name: str, known: Iterable[str], default: str = "") -> str:
        """Read one of some words; without a ``default`` it must be there."""
        text = self.text(name, 64) or default
        if text not in known:
            raise bad_field(name)
        return text

    def flag(self, name: str) -> bool:
        """Read an optional ``"true"`` or ``"false"``; a JSON boolean will do."""
        value = self.biz.get(name)
        if value in (None, "", "false") or value is False:
            return False
        if value == "true" or value is True:
            return True
        raise bad_field(name)

    def whole(self, name: str, default: int) -> int:
        """Read an optional whole number, also one written as a text."""
        text = self.text(name, 9)
        if not text:
            return default
        if not text.isascii() or not text.isdigit():
            raise bad_field(name)
        return int(text)

    def part(self, name: str, *, required: bool = False) -> Self | None:
        """Read an object inside the request: its fields are read like the request's."""
        value = self.biz.get(name)
        if name not in self and not required:
            return None
        if not isinstance(value, dict):
            raise bad_field(name)
        return replace(self, biz=value)

    def parts(self, name: str) -> list[Self]:
        """Read a list of objects, empty if it is absent."""
        value = self.biz[name] if name in self else []
        if not isinstance(value, list):
            raise bad_field(name)
        if not all(isinstance(item, dict) for item in value):
            raise bad_field(name)
        return [replace(self, biz=item) for item in value]

    def money(self, name: str) -> int:
        """Read a required amount, in fen, within the gateway's limits."""
        fen = to_fen(self.biz.get(name))
        if fen is None or fen < 1:
            raise bad_field(name)
        if fen > MAX_FEN:
            raise Refused("TOTAL_FEE_EXCEED")
        return fen

    def moment(self, name: str) -> dt.datetime | None:
        """Read an optional Beijing time."""
        text = self.text(name, 19)
        if not text:
            return None
        moment = from_wire(text)
        if moment is None:
            raise bad_field(name)
        return moment

    def options(self) -> set[str]:
        """Read ``query_options``: names of further fields wanted."""
        value = self.biz["query_options"] if "query_options" in self else []
        if not isinstance(value, list):
            raise bad_field("query_options")
        return {name for name in value if isinstance(name, str)}

    def url(self, name: str) -> str:
        """Read a common parameter that is the address of a web page."""
        return _web_address(name, self.params.get(name, ""), 256)

    def address(self, name: str) -> str:
        """Read an optional field that is the address of a web page."""
        return _web_address(name, self.text(name, 400), 400)

    def trade_numbers(self) -> tuple[str, str]:
        """Read ``trade_no`` and ``out_trade_no``; one must be there."""
        numbers = self.text("trade_no", 64), self.text("out_trade_no", 64)
        if not any(numbers):
            raise bad_field("out_trade_no")
        return numbers

    def trade(self, *, to_look: bool = False) -> Trade | None:
        """Find the seller's trade that the request names, to change or to look at."""
        trade_no, out_trade_no = self.trade_numbers()
        return trades.find(
            self.app.seller,
            trade_no=trade_no,
            out_trade_no=out_trade_no,
            to_look=to_look,
        )


def _is_encodable(text: str) -> bool:
    # JSON can spell half a surrogate pair, which is no character.
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _web_address(name: str, text: str, longest: int) -> str:
    """Return the text if it is empty or an http(s) address, else refuse the field."""
    if not text:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        raise bad_field(name) from None
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    if not is_web or len(text) > longest or not _is_encodable(text):
        raise bad_field(name)
    return text
