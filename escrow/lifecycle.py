"""The one table of what a hold can do."""

from escrow.models import Hold, HoldMove
from kernel.lifecycle import Lifecycle, move

S = Hold.Status

HOLDS = Lifecycle(
    Hold,
    HoldMove,
    {
        "fund": move({S.AWAITING}, S.HELD),
        "void": move({S.AWAITING}, S.VOID),
        "revive": move({S.VOID}, S.HELD),
        "release": move({S.HELD}, S.RELEASED),
        "refund": move({S.HELD}, S.REFUNDING),
        "settle_refund": move({S.REFUNDING}, S.REFUNDED),
    },
)
