"""All reads of orders that pages and others need. Who may see a row is decided here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from escrow.disputes.models import Dispute
from escrow.models import Hold
from marketplace.accounts.models import Seller, User
from orders.models import Checkout, Order, OrderLine, OrderMove
from payments.models import Attempt, Refund

Status = Order.Status
OPEN_DISPUTE = Q(hold__disputes__status=Dispute.Status.IN_MEDIATION)


@dataclass(frozen=True)
class Tab:
    """A filter over a list of orders."""

    code: str
    label: str | Promise
    condition: Q


BUYER_TABS = (
    Tab("all", pgettext_lazy("orders", "All"), Q()),
    Tab("unpaid", _("To pay"), Q(status=Status.PENDING_PAYMENT)),
    Tab("waiting", _("To be sent"), Q(status=Status.AWAITING_SHIPMENT)),
    Tab("coming", _("On the way"), Q(status__in=[Status.SHIPPED, Status.DELIVERED])),
    Tab("done", _("Completed"), Q(status=Status.COMPLETED)),
    Tab("ended", _("Closed"), Q(status__in=[Status.CANCELLED, Status.REFUNDED])),
)
SELLER_TABS = (
    Tab("all", pgettext_lazy("orders", "All"), Q()),
    Tab("unpaid", _("Unpaid"), Q(status=Status.PENDING_PAYMENT)),
    Tab("to_ship", _("To ship"), Q(status=Status.AWAITING_SHIPMENT)),
    Tab("sent", _("Sent"), Q(status__in=[Status.SHIPPED, Status.DELIVERED])),
    Tab("disputed", _("Disputed"), OPEN_DISPUTE),
    Tab("done", _("Completed"), Q(status=Status.COMPLETED)),
    Tab("ended", _("Closed"), Q(status__in=[Status.CANCELLED, Status.REFUNDED])),
)


def tab(tabs: tuple[Tab, ...], code: str | None) -> Tab:
    """The tab of ``code``; the first one when there is none."""
    return next((one for one in tabs if one.code == code), tabs[0])


def orders_of_buyer(user: User, chosen: Tab) -> QuerySet[Order]:
    """Newest first, with what a row of the list shows."""
    return _for_list(Order.objects.filter(chosen.condition, buyer=user))


def orders_of_seller(seller: Seller, chosen: Tab) -> QuerySet[Order]:
    """Newest first; what waits to be shipped by its deadline."""
    rows = _for_list(Order.objects.filter(chosen.condition, seller=seller))
    return rows.order_by("ship_by", "pk") if chosen.code == "to_ship" else rows


def has_bought(user: User) -> bool:
    """Whether this buyer has ever paid for an order."""
    return Order.objects.filter(buyer=user, paid_at__isnull=False).exists()


def counts(tabs: tuple[Tab, ...], **owner: User | Seller) -> Mapping[str, int]:
    """How many orders each tab holds, in one query."""
    sums = {
        one.code: Count("pk", filter=one.condition or None, distinct=True)
        for one in tabs
    }
    found: Mapping[str, int] = Order.objects.filter(**owner).aggregate(**sums)
    return found


def _for_list(orders: QuerySet[Order]) -> QuerySet[Order]:
    return (
        orders.select_related("hold", "seller", "buyer", "checkout__charge")
        .prefetch_related("lines__variant__product__category")
        .annotate(
            open_dispute=_open_dispute(),
            refund_refused=_refund_refused(),
            **_strays_of(OuterRef("checkout__charge")),
        )
    )


def order_for_buyer(number: str, user: User) -> Order | None:
    """Order ``number`` with everything its page shows, if it is this buyer's."""
    return _for_page(Order.objects.filter(number=number, buyer=user))


def order_for_seller(number: str, seller: Seller) -> Order | None:
    """Order ``number`` with everything its page shows, if it is this shop's."""
    return _for_page(Order.objects.filter(number=number, seller=seller))


def _for_page(orders: QuerySet[Order]) -> Order | None:
    """One order; its history and disputes come along in the same query."""
    return (
        orders.select_related(
            "hold", "seller__user", "buyer", "checkout__charge", "parcel"
        )
        .annotate(
            moves=ArraySubquery(_moves_of(OuterRef("pk"))),
            dispute_rows=ArraySubquery(_disputes_of(OuterRef("hold"))),
            open_dispute=_open_dispute(),
            refund_refused=_refund_refused(),
            rate=_frozen_rate(),
            **_strays_of(OuterRef("checkout__charge")),
        )
        .first()
    )


def _frozen_rate() -> Subquery:
    """Units of the paid currency for one of the shop's, fixed when it was ordered."""
    used = Checkout.quotes.through.objects.filter(
        checkout=OuterRef("checkout"), quote__source=OuterRef("seller__currency")
    )
    return Subquery(used.values("quote__rate")[:1])


def lines_of(order: Order) -> list[OrderLine]:
    """With ``units_back`` and ``paid_back``, what of each was refunded (or None)."""
    rows = order.lines.select_related("variant__product__category").order_by("pk")
    back = {"units_back": Sum("refunds__units"), "paid_back": Sum("refunds__amount")}
    return list(rows.annotate(**back))


def checkout_for_buyer(reference: str, user: User) -> Checkout | None:
    rows = Checkout.objects.filter(reference=reference, buyer=user)
    return rows.select_related("charge").first()


def orders_of_checkout(checkout: Checkout) -> list[Order]:
    return list(_for_list(Order.objects.filter(checkout=checkout)).order_by("pk"))


def dispute_of_order(order: Order, reference: str) -> Dispute | None:
    """A dispute about ``order``, with its evidence."""
    rows = Dispute.objects.filter(hold=order.hold_id, reference=reference)
    return (
        rows.select_related("opened_by", "decided_by", "hold")
        .prefetch_related("evidence")
        .first()
    )


def open_disputes_of_seller(seller: Seller) -> list[Dispute]:
    rows = Dispute.objects.filter(
        hold__seller=seller, status=Dispute.Status.IN_MEDIATION
    )
    return list(rows.select_related("hold").order_by("decide_by"))


def _open_dispute() -> Subquery:
    """The reference of the one open dispute about the row's money."""
    rows = Dispute.objects.filter(
        hold=OuterRef("hold"), status=Dispute.Status.IN_MEDIATION
    )
    return Subquery(rows.values("reference")[:1])


def _refund_refused() -> Exists:
    """Whether the gateway has refused the row's refund, and nobody has paid it yet."""
    return Exists(
        Refund.objects.filter(
            hold_refund__hold=OuterRef("hold"), status=Refund.Status.REJECTED
        )
    )


def _moves_of(order: OuterRef) -> QuerySet[Any]:
    return (
        OrderMove.objects.filter(subject=order)
        .order_by("at", "pk")
        .values(row=JSONObject(action="action", at="at", by_id="by"))
    )


def _disputes_of(hold: OuterRef) -> QuerySet[Any]:
    return (
        Dispute.objects.filter(hold=hold)
        .order_by("opened_at", "pk")
        .values(
            row=JSONObject(
                reference="reference",
                status="status",
                opened_at="opened_at",
                decided_at="decided_at",
                decide_by="decide_by",
                refund="refund",
                currency="currency",
                reason="reason",
            )
        )
    )


def _strays_of(charge: OuterRef) -> dict[str, Subquery]:
    """When money came for a charge that was paid or closed already, and went back."""
    stray = Attempt.objects.filter(charge=charge, is_stray=True).order_by("paid_at")
    back = Refund.objects.filter(
        attempt__charge=charge, attempt__is_stray=True, settled_at__isnull=False
    )
    return {
        "late_money": Subquery(stray.values("paid_at")[:1]),
        "late_money_back": Subquery(back.values("settled_at")[:1]),
    }


def next_dates(seller: Seller) -> Mapping[str, datetime | None]:
    """When silence releases the next held money, and the next becomes available."""
    held = Q(status=Hold.Status.HELD)
    clearing = Q(status=Hold.Status.RELEASED, cleared_at__isnull=True)
    dates: Mapping[str, datetime | None] = Hold.objects.filter(seller=seller).aggregate(
        release=Min("release_at", filter=held), clear=Min("clear_at", filter=clearing)
    )
    return dates
