"""The posting door: everything that moves money on the books passes through here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
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


# One statement an act. The function (migration 0003) makes the accounts that do not
# exist yet, by code, and inserts the transfers, by key; the table's triggers check the
# sides and move the kept balances, by account. Two acts at once therefore meet every
# lock in the same order and cannot wait for each other in a circle.
_POST = "SELECT ledger_post(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


@command
def post(*, entries: Sequence[Entry], at: datetime) -> None:
    """Post every entry, or none; entries posted before with the same content are left.

    One statement, whatever the number of entries.

    :raises KeyReused: when a key is known with other content.
    :raises django.db.IntegrityError: when an owner's account would drop below zero.
    """
    assert len({entry.key for entry in entries}) == len(entries), "a key comes twice"
    if entries and _insert(entries, at) < len(entries):
        unknown = {entry.key for entry in entries} - _known(entries)
        assert not unknown, f"neither posted nor known: {unknown}"


def _insert(entries: Sequence[Entry], at: datetime) -> int:
    """Post what is not known yet; returns how many that were."""
    accounts = sorted(
        {
            (name.code, entry.currency, str(name.kind), name.keeps_balance)
            for entry in entries
            for name in (entry.debit, entry.credit)
        }
    )
    with connection.cursor() as cursor:
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
        posted: int = cursor.fetchone()[0]
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
