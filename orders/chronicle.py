"""What happened to an order, as its time line tells it: who, what, when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from escrow.disputes.models import Dispute
from orders import presentation
from orders.carriers import name_of
from orders.models import Order

PLATFORM = "Danbao"

# Icon and colour of each of the order's moves.
_LOOKS: Mapping[str, tuple[str, str | None]] = {
    "fund": ("lock-closed", "held"),
    "cancel": ("x-circle", "closed"),
    "revive": ("lock-closed", "held"),
    "ship": ("truck", "moving"),
    "deliver": ("home", "held"),
    "complete": ("check-circle", "done"),
    "refund": ("arrow-uturn-left", "closed"),
}


def events(order: Order, *, for_seller: bool = False) -> list[dict[str, Any]]:
    """The order's history, oldest first, for the timeline component.

    Needs the rows of the page's query. The shop reads the buyer's name once the money
    is held, not before; nobody reads the name of the desk's officer.
    """
    buyer = order.buyer.name
    if for_seller and order.paid_at is None:
        buyer = _("The buyer")
    told = [_event(order.placed_at, buyer, _("ordered."), "shopping-bag")]
    told += _disputes(order, buyer)
    told += _moves(order, buyer)
    return sorted(told, key=lambda event: event["at"])


def _event(
    at: datetime, who: str, text: str, icon: str, state: str | None = None
) -> dict[str, Any]:
    return {"at": at, "who": who, "text": text, "icon": icon, "state": state}


def _moves(order: Order, buyer: str) -> list[dict[str, Any]]:
    rows: list[Mapping[str, Any]] = order.moves  # type: ignore[attr-defined]
    told = []
    for row in rows:
        icon, state = _LOOKS[row["action"]]
        who, text = _deed(order, row, buyer)
        told.append(_event(datetime.fromisoformat(row["at"]), who, text, icon, state))
    return told


def _deed(order: Order, row: Mapping[str, Any], buyer: str) -> tuple[str, str]:
    parcel = getattr(order, "parcel", None)
    carrier = name_of(parcel.carrier) if parcel is not None else ""
    match row["action"]:
        case "fund":
            return PLATFORM, _("holds the money: the payment has arrived.")
        case "cancel":
            return PLATFORM, _("closed the order unpaid.")
        case "revive":
            return PLATFORM, _("took it up again: the payment came just after the end.")
        case "ship":
            text = _("handed the parcel to %(carrier)s.") % {"carrier": carrier}
            return order.seller.name, text
        case "deliver":
            return carrier, _("delivered the parcel.")
        case "complete":
            return _completion(order, row, buyer)
    return PLATFORM, _("sent the money back to the buyer.")


def _completion(order: Order, row: Mapping[str, Any], buyer: str) -> tuple[str, str]:
    if row["by_id"] == order.buyer_id:
        return buyer, _("confirmed receipt. The money went to the shop.")
    if row["by_id"] is None:
        return PLATFORM, _("released the money to the shop: the time was over.")
    return PLATFORM, _("settled the order.")


def _disputes(order: Order, buyer: str) -> list[dict[str, Any]]:
    told = []
    for dispute in presentation.disputes(order):
        opened = _("opened a dispute: %(reason)s.") % {"reason": dispute["reason"]}
        told.append(
            _event(
                dispute["opened_at"], buyer, opened, "exclamation-triangle", "dispute"
            )
        )
        if dispute["decided_at"]:
            withdrawn = dispute["status"] == Dispute.Status.WITHDRAWN
            who = buyer if withdrawn else PLATFORM
            text = _("withdrew it.") if withdrawn else _("decided the dispute.")
            told.append(_event(dispute["decided_at"], who, text, "scale"))
    return told
