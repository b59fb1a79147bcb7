"""The posting door takes its locks in one order: accounts made by code, keys by key.

Accounts are made by a statement of their own. The next one sees those that others made
in the same instant, so that an act is always posted by one call and never comes back
for locks that belong before the ones it holds. Numbers are given in the order of the
act, which is how its transfers are read; only the inserting goes by key.
"""

from django.db import migrations

POST = """
CREATE OR REPLACE FUNCTION ledger_post(
    keys text[], debits text[], credits text[], amounts bigint[], currencies text[],
    causes text[], account_codes text[], account_currencies text[],
    account_kinds text[], account_keeps boolean[], posted_at timestamptz
) RETURNS integer LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    posted integer;
BEGIN
    INSERT INTO ledger_account
        (code, currency, kind, keeps_balance, debits_minor, credits_minor)
    SELECT n.code, n.currency, n.kind, n.keeps, 0, 0
    FROM unnest(
        account_codes, account_currencies, account_kinds, account_keeps
    ) AS n(code, currency, kind, keeps)
    -- One index look-up each, whatever the planner thinks of the table's size.
    LEFT JOIN LATERAL (
        SELECT a.id FROM ledger_account a
        WHERE a.code = n.code AND a.currency = n.currency LIMIT 1
    ) known ON true
    WHERE known.id IS NULL
    ORDER BY n.code, n.currency
    ON CONFLICT (code, currency) DO NOTHING;

    WITH entry AS MATERIALIZED (
        SELECT nextval('ledger_transfer_id_seq') AS id, e.*
        FROM unnest(keys, debits, credits, amounts, currencies, causes)
            AS e(key, debit, credit, amount, currency, cause)
    ), account AS MATERIALIZED (
        SELECT found.id, n.code, n.currency
        FROM unnest(account_codes, account_currencies) AS n(code, currency)
        CROSS JOIN LATERAL (
            SELECT a.id FROM ledger_account a
            WHERE a.code = n.code AND a.currency = n.currency LIMIT 1
        ) found
    )
    INSERT INTO ledger_transfer
        (id, key, debit_id, credit_id, amount_minor, currency, cause, posted_at)
    SELECT e.id, e.key, d.id, c.id, e.amount, e.currency, e.cause,
        ledger_post.posted_at
    FROM entry e
    JOIN account d ON d.code = e.debit AND d.currency = e.currency
    JOIN account c ON c.code = e.credit AND c.currency = e.currency
    ORDER BY e.key
    ON CONFLICT (key) DO NOTHING;
    GET DIAGNOSTICS posted = ROW_COUNT;
    RETURN posted;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_posting_door")]

    # Backwards, this one serves as well: its signature and its meaning are the same.
    operations = [migrations.RunSQL(POST, migrations.RunSQL.noop)]
