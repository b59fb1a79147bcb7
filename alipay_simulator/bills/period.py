"""The day or month a bill is about, in Beijing."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

from alipay_simulator.clock import BEIJING

READY_AT = dt.timedelta(hours=9)
"""When a day's bill is there, on the next day; a month's, on the 3rd at this hour."""

_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)


@dataclass(frozen=True)
class Period:
    """From ``start`` until before ``end``. ``label`` stands in the names of files."""

    start: dt.datetime
    end: dt.datetime
    label: str

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read ``yyyy-MM-dd`` or ``yyyy-MM``; None if that is no date."""
        found = _DATE.fullmatch(text)
        if found is None:
            return None
        year, month, day = found.groups()
        try:
            first = dt.date(int(year), int(month), int(day or 1))
            after = first + dt.timedelta(days=1 if day else 32)
        except (ValueError, OverflowError):
            return None
        if not day:
            after = after.replace(day=1)
        return cls(_midnight(first), _midnight(after), text.replace("-", ""))

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return len(self.label) == 8

    def ready_at(self) -> dt.datetime:
        """When its bill is there, if one has to wait for it."""
        days_more = 0 if self.is_day else 2
        return self.end + dt.timedelta(days=days_more) + READY_AT


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, BEIJING)
