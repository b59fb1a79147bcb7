"""Orders are paid at the double of the gateway, on a clock that stands."""

import pytest

from tests.doubles.gateway import gateway

__all__ = ["gateway"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stage(clock, gateway):
    """Every test here: the clock stands at MORNING, the gateway is a double."""
