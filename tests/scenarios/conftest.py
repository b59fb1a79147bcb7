"""Scenarios of the rules, over real HTTP: the simulator is a process of its own."""

from pathlib import Path

import pytest
from django.utils import translation

from tests.simulator.harness import running_simulator


@pytest.fixture(scope="module")
def simulator(tmp_path_factory):
    data = tmp_path_factory.mktemp("simulator") / "data"
    with running_simulator(data, "--retry-scale", "0.002") as running:
        yield running


@pytest.fixture
def shop(live_server, settings, simulator):
    """Our application, reachable by the simulator, with the simulator's keys."""
    app = simulator.app
    settings.ORIGIN = live_server.url
    settings.ALIPAY_GATEWAY_URL = app["gateway_url"]
    settings.ALIPAY_APP_ID = app["app_id"]
    settings.ALIPAY_SELLER_ID = app["seller_id"]
    settings.ALIPAY_APP_PRIVATE_KEY_FILE = Path(app["app_private_key_file"])
    settings.ALIPAY_PUBLIC_KEY_FILE = Path(app["alipay_public_key_file"])
    settings.DESK_SECOND_FACTOR = False
    simulator.control("pause_notifications", {"paused": False})
    with translation.override("en"):
        yield live_server
    # News of this test must not reach the next one's application.
    simulator.control("pause_notifications", {"paused": True})
