"""Buyers, sellers, and their money."""

from django.db import transaction
from django.db.models import QuerySet

from alipay_simulator import clock
from alipay_simulator.control import show_people
from alipay_simulator.control.asked import Asked, BadRequest
from alipay_simulator.control.doors import Fields
from alipay_simulator.models import Account, Cause, Member, Standing
from alipay_simulator.money import to_yuan
from alipay_simulator.rules import bank, ledger

from . import listing

WAYS_TO_TOP_UP = (Account.Kind.BALANCE, Account.Kind.CREDIT, Account.Kind.MERCHANT)


def read(fields: Fields) -> Fields:
    """List buyers and sellers with their money; all accounts add up to 0.00."""
    Asked(fields)
    return {
        "people": [show_people.member(person) for person in everybody()],
        "ledger_sum": to_yuan(bank.line().difference_fen),
    }


def everybody() -> QuerySet[Member]:
    """Return all people with their accounts."""
    return Member.objects.prefetch_related("accounts").order_by("pk")


def one(fields: Fields, who: str) -> Fields:
    """Tell one person. ``who``: number, sign-in name, or what stands before the @."""
    Asked(fields)
    person = listing.member(who)
    return show_people.member(person) | {"open_ids": show_people.open_ids(person)}


def change(fields: Fields, who: str) -> Fields:
    """Change a buyer's ``standing``: whether the wallet lets him pay."""
    asked = Asked(fields, "standing")
    person = listing.member(who)
    if person.is_seller:
        raise BadRequest("only buyers have a standing")
    standing = asked.choice("standing", Standing.values)
    if not standing:
        raise BadRequest("standing is needed")
    Member.objects.filter(pk=person.pk).update(standing=standing)
    return show_people.member(listing.member(who))


@transaction.atomic
def top_up(fields: Fields, who: str) -> Fields:
    """Issue new money: ``amount`` to one ``account`` of a person.

    Without ``account``: a buyer's balance, a seller's takings.
    """
    asked = Asked(fields, "amount", "account")
    person = listing.member(who)
    usual = Account.Kind.MERCHANT if person.is_seller else Account.Kind.BALANCE
    kind = asked.choice("account", WAYS_TO_TOP_UP, usual)
    amount_fen = asked.money("amount")
    account = (
        ledger.merchant_account(person)
        if person.is_seller
        else person.accounts.filter(kind=kind).first()
    )
    if account is None or account.kind != kind:
        raise BadRequest(f"{person.logon_id} has no {kind} account")
    ledger.move(
        ledger.treasury(), account, amount_fen, cause=Cause.TOP_UP, at=clock.now()
    )
    return show_people.member(listing.member(who))
