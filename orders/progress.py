"""Where an order stands, as its page tells it: the situation and the escrow line.

Pure: rows in, facts out; the words are the templates'.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from escrow.models import Hold
from orders.models import Order
from payments.models import Charge

Status = Order.Status


class Situation(StrEnum):
    """What is true of the order now; each has its own sentence and acts."""

    UNPAID = "unpaid"
    CLOSING = "closing"  # the deadline has passed, the gateway is being asked
    LATE = "late"  # closed, and then money came: it goes back
    RETURNED = "returned"  # closed, and the money that came late is back
    CANCELLED = "cancelled"
    TO_SHIP = "to_ship"
    OVERDUE = "overdue"  # not shipped in time; the sweep has not come by yet
    REFUNDING = "refunding"
    OWED = "owed"  # the gateway has refused the refund: to be paid by hand
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    DISPUTED = "disputed"
    COMPLETED = "completed"
    SPLIT = "split"
    REFUNDED = "refunded"


# The colour of each situation: one of the five states of the design system.
STATES = {
    Situation.UNPAID: "held",
    Situation.CLOSING: "moving",
    Situation.LATE: "moving",
    Situation.RETURNED: "closed",
    Situation.CANCELLED: "closed",
    Situation.TO_SHIP: "held",
    Situation.OVERDUE: "moving",
    Situation.REFUNDING: "moving",
    Situation.OWED: "moving",
    Situation.SHIPPED: "moving",
    Situation.DELIVERED: "held",
    Situation.DISPUTED: "dispute",
    Situation.COMPLETED: "done",
    Situation.SPLIT: "done",
    Situation.REFUNDED: "closed",
}


# The order was not paid in time, whatever came afterwards.
NEVER_PAID = {Situation.CANCELLED, Situation.LATE, Situation.RETURNED}
# It was paid, and all of it goes back.
WAY_BACK = {
    Situation.OVERDUE,
    Situation.REFUNDING,
    Situation.OWED,
    Situation.REFUNDED,
}


@dataclass(frozen=True)
class Step:
    """One step of the escrow line; ``status``: done, current, todo or skipped."""

    label: str | Promise
    at: datetime | None
    status: str


def situation_of(order: Order, *, at: datetime) -> Situation:
    """Needs ``hold``, ``checkout.charge``, and the queries' ``open_dispute``."""
    match order.status:
        case Status.PENDING_PAYMENT:
            charge = order.checkout.charge
            payable = (
                charge.status == Charge.Status.OPEN
                and charge.closing_since is None
                and charge.expires_at > at
            )
            return Situation.UNPAID if payable else Situation.CLOSING
        case Status.CANCELLED:
            if getattr(order, "late_money", None) is None:
                return Situation.CANCELLED
            back = getattr(order, "late_money_back", None)
            return Situation.RETURNED if back else Situation.LATE
        case Status.COMPLETED:
            partly = order.hold.refunded.amount > 0
            return Situation.SPLIT if partly else Situation.COMPLETED
        case Status.REFUNDED:
            return Situation.REFUNDED
    if order.hold.status == Hold.Status.REFUNDING:
        refused = getattr(order, "refund_refused", False)
        return Situation.OWED if refused else Situation.REFUNDING
    if getattr(order, "open_dispute", None):
        return Situation.DISPUTED
    if order.status == Status.AWAITING_SHIPMENT:
        assert order.ship_by is not None, "what waits has a deadline"
        return Situation.OVERDUE if order.ship_by <= at else Situation.TO_SHIP
    return Situation(order.status)


def deadline_of(order: Order, situation: Situation) -> datetime | None:
    """When something happens by itself, if nobody acts before."""
    match situation:
        case Situation.UNPAID:
            return order.checkout.charge.expires_at
        case Situation.TO_SHIP:
            return order.ship_by
        case Situation.SHIPPED | Situation.DELIVERED:
            return order.hold.release_at
        case Situation.COMPLETED | Situation.SPLIT if not order.hold.cleared_at:
            return order.hold.clear_at
    return None


def steps_of(order: Order, situation: Situation) -> list[Step]:
    """The escrow line: Paid, Held, Shipped, Delivered, Released, or where it ended."""
    if situation in NEVER_PAID:
        return [
            Step(_("Ordered"), order.placed_at, "done"),
            Step(_("Paid"), None, "skipped"),
            Step(_("Closed"), order.ended_at, "current"),
        ]
    if situation in WAY_BACK:
        return _way_back(order, situation)
    return _way_forward(order, situation)


def _way_forward(order: Order, situation: Situation) -> list[Step]:
    over = situation in {Situation.COMPLETED, Situation.SPLIT}
    released = Step(
        pgettext_lazy("money", "Released"),
        order.ended_at,
        "current" if over else "todo",
    )
    if situation is Situation.DISPUTED:
        return [*_past(order), Step(_("Dispute"), None, "current"), released]
    paid = _("Paid") if order.paid_at else pgettext_lazy("awaited", "Payment")
    names = (paid, _("Held"), _("Shipped"), _("Delivered"))
    dates = (order.paid_at, order.paid_at, order.shipped_at, order.delivered_at)
    current = {
        Situation.UNPAID: 0,
        Situation.CLOSING: 0,
        Situation.TO_SHIP: 1,
        Situation.SHIPPED: 2,
        Situation.DELIVERED: 3,
    }.get(situation, 4)
    return [
        *(
            Step(name, date, _status(index, current, date))
            for index, (name, date) in enumerate(zip(names, dates, strict=True))
        ),
        released,
    ]


def _status(index: int, current: int, date: datetime | None) -> str:
    if index == current:
        return "current"
    if index > current:
        return "todo"
    return "done" if date else "skipped"


def _way_back(order: Order, situation: Situation) -> list[Step]:
    ended = situation is Situation.REFUNDED
    label = _("Refunded") if ended else _("Refunding")
    return [*_past(order), Step(label, order.ended_at, "current")]


def _past(order: Order) -> list[Step]:
    """The steps that were taken, without those that were not."""
    taken = (
        (_("Paid"), order.paid_at),
        (_("Held"), order.paid_at),
        (_("Shipped"), order.shipped_at),
        (_("Delivered"), order.delivered_at),
    )
    return [Step(name, date, "done") for name, date in taken if date]
