"""Quotes: a rate promised to one person for a while."""

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kernel import references
from kernel.db import command
from kernel.errors import Refusal
from marketplace.accounts.models import User
from marketplace.fx import queries, rates
from marketplace.fx.models import Quote

# A quote about to end would run out while the page is read: promise a new one.
WORTH_REUSING = timedelta(minutes=5)


class NoRate(Refusal):
    """There is no reference rate for this pair of currencies."""

    code = "no_rate"


class RatesTooOld(Refusal):
    """The newest reference rates are older than FX_MAX_AGE: nothing is promised."""

    code = "rates_too_old"

    def __init__(self, standing: queries.Standing) -> None:
        super().__init__(
            ngettext(
                "The exchange rates are %(days)d day old, too old to promise a price "
                "in another currency.",
                "The exchange rates are %(days)d days old, too old to promise a price "
                "in another currency.",
                standing.days_old,
            )
            % {"days": standing.days_old}
        )
        self.published_on = standing.published_on
        self.days_old = standing.days_old


class CurrencyNotOffered(Refusal):
    """Prices cannot be shown in this currency."""

    code = "currency_not_offered"


@command
def quote(*, user: User, source: str, target: str, at: datetime) -> Quote:
    """A rate for ``user`` from ``source`` to ``target``, valid for FX_QUOTE_TTL.

    Includes the disclosed spread (FX_SPREAD), except between equal currencies. A
    quote of the same person and pair with enough time left is given again.

    :raises NoRate: when the ECB publishes no rate for one of the two.
    :raises RatesTooOld: when the newest rates are older than FX_MAX_AGE.
    """
    running = (
        Quote.objects.filter(
            user=user,
            source=source,
            target=target,
            quoted_at__lte=at,
            expires_at__gt=at + WORTH_REUSING,
        )
        .order_by("-expires_at")
        .first()
    )
    if running is not None:
        return running
    try:
        now = queries.standing(at)
        mid = now.rates.cross(source, target)
    except rates.RateUnknown as unknown:
        raise NoRate(_("There is no exchange rate for this currency.")) from unknown
    if now.is_too_old and source != target:
        raise RatesTooOld(now)
    spread = Decimal(0) if source == target else settings.FX_SPREAD
    return Quote.objects.create(
        reference=references.new("FXQ"),
        user=user,
        source=source,
        target=target,
        mid_rate=mid,
        spread=spread,
        rate=with_spread(mid, spread),
        rate_date=now.published_on,
        quoted_at=at,
        expires_at=at + settings.FX_QUOTE_TTL,
    )


def with_spread(mid: Decimal, spread: Decimal) -> Decimal:
    """The rate a buyer pays: ``mid`` raised by ``spread`` (0.01 is one per cent)."""
    return (mid * (1 + spread)).quantize(rates.RATE_UNIT, rounding=ROUND_HALF_UP)


@command
def show_prices_in(*, user: User, currency: str) -> None:
    """Remember the currency in which ``user`` wants prices explained.

    :raises CurrencyNotOffered: unless it is one of DISPLAY_CURRENCIES.
    """
    require_offered(currency)
    User.objects.filter(pk=user.pk).update(display_currency=currency)


def require_offered(currency: str) -> None:
    """:raises CurrencyNotOffered: unless prices can be shown in ``currency``."""
    if currency not in settings.DISPLAY_CURRENCIES:
        raise CurrencyNotOffered(_("Prices cannot be shown in this currency."))
