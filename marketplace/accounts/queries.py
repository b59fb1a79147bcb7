"""Reads about people that doors need."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from marketplace.accounts.models import Address, User


def addresses_of(user: User) -> QuerySet[Address]:
    """The person's addresses, the last used one first."""
    return Address.objects.filter(user=user)


def address_for(pk: int, user: User) -> Address:
    """:raises Http404: unless the address is the person's own."""
    return get_object_or_404(addresses_of(user), pk=pk)
