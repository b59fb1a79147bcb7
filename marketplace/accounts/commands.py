"""Writes about people that other apps ask for."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kernel.db import command
from kernel.errors import Refusal
from marketplace.accounts.models import Address, IdentityCheck, User


class CannotVerify(Refusal):
    """The level is the present one, or the account is one's own."""

    code = "cannot_verify"


@command
def record_identity(
    *, user: User, level: str, by: User, note: str, at: datetime
) -> None:
    """The desk knows now who ``user`` is, or does not any more.

    :param note: what was looked at. :raises CannotVerify: nothing changes, or an
        officer checks themselves.
    """
    if by.pk == user.pk:
        raise CannotVerify(_("Nobody checks their own identity."))
    changed = User.objects.filter(pk=user.pk, verification=user.verification).exclude(
        verification=level
    )
    if not changed.update(verification=level):
        raise CannotVerify(_("That is what is recorded already."))
    IdentityCheck.objects.create(
        user=user, before=user.verification, after=level, by=by, at=at, note=note
    )


@command
def keep_address(*, address: Address) -> Address:
    """Add a new address to its person's; one that is there already is found again.

    Two presses of one button wait for each other here: they make one address.
    """
    User.objects.select_for_update(no_key=True).get(pk=address.user_id)
    written = {
        field.name: getattr(address, field.name)
        for field in Address._meta.concrete_fields
        if field.name not in {"id", "used_at"}
    }
    known = Address.objects.filter(**written).first()
    if known is None:
        address.save(force_insert=True)
    return known or address


@command
def mark_address_used(*, address: Address, at: datetime) -> None:
    """Remember that something was ordered to ``address``: it is offered first."""
    Address.objects.filter(pk=address.pk).update(used_at=at)
