"""The signed address by which the browser goes back to the merchant."""

import datetime as dt
from urllib.parse import urlencode

from alipay_simulator import signing
from alipay_simulator.clock import on_wire
from alipay_simulator.models import Entry, Product, Trade
from alipay_simulator.money import to_yuan
from alipay_simulator.wire import CODECS


def return_address(trade: Trade, entry: Entry, *, at: dt.datetime) -> str:
    """Return the visit's ``return_url`` with the signed result; "" without one.

    It goes back to where this very visit came from. It carries no
    ``trade_status``: the merchant has to ask for that.
    """
    if not entry.return_url or entry.product == Product.QR:
        return ""
    params = {
        "app_id": entry.app.app_id,
        "auth_app_id": entry.app.app_id,
        "charset": entry.charset,
        "method": f"alipay.trade.{entry.product}.pay.return",
        "out_trade_no": trade.intent.out_trade_no,
        "seller_id": trade.intent.seller.user_id,
        "timestamp": on_wire(at),
        "total_amount": to_yuan(trade.intent.total_fen),
        "trade_no": trade.trade_no,
        "version": "1.0",
    }
    codec = CODECS[entry.charset]
    signed = signing.sign_params(params, entry.app.alipay_private_key, codec)
    address, hash_sign, fragment = entry.return_url.partition("#")
    joint = "&" if "?" in address else "?"
    query = urlencode(signed, encoding=codec)
    return f"{address}{joint}{query}{hash_sign}{fragment}"
