"""Money back to the buyer."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from alipay_simulator.errors import Refused
from alipay_simulator.models import Refund, Status, Trade

from . import custody, ledger, trades


@dataclass(frozen=True)
class Outcome:
    """A refund, and whether this very call moved its money."""

    refund: Refund
    moved: bool


@transaction.atomic
def refund(
    trade: Trade,
    *,
    amount_fen: int,
    out_request_no: str,
    reason: str,
    at: dt.datetime,
) -> Outcome:
    """Give back ``amount_fen``; the same number and amount again moves nothing.

    An empty ``out_request_no`` stands for the whole amount under the order's
    own number.

    :raises Refused: in the order of checks of the real gateway; a repeat stays
        a repeat even after the trade is closed.
    """
    trades.refresh(trade, at=at)
    if not trade.is_paid:
        raise Refused("TRADE_STATUS_ERROR")
    number = out_request_no or trade.intent.out_trade_no
    known = trade.refunds.filter(out_request_no=number).first()
    if known is not None:
        if known.amount_fen != amount_fen:
            raise Refused("DISCORDANT_REPEAT_REQUEST")
        return Outcome(known, moved=False)
    if trade.status == Status.CLOSED:
        raise Refused("TRADE_HAS_CLOSE")
    if trade.status == Status.FINISHED:
        raise Refused("TRADE_HAS_FINISHED")
    if not out_request_no and amount_fen != trade.intent.total_fen:
        raise Refused("REFUND_AMT_NOT_EQUAL_TOTAL")
    if amount_fen > trade.left_fen:
        raise Refused("REASON_TRADE_REFUND_FEE_ERR")
    return Outcome(_give_back(trade, amount_fen, number, reason, at), moved=True)


def _give_back(
    trade: Trade, amount_fen: int, number: str, reason: str, at: dt.datetime
) -> Refund:
    Trade.objects.filter(pk=trade.pk).update(
        refunded_fen=F("refunded_fen") + amount_fen
    )
    trade.refresh_from_db(fields=["refunded_fen"])
    made = Refund.objects.create(
        trade=trade,
        out_request_no=number,
        amount_fen=amount_fen,
        total_after_fen=trade.refunded_fen,
        reason=reason,
        created_at=at,
        settled_at=at,
    )
    assert trade.paid_from is not None  # a paid trade knows its source
    try:
        custody.pay_back(trade, amount_fen, trade.paid_from, refund=made, at=at)
    except ledger.NotEnough:
        raise Refused("SELLER_BALANCE_NOT_ENOUGH") from None
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
        _give_back(trade, trade.left_fen, number, "", at)
        action = "refund"
    Trade.objects.filter(pk=trade.pk).update(cancel_action=action)
    return action
