"""The people and the app a fresh simulator starts with."""

import datetime as dt

from django.db import transaction

from . import ids
from .models import Account, App, Cause, Member
from .rules import ledger

Kind = Account.Kind

PASSWORD = "111111"  # noqa: S105 - the sandbox's published password
SELLER_ID = "2088721000000001"
APP_NAME = "Sandbox app"

BUYERS = (
    # Sign-in name, names, balance, card limit, credit line; all money in fen.
    ("mei1234@sandbox.com", "Lin Mei", "林美", 100_000_000, 20_000_000, 2_000_000),
    ("poor1234@sandbox.com", "Wu Yu", "吴余", 888, 5_000, None),
    ("jun1234@sandbox.com", "Chen Jun", "陈军", 50_000, 2_000_000, 300_000),
)


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
            "logon_password": PASSWORD,
            "pay_password": PASSWORD,
        },
    )
    if not made:
        return seller
    _account(seller, Kind.MERCHANT, "Takings", "收款账户", floor_fen=0)
    treasury = Account.objects.create(
        kind=Kind.OUTSIDE, label="Treasury", label_zh="国库"
    )
    for number, buyer in enumerate(BUYERS, 1):
        _buyer(number, *buyer, treasury=treasury, at=at)
    return seller


def _buyer(
    number: int,
    logon_id: str,
    name: str,
    name_zh: str,
    balance_fen: int,
    card_limit_fen: int,
    credit_line_fen: int | None,
    *,
    treasury: Account,
    at: dt.datetime,
) -> None:
    buyer = Member.objects.create(
        user_id=f"2088722{number:09d}",
        logon_id=logon_id,
        name=name,
        name_zh=name_zh,
        logon_password=PASSWORD,
        pay_password=PASSWORD,
    )
    balance = _account(buyer, Kind.BALANCE, "Balance", "账户余额", floor_fen=0)
    ledger.move(treasury, balance, balance_fen, cause=Cause.OPENING, at=at)
    _account(
        buyer,
        Kind.CARD,
        f"Harbour Bank debit card ({6020 + number})",
        f"海港银行储蓄卡 ({6020 + number})",
        bank_code="HARBOUR",
        payment_limit_fen=card_limit_fen,
    )
    if credit_line_fen is not None:
        _account(
            buyer, Kind.CREDIT, "Credit line", "信用付", floor_fen=-credit_line_fen
        )


def _account(
    owner: Member, kind: Account.Kind, label: str, label_zh: str, **limits: int | str
) -> Account:
    return Account.objects.create(
        owner=owner, kind=kind, label=label, label_zh=label_zh, **limits
    )


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
    app, _ = App.objects.update_or_create(
        seller=seller,
        defaults=keys,
        create_defaults=keys | {"app_id": ids.app_id(), "name": APP_NAME},
    )
    return app
