"""The demo's time panel: where one may travel to, and the way back."""

from datetime import timedelta

import httpx
import pytest
from django.contrib.messages.storage.cookie import CookieStorage
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
    assert timetravel._back(wanted, asked()) == back


def test_the_page_links_nowhere_else():
    request = RequestFactory().get("/demo/time/", {"next": "javascript:alert(1)"})

    assert timetravel._back(request.GET["next"], request) == "/"


@pytest.fixture
def simulator(monkeypatch, settings):
    """What the simulator is told."""
    told = []

    def post(url, *, json, timeout):
        told.append(json)
        return httpx.Response(200, request=httpx.Request("POST", url))

    settings.SIMULATOR_URL = "http://simulator.example"
    monkeypatch.setattr(timetravel.httpx, "post", post)
    monkeypatch.setattr(timetravel.sweeps, "relive", lambda *, until: [])
    return told


def test_a_moment_just_over_is_no_mistake(clock, simulator):
    """Two presses of one button: the second finds the clock there already."""
    request = asked(to=(clock.now - timedelta(days=1)).isoformat())
    request._messages = CookieStorage(request)

    answer = timetravel.travel(request)

    assert answer.status_code == 302
    (message,) = request._messages
    assert message.level_tag == "success"


def test_two_presses_do_not_add_up_at_the_simulator(clock, simulator):
    timetravel._take_simulator_along()
    timetravel._take_simulator_along()

    assert simulator == [{"set": clock.now.isoformat()}] * 2
