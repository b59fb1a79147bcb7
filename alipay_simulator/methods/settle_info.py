"""What ``trade_settle_info`` tells: what is held, and every move of what was not."""

import datetime as dt
from typing import Any

from alipay_simulator.clock import on_wire
from alipay_simulator.models import Account, Cause, Member, Move, Share, Trade
from alipay_simulator.money import to_yuan


def settle_info(trade: Trade) -> dict[str, Any]:
    """Tell how the money of a paid trade was settled and split so far."""
    return {
        "trade_settle_detail_list": [
            *_held(trade),
            *_confirmed(trade),
            *_moved(trade),
        ],
        "trade_unsettled_amount": to_yuan(unsettled_fen(trade)),
    }


def unsettled_fen(trade: Trade) -> int:
    """How much of the trade's money its payee may not use yet."""
    return trade.held_fen + trade.frozen_fen


def _held(trade: Trade) -> list[dict[str, str]]:
    if not trade.held_fen or trade.paid_at is None:
        return []
    payee = trade.intent.payee
    item = _detail("on_settle", trade.trade_no, trade.paid_at, trade.held_fen)
    return [item | {"trans_in": payee.user_id}]


def _confirmed(trade: Trade) -> list[dict[str, str]]:
    payee = trade.intent.payee
    return [
        _detail("settle", made.serial_no, made.created_at, made.amount_fen)
        | {"trans_in": payee.user_id}
        for made in trade.confirmations.all()
    ]


def _moved(trade: Trade) -> list[dict[str, str]]:
    """Tell shares and shares fetched back, and refunds of what was settled already."""
    moves = trade.moves.filter(
        cause__in=(Cause.SPLIT, Cause.SPLIT_BACK, Cause.REFUND)
    ).select_related("source__owner", "target__owner", "share", "refund")
    details = []
    for move in moves.order_by("pk"):
        name = _operation(trade, move)
        if name:
            serial = (
                move.share.detail_id if move.share else f"{trade.trade_no}{move.pk}"
            )
            details.append(
                _detail(name, serial, move.moved_at, move.amount_fen)
                | _sides(move.source.owner, move.target.owner)
            )
    return details


def _operation(trade: Trade, move: Move) -> str:
    back = "_refund" if move.cause == Cause.SPLIT_BACK else ""
    if move.share is not None:
        kind = "replenish" if move.share.kind == Share.Kind.REPLENISH else "transfer"
        return kind + back
    # A refund out of held money was never settled.
    is_settled = move.source.kind == Account.Kind.MERCHANT
    return "settle_refund" if trade.confirmed_fen and is_settled else ""


def _sides(source: Member | None, target: Member | None) -> dict[str, str]:
    sides = {"trans_out": source, "trans_in": target}
    return {name: one.user_id for name, one in sides.items() if one is not None}


def _detail(name: str, serial: str, at: dt.datetime, amount_fen: int) -> dict[str, str]:
    return {
        "operation_type": name,
        "operation_serial_no": serial,
        "operation_dt": on_wire(at),
        "amount": to_yuan(amount_fen),
    }
