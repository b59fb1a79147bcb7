"""Celery doors: this app's sweeps."""

import logging
from datetime import datetime

from django.db import DatabaseError
from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from escrow.models import Hold
from kernel.errors import Refusal
from kernel.sweeps import sweep
from orders import commands
from orders.models import Order

logger = logging.getLogger(__name__)


def _waiting() -> QuerySet[Order]:
    """Orders that the shop still has to ship, and that are not on their way back."""
    return Order.objects.filter(
        status=Order.Status.AWAITING_SHIPMENT, hold__status=Hold.Status.HELD
    )


def next_ship_by() -> datetime | None:
    due: datetime | None = _waiting().aggregate(due=Min("ship_by"))["due"]
    return due


@sweep(next_due=next_ship_by, label=_("Refund orders that were not shipped in time"))
def refund_unshipped_orders(*, at: datetime, limit: int) -> int:
    """T4: each overdue order in its own transaction, so that one cannot stop all."""
    overdue = _waiting().filter(ship_by__lte=at).order_by("ship_by", "pk")
    refunded = 0
    for order_id in list(overdue.values_list("pk", flat=True)[:limit]):
        try:
            refunded += commands.refund_unshipped(order_id=order_id, at=at)
        except (Refusal, DatabaseError, AssertionError):
            logger.exception("order %s could not be refunded", order_id)
    return refunded
