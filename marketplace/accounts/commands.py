"""Writes about people that other apps ask for."""

from datetime import datetime

from kernel.db import command
from marketplace.accounts.models import Address


@command
def mark_address_used(*, address: Address, at: datetime) -> None:
    """Remember that something was ordered to ``address``: it is offered first."""
    Address.objects.filter(pk=address.pk).update(used_at=at)
