"""The release clock: started, shortened, paused, resumed, and swept."""

from datetime import timedelta
from threading import Event

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from escrow import books as proof
from escrow import commands, tasks
from escrow.disputes import commands as disputes
from escrow.models import Hold
from kernel import clock as kernel_clock
from kernel import sweeps
from kernel.worklist.models import Task
from tests.escrow.builders import (
    a_charge,
    a_dispute,
    a_disputed_hold,
    a_held_hold,
    a_released_hold,
    a_shipped_hold,
    an_open_hold,
    books,
    cny,
    fresh,
    mei,
    pay,
    status,
)
from tests.escrow.racing import at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
S = Hold.Status


def test_the_clock_starts_once(gateway, clock):
    hold = a_shipped_hold(gateway, days=10)

    assert hold.release_at == clock.now + 10 * DAY
    with pytest.raises(commands.CannotChangeClock):
        commands.start_release_clock(hold=hold, release_at=clock.now + 90 * DAY)
    assert fresh(hold).release_at == clock.now + 10 * DAY


def test_nothing_starts_before_the_money_is_there(clock):
    hold = an_open_hold()

    with pytest.raises(commands.CannotChangeClock):
        commands.start_release_clock(hold=hold, release_at=clock.now + DAY)


@pytest.mark.parametrize(
    ("left", "after_delivery", "expected"),
    [(10, 7, 7), (5, 7, 5), (10, 1, 3), (2, 7, 2), (2, 1, 2)],
)
def test_delivery_shortens_never_lengthens_and_leaves_three_days(
    left, after_delivery, expected, gateway, clock
):
    hold = a_shipped_hold(gateway, days=left)

    hold = commands.shorten_release(
        hold=hold, at=clock.now, after_delivery=after_delivery * DAY
    )

    assert hold.release_at == clock.now + expected * DAY


def test_a_dispute_keeps_what_was_left(gateway, clock):
    hold = a_shipped_hold(gateway, days=10)
    clock.advance(days=4)

    hold = commands.pause_release(hold=hold, at=clock.now)

    assert (hold.release_at, hold.paused_left) == (None, 6 * DAY)
    clock.advance(days=30)
    hold = commands.resume_release(hold=hold, at=clock.now)
    assert (hold.release_at, hold.paused_left) == (clock.now + 6 * DAY, None)


def test_what_resumes_has_seventy_two_hours_at_least(gateway, clock):
    hold = a_shipped_hold(gateway, days=10)
    clock.advance(days=9, hours=23)
    dispute = a_dispute(hold)

    disputes.withdraw_dispute(dispute=dispute, by=mei(), at=clock.now)

    assert fresh(hold).release_at == clock.now + settings.CONFIRM_MIN_AFTER_EVENT


def test_a_parcel_that_arrives_during_a_dispute_shortens_what_is_left(gateway, clock):
    hold = a_shipped_hold(gateway, days=30)
    commands.pause_release(hold=hold, at=clock.now)

    hold = commands.shorten_release(hold=hold, at=clock.now, after_delivery=7 * DAY)

    assert (hold.release_at, hold.paused_left) == (None, 7 * DAY)


@pytest.mark.parametrize("act", ["shorten", "pause", "resume"])
def test_a_clock_that_does_not_run_is_not_changed(act, gateway, clock):
    hold = a_held_hold(gateway)
    acts = {
        "shorten": lambda: commands.shorten_release(
            hold=hold, at=clock.now, after_delivery=DAY
        ),
        "pause": lambda: commands.pause_release(hold=hold, at=clock.now),
        "resume": lambda: commands.resume_release(hold=hold, at=clock.now),
    }

    with pytest.raises(commands.CannotChangeClock):
        acts[act]()


def test_silence_releases_at_the_deadline_and_not_a_second_before(gateway, clock):
    hold = a_shipped_hold(gateway, days=10)
    due = hold.release_at

    clock.set(due - timedelta(seconds=1))
    assert tasks_release() == 0
    assert status(hold) == S.HELD

    clock.set(due)
    assert tasks_release() == 1
    assert status(hold) == S.RELEASED
    assert tasks_release() == 0
    assert books()[f"seller_pending:{hold.seller_id}"] == 9_500


def tasks_release():
    return sweeps.run("release_due_holds", at=kernel_clock.now())


def test_released_money_clears_three_days_later(gateway, clock):
    hold = a_released_hold(gateway)

    clock.advance(days=3, seconds=-1)
    assert sweeps.run("clear_due_holds", at=clock.now) == 0
    clock.advance(seconds=1)
    assert sweeps.run("clear_due_holds", at=clock.now) == 1

    assert books()[f"seller_available:{hold.seller_id}"] == 9_500
    assert fresh(hold).cleared_at == clock.now
    assert sweeps.run("clear_due_holds", at=clock.now) == 0


def test_a_standing_clock_is_not_swept(gateway, clock):
    dispute = a_disputed_hold(gateway)
    clock.advance(days=30)

    assert tasks_release() == 0
    assert status(dispute.hold) == S.HELD


def test_the_next_deadline_is_known(gateway, clock):
    hold = a_shipped_hold(gateway, days=10)
    a_shipped_hold(gateway, days=12)

    chosen = {one.name: one.next_due() for one in sweeps.all_sweeps()}

    assert chosen["release_due_holds"] == hold.release_at
    assert chosen["clear_due_holds"] is None
    assert chosen["roll_up_ledger"] is None


def _many_due(gateway, number):
    charge = a_charge(cny(10 * number))
    holds = [an_open_hold("10.00", "0.50", charge=charge) for _ in range(number)]
    pay(gateway, charge)
    for hold in holds:
        commands.start_release_clock(hold=fresh(hold), release_at=kernel_clock.now())
    return holds


@pytest.mark.parametrize("sweep", ["release_due_holds", "clear_due_holds"])
def test_a_batch_costs_the_same_number_of_queries_whatever_its_size(
    sweep, gateway, clock
):
    counts = []
    for number in (3, 40):
        _many_due(gateway, number)
        if sweep == "clear_due_holds":
            tasks_release()
            clock.advance(days=3)
        with CaptureQueriesContext(connection) as queries:
            assert tasks_of(sweep)(at=clock.now, limit=200)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= 9


def tasks_of(name):
    return next(one.batch for one in sweeps.all_sweeps() if one.name == name)


def test_two_hundred_at_a_time_until_all_are_done(gateway, clock):
    holds = _many_due(gateway, 7)

    assert sweeps.run("release_due_holds", at=clock.now, limit=3) == 7
    assert {status(hold) for hold in holds} == {S.RELEASED}
    assert proof.problems() == []


def test_one_bad_row_does_not_stop_the_others(gateway, clock, monkeypatch, caplog):
    bad, *good = _many_due(gateway, 3)
    release = commands.release_holds

    def fails_for_one(*, hold_ids, **options):
        if bad.pk in hold_ids:
            raise DatabaseError("escrow is short")
        release(hold_ids=hold_ids, **options)

    with monkeypatch.context() as patch:
        patch.setattr(tasks.commands, "release_holds", fails_for_one)
        assert tasks_release() == 3
        assert tasks_release() == 0
    assert status(bad) == S.HELD
    assert {status(hold) for hold in good} == {S.RELEASED}
    assert "could not be handled" in caplog.text
    [task] = Task.objects.all()
    assert (task.kind, task.subject) == ("set_aside", str(bad))
    assert "escrow is short" in task.detail

    clock.advance(hours=1)
    assert tasks_release() == 1
    assert status(bad) == S.RELEASED
    assert not Task.objects.filter(closed_at=None).exists()
    assert proof.problems() == []


def test_bad_rows_cost_the_good_ones_nothing(gateway, clock, monkeypatch):
    """They are tried alone, once; the batches after that are whole again."""
    bad, *good = _many_due(gateway, 9)
    release, sizes = commands.release_holds, []

    def fails_for_one(*, hold_ids, **options):
        sizes.append(len(hold_ids))
        if bad.pk in hold_ids:
            raise ValueError("nonsense")
        release(hold_ids=hold_ids, **options)

    monkeypatch.setattr(tasks.commands, "release_holds", fails_for_one)

    assert sweeps.run("release_due_holds", at=clock.now, limit=3) == 9
    assert {status(hold) for hold in good} == {S.RELEASED}
    assert sizes == [3, 1, 1, 1, 3, 3]


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_a_dispute_and_the_sweep_race_for_the_same_hold(gateway, clock):
    """Exactly one wins; whoever it is, the books and the clock agree."""
    winners = set()
    for _ in range(6):
        hold = a_shipped_hold(gateway, days=0)
        opened, released = at_once(lambda hold=hold: a_dispute(hold), tasks_release)
        if isinstance(opened, Exception):
            assert isinstance(opened, commands.CannotChangeClock)
            assert released == 1
            assert status(hold) == S.RELEASED
            winners.add("sweep")
        else:
            assert released == 0
            assert status(hold) == S.HELD
            assert fresh(hold).paused_left is not None
            winners.add("dispute")
        assert proof.problems() == []
    assert winners


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_releases_at_once_pay_once(gateway, clock):
    hold = a_shipped_hold(gateway)

    def confirm():
        commands.release_holds(
            hold_ids=[hold.pk], by=mei(), at=clock.now, note="confirmed"
        )

    answers = at_once(confirm, confirm, confirm)

    refused = [one for one in answers if isinstance(one, commands.CannotRelease)]
    assert len(refused) == 2
    assert books()[f"seller_pending:{hold.seller_id}"] == 9_500
    assert proof.problems() == []


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_share_the_work(gateway, clock):
    holds = _many_due(gateway, 20)

    answers = at_once(tasks_release, tasks_release)

    assert sum(answers) == 20
    assert {status(hold) for hold in holds} == {S.RELEASED}
    assert proof.problems() == []


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_a_sweep_does_not_wait_for_a_row_that_somebody_holds(gateway, clock):
    busy, *free = _many_due(gateway, 3)
    holding, swept = Event(), Event()

    def hold_on():
        with transaction.atomic():
            Hold.objects.select_for_update(no_key=True).get(pk=busy.pk)
            holding.set()
            return swept.wait(timeout=20)

    def sweep():
        assert holding.wait(timeout=20)
        done = tasks_release()
        swept.set()
        return done

    assert at_once(hold_on, sweep) == [True, 2]
    assert status(busy) == S.HELD
    assert {status(hold) for hold in free} == {S.RELEASED}


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_a_release_and_a_refund_at_once_move_the_money_once(gateway, clock):
    hold = a_shipped_hold(gateway)

    def release():
        commands.release_holds(hold_ids=[hold.pk], by=mei(), at=clock.now, note="ok")

    def refund():
        commands.refund_hold(hold=hold, at=clock.now, by=None, note="x")

    answers = at_once(release, refund)

    assert sum(isinstance(one, Exception) for one in answers) == 1
    assert status(hold) in {S.RELEASED, S.REFUNDING}
    assert proof.problems() == []
