"""Finding somebody by what a merchant calls him."""

import base64
import hashlib
import hmac

from alipay_simulator.models import Account, App, Member

from . import ledger


def open_id(app: App, member: Member) -> str:
    """Return what this app may call somebody instead of his number.

    Each app is given other names, from which nobody learns the number.
    """
    key = app.alipay_private_key.encode()
    digest = hmac.digest(key, member.user_id.encode(), hashlib.sha256)
    return "0" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def by_user_id(text: str) -> Member | None:
    """Find who has this ``2088…`` number."""
    return Member.objects.filter(user_id=text).first()


def by_logon_id(text: str) -> Member | None:
    """Find who signs in by this name."""
    return Member.objects.filter(logon_id=text).first()


def by_open_id(app: App, text: str) -> Member | None:
    """Find whom the app knows by this name. Asks about everybody: people are few."""
    known = Member.objects.order_by("pk").iterator()
    return next((one for one in known if open_id(app, one) == text), None)


def is_called(member: Member, name: str) -> bool:
    """Tell whether this is his real name, in either writing."""
    return name in (member.name, member.name_zh)


def main_account(member: Member) -> Account | None:
    """Return where money for somebody goes: a seller's takings, a person's balance."""
    if member.is_seller:
        return ledger.merchant_account(member)
    return member.accounts.filter(kind=Account.Kind.BALANCE).first()
