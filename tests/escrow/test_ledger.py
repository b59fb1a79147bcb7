"""The ledger alone: append-only, one currency, idempotent, never overdrawn."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Event

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from escrow.ledger import accounts, commands, queries
from escrow.ledger.commands import Entry, KeyReused, post
from escrow.ledger.models import Account, Rollup, Transfer
from kernel import clock as kernel_clock
from tests.escrow.racing import at_once

pytestmark = pytest.mark.django_db

PSP = accounts.psp_receivable("alipay")
HELD = accounts.escrow("ORD-1")
PENDING = accounts.seller_pending(7)


def entry(key="capture:1", debit=PSP, credit=HELD, minor=10_000, currency="CNY"):
    return Entry(key, debit, credit, minor, currency, "HLD-1")


def post_now(*entries):
    post(entries=entries, at=kernel_clock.now())


def balance(account, currency="CNY"):
    return queries.balance(account=account, currency=currency)


def test_a_transfer_moves_both_sides_by_the_same_amount():
    post_now(entry())
    post_now(entry("release:1", HELD, PENDING, 4_000))

    assert balance(PSP) == 10_000
    assert balance(HELD) == 6_000
    assert balance(PENDING) == 4_000


def test_platform_accounts_keep_no_row_that_payments_would_queue_for():
    post_now(entry())

    assert Account.objects.get(code=PSP.code).debits_minor == 0
    assert Account.objects.get(code=HELD.code).credits_minor == 10_000


def test_an_act_of_many_entries_is_one_statement(django_assert_num_queries):
    many = [
        entry(f"capture:{number}", credit=accounts.escrow(f"ORD-{number}"))
        for number in range(50)
    ]
    with transaction.atomic(), django_assert_num_queries(1):
        post_now(*many)

    assert Transfer.objects.count() == 50


def test_the_same_act_again_changes_nothing():
    post_now(entry())
    post_now(entry(), entry("capture:2", credit=accounts.escrow("ORD-2")))

    assert balance(HELD) == 10_000
    assert balance(PSP) == 20_000


@pytest.mark.parametrize(
    "other",
    [
        {"minor": 9_999},
        {"credit": accounts.escrow("ORD-2")},
        {"debit": accounts.psp_receivable("other")},
        {"currency": "JPY"},
    ],
)
def test_a_key_cannot_be_used_for_something_else(other):
    post_now(entry())

    with pytest.raises(KeyReused), transaction.atomic():
        post_now(entry(**other))

    assert balance(HELD) == 10_000
    assert Transfer.objects.count() == 1


def test_a_refused_entry_takes_the_whole_act_with_it():
    post_now(entry())

    with pytest.raises(KeyReused), transaction.atomic():
        post_now(entry("capture:2", credit=accounts.escrow("ORD-2")), entry(minor=1))

    assert Transfer.objects.count() == 1
    assert not Account.objects.filter(code="escrow:ORD-2").exists()


def test_an_owners_account_never_drops_below_zero():
    post_now(entry())

    with pytest.raises(DatabaseError, match="not_overdrawn"), transaction.atomic():
        post_now(entry("release:1", HELD, PENDING, 10_001))

    assert balance(HELD) == 10_000
    assert balance(PENDING) == 0


@pytest.mark.parametrize("minor", [0, -1])
def test_an_amount_is_above_zero(minor):
    with pytest.raises(DatabaseError, match="positive"), transaction.atomic():
        post_now(entry(minor=minor))


def test_the_two_sides_differ():
    with pytest.raises(DatabaseError, match="two_sides"), transaction.atomic():
        post_now(entry(debit=PSP, credit=PSP))


def test_the_database_refuses_a_transfer_between_two_currencies():
    post_now(entry(), entry("capture:2", currency="JPY"))
    cny = Account.objects.get(code=PSP.code, currency="CNY")
    jpy = Account.objects.get(code=HELD.code, currency="JPY")

    with (
        pytest.raises(DatabaseError, match="transfer's currency"),
        transaction.atomic(),
    ):
        Transfer.objects.create(
            key="bad",
            debit=cny,
            credit=jpy,
            amount_minor=1,
            currency="CNY",
            cause="x",
            posted_at=kernel_clock.now(),
        )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_transfer SET amount_minor = 1",
        "UPDATE ledger_transfer SET key = 'x' WHERE false",
        "DELETE FROM ledger_transfer",
        "TRUNCATE ledger_transfer",
        "DELETE FROM ledger_account",
        "TRUNCATE ledger_account CASCADE",
        "UPDATE ledger_account SET currency = 'JPY'",
        "UPDATE ledger_account SET kind = 'income'",
        "UPDATE ledger_account SET credits_minor = credits_minor + 1",
        "INSERT INTO ledger_account (code, currency, kind, keeps_balance,"
        " debits_minor, credits_minor) VALUES ('x', 'CNY', 'liability', true, 0, 5)",
    ],
)
def test_nobody_rewrites_the_books_not_even_a_superuser(sql):
    post_now(entry())
    before = queries.trial_balance()
    with connection.cursor() as cursor:
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        assert cursor.fetchone() == (True,), "the test must be made by a superuser"

        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(sql)

    assert queries.trial_balance() == before


def test_the_orm_cannot_rewrite_them_either():
    post_now(entry())
    row = Transfer.objects.get()
    row.amount_minor = 5

    for attempt in (row.save, row.delete, Transfer.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_money_that_is_posted_by_hand_still_keeps_the_balance():
    """The triggers keep the rules, not the door."""
    post_now(entry())
    held, psp = Account.objects.get(code=HELD.code), Account.objects.get(code=PSP.code)

    Transfer.objects.create(
        key="by hand",
        debit=psp,
        credit=held,
        amount_minor=5,
        currency="CNY",
        cause="x",
        posted_at=kernel_clock.now(),
    )

    assert balance(HELD) == 10_005


def test_a_rolled_up_sum_is_the_sum():
    post_now(entry(), entry("capture:2", credit=accounts.escrow("ORD-2"), minor=7))
    assert commands.roll_up() == 1
    post_now(entry("capture:3", credit=accounts.escrow("ORD-3"), minor=5))

    rollup = Rollup.objects.get(account__code=PSP.code)
    assert rollup.debits_minor == 10_007
    assert balance(PSP) == 10_012

    assert commands.roll_up() == 1
    assert balance(PSP) == 10_012
    assert commands.roll_up() == 0


def test_lines_tell_the_transfers_of_a_cause_in_order():
    post_now(entry())
    post_now(entry("release:1", HELD, PENDING, 4_000))

    lines = queries.entries_for("HLD-1")

    assert [(line.act, line.debit, line.credit) for line in lines] == [
        ("capture", PSP.code, HELD.code),
        ("release", HELD.code, PENDING.code),
    ]
    assert queries.entries_for("HLD-2") == []


def test_every_account_has_a_name_for_people():
    known = (PSP, HELD, PENDING, accounts.seller_available(7), accounts.commission())
    known += (accounts.refund_in_transit(), accounts.unapplied_receipts())
    for account in known:
        assert accounts.label(account.code) != account.code


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_acts_on_the_same_accounts_in_any_order_do_not_deadlock():
    """Forty acts by four connections over three sellers, accounts named crosswise."""
    sellers = [accounts.seller_pending(number) for number in (1, 2, 3)]
    post_now(entry(minor=1_000_000))

    def work(worker):
        for turn in range(10):
            chosen = sellers if (worker + turn) % 2 else sellers[::-1]
            post_now(
                *(
                    entry(f"release:{worker}-{turn}-{name}", HELD, name, 7)
                    for name in chosen
                )
            )

    assert at_once(*(partial(work, number) for number in range(4))) == [None] * 4
    assert [balance(name) for name in sellers] == [280, 280, 280]
    assert balance(HELD) == 1_000_000 - 840


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_the_same_act_by_four_connections_at_once_is_posted_once():
    assert at_once(*[partial(post_now, entry())] * 4) == [None] * 4
    assert Transfer.objects.count() == 1
    assert balance(HELD) == 10_000


@contextmanager
def posted_and_not_committed(*entries):
    """Somebody else has just posted ``entries`` and is about to commit."""
    done, let_go = Event(), Event()

    def act():
        with transaction.atomic():
            post_now(*entries)
            done.set()
            let_go.wait(timeout=30)

    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(_on_its_own_connection, act)
        assert done.wait(timeout=30)
        try:
            yield
        finally:
            let_go.set()
            other.result(timeout=30)


def _on_its_own_connection(act):
    try:
        return act()
    finally:
        connection.close()


def _until_waiting(connections):
    """Until so many connections wait for a lock."""
    sql = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    deadline = time.monotonic() + 30
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(sql + " AND datname = current_database()")
            if cursor.fetchone()[0] >= connections:
                return
            time.sleep(0.02)
    raise AssertionError(f"{connections} connections were to wait")


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_the_same_entries_in_another_order_do_not_wait_in_a_circle():
    """Platform accounts only: there is no balance row that would put them in order."""
    sides = {"debit": PSP, "credit": accounts.unapplied_receipts()}
    one, two, three = (entry(f"stray:{name}", **sides) for name in "123")
    post_now(entry("stray:0", **sides))  # The accounts are there.

    with ThreadPoolExecutor(2) as pool, posted_and_not_committed(two):
        both = [pool.submit(_on_its_own_connection, partial(post_now, one, two, three))]
        _until_waiting(1)
        both.append(pool.submit(_on_its_own_connection, partial(post_now, three, one)))
        _until_waiting(2)

    assert [act.result(timeout=30) for act in both] == [None, None]
    assert Transfer.objects.count() == 4


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_an_account_that_another_makes_this_instant_needs_no_second_round():
    """A second round would take its locks after those of the first: out of order."""
    mine = entry("release:1", PSP, PENDING), entry("capture:1")

    def act():
        with CaptureQueriesContext(connection) as told:
            post_now(*mine)
        return sum("ledger_post" in query["sql"] for query in told)

    with (
        ThreadPoolExecutor(1) as pool,
        posted_and_not_committed(entry("release:0", PSP, PENDING)),
    ):
        statements = pool.submit(_on_its_own_connection, act)
        _until_waiting(1)

    assert statements.result(timeout=30) == 1
    assert balance(PENDING) == 20_000


def test_the_transfers_of_an_act_are_read_in_the_order_they_were_posted():
    post_now(
        entry(),
        entry("release:9", HELD, PENDING, 5),
        entry("commission:9", HELD, accounts.commission(), 1),
    )

    acts = [line.act for line in queries.entries_for("HLD-1")]

    assert acts == ["capture", "release", "commission"]
