"""The demo's time panel: where one may travel to, and the way back."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from config import timetravel


def asked(**given):
    return RequestFactory().post("/demo/time/travel/", given)


def test_a_deadline_has_passed_once_its_second_is_over(clock):
    deadline = clock.now + timedelta(days=10)

    request = asked(to=deadline.isoformat())

    assert timetravel._destination(request) == deadline + timedelta(seconds=1)


@pytest.mark.parametrize(
    "moment",
    [
        "",
        "tomorrow",
        "2026-13-01T00:00:00Z",
        "2026-04-01T00:00:00",
        "9999-12-31T23:59:59.5Z",
    ],
)
def test_no_moment_to_travel_to(clock, moment):
    assert timetravel._destination(asked(to=moment)) is None


@pytest.mark.parametrize(
    ("wanted", "back"),
    [("/orders/", "/orders/"), ("https://elsewhere.example/", "/"), ("", "/")],
)
def test_the_way_back_stays_here(wanted, back):
    assert timetravel._back(asked(next=wanted)) == back
