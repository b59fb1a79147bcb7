"""Checks of the ledger alone."""

from django.utils.translation import gettext_noop as _

from escrow.books.check import Check
from escrow.postings import ACTS

# What every account's transfers add up to, counted anew.
_SUMS = """, sums AS (
    SELECT account_id, sum(debit) AS debits, sum(credit) AS credits FROM (
        SELECT debit_id AS account_id, amount_minor AS debit, 0 AS credit
        FROM ledger_transfer
        UNION ALL
        SELECT credit_id, 0, amount_minor FROM ledger_transfer
    ) leg GROUP BY account_id
)
"""

CHECKS = (
    Check(
        "ledger_zero",
        _("debits equal credits, per currency"),
        """
        , tail AS (
            SELECT a.id, a.currency,
                a.debits_minor + coalesce(r.debits_minor, 0) - a.credits_minor
                    - coalesce(r.credits_minor, 0) AS kept,
                CASE WHEN a.keeps_balance THEN NULL
                    ELSE coalesce(r.through_id, 0) END AS after
            FROM ledger_account a LEFT JOIN ledger_rollup r ON r.account_id = a.id
        ), balance AS (
            SELECT currency, kept AS minor FROM tail
            UNION ALL
            SELECT t.currency, t.amount_minor FROM ledger_transfer t
            JOIN tail ON tail.id = t.debit_id AND t.id > tail.after
            UNION ALL
            SELECT t.currency, -t.amount_minor FROM ledger_transfer t
            JOIN tail ON tail.id = t.credit_id AND t.id > tail.after
        )
        SELECT currency, 'is off by', sum(minor) FROM balance
        GROUP BY currency HAVING sum(minor) <> 0
        """,
    ),
    Check(
        "ledger_sides",
        _("both sides of a transfer exist in its currency"),
        """
        SELECT t.key, 'has a side in another currency, or none'
        FROM ledger_transfer t
        LEFT JOIN ledger_account d ON d.id = t.debit_id AND d.currency = t.currency
        LEFT JOIN ledger_account c ON c.id = t.credit_id AND c.currency = t.currency
        WHERE d.id IS NULL OR c.id IS NULL
        """,
    ),
    Check(
        "ledger_kept",
        _("kept balances equal the sums of their transfers"),
        """
        SELECT a.code, a.currency, 'keeps', a.debits_minor, '/', a.credits_minor,
            'but adds up to', coalesce(s.debits, 0), '/', coalesce(s.credits, 0)
        FROM ledger_account a LEFT JOIN sums s ON s.account_id = a.id
        WHERE a.keeps_balance AND (a.debits_minor, a.credits_minor)
            IS DISTINCT FROM (coalesce(s.debits, 0), coalesce(s.credits, 0))
        """,
        given=_SUMS,
    ),
    Check(
        "ledger_rolled_up",
        _("rolled-up sums equal their transfers"),
        """
        SELECT a.code, a.currency, 'is rolled up as', r.debits_minor, '/',
            r.credits_minor, 'through', r.through_id, 'but adds up to', d.total, '/',
            c.total
        FROM ledger_rollup r JOIN ledger_account a ON a.id = r.account_id
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(amount_minor), 0) AS total FROM ledger_transfer t
            WHERE t.debit_id = a.id AND t.id <= r.through_id
        ) d CROSS JOIN LATERAL (
            SELECT coalesce(sum(amount_minor), 0) AS total FROM ledger_transfer t
            WHERE t.credit_id = a.id AND t.id <= r.through_id
        ) c
        WHERE (r.debits_minor, r.credits_minor) IS DISTINCT FROM (d.total, c.total)
        """,
    ),
    Check(
        "ledger_not_overdrawn",
        _("no account stands on its wrong side, but for fees kept of money given back"),
        """
        SELECT a.code, a.currency, 'is overdrawn by', abs(s.credits - s.debits)
        FROM ledger_account a JOIN sums s ON s.account_id = a.id
        WHERE CASE WHEN a.kind IN ('asset', 'expense')
            THEN s.debits + coalesce((
                SELECT sum(t.amount_minor) FROM ledger_transfer t
                WHERE t.credit_id = a.id AND a.code LIKE 'psp_receivable:%%'
                    AND t.key LIKE 'fee:%%'
            ), 0) < s.credits ELSE s.credits < s.debits END
        """,
        given=_SUMS,
    ),
    Check(
        "ledger_causes",
        _("every transfer is a known act on something that exists"),
        f"""
        SELECT t.key, 'has the unknown cause', t.cause FROM ledger_transfer t
        WHERE split_part(t.key, ':', 1) NOT IN ({", ".join(f"'{a}'" for a in ACTS)})
            OR NOT EXISTS (
                SELECT 1 FROM escrow_hold h WHERE h.reference = t.cause
                UNION ALL
                SELECT 1 FROM payments_attempt p WHERE p.number = t.cause
            )
            OR NOT EXISTS (
                SELECT 1 FROM escrow_hold h
                WHERE h.reference = split_part(t.key, ':', 2)
                UNION ALL
                SELECT 1 FROM payments_attempt p
                WHERE p.number = split_part(t.key, ':', 2)
                UNION ALL
                SELECT 1 FROM payments_refund r
                WHERE r.number = split_part(t.key, ':', 2)
            )
        """,  # noqa: S608 the acts are our own constants
    ),
)
