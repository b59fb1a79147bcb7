"""Alipay's bill of trades is believed whole, or not at all."""

import io
import zipfile
import zlib

import httpx
import pytest

from payments.gateways.alipay import bills
from payments.gateways.alipay.bills import Bill
from payments.gateways.port import GatewayUnknown, LineKind, StatementUnreadable

NAME = "20887210000000010156_20260605_业务明细.csv"
HEADER = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,"
    "操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,"
    "支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,"
    "卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
)
PAID = (
    "2026060522001\t,T1\t,交易\t,名称\t,2026-06-05 08:00:05,2026-06-05 08:00:20,\t,\t,"
    "\t,\t,*庚辰(182****01)\t,88.88,88.88,0.00,0.00,0.00,0.00,0.00,\t,0.00,0.00,\t,"
    "-0.53,0.00,\t"
)
BACK = (
    PAID.replace("交易", "退款")
    .replace("88.88", "-30.00")
    .replace("0.00,0.00,\t,-0.53", "0.00,0.00,R1\t,0.00")
)
END = "#-----业务明细列表结束-----"
PAID_SUM = "#交易合计：1笔，商家实收共88.88元，商家优惠共0.00元"
BACK_SUM = "#退款合计：1笔，商家实收退款共-30.00元，商家优惠退款共0.00元"
WHOLE = [
    "#支付宝业务明细查询",
    "#账号：[20887210000000010156]",
    HEADER,
    PAID,
    BACK,
    END,
    PAID_SUM,
    BACK_SUM,
    "#导出时间：[2026年06月06日 09:00:00]",
]


def table(lines=WHOLE, *, ends="\r\n", code="gbk"):
    return "".join(f"{line}{ends}" for line in lines).encode(code)


class _Named(zipfile.ZipInfo):
    def _encodeFilenameFlags(self):  # noqa: N802 - the name of zipfile
        return self.filename.encode("gbk"), self.flag_bits


def zipped(content=None, *, name=NAME, more=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, data in ((name, content or table()), *more):
            member = _Named(one)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, data)
    return out.getvalue()


def read(raw):
    return list(Bill.checked(io.BytesIO(raw)).lines())


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_payments_and_refunds_in_fen(ends):
    summary = NAME.replace(".csv", "(汇总).csv")
    paid, back = read(zipped(table(ends=ends), more=[(summary, b"#")]))

    assert (paid.kind, paid.number, paid.refund_number) == (LineKind.PAYMENT, "T1", "")
    assert (paid.amount_minor, paid.fee_minor) == (8888, 53)
    assert paid.provider_number == "2026060522001"
    assert paid.at.isoformat() == "2026-06-05T08:00:20+08:00"
    assert (back.kind, back.refund_number) == (LineKind.REFUND, "R1")
    assert (back.amount_minor, back.fee_minor) == (3000, 0)


def test_a_day_without_movement_has_no_lines():
    nothing = [
        *WHOLE[:3],
        END,
        PAID_SUM.replace("1笔", "0笔").replace("88.88", "0.00"),
        BACK_SUM.replace("1笔", "0笔").replace("-30.00", "0.00"),
    ]

    assert read(zipped(table(nothing))) == []
    assert read(b"") == []


def without(*lines):
    return [line for line in WHOLE if line not in lines]


def changed(old, new):
    return [line.replace(old, new) for line in WHOLE]


UNREADABLE = {
    "cut off in a line": table()[:450],
    "cut off before its end": table(WHOLE[:5]),
    "without its sums": table(without(PAID_SUM, BACK_SUM)),
    "without one sum": table(without(BACK_SUM)),
    "a line short": table(without(PAID)),
    "a line too many": table([*WHOLE[:4], *WHOLE[3:]]),
    "lines after the end": table([*WHOLE, PAID]),
    "in another writing": table(code="utf-8"),
    "a broken character": table().replace("名称".encode("gbk"), b"\xff\xff\xff\xff"),
    "a column missing": table(changed("服务费（元）", "费")),
    "a cell too many": table(changed("T1\t", "T1\t,x")),
    "no amount": table(changed("88.88,88.88", "many,88.88")),
    "a third decimal": table(changed("88.88", "88.888")),
    "an exponent": table(changed("88.88,88.88", "8e9,88.88")),
    "no date": table(changed("2026-06-05 08:00:20", "yesterday")),
    "a negative payment": table(changed("88.88", "-88.88")),
    "a number without end": table(changed("T1\t", "T" * 65)),
    "a cell without end": table(changed("名称", "名" * 5000)),
    "an open quote": table(changed("名称", '"名称')),
    "nothing": b"\r\n",
}


@pytest.mark.parametrize("why", UNREADABLE)
def test_a_table_that_is_not_whole_is_not_believed(why):
    with pytest.raises(StatementUnreadable):
        read(zipped(UNREADABLE[why]))


def _bomb():
    """Says that it is small, and has no end."""
    raw = bytearray(zipped(table() + b"#" * 4_000_000))
    small = len(table()).to_bytes(4, "little")
    for sign, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = raw.index(sign) + offset
        raw[at : at + 4] = small
    return bytes(raw)


def _huge():
    raw = bytearray(zipped())
    at = raw.index(b"PK\x01\x02") + 24
    raw[at : at + 4] = (bills.LARGEST_TABLE + 1).to_bytes(4, "little")
    return bytes(raw)


def _damaged():
    raw = bytearray(zipped())
    raw[raw.index(zlib.compress(table(), 6)[2:12]) + 20] ^= 0xFF
    return bytes(raw)


WRONG_FILES = {
    "no zip": lambda: b"<html>busy</html>",
    "half a zip": lambda: zipped()[:-40],
    "damaged": _damaged,
    "a bomb": _bomb,
    "too large": _huge,
    "two tables": lambda: zipped(more=[(f"x{NAME}", table())]),
    "no table": lambda: zipped(name="readme.txt"),
    "a path": lambda: zipped(name=f"../../{NAME}"),
    "too many files": lambda: zipped(more=[(f"{n}.txt", b"") for n in range(10)]),
}


@pytest.mark.parametrize("why", WRONG_FILES)
def test_a_file_that_is_no_bill_is_not_believed(why):
    with pytest.raises(StatementUnreadable):
        read(WRONG_FILES[why]())


def test_every_cut_is_noticed():
    """Up to the last word that counts: how much was given back."""
    whole = table()
    for length in range(0, whole.index("-30.00元，商家优惠退款".encode("gbk")) + 6, 7):
        with pytest.raises(StatementUnreadable):
            read(zipped(whole[:length] or b"\n"))


def test_a_download_without_end_is_given_up():
    from payments.gateways.alipay.client import AlipayClient

    client = object.__new__(AlipayClient)

    def endless():
        while True:
            yield b"x" * 65_536

    def answer(_request):
        return httpx.Response(200, content=endless())

    client._http = httpx.Client(transport=httpx.MockTransport(answer))
    into = io.BytesIO()

    with pytest.raises(GatewayUnknown):
        client.download("http://bills.test/", into, most=1_000_000)
    assert len(into.getvalue()) <= 1_000_000
