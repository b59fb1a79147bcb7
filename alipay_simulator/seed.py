"""The people and the app a fresh simulator starts with."""

import datetime as dt

from django.db import transaction

from . import ids, residents
from .models import Account, App, Member
from .rules import ledger, shops

Kind = Account.Kind

SELLER_ID = "2088721000000001"
SMID = "2088741000000001"
"""The one shop that the first seller has as a platform."""

APP_NAME = "Sandbox app"


@transaction.atomic
def seed(*, seller_name: str, seller_name_zh: str, at: dt.datetime) -> Member:
    """Make sure the people exist; return the seller, who gets this name."""
    seller, made = Member.objects.update_or_create(
        user_id=SELLER_ID,
        defaults={"name": seller_name, "name_zh": seller_name_zh},
        create_defaults={
            "name": seller_name,
            "name_zh": seller_name_zh,
            "logon_id": "shop1234@sandbox.com",
            "is_seller": True,
            "logon_password": residents.PASSWORD,
            "pay_password": residents.PASSWORD,
        },
    )
    if not made:
        return seller
    Account.objects.create(kind=Kind.OUTSIDE, label="Treasury", label_zh="国库")
    ledger.merchant_account(seller)
    for number, buyer in enumerate(residents.BUYERS, 1):
        residents.move_in(buyer, number, at=at)
    shops.register(seller, name="Corner shop", name_zh="街角小店", smid=SMID, at=at)
    return seller


@transaction.atomic
def ensure_app(seller: Member, *, public_key: str, alipay_keys: tuple[str, str]) -> App:
    """Make sure the app exists and has these keys.

    ``alipay_keys`` are the private and the public half of the gateway's pair.
    Its number is random, so that two data folders are two environments.
    """
    keys = {
        "public_key": public_key,
        "alipay_private_key": alipay_keys[0],
        "alipay_public_key": alipay_keys[1],
    }
    first = App.objects.filter(seller=seller).order_by("pk").first()
    app, _ = App.objects.update_or_create(
        pk=first.pk if first else None,
        defaults=keys,
        create_defaults=keys
        | {"app_id": ids.app_id(), "name": APP_NAME, "seller": seller},
    )
    return app
