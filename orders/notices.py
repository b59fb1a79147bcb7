"""Who is told what when an order moves on: one query, whatever the number of orders."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse
from djmoney.money import Money

from escrow.disputes.models import Dispute
from marketplace.notifications.commands import News, notify
from orders import presentation
from orders.models import Order
from payments.models import Attempt, Charge


def orders_paid(orders: Collection[Order], *, at: datetime) -> None:
    _tell_both(orders, buyer="order_paid", seller="to_ship", at=at)


def orders_revived(orders: Collection[Order], *, at: datetime) -> None:
    _tell_both(orders, buyer="order_revived", seller="to_ship", at=at)


def money_returning(attempt_ids: Collection[int], *, at: datetime) -> None:
    """Their payers read what came, and why it pays nothing."""
    attempts = Attempt.objects.filter(
        pk__in=attempt_ids, charge__checkout__isnull=False
    ).order_by("pk")
    news = [
        News(
            attempt.charge.payer,
            _why_returning(attempt),
            attempt.charge.home_path,
            {"number": attempt.charge.checkout.reference, "amount": attempt.came},
        )
        for attempt in attempts.select_related("charge__payer", "charge__checkout")
    ]
    notify(news=news, at=at)


def _why_returning(attempt: Attempt) -> str:
    status = attempt.charge.status
    if status == Charge.Status.OPEN or attempt.received_minor is not None:
        return "other_amount_came"
    return "paid_twice" if status == Charge.Status.PAID else "paid_too_late"


def orders_cancelled(orders: Collection[Order], *, at: datetime) -> None:
    """The shop hears nothing: to it an unpaid order is not news."""
    notify(news=[_to_buyer(order, "order_cancelled") for order in orders], at=at)


def order_shipped(order: Order, *, at: datetime) -> None:
    notify(news=[_to_buyer(order, "order_shipped")], at=at)


def order_delivered(order: Order, *, at: datetime) -> None:
    notify(news=[_to_buyer(order, "order_delivered")], at=at)


def orders_completed(orders: Collection[Order], *, at: datetime) -> None:
    """A divided order tells each side its part."""
    whole = [order for order in orders if not order.hold.refunded.amount]
    _tell_both(whole, buyer="order_completed", seller="money_released", at=at)
    divided = [order for order in orders if order.hold.refunded.amount]
    parts = {order: _parts(order) for order in divided}
    news = [
        one
        for order, facts in parts.items()
        for one in (
            _to_buyer(order, "order_divided", **facts),
            _to_seller(order, "money_divided", **facts),
        )
    ]
    notify(news=news, at=at)


def _parts(order: Order) -> dict[str, Money]:
    """What goes back to the buyer, and what the shop gets, commission taken."""
    return {"refund": order.hold.refunded, "earned": presentation.earned(order)}


def orders_refunded(orders: Collection[Order], *, at: datetime) -> None:
    _tell_both(orders, buyer="order_refunded", seller="order_refunded_to_buyer", at=at)


def refunds_owed(orders: Collection[Order], *, at: datetime) -> None:
    """The shop hears nothing: its part is over."""
    notify(news=[_to_buyer(order, "refund_owed") for order in orders], at=at)


def refunds_paid_by_hand(orders: Collection[Order], *, at: datetime) -> None:
    notify(news=[_to_buyer(order, "refund_paid_by_hand") for order in orders], at=at)


def dispute_opened(order: Order, dispute: Dispute, *, at: datetime) -> None:
    path = _seller_path(order, dispute)
    notify(news=[_to_seller(order, "dispute_opened", path)], at=at)


def dispute_withdrawn(order: Order, dispute: Dispute, *, at: datetime) -> None:
    path = _seller_path(order, dispute)
    notify(news=[_to_seller(order, "dispute_withdrawn", path)], at=at)


def dispute_decided(order: Order, dispute: Dispute, *, at: datetime) -> None:
    """Both sides, each to their own page of the dispute."""
    path = reverse("orders:dispute_detail", args=[order.number, dispute.reference])
    news = [
        _to_buyer(order, "dispute_decided", path),
        _to_seller(order, "dispute_decided", _seller_path(order, dispute)),
    ]
    notify(news=news, at=at)


def _tell_both(
    orders: Collection[Order], *, buyer: str, seller: str, at: datetime
) -> None:
    news = [
        one
        for order in orders
        for one in (_to_buyer(order, buyer), _to_seller(order, seller))
    ]
    notify(news=news, at=at)


def _to_buyer(order: Order, kind: str, path: str = "", **facts: object) -> News:
    facts |= {"number": order.number}
    return News(order.buyer, kind, path or order.get_absolute_url(), facts)


def _to_seller(order: Order, kind: str, path: str = "", **facts: object) -> News:
    path = path or reverse("selling:order", args=[order.number])
    return News(order.seller.user, kind, path, facts | {"number": order.number})


def _seller_path(order: Order, dispute: Dispute) -> str:
    return reverse("selling:dispute", args=[order.number, dispute.reference])
