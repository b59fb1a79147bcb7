"""Buyers who do, on purpose, what merchants forget that buyers can do."""

import datetime as dt
import logging
import threading

from django.db import connection

from alipay_simulator import clock
from alipay_simulator.models import Account, App, Entry, Intent, Member, Status, Trade

from . import faults, funding, intents, trades
from .faults import Kind
from .refusals import CannotPay

logger = logging.getLogger(__name__)

AFTER_CLOSING_SECONDS = 1
EARLIER_ORDERS_TRIED = 20
WHO_PAYS_AFTER_CLOSING = "mei1234@sandbox.com"


def pay(trade: Trade, account: Account, *, entry: Entry, at: dt.datetime) -> Trade:
    """As :func:`trades.pay`; where ``PAID_TWICE`` strikes, the order before it too.

    :raises CannotPay: as ``trades.pay``; nothing was paid then.
    """
    paid = trades.pay(trade, account, entry=entry, at=at)
    intent = paid.intent
    if faults.take(
        Kind.PAID_TWICE, at=at, app=entry.app, out_trade_no=intent.out_trade_no
    ):
        _pay_the_order_before(paid, at)
    return paid


def _pay_the_order_before(paid: Trade, at: dt.datetime) -> None:
    """The same buyer pays the newest earlier order of the shop that can be paid."""
    earlier = Intent.objects.filter(
        seller=paid.intent.seller, pk__lt=paid.intent_id, cancelled=False
    ).order_by("-pk")
    for intent in earlier[:EARLIER_ORDERS_TRIED]:
        if scan_and_pay_somehow(intent, paid.buyer, at=at):
            return


def before_closing(app: App, out_trade_no: str, trade: Trade | None) -> None:
    """A merchant is about to close an order: its buyer may be faster, or slower.

    Must run before the transaction of the close: what is paid stays paid when the
    close is refused.
    """
    at = clock.now()
    if trade is None:
        _pay_later(app, out_trade_no, at)
    elif trade.status == Status.WAITING and faults.take(
        Kind.PAID_WHILE_CLOSING,
        at=at,
        app=app,
        out_trade_no=trade.intent.out_trade_no,
    ):
        scan_and_pay_somehow(trade.intent, trade.buyer, at=at)


def _pay_later(app: App, out_trade_no: str, at: dt.datetime) -> None:
    """Nobody has scanned the order: it cannot be closed, and is paid in a moment."""
    intent = Intent.objects.filter(
        seller=app.seller, out_trade_no=out_trade_no, cancelled=False
    ).first()
    if intent is None:
        return
    fault = faults.take(
        Kind.PAID_AFTER_CLOSING, at=at, app=app, out_trade_no=out_trade_no
    )
    if fault is not None:
        seconds = faults.seconds(fault, AFTER_CLOSING_SECONDS)
        timer = threading.Timer(seconds, _pay_now, args=(intent,))
        timer.daemon = True
        timer.start()


def _pay_now(intent: Intent) -> None:
    try:
        buyer = Member.objects.get(logon_id=WHO_PAYS_AFTER_CLOSING)
        scan_and_pay_somehow(intent, buyer, at=clock.now())
    except Exception:
        logger.exception("a payment after closing failed inside")
    finally:
        connection.close()


def scan_and_pay_somehow(intent: Intent, buyer: Member, *, at: dt.datetime) -> bool:
    """The buyer pays with whatever of his is enough; False: he cannot."""
    entry = Entry.objects.filter(intent=intent).last()
    if entry is None:
        return False
    try:
        trade = intents.enter(entry, buyer, at=at)
        for account in funding.sources_of(buyer):
            if funding.why_not(account, intent.total_fen, entry, at=at) is None:
                trades.pay(trade, account, entry=entry, at=at)
                return True
    except CannotPay:
        return False
    return False
