"""The simulator's clock: the machine's, plus an offset kept in the database.

Every rule takes the moment as ``at=``; doors (views, commands, the sender)
read the clock once and pass it on.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import transaction

from .models import World

BEIJING = ZoneInfo("Asia/Shanghai")
WIRE_FORMAT = "%Y-%m-%d %H:%M:%S"

EARLIEST = dt.datetime(1971, 1, 1, tzinfo=dt.UTC)
LATEST = dt.datetime(9998, 1, 1, tzinfo=dt.UTC)
"""The clock stays between these: a deadline that counts from now is a year too."""


class OutOfRange(ValueError):
    """No clock can show that moment; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            f"the clock goes from {EARLIEST:%Y-%m-%d} to {LATEST:%Y-%m-%d}"
        )


def now() -> dt.datetime:
    """Return the simulator's moment, in UTC."""
    return dt.datetime.now(dt.UTC) + World.load().clock_offset


def set_offset(offset: dt.timedelta) -> dt.datetime:
    """Run this far ahead of the machine (behind, if negative); return the moment.

    :raises OutOfRange: beyond :data:`EARLIEST` and :data:`LATEST`.
    """
    try:
        moment = dt.datetime.now(dt.UTC) + offset
    except OverflowError:
        raise OutOfRange from None
    if not EARLIEST <= moment <= LATEST:
        raise OutOfRange
    World.objects.update_or_create(pk=1, defaults={"clock_offset": offset})
    return moment


@transaction.atomic
def advance(by: dt.timedelta) -> dt.datetime:
    """Move the clock on by this much; return the new moment.

    :raises OutOfRange: as :func:`set_offset`.
    """
    try:
        offset = World.load().clock_offset + by
    except OverflowError:
        raise OutOfRange from None
    return set_offset(offset)


def set_to(moment: dt.datetime) -> dt.datetime:
    """Make it this moment now; time runs on from there.

    :raises OutOfRange: as :func:`set_offset`.
    """
    return set_offset(moment - dt.datetime.now(dt.UTC))


def on_wire(moment: dt.datetime) -> str:
    """Write a moment in Beijing time: ``yyyy-MM-dd HH:mm:ss``."""
    return moment.astimezone(BEIJING).strftime(WIRE_FORMAT)


def on_wire_ms(moment: dt.datetime) -> str:
    """As :func:`on_wire`, with milliseconds (``gmt_refund``)."""
    local = moment.astimezone(BEIJING)
    return f"{local:%Y-%m-%d %H:%M:%S}.{local.microsecond // 1000:03d}"


def from_wire(text: str) -> dt.datetime | None:
    """Read a wire time; None if it is malformed or no real date."""
    # strptime alone would also take "2026-1-1 8:0:0", and digits of any script.
    if len(text) != 19 or not text.isascii():
        return None
    try:
        return dt.datetime.strptime(text, WIRE_FORMAT).replace(tzinfo=BEIJING)
    except ValueError:
        return None
