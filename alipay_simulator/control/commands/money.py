"""Refunds and transfers, newest first, and the bank's line."""

from typing import Any

from django.db.models import QuerySet

from alipay_simulator.control import paging, show
from alipay_simulator.control.asked import Asked
from alipay_simulator.control.doors import Fields
from alipay_simulator.models import Refund, Transfer
from alipay_simulator.money import to_yuan
from alipay_simulator.rules import bank

from . import listing


def refunds(fields: Fields) -> Fields:
    """List refunds, newest first."""
    page = find_refunds(Asked(fields, *listing.FIELDS))
    rows = [
        show.refund(made) | {"out_trade_no": made.trade.intent.out_trade_no}
        for made in page.rows
    ]
    return listing.told("refunds", page, rows)


def find_refunds(asked: Asked) -> paging.Page:
    """Return a page of refunds."""
    return _page(
        Refund.objects.select_related("trade__intent", "trade__paid_from"), asked
    )


def transfers(fields: Fields) -> Fields:
    """List transfers, newest first."""
    page = find_transfers(Asked(fields, *listing.FIELDS))
    rows = [show.transfer(made) for made in page.rows]
    return listing.told("transfers", page, rows)


def find_transfers(asked: Asked) -> paging.Page:
    """Return a page of transfers."""
    return _page(Transfer.objects.select_related("payer", "payee__owner"), asked)


def _page(rows: QuerySet[Any], asked: Asked) -> paging.Page:
    return paging.newest(
        rows,
        before=listing.before(asked),
        size=listing.size(asked),
        is_filtered=False,
    )


def read_bank(fields: Fields) -> Fields:
    """Tell where all money is, and whether it adds up to what was issued.

    ``audit=yes`` also counts every account anew from its movements, which takes
    seconds where there are millions.
    """
    asked = Asked(fields, "audit")
    line = bank.line()
    told: Fields = {
        "issued": to_yuan(line.issued),
        "lent": to_yuan(line.lent),
        "buyers": to_yuan(line.buyers),
        "merchants": to_yuan(line.merchants),
        "held": to_yuan(line.held),
        "in_flight": to_yuan(line.in_flight),
        "fees": to_yuan(line.fees),
        "difference": to_yuan(line.difference_fen),
        "adds_up": line.adds_up,
    }
    if asked.choice("audit", ("yes", "no")) == "yes":
        wrong = bank.audit()
        told["adds_up"] = line.adds_up and not wrong
        told["wrong_accounts"] = [
            {"account": show.account_name(account), "off_by": to_yuan(fen)}
            for account, fen in wrong
        ]
    return told
