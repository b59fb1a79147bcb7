"""All writes of payments."""

from payments.commands.asking import check_attempt, end_attempt, watch_attempt
from payments.commands.attempts import (
    AttemptReplaced,
    GatewayDown,
    MethodUnavailable,
    TooManyAttempts,
    renew_attempt,
    start_attempt,
)
from payments.commands.by_hand import pay_refund_by_hand
from payments.commands.capture import Applied, apply_state
from payments.commands.charges import ChargeNotOpen, open_charge
from payments.commands.closing import close_charge
from payments.commands.inbox import apply_notification, receive_notification
from payments.commands.late import revive_charge
from payments.commands.receipts import CannotRecord, Entry, record_receipt
from payments.commands.refunds import (
    CannotRefund,
    give_up_refund,
    request_refund,
    send_again,
    send_refund,
)
from payments.gateways.patience import while_somebody_waits

__all__ = [
    "Applied",
    "AttemptReplaced",
    "CannotRecord",
    "CannotRefund",
    "ChargeNotOpen",
    "Entry",
    "GatewayDown",
    "MethodUnavailable",
    "TooManyAttempts",
    "apply_notification",
    "apply_state",
    "check_attempt",
    "close_charge",
    "end_attempt",
    "give_up_refund",
    "open_charge",
    "pay_refund_by_hand",
    "receive_notification",
    "record_receipt",
    "renew_attempt",
    "request_refund",
    "revive_charge",
    "send_again",
    "send_refund",
    "start_attempt",
    "watch_attempt",
    "while_somebody_waits",
]
