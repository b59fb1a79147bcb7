"""A buyer's whole act in one call: scan (or sign in), then pay."""

import datetime as dt

from alipay_simulator.models import Account, Entry, Member, Trade

from . import funding, intents, mishaps, passwords

DEFAULT_BUYER = "mei1234@sandbox.com"


class Unknown(LookupError):
    """No such order, buyer, or way to pay; the text says which."""


def scan_and_pay(
    out_trade_no: str,
    *,
    buyer: str,
    way: str,
    at: dt.datetime,
    seller: Member | None = None,
) -> Trade:
    """Pay an order as its buyer would at the cashier, by its newest door.

    ``buyer`` is a sign-in name or the part before the ``@``; ``way`` is
    ``balance``, ``card``, ``credit_card`` or ``credit``. Without ``seller`` it is
    the newest order of that number, whoever's.

    :raises Unknown: nothing of that name.
    :raises CannotPay: as the cashier would have refused.
    """
    doors = Entry.objects.filter(intent__out_trade_no=out_trade_no)
    if seller is not None:
        doors = doors.filter(intent__seller=seller)
    entry = doors.last()
    if entry is None:
        raise Unknown(f"no order {out_trade_no}")
    member = _buyer(buyer)
    account = _account(member, way)
    passwords.require_unlocked(member, at=at)
    trade = intents.enter(entry, member, at=at)
    return mishaps.pay(trade, account, entry=entry, at=at)


def _account(member: Member, way: str) -> Account:
    sources = {
        funding.name_of(account): account
        for account in reversed(funding.sources_of(member))
    }
    if way not in sources:
        ways = ", ".join(sources)
        raise Unknown(f"{member.logon_id} cannot pay with {way!r}; has: {ways}")
    return sources[way]


def _buyer(name: str) -> Member:
    wanted = name if "@" in name else f"{name}1234@sandbox.com"
    local = f"{name}@sandbox.com"
    found = (
        Member.objects.filter(is_seller=False)
        .filter(logon_id__in=[wanted, local])
        .first()
    )
    if found is None:
        raise Unknown(f"no buyer {name}")
    return found
