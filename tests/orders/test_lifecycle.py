"""The transition table: every state × every action, and only its cells succeed."""

import pytest

from kernel.lifecycle import CannotMove
from orders.lifecycle import ORDERS
from orders.models import Order
from tests.factories import a_placed_order, fresh

S = Order.Status
ALLOWED = {
    (S.PENDING_PAYMENT, "fund"): S.AWAITING_SHIPMENT,
    (S.PENDING_PAYMENT, "cancel"): S.CANCELLED,
    (S.CANCELLED, "revive"): S.AWAITING_SHIPMENT,
    (S.AWAITING_SHIPMENT, "ship"): S.SHIPPED,
    (S.AWAITING_SHIPMENT, "refund"): S.REFUNDED,
    (S.SHIPPED, "deliver"): S.DELIVERED,
    (S.SHIPPED, "complete"): S.COMPLETED,
    (S.SHIPPED, "refund"): S.REFUNDED,
    (S.DELIVERED, "complete"): S.COMPLETED,
    (S.DELIVERED, "refund"): S.REFUNDED,
}
CELLS = [(status, action) for status in S for action in ORDERS.moves]


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "action"), CELLS)
def test_only_the_cells_of_the_table_succeed(clock, status, action):
    order = a_placed_order()
    Order.objects.filter(pk=order.pk).update(status=status, ship_by=clock.now)

    target = ALLOWED.get((status, action))
    if target is None:
        with pytest.raises(CannotMove):
            ORDERS.move([order.pk], action, at=clock.now)
        assert fresh(order).status == status
        assert not order.history.exists()
    else:
        ORDERS.move([order.pk], action, at=clock.now, by=order.buyer, note="why")
        assert fresh(order).status == target
        row = order.history.get()
        assert (row.from_status, row.to_status) == (status, target)
        assert (row.action, row.by, row.note) == (action, order.buyer, "why")


def test_every_status_is_in_the_table_or_the_beginning():
    reached = {rule.target for rule in ORDERS.moves.values()}

    assert set(S) - reached == {S.PENDING_PAYMENT}


def test_the_ends_have_no_way_out():
    left = {source for rule in ORDERS.moves.values() for source in rule.sources}

    assert set(S) - left == {S.COMPLETED, S.REFUNDED}
