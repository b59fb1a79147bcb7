"""Reading statements: once, whole, again when corrected, and caught up with."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from escrow import books
from escrow.ledger.models import Transfer
from payments.gateways.port import StatementUnreadable
from payments.reconciliation import commands, days, tasks
from payments.reconciliation.models import Day, Difference, Finding, Line, Statement
from tests.escrow.builders import a_line
from tests.escrow.racing import at_once
from tests.escrow.statements import (
    a_paid_hold,
    open_tasks,
    overnight,
    read,
    today,
)

__all__ = ["today"]

pytestmark = pytest.mark.django_db


def test_reading_again_changes_nothing(gateway, clock, today):
    _hold, attempt = a_paid_hold(gateway)
    gateway.statements[today] = [a_line(attempt)]
    overnight(clock, today)

    read(clock, today)
    read(clock, today)

    assert Statement.objects.count() == Line.objects.count() == 1
    assert Transfer.objects.filter(key__startswith="fee:").count() == 1
    assert books.problems() == []


def test_a_corrected_statement_is_a_new_version(gateway, clock, today):
    _hold, attempt = a_paid_hold(gateway)
    gateway.statements[today] = [a_line(attempt, amount_minor=9_999, fee_minor=50)]
    overnight(clock, today)
    assert [one.finding for one in read(clock, today).differences] == [Finding.AMOUNT]
    assert open_tasks().count() == 1

    gateway.statements[today] = [a_line(attempt)]
    assert read(clock, today).is_clean

    assert [one.version for one in Statement.objects.all()] == [1, 2]
    difference = Difference.objects.get()
    assert (difference.resolution, difference.closed_by) == ("gone", None)
    assert not open_tasks().exists()
    # 0.50 at first, then the rest of 0.60.
    fees = Transfer.objects.filter(key__startswith="fee:").order_by("pk")
    assert [fee.amount_minor for fee in fees] == [50, 10]
    assert books.problems() == []


def test_a_line_taken_back_gives_its_fee_back(gateway, clock, today):
    _hold, attempt = a_paid_hold(gateway)
    gateway.statements[today] = [a_line(attempt)]
    overnight(clock, today)
    read(clock, today)

    gateway.statements[today] = []
    read(clock, today)

    [there, back] = Transfer.objects.filter(key__startswith="fee:").order_by("pk")
    assert (back.debit_id, back.credit_id) == (there.credit_id, there.debit_id)
    assert books.problems() == []


def test_not_ready_is_asked_again_and_unreadable_is_a_task(gateway, clock, today):
    _hold, attempt = a_paid_hold(gateway)
    overnight(clock, today)
    tasks.read_statements()
    day = Day.objects.get()
    assert (day.statement, day.tries) == (None, 1)
    assert day.fetch_at == clock.now + timedelta(minutes=5)
    assert not open_tasks("statement_unread").exists()

    gateway.fail("statement", StatementUnreadable("unreadable", "cut off"))
    clock.advance(minutes=5)
    tasks.read_statements()
    assert open_tasks("statement_unread").get().detail == "unreadable: cut off"
    assert not Line.objects.exists()

    gateway.statements[today] = [a_line(attempt)]
    clock.advance(minutes=30)
    tasks.read_statements()

    assert Day.objects.get().matched == 1
    assert not open_tasks("statement_unread").exists()


def test_days_missed_are_caught_up_oldest_first(gateway, clock, today):
    _hold, attempt = a_paid_hold(gateway)
    wanted = [today + timedelta(days=n) for n in range(5)]
    gateway.statements |= {day: [] for day in wanted}
    gateway.statements[today] = [a_line(attempt)]
    overnight(clock, today, nights=5)

    for _bell in range(2):
        tasks.read_statements()

    asked = [day for name, day in gateway.calls if name == "statement"]
    assert asked == [day.isoformat() for day in wanted]
    assert Day.objects.filter(statement__isnull=False).count() == 5


def test_a_crash_while_writing_leaves_nothing(gateway, clock, today, monkeypatch):
    _hold, attempt = a_paid_hold(gateway)
    gateway.statements[today] = [a_line(attempt)]
    overnight(clock, today)

    def killed(*_args, **_kwargs):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("payments.reconciliation.commands.matching._count", killed)
        with pytest.raises(SystemExit):
            read(clock, today)
    assert not Statement.objects.exists()
    assert not Line.objects.exists()
    assert not Transfer.objects.filter(key__startswith="fee:").exists()

    assert read(clock, today).is_clean
    assert books.problems() == []


def test_the_command_says_and_exits(gateway, clock, today, capsys):
    _hold, attempt = a_paid_hold(gateway)
    gateway.statements[today] = [a_line(attempt)]
    overnight(clock, today)
    call_command("reconcile", today.isoformat())
    assert "1 matched" in capsys.readouterr().out

    gateway.statements[today] = [a_line(attempt, amount_minor=1)]
    with pytest.raises(SystemExit) as ended:
        call_command("reconcile")
    assert ended.value.code == 1
    assert "amount_differs: payment" in capsys.readouterr().out
    for unknown in ("2020-01-01", "2999-01-01", "yesterday"):
        with pytest.raises(CommandError):
            call_command("reconcile", unknown)


def test_the_number_of_queries_does_not_grow(
    gateway, clock, today, django_assert_max_num_queries
):
    def day_of(many):
        paid = [a_paid_hold(gateway)[1] for _ in range(many)]
        return [a_line(one) for one in paid] + [
            a_line(one, number=f"X{one.number}") for one in paid
        ]

    gateway.statements[today] = day_of(1)
    overnight(clock, today)
    with django_assert_max_num_queries(60) as few:
        commands.reconcile(day=today, at=clock.now)
    clock.set(days.begin(today) + timedelta(hours=12))
    gateway.statements[today] += day_of(12)
    overnight(clock, today)
    with django_assert_max_num_queries(len(few) + 1):
        commands.reconcile(day=today, at=clock.now)


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_who_read_the_same_day_keep_it_once(gateway, clock, today):
    _hold, attempt = a_paid_hold(gateway)
    gateway.statements[today] = [a_line(attempt)]
    overnight(clock, today)
    day = Day.objects.create(gateway="alipay", day=today)

    def reading():
        return commands.read_day(day=day, at=clock.now)

    assert at_once(reading, reading) == [True, True]

    assert Statement.objects.count() == Line.objects.count() == 1
    assert Transfer.objects.filter(key__startswith="fee:").count() == 1
    assert books.problems() == []
