"""How holds begin: opened with the order, funded or voided by the payment's news."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from escrow import postings, risk
from escrow.events import HoldsFunded, HoldsVoided
from escrow.ledger import commands as ledger
from escrow.lifecycle import HOLDS
from escrow.models import Hold
from kernel import events, references
from kernel.db import command
from kernel.errors import Refusal
from marketplace.accounts.models import Seller
from payments import commands as payments
from payments.models import Attempt, Charge


class CannotHold(Refusal):
    """The rules of risk do not allow holding this money for this seller."""

    code = "cannot_hold"


@command
def open_hold(
    *,
    order_number: str,
    charge: Charge,
    seller: Seller,
    amount: Money,
    commission: Money,
    coupon: Money | None = None,
    at: datetime,
) -> Hold:
    """Set ``amount`` of ``charge`` aside for ``seller``; nothing is paid yet.

    :param coupon: what the platform adds to it when it is paid.
    :raises CannotHold: when the payer is the seller (R8).
    """
    facts = risk.Facts(buyer_id=charge.payer_id, seller_user_id=seller.user_id)
    if not risk.assess(facts).allowed:
        raise CannotHold(_("You cannot buy from your own shop."))
    assert amount.currency == charge.amount.currency, "a hold is part of its charge"
    nothing = Money(0, amount.currency)
    return Hold.objects.create(
        reference=references.new("HLD"),
        order_number=order_number,
        charge=charge,
        seller=seller,
        amount=amount,
        coupon=coupon or nothing,
        commission=commission,
        refunded=nothing,
        coupon_returned=nothing,
        commission_returned=nothing,
        opened_at=at,
    )


@command
def lock_hold(*, hold_id: int) -> None:
    """Wait for whoever is moving this money, and let nobody else until the end.

    The hold's row is the one referee between a click and another, the clock and the
    desk: what is read after this is as the winner left it.
    """
    Hold.objects.select_for_update(no_key=True).get(pk=hold_id)


@command
def fund_holds(*, charge_ids: Collection[int], at: datetime) -> None:
    """These charges were paid: every hold on them is held now."""
    ids = _take_money(Hold.objects.filter(charge__in=charge_ids), "fund", at=at)
    if ids:
        events.announce(HoldsFunded(ids, at))


@command
def revive_holds(*, hold_ids: Collection[int], attempt_id: int, at: datetime) -> None:
    """Late money counts: these void holds, all of its charge, are held after all.

    For the reaction to :class:`escrow.events.HoldsPaidLate`, which tells itself what
    else comes back to life.
    """
    payments.revive_charge(attempt_id=attempt_id, at=at)
    _take_money(Hold.objects.filter(pk__in=hold_ids), "revive", at=at)


def _take_money(holds: QuerySet[Hold], action: str, *, at: datetime) -> frozenset[int]:
    """Their charges are paid: move ``holds`` and book what each of them got."""
    paid = list(
        holds.annotate(gateway=Subquery(_capture_of(OuterRef("charge_id")))).order_by(
            "pk"
        )
    )
    ids = frozenset(hold.pk for hold in paid)
    HOLDS.move(ids, action, at=at, funded_at=at)
    entries = [
        entry for hold in paid for entry in postings.capture(hold, gateway=hold.gateway)
    ]
    ledger.post(entries=entries, at=at)
    return ids


def _capture_of(charge: OuterRef) -> Any:
    paid = Attempt.objects.filter(
        charge=charge, status=Attempt.Status.PAID, is_stray=False
    )
    return paid.values("gateway")[:1]


@command
def void_holds(*, charge_ids: Collection[int], at: datetime, note: str) -> None:
    """These charges ended unpaid: their holds will never be funded."""
    ids = frozenset(
        Hold.objects.filter(charge_id__in=charge_ids).values_list("pk", flat=True)
    )
    HOLDS.move(ids, "void", at=at, note=note)
    if ids:
        events.announce(HoldsVoided(ids, at, note))
