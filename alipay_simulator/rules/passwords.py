"""The six-digit payment password: a few tries, then a pause."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare

from alipay_simulator.models import Member

from .refusals import CannotPay, Reason


def check_pay_password(member: Member, password: str, *, at: dt.datetime) -> None:
    """Let the right password through and count the wrong ones.

    ``member`` shows the tries and the lock as they are afterwards.

    :raises CannotPay: ``WRONG_PASSWORD``, or ``LOCKED`` (then even the right
        one is refused).
    """
    # The count is committed before the refusal is raised, or it would be lost.
    reason = _judge(member, password, at)
    if reason is not None:
        raise CannotPay(reason)


@transaction.atomic
def _judge(member: Member, password: str, at: dt.datetime) -> Reason | None:
    member.refresh_from_db(fields=["wrong_tries", "locked_until"])
    if is_locked(member, at=at):
        return Reason.LOCKED
    reason = None
    member.locked_until = None
    if constant_time_compare(password, member.pay_password):
        member.wrong_tries = 0
    else:
        member.wrong_tries += 1
        reason = Reason.WRONG_PASSWORD
        if member.wrong_tries >= settings.PASSWORD_TRIES:
            member.wrong_tries = 0
            member.locked_until = at + dt.timedelta(minutes=settings.LOCK_MINUTES)
            reason = Reason.LOCKED
    member.save(update_fields=["wrong_tries", "locked_until"])
    return reason


def require_unlocked(member: Member, *, at: dt.datetime) -> None:
    """Let somebody pay whose password is not asked for.

    :raises CannotPay: ``LOCKED``.
    """
    if is_locked(member, at=at):
        raise CannotPay(Reason.LOCKED)


def is_locked(member: Member, *, at: dt.datetime) -> bool:
    """Tell whether too many wrong passwords keep him from paying."""
    return member.locked_until is not None and member.locked_until > at


def tries_left(member: Member) -> int:
    """How many wrong passwords may still follow before the lock."""
    return settings.PASSWORD_TRIES - member.wrong_tries
