"""The bill of an account (账务明细): every movement of what a seller may use."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge

from django.db.models import QuerySet, Sum

from alipay_simulator.clock import BEIJING
from alipay_simulator.models import Account, Cause, Member, Move
from alipay_simulator.rules import ledger

from . import paper
from .batches import Row, in_order
from .paper import Cells, money, text
from .period import Period

TITLE = "账务明细"
HEADER = (
    "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,"
    "支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注"
)
SUMMARY_HEADER = "类型,收入笔数,收入金额（+元）,支出笔数,支出金额（-元）,总金额（元）"

KINDS = {
    Cause.OPENING: "充值",
    Cause.TOP_UP: "充值",
    Cause.PAYMENT: "在线支付",
    Cause.FEE: "收费",
    Cause.REFUND: "交易退款",
    Cause.RELEASE: "交易结算",
    Cause.SPLIT: "交易分账",
    Cause.SPLIT_BACK: "交易分账退回",
    Cause.TRANSFER: "转账",
    Cause.TRANSFER_BACK: "转账退回",
}
"""What the bill calls each reason for a movement."""

_COLUMNS = (
    "pk",
    "moved_at",
    "amount_fen",
    "cause",
    "trade__trade_no",
    "trade__intent__out_trade_no",
    "trade__intent__subject",
    "transfer__order_id",
    "transfer__out_biz_no",
    "transfer__title",
    "refund__out_request_no",
)


@dataclass(frozen=True)
class Line:
    """One movement; what leaves is negative. ``other`` is on its other side."""

    row: Row
    change_fen: int
    other: str

    @property
    def order(self) -> tuple[dt.datetime, int]:
        """Where it stands in the bill."""
        return self.row["moved_at"], self.row["pk"]

    @property
    def kind(self) -> str:
        """What the bill calls it."""
        return KINDS[Cause(self.row["cause"])]

    def cells(self, balance_fen: int) -> Cells:
        """Write it down, with the balance after it."""
        row = self.row
        day = row["moved_at"].astimezone(BEIJING)
        return (
            text(f"{day:%Y%m%d}{row['pk']:014d}"),
            text(row["trade__trade_no"] or row["transfer__order_id"] or ""),
            text(
                row["trade__intent__out_trade_no"] or row["transfer__out_biz_no"] or ""
            ),
            text(row["trade__intent__subject"] or row["transfer__title"] or ""),
            paper.moment(row["moved_at"]),
            self.other,
            money(max(self.change_fen, 0)),
            money(min(self.change_fen, 0)),
            money(balance_fen),
            text("支付宝"),
            text(self.kind),
            text(row["refund__out_request_no"] or ""),
        )


def lines(owner: Member, period: Period) -> Iterator[Line]:
    """Tell every movement, in its order."""
    account = ledger.merchant_account(owner)
    came = _side(Move.objects.filter(target=account), "source", 1, period)
    left = _side(Move.objects.filter(source=account), "target", -1, period)
    return merge(came, left, key=lambda line: line.order)


def _side(
    moves: QuerySet[Move], other: str, sign: int, period: Period
) -> Iterator[Line]:
    name, logon_id = f"{other}__owner__name_zh", f"{other}__owner__logon_id"
    rows = moves.values(*_COLUMNS, name, logon_id)
    for page in in_order(rows, "moved_at", period):
        for row in page:
            whose = paper.person(row[name], row[logon_id]) if row[name] else text("")
            yield Line(row, sign * row["amount_fen"], whose)


def opening_fen(account: Account, period: Period) -> int:
    """What was in the account when the period began."""
    earlier = Move.objects.filter(moved_at__lt=period.start)
    came = earlier.filter(target=account).aggregate(fen=Sum("amount_fen"))["fen"]
    left = earlier.filter(source=account).aggregate(fen=Sum("amount_fen"))["fen"]
    return (came or 0) - (left or 0)


@dataclass
class Total:
    """Some movements added up, by their direction."""

    times_in: int = 0
    in_fen: int = 0
    times_out: int = 0
    out_fen: int = 0

    def add(self, change_fen: int) -> None:
        """Count a movement in."""
        if change_fen > 0:
            self.times_in += 1
            self.in_fen += change_fen
        else:
            self.times_out += 1
            self.out_fen += change_fen

    def cells(self, kind: str) -> Cells:
        """Write it down for one kind of movement, or for all."""
        return (
            text(kind),
            str(self.times_in),
            money(self.in_fen),
            str(self.times_out),
            money(self.out_fen),
            money(self.in_fen + self.out_fen),
        )


class Totals:
    """What a bill adds up to, as a whole and by kinds."""

    def __init__(self, balance_fen: int) -> None:
        self.balance_fen = balance_fen
        self.whole = Total()
        self.kinds: defaultdict[str, Total] = defaultdict(Total)

    def count(self, line: Line) -> Cells:
        """Add a line as it passes by, and write it down."""
        self.balance_fen += line.change_fen
        self.whole.add(line.change_fen)
        self.kinds[line.kind].add(line.change_fen)
        return line.cells(self.balance_fen)


def files(
    owner: Member, period: Period, *, at: dt.datetime
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Give the names and the contents of the two files, one after the other."""
    totals = Totals(opening_fen(ledger.merchant_account(owner), period))
    stem = f"{paper.account_no(owner)}_{period.label}_{TITLE}"
    yield f"{stem}.csv", _details(owner, period, totals, at)
    yield f"{stem}(汇总).csv", _summary(owner, period, totals, at)


def _details(
    owner: Member, period: Period, totals: Totals, at: dt.datetime
) -> Iterator[bytes]:
    rows = (totals.count(line) for line in lines(owner, period))
    yield from paper.sheet(TITLE, HEADER, owner, period, rows)
    whole = totals.whole
    for name, times, fen in (
        ("支出", whole.times_out, whole.out_fen),
        ("收入", whole.times_in, whole.in_fen),
    ):
        yield paper.in_gbk(f"#{name}合计：{times}笔，共{money(fen)}元")
    yield paper.exported(at)


def _summary(
    owner: Member, period: Period, totals: Totals, at: dt.datetime
) -> Iterator[bytes]:
    rows = [total.cells(kind) for kind, total in sorted(totals.kinds.items())]
    rows.append(totals.whole.cells("合计"))
    yield from paper.sheet("账务汇总", SUMMARY_HEADER, owner, period, rows)
    yield paper.exported(at)
