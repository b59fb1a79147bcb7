"""What orders add to ``check_books``: they agree with the money below and the stock."""

from django.utils.translation import gettext_noop as _

from escrow import books
from escrow.books import Check

CHECKS = (
    Check(
        "order_follows_money",
        _("an order's status is the one its hold allows, and the amounts are the same"),
        """
        SELECT o.number, o.status, 'but its hold is', h.status
        FROM orders_order o JOIN escrow_hold h ON h.id = o.hold_id
        WHERE (o.status, h.status) NOT IN (
            ('pending_payment', 'awaiting'), ('cancelled', 'void'),
            ('awaiting_shipment', 'held'), ('awaiting_shipment', 'refunding'),
            ('shipped', 'held'), ('shipped', 'refunding'),
            ('delivered', 'held'), ('delivered', 'refunding'),
            ('completed', 'released'), ('refunded', 'refunded')
        ) OR o.total <> h.amount OR o.platform_discount <> h.coupon
            OR o.currency <> h.currency
            OR o.number <> h.order_number
        """,
    ),
    Check(
        "checkout_adds_up",
        _("the orders of a checkout add up to what is charged for it"),
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
        _("lines and their discounts add up to their order, commission to its hold"),
        """
        SELECT o.number, 'has lines of', sum(l.total), 'commission', sum(l.commission)
        FROM orders_order o
        JOIN escrow_hold h ON h.id = o.hold_id
        LEFT JOIN orders_orderline l ON l.order_id = o.id
        GROUP BY o.id, h.id
        HAVING sum(l.total) IS DISTINCT FROM o.items_total
            OR sum(l.seller_discount) <> o.seller_discount
            OR sum(l.platform_discount) <> o.platform_discount
            OR sum(l.commission) IS DISTINCT FROM h.commission
        """,
    ),
    Check(
        "refund_has_lines",
        _("refunds of an order say for which lines, and of none more than was paid"),
        """
        SELECT o.number, 'gave back', h.refunded, h.coupon_returned,
            h.commission_returned, 'but its lines', sum(r.amount), sum(r.coupon),
            sum(r.commission)
        FROM orders_order o JOIN escrow_hold h ON h.id = o.hold_id
        LEFT JOIN orders_linerefund r ON r.order_id = o.id
        GROUP BY o.id, h.id
        HAVING coalesce(sum(r.amount), 0) <> h.refunded
            OR coalesce(sum(r.coupon), 0) <> h.coupon_returned
            OR coalesce(sum(r.commission), 0) <> h.commission_returned
            OR coalesce(sum(r.amount) FILTER (WHERE r.line_id IS NULL), 0) > o.shipping
        UNION ALL
        SELECT o.number, 'has a line of', l.paid, l.platform_discount, l.commission,
            'that gave back', sum(r.amount), sum(r.coupon), sum(r.commission)
        FROM orders_linerefund r JOIN orders_orderline l ON l.id = r.line_id
        JOIN orders_order o ON o.id = l.order_id
        GROUP BY o.id, l.id
        HAVING sum(r.amount) > l.paid OR sum(r.coupon) > l.platform_discount
            OR sum(r.commission) > l.commission OR sum(r.units) > l.quantity
            OR bool_or(r.order_id <> o.id)
        """,
    ),
    Check(
        "coupon_taken",
        _("a coupon is taken as often as checkouts have it, and as their charges say"),
        """
        SELECT c.code, 'is taken', c.taken, 'times, not', count(r.id)
        FROM coupons_coupon c LEFT JOIN coupons_redemption r
            ON r.coupon_id = c.id AND r.returned_at IS NULL
        GROUP BY c.id HAVING c.taken <> count(r.id)
        UNION ALL
        SELECT r.checkout_reference, 'has a coupon, used', NULL,
            coalesce(r.used_at::text, 'never'), NULL
        FROM coupons_redemption r
        LEFT JOIN orders_checkout o ON o.reference = r.checkout_reference
        LEFT JOIN payments_charge p ON p.id = o.charge_id
        WHERE r.returned_at IS NULL AND p.status IS DISTINCT FROM
            CASE WHEN r.used_at IS NULL THEN 'open' ELSE 'paid' END
        """,
    ),
    Check(
        "stock_reserved",
        _("what is reserved is what unpaid orders hold"),
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
        _("what was shipped has a parcel, and its clock runs or stands"),
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
        _("every order's state was reached by a recorded move"),
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
