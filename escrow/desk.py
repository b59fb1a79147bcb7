"""Tables of money, as the desk's pages show them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext as _
from djmoney.money import Money

from escrow import queries
from escrow.books import Result
from escrow.ledger import accounts
from escrow.ledger.queries import Line
from escrow.models import Hold
from escrow.queries import Place
from kernel.lifecycle import HistoryRow
from kernel.money import from_minor
from kernel.templatetags.ui import moment_text, money_text

Table = dict[str, Any]


def place_words(place: Place) -> str:
    words = {
        Place.BUYER: _("Buyer"),
        Place.ALIPAY: _("Alipay"),
        Place.ESCROW: _("Escrow"),
        Place.SELLER_PENDING: _("Seller, clearing"),
        Place.SELLER_AVAILABLE: _("Seller, available"),
        Place.COMMISSION: _("Commission"),
        Place.COUPON: _("Coupons of Danbao"),
        Place.REFUND_IN_TRANSIT: _("Refund on its way"),
        Place.OWED: _("Owed to the buyer, refund refused"),
    }
    return words[place]


def money_tables(hold: Hold) -> dict[str, Table]:
    """Where the money of ``hold`` is, and every ledger line behind it."""
    view = queries.money_of(hold)
    places = [
        [place_words(one.place), money_text(one.amount)]
        for one in view.places
        if one.amount.amount
    ]
    return {
        "places_table": _table([_("Place"), _("Amount")], places),
        "lines_table": lines_table(view.lines),
    }


def lines_table(lines: Iterable[Line]) -> Table:
    return _table(
        [_("When"), _("Act"), _("Debit"), _("Credit"), _("Amount")],
        [
            [
                moment_text(line.at),
                line.key,
                line.debit,
                line.credit,
                money_text(line.amount),
            ]
            for line in lines
        ],
    )


def postings_table(postings: Iterable[tuple[str, str, Money]]) -> Table:
    """Transfers that are not posted yet."""
    return _table(
        [_("Debit"), _("Credit"), _("Amount")],
        [[debit, credit, money_text(amount)] for debit, credit, amount in postings],
    )


def history_table(moves: Iterable[HistoryRow]) -> Table:
    return _table(
        [_("When"), _("Act"), _("From"), _("To"), _("By"), _("Note")],
        [
            [
                moment_text(move.at),
                move.action,
                move.from_status,
                move.to_status,
                str(move.by or _("by itself")),
                move.note,
            ]
            for move in moves
        ],
    )


def _table(headers: list[str], rows: list[list[str]]) -> Table:
    return {"headers": headers, "rows": rows}


def accounts_table(balances: Iterable[tuple[str, str, int]]) -> Table:
    """What accounts of each kind add up to; owners' own are too many to list."""
    sums: dict[tuple[str, str], int] = {}
    for code, currency, minor in balances:
        is_owned = not code.startswith("psp_receivable")
        name = code.partition(":")[0] if is_owned else code
        sums[name, currency] = sums.get((name, currency), 0) + minor
    rows = [
        [accounts.label(name), name, money_text(from_minor(minor, currency))]
        for (name, currency), minor in sorted(sums.items())
    ]
    return {"headers": [_("Ledger account"), _("Code"), _("Balance")], "rows": rows}


def checks_table(results: Iterable[Result]) -> Table:
    """Each check in one line: its rule, and every difference it found."""
    rows = [
        [gettext(result.check.rule), "; ".join(result.differences) or _("nothing")]
        for result in results
    ]
    return {"headers": [_("Rule"), _("Found")], "rows": rows}
