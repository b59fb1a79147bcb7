"""Everything that happens here because something happened below.

Each reaction handles a whole batch, notices included, by a constant number of queries.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from escrow import commands as escrow
from escrow.disputes.events import DisputesDecided
from escrow.disputes.models import Dispute
from escrow.events import (
    HoldRefundsOwed,
    HoldRefundsPaidByHand,
    HoldsFunded,
    HoldsPaidLate,
    HoldsRefunded,
    HoldsReleased,
    HoldsVoided,
    StraysReturning,
)
from marketplace import stock
from marketplace.accounts.models import User
from marketplace.coupons import commands as coupons
from orders import notices
from orders.commands.refunding import record_refund
from orders.lifecycle import ORDERS
from orders.models import Checkout, Order, OrderLine

Status = Order.Status


def on_holds_funded(fact: HoldsFunded) -> None:
    """Paid: the pieces leave the shelf, and the shop has until ``ship_by``."""
    orders = _orders_of(fact.hold_ids)
    stock.deduct_stock(wanted=_pieces(orders))
    if references := _with_coupons(orders):
        coupons.use(checkout_references=references, at=fact.at)
    ORDERS.move(
        [order.pk for order in orders],
        "fund",
        at=fact.at,
        paid_at=fact.at,
        ship_by=fact.at + settings.HANDLING_TIME,
    )
    notices.orders_paid(orders, at=fact.at)


def on_holds_paid_late(fact: HoldsPaidLate) -> None:
    """Paid just after the order had closed: it lives again if all its pieces, and its
    coupons, are still there. If not, nothing of it has happened, and the money goes
    back."""
    orders = _orders_of(fact.hold_ids)
    try:
        with transaction.atomic():
            _revive(orders, fact)
    except (stock.SoldOut, coupons.CouponGone):
        escrow.refund_stray_payments(attempt_ids=[fact.attempt_id], at=fact.at)


def _revive(orders: Collection[Order], fact: HoldsPaidLate) -> None:
    escrow.revive_holds(hold_ids=fact.hold_ids, attempt_id=fact.attempt_id, at=fact.at)
    stock.take_stock(wanted=_pieces(orders))
    for reference in _with_coupons(orders):
        coupons.take_again(checkout_reference=reference, at=fact.at)
    ORDERS.move(
        [order.pk for order in orders],
        "revive",
        at=fact.at,
        note="paid late, and everything is still there",
        paid_at=fact.at,
        ship_by=fact.at + settings.HANDLING_TIME,
        ended_at=None,
    )
    notices.orders_revived(orders, at=fact.at)


def on_strays_returning(fact: StraysReturning) -> None:
    """Money pays nothing and goes back: its payer is told, whatever the reason."""
    notices.money_returning(fact.attempt_ids, at=fact.at)


def on_holds_voided(fact: HoldsVoided) -> None:
    """Never paid: the order closes and the pieces are for sale again."""
    orders = _orders_of(fact.hold_ids)
    stock.release_stock(wanted=_pieces(orders))
    if references := _with_coupons(orders):
        coupons.give_back(checkout_references=references, at=fact.at)
    ORDERS.move(
        [order.pk for order in orders],
        "cancel",
        at=fact.at,
        note=fact.note,
        ended_at=fact.at,
    )
    notices.orders_cancelled(orders, at=fact.at)


def on_holds_released(fact: HoldsReleased) -> None:
    """The money is the seller's: the order is complete, whoever released it."""
    orders = _orders_of(fact.hold_ids)
    ORDERS.move(
        [order.pk for order in orders],
        "complete",
        at=fact.at,
        by=_author(fact.by_id),
        note=fact.note,
        ended_at=fact.at,
    )
    notices.orders_completed(orders, at=fact.at)


def on_holds_refunded(fact: HoldsRefunded) -> None:
    """All of it is back with the buyer; what was never sent is for sale again."""
    orders = _orders_of(fact.hold_ids)
    unsent = [order for order in orders if order.shipped_at is None]
    if unsent:
        stock.return_stock(wanted=_pieces(unsent))
    ORDERS.move([order.pk for order in orders], "refund", at=fact.at, ended_at=fact.at)
    if references := _with_coupons(unsent):
        coupons.give_back(checkout_references=_all_unsent(references), at=fact.at)
    notices.orders_refunded(orders, at=fact.at)


def on_refunds_owed(fact: HoldRefundsOwed) -> None:
    """Alipay refused: the buyers are told that they get their money another way."""
    notices.refunds_owed(_orders_of(fact.hold_ids), at=fact.at)


def on_refunds_paid_by_hand(fact: HoldRefundsPaidByHand) -> None:
    notices.refunds_paid_by_hand(_orders_of(fact.hold_ids), at=fact.at)


def on_disputes_decided(fact: DisputesDecided) -> None:
    """What was given back is cut over the lines, and both sides are told where to
    read what was decided and why."""
    decided = Dispute.objects.filter(pk__in=fact.dispute_ids)
    for dispute in decided.select_related(
        "hold__order__seller__user", "hold__order__buyer"
    ):
        record_refund(order=dispute.hold.order, at=fact.at)
        notices.dispute_decided(dispute.hold.order, dispute, at=fact.at)


def _orders_of(hold_ids: Collection[int]) -> list[Order]:
    """The orders of these holds, with what each is made of, in one query."""
    lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by("pk")
    pieces = lines.values(row=JSONObject(variant="variant", quantity="quantity"))
    rows: QuerySet[Order] = Order.objects.filter(hold__in=hold_ids)
    rows = rows.annotate(pieces=ArraySubquery(pieces))
    return list(
        rows.select_related("buyer", "seller__user", "hold", "checkout").order_by("pk")
    )


def _author(user_id: int | None) -> User | None:
    return User.objects.get(pk=user_id) if user_id else None


def _with_coupons(orders: Collection[Order]) -> list[str]:
    """The checkouts of these orders that a coupon made cheaper, in order."""
    cheaper = (
        order.checkout.reference
        for order in orders
        if (order.seller_discount + order.platform_discount).amount
    )
    return sorted(set(cheaper))


def _all_unsent(references: Collection[str]) -> list[str]:
    """Of these checkouts those of which nothing was sent and all of it is back.

    Two orders of one checkout may end at the same moment: the second waits here, and
    then sees the first.
    """
    locked = Checkout.objects.filter(reference__in=references).order_by("pk")
    list(locked.select_for_update(no_key=True).values_list("pk"))
    kept = Order.objects.exclude(status=Status.REFUNDED, shipped_at__isnull=True)
    kept = kept.filter(checkout__reference__in=references)
    bought = set(kept.values_list("checkout__reference", flat=True))
    return [one for one in references if one not in bought]


def _pieces(orders: Collection[Order]) -> Counter[int]:
    """How many pieces of each variant these orders hold."""
    pieces: Counter[int] = Counter()
    for order in orders:
        for line in order.pieces:  # type: ignore[attr-defined]
            pieces[line["variant"]] += line["quantity"]
    return pieces


REACTIONS: Mapping[type, Callable[[Any], None]] = {
    HoldsFunded: on_holds_funded,
    HoldsPaidLate: on_holds_paid_late,
    StraysReturning: on_strays_returning,
    HoldsVoided: on_holds_voided,
    HoldsReleased: on_holds_released,
    HoldsRefunded: on_holds_refunded,
    HoldRefundsOwed: on_refunds_owed,
    HoldRefundsPaidByHand: on_refunds_paid_by_hand,
    DisputesDecided: on_disputes_decided,
}
