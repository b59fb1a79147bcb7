"""Ending an order before the goods travel: unpaid by its buyer, unshipped by T4."""

from datetime import datetime

from escrow import commands as escrow
from escrow.models import Hold
from kernel.db import command, outside_transaction
from marketplace.accounts.models import User
from orders.commands.refunding import record_refund
from orders.models import Checkout, Order
from payments import commands as payments
from payments.models import Charge


@outside_transaction
def cancel_checkout(
    *, checkout: Checkout, by: User, at: datetime, note: str = "closed by the buyer"
) -> Charge:
    """Close an unpaid checkout: at the gateway first, then here, stock back.

    Returns the charge as it is then: closed, paid after all (the buyer was quicker
    at the gateway), or still open when the gateway gave no clear answer; then it is
    tried again by itself.
    """
    return payments.close_charge(charge=checkout.charge, by=by, note=note, at=at)


@command
def refund_unshipped(*, order_id: int, at: datetime) -> bool:
    """T4: send everything back for an order that was not shipped in time.

    Whether there was something to do: a shipment, or another worker, may have been
    quicker. The order becomes refunded when the gateway has settled the refund.
    """
    # The hold is locked first, as a shipment does: one of the two wins.
    hold = (
        Hold.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(order=order_id, status=Hold.Status.HELD, release_at__isnull=True)
        .first()
    )
    if hold is None or not _is_overdue(order_id, at):
        return False
    escrow.refund_hold(hold=hold, at=at, by=None, note="not shipped in time")
    record_refund(order=Order.objects.get(pk=order_id), at=at)
    return True


def _is_overdue(order_id: int, at: datetime) -> bool:
    return Order.objects.filter(
        pk=order_id, status=Order.Status.AWAITING_SHIPMENT, ship_by__lte=at
    ).exists()
