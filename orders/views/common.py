"""What several views share."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from djmoney.money import Money

from escrow.disputes import queries as disputes
from escrow.disputes.models import Dispute
from kernel.money import money
from marketplace.accounts.models import Seller, User
from marketplace.queries import picture_url
from orders import presentation
from orders.models import Order, OrderLine

T = TypeVar("T")
PER_PAGE = 20


def found(row: T | None) -> T:
    """:raises Http404: when a query found nothing this person may see."""
    if row is None:
        raise Http404
    return row


def person(request: HttpRequest) -> User:
    """Who is signed in; the view requires that somebody is."""
    user = request.user
    assert user.is_authenticated, "the view lets visitors in"
    return user


def shop_of(request: HttpRequest) -> Seller:
    """:raises Http404: for somebody without a shop."""
    return found(Seller.objects.filter(user=person(request)).first())


def page_of(request: HttpRequest, rows: QuerySet[Order]) -> Page[Order]:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def goods(lines: Iterable[OrderLine]) -> list[dict[str, Any]]:
    """Lines of an order with their pictures, for the templates."""
    return [
        {
            "line": line,
            "picture": picture_url(line.picture, 96) if line.picture else None,
            "tint": line.variant.product.category.tint,
            "back": _back(line),
        }
        for line in lines
    ]


def _back(line: OrderLine) -> Money | None:
    """What of the line was refunded; None for nothing, or where nobody asked."""
    back = getattr(line, "paid_back", None)
    return money(back, str(line.paid.currency)) if back else None


def order_rows(orders: Iterable[Order], *, at: datetime) -> list[dict[str, Any]]:
    """Orders as every list shows them."""
    return [
        {
            "order": order,
            "goods": goods(order.lines.all()),
            "status": presentation.status(order, at=at),
        }
        for order in orders
    ]


def dispute_facts(order: Order, dispute: Dispute, *, viewer: User) -> dict[str, Any]:
    """What both sides read of a dispute; pictures open for ``viewer`` only."""
    is_open = dispute.status == Dispute.Status.IN_MEDIATION
    withdrawn = dispute.status == Dispute.Status.WITHDRAWN
    return {
        "order": order,
        "dispute": dispute,
        "is_open": is_open,
        "withdrawn": withdrawn,
        "exhibits": disputes.exhibits(dispute, viewer=viewer),
        # Of what the buyer had paid, less refunds before; a decision ends the hold.
        "claimed_rest": order.hold.left + dispute.refund - dispute.claim,
        "decided_rest": order.hold.left,
        "decided": not is_open and not withdrawn,
    }
