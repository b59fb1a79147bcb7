"""What the control API says about things, as plain JSON values."""

import datetime as dt
from typing import Any

from alipay_simulator.clock import BEIJING
from alipay_simulator.models import (
    App,
    Attempt,
    Fault,
    Intent,
    Member,
    Notification,
    Refund,
    Trade,
)
from alipay_simulator.money import to_yuan


def moment(value: dt.datetime | None) -> str | None:
    """Write a moment as ISO 8601 in Beijing time."""
    if value is None:
        return None
    return value.astimezone(BEIJING).isoformat(timespec="milliseconds")


def order(intent: Intent) -> dict[str, Any]:
    """Tell an order, and its trade once there is one."""
    trade: Trade | None = getattr(intent, "trade", None)
    entries = list(intent.entries.all())  # prefetched; .last() would ask again
    entry = entries[-1] if entries else None
    told: dict[str, Any] = {
        "out_trade_no": intent.out_trade_no,
        "subject": intent.subject,
        "total_amount": to_yuan(intent.total_fen),
        "seller_id": intent.seller.user_id,
        "created_at": moment(intent.created_at),
        "expires_at": moment(trade.expires_at if trade else intent.expires_at),
        "cancelled": intent.cancelled,
        "qr_code": entry.code if entry else None,
        "pay_order_id": entry.token if entry else None,
        "trade_no": None,
        "trade_status": None,
    }
    return told | (_trade(trade) if trade else {})


def _trade(trade: Trade) -> dict[str, Any]:
    return {
        "trade_no": trade.trade_no,
        "trade_status": trade.status,
        "buyer": trade.buyer.logon_id,
        "buyer_id": trade.buyer.user_id,
        "paid_at": moment(trade.paid_at),
        "paid_with": trade.paid_from.kind if trade.paid_from else None,
        "closed_at": moment(trade.closed_at),
        "refunded_amount": to_yuan(trade.refunded_fen),
    }


def refund(made: Refund) -> dict[str, Any]:
    """Tell one refund."""
    return {
        "out_request_no": made.out_request_no,
        "amount": to_yuan(made.amount_fen),
        "reason": made.reason,
        "created_at": moment(made.created_at),
    }


def notification(item: Notification) -> dict[str, Any]:
    """Tell one notification with everything that was tried."""
    return {
        "id": item.pk,
        "notify_id": item.notify_id,
        "event": item.event,
        "url": item.url,
        "state": item.state,
        "created_at": moment(item.created_at),
        "due_at": moment(item.due_at),
        "attempts": [_attempt(attempt) for attempt in item.attempts.all()],
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "sent_at": moment(attempt.sent_at),
        "body": attempt.body,
        "status_code": attempt.status_code,
        "answer": attempt.answer,
        "error": attempt.error,
        "fault": attempt.fault,
        "milliseconds": attempt.milliseconds,
    }


def member(person: Member) -> dict[str, Any]:
    """Tell a buyer or seller with the money in each account."""
    return {
        "user_id": person.user_id,
        "logon_id": person.logon_id,
        "name": person.name,
        "is_seller": person.is_seller,
        "accounts": [
            {
                "kind": account.kind,
                "label": account.label,
                "balance": to_yuan(account.balance_fen),
                "spendable": _amount(account.spendable_fen),
                "payment_limit": _amount(account.payment_limit_fen),
            }
            for account in person.accounts.all()
        ],
    }


def app(caller: App) -> dict[str, Any]:
    """Tell what can be changed about an app."""
    return {
        "app_id": caller.app_id,
        "seller_id": caller.seller.user_id,
        "enabled": caller.enabled,
        "disabled_methods": caller.disabled_methods,
        "notify_events": caller.notify_events,
        "aes_key": caller.aes_key,
    }


def fault(one: Fault) -> dict[str, Any]:
    """Tell what goes wrong, for whom, and how often it still will."""
    return {
        "id": one.pk,
        "kind": one.kind,
        "app_id": one.app.app_id if one.app else None,
        "out_trade_no": one.out_trade_no,
        "method": one.method,
        "options": one.options,
        "times_left": one.times_left,
        "times_hit": one.times_hit,
        "is_on": one.is_on,
        "created_at": moment(one.created_at),
    }


def _amount(fen: int | None) -> str | None:
    return None if fen is None else to_yuan(fen)
