"""The posting door: everything that moves money on the books passes through here."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from escrow.ledger.accounts import AccountName
from escrow.ledger.models import POSTING_LOCK, Transfer
from kernel.db import command
from kernel.errors import Refusal


class KeyReused(Refusal):
    """The key of an act that was posted before with other content."""

    code = "key_reused"


@dataclass(frozen=True, slots=True)
class Entry:
    """One transfer to post: ``amount_minor`` > 0 in minor units of ``currency``.

    ``key`` is unique for ever and built from the cause (``release:HLD-7F3K9Q2MXA``);
    ``cause`` is the reference of what it is about.
    """

    key: str
    debit: AccountName
    credit: AccountName
    amount_minor: int
    currency: str
    cause: str


# One statement an act: accounts that do not exist yet are made, transfers inserted;
# the table's triggers check the sides and move the kept balances.
_POST = """
WITH entry AS (
    SELECT * FROM unnest(
        %s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[], %s::text[]
    ) WITH ORDINALITY AS e(key, debit, credit, amount, currency, cause, position)
), named AS (
    SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::boolean[])
        AS n(code, currency, kind, keeps)
), known AS (
    SELECT a.id, a.code, a.currency
    FROM ledger_account a JOIN named n USING (code, currency)
), made AS (
    INSERT INTO ledger_account
        (code, currency, kind, keeps_balance, debits_minor, credits_minor)
    SELECT n.code, n.currency, n.kind, n.keeps, 0, 0
    FROM named n LEFT JOIN known k USING (code, currency)
    WHERE k.id IS NULL
    ORDER BY n.code, n.currency
    -- Made by somebody else this instant: its entries are left for another round.
    ON CONFLICT (code, currency) DO NOTHING
    RETURNING id, code, currency
), account AS (
    SELECT * FROM known UNION ALL SELECT * FROM made
)
INSERT INTO ledger_transfer
    (key, debit_id, credit_id, amount_minor, currency, cause, posted_at)
SELECT e.key, d.id, c.id, e.amount, e.currency, e.cause, %s
FROM entry e
JOIN account d ON d.code = e.debit AND d.currency = e.currency
JOIN account c ON c.code = e.credit AND c.currency = e.currency
ORDER BY e.position
ON CONFLICT (key) DO NOTHING
"""


# The second round finds the accounts that others made during the first.
ROUNDS = 3


@command
def post(*, entries: Sequence[Entry], at: datetime) -> None:
    """Post every entry, or none; entries posted before with the same content are left.

    One statement, whatever the number of entries.

    :raises KeyReused: when a key is known with other content.
    :raises django.db.IntegrityError: when an owner's account would drop below zero.
    """
    assert len({entry.key for entry in entries}) == len(entries), "a key comes twice"
    waiting = list(entries)
    for _round in range(ROUNDS):
        if not waiting or _insert(waiting, at) == len(waiting):
            return
        known = _known(waiting)
        waiting = [entry for entry in waiting if entry.key not in known]
    assert not waiting, "accounts of this act could not be made"


def _insert(entries: Sequence[Entry], at: datetime) -> int:
    """Post what is not known yet; returns how many that were."""
    accounts = sorted(
        {
            (name.code, entry.currency, str(name.kind), name.keeps_balance)
            for entry in entries
            for name in (entry.debit, entry.credit)
        }
    )
    with _prepared_cursor() as cursor:
        cursor.execute(
            _POST,
            [
                [entry.key for entry in entries],
                [entry.debit.code for entry in entries],
                [entry.credit.code for entry in entries],
                [entry.amount_minor for entry in entries],
                [entry.currency for entry in entries],
                [entry.cause for entry in entries],
                *(list(column) for column in zip(*accounts, strict=True)),
                at,
            ],
        )
        posted: int = cursor.rowcount
    return posted


def _known(entries: Sequence[Entry]) -> set[str]:
    """Which of the keys are posted, now or before; their content must be the same."""
    fields = ("debit__code", "credit__code", "amount_minor", "currency", "cause")
    keys = [entry.key for entry in entries]
    rows = Transfer.objects.filter(key__in=keys).values_list("key", *fields)
    known = {key: content for key, *content in rows}
    for entry in entries:
        wanted = [
            entry.debit.code,
            entry.credit.code,
            entry.amount_minor,
            entry.currency,
            entry.cause,
        ]
        if known.get(entry.key, wanted) != wanted:
            raise KeyReused(_("This was booked before with another content."))
    return set(known)


class _PreparedCursor(psycopg.Cursor[Any]):
    """Has the server plan its statement once a connection: ×1.7 on this one."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> Any:
        return super().execute(query, params, prepare=True)


@contextmanager
def _prepared_cursor() -> Iterator[CursorWrapper]:
    """Django's cursor (its errors, its query log) around a prepared one."""
    connection.ensure_connection()
    raw: Any = _PreparedCursor(connection.connection)
    wrapped: CursorWrapper = (
        connection.make_debug_cursor(raw)
        if connection.queries_logged
        else connection.make_cursor(raw)
    )
    with wrapped as cursor:
        yield cursor


_ROLL_UP = """
INSERT INTO ledger_rollup (account_id, through_id, debits_minor, credits_minor)
SELECT a.id, %(through)s, coalesce(r.debits_minor, 0) + d.total,
    coalesce(r.credits_minor, 0) + c.total
FROM ledger_account a
LEFT JOIN ledger_rollup r ON r.account_id = a.id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(t.amount_minor), 0) AS total FROM ledger_transfer t
    WHERE t.debit_id = a.id AND t.id <= %(through)s
        AND t.id > coalesce(r.through_id, 0)
) d
CROSS JOIN LATERAL (
    SELECT coalesce(sum(t.amount_minor), 0) AS total FROM ledger_transfer t
    WHERE t.credit_id = a.id AND t.id <= %(through)s
        AND t.id > coalesce(r.through_id, 0)
) c
WHERE NOT a.keeps_balance AND coalesce(r.through_id, 0) < %(through)s
ON CONFLICT (account_id) DO UPDATE SET
    through_id = EXCLUDED.through_id,
    debits_minor = EXCLUDED.debits_minor,
    credits_minor = EXCLUDED.credits_minor
WHERE ledger_rollup.through_id < EXCLUDED.through_id
"""


def roll_up() -> int:
    """Sum platform-wide accounts up to a safe transfer; returns how many moved on.

    Safe means: no transfer with a lower id can still appear. Ids are given before the
    commit, so the highest id is read in an instant in which nobody is posting. Under
    constant load there may be none; then nothing is done, and reads sum a longer tail.
    """
    through = _settled_through()
    if not through:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE ledger_rollup IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(_ROLL_UP, {"through": through})
        moved: int = cursor.rowcount
    return moved


def _settled_through() -> int:
    """The highest transfer id below which all is committed; 0 when that is unknown."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [POSTING_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        try:
            last = Transfer.objects.order_by("-pk").values_list("pk", flat=True).first()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [POSTING_LOCK])
    return last or 0
