"""Sending and arriving: the seller hands over, the parcel comes."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from escrow import commands as escrow
from kernel.db import command
from kernel.errors import Refusal
from marketplace.accounts.models import User
from marketplace.models import Product
from orders import notices
from orders.carriers import CARRIERS, normalized
from orders.lifecycle import ORDERS
from orders.models import Order, Parcel

Status = Order.Status


class BadTracking(Refusal):
    """The number cannot be one of this carrier's."""

    code = "bad_tracking"


class TrackingTaken(Refusal):
    """Another buyer's open order travels under this number already."""

    code = "tracking_taken"


class TooLateToShip(Refusal):
    """The time to ship is over (T4): the buyer gets everything back."""

    code = "too_late_to_ship"


class OwnParcel(Refusal):
    """A seller says of their own parcel that it has arrived."""

    code = "own_parcel"


@command
def ship_order(
    *, order: Order, carrier: str, tracking_number: str, by: User, at: datetime
) -> Parcel:
    """The parcel is with the carrier: starts the clock that releases the money (T6).

    Pressing twice ships once: the same parcel is found again.

    :raises BadTracking, TrackingTaken: when the number cannot be true.
    :raises TooLateToShip: from ``ship_by`` on, whether or not the sweep came by.
    :raises kernel.lifecycle.CannotMove, escrow.commands.CannotChangeClock: when the
        order does not wait to be shipped (any more).
    """
    number = normalized(tracking_number)
    _require_believable(order, carrier=carrier, number=number)
    escrow.lock_hold(hold_id=order.hold_id)
    sent = Parcel.objects.filter(order=order).first()
    if sent is not None and (sent.carrier, sent.tracking_number) == (carrier, number):
        return sent
    _require_in_time(order, at)
    escrow.start_release_clock(hold=order.hold, release_at=at + confirm_window(order))
    parcel = Parcel(order=order, carrier=carrier, tracking_number=number, shipped_at=at)
    ORDERS.move(
        [order.pk], "ship", at=at, by=by, note=f"{carrier} {number}", shipped_at=at
    )
    parcel.save(force_insert=True)
    notices.order_shipped(order, at=at)
    return parcel


def _require_in_time(order: Order, at: datetime) -> None:
    if order.ship_by is not None and order.ship_by <= at:
        raise TooLateToShip(
            gettext_lazy(
                "The time to send this order is over: the buyer gets the money back. "
                "Do not send it any more."
            )
        )


def confirm_window(order: Order) -> timedelta:
    """How long after shipping silence means "received" (T6 by delivery class)."""
    if order.delivery == Product.Delivery.EXPRESS:
        return settings.CONFIRM_EXPRESS
    window = timedelta(days=order.promised_days) + settings.CONFIRM_CROSS_BORDER_MARGIN
    return min(window, settings.CONFIRM_CROSS_BORDER_CAP)


def _require_believable(order: Order, *, carrier: str, number: str) -> None:
    known = CARRIERS.get(carrier)
    if known is None:
        raise BadTracking(gettext_lazy("Choose a carrier from the list."))
    if not known.accepts(number):
        raise BadTracking(
            _("A tracking number of %(carrier)s looks like %(example)s.")
            % {"carrier": known.name, "example": known.example}
        )
    elsewhere = (
        Parcel.objects.filter(carrier=carrier, tracking_number=number)
        .filter(order__status__in=[Status.SHIPPED, Status.DELIVERED])
        .exclude(order__buyer=order.buyer_id)
    )
    if elsewhere.exists():
        raise TrackingTaken(
            gettext_lazy("This tracking number belongs to another order already.")
        )


@command
def record_delivery(
    *, order: Order, by: User | None, at: datetime, note: str = ""
) -> None:
    """The carrier (or the desk, for it) says the parcel has arrived: shortens T6.

    :raises OwnParcel: when ``by`` is the seller: their word does not count as delivery.
    :raises kernel.lifecycle.CannotMove: unless the order is on its way.
    """
    if by is not None and by.pk == order.seller.user_id:
        raise OwnParcel(
            _("This is an order of your own shop: somebody else has to record it.")
        )
    escrow.shorten_release(
        hold=order.hold,
        at=at,
        after_delivery=settings.CONFIRM_AFTER_DELIVERED[order.delivery],
    )
    ORDERS.move([order.pk], "deliver", at=at, by=by, note=note, delivered_at=at)
    notices.order_delivered(order, at=at)
