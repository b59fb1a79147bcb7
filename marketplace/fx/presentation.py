"""Rates and what they cost, as pages say it. No writes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from djmoney.money import Money

from marketplace.fx.models import Quote

DIGITS = 6


def rate_text(rate: Decimal) -> str:
    """A rate as it is read aloud: six digits that count, no zeros behind them, never
    as a power of ten."""
    return f"{Decimal(f'{rate:.{DIGITS}g}').normalize():f}"


def percent(share: Decimal) -> str:
    """A share in per cent with one decimal: 0.01 is "1.0"."""
    return f"{share * 100:.1f}"


def quote_facts(quote: Quote) -> dict[str, Any]:
    """A quote as the buyer reads it."""
    return {
        "source": quote.source,
        "target": quote.target,
        "rate": rate_text(quote.rate),
        "mid_rate": rate_text(quote.mid_rate),
        "spread": percent(quote.spread),
        "date": quote.rate_date,
        "expires_at": quote.expires_at,
    }


@dataclass(frozen=True)
class Comparison:
    """What the exchange adds to a price: ours, and a typical card's fee.

    ``saved`` is what paying here saves; below zero it costs that much more.
    """

    ours: Money
    by_card: Money

    @property
    def saved(self) -> Money:
        saved: Money = self.by_card - self.ours
        return saved

    @property
    def costs_more(self) -> Money:
        """What paying here costs more; meant where ``saved`` is below zero."""
        return -self.saved

    @property
    def spread(self) -> str:
        return percent(settings.FX_SPREAD)

    @property
    def card_fee(self) -> str:
        return percent(settings.CARD_FOREIGN_FEE)

    @property
    def source(self) -> str:
        """Who says what a typical card's fee is."""
        name: str = settings.CARD_FOREIGN_FEE_SOURCE
        return name

    @property
    def source_url(self) -> str:
        url: str = settings.CARD_FOREIGN_FEE_SOURCE_URL
        return url
