"""Saying in lines what a command tells."""

import argparse
from collections.abc import Iterator
from typing import Any
from unicodedata import east_asian_width

Fields = dict[str, Any]

COLUMNS = {
    "trades": ("out_trade_no", "trade_status", "total_amount", "buyer", "subject"),
    "refunds": ("out_request_no", "out_trade_no", "amount", "created_at"),
    "transfers": ("out_biz_no", "status", "amount", "payer", "payee"),
    "notifications": ("id", "out_trade_no", "event", "state", "due_at", "url"),
    "people": ("user_id", "logon_id", "standing", "money"),
    "apps": ("app_id", "seller_id", "enabled", "name"),
    "shops": ("smid", "platform_id", "name"),
    "faults": ("id", "kind", "out_trade_no", "times_hit", "times_left", "is_on"),
    "next": ("at", "what", "number"),
    "fired": ("at", "what", "number"),
}
"""What of each list's rows is printed; ``--json`` tells the rest."""


def lines(options: argparse.Namespace, told: Fields) -> Iterator[str]:
    """Say what a command told."""
    if options.command == "pay":
        yield f"{told['trade_status']} {told['trade_no']} {told['total_amount']}"
    elif options.command == "fault" and options.act == "kinds":
        yield from _table([list(pair) for pair in told["kinds"].items()])
    else:
        yield from _fields(told)


def _fields(told: Fields) -> Iterator[str]:
    """Say fields one a line, and lists as tables."""
    plain = {
        name: value
        for name, value in told.items()
        if not isinstance(value, list | dict)
        and name not in ("next", "complete")
        # Keys are told as files, or as JSON.
        and "\n" not in str(value)
    }
    yield from _table([[name, _word(value)] for name, value in plain.items()])
    for name, value in told.items():
        if name in COLUMNS and isinstance(value, list):
            yield from _list(name, value)
        elif isinstance(value, list) and value and name not in ("kinds",):
            yield f"{name}:"
            yield from _table([[_row(one)] for one in value])
        elif isinstance(value, dict) and name == "connect":
            yield from _table([[key, _word(val)] for key, val in value.items()])
    if isinstance(told.get("next"), int):
        yield f"older: --before {told['next']}"


def _list(name: str, rows: list[Fields]) -> Iterator[str]:
    columns = COLUMNS[name]
    if not rows:
        return
    cells = [[_word(_cell(row, column)) for column in columns] for row in rows]
    yield from _table([[column.upper() for column in columns], *cells])


def _cell(row: Fields, column: str) -> Any:
    if column == "money":
        accounts = row["accounts"]
        return ", ".join(f"{one['kind']} {one['balance']}" for one in accounts)
    return row.get(column)


def _row(value: Any) -> str:
    if not isinstance(value, dict):
        return f"  {value}"
    plain = [str(cell) for cell in value.values() if _is_short(cell)]
    return "  " + "  ".join(plain)


def _is_short(value: Any) -> bool:
    return isinstance(value, str | int) and 0 < len(str(value)) <= 80


def _word(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    # One row, one line; a terminal must not obey what a merchant has sent.
    return "".join(char if char.isprintable() else " " for char in str(value))


def _table(rows: list[list[str]]) -> Iterator[str]:
    if not rows:
        return
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell + " " * (wide - _width(cell))
            for cell, wide in zip(row, widths, strict=True)
        ]
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
