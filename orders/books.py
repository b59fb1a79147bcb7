"""What orders add to ``check_books``: they agree with the money below and the stock."""

from escrow import books
from escrow.books import Check

CHECKS = (
    Check(
        "order_follows_money",
        "an order's status is the one its hold allows, and the amounts are the same",
        """
        SELECT o.number, o.status, 'but its hold is', h.status
        FROM orders_order o JOIN escrow_hold h ON h.id = o.hold_id
        WHERE (o.status, h.status) NOT IN (
            ('pending_payment', 'awaiting'), ('cancelled', 'void'),
            ('awaiting_shipment', 'held'), ('awaiting_shipment', 'refunding'),
            ('shipped', 'held'), ('shipped', 'refunding'),
            ('delivered', 'held'), ('delivered', 'refunding'),
            ('completed', 'released'), ('refunded', 'refunded')
        ) OR o.total <> h.amount OR o.currency <> h.currency
            OR o.number <> h.order_number
        """,
    ),
    Check(
        "checkout_adds_up",
        "the orders of a checkout add up to what is charged for it",
        """
        SELECT c.reference, 'charges', p.amount, 'for orders of', sum(o.total)
        FROM orders_checkout c
        JOIN payments_charge p ON p.id = c.charge_id
        LEFT JOIN orders_order o ON o.checkout_id = c.id
        GROUP BY c.id, p.id HAVING sum(o.total) IS DISTINCT FROM p.amount
        """,
    ),
    Check(
        "order_adds_up",
        "lines add up to their order and to the commission of its hold",
        """
        SELECT o.number, 'has lines of', sum(l.total), 'commission', sum(l.commission)
        FROM orders_order o
        JOIN escrow_hold h ON h.id = o.hold_id
        LEFT JOIN orders_orderline l ON l.order_id = o.id
        GROUP BY o.id, h.id
        HAVING sum(l.total) IS DISTINCT FROM o.items_total
            OR sum(l.commission) IS DISTINCT FROM h.commission
        """,
    ),
    Check(
        "stock_reserved",
        "what is reserved is what unpaid orders hold",
        """
        SELECT v.sku, 'reserves', v.reserved, 'for unpaid orders of',
            coalesce(w.wanted, 0)
        FROM marketplace_variant v
        LEFT JOIN (
            SELECT l.variant_id, sum(l.quantity) AS wanted
            FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
            WHERE o.status = 'pending_payment' GROUP BY l.variant_id
        ) w ON w.variant_id = v.id
        WHERE v.reserved <> coalesce(w.wanted, 0)
        """,
    ),
    Check(
        "shipped_has_clock",
        "what was shipped has a parcel, and its clock runs or stands",
        """
        SELECT o.number, o.status, 'without a parcel or a clock'
        FROM orders_order o
        JOIN escrow_hold h ON h.id = o.hold_id
        LEFT JOIN orders_parcel p ON p.order_id = o.id
        WHERE o.status IN ('shipped', 'delivered') AND (
            p.id IS NULL OR o.shipped_at IS NULL
            OR (h.status = 'held' AND h.release_at IS NULL AND h.paused_left IS NULL)
        )
        """,
    ),
    Check(
        "order_history",
        "every order's state was reached by a recorded move",
        """
        SELECT o.number, o.status, 'but its history ends in', m.to_status
        FROM orders_order o
        LEFT JOIN LATERAL (
            SELECT to_status FROM orders_ordermove
            WHERE subject_id = o.id ORDER BY id DESC LIMIT 1
        ) m ON true
        WHERE o.status <> coalesce(m.to_status, 'pending_payment')
        """,
    ),
)


def register() -> None:
    """Put these checks beside escrow's own."""
    books.register(*CHECKS)
