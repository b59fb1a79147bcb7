"""Rates, how old they are, and the currency a shopper wants to see."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from djmoney.money import Money

from kernel.money import exchange
from marketplace.accounts.models import User
from marketplace.fx import rates
from marketplace.fx.models import Quote, RatesFetch

SESSION_KEY = "display_currency"
# Where the day of a reference rate begins and ends.
FRANKFURT = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class Standing:
    """The rates in force at a moment, and what may be done with them.

    ``is_old``: said wherever they are used. ``is_too_old``: not used at all.
    """

    rates: rates.Rates
    days_old: int
    is_old: bool
    is_too_old: bool

    @property
    def published_on(self) -> date:
        return self.rates.published_on


def display_currency_of(request: HttpRequest) -> str:
    """The ISO code in which this person wants prices explained."""
    if request.user.is_authenticated:
        chosen = request.user.display_currency
    else:
        chosen = request.session.get(SESSION_KEY, "")
    known: list[str] = settings.DISPLAY_CURRENCIES
    return chosen if chosen in known else known[0]


def standing(at: datetime) -> Standing:
    """The rates in force at ``at`` with their age.

    :raises marketplace.fx.rates.RateUnknown: when none of that time is known.
    """
    today = at.astimezone(FRANKFURT).date()
    in_force = rates.on(today)
    age = today - in_force.published_on
    return Standing(
        in_force,
        age.days,
        is_old=age > settings.FX_OLD_AFTER,
        is_too_old=age > settings.FX_MAX_AGE,
    )


def mid_rate(source: str, target: str, *, at: datetime) -> tuple[Decimal, date]:
    """Units of ``target`` for one ``source`` without spread, and the rate's date.

    Of any age: whoever promises something by it asks :func:`standing` first.

    :raises marketplace.fx.rates.RateUnknown: for a currency the ECB does not publish.
    """
    in_force = standing(at)
    return in_force.rates.cross(source, target), in_force.published_on


def edition(at: datetime) -> str:
    """Changes whenever an "about" price may: a key for what is kept drawn."""
    try:
        now = standing(at)
    except rates.RateUnknown:
        return "none"
    return f"{now.published_on}:{now.is_too_old:d}"


def about(money: Money, currency: str, *, at: datetime) -> Money | None:
    """``money`` in ``currency`` by the reference rate, to be shown marked "about".

    None when it is in that currency already, when there is no rate, or when the rates
    are too old: then there is nothing to add to the listed price.
    """
    if str(money.currency) == currency:
        return None
    try:
        now = standing(at)
        if now.is_too_old:
            return None
        rate = now.rates.cross(str(money.currency), currency)
    except rates.RateUnknown:
        return None
    return exchange(money, rate, currency)


def sum_about(amounts: Iterable[Money], currency: str, *, at: datetime) -> Money | None:
    """Amounts of any currencies added up in ``currency``; None if one has no rate."""
    total = Money(0, currency)
    for amount in amounts:
        same = str(amount.currency) == currency
        part = amount if same else about(amount, currency, at=at)
        if part is None:
            return None
        total += part
    return total


def is_valid(quote: Quote, at: datetime) -> bool:
    """Whether ``quote`` may still be used to place an order at ``at``."""
    return bool(quote.quoted_at <= at < quote.expires_at)


def quotes_of(user: User, references: Collection[str]) -> list[Quote]:
    """The quotes named by ``references`` that were given to ``user``."""
    return list(Quote.objects.filter(reference__in=references, user=user))


def last_fetch() -> RatesFetch | None:
    """How the ECB was asked last; None before the first time."""
    return RatesFetch.objects.filter(pk=RatesFetch.ONLY).first()
