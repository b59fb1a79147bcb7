"""Opening merchants and their apps."""

from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from django.db import transaction

from alipay_simulator import ids, residents, signing
from alipay_simulator.models import App, Member

from . import ledger


class BadKey(ValueError):
    """That is no public RSA key."""


@dataclass(frozen=True)
class Opened:
    """A new app, and its private key where it was made here."""

    app: App
    private_key: str


@transaction.atomic
def open_merchant(name: str, name_zh: str) -> Member:
    """Make a seller with nothing in his account."""
    user_id = ids.user_id()
    seller = Member.objects.create(
        user_id=user_id,
        logon_id=f"shop{user_id[-6:]}@sandbox.com",
        name=name,
        name_zh=name_zh or name,
        is_seller=True,
        logon_password=residents.PASSWORD,
        pay_password=residents.PASSWORD,
    )
    ledger.merchant_account(seller)
    return seller


def open_app(seller: Member, name: str, public_key: str = "") -> Opened:
    """Make an app with fresh keys; its own pair only if no ``public_key`` is given.

    :raises BadKey: the text is neither PEM nor bare base64 of a public RSA key.
    """
    private_key = ""
    if public_key:
        public_key = read_public_key(public_key)
    else:
        private_key, public_key = signing.new_key_pair()
    alipay_private_key, alipay_public_key = signing.new_key_pair()
    app = App.objects.create(
        app_id=ids.app_id(),
        name=name,
        seller=seller,
        public_key=public_key,
        alipay_private_key=alipay_private_key,
        alipay_public_key=alipay_public_key,
    )
    return Opened(app, private_key)


def read_public_key(text: str) -> str:
    """Return a public key as PEM, given that or, as Alipay shows it, bare base64."""
    bare = "".join(text.split())
    if "BEGIN" not in text:
        lines = [bare[start : start + 64] for start in range(0, len(bare), 64)]
        head, foot = "-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----"
        text = "\n".join([head, *lines, foot]) + "\n"
    try:
        return signing.normal_public_key(text)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise BadKey("that is no public RSA key, neither PEM nor base64") from None
