"""The money's own world: escrow between the gateway's double and nobody above."""

import pytest

from escrow.reactions import REACTIONS
from kernel import events
from payments.gateways import registry
from tests.doubles.gateway import GatewayDouble


@pytest.fixture
def gateway(monkeypatch):
    double = GatewayDouble(currencies=frozenset({"CNY", "JPY", "KWD"}))
    monkeypatch.setattr(registry, "gateway", lambda code: double)
    return double


@pytest.fixture(autouse=True)
def nobody_above(monkeypatch):
    monkeypatch.setattr(events, "_reactions", dict(REACTIONS))
