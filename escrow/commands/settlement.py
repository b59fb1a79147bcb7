"""How holds end: released to the seller, refunded to the buyer, or split."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from escrow import postings
from escrow.events import HoldsReleased
from escrow.ledger import commands as ledger
from escrow.lifecycle import HOLDS
from escrow.models import Hold, HoldRefund
from escrow.postings import Part
from kernel import events
from kernel.db import command
from kernel.errors import Refusal
from kernel.money import rounded, to_minor
from payments import commands as payments
from payments.models import Attempt


class CannotRelease(Refusal):
    """The money is not held any more, or a dispute about it is open."""

    code = "cannot_release"


class CannotSettle(Refusal):
    """The money is not held any more, or the amount is not part of it."""

    code = "cannot_settle"


@command
def release_holds(
    *, hold_ids: Collection[int], by: Any, at: datetime, note: str
) -> None:
    """What is left of each hold goes to its seller, less the commission.

    A constant number of queries, whatever the number of holds. ``by`` is a user, or
    None for the clock.

    :raises CannotRelease: when one of them is not held, or its clock stands because
        of a dispute; then none is released.
    """
    wanted = frozenset(hold_ids)
    if not wanted:
        return
    holds = list(
        Hold.objects.filter(
            pk__in=wanted, status=Hold.Status.HELD, paused_left__isnull=True
        )
        .order_by("pk")
        .select_for_update(no_key=True)
    )
    if len(holds) < len(wanted):
        raise CannotRelease(
            _("The money is no longer held, or a dispute about it is open.")
        )
    _release(holds, by=by, at=at, note=note)


def _release(
    holds: Collection[Hold], *, by: Any, at: datetime, note: str, **values: Any
) -> None:
    """Locked holds with their final amounts: state, books, news."""
    ids = frozenset(hold.pk for hold in holds)
    HOLDS.move(
        ids,
        "release",
        at=at,
        by=by,
        note=note,
        release_at=None,
        paused_left=None,
        released_at=at,
        clear_at=at + settings.CLEARING_TIME,
        **values,
    )
    entries = [entry for hold in holds for entry in postings.release(hold)]
    ledger.post(entries=entries, at=at)
    events.announce(HoldsReleased(ids, at, by.pk if by else None, note))


@command
def refund_hold(*, hold: Hold, at: datetime, by: Any, note: str) -> Hold:
    """Everything goes back to the buyer. It is refunded when the gateway says so.

    :raises CannotSettle: unless it is held and no dispute is open.
    """
    hold = _locked(hold)
    return _settle(hold, postings.left_of(hold), by=by, at=at, note=note)


@command
def refund_part(*, hold: Hold, part: Part, by: Any, at: datetime, note: str) -> Hold:
    """Give ``part`` back; what is left stays held, its clock as it is.

    Apps above say which goods it is for, and how much of it each side bears. When
    nothing is left to go back, the hold is being refunded, as by
    :func:`refund_hold`.

    :raises CannotSettle: unless it is held, no dispute is open, and ``part`` has money
        for the buyer and is within what is left.
    """
    hold = _locked(hold)
    _require_within(hold, part)
    if not part.buyer.amount:
        raise CannotSettle(_("There is nothing to give back for this."))
    if part == postings.left_of(hold):
        return _settle(hold, part, by=by, at=at, note=note)
    changed = postings.after_refund(hold, part)
    _send_back(changed, part, by=by, at=at, note=note)
    Hold.objects.filter(pk=hold.pk, status=Hold.Status.HELD).update(
        **_amounts_of(changed)
    )
    hold.refresh_from_db()
    return hold


@command
def settle_hold(*, hold: Hold, refund: Money, by: Any, at: datetime, note: str) -> Hold:
    """End a hold: ``refund`` back to the buyer, the rest to the seller.

    Nothing is a release, everything a refund; in between, the commission is given up
    in proportion. Who decides a dispute resumes the clock first, in one transaction.

    :raises CannotSettle: unless it is held, no dispute is open, and ``refund`` is part
        of what is left.
    """
    hold = _locked(hold)
    _require_amount(hold, refund)
    return _settle(hold, postings.part_of(hold, refund), by=by, at=at, note=note)


def _locked(hold: Hold) -> Hold:
    """The row as it is now, locked, if it is still held and no dispute is open."""
    fresh = (
        Hold.objects.filter(pk=hold.pk, status=Hold.Status.HELD)
        .select_for_update(no_key=True)
        .first()
    )
    if fresh is None:
        raise CannotSettle(_("The money is no longer held."))
    if fresh.paused_left is not None:
        raise CannotSettle(_("A dispute about this money is open."))
    return fresh


def _require_within(hold: Hold, part: Part) -> None:
    """:raises CannotSettle: unless every leg of ``part`` is, and what stays can bear
    the commission that stays."""
    left = postings.left_of(hold)
    _require_amount(hold, part.buyer)
    _require_between(part.coupon, left.coupon)
    _require_between(part.commission, left.commission)
    all_paid = part.buyer == left.buyer and part != left
    if all_paid or postings.net(postings.after_refund(hold, part)).amount < 0:
        raise CannotSettle(_("What is left could not bear the commission on it."))


def _require_amount(hold: Hold, refund: Money) -> None:
    _require_between(refund, hold.left)


def _require_between(amount: Money, most: Money) -> None:
    if amount.currency != most.currency or not 0 <= amount.amount <= most.amount:
        raise CannotSettle(_("The refund must be between nothing and what is held."))
    if amount != rounded(amount):
        raise CannotSettle(_("The refund is finer than the currency's smallest unit."))


def _settle(hold: Hold, part: Part, *, by: Any, at: datetime, note: str) -> Hold:
    """``part`` back and the rest to the seller; everything is a refund."""
    everything = part.buyer == postings.left_of(hold).buyer
    settled = postings.after_refund(hold, part)
    if part.buyer.amount:
        _send_back(settled, part, by=by, at=at, note=note)
    amounts = _amounts_of(settled)
    if everything:
        stopped = {"release_at": None, "paused_left": None}
        HOLDS.move([hold.pk], "refund", at=at, by=by, note=note, **stopped, **amounts)
    else:
        _release([settled], by=by, at=at, note=note, **amounts)
    hold.refresh_from_db()
    return hold


def _amounts_of(settled: Hold) -> dict[str, Money]:
    return {
        "refunded": settled.refunded,
        "coupon_returned": settled.coupon_returned,
        "commission_returned": settled.commission_returned,
    }


def _send_back(settled: Hold, part: Part, *, by: Any, at: datetime, note: str) -> None:
    """Ask for the refund and book it; ``settled`` has its new amounts, unsaved."""
    attempt = Attempt.objects.get(
        charge_id=settled.charge_id, status=Attempt.Status.PAID, is_stray=False
    )
    # The key says how much has gone back after this act: repeating it is harmless.
    refund = payments.request_refund(
        attempt=attempt,
        amount=part.buyer,
        key=f"{settled.reference}:{to_minor(settled.refunded)}",
        reason=f"refund of order {settled.order_number}",
        at=at,
        by=by,
        note=note,
    )
    HoldRefund.objects.create(refund=refund, hold=settled)
    entries = postings.refund(settled, number=refund.number, part=part)
    ledger.post(entries=list(entries), at=at)


@command
def clear_holds(*, hold_ids: Collection[int], at: datetime) -> int:
    """What these holds released is the sellers' to take (T18); returns how many.

    Holds that are cleared already are left alone.
    """
    holds = list(
        Hold.objects.filter(
            pk__in=hold_ids, status=Hold.Status.RELEASED, cleared_at__isnull=True
        )
        .order_by("pk")
        .select_for_update(no_key=True)
    )
    Hold.objects.filter(pk__in=[hold.pk for hold in holds]).update(cleared_at=at)
    entries = [entry for hold in holds for entry in postings.clear(hold)]
    ledger.post(entries=entries, at=at)
    return len(holds)
