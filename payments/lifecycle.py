"""Which acts are possible in which state: charges, attempts, refunds."""

from kernel.lifecycle import Lifecycle, move
from payments.models import (
    Attempt,
    AttemptMove,
    Charge,
    ChargeMove,
    Refund,
    RefundMove,
)

_CHARGE = Charge.Status
_ATTEMPT = Attempt.Status
_REFUND = Refund.Status

CHARGES = Lifecycle(
    Charge,
    ChargeMove,
    {
        "capture": move({_CHARGE.OPEN}, _CHARGE.PAID),
        "close": move({_CHARGE.OPEN}, _CHARGE.CLOSED),
        # Late money, where everything above agrees.
        "revive": move({_CHARGE.CLOSED}, _CHARGE.PAID),
    },
)

ATTEMPTS = Lifecycle(
    Attempt,
    AttemptMove,
    {
        "go_live": move({_ATTEMPT.STARTING}, _ATTEMPT.LIVE),
        "fail": move({_ATTEMPT.STARTING}, _ATTEMPT.FAILED),
        "expire": move({_ATTEMPT.STARTING, _ATTEMPT.LIVE}, _ATTEMPT.EXPIRED),
        "close": move({_ATTEMPT.STARTING, _ATTEMPT.LIVE}, _ATTEMPT.CLOSED),
        # Money is money, whatever we thought had become of the attempt.
        "capture": move(
            {
                _ATTEMPT.STARTING,
                _ATTEMPT.LIVE,
                _ATTEMPT.EXPIRED,
                _ATTEMPT.CLOSED,
                _ATTEMPT.FAILED,
            },
            _ATTEMPT.PAID,
        ),
    },
)

REFUNDS = Lifecycle(
    Refund,
    RefundMove,
    {
        "settle": move({_REFUND.REQUESTED}, _REFUND.SETTLED),
        "reject": move({_REFUND.REQUESTED}, _REFUND.REJECTED),
        "pay_by_hand": move({_REFUND.REJECTED}, _REFUND.BY_HAND),
    },
)
