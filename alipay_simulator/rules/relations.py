"""Whom a seller may give shares of his trades to (``royalty.relation.*``)."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from alipay_simulator.errors import Refused
from alipay_simulator.models import Member, Receiver, Standing

from . import people

MOST = 20_000
"""Receivers a seller may have bound at the same time."""


@dataclass(frozen=True)
class Wanted:
    """Somebody to bind, as the seller named him."""

    member: Member
    kind: str
    account: str
    name: str
    memo: str


@transaction.atomic
def bind(seller: Member, wanted: list[Wanted], *, at: dt.datetime) -> None:
    """Bind all of them, or none. Who is bound already stays as he was.

    :raises Refused: one of them cannot receive money, or there are too many.
    """
    for one in wanted:
        _require_able(one)
        Receiver.objects.get_or_create(
            seller=seller,
            member=one.member,
            defaults={
                "kind": one.kind,
                "account": one.account,
                "name": one.name,
                "memo": one.memo,
                "bound_at": at,
            },
        )
    if bound(seller).count() > MOST:
        raise Refused("RELATION_QUANTITY_LIMIT")


def _require_able(one: Wanted) -> None:
    if one.name and not people.is_called(one.member, one.name):
        raise Refused("USERNAME_NOT_MATCH")
    if one.member.standing == Standing.UNVERIFIED:
        raise Refused("RECEIVER_ACCOUNT_NOT_CERTIFY")
    if one.member.standing == Standing.BLOCKED:
        raise Refused("RECEIVER_ACCOUNT_STATE_INVALID")
    if people.main_account(one.member) is None:
        raise Refused("RECEIVER_ACCOUNT_NO_BALANCE")


def unbind(seller: Member, members: list[Member]) -> None:
    """Bind them no longer; who was not bound is none the worse."""
    bound(seller).filter(member__in=members).delete()


def bound(seller: Member) -> QuerySet[Receiver]:
    """Return whom a seller has bound, in the order of binding."""
    return Receiver.objects.filter(seller=seller).select_related("member")


def is_bound(seller: Member, member: Member) -> bool:
    """Tell whether a seller may give somebody a share."""
    return bound(seller).filter(member=member).exists()
