"""The queries that compare a statement with our rows.

All take the same named values: the ``day`` row's key and its ``date``, the
``statement`` that counts, the ``gateway``, ``begin`` and ``end`` of the day, whether
it is ``final`` (the next day was read too), and the ``currencies`` with their
``digits``. Only statements that count are looked at: those their day points to.
"""

from functools import lru_cache

from moneyed import CURRENCIES

from kernel.money import exponent


@lru_cache(maxsize=1)
def units() -> tuple[list[str], list[int]]:
    """Every currency, and how many digits its amounts have."""
    codes = sorted(CURRENCIES)
    return codes, [exponent(code) for code in codes]


# Amounts on our rows are decimal, on statements minor units.
_UNIT = """unit AS (
    SELECT u.currency, power(10::numeric, u.digits) AS minor
    FROM unnest(%(currencies)s::text[], %(digits)s::int[]) AS u(currency, digits)
)"""

# What we know of payments and refunds, each by its numbers at the gateway.
_PAYMENTS = """
    SELECT 'payment' AS kind, a.number, '' AS refund_number, a.provider_number,
        coalesce(a.received_minor, (a.amount * u.minor)::bigint) AS minor,
        coalesce(nullif(a.received_currency, ''), a.currency) AS currency,
        a.status, a.status = 'paid' AS done, a.paid_at AS at
    FROM payments_attempt a JOIN unit u ON u.currency = a.currency
    WHERE a.gateway = %(gateway)s
"""
_REFUNDS = """
    SELECT 'refund' AS kind, a.number, r.number AS refund_number, a.provider_number,
        (r.amount * u.minor)::bigint AS minor, r.currency,
        r.status, r.status = 'settled' AS done, r.settled_at AS at
    FROM payments_refund r JOIN payments_attempt a ON a.id = r.attempt_id
    JOIN unit u ON u.currency = r.currency
    WHERE a.gateway = %(gateway)s
"""

# An earlier line about the same: the second one is money that we do not know.
_REPEATED = """EXISTS (
    SELECT 1 FROM reconciliation_line e
    JOIN reconciliation_day ed ON ed.statement_id = e.statement_id
    WHERE e.number = l.number AND e.kind = l.kind
        AND e.refund_number = l.refund_number AND ed.gateway = %(gateway)s
        AND (ed.day < %(date)s
            OR (e.statement_id = l.statement_id AND e.position < l.position))
)"""

# Each line of the statement with our side of it, if there is one.
_SIDES = f"""sides AS (
    SELECT l.id, l.kind, l.number, l.refund_number, l.provider_number, l.position,
        l.amount_minor AS theirs_minor, l.currency AS theirs_currency,
        l.at AS theirs_at, o.minor AS ours_minor, o.currency AS ours_currency,
        o.status AS ours_status, o.at AS ours_at,
        CASE WHEN o.kind IS NULL OR {_REPEATED} THEN 'missing_here'
            WHEN NOT o.done THEN 'status_differs'
            WHEN (o.minor, o.currency) <> (l.amount_minor, l.currency)
                THEN 'amount_differs'
            ELSE 'matched' END AS finding
    FROM reconciliation_line l
    LEFT JOIN LATERAL (
        SELECT * FROM ({_PAYMENTS} AND a.number = l.number AND l.kind = 'payment'
            UNION ALL
            {_REFUNDS} AND r.number = l.refund_number AND a.number = l.number
                AND l.kind = 'refund'
        ) own LIMIT 1
    ) o ON true
    WHERE l.statement_id = %(statement)s
)"""  # noqa: S608 built from our own constants

# What we booked that day, and of that, what no statement shows.
_OURS = f"""ours AS (
    {_PAYMENTS} AND a.status = 'paid' AND a.paid_at >= %(begin)s
        AND a.paid_at < %(end)s
    UNION ALL
    {_REFUNDS} AND r.status = 'settled' AND r.settled_at >= %(begin)s
        AND r.settled_at < %(end)s
)"""
_UNSHOWN = """unshown AS (
    SELECT * FROM ours o WHERE NOT EXISTS (
        SELECT 1 FROM reconciliation_line s
        JOIN reconciliation_day sd ON sd.statement_id = s.statement_id
        WHERE s.number = o.number AND s.kind = o.kind
            AND s.refund_number = o.refund_number AND sd.gateway = %(gateway)s
    )
)"""

FIND = f"""
WITH {_UNIT}, {_SIDES}
UPDATE reconciliation_line l SET finding = s.finding FROM sides s
WHERE l.id = s.id AND l.finding IS DISTINCT FROM s.finding
"""  # noqa: S608 built from our own constants

ADD_UP = f"""
WITH {_UNIT}, {_OURS}, theirs AS (
    SELECT kind, currency, count(*) AS times, sum(amount_minor) AS minor,
        sum(fee_minor) AS fees
    FROM reconciliation_line WHERE statement_id = %(statement)s GROUP BY 1, 2
), booked AS (
    SELECT kind, currency, count(*) AS times, sum(minor) AS minor
    FROM ours GROUP BY 1, 2
), cleared AS (
    DELETE FROM reconciliation_total t WHERE t.day_id = %(day)s AND NOT EXISTS (
        SELECT 1 FROM (SELECT kind, currency FROM theirs
            UNION SELECT kind, currency FROM booked) k
        WHERE k.kind = t.kind AND k.currency = t.currency
    )
)
INSERT INTO reconciliation_total (day_id, kind, currency, theirs_count, theirs_minor,
    fees_minor, ours_count, ours_minor)
SELECT %(day)s, kind, currency, coalesce(t.times, 0), coalesce(t.minor, 0),
    coalesce(t.fees, 0), coalesce(b.times, 0), coalesce(b.minor, 0)
FROM theirs t FULL JOIN booked b USING (kind, currency)
ON CONFLICT (day_id, kind, currency) DO UPDATE SET
    theirs_count = EXCLUDED.theirs_count, theirs_minor = EXCLUDED.theirs_minor,
    fees_minor = EXCLUDED.fees_minor, ours_count = EXCLUDED.ours_count,
    ours_minor = EXCLUDED.ours_minor
"""  # noqa: S608 built from our own constants

_SHOWN = """finding, kind, number, refund_number, provider_number, theirs_minor,
    theirs_currency, theirs_at, ours_minor, ours_currency, ours_status, ours_at"""

# A difference is known by all that is compared; the same one twice has a number.
DIFFER = f"""
WITH {_UNIT}, {_SIDES}, {_OURS}, {_UNSHOWN}, found AS (
    SELECT {_SHOWN} FROM sides WHERE finding <> 'matched'
    UNION ALL
    SELECT 'missing_there', kind, number, refund_number, provider_number, NULL, '',
        NULL, minor, currency, status, at
    FROM unshown WHERE %(final)s
), wanted AS (
    SELECT f.*, md5(concat_ws('|', finding, kind, number, refund_number,
        provider_number, theirs_minor, theirs_currency, ours_minor, ours_currency,
        ours_status, row_number() OVER (PARTITION BY finding, kind, number,
            refund_number, provider_number, theirs_minor ORDER BY theirs_at))) AS key
    FROM found f
), gone AS (
    UPDATE reconciliation_difference d SET resolution = 'gone', closed_at = %(at)s
    WHERE d.day_id = %(day)s AND d.resolution = ''
        AND NOT EXISTS (SELECT 1 FROM wanted w WHERE w.key = d.key)
    RETURNING d.id
), come AS (
    INSERT INTO reconciliation_difference (day_id, key, {_SHOWN}, opened_at,
        resolution, reason, note)
    SELECT %(day)s, key, finding, kind, number, refund_number, provider_number,
        theirs_minor, coalesce(theirs_currency, ''), theirs_at, ours_minor,
        coalesce(ours_currency, ''), coalesce(ours_status, ''), ours_at, %(at)s,
        '', '', ''
    FROM wanted w WHERE NOT EXISTS (
        SELECT 1 FROM reconciliation_difference d
        WHERE d.day_id = %(day)s AND d.key = w.key AND d.resolution <> 'gone'
    )
    RETURNING id
)
SELECT 'gone', id FROM gone
UNION ALL SELECT 'come', id FROM come
UNION ALL SELECT 'awaited', count(*) FROM unshown WHERE NOT %(final)s
"""  # noqa: S608 built from our own constants

COUNT = """
SELECT finding, count(*) FROM reconciliation_line
WHERE statement_id = %(statement)s GROUP BY finding
UNION ALL
SELECT finding, count(*) FROM reconciliation_difference
WHERE day_id = %(day)s AND finding = 'missing_there' AND resolution <> 'gone'
GROUP BY finding
"""
