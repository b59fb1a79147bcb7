"""What exchange rates did to refunds (rules §4.8): a report for the finance desk.

Escrow is held in the currency that was paid, and the buyer gets back the exact amount
of it, so no refund exchanges anything on our books. What it returns is worth more or
less of the listing currency than when the order froze its rate: that is told here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from djmoney.money import Money

from escrow.models import HoldRefund
from kernel.money import from_minor, rounded
from kernel.templatetags.ui import moment_text, money_text
from marketplace.fx import queries as fx
from marketplace.fx.models import Quote
from marketplace.fx.presentation import rate_text
from payments.models import Refund

DAYS = 31
MOST_ROWS = 1000
BACK = (Refund.Status.SETTLED, Refund.Status.BY_HAND)


@dataclass(frozen=True)
class Row:
    """One refund of an order whose price was converted.

    ``then`` and ``now`` are what the refund is worth in the listing currency: by the
    order's frozen rate, and by the reference rate of the day it went back.
    """

    number: str
    settled_at: datetime
    refunded: Money
    rate: Decimal
    day_rate: Decimal
    rates_of: date
    then: Money
    now: Money

    @property
    def day(self) -> date:
        return timezone.localtime(self.settled_at).date()

    @property
    def difference(self) -> Money:
        """Above zero, the refund is worth more now than the order was billed at."""
        change: Money = self.now - self.then
        return change


def rows(until: date) -> list[Row]:
    """The refunds of the DAYS up to and with ``until``, newest first."""
    end = timezone.make_aware(datetime.combine(until + timedelta(days=1), time()))
    begin = end - timedelta(days=DAYS)
    links = (
        HoldRefund.objects.filter(
            refund__status__in=BACK,
            refund__settled_at__gte=begin,
            refund__settled_at__lt=end,
            hold__order__checkout__quotes__isnull=False,
        )
        .select_related("refund", "hold__order__seller", "hold__order__checkout")
        .prefetch_related("hold__order__checkout__quotes")
        .order_by("-refund__settled_at", "-pk")
        .distinct()
    )
    found = (_row(link) for link in links[:MOST_ROWS])
    return [row for row in found if row is not None]


def _row(link: HoldRefund) -> Row | None:
    assert link.hold is not None
    order, refund = link.hold.order, link.refund
    assert refund.settled_at is not None
    listed = order.seller.currency
    quote = _quote(order.checkout.quotes.all(), listed)
    if quote is None:
        return None
    day_rate, rates_of = fx.mid_rate(quote.source, quote.target, at=refund.settled_at)
    return Row(
        number=order.number,
        settled_at=refund.settled_at,
        refunded=refund.amount,
        rate=quote.rate,
        day_rate=day_rate,
        rates_of=rates_of,
        then=rounded(Money(refund.amount.amount / quote.rate, listed)),
        now=rounded(Money(refund.amount.amount / day_rate, listed)),
    )


def _quote(quotes: Iterable[Quote], listed: str) -> Quote | None:
    """The quote that priced this order; none when it needed no exchange."""
    return next((one for one in quotes if one.source == listed), None)


def totals(found: Iterable[Row]) -> dict[tuple[date, str], Money]:
    """The differences added up by day and listing currency, in the rows' order."""
    sums: dict[tuple[date, str], Money] = {}
    for row in found:
        currency = str(row.difference.currency)
        nothing = from_minor(0, currency)
        key = (row.day, currency)
        sums[key] = sums.get(key, nothing) + row.difference
    return sums


def rows_table(found: Iterable[Row]) -> dict[str, Any]:
    """Every refund, for the desk's table component."""
    return {
        "headers": [
            _("When"),
            _("Order"),
            _("Refunded"),
            _("Rate of the order"),
            _("Rate of the day"),
            _("Worth at the order's rate"),
            _("Worth on the day"),
            _("Difference"),
        ],
        "rows": [
            [
                moment_text(row.settled_at),
                row.number,
                money_text(row.refunded),
                rate_text(row.rate),
                rate_text(row.day_rate),
                money_text(row.then),
                money_text(row.now),
                money_text(row.difference),
            ]
            for row in found
        ],
    }


def totals_table(found: Iterable[Row]) -> dict[str, Any]:
    """The differences of each day, for the desk's table component."""
    return {
        "headers": [_("Day"), _("Difference")],
        "rows": [
            [date_format(day, "DATE_FORMAT"), money_text(total)]
            for (day, _currency), total in totals(found).items()
        ],
    }
