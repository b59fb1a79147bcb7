"""The life of a trade: waiting, paid, closed, finished.

A deadline counts at its moment. Whoever looks at a trade calls
:func:`refresh` first; the sweep only sees to it that news goes out in time.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from alipay_simulator.errors import Refused
from alipay_simulator.models import (
    Account,
    Entry,
    Event,
    Intent,
    Member,
    Refund,
    Status,
    Trade,
    only,
)
from alipay_simulator.notify import outbox

from . import arrivals, buyers, custody, funding
from .refusals import CannotPay, Reason

SWEEP_BATCH = 100

_ALL_OF_IT = (
    "intent__seller",
    "intent__sub_merchant__shop",
    "entry__app",
    "buyer",
    "paid_from",
)
_TO_LOOK = ("intent", "buyer", "paid_from")


def of_intent(intent: Intent) -> Trade | None:
    """Return the trade an intent has become, if any."""
    return only(Trade.objects.select_related(*_ALL_OF_IT).filter(intent=intent))


def find(
    seller: Member, *, trade_no: str, out_trade_no: str, to_look: bool = False
) -> Trade | None:
    """Return the seller's trade by Alipay's number, which wins, or his own.

    ``to_look``: without what only a change needs, which takes twice the time.
    """
    joined = _TO_LOOK if to_look else _ALL_OF_IT
    mine = Trade.objects.select_related(*joined).filter(intent__seller=seller)
    if trade_no:
        return only(mine.filter(trade_no=trade_no))
    return only(mine.filter(intent__out_trade_no=out_trade_no))


def refresh(trade: Trade, *, at: dt.datetime) -> None:
    """Let the deadlines that have passed take effect on this trade."""
    if not _is_due(trade, at):
        return
    with transaction.atomic():
        trade.refresh_from_db(fields=_CHANGING)
        if trade.status == Status.WAITING and trade.expires_at <= at:
            _close_unpaid(trade, at=trade.expires_at)
        for made in arrivals.of_trade(trade, at=at):
            refund_arrived(trade, made, at=at)
        custody.let_time_pass(trade, at=at)
        if _is_past_window(trade, at):
            _finish(trade, at=at)


def _is_due(trade: Trade, at: dt.datetime) -> bool:
    if trade.status == Status.WAITING:
        return trade.expires_at <= at
    moments = (trade.release_at, trade.thaw_at)
    return (
        _is_past_window(trade, at)
        or any(moment is not None and moment <= at for moment in moments)
        or arrivals.are_due(trade, at=at)
    )


def _is_past_window(trade: Trade, at: dt.datetime) -> bool:
    return (
        trade.status == Status.PAID
        and trade.paid_at is not None
        and trade.paid_at <= _window_start(at)
    )


@transaction.atomic
def close(trade: Trade, *, at: dt.datetime, notify_url: str = "") -> None:
    """End a waiting trade at the merchant's wish.

    :raises Refused: it is not waiting any more.
    """
    refresh(trade, at=at)
    if trade.status != Status.WAITING:
        raise Refused("TRADE_STATUS_ERROR")
    _close_unpaid(trade, at=at, notify_url=notify_url)


@transaction.atomic
def pay(trade: Trade, account: Account, *, entry: Entry, at: dt.datetime) -> Trade:
    """Take the buyer's money. ``entry`` is the door he came by (channel limits).

    Returns the trade as it is now.

    :raises CannotPay: not waiting any more, not by this buyer, or not with this
        account.
    """
    fresh = Trade.objects.select_related(*_ALL_OF_IT).get(pk=trade.pk)
    refresh(fresh, at=at)
    require_waiting(fresh)
    buyers.require_good_standing(fresh.buyer)
    account = Account.objects.get(pk=account.pk, owner=fresh.buyer)
    reason = funding.why_not(account, fresh.intent.total_fen, entry, at=at)
    if reason is not None:
        raise CannotPay(reason)
    kept = custody.take_in(fresh, account, at=at)
    paid = {"paid_at": at, "paid_from": account} | kept
    _move_status(fresh, Status.WAITING, Status.PAID, **paid)
    outbox.announce(fresh, Event.PAID, at=at)
    return fresh


def require_waiting(trade: Trade) -> None:
    """:raises CannotPay: the (refreshed) trade cannot be paid any more."""
    if trade.status == Status.WAITING:
        return
    if trade.is_paid and trade.left_fen:
        raise CannotPay(Reason.PAID)
    ran_out = trade.closed_at is not None and trade.closed_at >= trade.expires_at
    raise CannotPay(Reason.EXPIRED if ran_out else Reason.CLOSED)


def sweep(*, at: dt.datetime) -> int:
    """Let whatever is due take effect, each trade's deadlines in their order.

    Handles a bounded batch; returns how many trades it looked at.
    """
    # One question per kind: each has an index that answers it at once.
    due = (
        Q(status=Status.WAITING, expires_at__lte=at),
        Q(status=Status.PAID, paid_at__lte=_window_start(at)),
        Q(release_at__lte=at),
        Q(thaw_at__lte=at),
        Q(pk__in=Refund.objects.filter(settles_at__lte=at).values("trade")),
    )
    found = {
        trade.pk: trade
        for each in due
        for trade in Trade.objects.filter(each).select_related(*_ALL_OF_IT)[
            :SWEEP_BATCH
        ]
    }
    for trade in found.values():
        refresh(trade, at=at)
    return len(found)


def _window_start(at: dt.datetime) -> dt.datetime:
    return at - dt.timedelta(days=settings.REFUND_WINDOW_DAYS)


def _close_unpaid(trade: Trade, *, at: dt.datetime, notify_url: str = "") -> None:
    if _move_status(trade, Status.WAITING, Status.CLOSED, closed_at=at):
        outbox.announce(trade, Event.CLOSED, at=at, url=notify_url)


def _finish(trade: Trade, *, at: dt.datetime) -> None:
    if _move_status(trade, Status.PAID, Status.FINISHED):
        outbox.announce(trade, Event.FINISHED, at=at)


def refund_arrived(trade: Trade, made: Refund, *, at: dt.datetime) -> None:
    """Tell of a refund; a paid trade whose money has all gone back is closed."""
    if trade.left_fen or trade.refunds.filter(settled_at=None).exists():
        outbox.announce(trade, Event.PART_REFUND, at=at, refund=made)
        return
    _move_status(trade, Status.PAID, Status.CLOSED, closed_at=made.settled_at)
    outbox.announce(trade, Event.FULL_REFUND, at=at, refund=made)


def _move_status(
    trade: Trade, before: Status, after: Status, **changes: object
) -> bool:
    """The only writer of ``status``. False: somebody else moved it first.

    Either way the object in hand shows what is in the database afterwards.
    """
    moved = Trade.objects.filter(pk=trade.pk, status=before).update(
        status=after, **changes
    )
    trade.refresh_from_db(fields=_CHANGING)
    return bool(moved)


_CHANGING = (
    "status",
    "paid_at",
    "paid_from",
    "closed_at",
    "refunded_fen",
    "fee_fen",
    "split_fen",
    *custody.KEPT,
)
