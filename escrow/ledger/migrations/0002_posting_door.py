"""The posting door, as a function: its plan is made once a connection, poolers or not.

The generic plan is asked for: the planner would weigh it against each call's own and
plan anew every time, which costs more than the posting itself.
"""

from django.db import migrations

POST = """
CREATE FUNCTION ledger_post(
    keys text[], debits text[], credits text[], amounts bigint[], currencies text[],
    causes text[], account_codes text[], account_currencies text[],
    account_kinds text[], account_keeps boolean[], posted_at timestamptz
) RETURNS integer LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    posted integer;
BEGIN
    WITH entry AS (
        SELECT * FROM unnest(keys, debits, credits, amounts, currencies, causes)
            WITH ORDINALITY AS e(key, debit, credit, amount, currency, cause, position)
    ), named AS (
        SELECT * FROM unnest(
            account_codes, account_currencies, account_kinds, account_keeps
        ) AS n(code, currency, kind, keeps)
    ), known AS (
        -- One index look-up each, whatever the planner thinks of the table's size.
        SELECT found.id, n.code, n.currency
        FROM named n CROSS JOIN LATERAL (
            SELECT a.id FROM ledger_account a
            WHERE a.code = n.code AND a.currency = n.currency LIMIT 1
        ) found
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
    SELECT e.key, d.id, c.id, e.amount, e.currency, e.cause, ledger_post.posted_at
    FROM entry e
    JOIN account d ON d.code = e.debit AND d.currency = e.currency
    JOIN account c ON c.code = e.credit AND c.currency = e.currency
    ORDER BY e.position
    ON CONFLICT (key) DO NOTHING;
    GET DIAGNOSTICS posted = ROW_COUNT;
    RETURN posted;
END $$;
"""
FORGET = """
DROP FUNCTION ledger_post(
    text[], text[], text[], bigint[], text[], text[], text[], text[], text[],
    boolean[], timestamptz
);
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunSQL(POST, FORGET)]
