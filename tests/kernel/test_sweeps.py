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
