"""Money a seller sends to somebody: at once, or in transit for a while (a fault)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Sum

from alipay_simulator import ids
from alipay_simulator.clock import BEIJING
from alipay_simulator.errors import Declined
from alipay_simulator.models import (
    Account,
    App,
    Cause,
    Fault,
    Member,
    Standing,
    Transfer,
)

from . import faults, ledger, people
from .faults import Kind

METHOD = "alipay.fund.trans.uni.transfer"

SLOW_SECONDS = 600
"""How long a transfer takes that a fault makes slow."""

LATE_FAILURE = "PAYEE_ACCOUNT_STATUS_ERROR"
SMALLEST_FEN = 10
DAY_MAX_FEN = 200_000_000
MONTH_MAX_FEN = 3_100_000_000
"""What one seller may send in a Beijing day and month."""

SWEEP_BATCH = 100
Status = Transfer.Status


@dataclass(frozen=True)
class Payout:
    """What a seller asks to be sent, and to whom."""

    out_biz_no: str
    amount_fen: int
    payee: Member | None
    payee_name: str
    is_red_packet: bool
    title: str
    remark: str
    passback_params: str
    # Everything that was asked for: what a repeat must be equal to.
    asked: dict[str, Any]


@transaction.atomic
def send(app: App, payout: Payout, *, at: dt.datetime) -> Transfer:
    """Send money; the same number with the same data sends nothing again.

    :raises Declined: nothing moved; the number is still free, unless it was used
        for something else (``PAYMENT_INFO_INCONSISTENCY``).
    """
    payer = app.seller
    known = payer.transfers.filter(out_biz_no=payout.out_biz_no).first()
    if known is not None:
        if known.asked != payout.asked:
            raise Declined("PAYMENT_INFO_INCONSISTENCY")
        refresh(known, at=at)
        return known
    _require_within_limits(app, payout, at)
    account = _payee_account(app, payout)
    fault = faults.take(
        Kind.TRANSFER_DEALING,
        Kind.TRANSFER_FAILS_LATE,
        at=at,
        app=app,
        out_trade_no=payout.out_biz_no,
        method=METHOD,
    )
    made = _write(payer, payout, account, fault, at)
    try:
        ledger.move(
            ledger.merchant_account(payer),
            ledger.transit() if fault else account,
            payout.amount_fen,
            cause=Cause.TRANSFER,
            at=at,
            transfer=made,
        )
    except ledger.NotEnough:
        raise Declined("PAYER_BALANCE_NOT_ENOUGH") from None
    return made


def _require_within_limits(app: App, payout: Payout, at: dt.datetime) -> None:
    if payout.amount_fen < SMALLEST_FEN and not payout.is_red_packet:
        raise Declined("EXCEED_LIMIT_SM_MIN_AMOUNT")
    if payout.amount_fen > app.transfer_max_fen:
        raise Declined("EXCEED_LIMIT_SM_AMOUNT")
    day = dt.datetime.combine(at.astimezone(BEIJING).date(), dt.time.min, BEIJING)
    limits = (
        (day, DAY_MAX_FEN, "EXCEED_LIMIT_DM_AMOUNT"),
        (day.replace(day=1), MONTH_MAX_FEN, "EXCEED_LIMIT_MM_AMOUNT"),
    )
    for start, most, code in limits:
        if _sent_fen(app.seller, since=start) + payout.amount_fen > most:
            raise Declined(code)


def _sent_fen(payer: Member, *, since: dt.datetime) -> int:
    sent = payer.transfers.filter(created_at__gte=since).exclude(status=Status.FAIL)
    return sent.aggregate(total=Sum("amount_fen"))["total"] or 0


def _payee_account(app: App, payout: Payout) -> Account:
    payee = payout.payee
    if payee is None:
        raise Declined("PAYEE_NOT_EXIST")
    if payout.payee_name and not people.is_called(payee, payout.payee_name):
        raise Declined("PAYEE_USER_INFO_ERROR")
    if payee == app.seller:
        raise Declined("PAYER_PAYEE_CANNOT_SAME")
    account = people.main_account(payee)
    if account is None or payee.standing == Standing.BLOCKED:
        raise Declined("PAYEE_ACCOUNT_STATUS_ERROR")
    return account


def _write(
    payer: Member,
    payout: Payout,
    account: Account,
    fault: Fault | None,
    at: dt.datetime,
) -> Transfer:
    wait = dt.timedelta(seconds=faults.seconds(fault, SLOW_SECONDS) if fault else 0)
    fails = fault is not None and fault.kind == Kind.TRANSFER_FAILS_LATE
    return Transfer.objects.create(
        payer=payer,
        payee=account,
        out_biz_no=payout.out_biz_no,
        order_id=ids.transfer_no(at),
        pay_fund_order_id=ids.fund_no(at),
        asked=payout.asked,
        amount_fen=payout.amount_fen,
        title=payout.title,
        remark=payout.remark,
        passback_params=payout.passback_params,
        status=Status.DEALING if fault else Status.SUCCESS,
        error_code=LATE_FAILURE if fails else "",
        created_at=at,
        ends_at=at + wait if fault else None,
        ended_at=None if fault else at,
    )


def refresh(transfer: Transfer, *, at: dt.datetime) -> None:
    """Let a slow transfer end that should have by now, as of its moment."""
    if transfer.ends_at is None or transfer.ends_at > at:
        return
    with transaction.atomic():
        _end(transfer, transfer.ends_at)
        transfer.refresh_from_db()


def _end(transfer: Transfer, at: dt.datetime) -> None:
    fails = bool(transfer.error_code)
    ended = Transfer.objects.filter(pk=transfer.pk, status=Status.DEALING).update(
        status=Status.FAIL if fails else Status.SUCCESS, ends_at=None, ended_at=at
    )
    if not ended:
        return
    back = ledger.merchant_account(transfer.payer)
    ledger.move(
        ledger.transit(),
        back if fails else transfer.payee,
        transfer.amount_fen,
        cause=Cause.TRANSFER_BACK if fails else Cause.TRANSFER,
        at=at,
        transfer=transfer,
    )


def sweep(*, at: dt.datetime) -> int:
    """End what is due, a bounded batch; return how many transfers that were."""
    due = Transfer.objects.filter(ends_at__lte=at).select_related("payer", "payee")
    found = list(due.order_by("ends_at")[:SWEEP_BATCH])
    for transfer in found:
        refresh(transfer, at=at)
    return len(found)
