"""Alipay's bill of trades: a zip of GBK tables, believed only when it is whole."""

import csv
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import TextIOWrapper
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from payments.gateways.alipay import codec
from payments.gateways.port import LineKind, StatementLine, StatementUnreadable

METHOD = "alipay.data.dataservice.bill.downloadurl.query"
# "There is none", and "that day is not over": by its clock, not yet.
NOT_THERE = {
    "BILL_NOT_EXIST",
    "NO_BILL_DATA",
    "INVALID_ARGUMENTS",
    "INVAILID_ARGUMENTS",
}
EMPTY = "EMPTY_DATA_WITH_BILL_FILE"

# A hundred thousand lines have about 4 MB; unpacked, 30 MB.
LARGEST_ZIP = 32 * 1024 * 1024
LARGEST_TABLE = 512 * 1024 * 1024
MOST_MEMBERS = 10
LONGEST_CELL = 4096
LONGEST_NUMBER = 64

# Whatever a damaged or hostile file makes the readers say.
_DAMAGED = (
    *(BadZipFile, csv.Error, struct.error, zlib.error),
    *(EOFError, LookupError, OSError, OverflowError, RuntimeError, ValueError),
)
_DETAILS = re.compile(r"[^/\\]*业务明细\.csv")
_END = "业务明细列表结束"
_PAID = re.compile(r"#交易合计：(\d+)笔，商家实收共(-?[\d.]+)元.*", re.ASCII)
_BACK = re.compile(r"#退款合计：(\d+)笔，商家实收退款共(-?[\d.]+)元.*", re.ASCII)
_KINDS = {"交易": LineKind.PAYMENT, "退款": LineKind.REFUND}
_COLUMNS = (
    "支付宝交易号",
    "商户订单号",
    "业务类型",
    "完成时间",
    "订单金额（元）",
    "退款批次号/请求号",
    "服务费（元）",
)


def is_empty(node: Mapping[str, Any]) -> bool:
    """Whether the answer to :data:`METHOD` says that nothing moved."""
    return node.get("bill_file_code") == EMPTY


@dataclass
class _Sums:
    """What the lines add up to, by kind: how many, and fen with the bill's signs."""

    times: dict[LineKind, int] = field(default_factory=dict)
    fen: dict[LineKind, int] = field(default_factory=dict)

    def add(self, line: StatementLine) -> None:
        sign = -1 if line.kind is LineKind.REFUND else 1
        self.times[line.kind] = self.times.get(line.kind, 0) + 1
        self.fen[line.kind] = self.fen.get(line.kind, 0) + sign * line.amount_minor

    def of(self, kind: LineKind) -> tuple[int, int]:
        return self.times.get(kind, 0), self.fen.get(kind, 0)


class Bill:
    """Speaks :class:`payments.gateways.port.Statement` for one zip file.

    Nothing is unpacked to disk, and never more than a line is held in memory.
    """

    def __init__(self, raw: BinaryIO) -> None:
        self.raw = raw

    @classmethod
    def checked(cls, raw: BinaryIO) -> "Bill":
        """The bill in ``raw``, read once from end to end.

        :raises StatementUnreadable: it is cut off, damaged, too large, in another
            writing, or its lines do not add up to what it says.
        """
        bill = cls(raw)
        for _line in bill.lines():
            pass
        return bill

    def lines(self) -> Iterator[StatementLine]:
        if not self.raw.seek(0, 2):
            return
        self.raw.seek(0)
        try:
            with (
                ZipFile(self.raw, metadata_encoding="gbk") as archive,
                archive.open(_details(archive)) as table,
                TextIOWrapper(table, "gb18030", "strict", newline="") as text,
            ):
                yield from _lines(_rows(text))
        except StatementUnreadable:
            raise
        except _DAMAGED as damaged:
            raise _unreadable(f"{type(damaged).__name__}: {damaged}") from damaged


def _details(archive: ZipFile) -> ZipInfo:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise _unreadable(f"{len(members)} files in one zip")
    found = [one for one in members if _DETAILS.fullmatch(one.filename)]
    if len(found) != 1:
        raise _unreadable(f"{len(found)} tables of trades in the zip, not one")
    if found[0].file_size > LARGEST_TABLE:
        raise _unreadable(f"{found[0].file_size} bytes unpacked are too many")
    return found[0]


def _rows(text: TextIOWrapper) -> Iterator[list[str]]:
    """The cells of each line, without their tabs. ``zipfile`` gives no more bytes
    than the directory says, which was limited, and proves their checksum at the end."""
    for row in csv.reader(_short(text), strict=True):
        yield [cell.strip("\t") for cell in row]


def _short(text: TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST_CELL + 1):
        if len(line) > LONGEST_CELL:
            raise _unreadable("a line without an end")
        yield line


def _lines(rows: Iterator[list[str]]) -> Iterator[StatementLine]:
    """The lines between header and end, which must add up to the trailer's sums."""
    header = _header(rows)
    sums, ended, seen = _Sums(), False, set()
    for row in rows:
        if row and row[0].startswith("#"):
            comment = ",".join(row)
            ended = ended or _END in comment
            seen |= set(_totals(comment, sums))
        elif ended or len(row) != len(header):
            raise _unreadable(f"a line of {len(row)} cells instead of {len(header)}")
        else:
            line = _line(dict(zip(header, row, strict=True)))
            sums.add(line)
            yield line
    if not ended or seen != set(_KINDS.values()):
        raise _unreadable("the end is missing: it was cut off")


def _header(rows: Iterator[list[str]]) -> list[str]:
    for row in rows:
        if row and not row[0].startswith("#"):
            if set(_COLUMNS) - set(row) or len(set(row)) != len(row):
                raise _unreadable(f"other columns than a bill of trades: {row[:3]}")
            return row
    raise _unreadable("no columns")


def _totals(comment: str, sums: _Sums) -> Iterator[LineKind]:
    """The kinds whose sums ``comment`` says, made sure to be right."""
    for kind, pattern in ((LineKind.PAYMENT, _PAID), (LineKind.REFUND, _BACK)):
        if said := pattern.fullmatch(comment):
            times, fen = int(said[1]), _fen(said[2])
            if (times, fen) != sums.of(kind):
                raise _unreadable(f"it says {comment!r}, its lines {sums.of(kind)}")
            yield kind


def _line(cells: Mapping[str, str]) -> StatementLine:
    kind = _KINDS.get(cells["业务类型"], LineKind.OTHER)
    amount, fee = _fen(cells["订单金额（元）"]), _fen(cells["服务费（元）"])
    if (kind is LineKind.PAYMENT and amount < 0) or (
        kind is LineKind.REFUND and amount > 0
    ):
        raise _unreadable(f"{kind} of {amount} fen: the sign is wrong")
    return StatementLine(
        kind=kind,
        number=_number(cells["商户订单号"]),
        refund_number=_number(cells["退款批次号/请求号"]),
        provider_number=_number(cells["支付宝交易号"]),
        amount_minor=-amount if kind is LineKind.REFUND else amount,
        fee_minor=-fee,
        currency=codec.CURRENCY,
        at=codec.moment_of(cells["完成时间"]),
    )


def _number(text: str) -> str:
    if len(text) > LONGEST_NUMBER or not text.isprintable():
        raise _unreadable(f"no number: {text[:LONGEST_NUMBER]!r}")
    return text


def _fen(text: str) -> int:
    """Yuan with a sign, as a bill writes them."""
    digits = text.removeprefix("-")
    return codec.fen_of(digits) * (-1 if text.startswith("-") else 1)


def _unreadable(why: str) -> StatementUnreadable:
    return StatementUnreadable("unreadable", why)
