"""For anybody's test suite: a simulator that lives as long as the tests.

# conftest.py
pytest_plugins = ["alipay_simulator.pytest_plugin"]

# a test
def test_a_sale(alipay):
    …                                        # your code, with alipay.app
    alipay.pay("ORDER-1", buyer="mei")
    alipay.fault("news_lost")
    alipay.clock.advance(240)
    assert alipay.trade("ORDER-1")["trade_status"] == "TRADE_SUCCESS"
"""

from collections.abc import Iterator, Sequence

import pytest

from .driver import Simulator


@pytest.fixture(scope="session")
def alipay_options() -> Sequence[str]:
    """Options of ``serve``; override it to add some, such as ``--retry-scale``."""
    return ()


@pytest.fixture(scope="session")
def alipay_simulator(
    alipay_options: Sequence[str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Simulator]:
    """One simulator for all tests (of this worker), on a free port."""
    folder = tmp_path_factory.mktemp("alipay")
    simulator = Simulator.start(folder / "data", *alipay_options)
    yield simulator
    simulator.stop()


@pytest.fixture
def alipay(alipay_simulator: Simulator) -> Simulator:
    """The same one, as if new: no orders, no faults, the machine's time."""
    alipay_simulator.reset()
    return alipay_simulator
