"""One simulator, and each kit once."""

from collections.abc import Iterator

import pytest

from tests.sdk.kits import KITS, Kit, is_possible, running_kit
from tests.simulator.conftest import (  # noqa: F401 - the same world
    fault,
    mailbox,
    number,
    order,
    quiet_settings,
    simulator,
)
from tests.simulator.harness import Simulator


@pytest.fixture(scope="session", params=KITS)
def kit(request: pytest.FixtureRequest, simulator: Simulator) -> Iterator[Kit]:  # noqa: F811
    if not is_possible(request.param):
        pytest.skip("Node is not installed: its SDK was not run")
    with running_kit(request.param, simulator.app) as running:
        yield running
