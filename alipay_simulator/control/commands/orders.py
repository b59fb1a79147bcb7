"""Orders and their trades: the list, one of them whole, and paying one."""

from typing import Any

from django.db.models import Q, QuerySet

from alipay_simulator import clock
from alipay_simulator.control import paging, show
from alipay_simulator.control.asked import Asked, NotFound
from alipay_simulator.control.doors import Fields
from alipay_simulator.models import Account, Intent, Member, Move, Status, Trade
from alipay_simulator.rules import acts, trades

from . import listing

STATES = ("none", "cancelled", *Status.values)
"""What an order can be: not scanned yet, cancelled before that, or a trade's state."""

FILTERS = ("q", "state", "buyer", "app_id")


def search(fields: Fields) -> Fields:
    """List orders, newest first: all, or those that ``q`` and the filters fit."""
    asked = Asked(fields, *FILTERS, *listing.FIELDS)
    page = find(asked)
    return listing.told("trades", page, [show.order(row) for row in page.rows])


def find(asked: Asked) -> paging.Page:
    """Return a page of orders. ``q`` is the beginning of a number, or a code."""
    size = listing.size(asked)
    rows, is_filtered = _filtered(orders(), asked)
    begins = asked.text("q", longest=64)
    if begins:
        found = list(rows.filter(_numbered(begins)).order_by("-pk")[: size + 1])
        return paging.Page(found[:size], None, is_full=len(found) <= size)
    return paging.newest(
        rows, before=listing.before(asked), size=size, is_filtered=is_filtered
    )


def _numbered(begins: str) -> Q:
    """Orders whose number, trade number or code begins so; each by its own index."""
    end = begins + "\U0010ffff"
    fits: list[QuerySet[Any, int]] = [
        Intent.objects.filter(out_trade_no__gte=begins, out_trade_no__lt=end)
        .order_by("out_trade_no")
        .values_list("pk", flat=True),
        Trade.objects.filter(trade_no__gte=begins, trade_no__lt=end)
        .order_by("trade_no")
        .values_list("intent_id", flat=True),
        Intent.objects.filter(entries__code=begins).values_list("pk", flat=True),
    ]
    found = {pk for rows in fits for pk in rows[: listing.MOST]}
    return Q(pk__in=found)


def _filtered(rows: QuerySet[Intent], asked: Asked) -> tuple[QuerySet[Intent], bool]:
    state = asked.choice("state", STATES)
    buyer = asked.text("buyer")
    app = listing.app(asked)
    if state in ("none", "cancelled"):
        rows = rows.filter(trade=None, cancelled=state == "cancelled")
    elif state:
        rows = rows.alias(state=paging.plain("trade__status")).filter(state=state)
    if buyer:
        pk = listing.member(buyer).pk
        rows = rows.alias(by=paging.plain("trade__buyer_id", True)).filter(by=pk)
    if app:
        pk = app.seller_id
        rows = rows.alias(of=paging.plain("seller_id", True)).filter(of=pk)
    return rows, bool(state or buyer or app)


def orders() -> QuerySet[Intent]:
    """Return all orders with what is shown about them."""
    return Intent.objects.select_related(
        "seller", "trade__buyer", "trade__paid_from", "sub_merchant__shop"
    ).prefetch_related("entries")


def read(fields: Fields, number: str) -> Fields:
    """Tell one order, named by the merchant's number or the trade's, as it is now."""
    return detail(_called(number, listing.app(Asked(fields, "app_id"))))


def _called(number: str, app: object) -> Intent:
    seller = getattr(app, "seller", None)
    named = orders() if seller is None else orders().filter(seller=seller)
    found = named.filter(out_trade_no=number).order_by("-pk").first()
    found = found or named.filter(trade__trade_no=number).first()
    if found is None:
        raise NotFound(f"no order {number}")
    return fresh(found)


def fresh(intent: Intent) -> Intent:
    """Let what has come due take effect on the order first."""
    trade = getattr(intent, "trade", None)
    if trade is not None:
        whole = trades.of_intent(intent)
        assert whole is not None  # the order had it a moment ago
        trades.refresh(whole, at=clock.now())
        intent.trade = whole
    return intent


def detail(intent: Intent) -> Fields:
    """Tell an order with all that belongs to it."""
    trade: Trade | None = getattr(intent, "trade", None)
    told: Fields = show.order(intent) | {
        "refunds": [],
        "notifications": [],
        "settlements": [],
        "confirmations": [],
        "moves": [],
    }
    if trade is None:
        return told
    items = trade.notifications.select_related("trade__intent")
    shares = trade.settlements.prefetch_related(
        "shares__source__owner", "shares__target__owner"
    )
    return told | {
        "refunds": [show.refund(made) for made in trade.refunds.all()],
        "notifications": [
            show.notification(item) for item in items.prefetch_related("attempts")
        ],
        "settlements": [show.settlement(made) for made in shares],
        "confirmations": [
            show.confirmation(made) for made in trade.confirmations.all()
        ],
        "moves": [show.move(made) for made in moves(trade)],
    }


def moves(trade: Trade) -> QuerySet[Move]:
    """Return every movement of money that belongs to a trade, in order."""
    return trade.moves.select_related("source__owner", "target__owner").order_by("pk")


def pay(fields: Fields) -> Fields:
    """Scan and pay ``out_trade_no`` as ``buyer`` ``with`` a way to pay."""
    asked = Asked(fields, "out_trade_no", "buyer", "with", "app_id")
    app = listing.app(asked)
    number = asked.needed("out_trade_no")
    trade = acts.scan_and_pay(
        number,
        buyer=asked.text("buyer") or acts.DEFAULT_BUYER,
        way=asked.text("with") or Account.Kind.BALANCE,
        seller=app.seller if app else None,
        at=clock.now(),
    )
    return detail(orders().get(pk=trade.intent_id))


def buyers() -> QuerySet[Member]:
    """Return everybody who can pay."""
    return Member.objects.filter(is_seller=False).order_by("pk")
