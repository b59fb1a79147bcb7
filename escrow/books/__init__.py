"""The books, proved: each check is one set-based query that finds differences.

Escrow knows no orders: apps above add their own checks with :func:`register`.
"""

from dataclasses import dataclass

from django.db import connection

from escrow.books import holds, ledger, moves, settlement
from escrow.books.check import Check
from kernel.money import exponent

CHECKS: dict[str, Check] = {}

# Amounts on rows are decimal, on the books minor units: every check can join this.
_UNITS = """WITH unit AS (
    SELECT u.currency, power(10::numeric, u.digits) AS minor
    FROM unnest(%s::text[], %s::int[]) AS u(currency, digits)
)
"""
_CURRENCIES = """
SELECT currency FROM ledger_account UNION SELECT currency FROM escrow_hold
UNION SELECT currency FROM payments_charge UNION SELECT currency FROM payments_refund
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What one check found: nothing, or the differences in words."""

    check: Check
    differences: tuple[str, ...]


def register(*checks: Check) -> None:
    """Add checks of an app above; a name may be taken once."""
    for check in checks:
        known = CHECKS.setdefault(check.name, check)
        assert known == check, f"two checks are named {check.name}"


def run() -> list[Result]:
    """Every check, in the order registered: each one statement, so one state of the
    database; on a busy one the next check may see a later state."""
    with connection.cursor() as cursor:
        cursor.execute(_CURRENCIES)
        currencies = [row[0] for row in cursor.fetchall()]
        units = [currencies, [exponent(currency) for currency in currencies]]
        results = []
        for check in CHECKS.values():
            cursor.execute(_UNITS + check.given + check.sql, units)
            found = tuple(" ".join(map(str, row)) for row in cursor.fetchall())
            results.append(Result(check, found))
    return results


def problems() -> list[str]:
    """Every difference, each with the name of its check; empty when all is well."""
    return [
        f"{result.check.name}: {difference}"
        for result in run()
        for difference in result.differences
    ]


register(*ledger.CHECKS, *holds.CHECKS, *settlement.CHECKS, *moves.CHECKS)

__all__ = ["CHECKS", "Check", "Result", "problems", "register", "run"]
