"""All reads of reconciliation that others need."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

CHUNK = 2000

# Each payment or refund that any version of the day's statement names, with the fee
# that the statements that count say now.
_FEES = """
SELECT said.number, said.refund_number, said.currency, y.gateway, coalesce((
    SELECT sum(l.fee_minor) FROM reconciliation_line l
    JOIN reconciliation_day c ON c.statement_id = l.statement_id
    WHERE l.number = said.number AND l.kind = said.kind
        AND l.refund_number = said.refund_number AND l.currency = said.currency
        AND c.gateway = y.gateway AND l.finding IN ('matched', 'amount_differs')
), 0)
FROM (
    SELECT DISTINCT l.kind, l.number, l.refund_number, l.currency
    FROM reconciliation_line l JOIN reconciliation_statement s ON s.id = l.statement_id
    WHERE s.day_id = %(day)s AND l.fee_minor <> 0
) said
JOIN reconciliation_day y ON y.id = %(day)s
ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Fee:
    """What a provider keeps, by its statements, for one payment or refund of ours."""

    number: str
    refund_number: str
    currency: str
    gateway: str
    minor: int


def fees_of(day_id: int) -> Iterator[list[Fee]]:
    """What ``day_id`` says of fees, some at a time; zero where a line is gone."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_FEES, {"day": day_id})
        while rows := cursor.fetchmany(CHUNK):
            yield [
                Fee(number, refund_number, currency, gateway, int(minor))
                for number, refund_number, currency, gateway, minor in rows
            ]
