"""When an attempt is asked about, and how pauses grow."""

from datetime import timedelta

import pytest

from kernel import batches
from payments import commands, schedule, tasks
from payments.models import Attempt, Charge
from tests.conftest import MORNING
from tests.payments.builders import an_attempt

END = MORNING + timedelta(minutes=15)


def moments(*, live, ends=END):
    """Every moment of the schedule, as seconds from the start."""
    at, found = MORNING, []
    while True:
        moment = schedule.next_query(
            started_at=MORNING, expires_at=ends, at=at, live=live
        )
        if moment is None:
            return found
        found.append((moment - MORNING).total_seconds())
        at = moment


LATE = [15 * 60 + s for s in (0, 5 * 60, 30 * 60, 6 * 3600, 24 * 3600)]


def test_a_live_attempt_is_asked_about_by_the_rules():
    every_two_minutes = [60 + 120 * n for n in range(1, 7)]

    assert moments(live=True) == [5, 15, 30, 60, *every_two_minutes, *LATE]


def test_an_ended_attempt_is_asked_about_late_only():
    assert moments(live=False) == LATE


def test_a_short_attempt_skips_what_would_come_after_its_end():
    found = moments(live=True, ends=MORNING + timedelta(seconds=20))

    assert found[:4] == [5, 15, 20, 320]


def test_missed_moments_are_not_caught_up():
    moment = schedule.next_query(
        started_at=MORNING,
        expires_at=END,
        at=MORNING + timedelta(minutes=4),
        live=True,
    )

    assert moment == MORNING + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("tries", "seconds"), [(0, 15), (1, 15), (2, 30), (5, 240), (50, 3600)]
)
def test_pauses_double_up_to_an_hour(tries, seconds):
    assert schedule.pause_after(tries) == timedelta(seconds=seconds)


@pytest.mark.django_db
class TestSweep:
    def test_it_follows_the_schedule_to_its_end(self, gateway, clock):
        attempt, asked = an_attempt(), []
        for second in range(5, 1000, 5):
            clock.set(MORNING + timedelta(seconds=second))
            tasks.expire_attempts()
            if tasks.query_live_attempts():
                asked.append(second)
        clock.advance(days=3)
        tasks.query_live_attempts()

        attempt.refresh_from_db()
        assert asked == [5, 15, 30, 60, *(60 + 120 * n for n in range(1, 7)), 900]
        assert attempt.query_at is None
        assert attempt.status == Attempt.Status.EXPIRED

    def test_a_schedule_does_not_end_on_silence(self, gateway, clock):
        attempt = an_attempt()
        gateway.break_down("query")
        clock.advance(days=3)

        tasks.query_live_attempts()

        attempt.refresh_from_db()
        assert attempt.query_at == clock.now + schedule.AFTER_UNKNOWN
        assert "no answer" in attempt.last_answer

    def test_a_lost_notification_is_made_good(self, gateway, clock):
        attempt = an_attempt()
        gateway.pay(attempt.number, at=clock.now)
        clock.advance(seconds=5)

        tasks.query_live_attempts()

        assert Charge.objects.get().status == Charge.Status.PAID

    def test_late_money_is_seen_after_the_close(self, gateway, clock):
        attempt = an_attempt()
        commands.close_charge(charge=attempt.charge, by=None, note="", at=clock.now)
        gateway.pay(attempt.number, at=clock.now)
        clock.set(attempt.expires_at + timedelta(hours=24))

        tasks.query_live_attempts()

        attempt.refresh_from_db()
        assert (attempt.status, attempt.is_stray) == (Attempt.Status.PAID, True)
        assert attempt.query_at is None

    def test_a_claimed_row_is_leased(self, gateway, clock, monkeypatch):
        attempt = an_attempt()
        clock.advance(seconds=5)

        def killed(**_):
            raise SystemExit

        with monkeypatch.context() as patched:
            patched.setattr(commands, "watch_attempt", killed)
            with pytest.raises(SystemExit):
                tasks.query_live_attempts()

        attempt.refresh_from_db()
        assert attempt.query_at == clock.now + batches.LEASE
        assert tasks.query_live_attempts() == 0
        clock.advance(minutes=5)
        assert tasks.query_live_attempts() == 1
