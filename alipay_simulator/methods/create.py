"""alipay.trade.create: an order for a buyer the merchant knows already."""

import re
from typing import Any

from django.db import transaction

from alipay_simulator.errors import Refused, bad_field
from alipay_simulator.models import Member, Product
from alipay_simulator.rules import intents, people, trades
from alipay_simulator.rules.refusals import CannotPay, Reason

from .call import Call
from .orders import read_channels, read_order

_USER_ID = re.compile(r"2088[0-9]{12}")

_REFUSALS = {
    Reason.SELLER_IS_BUYER: "BUYER_SELLER_EQUAL",
    Reason.BLOCKED: "BUYER_ENABLE_STATUS_FORBID",
    Reason.REGION: "BUYER_ENABLE_STATUS_FORBID",
}


@transaction.atomic
def create(call: Call) -> dict[str, Any]:
    """Make the trade at once; it waits in the buyer's wallet."""
    order = read_order(call, Product.CREATE)
    enabled, disabled = read_channels(call)
    door = intents.Door(
        product=Product.CREATE,
        charset=call.charset,
        notify_url=call.url("notify_url"),
        return_url=call.url("return_url"),
        enable_channels=enabled,
        disable_channels=disabled,
    )
    buyer = _buyer(call)
    intent = intents.take_order(call.app, order, at=call.at)
    trade = trades.of_intent(intent)
    if trade is None:
        entry = intents.open_entry(call.app, intent, door, at=call.at)
        try:
            trade = intents.enter(entry, buyer, at=call.at)
        except CannotPay as refusal:
            raise Refused(_REFUSALS[refusal.reason]) from None
    if trade.buyer_id != buyer.pk:
        raise Refused("CONTEXT_INCONSISTENT")
    return {"out_trade_no": order.out_trade_no, "trade_no": trade.trade_no}


def _buyer(call: Call) -> Member:
    """Find ``buyer_id``, or ``buyer_open_id``, whom one app only calls so."""
    user_id, open_id = call.text("buyer_id", 28), call.text("buyer_open_id", 128)
    if user_id:
        if not _USER_ID.fullmatch(user_id):
            raise bad_field("buyer_id")
        found = people.by_user_id(user_id)
    elif open_id:
        found = people.by_open_id(call.app, open_id)
    else:
        raise bad_field("buyer_id")
    if found is None:
        raise Refused("BUYER_NOT_EXIST")
    return found
