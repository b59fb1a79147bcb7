"""A zip file that is sent while it is being made."""

import datetime as dt
from collections.abc import Iterable, Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from alipay_simulator.clock import BEIJING


class _Member(ZipInfo):
    """A file whose name is written in GBK, without the flag that says UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's name
        return self.filename.encode("gbk"), self.flag_bits


class _Outlet:
    """What the zip file is written to: it holds what was not sent on yet."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        self._waiting += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back longer than until :meth:`take`."""

    def take(self) -> bytes:
        """Hand over what has come in."""
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


def zipped(
    files: Iterable[tuple[str, Iterable[bytes]]], *, at: dt.datetime
) -> Iterator[bytes]:
    """Give the bytes of a zip file of these files, each with its name and parts."""
    outlet = _Outlet()
    when = at.astimezone(BEIJING).timetuple()[:6]
    with ZipFile(outlet, "w", ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, parts in files:
            member = _Member(name, when)
            member.compress_type = ZIP_DEFLATED
            with archive.open(member, "w") as target:
                for part in parts:
                    target.write(part)
                    if ready := outlet.take():
                        yield ready
    yield outlet.take()
