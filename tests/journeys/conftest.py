"""Stories are played at the double of the gateway, on a clock that stands."""

import pytest
from django.utils import translation

from tests.doubles.gateway import gateway
from tests.factories import a_buyer, a_product, a_seller
from tests.journeys.people import Person

__all__ = ["gateway"]


@pytest.fixture(autouse=True)
def _stage(clock, gateway):
    """Every story: the clock stands at MORNING, English is spoken."""
    with translation.override("en"):
        yield


@pytest.fixture
def mei():
    return Person(a_buyer("Mei"))


@pytest.fixture
def bo():
    return Person(a_seller("Bo").user)


@pytest.fixture
def teapot(bo):
    return a_product(price="120.00", seller=bo.user.seller, title="A celadon teapot")
