"""The only place where balances change: always two sides, always together."""

import datetime as dt

from django.db import models, transaction
from django.db.models import F, Q

from alipay_simulator.models import Account, Cause, Member, Move

Kind = Account.Kind


class NotEnough(Exception):
    """The source would fall under its floor."""


@transaction.atomic
def move(
    source: Account,
    target: Account,
    amount_fen: int,
    *,
    cause: Cause,
    at: dt.datetime,
    **about: models.Model | None,
) -> Move:
    """Move money between two accounts and write down why.

    ``about`` names what it belongs to: ``trade``, ``refund``, ``share``, ``transfer``.

    :raises NotEnough: the source has not that much; nothing moved.
    """
    paid_out = (
        Account.objects.filter(pk=source.pk)
        .filter(
            Q(floor_fen=None) | Q(balance_fen__gte=F("floor_fen") + amount_fen),
        )
        .update(balance_fen=F("balance_fen") - amount_fen)
    )
    if not paid_out:
        raise NotEnough(source)
    Account.objects.filter(pk=target.pk).update(
        balance_fen=F("balance_fen") + amount_fen
    )
    return Move.objects.create(
        source=source,
        target=target,
        amount_fen=amount_fen,
        cause=cause,
        moved_at=at,
        **about,
    )


def merchant_account(member: Member) -> Account:
    """What a seller or shop may use of its takings."""
    return _own(member, Kind.MERCHANT, "Takings", "收款账户")


def held_account(member: Member) -> Account:
    """Money of a seller's or shop's trades that is not released yet."""
    return _own(member, Kind.HELD, "Held", "待结算账户")


def transit() -> Account:
    """Where slow refunds and transfers are meanwhile."""
    return _own(None, Kind.TRANSIT, "In transit", "在途资金")


def fees() -> Account:
    """What the gateway has earned."""
    return _own(None, Kind.FEES, "Service fees", "服务费")


def treasury() -> Account:
    """Where all money of a new simulator came from."""
    return Account.objects.get(owner=None, kind=Kind.OUTSIDE)


def _own(owner: Member | None, kind: str, label: str, label_zh: str) -> Account:
    account, _ = Account.objects.get_or_create(
        owner=owner,
        kind=kind,
        defaults={"label": label, "label_zh": label_zh, "floor_fen": 0},
    )
    return account
