"""Sweeps: what is due, in deadline order, and never in circles."""

from datetime import UTC, datetime, timedelta

import pytest

from kernel import sweeps

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


class Waiting:
    """Rows that wait, and a diary of what was handled when."""

    def __init__(self, diary, name, *dues, stuck=False):
        self.diary, self.name, self.dues, self.stuck = diary, name, list(dues), stuck

    def next_due(self):
        return min(self.dues, default=None)

    def batch(self, *, at, limit):
        due = sorted(due for due in self.dues if due <= at)[:limit]
        if self.stuck:
            return 0
        for moment in due:
            self.dues.remove(moment)
            self.diary.append((self.name, moment))
        return len(due)

    def as_sweep(self):
        return sweeps.Sweep(
            self.name, self.name, self.batch, self.next_due, timedelta(seconds=30)
        )


@pytest.fixture
def diary(monkeypatch):
    monkeypatch.setattr(sweeps, "_sweeps", {})
    return []


def register(*waiting):
    for one in waiting:
        sweeps._sweeps[one.name] = one.as_sweep()


def hours(number):
    return NOON + timedelta(hours=number)


def test_the_earliest_deadline_comes_first(diary):
    register(Waiting(diary, "late", hours(3)), Waiting(diary, "early", hours(1)))

    sweeps.run_due(until=hours(4))

    assert diary == [("early", hours(1)), ("late", hours(3))]


def test_what_is_not_due_waits(diary):
    register(Waiting(diary, "late", hours(3)))

    assert sweeps.run_due(until=hours(2)) == []
    assert diary == []


def test_a_stuck_sweep_does_not_stop_the_others(diary):
    register(
        Waiting(diary, "stuck", hours(1), stuck=True), Waiting(diary, "fine", hours(2))
    )

    assert sweeps.run_due(until=hours(3)) == [("fine", 1)]


def test_one_run_works_through_more_than_a_batch(diary):
    many = Waiting(diary, "many", *(hours(n) for n in range(7)))
    register(many)

    assert sweeps.run("many", at=hours(9), limit=3) == 7
    assert many.dues == []


class Chained(Waiting):
    """Rows whose act starts another wait: three hours after the moment it is dated."""

    def __init__(self, diary, name, *dues, then):
        super().__init__(diary, name, *dues)
        self.then = then

    def batch(self, *, at, limit):
        handled = super().batch(at=at, limit=limit)
        self.then.dues += [at + timedelta(hours=3)] * handled
        return handled


def test_reliving_keeps_every_promise_at_its_own_moment(diary):
    cleared = Waiting(diary, "cleared")
    released = Chained(diary, "released", hours(1), hours(9), then=cleared)
    closed = Waiting(diary, "closed", hours(5))
    register(released, cleared, closed)

    sweeps.relive(until=hours(20))

    grain = sweeps.GRAIN
    assert diary == [
        ("released", hours(1)),
        ("cleared", hours(4) + grain),
        ("closed", hours(5)),
        ("released", hours(9)),
        ("cleared", hours(12) + grain),
    ]


def test_reliving_ends_where_it_is_told(diary):
    register(Waiting(diary, "late", hours(3), hours(8)))

    assert sweeps.relive(until=hours(4)) == [("late", 1)]


def test_a_stuck_sweep_does_not_hold_up_time(diary):
    stuck = Waiting(diary, "stuck", hours(1), stuck=True)
    register(stuck, Waiting(diary, "fine", hours(2), hours(6)))

    assert sweeps.relive(until=hours(9)) == [("fine", 1), ("fine", 1)]


def test_housekeeping_runs_once_at_the_end(diary):
    asks = Waiting(diary, "asks", *(hours(n) for n in range(1, 6)))
    register(Waiting(diary, "kept", hours(4)))
    sweeps._sweeps["asks"] = sweeps.Sweep(
        "asks", "asks", asks.batch, asks.next_due, timedelta(seconds=5), False
    )

    sweeps.relive(until=hours(9))

    assert [name for name, _ in diary] == ["kept"] + ["asks"] * 5


def test_a_sweep_that_waits_for_the_network_rings_once_at_a_time(diary):
    one = sweeps.Sweep("asks", "", None, None, timedelta(seconds=5), waits=True)
    other = sweeps.Sweep("keeps", "", None, None, timedelta(seconds=5))

    with sweeps._turn(one) as first, sweeps._turn(one) as second:
        assert (first, second) == (True, False)
    with sweeps._turn(one) as third:
        assert third
    with sweeps._turn(other) as first, sweeps._turn(other) as second:
        assert (first, second) == (True, True)
