"""Who is signed in here: for single orders, and in the wallet.

The session is a signed cookie; it holds buyers' numbers only.
"""

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from alipay_simulator.models import Member

REMEMBERED = 10
"""Orders for which one browser stays signed in; a cookie has little room."""

_ORDERS, _WALLET = "buyers", "wallet"


def recognise(request: HttpRequest) -> Member | None:
    """Return whose account and sign-in password a form has brought."""
    account = request.POST.get("account", "").strip()
    password = request.POST.get("password", "")
    member = Member.objects.filter(logon_id__iexact=account).first()
    if member is None or not constant_time_compare(password, member.logon_password):
        return None
    return member


def at_order(request: HttpRequest, key: str) -> Member | None:
    """Who has signed in for the order that ``key`` names."""
    return _member(request.session.get(_ORDERS, {}).get(key))


def enter_order(request: HttpRequest, key: str, buyer: Member) -> None:
    """Sign the buyer in, for this order only."""
    buyers = request.session.get(_ORDERS, {})
    buyers.pop(key, None)
    buyers[key] = buyer.user_id
    request.session[_ORDERS] = dict(list(buyers.items())[-REMEMBERED:])


def leave_order(request: HttpRequest, key: str) -> None:
    """Sign out of this order."""
    buyers = request.session.get(_ORDERS, {})
    buyers.pop(key, None)
    request.session[_ORDERS] = buyers


def in_wallet(request: HttpRequest) -> Member | None:
    """Whose wallet is open in this browser."""
    return _member(request.session.get(_WALLET))


def open_wallet(request: HttpRequest, buyer: Member) -> None:
    """Open the buyer's wallet."""
    request.session[_WALLET] = buyer.user_id


def shut_wallet(request: HttpRequest) -> None:
    """Shut the wallet; orders one has signed in for stay as they are."""
    request.session.pop(_WALLET, None)


def _member(user_id: str | None) -> Member | None:
    if user_id is None:
        return None
    return Member.objects.filter(user_id=user_id).first()
