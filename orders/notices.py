"""Who is told what when an order moves on."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse

from escrow.disputes.models import Dispute
from marketplace.accounts.models import User
from marketplace.notifications.commands import notify
from orders.models import Order


def _tell_buyer(order: Order, kind: str, at: datetime) -> None:
    _tell(order.buyer, kind, order.get_absolute_url(), order, at)


def _tell_seller(order: Order, kind: str, at: datetime) -> None:
    path = reverse("selling:order", args=[order.number])
    _tell(order.seller.user, kind, path, order, at)


def _tell(user: User, kind: str, path: str, order: Order, at: datetime) -> None:
    notify(user=user, kind=kind, path=path, at=at, number=order.number)


def orders_paid(orders: Collection[Order], *, at: datetime) -> None:
    for order in orders:
        _tell_buyer(order, "order_paid", at)
        _tell_seller(order, "to_ship", at)


def orders_cancelled(orders: Collection[Order], *, at: datetime) -> None:
    """The shop hears nothing: to it an unpaid order is not news."""
    for order in orders:
        _tell_buyer(order, "order_cancelled", at)


def order_shipped(order: Order, *, at: datetime) -> None:
    _tell_buyer(order, "order_shipped", at)


def order_delivered(order: Order, *, at: datetime) -> None:
    _tell_buyer(order, "order_delivered", at)


def orders_completed(orders: Collection[Order], *, at: datetime) -> None:
    for order in orders:
        _tell_buyer(order, "order_completed", at)
        _tell_seller(order, "money_released", at)


def orders_refunded(orders: Collection[Order], *, at: datetime) -> None:
    for order in orders:
        _tell_buyer(order, "order_refunded", at)
        _tell_seller(order, "order_refunded_to_buyer", at)


def dispute_opened(order: Order, dispute: Dispute, *, at: datetime) -> None:
    _tell(order.seller.user, "dispute_opened", seller_path(order, dispute), order, at)


def dispute_withdrawn(order: Order, dispute: Dispute, *, at: datetime) -> None:
    path = seller_path(order, dispute)
    _tell(order.seller.user, "dispute_withdrawn", path, order, at)


def dispute_decided(order: Order, dispute: Dispute, *, at: datetime) -> None:
    path = reverse("orders:dispute_detail", args=[order.number, dispute.reference])
    _tell(order.buyer, "dispute_decided", path, order, at)
    path = seller_path(order, dispute)
    _tell(order.seller.user, "dispute_decided", path, order, at)


def seller_path(order: Order, dispute: Dispute) -> str:
    """Where the shop reads about a dispute."""
    return reverse("selling:dispute", args=[order.number, dispute.reference])
