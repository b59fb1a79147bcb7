"""Checks of waiting and of history: nothing waits for ever, no state came by itself."""

from django.utils.translation import gettext_noop as _

from escrow.books.check import Check

# (table, history table, first state)
_NOUNS = (
    ("escrow_hold", "escrow_holdmove", "awaiting"),
    ("disputes_dispute", "disputes_disputemove", "in_mediation"),
)


def _history(table: str, history: str, first: str) -> str:
    return f"""
        SELECT n.reference, n.status, 'but its history ends in', coalesce((
            SELECT m.to_status FROM {history} m WHERE m.subject_id = n.id
            ORDER BY m.id DESC LIMIT 1
        ), '{first}')
        FROM {table} n
        WHERE n.status <> coalesce((
            SELECT m.to_status FROM {history} m WHERE m.subject_id = n.id
            ORDER BY m.id DESC LIMIT 1
        ), '{first}')
    """  # noqa: S608 built from our own constants


CHECKS = (
    Check(
        "waits_have_deadlines",
        _("nothing that waits is without a date"),
        """
        SELECT 'charge', reference, 'is open without a date to close'
        FROM payments_charge WHERE status = 'open' AND close_at IS NULL
        UNION ALL
        SELECT 'refund', number, 'waits without a date to be sent'
        FROM payments_refund WHERE status = 'requested' AND send_at IS NULL
        UNION ALL
        SELECT 'hold', reference, 'was released without a date to clear'
        FROM escrow_hold
        WHERE status = 'released' AND cleared_at IS NULL AND clear_at IS NULL
        """,
    ),
    Check(
        "history_complete",
        _("every state was reached by a recorded move"),
        " UNION ALL ".join(_history(*noun) for noun in _NOUNS),
    ),
    Check(
        "decision_complete",
        _("every decision moved what it says, with ground, note and date"),
        """
        SELECT d.reference, d.status, 'refund', d.refund, 'hold', h.status,
            'refunded', h.refunded
        FROM disputes_dispute d JOIN escrow_hold h ON h.id = d.hold_id
        WHERE d.status LIKE 'resolved%%' AND (
            d.ground = '' OR d.decided_at IS NULL
            OR (d.note = '' AND d.decided_by_id IS NOT NULL)
            OR (d.ground = 'silence') <> (d.decided_by_id IS NULL)
            OR d.refund <> (
                SELECT coalesce(sum(r.amount), 0) FROM escrow_holdrefund l
                JOIN payments_refund r ON r.id = l.refund_id
                WHERE l.hold_id = h.id AND r.requested_at = d.decided_at
            )
            OR (d.status = 'resolved_refund')
                <> (h.status IN ('refunding', 'refunded'))
        )
        """,
    ),
)
