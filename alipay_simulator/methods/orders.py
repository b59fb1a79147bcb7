"""Fields that page.pay, wap.pay, precreate and create share."""

import datetime as dt
import re

from alipay_simulator.errors import bad_field
from alipay_simulator.models import Product
from alipay_simulator.rules import deadlines
from alipay_simulator.rules.intents import Order

from .call import Call
from .holding import read_shop
from .order_details import check_details

_OUT_TRADE_NO = re.compile(r"[A-Za-z0-9_-]{1,64}")


def read_order(call: Call, product: Product) -> Order:
    """Read the order of a request; the first request's deadline will count.

    :raises Refused: ``INVALID_PARAMETER`` with the field's name.
    """
    seller_id = call.text("seller_id", 28)
    if seller_id and seller_id != call.app.seller.user_id:
        raise bad_field("seller_id")
    expires_at, allowed = _time_to_pay(call, product)
    total_fen = call.money("total_amount")
    shop, settle_days = read_shop(call, total_fen)
    check_details(call)
    extend = call.part("extend_params")
    return Order(
        out_trade_no=_out_trade_no(call),
        total_fen=total_fen,
        subject=call.text("subject", 256, required=True),
        body=call.text("body", 400),
        passback_params=call.text("passback_params", 512),
        expires_at=expires_at,
        time_allowed=allowed,
        store_id=call.text("store_id", 32),
        operator_id=call.text("operator_id", 28),
        terminal_id=call.text("terminal_id", 32),
        sub_merchant=shop,
        settle_days=settle_days,
        royalty_freeze=extend is not None and extend.flag("royalty_freeze"),
    )


def read_channels(call: Call) -> tuple[str, str]:
    """Read the ways to pay that are enabled, or disabled; naming both is wrong."""
    enabled = call.text("enable_pay_channels", 128)
    disabled = call.text("disable_pay_channels", 128)
    if enabled and disabled:
        raise bad_field("disable_pay_channels")
    return enabled, disabled


def _out_trade_no(call: Call) -> str:
    number = call.text("out_trade_no", 64, required=True)
    if not _OUT_TRADE_NO.fullmatch(number):
        raise bad_field("out_trade_no")
    return number


def _time_to_pay(call: Call, product: Product) -> tuple[dt.datetime | None, str]:
    """Return the deadline and the time allowed, of which one may be unused.

    On the mobile site the time runs from the moment the buyer is known, so
    there is no deadline yet.
    """
    allowed = call.text("timeout_express", 6)
    shortest = dt.timedelta(minutes=5 if product == Product.WAP else 1)
    if allowed and not deadlines.is_allowed(allowed, shortest):
        raise bad_field("timeout_express")
    allowed = allowed or deadlines.DEFAULT_ALLOWED[product]
    expires_at = call.moment("time_expire")
    if expires_at is None and product != Product.WAP:
        expires_at = deadlines.deadline(allowed, call.at)
    return expires_at, allowed
