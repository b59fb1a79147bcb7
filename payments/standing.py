"""Where a payment stands for the person who pays: one word for every page."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from payments import queries
from payments.models import Attempt, Charge, Refund


class Stage(StrEnum):
    """What the payer sees, and so what may be done next."""

    CHOOSE = "choose"  # open, and nothing has been started
    WAITING = "waiting"  # an attempt can be paid, or may be paid already
    EXPIRED = "expired"  # the last attempt's time is over, the charge's is not
    CLOSING = "closing"  # the charge's time is over, or it is being closed
    CLOSED = "closed"  # closed unpaid
    PAID = "paid"
    RETURNING = "returning"  # money came too late and is on its way back
    RETURNED = "returned"  # … and is back


@dataclass(frozen=True, slots=True)
class Standing:
    """A charge, the attempt that matters now, and the stage they are at."""

    charge: Charge
    stage: Stage
    attempt: Attempt | None

    @property
    def mark(self) -> str:
        """Changes whenever the payer's page must be drawn anew."""
        number = self.attempt.number if self.attempt else ""
        return f"{self.stage}.{number}"


def standing_of(charge: Charge, *, at: datetime) -> Standing:
    """How ``charge`` stands at ``at``, as the gateway has told us so far."""
    if charge.status == Charge.Status.PAID:
        return Standing(charge, Stage.PAID, queries.paid_attempt(charge))
    if charge.status == Charge.Status.CLOSED:
        return _closed(charge)
    attempt = queries.latest_attempt(charge)
    if charge.is_closing or charge.expires_at <= at:
        return Standing(charge, Stage.CLOSING, attempt)
    return Standing(charge, _open_stage(attempt, at), attempt)


def _open_stage(attempt: Attempt | None, at: datetime) -> Stage:
    if attempt is None:
        return Stage.CHOOSE
    if attempt.status == Attempt.Status.LIVE and attempt.expires_at > at:
        return Stage.WAITING
    if attempt.status == Attempt.Status.EXPIRED or attempt.is_live:
        is_over = attempt.expires_at <= at
        return Stage.EXPIRED if is_over else Stage.CHOOSE
    return Stage.CHOOSE


def _closed(charge: Charge) -> Standing:
    strays = queries.stray_attempts(charge)
    if not strays:
        return Standing(charge, Stage.CLOSED, queries.latest_attempt(charge))
    refunds = [refund for attempt in strays for refund in attempt.refunds.all()]
    is_back = bool(refunds) and all(
        refund.status in {Refund.Status.SETTLED, Refund.Status.BY_HAND}
        for refund in refunds
    )
    stage = Stage.RETURNED if is_back else Stage.RETURNING
    return Standing(charge, stage, strays[-1])
