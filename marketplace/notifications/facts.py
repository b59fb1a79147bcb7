"""Facts of a notice: kept as JSON, set by the reader's locale when read."""

from collections.abc import Mapping
from datetime import datetime

from djmoney.money import Money

from kernel.templatetags import ui

Kept = str | int | dict[str, str]


def packed(facts: Mapping[str, object]) -> dict[str, Kept]:
    """``facts`` as JSON that loses nothing of an amount or a moment."""
    return {name: _pack(value) for name, value in facts.items()}


class Filling(dict[str, str]):
    """Facts by name; one that is not there leaves its place empty."""

    def __missing__(self, name: str) -> str:
        return ""


def unpacked(kept: Mapping[str, Kept]) -> Filling:
    """Kept facts as texts in the active language."""
    return Filling({name: _text(value) for name, value in kept.items()})


def _pack(value: object) -> Kept:
    if isinstance(value, Money):
        return {"amount": str(value.amount), "currency": str(value.currency)}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, int):
        return value
    return str(value)


def _text(value: Kept) -> str:
    if not isinstance(value, dict):
        return str(value)
    if "moment" in value:
        return ui.moment_text(datetime.fromisoformat(value["moment"]))
    return ui.money_text(Money(value["amount"], value["currency"]))
