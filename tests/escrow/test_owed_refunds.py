"""Refunds that the gateway has refused for good, and that the desk then pays."""

import pytest

from escrow import books as proof
from escrow import commands
from escrow.events import HoldRefundsPaidByHand, HoldsRefunded
from escrow.models import Hold
from kernel import clock as kernel_clock
from payments.gateways.port import GatewayRejected
from tests.escrow.builders import (
    a_held_hold,
    books,
    cny,
    dana,
    pay_by_hand,
    settle_refunds,
    status,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
S = Hold.Status


def test_paid_by_hand_it_is_refunded(gateway, told):
    hold = a_held_hold(gateway)
    commands.refund_hold(hold=hold, at=kernel_clock.now(), by=None, note="x")
    gateway.fail("refund", GatewayRejected("TRADE_NOT_ALLOW_REFUND"))
    settle_refunds()
    told.clear()

    pay_by_hand(hold)

    assert books() == {}
    assert proof.problems() == []
    assert status(hold) == S.REFUNDED
    ids, at = frozenset({hold.pk}), kernel_clock.now()
    assert told == [HoldRefundsPaidByHand(ids, at), HoldsRefunded(ids, at)]


def test_the_refused_part_of_a_split_is_paid_by_hand(gateway, told):
    hold = a_held_hold(gateway)
    commands.settle_hold(
        hold=hold, refund=cny("40.00"), by=dana(), at=kernel_clock.now(), note="split"
    )
    gateway.fail("refund", GatewayRejected("TRADE_NOT_ALLOW_REFUND"))
    settle_refunds()
    told.clear()

    pay_by_hand(hold)

    assert status(hold) == S.RELEASED
    assert "unapplied_receipts" not in books()
    assert proof.problems() == []
    assert told == [HoldRefundsPaidByHand(frozenset({hold.pk}), kernel_clock.now())]
