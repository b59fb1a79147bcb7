"""What stands on the books: balances and the transfers behind them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from djmoney.money import Money

from escrow.ledger.accounts import AccountName, Kind
from escrow.ledger.models import Transfer
from kernel.money import from_minor

# Kept totals, or the rolled-up sum and what came after it.
_TOTALS = """
SELECT a.code, a.currency, a.kind,
    a.debits_minor + coalesce(r.debits_minor, 0) + d.total,
    a.credits_minor + coalesce(r.credits_minor, 0) + c.total
FROM ledger_account a
LEFT JOIN ledger_rollup r ON r.account_id = a.id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(t.amount_minor), 0) AS total FROM ledger_transfer t
    WHERE NOT a.keeps_balance AND t.debit_id = a.id
        AND t.id > coalesce(r.through_id, 0)
) d
CROSS JOIN LATERAL (
    SELECT coalesce(sum(t.amount_minor), 0) AS total FROM ledger_transfer t
    WHERE NOT a.keeps_balance AND t.credit_id = a.id
        AND t.id > coalesce(r.through_id, 0)
) c
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One transfer as people read it."""

    at: datetime
    key: str
    cause: str
    debit: str
    credit: str
    amount: Money

    @property
    def act(self) -> str:
        """What kind of act this was: the part of the key before its colon."""
        return self.key.partition(":")[0]


def balance(*, account: AccountName, currency: str) -> int:
    """What stands on ``account``, in minor units: 0 for one never used.

    Positive is the account's natural side: money there (assets), money owed
    (liabilities), money earned (income).
    """
    return balances(accounts=[account], currency=currency)[account]


def balances(
    *, accounts: Collection[AccountName], currency: str
) -> dict[AccountName, int]:
    """Like :func:`balance` for many accounts, in one query."""
    found = {
        code: minor
        for code, _currency, minor in _read(
            "WHERE a.code = ANY(%s) AND a.currency = %s",
            [[account.code for account in accounts], currency],
        )
    }
    return {account: found.get(account.code, 0) for account in accounts}


def balances_by_currency(
    *, accounts: Collection[AccountName]
) -> dict[tuple[AccountName, str], int]:
    """Balances in every currency that one of ``accounts`` has ever had."""
    by_code = {account.code: account for account in accounts}
    rows = _read("WHERE a.code = ANY(%s)", [list(by_code)])
    return {(by_code[code], currency): minor for code, currency, minor in rows}


def trial_balance() -> list[tuple[str, str, int]]:
    """Every account: (code, currency, balance in minor units), by code."""
    return sorted(_read("", []))


def _read(where: str, params: Sequence[Any]) -> Iterable[tuple[str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS + where, params)
        rows = cursor.fetchall()
    for code, currency, kind, debits, credits in rows:
        debit_side = kind in (Kind.ASSET, Kind.EXPENSE)
        minor = debits - credits if debit_side else credits - debits
        yield code, currency, int(minor)


def entries_for(*causes: str) -> list[Line]:
    """Every transfer about one of ``causes`` (public references), oldest first."""
    transfers = Transfer.objects.filter(cause__in=causes).order_by("pk")
    rows = transfers.values_list(
        "posted_at",
        "key",
        "cause",
        "debit__code",
        "credit__code",
        "amount_minor",
        "currency",
    )
    return [
        Line(at, key, cause, debit, credit, from_minor(minor, currency))
        for at, key, cause, debit, credit, minor, currency in rows
    ]
