"""Money on our bank account: the desk records what the bank's statement shows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from kernel import events
from kernel.db import command
from kernel.errors import Refusal
from payments.commands.capture import apply_to_locked, lock_with_charge
from payments.events import StrayPaid
from payments.gateways import registry
from payments.lifecycle import ATTEMPTS
from payments.models import Attempt, Receipt


class CannotRecord(Refusal):
    """Not a bank transfer, one's own payment, or an entry recorded otherwise."""

    code = "cannot_record"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the bank's statement; ``bank_number`` is the bank's own for it."""

    amount: Money
    received_on: date
    bank_number: str
    reason: str
    note: str


@command
def record_receipt(*, attempt: Attempt, entry: Entry, by: Any, at: datetime) -> Attempt:
    """Money has come for ``attempt``; returns the attempt that it is kept with.

    The amount owed pays the attempt, as a notification would. Any other amount or
    currency, or a second transfer, pays nothing: it is kept as a payment of its own
    that came for nothing, and goes back. One entry of the bank is recorded once.

    :raises CannotRecord: and then nothing has changed.
    """
    locked = lock_with_charge(pk=attempt.pk)
    _require_recordable(locked, entry, by)
    known = Receipt.objects.filter(bank_number=entry.bank_number).first()
    if known is not None:
        return _same_again(known, locked, entry)
    pays = entry.amount == locked.amount and not _has_receipt(locked)
    kept = locked if pays else _besides(locked, entry, at=at)
    Receipt.objects.create(
        attempt=kept,
        amount=entry.amount,
        received_on=entry.received_on,
        bank_number=entry.bank_number,
        reason=entry.reason,
        note=entry.note,
        recorded_by=by,
        recorded_at=at,
    )
    if pays:
        state = registry.gateway(kept.gateway).query(kept.number)
        apply_to_locked(kept, state, at=at)
    else:
        _take_for_nothing(kept, entry, by=by, at=at)
    return Attempt.objects.select_related("charge").get(pk=kept.pk)


def _require_recordable(attempt: Attempt, entry: Entry, by: Any) -> None:
    if attempt.method != Attempt.Method.TRANSFER:
        raise CannotRecord(_("This is no bank transfer: its gateway has the word."))
    if attempt.charge.payer_id == by.pk:
        raise CannotRecord(_("Nobody records their own payment."))
    if entry.amount.amount <= 0:
        raise CannotRecord(_("An amount is more than nothing."))


def _same_again(known: Receipt, attempt: Attempt, entry: Entry) -> Attempt:
    charge_id = Attempt.objects.values_list("charge_id", flat=True).get(
        pk=known.attempt_id
    )
    if (charge_id, known.amount) != (attempt.charge_id, entry.amount):
        raise CannotRecord(
            _("This entry of the bank is recorded already, for something else.")
        )
    return Attempt.objects.select_related("charge").get(pk=known.attempt_id)


def _has_receipt(attempt: Attempt) -> bool:
    return Receipt.objects.filter(attempt=attempt).exists()


def _besides(attempt: Attempt, entry: Entry, *, at: datetime) -> Attempt:
    """A number of its own for money that came with the reference of ``attempt``."""
    charge = attempt.charge
    last = charge.attempts.order_by("-counter").values_list("counter", flat=True)
    counter = (last.first() or 0) + 1
    return Attempt.objects.create(
        charge=charge,
        number=f"{charge.reference}-{counter}",
        counter=counter,
        gateway=attempt.gateway,
        method=attempt.method,
        amount=entry.amount,
        status=Attempt.Status.CLOSED,
        remittance=attempt.remittance,
        started_at=at,
        expires_at=at,
    )


def _take_for_nothing(attempt: Attempt, entry: Entry, *, by: Any, at: datetime) -> None:
    ATTEMPTS.move(
        [attempt.pk],
        "capture",
        at=at,
        by=by,
        note=f"{entry.amount} came, which is not what is owed",
        is_stray=True,
        paid_at=at,
        provider_number=entry.bank_number,
    )
    events.announce(StrayPaid(frozenset({attempt.pk}), at))
