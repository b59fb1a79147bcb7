"""Orders before their trade: taking them in, and turning them into one."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from alipay_simulator import ids
from alipay_simulator.errors import Refused
from alipay_simulator.models import (
    App,
    Entry,
    Event,
    Intent,
    Member,
    Product,
    Status,
    SubMerchant,
    Trade,
)
from alipay_simulator.notify import outbox

from . import buyers, deadlines, trades
from .refusals import CannotPay, Reason


@dataclass(frozen=True)
class Order:
    """What a merchant asks to be paid for."""

    out_trade_no: str
    total_fen: int
    subject: str
    body: str
    passback_params: str
    expires_at: dt.datetime | None
    time_allowed: str
    store_id: str
    operator_id: str
    terminal_id: str
    # The shop of a platform that is paid, and how long its money may be held.
    sub_merchant: SubMerchant | None
    settle_days: int | None
    royalty_freeze: bool


@dataclass(frozen=True)
class Door:
    """How the buyer will come in, and where news of it goes."""

    product: Product
    charset: str
    notify_url: str = ""
    return_url: str = ""
    quit_url: str = ""
    enable_channels: str = ""
    disable_channels: str = ""
    valid_until: dt.datetime | None = None


@transaction.atomic
def take_order(app: App, order: Order, *, at: dt.datetime) -> Intent:
    """Return the intent for this order, made now or by an equal earlier request.

    :raises Refused: paid, closed, expired, or known with another amount or
        subject; or new with a deadline that has passed.
    """
    intent = Intent.objects.filter(
        seller=app.seller, out_trade_no=order.out_trade_no
    ).first()
    if intent is None:
        if order.expires_at is not None and order.expires_at <= at:
            raise Refused("NOW_TIME_AFTER_EXPIRE_TIME_ERROR")
        return Intent.objects.create(seller=app.seller, created_at=at, **order.__dict__)
    _require_payable(intent, at)
    if (intent.total_fen, intent.subject) != (order.total_fen, order.subject):
        raise Refused("CONTEXT_INCONSISTENT")
    return intent


def _require_payable(intent: Intent, at: dt.datetime) -> None:
    trade = trades.of_intent(intent)
    if trade is not None:
        trades.refresh(trade, at=at)
        if trade.status in (Status.PAID, Status.FINISHED):
            raise Refused("TRADE_HAS_SUCCESS")
        if trade.status == Status.CLOSED:
            raise Refused("TRADE_HAS_CLOSE")
    if intent.cancelled or is_expired(intent, at):
        raise Refused("TRADE_HAS_CLOSE")


def is_expired(intent: Intent, at: dt.datetime) -> bool:
    """Tell whether the time to pay is over, as far as the intent knows it."""
    return intent.expires_at is not None and intent.expires_at <= at


@transaction.atomic
def open_entry(app: App, intent: Intent, door: Door, *, at: dt.datetime) -> Entry:
    """Make a new way into the intent: a QR code, or a visit to the cashier."""
    return Entry.objects.create(
        app=app,
        intent=intent,
        token=ids.pay_order_id(),
        code=ids.qr_code(),
        created_at=at,
        **door.__dict__,
    )


@transaction.atomic
def enter(entry: Entry, buyer: Member, *, at: dt.datetime) -> Trade:
    """The buyer has scanned or signed in: bind the order to him, once.

    Returns the trade, which may have been paid by him already.

    :raises CannotPay: the wallet does not let him in, the order is over, or it
        is another buyer's.
    """
    buyers.require_welcome(buyer)
    whole = Intent.objects.select_related("seller", "sub_merchant__shop")
    intent = whole.get(pk=entry.intent_id)
    if buyer in (intent.seller, intent.payee):
        raise CannotPay(Reason.SELLER_IS_BUYER)
    trade = trades.of_intent(intent)
    if trade is not None:
        trades.refresh(trade, at=at)
        if trade.buyer_id != buyer.pk:
            trades.require_waiting(trade)
            raise CannotPay(Reason.OTHER_BUYER)
        return trade
    _require_open(intent, entry, at)
    trade = Trade.objects.create(
        intent=intent,
        entry=entry,
        buyer=buyer,
        trade_no=ids.trade_no(at),
        created_at=at,
        expires_at=intent.expires_at or deadlines.deadline(intent.time_allowed, at),
    )
    outbox.announce(trade, Event.CREATED, at=at)
    return trade


def require_open(entry: Entry, *, at: dt.datetime) -> None:
    """See whether an order without a trade may still get one by this door.

    :raises CannotPay: cancelled, or its time or its code's time is over.
    """
    _require_open(entry.intent, entry, at)


def _require_open(intent: Intent, entry: Entry, at: dt.datetime) -> None:
    if intent.cancelled:
        raise CannotPay(Reason.CLOSED)
    if is_expired(intent, at):
        raise CannotPay(Reason.EXPIRED)
    if entry.valid_until is not None and entry.valid_until <= at:
        raise CannotPay(Reason.CODE_EXPIRED)
