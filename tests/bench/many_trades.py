"""Filling a stopped simulator with paid trades: copies of one that really happened."""

import sqlite3
from contextlib import closing
from pathlib import Path

PREFIX = "alipay_simulator_"

# What a copy has of its own; ``n`` counts copies, ``id`` is the copied row's.
COPIES = {
    "intent": {"out_trade_no": "'MANY-' || n"},
    "entry": {
        "token": "lower(hex(randomblob(16)))",
        "code": "'bax' || lower(hex(randomblob(10)))",
        "intent_id": "intent_id + n",
    },
    "trade": {
        "trade_no": "substr(trade_no, 1, 13) || printf('%015d', n)",
        "intent_id": "intent_id + n",
        "entry_id": "entry_id + n",
    },
    "move": {"trade_id": "trade_id + n"},
    "notification": {
        "notify_id": "substr(notify_id, 1, 19) || printf('%015d', n)",
        "trade_id": "trade_id + n",
    },
    "attempt": {"notification_id": "notification_id + n"},
}


def fill(data: Path, out_trade_no: str, count: int) -> None:
    """Copy an order with its trade, movement, notification and attempt so often."""
    with closing(sqlite3.connect(data / "simulator.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=OFF")
        database.execute("PRAGMA synchronous=OFF")
        database.execute("PRAGMA cache_size=-500000")
        ids = _ids(database, out_trade_no)
        for table, own in COPIES.items():
            _copy(database, table, ids[table], own, count)
        database.commit()
        database.execute("PRAGMA journal_mode=WAL")


def _ids(database: sqlite3.Connection, out_trade_no: str) -> dict[str, int]:
    """Find the rows of the order, table by table."""

    def one(table: str, column: str, value: object) -> int:
        query = f"SELECT id FROM {PREFIX}{table} WHERE {column} = ?"
        return int(database.execute(query, [value]).fetchone()[0])

    intent = one("intent", "out_trade_no", out_trade_no)
    trade = one("trade", "intent_id", intent)
    news = one("notification", "trade_id", trade)
    return {
        "intent": intent,
        "entry": one("entry", "intent_id", intent),
        "trade": trade,
        "move": one("move", "trade_id", trade),
        "notification": news,
        "attempt": one("attempt", "notification_id", news),
    }


def _copy(
    database: sqlite3.Connection, table: str, row: int, own: dict[str, str], count: int
) -> None:
    columns = [
        name for _, name, *_ in database.execute(f"PRAGMA table_info({PREFIX}{table})")
    ]
    values = [own.get(name, name) if name != "id" else "id + n" for name in columns]
    database.execute(
        "WITH RECURSIVE numbers(n) AS "
        "(SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?) "
        f"INSERT INTO {PREFIX}{table} ({', '.join(columns)}) "
        f"SELECT {', '.join(values)} FROM numbers "
        f"JOIN {PREFIX}{table} ON id = ?",
        [count, row],
    )
