"""A day of a hundred thousand lines: read, compared, each fee booked; and again."""

import resource
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from django.db import connection
from django.test.utils import CaptureQueriesContext

from payments.gateways import registry
from payments.gateways.port import LineKind, StatementLine
from payments.reconciliation import commands
from payments.reconciliation.models import Day
from tests.bench.releases import _people

LINES = 100_000
DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
MORNING = NOON + timedelta(hours=22)

_CHARGES = """
INSERT INTO payments_charge (reference, payer_id, amount, currency, subject,
    home_path, status, opened_at, expires_at, closing_note, paid_at)
SELECT 'BENCH-' || n, %(payer)s, 10, 'CNY', 'bench', '/', 'paid', %(at)s, %(at)s, '',
    %(at)s FROM generate_series(1, %(lines)s) n
"""
_ATTEMPTS = """
INSERT INTO payments_attempt (charge_id, number, counter, gateway, method, amount,
    currency, status, redirect_url, qr_payload, qr_svg, remittance, provider_number,
    started_at, expires_at, queries, paid_at, is_stray, received_currency, last_answer,
    seen_from, failure)
SELECT id, reference || '-1', 1, 'alipay', 'alipay_qr', 10, 'CNY', 'paid', '', '', '',
    '', '', %(at)s, %(at)s, 0, %(at)s, false, '', '', '', ''
FROM payments_charge WHERE reference LIKE 'BENCH-%%'
"""


class _Said:
    """A statement that is made up while it is read."""

    def __init__(self) -> None:
        self.raw = BytesIO(b"bench")

    def __enter__(self) -> "_Said":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def lines(self) -> Iterator[StatementLine]:
        for n in range(1, LINES + 1):
            yield StatementLine(
                LineKind.PAYMENT, f"BENCH-{n}-1", "", "", 1000, 6, "CNY", NOON
            )


class _Gateway:
    """Has one day's statement, and nothing else."""

    def statement(self, day: date) -> _Said:
        return _Said()


def run() -> None:
    """Print seconds, statements and memory; the floor is the bare insert."""
    buyer, _seller = _people()
    with connection.cursor() as cursor:
        values = {"payer": buyer.pk, "at": NOON, "lines": LINES}
        cursor.execute(_CHARGES, values)
        cursor.execute(_ATTEMPTS, values)
        cursor.execute("ANALYZE payments_attempt, payments_charge")
    registry.gateway = lambda code: _Gateway()  # type: ignore[assignment,return-value]
    day = Day.objects.create(gateway="alipay", day=DAY)
    print(f"\nreconciliation of {LINES:,} lines")
    _measured("read, compare, book", lambda: commands.read_day(day=day, at=MORNING))
    _measured("compare again", lambda: commands.match_day(day=day, at=MORNING))
    day.refresh_from_db()
    assert (day.matched, day.lines) == (LINES, LINES)


def _measured(name: str, act: object) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        act()  # type: ignore[operator]
    seconds = time.perf_counter() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"  {name:20} {seconds:6.2f} s  {len(queries)} statements  +{grown:.0f} MB")
