"""Giving shares of a paid trade to others (分账), and fetching them back."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import F

from alipay_simulator import ids
from alipay_simulator.errors import Refused
from alipay_simulator.models import (
    Account,
    App,
    Cause,
    Member,
    Refund,
    Settlement,
    Share,
    Status,
    Trade,
)

from . import custody, ledger, people, relations, trades


class Mode(StrEnum):
    """All at once or not at all; or each for itself."""

    SYNC = "sync"
    ASYNC = "async"


MOST_REQUESTS = {Mode.SYNC: 50, Mode.ASYNC: 300}
"""Of one trade."""


@dataclass(frozen=True)
class Part:
    """What one receiver is to get, an amount or so many percent of the whole.

    To replenish, ``other`` gives it to the trade's payee instead.
    """

    kind: Share.Kind
    other: Member
    amount_fen: int
    percent: int
    desc: str
    scene: str

    def amount_of(self, trade: Trade) -> int:
        """Return the amount; a percentage is rounded down. The amount wins."""
        return self.amount_fen or trade.intent.total_fen * self.percent // 100


@transaction.atomic
def settle(
    app: App,
    trade: Trade,
    parts: list[Part],
    *,
    out_request_no: str,
    mode: Mode,
    finishes: bool,
    at: dt.datetime,
) -> Settlement:
    """Give shares of a splittable trade away.

    ``finishes``: it was the last time, the rest is thawed.

    :raises Refused: in sync mode, one part cannot be given, and then none is; in any
        mode, one is too small a percentage to be anything.
    """
    if not all(part.amount_of(trade) for part in parts):
        raise Refused("ALLOC_AMOUNT_VALIDATE_ERROR")
    made = Settlement.objects.create(
        trade=trade,
        out_request_no=out_request_no,
        settle_no=ids.settle_no(at),
        finishes=finishes,
        created_at=at,
    )
    for part in parts:
        _give(app, trade, made, part, mode, at)
    if finishes:
        custody.thaw(trade, at=at)
    return made


def require_splittable(trade: Trade, mode: Mode, *, at: dt.datetime) -> None:
    """Refresh the trade and see whether shares of it may be given now.

    :raises Refused: not paid, refunded, not confirmed yet, or finished with.
    """
    trades.refresh(trade, at=at)
    if not trade.is_paid:
        raise Refused("TRADE_STATUS_ERROR")
    if trade.status == Status.CLOSED:
        raise Refused("ALLOC_REFUSE_AFTER_REFUND")
    if trade.intent.sub_merchant is not None and not trade.confirmed_fen:
        raise Refused("ALLOC_REFUSE_BEFORE_SETTLE")
    if trade.settlements.filter(finishes=True).exists():
        raise Refused("ALREADY_FINISH_ALLOC")
    if trade.settlements.count() >= MOST_REQUESTS[mode]:
        raise Refused("TRADE_SETTLE_ERROR")


def _give(
    app: App,
    trade: Trade,
    made: Settlement,
    part: Part,
    mode: Mode,
    at: dt.datetime,
) -> None:
    """Give one part. In async mode a part that cannot be given is written down."""
    try:
        with transaction.atomic():
            _require_allowed(app, trade, part)
            _move(trade, _write(trade, made, part, at), at)
    except Refused as refusal:
        if mode == Mode.SYNC:
            raise
        trade.refresh_from_db(fields=("split_fen", *custody.KEPT))
        _write(trade, made, part, at, error_code=refusal.name)


def _require_allowed(app: App, trade: Trade, part: Part) -> None:
    payee = trade.intent.payee
    if part.other == payee:
        raise Refused("ROYALTY_ACCOUNTS_EQUAL")
    # A platform may always add to what its shop gets.
    adds = part.kind == Share.Kind.REPLENISH and part.other == app.seller
    if not adds and not relations.is_bound(app.seller, part.other):
        raise Refused("ROYALTY_RECEIVER_INVALID")
    too_much = part.amount_of(trade) > splittable_fen(app, trade)
    if part.kind == Share.Kind.TRANSFER and too_much:
        raise Refused("ALLOC_AMOUNT_VALIDATE_ERROR")


def splittable_fen(app: App, trade: Trade) -> int:
    """How much of a trade may still be given away."""
    total = trade.intent.total_fen
    there = total if trade.intent.sub_merchant is None else trade.confirmed_fen
    most = total * app.royalty_max_percent // 100
    return min(most, there, trade.left_fen) - trade.split_fen


def _write(
    trade: Trade,
    made: Settlement,
    part: Part,
    at: dt.datetime,
    *,
    error_code: str = "",
) -> Share:
    other = people.main_account(part.other)
    if other is None:
        raise Refused("ROYALTY_ACCOUNT_NOT_EXIST")
    own = ledger.merchant_account(trade.intent.payee)
    gives = part.kind == Share.Kind.TRANSFER
    return Share.objects.create(
        settlement=made,
        kind=part.kind,
        detail_id=ids.settle_no(at),
        source=own if gives else other,
        target=other if gives else own,
        amount_fen=part.amount_of(trade),
        desc=part.desc,
        scene=part.scene,
        error_code=error_code,
    )


def _move(trade: Trade, share: Share, at: dt.datetime) -> None:
    gives = share.kind == Share.Kind.TRANSFER
    sources: list[tuple[Account, int]] = [(share.source, share.amount_fen)]
    if gives:
        sources = custody.draw_frozen(trade, share.amount_fen)
        Trade.objects.filter(pk=trade.pk).update(
            split_fen=F("split_fen") + share.amount_fen
        )
        trade.refresh_from_db(fields=["split_fen"])
    try:
        for source, amount_fen in sources:
            ledger.move(
                source,
                share.target,
                amount_fen,
                cause=Cause.SPLIT,
                at=at,
                trade=trade,
                share=share,
            )
    except ledger.NotEnough:
        raise Refused("TXN_RESULT_ACCOUNT_BALANCE_NOT_ENOUGH") from None


def fetch_back(
    trade: Trade, member: Member, amount_fen: int, *, refund: Refund, at: dt.datetime
) -> None:
    """Take back from a receiver what he got from this trade, oldest share first.

    :raises Refused: he got less from it, or has less.
    """
    left = amount_fen
    got = Share.objects.select_related("target").filter(
        settlement__trade=trade,
        kind=Share.Kind.TRANSFER,
        error_code="",
        target__owner=member,
        returned_fen__lt=F("amount_fen"),
    )
    for share in got:
        part = min(left, share.amount_fen - share.returned_fen)
        if part:
            _take_back(trade, share, part, refund=refund, at=at)
        left -= part
    if left:
        raise Refused("ALLOC_AMOUNT_VALIDATE_ERROR")
    Trade.objects.filter(pk=trade.pk).update(split_fen=F("split_fen") - amount_fen)
    trade.refresh_from_db(fields=["split_fen"])


def _take_back(
    trade: Trade, share: Share, part_fen: int, *, refund: Refund, at: dt.datetime
) -> None:
    Share.objects.filter(pk=share.pk).update(returned_fen=F("returned_fen") + part_fen)
    try:
        ledger.move(
            share.target,
            ledger.merchant_account(trade.intent.payee),
            part_fen,
            cause=Cause.SPLIT_BACK,
            at=at,
            trade=trade,
            refund=refund,
            share=share,
        )
    except ledger.NotEnough:
        raise Refused("ALLOC_AMOUNT_VALIDATE_ERROR") from None
