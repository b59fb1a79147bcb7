"""The one table of what a dispute can do."""

from escrow.disputes.models import Dispute, DisputeMove
from kernel.lifecycle import Lifecycle, move

S = Dispute.Status

DISPUTES = Lifecycle(
    Dispute,
    DisputeMove,
    {
        "refund": move({S.IN_MEDIATION}, S.RESOLVED_REFUND),
        "split": move({S.IN_MEDIATION}, S.RESOLVED_SPLIT),
        "release": move({S.IN_MEDIATION}, S.RESOLVED_RELEASE),
        "withdraw": move({S.IN_MEDIATION}, S.WITHDRAWN),
    },
)
