"""Money that came after time had closed its charge: revived, or sent back (§5.4)."""

from datetime import datetime

from django.conf import settings

from kernel import events
from kernel.db import command
from payments.events import LateMoneyCame, StrayPaid
from payments.lifecycle import CHARGES
from payments.models import Attempt, Charge


def may_revive(charge: Charge, *, at: datetime) -> bool:
    """Whether money that comes ``at`` may still pay ``charge``: time closed it, not a
    person, and less than ``REVIVE_WITHIN`` ago."""
    return (
        charge.status == Charge.Status.CLOSED
        and charge.closing_by_id is None
        and charge.closed_at is not None
        and at - charge.closed_at < settings.REVIVE_WITHIN
    )


def announce_unexpected(attempt: Attempt, *, at: datetime) -> bool:
    """Announce money, captured as stray, of a charge that is not open any more.

    Both rows are locked. Whether the charge was revived by it: the apps above decide.
    """
    ids = frozenset({attempt.pk})
    if not may_revive(attempt.charge, at=at):
        events.announce(StrayPaid(ids, at))
        return False
    events.announce(LateMoneyCame(ids, at))
    return not Attempt.objects.values_list("is_stray", flat=True).get(pk=attempt.pk)


@command
def revive_charge(*, attempt_id: int, at: datetime) -> None:
    """The late payment of this attempt counts: it has paid its closed charge.

    For reactions to :class:`payments.events.LateMoneyCame`, whose announcer holds the
    locks. A charge that another payment has paid cannot be revived.

    :raises kernel.lifecycle.CannotMove: when the charge is not closed (any more).
    """
    attempt = Attempt.objects.only("charge_id", "number").get(
        pk=attempt_id, is_stray=True
    )
    CHARGES.move(
        [attempt.charge_id],
        "revive",
        at=at,
        note=f"paid late by {attempt.number}",
        paid_at=at,
    )
    Attempt.objects.filter(pk=attempt_id).update(is_stray=False)
