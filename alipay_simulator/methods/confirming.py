"""alipay.trade.settle.confirm: the buyer has his goods, the shop gets its money."""

from typing import Any

from django.db import transaction

from alipay_simulator.errors import Refused
from alipay_simulator.models import Status, Trade
from alipay_simulator.money import to_yuan
from alipay_simulator.rules import custody, numbered, trades

from .call import Call
from .holding import only_detail, require_own_account

METHOD = "alipay.trade.settle.confirm"


@transaction.atomic
def confirm(call: Call) -> dict[str, Any]:
    """Release held money, all of it or ``actual_amount``, once per number."""
    number = call.text("out_request_no", 64, required=True)
    trade_no = call.text("trade_no", 64, required=True)
    info = call.part("settle_info", required=True)
    assert info is not None  # it was required
    detail = only_detail(info)
    amount_fen = detail.money("amount")
    actual_fen = detail.money("actual_amount") if "actual_amount" in detail else None
    extend = call.part("extend_params")
    freeze = extend is not None and extend.flag("royalty_freeze")

    def release() -> dict[str, Any]:
        trade = _confirmable(call, trade_no)
        require_own_account(detail, trade.intent.payee)
        part_fen = amount_fen if actual_fen is None else actual_fen
        too_little = actual_fen is None and amount_fen != trade.held_fen
        if too_little or part_fen > min(amount_fen, trade.held_fen):
            raise Refused("INVALID_SETTLE_AMOUNT_PARAMETER")
        custody.confirm(
            trade, part_fen, out_request_no=number, freeze=freeze, at=call.at
        )
        return {
            "out_request_no": number,
            "trade_no": trade_no,
            "settle_amount": to_yuan(part_fen),
        }

    asked = {
        "trade_no": trade_no,
        "amount": amount_fen,
        "actual_amount": actual_fen,
        "freeze": freeze,
    }
    return numbered.once(call.app.seller, METHOD, number, asked, release, at=call.at)


def _confirmable(call: Call, trade_no: str) -> Trade:
    """Find the trade and see that some of its money is still held."""
    trade = trades.find(call.app.seller, trade_no=trade_no, out_trade_no="")
    if trade is None:
        raise Refused("TRADE_NOT_EXIST")
    trades.refresh(trade, at=call.at)
    if not trade.is_paid:
        raise Refused("TRADE_STATUS_ERROR")
    if trade.intent.sub_merchant is None:
        raise Refused("TRADE_SETTLE_ERROR")
    if trade.status == Status.CLOSED:
        raise Refused("CONFIRM_REFUSE_AFTER_REFUND")
    if not trade.held_fen:
        raise Refused("ALREADY_CONFIRM_SETTLE")
    return trade
