"""Payments: an amount somebody owes, the tries to pay it, and what Alipay said.

Knows a payer, an amount and a gateway; neither products nor orders.
"""

from payments.models.attempts import Attempt, AttemptMove
from payments.models.charges import Charge, ChargeMove
from payments.models.inbox import Notification
from payments.models.receipts import Receipt
from payments.models.refunds import Refund, RefundMove

__all__ = [
    "Attempt",
    "AttemptMove",
    "Charge",
    "ChargeMove",
    "Notification",
    "Receipt",
    "Refund",
    "RefundMove",
]
