"""What a buyer may pay with: channels, limits, and what is there to spend."""

import datetime as dt

from django.db.models import QuerySet, Sum

from alipay_simulator.clock import BEIJING
from alipay_simulator.models import Account, CardType, Cause, Entry, Member

from .refusals import Reason

Kind = Account.Kind

WAYS = (Kind.BALANCE, Kind.CARD, Kind.CREDIT)
"""How a buyer may pay."""

_CHANNELS = {
    Kind.BALANCE: {"balance"},
    Kind.CREDIT: {"pcredit", "credit_group"},
}
_CARD_CHANNELS = {
    CardType.DEBIT: {"debitCardExpress", "bankPay"},
    CardType.CREDIT: {
        "creditCard",
        "creditCardExpress",
        "creditCardCartoon",
        "credit_group",
    },
}


def sources_of(member: Member) -> QuerySet[Account]:
    """List what somebody can pay with: not what he takes in as a seller."""
    return member.accounts.filter(kind__in=WAYS)


def name_of(account: Account) -> str:
    """Call it ``balance``, ``card`` (debit), ``credit_card`` or ``credit``."""
    return "credit_card" if account.card_type == CardType.CREDIT else account.kind


def channels(account: Account) -> set[str]:
    """The names by which merchants allow or refuse this account (spec 7.3)."""
    if account.kind == Kind.CARD:
        return _CARD_CHANNELS[CardType(account.card_type)]
    return _CHANNELS[Kind(account.kind)]


def why_not(
    account: Account, total_fen: int, entry: Entry, *, at: dt.datetime
) -> Reason | None:
    """Say why this account cannot pay the amount; None if it can.

    ``entry`` is the door the buyer came by; it knows what the merchant accepts.
    """
    if not _accepted(account, entry):
        return Reason.NOT_TAKEN
    if account.payment_limit_fen is not None and total_fen > account.payment_limit_fen:
        return Reason.OVER_LIMIT
    left_today = left_today_fen(account, at=at)
    if left_today is not None and total_fen > left_today:
        return Reason.OVER_DAY_LIMIT
    spendable = account.spendable_fen
    if spendable is not None and total_fen > spendable:
        is_line = account.floor_fen is not None and account.floor_fen < 0
        return Reason.CREDIT_USED_UP if is_line else Reason.TOO_LITTLE
    return None


def _accepted(account: Account, entry: Entry) -> bool:
    names = channels(account)
    wanted = _names(entry.enable_channels)
    unwanted = _names(entry.disable_channels)
    return not (wanted and names.isdisjoint(wanted)) and names.isdisjoint(unwanted)


def _names(listed: str) -> set[str]:
    return {name.strip() for name in listed.split(",") if name.strip()}


def left_today_fen(account: Account, *, at: dt.datetime) -> int | None:
    """How much its day limit still lets through; None without such a limit.

    A refund does not give the day's limit back.
    """
    if account.day_limit_fen is None:
        return None
    midnight = dt.datetime.combine(at.astimezone(BEIJING).date(), dt.time.min, BEIJING)
    spent = account.moves_out.filter(
        cause=Cause.PAYMENT, moved_at__gte=midnight
    ).aggregate(total=Sum("amount_fen"))["total"]
    return max(account.day_limit_fen - (spent or 0), 0)
