"""Rates, and the currency a shopper wants to see."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest
from djmoney.money import Money

from kernel.money import exchange
from marketplace.accounts.models import User
from marketplace.fx import rates
from marketplace.fx.models import Quote

SESSION_KEY = "display_currency"


def display_currency_of(request: HttpRequest) -> str:
    """The ISO code in which this person wants prices explained."""
    if request.user.is_authenticated:
        chosen = request.user.display_currency
    else:
        chosen = request.session.get(SESSION_KEY, "")
    known: list[str] = settings.DISPLAY_CURRENCIES
    return chosen if chosen in known else known[0]


def mid_rate(source: str, target: str) -> tuple[Decimal, date]:
    """Units of ``target`` for one ``source`` without spread, and the rate's date.

    :raises marketplace.fx.rates.RateUnknown: for a currency the ECB does not publish.
    """
    newest = rates.latest()
    return newest.cross(source, target), newest.published_on


def rates_date() -> date:
    """The day of the rates behind every "about" on the site."""
    return rates.latest().published_on


def about(money: Money, currency: str) -> Money | None:
    """``money`` in ``currency`` by the reference rate, to be shown marked "about".

    None when it is in that currency already, or when there is no rate: then there is
    nothing to add to the listed price.
    """
    if str(money.currency) == currency:
        return None
    try:
        rate, _ = mid_rate(str(money.currency), currency)
    except rates.RateUnknown:
        return None
    return exchange(money, rate, currency)


def sum_about(amounts: Iterable[Money], currency: str) -> Money | None:
    """Amounts of any currencies added up in ``currency``; None if one has no rate."""
    total = Money(0, currency)
    for amount in amounts:
        part = amount if str(amount.currency) == currency else about(amount, currency)
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
