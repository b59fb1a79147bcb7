"""Orders as pages show them: pills, tabs, time lines, the money strip. No writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from djmoney.money import Money

from escrow import postings
from escrow.disputes.models import Dispute
from kernel.money import money
from marketplace.fx.presentation import rate_text
from orders import progress
from orders.carriers import name_of
from orders.models import Order
from orders.progress import Situation
from orders.queries import Tab

WORDS: Mapping[Situation, str | Promise] = {
    Situation.UNPAID: gettext_lazy("Awaiting payment"),
    Situation.CLOSING: gettext_lazy("Closing"),
    Situation.LATE: gettext_lazy("Closed, money going back"),
    Situation.RETURNED: gettext_lazy("Closed, money returned"),
    Situation.CANCELLED: gettext_lazy("Closed unpaid"),
    Situation.TO_SHIP: gettext_lazy("Awaiting shipment"),
    Situation.OVERDUE: gettext_lazy("Not shipped in time"),
    Situation.REFUNDING: gettext_lazy("Refunding"),
    Situation.OWED: gettext_lazy("Refund owed"),
    Situation.SHIPPED: gettext_lazy("On its way"),
    Situation.DELIVERED: gettext_lazy("Delivered"),
    Situation.DISPUTED: gettext_lazy("Dispute open"),
    Situation.COMPLETED: gettext_lazy("Completed"),
    Situation.SPLIT: gettext_lazy("Completed, partly refunded"),
    Situation.REFUNDED: gettext_lazy("Refunded"),
}


@dataclass(frozen=True)
class Status:
    """Where an order stands; ``ends`` is when something happens by itself."""

    situation: Situation
    state: str
    word: str
    ends: datetime | None
    steps: list[progress.Step]


def status(order: Order, *, at: datetime) -> Status:
    situation = progress.situation_of(order, at=at)
    return Status(
        situation=situation,
        state=progress.STATES[situation],
        word=str(WORDS[situation]),
        ends=progress.deadline_of(order, situation),
        steps=progress.steps_of(order, situation),
    )


def tabs(
    known: tuple[Tab, ...], chosen: Tab, counts: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Tabs for the component of that name; only those that ask for acts are counted."""
    return [
        {
            "label": one.label,
            "url": f"?show={one.code}" if one is not known[0] else "?",
            "count": counts[one.code] or None if one is not known[0] else None,
            "current": one is chosen,
        }
        for one in known
    ]


def disputes(order: Order) -> list[dict[str, Any]]:
    """The disputes about an order, oldest first, from the page's one query."""
    rows: list[Mapping[str, Any]] = order.dispute_rows  # type: ignore[attr-defined]
    return [
        {
            "reference": row["reference"],
            "status": row["status"],
            "outcome": Dispute.Status(row["status"]).label,
            "reason": Dispute.Reason(row["reason"]).label,
            "opened_at": datetime.fromisoformat(row["opened_at"]),
            "decided_at": row["decided_at"]
            and datetime.fromisoformat(row["decided_at"]),
            "decide_by": datetime.fromisoformat(row["decide_by"]),
            "refund": money(str(row["refund"]), row["currency"]),
            "is_open": row["status"] == Dispute.Status.IN_MEDIATION,
        }
        for row in rows
    ]


def refundable(order: Order) -> Money:
    """The most a dispute may claim."""
    return order.hold.left


def sums(order: Order) -> list[dict[str, Any]]:
    """The lines above an order's total."""
    free = {"text": pgettext("shipping", "free")} if not order.shipping.amount else {}
    return [
        {"label": _("Goods"), "amount": order.items_total},
        *_discounts(order),
        {"label": _("Shipping"), "amount": order.shipping, **free},
    ]


def _discounts(order: Order) -> list[dict[str, Any]]:
    """What coupons took off, by who pays for it."""
    both = (
        (_("Coupon of the shop"), order.seller_discount),
        (_("Coupon of Danbao"), order.platform_discount),
    )
    return [{"label": label, "amount": -off} for label, off in both if off.amount]


def facts(order: Order) -> list[dict[str, str]]:
    """Order number, parcel: what a person copies out of the page."""
    known = [_fact(_("Order number"), copy=order.number)]
    rate = getattr(order, "rate", None)
    if rate is not None:
        words = _("1 %(listed)s = %(rate)s %(paid)s, fixed when ordered") % {
            "listed": order.seller.currency,
            "rate": rate_text(rate),
            "paid": order.total.currency,
        }
        known.append(_fact(_("Exchange rate"), value=words))
    parcel = getattr(order, "parcel", None)
    if parcel is not None:
        known += [
            _fact(_("Carrier"), value=name_of(parcel.carrier)),
            _fact(_("Tracking number"), copy=parcel.tracking_number),
        ]
    return known


def _fact(label: str, *, value: str = "", copy: str = "") -> dict[str, str]:
    # Both keys always: a template would find the method ``copy`` of the dict.
    return {"label": label, "value": value, "copy": copy}


def earnings(order: Order) -> list[dict[str, Any]]:
    """What the shop gets of an order, line by line; the rest is :func:`earned`."""
    hold = order.hold
    lines = [
        {"label": _("Paid by the buyer"), "amount": order.total},
        *(
            [{"label": _("Paid by Danbao's coupon"), "amount": hold.coupon}]
            if hold.coupon.amount
            else []
        ),
        {
            "label": _("Commission"),
            "amount": -postings.commission_kept(hold),
        },
    ]
    if hold.refunded.amount:
        back = -hold.refunded - hold.coupon_returned
        label = _("Back to the buyer")
        if hold.coupon_returned.amount:
            label = _("Back to the buyer and to Danbao")
        lines.insert(-1, {"label": label, "amount": back})
    return lines


def earned(order: Order) -> Money:
    """What is the shop's in the end, by what is known now."""
    return postings.net(order.hold)
