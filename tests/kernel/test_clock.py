"""The one clock: stopped in tests, moved in the demo, real elsewhere."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from kernel import clock

MOMENT = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def demo(settings):
    settings.TIME_TRAVEL = True
    clock._offset.forget()
    yield
    clock._offset.forget()


def test_a_stopped_clock_stands_still():
    with clock.stopped(MOMENT):
        assert clock.now() == clock.now() == MOMENT


def test_outside_the_demo_the_clock_cannot_be_moved(settings):
    settings.TIME_TRAVEL = False
    with pytest.raises(clock.CannotTravel):
        clock.advance_to(timezone.now() + timedelta(days=1))
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=1)


def test_in_the_demo_the_clock_moves_forward_for_every_process(demo):
    ahead = timezone.now() + timedelta(days=3)

    clock.advance_to(ahead)

    assert timedelta(0) <= clock.now() - ahead < timedelta(seconds=1)
    clock._offset.forget()  # another process reads the shared offset
    assert timedelta(0) <= clock.now() - ahead < timedelta(seconds=1)


def test_the_clock_never_moves_back(demo):
    clock.advance_to(timezone.now() + timedelta(days=3))
    with pytest.raises(clock.CannotTravel):
        clock.advance_to(timezone.now() + timedelta(days=2))
    assert clock.offset() > timedelta(days=2, hours=23)
