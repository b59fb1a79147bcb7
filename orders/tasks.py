"""Celery doors: this app's sweeps."""

from datetime import datetime

from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from escrow.models import Hold
from kernel.batches import each
from kernel.sweeps import sweep
from kernel.worklist.queries import not_set_aside
from orders import commands
from orders.models import Order

SWEEP = "refund_unshipped_orders"


def _waiting() -> QuerySet[Order]:
    """Orders that the shop still has to ship, and that are not on their way back."""
    return Order.objects.filter(
        status=Order.Status.AWAITING_SHIPMENT, hold__status=Hold.Status.HELD
    )


def next_ship_by() -> datetime | None:
    waiting = not_set_aside(_waiting(), SWEEP)
    due: datetime | None = waiting.aggregate(due=Min("ship_by"))["due"]
    return due


@sweep(next_due=next_ship_by, label=_("Refund orders that were not shipped in time"))
def refund_unshipped_orders(*, at: datetime, limit: int) -> int:
    """T4: each overdue order in its own transaction, so that one cannot stop all."""

    def refund(order_id: int) -> bool:
        return commands.refund_unshipped(order_id=order_id, at=at)

    overdue = _waiting().filter(ship_by__lte=at).order_by("ship_by", "pk")
    return each(SWEEP, overdue, refund, at=at, limit=limit)
