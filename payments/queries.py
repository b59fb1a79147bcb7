"""All reads of payments that others need."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Sum
from django.http import Http404
from djmoney.money import Money

from kernel.money import to_minor
from payments import availability, methods, shoppers
from payments.availability import Choice, Offer
from payments.models import Attempt, Charge, Refund


def charge_for_payer(reference: str, user: Any) -> Charge:
    """The charge that ``user`` owes.

    :raises Http404: unknown, or somebody else's.
    """
    charge = Charge.objects.filter(reference=reference, payer_id=user.pk).first()
    if charge is None:
        raise Http404("no such payment")
    return charge


def live_attempt(charge: Charge) -> Attempt | None:
    """The one attempt that can be paid now, as far as we know."""
    return charge.attempts.filter(status__in=Attempt.LIVE_STATUSES).first()


def latest_attempt(charge: Charge) -> Attempt | None:
    """The attempt started last, whatever became of it; money for nothing is none."""
    return charge.attempts.filter(is_stray=False).order_by("-counter").first()


def paid_attempt(charge: Charge) -> Attempt | None:
    """The attempt that paid the charge."""
    return charge.attempts.filter(status=Attempt.Status.PAID, is_stray=False).first()


def stray_attempts(charge: Charge) -> list[Attempt]:
    """Payments that came although the charge was paid or closed: they go back."""
    return list(charge.attempts.filter(is_stray=True).prefetch_related("refunds"))


def payable_currencies() -> frozenset[str]:
    """What can be charged at all, by any method, as ISO 4217 codes."""
    return frozenset().union(
        *(methods.currencies_of(method.code) for method in methods.METHODS)
    )


def preferred_currencies() -> frozenset[str]:
    """What the first of all ways to pay can charge."""
    return methods.currencies_of(methods.METHODS[0].code)


def methods_for(currency: str) -> list[methods.Method]:
    """The ways to pay an amount in ``currency``, best first."""
    return [
        method
        for method in methods.METHODS
        if currency in methods.currencies_of(method.code)
    ]


def offers_for(
    user: Any, *, headers: Mapping[str, str], amount: Money | None = None
) -> list[Offer]:
    """Every way to pay as it stands for ``user`` now, usable ones first.

    :param headers: of their request: on which device they are.
    """
    known: dict[str, Any] = {}
    if amount is not None:
        known = {"currency": str(amount.currency), "amount_minor": to_minor(amount)}
    facts = shoppers.facts_of(
        user,
        device=shoppers.device_of(headers),
        down=shoppers.down_now(),
        **known,
    )
    consulted = shoppers.consulted(facts)
    return availability.offers(replace(facts, consulted=consulted))


def choice_for(
    user: Any, *, headers: Mapping[str, str], amount: Money, wanted: str = ""
) -> Choice:
    """The ways to pay ``amount`` as a page offers them to ``user``."""
    found = offers_for(user, headers=headers, amount=amount)
    return availability.choice(found, wanted=wanted)


def refundable(attempt: Attempt) -> Money:
    """What of a paid attempt has not gone back and is not on its way back."""
    gone = attempt.refunds.exclude(status=Refund.Status.REJECTED)
    total = gone.aggregate(total=Sum("amount"))["total"] or 0
    left: Money = attempt.came - Money(total, attempt.came.currency)
    return left
