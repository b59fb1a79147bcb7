"""check_books: silent on true books, and loud about every way to be wrong."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from escrow import books, commands
from escrow.ledger import commands as ledger
from kernel import clock as kernel_clock
from payments import commands as payments
from payments.gateways.port import GatewayRejected
from payments.models import Refund
from tests.escrow.builders import (
    a_disputed_hold,
    a_held_hold,
    a_released_hold,
    a_shipped_hold,
    an_open_hold,
    dana,
    decide,
    pay_by_hand,
    pay_late,
    read_statement,
    settle_refunds,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def life(gateway):
    """One hold in every state, money in every account."""
    at = kernel_clock.now()
    an_open_hold()
    held = a_held_hold(gateway)
    pay_late(gateway, held.charge)
    commands.clear_holds(hold_ids=[a_released_hold(gateway).pk], at=at)
    a_released_hold(gateway, "20.00", "1.00")
    commands.refund_hold(hold=a_held_hold(gateway), at=at, by=None, note="x")
    settle_refunds()
    commands.refund_hold(hold=a_held_hold(gateway), at=at, by=None, note="x")
    decide(a_disputed_hold(gateway), "40.00")
    a_disputed_hold(gateway)
    a_shipped_hold(gateway)
    rejected = a_held_hold(gateway)
    commands.refund_hold(hold=rejected, at=at, by=dana(), note="x")
    by_hand = a_held_hold(gateway)
    commands.refund_hold(hold=by_hand, at=at, by=dana(), note="x")
    gateway.fail("refund", GatewayRejected("NO"), GatewayRejected("NO"))
    _send(rejected)
    _send(by_hand)
    pay_by_hand(by_hand)
    read_statement(gateway, held.charge.attempts.get(is_stray=False))
    ledger.roll_up()
    return held


def _send(hold):
    refund = Refund.objects.get(hold_refund__hold=hold)
    payments.send_refund(refund=refund, at=kernel_clock.now())


def test_true_books_have_no_difference(life):
    assert books.problems() == []


def test_empty_books_are_true():
    assert books.problems() == []


SPOILT = {
    "ledger_zero": "UPDATE ledger_account SET credits_minor = credits_minor + 1"
    " WHERE code LIKE 'escrow%'",
    "ledger_kept": "UPDATE ledger_account SET credits_minor = credits_minor + 1"
    " WHERE code LIKE 'seller_available%'",
    "ledger_sides": "UPDATE ledger_transfer SET currency = 'JPY'",
    "ledger_rolled_up": "UPDATE ledger_rollup SET debits_minor = debits_minor + 1",
    "ledger_not_overdrawn": "UPDATE ledger_transfer SET amount_minor = 50000"
    " WHERE key LIKE 'release:%'",
    "ledger_causes": "UPDATE ledger_transfer SET cause = 'nobody'",
    "hold_escrow": "UPDATE escrow_hold SET refunded = 1 WHERE status = 'held'",
    "hold_escrow_total": "UPDATE escrow_hold SET amount = 1000 WHERE status = 'held'",
    "hold_captured": "UPDATE ledger_transfer SET amount_minor = 5"
    " WHERE key LIKE 'capture:%'",
    "hold_follows_charge": "UPDATE payments_charge SET status = 'open',"
    " close_at = now()",
    "hold_parts_of_charge": "UPDATE payments_charge SET amount = 100.01",
    "hold_released_once": "INSERT INTO escrow_holdmove"
    " (subject_id, action, from_status, to_status, at, note)"
    " SELECT id, 'release', 'held', 'released', now(), '' FROM escrow_hold"
    " WHERE status = 'released'",
    "hold_sellers_money": "UPDATE escrow_hold SET commission = 0"
    " WHERE status = 'released' AND commission_returned = 0",
    "hold_coupon_returned": "UPDATE escrow_hold SET coupon = 1, coupon_returned = 1"
    " WHERE status = 'refunded'",
    "hold_dispute_stops_clock": "UPDATE escrow_hold SET paused_left = NULL,"
    " release_at = now() WHERE paused_left IS NOT NULL",
    "refund_within_payment": "UPDATE payments_refund SET amount = amount + 1000",
    "refund_complete": "UPDATE escrow_hold SET status = 'refunded'"
    " WHERE status = 'refunding'",
    "refund_booked": "UPDATE payments_refund SET status = 'settled'",
    "refund_in_transit": "UPDATE payments_refund SET status = 'settled'"
    " WHERE status = 'requested'",
    "unapplied_receipts": "UPDATE payments_refund SET status = 'settled'"
    " WHERE status = 'rejected'",
    "gateway_receivable": "UPDATE payments_attempt SET amount = amount + 1"
    " WHERE status = 'paid'",
    "fees_booked": "UPDATE reconciliation_line SET fee_minor = fee_minor + 1",
    "stray_booked": "UPDATE payments_attempt SET is_stray = false",
    "history_complete": "DELETE FROM escrow_holdmove WHERE action = 'refund'",
    "decision_complete": "UPDATE disputes_dispute SET refund = 1"
    " WHERE status = 'resolved_split'",
}


@pytest.mark.parametrize("name", sorted(SPOILT))
def test_a_spoilt_row_is_found(name, life):
    _spoil(SPOILT[name])

    found = {problem.partition(":")[0] for problem in books.problems()}

    assert name in found


def test_every_check_has_a_row_that_it_finds():
    """Open rows without a date cannot be made: CHECK constraints forbid them."""
    modules = (books.ledger, books.holds, books.settlement, books.moves)
    own = {check.name for module in modules for check in module.CHECKS}
    assert own - set(SPOILT) == {"waits_have_deadlines"}


def _spoil(sql):
    """As somebody could who owns the machine: triggers and constraints off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, name in _constraints(cursor):
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
        cursor.execute("DROP INDEX IF EXISTS attempt_one_capture")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        assert cursor.rowcount > 0
        cursor.execute("SET session_replication_role = origin")


def _constraints(cursor):
    cursor.execute(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype ="
        " 'c' AND conrelid::regclass::text ~ '^(ledger|escrow|payments)'"
    )
    return cursor.fetchall()


def test_the_command_prints_a_table_and_fails_on_a_difference(life):
    out = StringIO()
    call_command("check_books", stdout=out)
    assert "checks, no difference." in out.getvalue()
    assert "psp_receivable:alipay" in out.getvalue()

    _spoil(SPOILT["hold_escrow"])
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_books", stdout=out, stderr=err)
    assert ended.value.code == 1
    assert "hold_escrow" in out.getvalue()
    assert "difference" in err.getvalue()


def test_apps_above_add_their_own_checks(monkeypatch):
    monkeypatch.setattr(books, "CHECKS", dict(books.CHECKS))
    check = books.Check("order_sample", "a rule", "SELECT 'ORD-1', 'is wrong'")

    books.register(check)
    books.register(check)

    assert books.problems() == ["order_sample: ORD-1 is wrong"]
    with pytest.raises(AssertionError):
        books.register(books.Check("order_sample", "another", "SELECT 1"))
