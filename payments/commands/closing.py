"""Ending a charge unpaid: at the gateway first, then here (rules §5.4)."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from kernel import events
from kernel.db import command, outside_transaction
from payments.commands.asking import end_attempt
from payments.events import ChargesClosed
from payments.lifecycle import CHARGES
from payments.models import Attempt, Charge
from payments.schedule import SHORTEST_PAUSE, pause_since


@outside_transaction
def close_charge(*, charge: Charge, by: Any, note: str, at: datetime) -> Charge:
    """Close ``charge`` unless it turns out to be paid; returns it as it is then.

    Every number that might still be paid is closed at the gateway first. Paid: the
    payment is applied instead. Unknown: the charge stays open, takes no new attempts,
    and the sweep tries again. Closing what is paid or closed changes nothing.

    :param by: the user who asked, None for a deadline; :param note: why, kept.
    """
    if not _begin(charge.pk, by=by, note=note, at=at):
        return Charge.objects.get(pk=charge.pk)
    certain = all(
        end_attempt(attempt=attempt, at=at) for attempt in _still_payable(charge.pk)
    )
    return _finish(charge.pk, at=at) if certain else _postpone(charge.pk, at=at)


def _still_payable(charge_id: int) -> list[Attempt]:
    """Live attempts, and ended ones whose late money is still watched for."""
    possible = Q(status__in=Attempt.LIVE_STATUSES) | Q(query_at__isnull=False)
    return list(
        Attempt.objects.filter(possible, charge_id=charge_id).select_related("charge")
    )


@command
def _begin(charge_id: int, *, by: Any, note: str, at: datetime) -> bool:
    """From here on no new attempt starts; the first asker is the one remembered."""
    charge = Charge.objects.select_for_update(no_key=True).get(pk=charge_id)
    if charge.status != Charge.Status.OPEN:
        return False
    if charge.closing_since is None:
        charge.closing_since = at
        charge.closing_by = by
        charge.closing_note = note[: Charge._meta.get_field("closing_note").max_length]
    # A kill from here on leaves it to the sweep.
    charge.close_at = at + SHORTEST_PAUSE
    charge.save(
        update_fields=["closing_since", "closing_by", "closing_note", "close_at"]
    )
    return True


@command
def _finish(charge_id: int, *, at: datetime) -> Charge:
    charge = (
        Charge.objects.select_for_update(no_key=True, of=("self",))
        .select_related("closing_by")
        .get(pk=charge_id)
    )
    if charge.status != Charge.Status.OPEN:
        return charge
    CHARGES.move(
        [charge_id],
        "close",
        at=at,
        by=charge.closing_by,
        note=charge.closing_note,
        closed_at=at,
        close_at=None,
    )
    events.announce(ChargesClosed(frozenset({charge_id}), at, charge.closing_note))
    return Charge.objects.get(pk=charge_id)


@command
def _postpone(charge_id: int, *, at: datetime) -> Charge:
    charge = Charge.objects.select_for_update(no_key=True).get(pk=charge_id)
    if charge.status == Charge.Status.OPEN and charge.closing_since is not None:
        charge.close_at = at + pause_since(charge.closing_since, at)
        charge.save(update_fields=["close_at"])
    return charge
