"""Writes about people that other apps ask for."""

from datetime import datetime

from kernel.db import command
from marketplace.accounts.models import Address, User


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
