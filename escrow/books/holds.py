"""Checks that holds, their charges and the books tell the same story."""

from django.utils.translation import gettext_noop as _

from escrow.books.check import Check

# Each hold with its amounts in minor units and what its escrow account has now.
_HELD = """, held AS (
    SELECT h.id, h.reference, h.status, h.order_number, h.currency, h.seller_id,
        h.cleared_at, h.charge_id,
        h.amount * u.minor AS paid, h.coupon * u.minor AS coupon,
        (h.amount + h.coupon) * u.minor AS amount,
        (h.refunded + h.coupon_returned) * u.minor AS refunded,
        (h.commission - h.commission_returned) * u.minor AS commission,
        coalesce(a.credits_minor - a.debits_minor, 0) AS in_escrow
    FROM escrow_hold h
    JOIN unit u USING (currency)
    LEFT JOIN ledger_account a
        ON a.code = 'escrow:' || h.order_number AND a.currency = h.currency
)
"""

CHECKS = (
    Check(
        "hold_escrow",
        _("escrow holds what is left of every held order, and nothing of any other"),
        """
        SELECT reference, status, 'has', in_escrow, currency, 'in escrow' FROM held
        WHERE in_escrow <> CASE status WHEN 'held' THEN amount - refunded ELSE 0 END
        """,
        given=_HELD,
    ),
    Check(
        "hold_escrow_total",
        _("all escrow accounts together equal what is left of all held orders"),
        """
        , books AS (
            SELECT currency, sum(credits_minor - debits_minor) AS total
            FROM ledger_account WHERE code LIKE 'escrow:%%' GROUP BY currency
        ), rows AS (
            SELECT currency, sum(amount - refunded) AS total FROM held
            WHERE status = 'held' GROUP BY currency
        )
        SELECT currency, 'escrow', coalesce(b.total, 0), 'held', coalesce(r.total, 0)
        FROM books b FULL JOIN rows r USING (currency)
        WHERE coalesce(b.total, 0) <> coalesce(r.total, 0)
        """,
        given=_HELD,
    ),
    Check(
        "hold_captured",
        _("what was paid for was captured once, in full, and nothing else was"),
        """
        SELECT h.reference, h.status, 'captured', coalesce(t.amount_minor, 0), 'of',
            h.paid, 'and coupon', coalesce(p.amount_minor, 0), 'of', h.coupon
        FROM held h
        LEFT JOIN ledger_transfer t ON t.key = 'capture:' || h.reference
        LEFT JOIN ledger_transfer p ON p.key = 'coupon:' || h.reference
        WHERE (coalesce(t.amount_minor, 0), coalesce(p.amount_minor, 0))
            IS DISTINCT FROM (
                CASE WHEN h.status IN ('awaiting', 'void') THEN 0 ELSE h.paid END,
                CASE WHEN h.status IN ('awaiting', 'void') THEN 0 ELSE h.coupon END
            )
        """,
        given=_HELD,
    ),
    Check(
        "hold_follows_charge",
        _("a hold is funded when its charge is paid, void when it closed"),
        """
        SELECT h.reference, h.status, 'but its charge', c.reference, 'is', c.status
        FROM escrow_hold h JOIN payments_charge c ON c.id = h.charge_id
        WHERE CASE h.status WHEN 'awaiting' THEN 'open' WHEN 'void' THEN 'closed'
            ELSE 'paid' END <> c.status
        """,
    ),
    Check(
        "hold_parts_of_charge",
        _("the holds of a charge add up to it"),
        """
        SELECT c.reference, 'is', c.amount, 'but its holds are', sum(h.amount)
        FROM payments_charge c JOIN escrow_hold h ON h.charge_id = c.id
        GROUP BY c.id HAVING sum(h.amount) <> c.amount
            OR bool_or(h.currency <> c.currency)
        """,
    ),
    Check(
        "hold_released_once",
        _("a released hold was released once, its rest paid to the seller in full"),
        """
        , paid AS (
            SELECT cause, sum(amount_minor) AS total FROM ledger_transfer
            WHERE split_part(key, ':', 1) IN ('release', 'commission') GROUP BY cause
        ), moved AS (
            SELECT subject_id, count(*) AS times FROM escrow_holdmove
            WHERE action = 'release' GROUP BY subject_id
        )
        SELECT h.reference, h.status, 'released', coalesce(m.times, 0), 'times, paid',
            coalesce(p.total, 0)
        FROM held h
        LEFT JOIN moved m ON m.subject_id = h.id
        LEFT JOIN paid p ON p.cause = h.reference
        WHERE (coalesce(m.times, 0), coalesce(p.total, 0)) IS DISTINCT FROM (
            CASE h.status WHEN 'released' THEN 1 ELSE 0 END,
            CASE h.status WHEN 'released' THEN h.amount - h.refunded ELSE 0 END
        )
        """,
        given=_HELD,
    ),
    Check(
        "hold_sellers_money",
        _("sellers' accounts equal what was released to them, pending until cleared"),
        """
        , wanted AS (
            SELECT CASE WHEN cleared_at IS NULL THEN 'seller_pending:'
                ELSE 'seller_available:' END || seller_id AS code,
                currency, sum(amount - refunded - commission) AS total
            FROM held WHERE status = 'released' GROUP BY 1, 2
        ), books AS (
            SELECT code, currency, credits_minor - debits_minor AS total
            FROM ledger_account WHERE code LIKE 'seller%%'
        )
        SELECT code, currency, 'has', coalesce(b.total, 0), 'released',
            coalesce(w.total, 0)
        FROM books b FULL JOIN wanted w USING (code, currency)
        WHERE coalesce(b.total, 0) <> coalesce(w.total, 0)
        """,
        given=_HELD,
    ),
    Check(
        "hold_coupon_returned",
        _("the coupon's part of every refund came back to the platform"),
        """
        , back AS (
            SELECT cause, sum(amount_minor) AS total FROM ledger_transfer
            WHERE split_part(key, ':', 1) = 'coupon_back' GROUP BY cause
        )
        SELECT h.reference, 'says', h.coupon_returned, 'of its coupon came back, not',
            coalesce(b.total, 0) / u.minor
        FROM escrow_hold h JOIN unit u USING (currency)
        LEFT JOIN back b ON b.cause = h.reference
        WHERE h.coupon_returned * u.minor <> coalesce(b.total, 0)
            OR (h.refunded = h.amount) > (h.coupon_returned = h.coupon)
        """,
    ),
    Check(
        "hold_dispute_stops_clock",
        _("an open dispute has the clock of a held hold stand; no other clock stands"),
        """
        SELECT h.reference, h.status, 'release_at', coalesce(h.release_at::text, '-'),
            'left', coalesce(h.paused_left::text, '-'), 'open disputes', count(d.id)
        FROM escrow_hold h
        LEFT JOIN disputes_dispute d
            ON d.hold_id = h.id AND d.status = 'in_mediation'
        GROUP BY h.id
        HAVING (count(d.id) > 0) <> (h.paused_left IS NOT NULL)
            OR (count(d.id) > 0 AND (h.status <> 'held' OR h.release_at IS NOT NULL))
        """,
    ),
)
