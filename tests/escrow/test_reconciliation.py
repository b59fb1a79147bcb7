"""Statements against the whole books: the classes, their tasks, and the fees."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escrow import books
from escrow.ledger.models import Transfer
from kernel.worklist.models import Task
from payments import commands as payments
from payments.models import Attempt, Refund
from payments.reconciliation import commands, days, tasks
from payments.reconciliation.models import Day, Difference, Finding
from tests.escrow import builders
from tests.escrow.builders import a_line
from tests.escrow.statements import (
    a_paid_hold,
    a_refund_line,
    give_back,
    open_tasks,
    overnight,
    read,
    today,
)

pytestmark = pytest.mark.django_db

__all__ = ["today"]


def test_a_day_that_agrees_is_matched_and_its_fees_are_booked(gateway, clock, today):
    _hold, attempt = a_paid_hold(gateway)
    gateway.statements[today] = [a_line(attempt)]
    overnight(clock, today)

    tasks.read_statements()

    day = Day.objects.get()
    assert (day.lines, day.matched, day.statement.version) == (1, 1, 1)
    assert not Difference.objects.exists()
    fee = Transfer.objects.get(key__startswith="fee:")
    assert (fee.debit.code, fee.credit.code) == ("psp_fees", "psp_receivable:alipay")
    assert (fee.amount_minor, fee.cause) == (60, attempt.number)
    assert books.problems() == []


def test_a_line_that_nobody_knows_is_missing_here(gateway, clock, today):
    _hold, attempt = a_paid_hold(gateway)
    stranger = a_line(attempt, number="NOT-OURS-1", amount_minor=1)
    gateway.statements[today] = [a_line(attempt), stranger]
    overnight(clock, today)

    [difference] = read(clock, today).differences

    assert (difference.finding, difference.number) == ("missing_here", "NOT-OURS-1")
    assert (difference.theirs_minor, difference.ours_minor) == (1, None)
    task = open_tasks().get()
    assert (task.subject_pk, task.queue) == (difference.pk, Task.Queue.FINANCE)
    # Neither its money nor its fee is on the books.
    assert Transfer.objects.filter(key__startswith="fee:").count() == 1
    assert books.problems() == []


def test_the_same_line_twice_is_money_that_we_do_not_know(gateway, clock, today):
    _hold, attempt = a_paid_hold(gateway)
    gateway.statements[today] = [a_line(attempt), a_line(attempt)]
    gateway.statements[today + timedelta(days=1)] = [a_line(attempt)]
    overnight(clock, today, nights=2)

    report = commands.reconcile(at=clock.now)

    assert [one.finding for one in report.differences] == ["missing_here"] * 2
    assert Transfer.objects.filter(key__startswith="fee:").count() == 1
    assert books.problems() == []


def test_what_no_statement_shows_is_awaited_for_a_day(gateway, clock, today):
    _hold, attempt = a_paid_hold(gateway)
    gateway.statements[today] = []
    overnight(clock, today)
    report = read(clock, today)
    assert report.is_clean
    assert report.awaited == 1

    gateway.statements[today + timedelta(days=1)] = []
    overnight(clock, today, nights=2)
    [difference] = read(clock, today).differences

    assert (difference.finding, difference.number) == ("missing_there", attempt.number)
    assert (difference.theirs_minor, difference.ours_minor) == (None, 10_000)
    assert difference.ours_status == Attempt.Status.PAID
    assert open_tasks().count() == 1


def test_midnight_is_no_difference(gateway, clock, today):
    clock.set(days.end(today) - timedelta(seconds=1))
    _hold, attempt = a_paid_hold(gateway)
    gateway.statements[today] = []
    tomorrow = today + timedelta(days=1)
    overnight(clock, today)
    read(clock, today)

    gateway.statements[tomorrow] = [a_line(attempt, at=days.begin(tomorrow))]
    overnight(clock, today, nights=2)
    report = commands.reconcile(at=clock.now)

    assert report.is_clean
    assert report.awaited == 0
    assert not Difference.objects.exists()
    assert books.problems() == []


def test_an_unheard_payment_differs_in_status_and_mends_itself(gateway, clock, today):
    hold = builders.an_open_hold()
    attempt = payments.start_attempt(
        charge=hold.charge, method=Attempt.Method.QR, at=clock.now
    )
    gateway.pay(attempt.number, at=clock.now)
    paid_at = clock.now
    gateway.break_down("query")
    gateway.statements[today] = [a_line(attempt, at=paid_at)]
    overnight(clock, today)
    Attempt.objects.update(query_at=None)
    tasks.read_statements()
    [difference] = Difference.objects.all()
    assert difference.finding == Finding.STATUS
    assert difference.ours_status == Attempt.Status.LIVE
    assert not Transfer.objects.exists()

    gateway.mend()
    attempt.refresh_from_db()
    assert attempt.query_at == clock.now
    payments.check_attempt(attempt=attempt, at=clock.now)
    clock.advance(minutes=16)
    tasks.match_statements()

    difference.refresh_from_db()
    assert difference.resolution == "gone"
    assert not open_tasks().exists()
    assert Transfer.objects.filter(key__startswith="fee:").count() == 1
    assert books.problems() == []


def test_refunds_are_matched_by_their_own_number(gateway, clock, today):
    hold, attempt = a_paid_hold(gateway)
    give_back(hold)
    refund = Refund.objects.get()
    line = a_refund_line(refund)
    gateway.statements[today] = [a_line(attempt), line]
    overnight(clock, today)
    [difference] = read(clock, today).differences
    assert difference.finding == Finding.STATUS
    assert difference.ours_status == Refund.Status.REQUESTED

    payments.send_refund(refund=refund, at=clock.now)
    report = read(clock, today)

    assert report.is_clean
    assert report.days[0].matched == 2
    # The fee is kept although all the money went back: the account shows it.
    assert books.problems() == []
    gateway.statements[today][1] = replace(line, amount_minor=1)
    [difference] = read(clock, today).differences
    assert difference.finding == Finding.AMOUNT
    assert (difference.theirs_minor, difference.ours_minor) == (1, 10_000)


def test_another_gateways_number_does_not_match(gateway, clock, today):
    _hold, attempt = a_paid_hold(gateway)
    gateway.statements[today] = [a_line(attempt)]
    gateway.code = "another"
    Attempt.objects.update(gateway="another")
    Day.objects.create(gateway="alipay", day=today, fetch_at=clock.now)
    overnight(clock, today)

    commands.read_day(day=Day.objects.get(), at=clock.now)

    assert Difference.objects.get().finding == Finding.MISSING_HERE


def test_explained_it_stays_so_until_it_changes(gateway, clock, today):
    _hold, attempt = a_paid_hold(gateway)
    stranger = a_line(attempt, number="NOT-OURS-1")
    gateway.statements[today] = [a_line(attempt), stranger]
    overnight(clock, today)
    [difference] = read(clock, today).differences
    dana = builders.dana()

    with pytest.raises(commands.CannotExplain):
        commands.explain(
            difference=difference, reason="other", note=" ", by=dana, at=clock.now
        )
    commands.explain(
        difference=difference,
        reason="elsewhere",
        note="a stall at the fair",
        by=dana,
        at=clock.now,
    )

    task = Task.objects.get(kind="statement_difference")
    assert (task.closed_by, task.closing_note) == (dana, "a stall at the fair")
    assert read(clock, today).is_clean
    with pytest.raises(commands.CannotExplain):
        commands.explain(
            difference=difference, reason="other", note="again", by=dana, at=clock.now
        )
    gateway.statements[today][1] = replace(stranger, amount_minor=5)
    [again] = read(clock, today).differences
    assert again.theirs_minor == 5
    assert Difference.objects.count() == 2


def test_money_under_way_for_too_long_is_a_task(gateway, clock, today):
    hold, attempt = a_paid_hold(gateway)
    give_back(hold)
    clock.advance(hours=25)
    commands.watch_ages(at=clock.now)
    assert open_tasks("refunds_slow").get().detail == "alipay: 1 in CNY"
    assert not open_tasks("money_unproven").exists()

    clock.advance(days=3)
    commands.watch_ages(at=clock.now)
    assert open_tasks("money_unproven").get().detail == "alipay: 1 in CNY"

    payments.send_refund(refund=Refund.objects.get(), at=clock.now)
    gateway.statements[today] = [a_line(attempt)]
    read(clock, today)
    commands.watch_ages(at=clock.now)
    assert not open_tasks("money_unproven").exists()
    assert not open_tasks("refunds_slow").exists()


def test_the_next_days_statement_decides_at_once(gateway, clock, today):
    a_paid_hold(gateway)
    gateway.statements |= {today: [], today + timedelta(days=1): []}
    overnight(clock, today)
    clock.advance(hours=11)
    tasks.read_statements()
    assert not Difference.objects.exists()

    overnight(clock, today, nights=2)
    tasks.read_statements()
    tasks.match_statements()

    assert Difference.objects.get().finding == Finding.MISSING_THERE
