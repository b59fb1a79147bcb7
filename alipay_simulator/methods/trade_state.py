"""alipay.trade.query, .close and .cancel: what became of a trade, or its end."""

from typing import Any

from django.db import transaction

from alipay_simulator.clock import on_wire
from alipay_simulator.errors import Refused
from alipay_simulator.models import Account, Intent, Trade
from alipay_simulator.money import to_yuan
from alipay_simulator.notify.outbox import FUND_CHANNELS
from alipay_simulator.rules import mishaps, refunds, trades

from .call import Call
from .settle_info import settle_info

NOTHING = "0.00"


def query(call: Call) -> dict[str, Any]:
    """Tell a trade's state. It exists only once a buyer has scanned or signed in."""
    options = call.options()
    trade = call.trade(to_look=True)
    if trade is None:
        amounts = ("buyer_pay", "invoice", "point", "receipt")
        fields = {f"{name}_amount": NOTHING for name in amounts}
        raise Refused("TRADE_NOT_EXIST", fields=fields | _asked_for(call))
    trades.refresh(trade, at=call.at)
    paid = to_yuan(trade.intent.total_fen) if trade.is_paid else NOTHING
    fields = {
        "trade_no": trade.trade_no,
        "out_trade_no": trade.intent.out_trade_no,
        "trade_status": trade.status,
        "total_amount": to_yuan(trade.intent.total_fen),
        "buyer_logon_id": trade.buyer.masked_logon_id,
        "buyer_user_id": trade.buyer.user_id,
        "buyer_pay_amount": paid,
        "receipt_amount": paid,
        "invoice_amount": paid,
        "point_amount": NOTHING,
    }
    named = {"store_id": trade.intent.store_id, "terminal_id": trade.intent.terminal_id}
    fields |= {name: value for name, value in named.items() if is_safe(value)}
    return fields | _payment(trade, options)


def is_safe(text: str) -> bool:
    """Tell whether a merchant's text may stand in an answer, where it is not empty.

    A much-used SDK counts braces without minding strings.
    """
    return bool(text) and text.isprintable() and not set(text) & set('{}"\\')


def _payment(trade: Trade, options: set[str]) -> dict[str, Any]:
    if trade.paid_at is None or trade.paid_from is None:
        return {}
    settled = "trade_settle_info" in options
    return {
        "buyer_user_type": "PRIVATE",
        "send_pay_date": on_wire(trade.paid_at),
        "fund_bill_list": [
            fund_item(trade.paid_from, trade.intent.total_fen),
        ],
    } | ({"trade_settle_info": settle_info(trade)} if settled else {})


def fund_item(account: Account, amount_fen: int) -> dict[str, str]:
    """Describe where money came from, or went back to."""
    item = {
        "amount": to_yuan(amount_fen),
        "fund_channel": FUND_CHANNELS[Account.Kind(account.kind)],
    }
    if account.kind == Account.Kind.CARD:
        item |= {"bank_code": account.bank_code, "fund_type": account.card_type}
    return item


def close(call: Call) -> dict[str, Any]:
    """Close a waiting trade. An order without a trade yet cannot be closed."""
    _, out_trade_no = call.trade_numbers()
    call.text("operator_id", 28)
    mishaps.before_closing(call.app, out_trade_no, call.trade())
    return _close(call)


@transaction.atomic
def _close(call: Call) -> dict[str, Any]:
    trade = call.trade()
    if trade is None:
        raise Refused("TRADE_NOT_EXIST", fields=_asked_for(call))
    try:
        trades.close(trade, at=call.at, notify_url=call.url("notify_url"))
    except Refused as refusal:
        refusal.fields["out_trade_no"] = trade.intent.out_trade_no
        raise
    return {"trade_no": trade.trade_no, "out_trade_no": trade.intent.out_trade_no}


@transaction.atomic
def cancel(call: Call) -> dict[str, Any]:
    """Undo whatever there is: close, refund, or make an order unpayable."""
    trade = call.trade()
    if trade is None:
        _, out_trade_no = call.trade_numbers()
        Intent.objects.filter(seller=call.app.seller, out_trade_no=out_trade_no).update(
            cancelled=True
        )
        return _asked_for(call) | {"retry_flag": "N"}
    try:
        action = refunds.cancel(trade, at=call.at)
    except Refused as refusal:
        refusal.fields["retry_flag"] = "N"
        raise
    fields = {
        "trade_no": trade.trade_no,
        "out_trade_no": trade.intent.out_trade_no,
        "retry_flag": "N",
    }
    return fields | ({"action": action} if action else {})


def _asked_for(call: Call) -> dict[str, Any]:
    _, out_trade_no = call.trade_numbers()
    return {"out_trade_no": out_trade_no} if out_trade_no else {}
