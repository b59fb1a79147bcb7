"""Money back to the buyer."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from alipay_simulator.errors import Refused
from alipay_simulator.models import App, Fault, Member, Refund, Status, Trade

from . import custody, faults, ledger, splits, trades
from .faults import Kind

METHOD = "alipay.trade.refund"

SLOW_SECONDS = 600
"""How long a refund takes that a fault makes slow."""


@dataclass(frozen=True)
class FromReceiver:
    """A part of what a royalty receiver got from the trade, to be fetched back."""

    member: Member
    amount_fen: int


@dataclass(frozen=True)
class Wish:
    """What is to be refunded. An empty number stands for the whole amount under the
    order's own number.
    """

    amount_fen: int
    out_request_no: str = ""
    reason: str = ""
    fetch_back: tuple[FromReceiver, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """A refund, and whether this very call moved its money to the buyer.

    There is none where a fault has it that the seller's balance is too small.
    """

    refund: Refund | None
    moved: bool


@transaction.atomic
def refund(trade: Trade, wish: Wish, *, caller: App, at: dt.datetime) -> Outcome:
    """Give money back; the same number and amount again moves nothing.

    :raises Refused: in the order of checks of the real gateway; a repeat stays
        a repeat even after the trade is closed.
    """
    trades.refresh(trade, at=at)
    if not trade.is_paid:
        raise Refused("TRADE_STATUS_ERROR")
    number = wish.out_request_no or trade.intent.out_trade_no
    known = trade.refunds.filter(out_request_no=number).first()
    if known is not None:
        if known.amount_fen != wish.amount_fen:
            raise Refused("DISCORDANT_REPEAT_REQUEST")
        return Outcome(known, moved=False)
    if trade.status == Status.CLOSED:
        raise Refused("TRADE_HAS_CLOSE")
    if trade.status == Status.FINISHED:
        raise Refused("TRADE_HAS_FINISHED")
    if not wish.out_request_no and wish.amount_fen != trade.intent.total_fen:
        raise Refused("REFUND_AMT_NOT_EQUAL_TOTAL")
    if wish.amount_fen > trade.left_fen:
        raise Refused("REASON_TRADE_REFUND_FEE_ERR")
    fault = faults.take(
        Kind.REFUND_NO_BALANCE,
        Kind.REFUND_PROCESSING,
        at=at,
        app=caller,
        out_trade_no=trade.intent.out_trade_no,
        method=METHOD,
    )
    if fault is not None and fault.kind == Kind.REFUND_NO_BALANCE:
        # Not raised: that would also undo the counting of the fault.
        return Outcome(None, moved=False)
    made = _give_back(trade, wish, number, at=at, slow=fault)
    return Outcome(made, moved=made.settled_at is not None)


def _give_back(
    trade: Trade,
    wish: Wish,
    number: str,
    *,
    at: dt.datetime,
    slow: Fault | None = None,
) -> Refund:
    """Move the money, to the buyer or, if it is ``slow``, as far as in transit."""
    wait = dt.timedelta(seconds=faults.seconds(slow, SLOW_SECONDS) if slow else 0)
    Trade.objects.filter(pk=trade.pk).update(
        refunded_fen=F("refunded_fen") + wish.amount_fen
    )
    trade.refresh_from_db(fields=["refunded_fen"])
    made = Refund.objects.create(
        trade=trade,
        out_request_no=number,
        amount_fen=wish.amount_fen,
        total_after_fen=trade.refunded_fen,
        reason=wish.reason,
        created_at=at,
        settled_at=None if slow else at,
        settles_at=at + wait if slow else None,
    )
    for one in wish.fetch_back:
        splits.fetch_back(trade, one.member, one.amount_fen, refund=made, at=at)
    assert trade.paid_from is not None  # a paid trade knows its source
    target = ledger.transit() if slow else trade.paid_from
    try:
        custody.pay_back(trade, wish.amount_fen, target, refund=made, at=at)
    except ledger.NotEnough:
        raise Refused("SELLER_BALANCE_NOT_ENOUGH") from None
    if not slow:
        trades.refund_arrived(trade, made, at=at)
    return made


@transaction.atomic
def cancel(trade: Trade, *, at: dt.datetime) -> str:
    """Undo a trade whose result is unknown to the merchant: close or refund it.

    Returns ``close`` or ``refund``, on a repeat what was done the first time,
    or ``""`` if there was nothing to do.

    :raises Refused: the refund window is over, or the merchant's balance too small.
    """
    trades.refresh(trade, at=at)
    if trade.cancel_action or trade.status == Status.CLOSED:
        return trade.cancel_action
    if trade.status == Status.WAITING:
        trades.close(trade, at=at)
        action = "close"
    elif trade.status == Status.FINISHED:
        raise Refused("TRADE_HAS_FINISHED")
    else:
        number = trade.intent.out_trade_no
        if trade.refunds.filter(out_request_no=number).exists():
            number = f"CANCEL{trade.trade_no}"
        _give_back(trade, Wish(trade.left_fen), number, at=at)
        action = "refund"
    Trade.objects.filter(pk=trade.pk).update(cancel_action=action)
    return action
