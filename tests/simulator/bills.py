"""Fetching a bill as an accountant would, and reading it by its columns' names."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.simulator.harness import Answer, Merchant

METHOD = "alipay.data.dataservice.bill.downloadurl.query"


def ask(merchant: Merchant, bill_type: str, bill_date: str, **more: Any) -> Answer:
    biz = {"bill_type": bill_type, "bill_date": bill_date}
    return merchant.call(METHOD, biz | more)


@dataclass
class Sheet:
    """One file of a bill: its comment lines, its header, its rows by column."""

    name: str
    comments: list[str]
    header: list[str]
    rows: list[dict[str, str]]

    def sum(self, column: str) -> Decimal:
        return sum((Decimal(row[column]) for row in self.rows), Decimal(0))

    def comment(self, pattern: str) -> tuple[str, ...]:
        """Return what the one comment line of this pattern says."""
        [found] = filter(None, (re.fullmatch(pattern, line) for line in self.comments))
        return found.groups()


def read(name: str, raw: bytes) -> Sheet:
    text = raw.decode("gb18030")
    assert text.endswith("\r\n")
    lines = text.split("\r\n")[:-1]
    comments = [line for line in lines if line.startswith("#")]
    table = csv.reader(io.StringIO("\n".join(li for li in lines if li[0] != "#")))
    header, *rows = [[cell.rstrip("\t") for cell in row] for row in table]
    assert all(len(row) == len(header) for row in rows)
    return Sheet(
        name, comments, header, [dict(zip(header, row, strict=True)) for row in rows]
    )


def unzip(raw: bytes) -> tuple[Sheet, Sheet]:
    """Read the details and the summary out of a zip file."""
    with zipfile.ZipFile(io.BytesIO(raw), metadata_encoding="gbk") as archive:
        assert archive.testzip() is None
        sheets = []
        for member in archive.infolist():
            assert not member.flag_bits & 0x800  # the name is not UTF-8
            sheets.append(read(member.filename, archive.read(member)))
    sheets.sort(key=lambda sheet: "汇总" in sheet.name)
    details, summary = sheets
    return details, summary


def fetch(
    merchant: Merchant, bill_type: str, bill_date: str, **more: Any
) -> tuple[Sheet, Sheet]:
    """Ask for a bill, download it, and read it."""
    answer = ask(merchant, bill_type, bill_date, **more)
    response = merchant.http.get(answer["bill_download_url"])
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/zip"
    assert response.headers["content-disposition"].startswith("attachment")
    return unzip(response.content)
