"""Risk: pure rules. Callers gather the facts; nothing here reads or writes rows."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why something was not allowed; each is one rule of the rulebook."""

    SELF_PURCHASE = "self_purchase"  # R8


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a purchase before it is made."""

    buyer_id: int
    seller_user_id: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it may go on, and every rule that says no."""

    allowed: bool
    reasons: tuple[Reason, ...] = ()


def assess(facts: Facts) -> Verdict:
    """Every rule is asked; one no is enough."""
    reasons = []
    if facts.buyer_id == facts.seller_user_id:
        reasons.append(Reason.SELF_PURCHASE)
    return Verdict(allowed=not reasons, reasons=tuple(reasons))
