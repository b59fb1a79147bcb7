"""Escrow between the gateway's double below and nobody above."""

import pytest

from escrow import events as facts_of_escrow
from escrow.disputes.events import DisputesDecided
from escrow.reactions import REACTIONS
from kernel import events
from payments.gateways import registry
from tests.doubles.gateway import ManyCurrencies


@pytest.fixture
def gateway(monkeypatch):
    """Takes currencies with two, no and three digits."""
    double = ManyCurrencies()
    monkeypatch.setattr(registry, "gateway", lambda code: double)
    monkeypatch.setitem(registry.KINDS, double.code, double)
    return double


@pytest.fixture(autouse=True)
def told(monkeypatch):
    """Collects what escrow announces, in place of the app above it."""
    facts = []
    above = dict.fromkeys(
        (
            facts_of_escrow.HoldsFunded,
            facts_of_escrow.HoldsPaidLate,
            facts_of_escrow.HoldsVoided,
            facts_of_escrow.StraysReturning,
            facts_of_escrow.HoldsReleased,
            facts_of_escrow.HoldsRefunded,
            facts_of_escrow.HoldRefundsOwed,
            facts_of_escrow.HoldRefundsPaidByHand,
            DisputesDecided,
        ),
        facts.append,
    )
    monkeypatch.setattr(events, "_reactions", {**REACTIONS, **above})
    return facts
