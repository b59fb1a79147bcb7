"""What the control room says about people, their money, and their apps."""

from typing import Any

from alipay_simulator.models import Account, App, Member, SubMerchant
from alipay_simulator.money import to_yuan
from alipay_simulator.rules import people

from .show import moment


def member(person: Member) -> dict[str, Any]:
    """Tell a buyer or seller with the money in each account."""
    return {
        "user_id": person.user_id,
        "logon_id": person.logon_id,
        "name": person.name,
        "is_seller": person.is_seller,
        "standing": person.standing,
        "accounts": [_account(account) for account in person.accounts.all()],
    }


def open_ids(person: Member) -> dict[str, str]:
    """Tell by what name each app may call somebody."""
    return {app.app_id: people.open_id(app, person) for app in App.objects.all()}


def _account(account: Account) -> dict[str, Any]:
    return {
        "kind": account.kind,
        "label": account.label,
        "balance": to_yuan(account.balance_fen),
        "spendable": _amount(account.spendable_fen),
        "payment_limit": _amount(account.payment_limit_fen),
    }


def app(caller: App) -> dict[str, Any]:
    """Tell what an app is, and what can be changed about it."""
    return {
        "app_id": caller.app_id,
        "name": caller.name,
        "seller_id": caller.seller.user_id,
        "enabled": caller.enabled,
        "disabled_methods": caller.disabled_methods,
        "notify_events": caller.notify_events,
        "aes_key": caller.aes_key,
        "fee_basis_points": caller.fee_basis_points,
        "royalty_max_percent": caller.royalty_max_percent,
        "transfer_max": to_yuan(caller.transfer_max_fen),
        "bills_wait": caller.bills_wait,
    }


def shop(one: SubMerchant) -> dict[str, Any]:
    """Tell a shop that a platform has registered."""
    return {
        "smid": one.smid,
        "name": one.shop.name,
        "user_id": one.shop.user_id,
        "platform_id": one.platform.user_id,
        "created_at": moment(one.created_at),
    }


def _amount(fen: int | None) -> str | None:
    return None if fen is None else to_yuan(fen)
