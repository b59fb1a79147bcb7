"""The floor: what PostgreSQL does when nothing stands between, on bare tables."""

from typing import Any

import psycopg
from django.db import connection

_BARE = """
CREATE TABLE IF NOT EXISTS bare_account (
    id bigint PRIMARY KEY, debits bigint NOT NULL DEFAULT 0,
    credits bigint NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS bare_transfer (
    id bigserial PRIMARY KEY, key text UNIQUE NOT NULL, debit_id bigint NOT NULL,
    credit_id bigint NOT NULL, amount bigint NOT NULL CHECK (amount > 0),
    currency text NOT NULL, posted_at timestamptz NOT NULL
);
CREATE OR REPLACE FUNCTION bare_post(
    key text, debit bigint, credit bigint, amount bigint
) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO bare_transfer (key, debit_id, credit_id, amount, currency, posted_at)
    VALUES (key, debit, credit, amount, 'CNY', now());
    INSERT INTO bare_account (id, credits) VALUES (credit, amount)
    ON CONFLICT (id) DO UPDATE SET credits = bare_account.credits + EXCLUDED.credits;
END $$;
"""


def bare_connection() -> psycopg.Connection[Any]:
    """Bare tables and one function, on a plain connection of their own."""
    params = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    chosen = {name: params[name] for name in names if params.get(name)}
    bare = psycopg.connect(**chosen, autocommit=True)
    bare.execute(_BARE)
    return bare
