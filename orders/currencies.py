"""In which currency a checkout is paid: what is possible, and what is chosen.

Prices may be shown in any currency; what is charged is one that a way to pay takes.
"""

from django.conf import settings

from marketplace.cart.models import CartLine
from orders import pricing
from payments import queries as payments


def payable() -> list[str]:
    """What can be charged: by the first way to pay first, then in our usual order."""
    possible = payments.payable_currencies()
    first = payments.preferred_currencies()
    order: list[str] = settings.DISPLAY_CURRENCIES
    known = {code: place for place, code in enumerate(order)}
    return sorted(
        possible,
        key=lambda code: (code not in first, known.get(code, len(known)), code),
    )


def chosen(asked: str, *, shown: str) -> str:
    """The currency to pay in: the one ``asked`` for, if it can be charged.

    Else the one that prices are ``shown`` in, if the first way to pay takes it; else
    what that way takes: nobody loses the usual way to pay by a choice of display.
    """
    possible = payable()
    if asked in possible:
        return asked
    if shown in payments.preferred_currencies():
        return shown
    return possible[0]


def without_rates(lines: list[CartLine]) -> str | None:
    """A currency in which this cart can be paid without any conversion, if there is
    one: the listing currency of everything in it."""
    listed = set(pricing.currencies_of(lines, charged=""))
    only = next(iter(listed)) if len(listed) == 1 else None
    return only if only in payable() else None
