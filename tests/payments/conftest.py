"""Fixtures of the payment tests; the gateway is a double unless a test says so."""

import pytest

from kernel import events
from payments import events as payments
from tests.doubles.gateway import gateway
from tests.payments.builders import Facts

__all__ = ["gateway"]


@pytest.fixture(autouse=True)
def facts(monkeypatch):
    """Collects what payments announces, in place of the app above."""
    told = Facts()
    kinds = ("ChargesPaid", "ChargesClosed", "StrayPaid", "LateMoneyCame")
    kinds += ("RefundsSettled", "RefundsRejected", "RefundsPaidByHand")
    kinds += ("StatementMatched",)
    listening = {getattr(payments, kind): told.append for kind in kinds}
    monkeypatch.setattr(events, "_reactions", listening)
    return told
