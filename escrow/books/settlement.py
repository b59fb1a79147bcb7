"""Checks of what came in and what goes back."""

from django.utils.translation import gettext_noop as _

from escrow.books.check import Check

# A platform-wide account's balance from its transfers, on the side named.
_ACCOUNT = """
    SELECT t.currency, sum(CASE WHEN c.code = '{code}' THEN t.amount_minor
        ELSE -t.amount_minor END) AS total
    FROM ledger_transfer t
    JOIN ledger_account d ON d.id = t.debit_id
    JOIN ledger_account c ON c.id = t.credit_id
    WHERE '{code}' IN (d.code, c.code) GROUP BY t.currency
"""


def _account_equals(name: str, rule: str, code: str, refund_status: str) -> Check:
    """A liability of ours equals the refunds in one state."""
    return Check(
        name,
        rule,
        f"""
        , books AS ({_ACCOUNT.format(code=code)}), rows AS (
            SELECT r.currency, sum(r.amount * u.minor) AS total
            FROM payments_refund r JOIN unit u USING (currency)
            WHERE r.status = '{refund_status}' GROUP BY r.currency
        )
        SELECT currency, 'books', coalesce(b.total, 0), 'refunds',
            coalesce(r.total, 0)
        FROM books b FULL JOIN rows r USING (currency)
        WHERE coalesce(b.total, 0) <> coalesce(r.total, 0)
        """,  # noqa: S608 built from our own constants
    )


CHECKS = (
    Check(
        "refund_within_payment",
        _("refunds never exceed what was paid, per payment and per hold"),
        """
        SELECT p.number, 'paid', coalesce(p.received_minor / u.minor, p.amount),
            'refunds', sum(r.amount)
        FROM payments_refund r JOIN payments_attempt p ON p.id = r.attempt_id
        JOIN unit u ON u.currency = r.currency
        WHERE r.status <> 'rejected'
        GROUP BY p.id, u.minor
        HAVING sum(r.amount) > coalesce(p.received_minor / u.minor, p.amount)
            OR p.status <> 'paid' OR bool_or(r.currency
                <> coalesce(nullif(p.received_currency, ''), p.currency))
        UNION ALL
        SELECT h.reference, 'says refunded', h.refunded, 'refunds',
            coalesce(sum(r.amount), 0)
        FROM escrow_hold h
        LEFT JOIN escrow_holdrefund l ON l.hold_id = h.id
        LEFT JOIN payments_refund r ON r.id = l.refund_id
        GROUP BY h.id HAVING coalesce(sum(r.amount), 0) <> h.refunded
        """,
    ),
    Check(
        "refund_complete",
        _("a hold is refunded when everything is back with the buyer, not before"),
        """
        SELECT h.reference, h.status, 'refunded', h.refunded, 'of', h.amount,
            'back', coalesce(sum(r.amount)
                FILTER (WHERE r.status IN ('settled', 'by_hand')), 0)
        FROM escrow_hold h
        LEFT JOIN escrow_holdrefund l ON l.hold_id = h.id
        LEFT JOIN payments_refund r ON r.id = l.refund_id
        WHERE h.status IN ('refunding', 'refunded')
        GROUP BY h.id
        HAVING h.refunded <> h.amount OR (h.status = 'refunded') <>
            (coalesce(sum(r.amount)
                FILTER (WHERE r.status IN ('settled', 'by_hand')), 0) = h.amount)
        """,
    ),
    Check(
        "refund_booked",
        _("every refund is booked as it is: sent, settled, rejected, paid by hand"),
        """
        , booked AS (
            SELECT r.number, r.status, r.amount * u.minor AS amount,
                sent.amount_minor AS sent, settled.amount_minor AS settled,
                rejected.amount_minor AS rejected, hand.amount_minor AS by_hand,
                l.id AS link
            FROM payments_refund r JOIN unit u USING (currency)
            LEFT JOIN escrow_holdrefund l ON l.refund_id = r.id
            LEFT JOIN ledger_transfer sent ON sent.key = 'refund:' || r.number
            LEFT JOIN ledger_transfer settled ON settled.key = 'settle:' || r.number
            LEFT JOIN ledger_transfer rejected ON rejected.key = 'reject:' || r.number
            LEFT JOIN ledger_transfer hand ON hand.key = 'by_hand:' || r.number
        )
        SELECT number, status, amount, 'booked', coalesce(sent, 0), 'settled',
            coalesce(settled, 0), 'rejected', coalesce(rejected, 0), 'by hand',
            coalesce(by_hand, 0)
        FROM booked
        WHERE link IS NULL OR sent IS DISTINCT FROM amount
            OR coalesce(settled, 0)
                <> CASE status WHEN 'settled' THEN amount ELSE 0 END
            OR coalesce(rejected, 0)
                <> CASE WHEN status IN ('rejected', 'by_hand') THEN amount ELSE 0 END
            OR coalesce(by_hand, 0)
                <> CASE status WHEN 'by_hand' THEN amount ELSE 0 END
        """,
    ),
    _account_equals(
        "refund_in_transit",
        _("what is on its way back equals the refunds not settled yet"),
        "refund_in_transit",
        "requested",
    ),
    _account_equals(
        "unapplied_receipts",
        _("what we owe payers outside any order equals the refunds refused for good"),
        "unapplied_receipts",
        "rejected",
    ),
    Check(
        "gateway_receivable",
        _("what gateways owe us, before fees, is what was paid less what went back"),
        """
        , books AS (
            SELECT d.code, t.currency, sum(t.amount_minor) AS total
            FROM ledger_transfer t JOIN ledger_account d ON d.id = t.debit_id
            WHERE d.code LIKE 'psp_receivable:%%' AND t.key NOT LIKE 'fee:%%'
            GROUP BY 1, 2
            UNION ALL
            SELECT c.code, t.currency, -sum(t.amount_minor)
            FROM ledger_transfer t JOIN ledger_account c ON c.id = t.credit_id
            WHERE c.code LIKE 'psp_receivable:%%' AND t.key NOT LIKE 'fee:%%'
            GROUP BY 1, 2
            UNION ALL
            SELECT 'psp_receivable:' || p.gateway,
                coalesce(nullif(p.received_currency, ''), p.currency),
                -sum(coalesce(p.received_minor, p.amount * u.minor))
            FROM payments_attempt p JOIN unit u USING (currency)
            WHERE p.status = 'paid' AND (p.is_stray OR EXISTS (
                SELECT 1 FROM escrow_hold h WHERE h.charge_id = p.charge_id
            )) GROUP BY 1, 2
            UNION ALL
            SELECT 'psp_receivable:' || p.gateway, r.currency,
                sum(r.amount * u.minor)
            FROM payments_refund r JOIN payments_attempt p ON p.id = r.attempt_id
            JOIN unit u ON u.currency = r.currency
            WHERE r.status IN ('settled', 'by_hand') GROUP BY 1, 2
        )
        SELECT code, currency, 'is off by', sum(total) FROM books
        GROUP BY code, currency HAVING sum(total) <> 0
        """,
    ),
    Check(
        "fees_booked",
        _("the fees of every matched line are booked, and no others"),
        """
        , said AS (
            SELECT l.number, l.currency, sum(l.fee_minor) AS total
            FROM reconciliation_line l
            JOIN reconciliation_day y ON y.statement_id = l.statement_id
            WHERE l.finding IN ('matched', 'amount_differs') GROUP BY 1, 2
        ), booked AS (
            SELECT t.cause AS number, t.currency, sum(CASE d.code
                WHEN 'psp_fees' THEN t.amount_minor ELSE -t.amount_minor END) AS total
            FROM ledger_transfer t JOIN ledger_account d ON d.id = t.debit_id
            WHERE t.key LIKE 'fee:%%' GROUP BY 1, 2
        )
        SELECT number, currency, 'fees said', coalesce(s.total, 0), 'booked',
            coalesce(b.total, 0)
        FROM said s FULL JOIN booked b USING (number, currency)
        WHERE coalesce(s.total, 0) <> coalesce(b.total, 0)
        """,
    ),
    Check(
        "stray_booked",
        _("money that came for nothing is booked, and sent back"),
        """
        SELECT p.number, 'is a stray payment without its entry or its refund'
        FROM payments_attempt p JOIN unit u USING (currency)
        LEFT JOIN ledger_transfer t ON t.key = 'stray:' || p.number
        LEFT JOIN payments_refund r ON r.attempt_id = p.id
        WHERE (p.status = 'paid' AND p.is_stray) <> (t.id IS NOT NULL)
            OR (p.is_stray AND p.status = 'paid' AND (
                t.amount_minor <> coalesce(p.received_minor, p.amount * u.minor)
                OR t.currency <> coalesce(nullif(p.received_currency, ''), p.currency)
                OR r.id IS NULL
            ))
        """,
    ),
)
