"""alipay.trade.precreate: a QR code to be scanned by whoever will pay."""

from typing import Any

from django.conf import settings
from django.db import transaction

from alipay_simulator.errors import bad_field
from alipay_simulator.models import Entry, Product
from alipay_simulator.rules import deadlines, intents

from .call import Call
from .orders import read_channels, read_order


@transaction.atomic
def precreate(call: Call) -> dict[str, Any]:
    """Return the order's QR code: the one of an equal request while it is valid."""
    order = read_order(call, Product.QR)
    valid_for = call.text("qr_code_timeout_express", 6)
    if valid_for and not deadlines.is_allowed(valid_for):
        raise bad_field("qr_code_timeout_express")
    shared = "code_type" in call and call.choice("code_type", ("share_code",))
    enabled, disabled = read_channels(call)
    door = intents.Door(
        product=Product.QR,
        charset=call.charset,
        notify_url=call.url("notify_url"),
        valid_until=deadlines.deadline(valid_for or deadlines.QR_VALID, call.at),
        enable_channels=enabled,
        disable_channels=disabled,
    )
    intent = intents.take_order(call.app, order, at=call.at)
    entry = Entry.objects.filter(
        intent=intent, app=call.app, product=Product.QR, valid_until__gt=call.at
    ).last() or intents.open_entry(call.app, intent, door, at=call.at)
    made = {
        "out_trade_no": order.out_trade_no,
        "qr_code": settings.QR_PREFIX + entry.code,
    }
    # What is typed instead of scanned; the front page takes it.
    return made | ({"share_code": entry.code} if shared else {})
