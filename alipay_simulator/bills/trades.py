"""The bill of trades (业务明细): payments and refunds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge

from django.db.models import Sum

from alipay_simulator.models import Cause, Member, Move, Refund, Share, Trade

from . import paper
from .batches import Row, in_order
from .paper import Cells, money, text
from .period import Period

TITLE = "业务明细"
HEADER = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,"
    "操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,"
    "支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,"
    "卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
)
SUMMARY_HEADER = (
    "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,"
    "支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）"
)
NOTHING = money(0)
"""Nobody gives discounts here."""

_ORDER = (
    "trade_no",
    "created_at",
    "fee_fen",
    "intent__out_trade_no",
    "intent__subject",
    "intent__store_id",
    "intent__operator_id",
    "intent__terminal_id",
    "intent__seller_id",
    "intent__sub_merchant__shop_id",
    "buyer__name_zh",
    "buyer__logon_id",
)


@dataclass(frozen=True)
class Line:
    """One payment, or one refund: then the amounts are negative."""

    at: dt.datetime
    made_at: dt.datetime
    order: Row
    amount_fen: int
    fee_fen: int
    shares_fen: int
    refund_no: str = ""
    reason: str = ""

    def cells(self) -> Cells:
        """Write it down."""
        order, amount = self.order, money(self.amount_fen)
        return (
            text(order["trade_no"]),
            text(order["intent__out_trade_no"]),
            text("退款" if self.refund_no else "交易"),
            text(order["intent__subject"]),
            paper.moment(self.made_at),
            paper.moment(self.at),
            text(order["intent__store_id"]),
            text(""),
            text(order["intent__operator_id"]),
            text(order["intent__terminal_id"]),
            paper.person(order["buyer__name_zh"], order["buyer__logon_id"]),
            amount,
            amount,
            *[NOTHING] * 5,
            text(""),
            *[NOTHING] * 2,
            text(self.refund_no),
            money(-self.fee_fen),
            money(self.shares_fen),
            text(self.reason),
        )


def lines(owner: Member, period: Period) -> Iterator[Line]:
    """Tell what was paid and refunded, in its order."""
    return merge(
        _payments(owner, period), _refunds(owner, period), key=lambda line: line.at
    )


def _is_of(owner: Member, order: Row) -> bool:
    # Asked here and not of the database, which would start at the seller.
    parties = (order["intent__seller_id"], order["intent__sub_merchant__shop_id"])
    return owner.pk in parties


def _payments(owner: Member, period: Period) -> Iterator[Line]:
    rows = Trade.objects.values("pk", "paid_at", "intent__total_fen", *_ORDER)
    for page in in_order(rows, "paid_at", period):
        own = [row for row in page if _is_of(owner, row)]
        shares = _shares(own, period)
        for row in own:
            yield Line(
                at=row["paid_at"],
                made_at=row["created_at"],
                order=row,
                amount_fen=row["intent__total_fen"],
                fee_fen=row["fee_fen"],
                shares_fen=shares[row["pk"]],
            )


def _shares(rows: list[Row], period: Period) -> defaultdict[int, int]:
    """What was given of each trade before the period ended: that stays so for ever."""
    given = (
        Share.objects.filter(
            settlement__trade__in=[row["pk"] for row in rows],
            settlement__created_at__lt=period.end,
            kind=Share.Kind.TRANSFER,
            error_code="",
        )
        .order_by()
        .values_list("settlement__trade")
        .annotate(total=Sum("amount_fen"))
    )
    return defaultdict(int, given)


def _refunds(owner: Member, period: Period) -> Iterator[Line]:
    of_trade = [f"trade__{name}" for name in _ORDER]
    wanted = ("pk", "created_at", "amount_fen", "out_request_no", "reason", *of_trade)
    for page in in_order(Refund.objects.values(*wanted), "created_at", period):
        orders = {row["pk"]: _order_of(row) for row in page}
        own = [row for row in page if _is_of(owner, orders[row["pk"]])]
        fetched = _fetched_back(own)
        for row in own:
            yield Line(
                at=row["created_at"],
                made_at=row["created_at"],
                order=orders[row["pk"]],
                amount_fen=-row["amount_fen"],
                fee_fen=0,
                shares_fen=-fetched[row["pk"]],
                refund_no=row["out_request_no"],
                reason=row["reason"],
            )


def _order_of(row: Row) -> Row:
    return {name: row[f"trade__{name}"] for name in _ORDER}


def _fetched_back(rows: list[Row]) -> defaultdict[int, int]:
    moves = Move.objects.filter(
        refund__in=[row["pk"] for row in rows], cause=Cause.SPLIT_BACK
    )
    return defaultdict(
        int, moves.order_by().values_list("refund").annotate(total=Sum("amount_fen"))
    )


@dataclass
class Total:
    """Some lines added up."""

    payments: int = 0
    refunds: int = 0
    paid_fen: int = 0
    refunded_fen: int = 0
    fee_fen: int = 0
    shares_fen: int = 0

    def add(self, line: Line) -> None:
        """Count a line in."""
        if line.refund_no:
            self.refunds += 1
            self.refunded_fen += line.amount_fen
        else:
            self.payments += 1
            self.paid_fen += line.amount_fen
        self.fee_fen += line.fee_fen
        self.shares_fen += line.shares_fen

    def cells(self, store: str) -> Cells:
        """Write it down for one store, or for all."""
        amount_fen = self.paid_fen + self.refunded_fen
        return (
            text(store),
            text(""),
            str(self.payments),
            str(self.refunds),
            money(amount_fen),
            money(amount_fen),
            *[NOTHING] * 3,
            money(-self.fee_fen),
            money(self.shares_fen),
            money(amount_fen - self.fee_fen - self.shares_fen),
        )


@dataclass
class Totals:
    """What a bill adds up to, as a whole and by stores."""

    whole: Total
    stores: defaultdict[str, Total]

    def count(self, line: Line) -> Line:
        """Add a line as it passes by."""
        self.whole.add(line)
        self.stores[line.order["intent__store_id"]].add(line)
        return line


def files(
    owner: Member, period: Period, *, at: dt.datetime
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Give the names and the contents of the two files, one after the other."""
    totals = Totals(Total(), defaultdict(Total))
    stem = f"{paper.account_no(owner)}_{period.label}_{TITLE}"
    yield f"{stem}.csv", _details(owner, period, totals, at)
    yield f"{stem}(汇总).csv", _summary(owner, period, totals, at)


def _details(
    owner: Member, period: Period, totals: Totals, at: dt.datetime
) -> Iterator[bytes]:
    counted = (totals.count(line).cells() for line in lines(owner, period))
    yield from paper.sheet(TITLE, HEADER, owner, period, counted)
    whole = totals.whole
    paid, refunded = money(whole.paid_fen), money(whole.refunded_fen)
    yield paper.in_gbk(
        f"#交易合计：{whole.payments}笔，商家实收共{paid}元，商家优惠共{NOTHING}元"
    )
    yield paper.in_gbk(
        f"#退款合计：{whole.refunds}笔，商家实收退款共{refunded}元，"
        f"商家优惠退款共{NOTHING}元"
    )
    yield paper.exported(at)


def _summary(
    owner: Member, period: Period, totals: Totals, at: dt.datetime
) -> Iterator[bytes]:
    rows = [total.cells(store) for store, total in sorted(totals.stores.items())]
    rows.append(totals.whole.cells("合计"))
    yield from paper.sheet("业务汇总", SUMMARY_HEADER, owner, period, rows)
    yield paper.exported(at)
