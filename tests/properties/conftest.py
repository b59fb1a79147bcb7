"""The money's own world: escrow between the gateway's double and nobody above."""

from dataclasses import is_dataclass

import pytest

from escrow import events as escrow_events
from escrow.disputes import events as dispute_events
from escrow.reactions import REACTIONS
from kernel import events
from payments.gateways import registry
from tests.doubles.gateway import ManyCurrencies


@pytest.fixture
def gateway(monkeypatch):
    double = ManyCurrencies()
    monkeypatch.setattr(registry, "gateway", lambda code: double)
    monkeypatch.setitem(registry.KINDS, double.code, double)
    return double


@pytest.fixture
def nobody_above(monkeypatch):
    """Escrow's news is heard by nobody: only the money moves."""
    above = dict.fromkeys(facts_of(escrow_events) | facts_of(dispute_events), ignore)
    monkeypatch.setattr(events, "_reactions", {**above, **REACTIONS})


def ignore(fact):
    pass


def facts_of(module):
    """Every kind of fact that ``module`` names."""
    return {kind for kind in vars(module).values() if is_dataclass(kind)}
