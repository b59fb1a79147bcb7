"""The only place where balances change: always two sides, always together."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q

from alipay_simulator.models import Account, Member, Move, Refund, Trade


class NotEnough(Exception):
    """The source would fall under its floor."""


@transaction.atomic
def move(
    source: Account,
    target: Account,
    amount_fen: int,
    *,
    cause: str,
    at: dt.datetime,
    trade: Trade | None = None,
    refund: Refund | None = None,
) -> Move:
    """Move money between two accounts and write down why.

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
        trade=trade,
        refund=refund,
        moved_at=at,
    )


def merchant_account(seller: Member) -> Account:
    """Return the account that takes a seller's payments."""
    return Account.objects.get(owner=seller, kind=Account.Kind.MERCHANT)
