"""How a bill looks on paper: lines of GBK, comment lines, cells."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from alipay_simulator.clock import BEIJING, on_wire
from alipay_simulator.models import Member, mask_logon_id
from alipay_simulator.money import to_yuan

from .period import Period

Cells = Sequence[str]

PAGE = 200
"""Rows that are written out at a time."""


def text(value: str) -> str:
    """A cell of text: it ends in a tab, so that spreadsheets keep long numbers."""
    return "".join(char if char.isprintable() else " " for char in value) + "\t"


def money(fen: int) -> str:
    """A cell of money."""
    return to_yuan(fen)


def moment(at: dt.datetime) -> str:
    """A cell of time."""
    return on_wire(at)


def person(name: str, logon_id: str) -> str:
    """A cell that names somebody, half hidden: ``*美(mei***@sandbox.com)``."""
    return text(f"*{name[1:]}({mask_logon_id(logon_id)})")


def in_gbk(line: str) -> bytes:
    """One comment line."""
    return f"{line}\r\n".encode("gbk", "replace")


def _in_gbk(rows: Iterable[Cells]) -> bytes:
    page = io.StringIO()
    csv.writer(page, lineterminator="\r\n").writerows(rows)
    return page.getvalue().encode("gbk", "replace")


def sheet(
    title: str, header: str, owner: Member, period: Period, rows: Iterable[Cells]
) -> Iterator[bytes]:
    """A table between its comment lines, as far as the end of the list."""
    dates = [f"{moment:%Y年%m月%d日 %H:%M:%S}" for moment in (period.start, period.end)]
    yield in_gbk(f"#支付宝{title}查询")
    yield in_gbk(f"#账号：[{account_no(owner)}]")
    yield in_gbk(f"#起始日期：[{dates[0]}]   终止日期：[{dates[1]}]")
    yield in_gbk(f"#{'-' * 41}{title}列表{'-' * 40}")
    yield in_gbk(header)
    rows = iter(rows)
    while page := list(islice(rows, PAGE)):
        yield _in_gbk(page)
    yield in_gbk(f"#{'-' * 41}{title}列表结束{'-' * 36}")


def exported(at: dt.datetime) -> bytes:
    """The last line: when it was written."""
    return in_gbk(f"#导出时间：[{at.astimezone(BEIJING):%Y年%m月%d日 %H:%M:%S}]")


def account_no(owner: Member) -> str:
    """The number of an account: its owner's, and which of his accounts it is."""
    return f"{owner.user_id}0156"
