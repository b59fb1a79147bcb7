"""How holds begin: opened with the order, funded or voided by the payment's news."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from escrow import postings, risk
from escrow.events import HoldsFunded, HoldsVoided
from escrow.ledger import commands as ledger
from escrow.lifecycle import HOLDS
from escrow.models import Hold, HoldRefund
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
    at: datetime,
) -> Hold:
    """Set ``amount`` of ``charge`` aside for ``seller``; nothing is paid yet.

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
        commission=commission,
        refunded=nothing,
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
    holds = list(
        Hold.objects.filter(charge_id__in=charge_ids)
        .annotate(gateway=Subquery(_capture_of(OuterRef("charge_id"))))
        .order_by("pk")
    )
    HOLDS.move([hold.pk for hold in holds], "fund", at=at, funded_at=at)
    entries = [
        entry
        for hold in holds
        for entry in postings.capture(hold, gateway=hold.gateway)
    ]
    ledger.post(entries=entries, at=at)
    if holds:
        events.announce(HoldsFunded(frozenset(hold.pk for hold in holds), at))


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


@command
def refund_stray_payments(*, attempt_ids: Collection[int], at: datetime) -> None:
    """Money that came for nothing (paid twice, too late, another amount): booked and
    sent back.

    Once per attempt, however often it is announced.
    """
    for attempt in Attempt.objects.filter(pk__in=attempt_ids).order_by("pk"):
        refund = payments.request_refund(
            attempt=attempt,
            amount=attempt.came,
            key=f"stray:{attempt.number}",
            reason=_why_back(attempt),
            at=at,
        )
        HoldRefund.objects.get_or_create(refund=refund)
        entries = postings.stray(
            attempt_number=attempt.number,
            refund_number=refund.number,
            amount=attempt.came,
            gateway=attempt.gateway,
        )
        ledger.post(entries=list(entries), at=at)


def _why_back(attempt: Attempt) -> str:
    """What the payer reads at the gateway."""
    if attempt.received_minor is not None:
        return "another amount than asked for"
    return "paid twice or too late"
