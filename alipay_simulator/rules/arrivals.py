"""Refunds that take their time: under way until their moment, then with the buyer."""

import datetime as dt

from django.db.models import QuerySet

from alipay_simulator.models import Cause, Refund, Trade

from . import ledger


def are_due(trade: Trade, *, at: dt.datetime) -> bool:
    """Tell whether a refund of this trade should have arrived."""
    return bool(trade.refunded_fen) and _due(trade, at).exists()


def of_trade(trade: Trade, *, at: dt.datetime) -> list[Refund]:
    """Let the refunds that are due arrive, each at its moment; return them."""
    if not trade.refunded_fen:
        return []
    return [made for made in _due(trade, at) if _arrive(made, trade)]


def _due(trade: Trade, at: dt.datetime) -> QuerySet[Refund]:
    return trade.refunds.filter(settles_at__lte=at).order_by("settles_at", "pk")


def _arrive(made: Refund, trade: Trade) -> bool:
    at = made.settles_at
    assert at is not None  # that is why it is due
    assert trade.paid_from is not None  # a refunded trade was paid
    came = Refund.objects.filter(pk=made.pk, settled_at=None).update(
        settled_at=at, settles_at=None
    )
    if came:
        ledger.move(
            ledger.transit(),
            trade.paid_from,
            made.amount_fen,
            cause=Cause.REFUND,
            at=at,
            trade=trade,
            refund=made,
        )
    made.settled_at, made.settles_at = at, None
    return bool(came)
