"""alipay.trade.page.pay and alipay.trade.wap.pay: a browser comes to pay.

Showing the cashier creates no trade; signing in there does.
"""

from django.db import transaction
from django.urls import reverse

from alipay_simulator.errors import Refused, bad_field
from alipay_simulator.models import Product
from alipay_simulator.rules import intents

from .call import Call
from .orders import read_channels, read_order

# A much-used SDK sends the wrong QUICK_WAP_PAY; it is let through.
PRODUCT_CODES = {
    Product.PAGE: {"FAST_INSTANT_TRADE_PAY"},
    Product.WAP: {"QUICK_WAP_WAY", "QUICK_WAP_PAY"},
}


def page_pay(call: Call) -> str:
    """Send a desktop browser to the cashier."""
    return _to_cashier(call, Product.PAGE)


def wap_pay(call: Call) -> str:
    """Send a phone's browser to the cashier."""
    return _to_cashier(call, Product.WAP)


@transaction.atomic
def _to_cashier(call: Call, product: Product) -> str:
    if call.text("product_code", 64) not in PRODUCT_CODES[product]:
        raise bad_field("product_code")
    enabled, disabled = read_channels(call)
    door = intents.Door(
        product=product,
        charset=call.charset,
        notify_url=call.url("notify_url"),
        return_url=call.url("return_url"),
        quit_url=_way_back(call, product),
        enable_channels=enabled,
        disable_channels=disabled,
    )
    intent = intents.take_order(call.app, read_order(call, product), at=call.at)
    entry = intents.open_entry(call.app, intent, door, at=call.at)
    return reverse("cashier:page", args=[entry.token])


def _way_back(call: Call, product: Product) -> str:
    """Where a buyer goes who leaves without paying, "" if the shop does not say.

    A desktop shop says it with ``request_from_url``. Examples send a mere
    ``https://`` there, so what is no address is taken for nothing.
    """
    if product == Product.WAP:
        return call.address("quit_url")
    try:
        return call.address("request_from_url")
    except Refused:
        return ""
