"""A payee's money that he may not use yet, and what the gateway charges.

Two kinds wait in his HELD account. *Held* money belongs to a shop of a platform
(直付通), until its platform confirms the receipt or the period ends. *Frozen* money
waits to be split among royalty receivers, 30 days at the most.
"""

import datetime as dt
from typing import Any

from django.db.models import F

from alipay_simulator import ids
from alipay_simulator.models import Account, Cause, Confirmation, Refund, Trade

from . import ledger

FROZEN_FOR = dt.timedelta(days=30)


def fee_of(amount_fen: int, basis_points: int) -> int:
    """What the gateway charges for an amount, half a fen rounded up."""
    return (amount_fen * basis_points + 5_000) // 10_000


def take_in(trade: Trade, source: Account, *, at: dt.datetime) -> dict[str, Any]:
    """Move the buyer's money to whom it belongs; charge the fee, unless it is held.

    Returns what to write down about it in the trade. Held money is charged for
    when it is released: a refund of it costs nobody anything.
    """
    intent = trade.intent
    payee, total = intent.payee, intent.total_fen
    is_kept = intent.sub_merchant is not None or intent.royalty_freeze
    target = ledger.held_account(payee) if is_kept else ledger.merchant_account(payee)
    ledger.move(source, target, total, cause=Cause.PAYMENT, at=at, trade=trade)
    if intent.settle_days is not None:
        release_at = at + dt.timedelta(days=intent.settle_days)
        return {"held_fen": total, "release_at": release_at}
    fee = fee_of(total, trade.entry.app.fee_basis_points)
    _charge(trade, target, fee, at=at)
    kept: dict[str, Any] = {"fee_fen": fee}
    if is_kept and total > fee:
        kept |= {"frozen_fen": total - fee, "thaw_at": at + FROZEN_FOR}
    return kept


def _charge(trade: Trade, source: Account, fee_fen: int, *, at: dt.datetime) -> None:
    if fee_fen:
        ledger.move(source, ledger.fees(), fee_fen, cause=Cause.FEE, at=at, trade=trade)


def confirm(
    trade: Trade,
    amount_fen: int,
    *,
    out_request_no: str = "",
    freeze: bool = False,
    at: dt.datetime,
) -> Confirmation:
    """Release held money to its shop, less the fee; ``freeze`` keeps it for splitting.

    The fees of all parts of a trade add up to the fee of their sum. No more may be
    asked for than is held.
    """
    payee = trade.intent.payee
    held, usable = ledger.held_account(payee), ledger.merchant_account(payee)
    basis_points = trade.entry.app.fee_basis_points
    before = trade.confirmed_fen
    fee = fee_of(before + amount_fen, basis_points) - fee_of(before, basis_points)
    changes: dict[str, Any] = {
        "held_fen": F("held_fen") - amount_fen,
        "confirmed_fen": F("confirmed_fen") + amount_fen,
    }
    if trade.held_fen == amount_fen:
        changes["release_at"] = None
    if freeze and amount_fen > fee:
        changes["frozen_fen"] = F("frozen_fen") + amount_fen - fee
        changes["thaw_at"] = at + FROZEN_FOR
    _update(trade, **changes)
    made = Confirmation.objects.create(
        trade=trade,
        out_request_no=out_request_no,
        serial_no=ids.settle_no(at),
        amount_fen=amount_fen,
        created_at=at,
    )
    if not freeze:
        ledger.move(held, usable, amount_fen, cause=Cause.RELEASE, at=at, trade=trade)
    _charge(trade, held if freeze else usable, fee, at=at)
    return made


def thaw(trade: Trade, *, at: dt.datetime) -> None:
    """Let the payee use what was frozen."""
    amount_fen = trade.frozen_fen
    if not amount_fen:
        return
    _update(trade, frozen_fen=F("frozen_fen") - amount_fen, thaw_at=None)
    payee = trade.intent.payee
    ledger.move(
        ledger.held_account(payee),
        ledger.merchant_account(payee),
        amount_fen,
        cause=Cause.RELEASE,
        at=at,
        trade=trade,
    )


def let_time_pass(trade: Trade, *, at: dt.datetime) -> None:
    """Release what is due, as of the moment at which it was."""
    if trade.release_at is not None and trade.release_at <= at:
        confirm(trade, trade.held_fen, at=trade.release_at)
    if trade.thaw_at is not None and trade.thaw_at <= at:
        thaw(trade, at=trade.thaw_at)


def pay_back(
    trade: Trade, amount_fen: int, target: Account, *, refund: Refund, at: dt.datetime
) -> None:
    """Take a refund out of held money, then frozen, then what the payee may use.

    :raises NotEnough: he has not that much.
    """
    held = min(amount_fen, trade.held_fen)
    frozen = min(amount_fen - held, trade.frozen_fen)
    _draw(trade, held, frozen)
    payee = trade.intent.payee
    sources = (
        (ledger.held_account(payee), held + frozen),
        (ledger.merchant_account(payee), amount_fen - held - frozen),
    )
    for source, part in sources:
        if part:
            ledger.move(
                source,
                target,
                part,
                cause=Cause.REFUND,
                at=at,
                trade=trade,
                refund=refund,
            )


def draw_frozen(trade: Trade, amount_fen: int) -> list[tuple[Account, int]]:
    """Say where a share of this amount is paid from: frozen money first."""
    frozen = min(amount_fen, trade.frozen_fen)
    _draw(trade, 0, frozen)
    payee = trade.intent.payee
    parts = (
        (ledger.held_account(payee), frozen),
        (ledger.merchant_account(payee), amount_fen - frozen),
    )
    return [(account, part) for account, part in parts if part]


def _draw(trade: Trade, held: int, frozen: int) -> None:
    changes: dict[str, Any] = {}
    if held:
        changes["held_fen"] = F("held_fen") - held
        if held == trade.held_fen:
            changes["release_at"] = None
    if frozen:
        changes["frozen_fen"] = F("frozen_fen") - frozen
        if frozen == trade.frozen_fen:
            changes["thaw_at"] = None
    if changes:
        _update(trade, **changes)


def _update(trade: Trade, **changes: Any) -> None:
    """Write changes to a trade nobody else has changed since it was read.

    Callers hold the write lock and have read the trade under it.
    """
    seen = {"held_fen": trade.held_fen, "frozen_fen": trade.frozen_fen}
    done = Trade.objects.filter(pk=trade.pk, **seen).update(**changes)
    assert done, "the trade was read before the lock was taken"
    trade.refresh_from_db(fields=KEPT)


KEPT = ("held_fen", "frozen_fen", "confirmed_fen", "release_at", "thaw_at")
"""The columns of a trade that this module writes."""
