"""Facts about disputes; orders may react to them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class DisputesDecided:
    """The desk, or its silence (T13), has decided these; the money has moved."""

    dispute_ids: frozenset[int]
    at: datetime
