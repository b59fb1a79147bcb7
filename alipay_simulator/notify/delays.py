"""News that waits on purpose, decided when it is written down."""

import datetime as dt

from alipay_simulator.models import Trade
from alipay_simulator.rules import faults
from alipay_simulator.rules.faults import Kind

DELAYED_SECONDS = 60
HELD_BACK_SECONDS = 600
"""News that waits for the trade's next news goes out by then, whatever comes."""


def due(trade: Trade, at: dt.datetime) -> tuple[dt.datetime, bool]:
    """Return when news of now is due, and whether it waits for the next news."""
    fault = faults.take(
        Kind.NEWS_OUT_OF_ORDER,
        Kind.NEWS_DELAYED,
        at=at,
        app=trade.entry.app,
        out_trade_no=trade.intent.out_trade_no,
    )
    if fault is None:
        return at, False
    held_back = fault.kind == Kind.NEWS_OUT_OF_ORDER
    usual = HELD_BACK_SECONDS if held_back else DELAYED_SECONDS
    return at + dt.timedelta(seconds=faults.seconds(fault, usual)), held_back
