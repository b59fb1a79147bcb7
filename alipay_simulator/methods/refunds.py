"""alipay.trade.refund and alipay.trade.fastpay.refund.query."""

from typing import Any

from django.db import transaction

from alipay_simulator.clock import on_wire
from alipay_simulator.errors import Refused, bad_field
from alipay_simulator.models import Account, Cause, Refund, Trade
from alipay_simulator.money import to_yuan
from alipay_simulator.rules import refunds, trades
from alipay_simulator.rules.refunds import FromReceiver, Outcome, Wish

from . import accounts
from .call import Call
from .trade_state import NOTHING, fund_item, is_safe


def refund(call: Call) -> dict[str, Any]:
    """Give money back, once per ``out_request_no``."""
    options = call.options()
    wish = Wish(
        amount_fen=call.money("refund_amount"),
        out_request_no=call.text("out_request_no", 64),
        reason=call.text("refund_reason", 256),
        fetch_back=_fetch_back(call),
    )
    call.parts("refund_goods_detail")
    call.text("related_settle_confirm_no", 64)
    if call.text("refund_currency", 8) not in ("", "CNY"):
        raise Refused("CURRENCY_NOT_SUPPORT")
    trade = None
    try:
        with transaction.atomic():
            trade = call.trade()
            if trade is None:
                raise Refused("TRADE_NOT_EXIST")
            outcome = refunds.refund(trade, wish, caller=call.app, at=call.at)
        if outcome.refund is None:
            raise Refused("SELLER_BALANCE_NOT_ENOUGH")
    except Refused as refusal:
        _, out_trade_no = call.trade_numbers()
        if trade is not None:
            out_trade_no = trade.intent.out_trade_no
        refusal.fields |= {"refund_fee": NOTHING, "send_back_fee": NOTHING}
        if out_trade_no:
            refusal.fields["out_trade_no"] = out_trade_no
        raise
    return _fields(trade, outcome, outcome.refund, options)


def _fetch_back(call: Call) -> tuple[FromReceiver, ...]:
    """Read from whom shares are to be fetched back before the buyer is paid."""
    return tuple(
        _from_receiver(item) for item in call.parts("refund_royalty_parameters")
    )


def _from_receiver(item: Call) -> FromReceiver:
    item.choice("royalty_type", ("transfer",), "transfer")
    item.text("desc", 1000)
    account = item.text("trans_out", 128, required=True)
    kind = item.choice("trans_out_type", accounts.KINDS, "userId")
    amount_fen = item.money("amount")
    member = accounts.find(item, kind, account)
    if member is None:
        raise Refused("REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST")
    return FromReceiver(member, amount_fen)


def _fields(
    trade: Trade, outcome: Outcome, made: Refund, options: set[str]
) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "trade_no": trade.trade_no,
        "out_trade_no": trade.intent.out_trade_no,
        "buyer_logon_id": trade.buyer.masked_logon_id,
        "buyer_user_id": trade.buyer.user_id,
        "fund_change": "Y" if outcome.moved else "N",
        "refund_fee": to_yuan(trade.refunded_fen),
        "gmt_refund_pay": on_wire(made.created_at),
    }
    if "refund_detail_item_list" in options:
        fields |= _details(trade, made)
        if not outcome.moved:
            fields["send_back_fee"] = NOTHING
    return fields


def _details(trade: Trade, made: Refund) -> dict[str, Any]:
    assert trade.paid_from is not None  # a refunded trade was paid
    return {
        "send_back_fee": to_yuan(made.amount_fen),
        "refund_detail_item_list": [fund_item(trade.paid_from, made.amount_fen)],
    }


def _deposit_back(trade: Trade, made: Refund) -> dict[str, Any]:
    """Tell of money on its way to a bank; here it is there at once."""
    assert trade.paid_from is not None  # a refunded trade was paid
    if trade.paid_from.kind != Account.Kind.CARD or made.settled_at is None:
        return {}
    info = {
        "has_deposit_back": "true",
        "dback_status": "S",
        "dback_amount": to_yuan(made.amount_fen),
        "bank_ack_time": on_wire(made.settled_at),
    }
    return {"deposit_back_info": info}


def _fetched_back(made: Refund) -> list[dict[str, str]]:
    moves = made.moves.filter(cause=Cause.SPLIT_BACK)
    told = []
    for move in moves.select_related("source__owner", "target__owner").order_by("pk"):
        assert move.source.owner is not None  # people's accounts,
        assert move.target.owner is not None  # both of them
        told.append(
            {
                "refund_amount": to_yuan(move.amount_fen),
                "royalty_type": "transfer",
                "result_code": "SUCCESS",
                "trans_out": move.source.owner.user_id,
                "trans_in": move.target.owner.user_id,
            }
        )
    return told


def refund_query(call: Call) -> dict[str, Any]:
    """Tell what became of one refund; an unknown number is answered empty."""
    options = call.options()
    trade = call.trade()
    number = call.text("out_request_no", 64)
    if not number:
        raise bad_field("out_request_no")
    if trade is None:
        raise Refused("TRADE_NOT_EXIST")
    trades.refresh(trade, at=call.at)
    made = trade.refunds.filter(out_request_no=number).first()
    if made is None:
        return {}
    fields: dict[str, Any] = {
        "trade_no": trade.trade_no,
        "out_trade_no": trade.intent.out_trade_no,
        "out_request_no": made.out_request_no,
        "total_amount": to_yuan(trade.intent.total_fen),
        "refund_amount": to_yuan(made.amount_fen),
    }
    if is_safe(made.reason):
        fields["refund_reason"] = made.reason
    fetched = _fetched_back(made)
    if fetched:
        fields["refund_royaltys"] = fetched
    if "deposit_back_info" in options:
        fields |= _deposit_back(trade, made)
    if made.settled_at is None:
        # Still on its way: what tells of success is absent.
        return fields
    fields["refund_status"] = "REFUND_SUCCESS"
    if "gmt_refund_pay" in options:
        fields["gmt_refund_pay"] = on_wire(made.settled_at)
    if "refund_detail_item_list" in options:
        fields |= _details(trade, made)
    return fields
