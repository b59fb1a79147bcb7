"""What providers keep for themselves, booked once for each line that says so."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Case, F, When

from escrow import postings
from escrow.ledger import accounts
from escrow.ledger import commands as ledger
from escrow.ledger.commands import Entry
from escrow.ledger.models import Transfer
from kernel.db import command
from payments.reconciliation import queries
from payments.reconciliation.queries import Fee


@command
def book_fees(*, day_id: int, at: datetime) -> None:
    """Book what the day's statement says of fees and is not booked yet.

    A corrected statement books the difference, as an entry of its own. Lines that we
    do not know are left out: neither their money nor their fee is on the books.
    """
    for fees in queries.fees_of(day_id):
        ledger.post(entries=list(_entries(fees)), at=at)


def _entries(fees: list[Fee]) -> Iterator[Entry]:
    booked = _booked([fee.number for fee in fees])
    for fee in fees:
        about = fee.refund_number or "-"
        times, minor = booked.get((fee.number, about, fee.currency), (0, 0))
        if fee.minor != minor:
            yield postings.fee(
                number=fee.number,
                about=about,
                nth=times + 1,
                minor=fee.minor - minor,
                currency=fee.currency,
                gateway=fee.gateway,
            )


def _booked(numbers: list[str]) -> dict[tuple[str, str, str], tuple[int, int]]:
    """How often and what, by payment, refund and currency."""
    code = accounts.psp_fees().code
    rows = Transfer.objects.filter(cause__in=numbers, key__startswith="fee:")
    signed = Case(
        When(debit__code=code, then=F("amount_minor")), default=-F("amount_minor")
    )
    sums: dict[tuple[str, str, str], tuple[int, int]] = {}
    for key, currency, minor in rows.values_list("key", "currency", signed):
        _act, number, about, _nth = key.split(":")
        times, total = sums.get((number, about, currency), (0, 0))
        sums[number, about, currency] = times + 1, total + minor
    return sums
