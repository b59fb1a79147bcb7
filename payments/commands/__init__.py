"""All writes of payments."""

from payments.commands.asking import check_attempt, end_attempt, watch_attempt
from payments.commands.attempts import (
    AttemptReplaced,
    GatewayDown,
    TooManyAttempts,
    renew_attempt,
    start_attempt,
)
from payments.commands.capture import Applied, apply_state
from payments.commands.charges import ChargeNotOpen, open_charge
from payments.commands.closing import close_charge
from payments.commands.inbox import apply_notification, receive_notification
from payments.commands.refunds import (
    CannotRefund,
    request_refund,
    send_refund,
)

__all__ = [
    "Applied",
    "AttemptReplaced",
    "CannotRefund",
    "ChargeNotOpen",
    "GatewayDown",
    "TooManyAttempts",
    "apply_notification",
    "apply_state",
    "check_attempt",
    "close_charge",
    "end_attempt",
    "open_charge",
    "receive_notification",
    "renew_attempt",
    "request_refund",
    "send_refund",
    "start_attempt",
    "watch_attempt",
]
