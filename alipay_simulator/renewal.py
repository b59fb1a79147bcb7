"""Starting afresh without a new folder: everything is forgotten but who may connect."""

import datetime as dt

from django.apps import apps as django_apps
from django.db import connection, transaction

from . import clock, seed
from .models import App, Member

KEPT_OF_A_SELLER = (
    "user_id",
    "logon_id",
    "name",
    "name_zh",
    "is_seller",
    "logon_password",
    "pay_password",
)
KEPT_OF_AN_APP = (
    "app_id",
    "name",
    "public_key",
    "alipay_private_key",
    "alipay_public_key",
    "aes_key",
)


@transaction.atomic
def reset() -> dt.datetime:
    """Forget all orders, money, notifications, faults, shops, and the moved clock.

    Sellers and their apps stay, with their numbers and keys but as if new;
    buyers are the seeded ones. Returns the moment, the machine's.
    """
    callers = [
        (
            {name: getattr(app.seller, name) for name in KEPT_OF_A_SELLER},
            {name: getattr(app, name) for name in KEPT_OF_AN_APP},
        )
        for app in App.objects.select_related("seller").order_by("pk")
    ]
    _forget_everything()
    at = clock.now()
    sellers: dict[str, Member] = {}
    for about_seller, about_app in callers:
        user_id = about_seller["user_id"]
        if user_id not in sellers:
            sellers[user_id] = _settle(about_seller, at)
        App.objects.create(seller=sellers[user_id], **about_app)
    return at


def _settle(about: dict[str, str], at: dt.datetime) -> Member:
    """Make a seller again; with the first one all who are seeded come back."""
    if about["user_id"] != seed.SELLER_ID:
        return Member.objects.create(**about)
    return seed.seed(seller_name=about["name"], seller_name_zh=about["name_zh"], at=at)


def _forget_everything() -> None:
    """Empty all tables; what refers to what is looked at only at the commit."""
    with connection.cursor() as cursor:
        for model in django_apps.get_app_config("alipay_simulator").get_models():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own name
