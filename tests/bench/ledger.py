"""Posting transfers: the door against one bare function of the database."""

from datetime import UTC, datetime
from itertools import count

from escrow.ledger import accounts
from escrow.ledger.commands import Entry, post
from tests.bench.floor import bare_connection
from tests.bench.measure import Way, compare

AT = datetime(2026, 3, 2, tzinfo=UTC)
ACTS = 300
BATCH = 500

_numbers = count(1)
PSP = accounts.psp_receivable("alipay")


def _capture(order: int) -> Entry:
    """A payment: a fresh escrow account each, as every order has its own."""
    name = accounts.escrow(f"BENCH-{order}")
    return Entry(f"bench:{order}", PSP, name, 10_000, "CNY", f"BENCH-{order}")


def _one_by_one() -> None:
    for _ in range(ACTS):
        post(entries=[_capture(next(_numbers))], at=AT)


def _batch() -> None:
    post(entries=[_capture(next(_numbers)) for _ in range(BATCH)], at=AT)


def _known_accounts() -> None:
    """Two owners' accounts that are there already."""
    pending, available = accounts.seller_pending(1), accounts.seller_available(1)
    post(
        entries=[Entry(f"b:{next(_numbers)}", PSP, pending, 10**9, "CNY", "BENCH")],
        at=AT,
    )
    for _ in range(ACTS):
        key = f"bench:{next(_numbers)}"
        post(entries=[Entry(key, pending, available, 1, "CNY", "BENCH")], at=AT)


def run() -> None:
    with bare_connection() as bare:
        call = "SELECT bare_post(%s, %s, %s, %s)"

        def floor() -> None:
            for _ in range(ACTS):
                number = next(_numbers)
                bare.execute(call, [f"f:{number}", 0, number, 10_000], prepare=True)

        compare(
            "Ledger: one transfer an act, one commit each, one client",
            Way("bare function, plain psycopg (the floor)", ACTS, floor),
            Way("ledger.post, a new account each", ACTS, _one_by_one),
            Way("ledger.post, between two owners", ACTS, _known_accounts),
            Way(f"ledger.post, {BATCH} transfers an act", BATCH, _batch),
        )
