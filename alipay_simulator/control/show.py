"""What the control room says about things, as plain JSON values."""

import datetime as dt
from typing import Any

from alipay_simulator.clock import BEIJING
from alipay_simulator.models import (
    Attempt,
    Confirmation,
    Fault,
    Intent,
    Move,
    Notification,
    Refund,
    Settlement,
    Share,
    Trade,
    Transfer,
)
from alipay_simulator.money import to_yuan
from alipay_simulator.rules.agenda import Due


def moment(value: dt.datetime | None) -> str | None:
    """Write a moment as ISO 8601 in Beijing time."""
    if value is None:
        return None
    return value.astimezone(BEIJING).isoformat(timespec="milliseconds")


def due(one: Due) -> dict[str, Any]:
    """Tell something that comes due."""
    return {"at": moment(one.at), "what": one.what.value, "number": one.number}


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
        "held_amount": to_yuan(trade.held_fen),
        "frozen_amount": to_yuan(trade.frozen_fen),
        "fee_amount": to_yuan(trade.fee_fen),
    }


def refund(made: Refund) -> dict[str, Any]:
    """Tell one refund."""
    return {
        "out_request_no": made.out_request_no,
        "amount": to_yuan(made.amount_fen),
        "reason": made.reason,
        "created_at": moment(made.created_at),
        "settled_at": moment(made.settled_at),
        "settles_at": moment(made.settles_at),
    }


def settlement(made: Settlement) -> dict[str, Any]:
    """Tell one splitting of a trade."""
    return {
        "out_request_no": made.out_request_no,
        "settle_no": made.settle_no,
        "created_at": moment(made.created_at),
        "shares": [_share(share) for share in made.shares.all()],
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "kind": share.kind,
        "from": account_name(share.source),
        "to": account_name(share.target),
        "amount": to_yuan(share.amount_fen),
        "returned": to_yuan(share.returned_fen),
        "error_code": share.error_code,
    }


def confirmation(made: Confirmation) -> dict[str, Any]:
    """Tell one release of held money."""
    return {
        "out_request_no": made.out_request_no,
        "serial_no": made.serial_no,
        "amount": to_yuan(made.amount_fen),
        "created_at": moment(made.created_at),
    }


def move(made: Move) -> dict[str, Any]:
    """Tell one movement of money."""
    return {
        "at": moment(made.moved_at),
        "cause": made.cause,
        "from": account_name(made.source),
        "to": account_name(made.target),
        "amount": to_yuan(made.amount_fen),
    }


def account_name(account: Any) -> str:
    """Name an account: its owner's sign-in name and its kind."""
    owner = account.owner.logon_id if account.owner else "the bank"
    return f"{owner} · {account.kind}"


def transfer(made: Transfer) -> dict[str, Any]:
    """Tell one transfer."""
    return {
        "out_biz_no": made.out_biz_no,
        "order_id": made.order_id,
        "payer": made.payer.logon_id,
        "payee": account_name(made.payee),
        "amount": to_yuan(made.amount_fen),
        "status": made.status,
        "error_code": made.error_code,
        "created_at": moment(made.created_at),
        "ends_at": moment(made.ends_at),
        "ended_at": moment(made.ended_at),
    }


def notification(item: Notification) -> dict[str, Any]:
    """Tell one notification with everything that was tried."""
    return {
        "id": item.pk,
        "out_trade_no": item.trade.intent.out_trade_no,
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


def fault(one: Fault) -> dict[str, Any]:
    """Tell one switched-on (or used-up) fault."""
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
