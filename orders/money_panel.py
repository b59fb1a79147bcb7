"""Where an order's money is, and a shop's, as the components show it. No writes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from djmoney.money import Money

from escrow import queries as escrow
from escrow.queries import MoneyView, Place, SellerMoney
from kernel.templatetags.ui import money_text
from orders import currencies
from orders.models import Order

# What each act in the ledger means to the buyer.
_ACTS: Mapping[str, str | Promise] = {
    "capture": gettext_lazy("You paid; held for this order"),
    "coupon": gettext_lazy("Danbao's coupon pays its part"),
    "coupon_back": gettext_lazy("The coupon's part goes back to Danbao"),
    "release": gettext_lazy("Released to the shop"),
    "commission": gettext_lazy("Commission of Danbao, paid by the shop"),
    "clear": gettext_lazy("Cleared: available to the shop"),
    "refund": gettext_lazy("Refund sent off"),
    "settle": gettext_lazy("The refund is confirmed"),
    "reject": gettext_lazy("It cannot go back by itself; we owe it to you"),
    "by_hand": gettext_lazy("Our desk paid it to you another way"),
}


def money_strip(order: Order) -> dict[str, Any]:
    """The four places for the money strip, the amount where it is now.

    Told from the ledger alone; what the places hold adds up to what was paid and what
    Danbao's coupon pays, with the commission named beside the seller.
    """
    view = escrow.money_of(order.hold)
    owed = _at(view, Place.OWED)
    going_back = _at(view, Place.REFUND_IN_TRANSIT) + owed
    sellers = _at(view, Place.SELLER_PENDING) + _at(view, Place.SELLER_AVAILABLE)
    back, held = _at(view, Place.BUYER), _at(view, Place.ESCROW)
    return {
        "places": [
            _place(_("You"), _buyer_word(back), "user", back, passed=True),
            _place(
                _carrier(view),
                _carrier_word(going_back, owed),
                "arrows-right-left",
                going_back,
                passed=True,
            ),
            _place(
                "Danbao",
                _escrow_word(order, held, sellers),
                "lock-closed",
                held,
                passed=bool(sellers.amount),
            ),
            _place(
                order.seller.name,
                _seller_word(view, held),
                "building-storefront",
                sellers,
                passed=False,
            ),
        ],
        "state": _state(held=held, going_back=going_back, sellers=sellers),
        "sentence": _owed_sentence(sellers)
        if owed.amount
        else _sentence(order, held=held, going_back=going_back, sellers=sellers),
        "entries": [
            {
                "at": line.at,
                "text": _ACTS.get(line.act, line.act),
                "debit": escrow.account_label(line.debit),
                "credit": escrow.account_label(line.credit),
                "amount": line.amount,
            }
            for line in view.lines
        ],
    }


def _at(view: MoneyView, place: Place) -> Money:
    return view.at(place).amount


def _place(
    name: str, sub: str, icon: str, amount: Money, *, passed: bool
) -> dict[str, Any]:
    here = bool(amount.amount)
    return {
        "name": name,
        "sub": sub,
        "icon": icon,
        "amount": amount if here else None,
        "here": here,
        "passed": passed and not here,
    }


def _buyer_word(back: Money) -> str:
    return _("back with you") if back.amount else _("paid")


def _carrier(view: MoneyView) -> str:
    """Who brought the money: Alipay, or the bank it was sent to."""
    by_bank = any(line.debit.endswith(":bank_transfer") for line in view.lines)
    return _("The bank") if by_bank else _("Alipay")


def _carrier_word(going_back: Money, owed: Money) -> str:
    if owed.amount:
        return _("has it; we owe it to you")
    return _("takes it back to you") if going_back.amount else _("passed it on")


def _escrow_word(order: Order, held: Money, sellers: Money) -> str:
    coupon = order.hold.coupon - order.hold.coupon_returned
    if held.amount and coupon.amount:
        return _("in escrow, %(coupon)s of it from our coupon") % {
            "coupon": money_text(coupon)
        }
    if held.amount:
        return _("in escrow for this order")
    return _("passed it on") if sellers.amount else _("sent it back")


def _seller_word(view: MoneyView, held: Money) -> str:
    commission = _at(view, Place.COMMISSION)
    if commission.amount:
        return _("after %(commission)s commission") % {
            "commission": money_text(commission)
        }
    return _("gets it last") if held.amount else _("gets nothing of it")


def _state(*, held: Money, going_back: Money, sellers: Money) -> str:
    if held.amount:
        return "held"
    if going_back.amount:
        return "moving"
    return "done" if sellers.amount else "closed"


def _owed_sentence(sellers: Money) -> str:
    if sellers.amount:
        return _(
            "Divided: the rest went to the shop. Your part cannot go back by itself, "
            "so we pay it to you another way."
        )
    return _("It cannot go back by itself, so we pay it to you another way.")


def _sentence(order: Order, *, held: Money, going_back: Money, sellers: Money) -> str:
    if held.amount:
        return _("Danbao holds it. Neither the shop nor we can spend it.")
    if going_back.amount and sellers.amount:
        return _("Divided: a part goes back to you, the rest went to the shop.")
    if going_back.amount:
        return _("It has left the escrow and is on its way back to you.")
    if sellers.amount and order.hold.refunded.amount:
        return _("Divided: a part is back with you, the rest went to the shop.")
    if sellers.amount:
        return _("It was released to the shop.")
    return _("All of it is back with you.")


def money_tiles(
    rows: Sequence[SellerMoney], dates: Mapping[str, datetime | None]
) -> list[dict[str, Any]]:
    """A shop's money: held, clearing, available, each with its why and when.

    :param dates: of :func:`orders.queries.next_dates`.
    """
    why_held = _("Paid by buyers, after commission. Yours when they confirm.")
    if dates["release"]:
        why_held = _(
            "Paid by buyers, after commission. Yours when they confirm; the next by"
        )
    why_clearing = _("Released and being cleared.")
    if dates["clear"]:
        why_clearing = _("Released and being cleared. The next is available on")
    return [
        _tile(
            _("Held"), [row.held for row in rows], why_held, "held", dates["release"]
        ),
        _tile(
            _("Clearing"),
            [row.pending for row in rows],
            why_clearing,
            "moving",
            dates["clear"],
        ),
        _tile(
            _("Available"),
            [row.available for row in rows],
            _("Cleared and yours."),
            "done",
        ),
    ]


def _tile(
    name: str,
    amounts: list[Money],
    why: str,
    state: str,
    at: datetime | None = None,
) -> dict[str, Any]:
    nothing = [Money(0, currencies.payable()[0])]
    return {
        "name": name,
        "amounts": amounts or nothing,
        "why": why,
        "state": state,
        "at": at,
    }
