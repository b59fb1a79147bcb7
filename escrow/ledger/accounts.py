"""The chart of accounts: every name that a transfer may use (rules §4.2)."""

from dataclasses import dataclass

from django.utils.translation import gettext

from escrow.ledger.models import Account

Kind = Account.Kind


@dataclass(frozen=True, slots=True)
class AccountName:
    """An account's code, what it is, and whether it keeps a running balance."""

    code: str
    kind: Account.Kind
    keeps_balance: bool = False

    def __str__(self) -> str:
        return self.code


def _owned(code: str) -> AccountName:
    return AccountName(code, Kind.LIABILITY, keeps_balance=True)


def psp_receivable(gateway: str) -> AccountName:
    """What ``gateway`` has taken in for us and not paid out or back yet."""
    return AccountName(f"psp_receivable:{gateway}", Kind.ASSET)


def escrow(order_number: str) -> AccountName:
    """What is held for one order; exactly zero once its money has gone somewhere."""
    return _owned(f"escrow:{order_number}")


def seller_pending(seller_id: int) -> AccountName:
    """Released to the seller, not yet cleared (T18)."""
    return _owned(f"seller_pending:{seller_id}")


def seller_available(seller_id: int) -> AccountName:
    """The seller's own, ready to be paid out."""
    return _owned(f"seller_available:{seller_id}")


def refund_in_transit() -> AccountName:
    """Promised back to buyers; the gateway has not confirmed it yet."""
    return AccountName("refund_in_transit", Kind.LIABILITY)


def unapplied_receipts() -> AccountName:
    """Money that came for nothing we could apply it to, owed back to who paid it."""
    return AccountName("unapplied_receipts", Kind.LIABILITY)


def commission() -> AccountName:
    """What the platform has earned."""
    return AccountName("commission", Kind.INCOME)


def psp_fees() -> AccountName:
    """What providers have kept for themselves."""
    return AccountName("psp_fees", Kind.EXPENSE)


def promo() -> AccountName:
    """What the platform's own coupons have cost it."""
    return AccountName("promo", Kind.EXPENSE)


def label(code: str) -> str:
    """What people read in place of an account's code."""
    head, _, rest = code.partition(":")
    words = {
        "psp_receivable": gettext("With Alipay"),
        "escrow": gettext("Escrow of the order"),
        "seller_pending": gettext("Seller, clearing"),
        "seller_available": gettext("Seller, available"),
        "refund_in_transit": gettext("Refund on its way"),
        "unapplied_receipts": gettext("Owed back to the payer"),
        "commission": gettext("Commission"),
        "psp_fees": gettext("Providers' fees"),
        "promo": gettext("Coupons of Danbao"),
    }
    if code == psp_receivable("bank_transfer").code:
        return gettext("On our bank account")
    text = words.get(head, code)
    return f"{text} {rest}" if head == "escrow" else text
