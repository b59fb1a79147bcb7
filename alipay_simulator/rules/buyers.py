"""Whom the wallet lets in, and whom it lets pay."""

import datetime as dt

from alipay_simulator.models import Member, Standing

from . import passwords
from .refusals import CannotPay, Reason

_AT_THE_DOOR = {
    Standing.BLOCKED: Reason.BLOCKED,
    Standing.REGION: Reason.REGION,
}
_WHEN_PAYING = {
    Standing.UNVERIFIED: Reason.UNVERIFIED,
    Standing.RISK: Reason.RISK,
}


def require_welcome(member: Member) -> None:
    """Let somebody sign in or scan, which binds an order to him.

    :raises CannotPay: ``BLOCKED`` or ``REGION``: no order is bound, so that
        another account may still pay it.
    """
    _refuse(member, _AT_THE_DOOR)


def require_good_standing(member: Member) -> None:
    """Let somebody's payment through, his password being right.

    :raises CannotPay: as :func:`require_welcome`, ``UNVERIFIED``, or ``RISK``,
        which no page can know before the payment is tried.
    """
    _refuse(member, _AT_THE_DOOR | _WHEN_PAYING)


def obstacle(member: Member, *, at: dt.datetime) -> Reason | None:
    """Say what will keep him from paying, as far as it is known before he tries."""
    if passwords.is_locked(member, at=at):
        return Reason.LOCKED
    reason = (_AT_THE_DOOR | _WHEN_PAYING).get(Standing(member.standing))
    return None if reason == Reason.RISK else reason


def _refuse(member: Member, reasons: dict[Standing, Reason]) -> None:
    reason = reasons.get(Standing(member.standing))
    if reason is not None:
        raise CannotPay(reason)
