"""Writing news down in the transaction of the event it is about."""

import datetime as dt
import json

from django.db import transaction

from alipay_simulator import ids
from alipay_simulator.clock import on_wire, on_wire_ms
from alipay_simulator.models import (
    Account,
    App,
    Event,
    Notification,
    Product,
    Refund,
    Trade,
)
from alipay_simulator.money import to_yuan

from . import alarm, delays

_USUAL = frozenset({Event.PAID, Event.PART_REFUND})
_MOBILE = _USUAL | {Event.FULL_REFUND, Event.CLOSED, Event.FINISHED}

DOCUMENTED = {
    Product.PAGE: _USUAL,
    Product.QR: _USUAL,
    Product.CREATE: _USUAL,
    Product.WAP: _MOBILE,
}
"""Which events each product tells by default."""

FUND_CHANNELS = {
    Account.Kind.BALANCE: "ALIPAYACCOUNT",
    Account.Kind.CARD: "BANKCARD",
    Account.Kind.CREDIT: "PCREDIT",
}


def events_of(app: App, product: Product) -> frozenset[Event]:
    """Return what this app is told of trades of this product."""
    if app.notify_events is None:
        return DOCUMENTED[product]
    return frozenset(Event(name) for name in app.notify_events)


def announce(
    trade: Trade,
    event: Event,
    *,
    at: dt.datetime,
    refund: Refund | None = None,
    url: str = "",
) -> None:
    """Put news of an event in the outbox, if anybody wants to hear it.

    ``url`` replaces the address of the payment request. Must run inside the
    event's transaction; the sender is woken after its commit.
    """
    entry = trade.entry
    address = url or entry.notify_url
    if not address or event not in events_of(entry.app, Product(entry.product)):
        return
    due_at, held_back = delays.due(trade, at)
    Notification.objects.create(
        trade=trade,
        event=event,
        notify_id=(notify_id := ids.notify_id(at)),
        url=address,
        params=_params(trade, refund) | {"notify_id": notify_id},
        created_at=at,
        due_at=due_at,
        held_back=held_back,
    )
    transaction.on_commit(alarm.ring)


def _params(trade: Trade, refund: Refund | None) -> dict[str, str]:
    """Return the fields of the news; what does not apply is absent."""
    intent, entry = trade.intent, trade.entry
    params = {
        "notify_type": "trade_status_sync",
        "app_id": entry.app.app_id,
        "auth_app_id": entry.app.app_id,
        "charset": entry.charset,
        "version": "1.0",
        "trade_no": trade.trade_no,
        "out_trade_no": intent.out_trade_no,
        "buyer_id": trade.buyer.user_id,
        "buyer_logon_id": trade.buyer.masked_logon_id,
        "seller_id": intent.seller.user_id,
        "seller_email": intent.seller.logon_id,
        "trade_status": trade.status,
        "total_amount": to_yuan(intent.total_fen),
        "subject": intent.subject,
        "body": intent.body,
        "passback_params": intent.passback_params,
        "gmt_create": on_wire(trade.created_at),
    }
    if trade.paid_at is not None:
        params |= _payment(trade, trade.paid_at)
    if trade.closed_at is not None:
        params["gmt_close"] = on_wire(trade.closed_at)
    if refund is not None:
        params |= {
            "out_biz_no": refund.out_request_no,
            "refund_fee": to_yuan(refund.total_after_fen),
            "send_back_fee": to_yuan(refund.amount_fen),
            "gmt_refund": on_wire_ms(refund.settled_at or refund.created_at),
        }
    return {name: value for name, value in params.items() if value}


def _payment(trade: Trade, paid_at: dt.datetime) -> dict[str, str]:
    assert trade.paid_from is not None  # a paid trade knows its source
    total = to_yuan(trade.intent.total_fen)
    channel = FUND_CHANNELS[Account.Kind(trade.paid_from.kind)]
    bill = [{"amount": total, "fundChannel": channel}]
    return {
        "gmt_payment": on_wire(paid_at),
        "buyer_pay_amount": total,
        "receipt_amount": total,
        "invoice_amount": total,
        "point_amount": "0.00",
        "fund_bill_list": json.dumps(bill, separators=(",", ":")),
    }


def resend(item: Notification, *, at: dt.datetime) -> None:
    """Send it again now, whatever became of it and even while paused."""
    Notification.objects.filter(pk=item.pk).update(
        state=Notification.State.PENDING, due_at=at, forced=True, held_back=False
    )
    transaction.on_commit(alarm.ring)
