"""alipay.trade.refund and alipay.trade.fastpay.refund.query."""

from typing import Any

from django.db import transaction

from alipay_simulator.clock import on_wire
from alipay_simulator.errors import Refused, bad_field
from alipay_simulator.models import Refund, Trade
from alipay_simulator.money import to_yuan
from alipay_simulator.rules import refunds

from .call import Call
from .trade_state import NOTHING, fund_item


@transaction.atomic
def refund(call: Call) -> dict[str, Any]:
    """Give money back, once per ``out_request_no``."""
    options = call.options()
    amount_fen = call.money("refund_amount")
    number = call.text("out_request_no", 64)
    reason = call.text("refund_reason", 256)
    trade = call.trade()
    try:
        if trade is None:
            raise Refused("TRADE_NOT_EXIST")
        if call.biz.get("refund_royalty_parameters"):
            # Nobody has received a share of any trade here.
            raise Refused("ALLOC_AMOUNT_VALIDATE_ERROR")
        outcome = refunds.refund(
            trade,
            amount_fen=amount_fen,
            out_request_no=number,
            reason=reason,
            at=call.at,
        )
    except Refused as refusal:
        _, out_trade_no = call.trade_numbers()
        if trade is not None:
            out_trade_no = trade.intent.out_trade_no
        refusal.fields |= {"refund_fee": NOTHING, "send_back_fee": NOTHING}
        if out_trade_no:
            refusal.fields["out_trade_no"] = out_trade_no
        raise
    return _fields(trade, outcome, options)


def _fields(
    trade: Trade, outcome: refunds.Outcome, options: set[str]
) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "trade_no": trade.trade_no,
        "out_trade_no": trade.intent.out_trade_no,
        "buyer_logon_id": trade.buyer.masked_logon_id,
        "buyer_user_id": trade.buyer.user_id,
        "fund_change": "Y" if outcome.moved else "N",
        "refund_fee": to_yuan(trade.refunded_fen),
        "gmt_refund_pay": on_wire(outcome.refund.created_at),
    }
    if "refund_detail_item_list" in options:
        fields |= _details(trade, outcome.refund)
        if not outcome.moved:
            fields["send_back_fee"] = NOTHING
    return fields


def _details(trade: Trade, made: Refund) -> dict[str, Any]:
    assert trade.paid_from is not None  # a refunded trade was paid
    return {
        "send_back_fee": to_yuan(made.amount_fen),
        "refund_detail_item_list": [fund_item(trade.paid_from, made.amount_fen)],
    }


def refund_query(call: Call) -> dict[str, Any]:
    """Tell what became of one refund; an unknown number is answered empty."""
    options = call.options()
    trade = call.trade()
    number = call.text("out_request_no", 64)
    if not number:
        raise bad_field("out_request_no")
    if trade is None:
        raise Refused("TRADE_NOT_EXIST")
    made = trade.refunds.filter(out_request_no=number).first()
    if made is None:
        return {}
    fields: dict[str, Any] = {
        "trade_no": trade.trade_no,
        "out_trade_no": trade.intent.out_trade_no,
        "out_request_no": made.out_request_no,
        "total_amount": to_yuan(trade.intent.total_fen),
        "refund_amount": to_yuan(made.amount_fen),
        "refund_status": "REFUND_SUCCESS",
    }
    if made.reason:
        fields["refund_reason"] = made.reason
    if "gmt_refund_pay" in options:
        fields["gmt_refund_pay"] = on_wire(made.created_at)
    if "refund_detail_item_list" in options:
        fields |= _details(trade, made)
    return fields
