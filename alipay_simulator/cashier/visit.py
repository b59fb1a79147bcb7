"""One look at the cashier: who has come, by which door, and how far he is."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from alipay_simulator import clock
from alipay_simulator.models import Entry, Member, Product, Status, Trade
from alipay_simulator.rules import intents, trades
from alipay_simulator.rules.refusals import CannotPay

from . import session

_ALL_OF_IT = ("intent__seller", "intent__sub_merchant__shop", "app")


class Step(StrEnum):
    """The pages of the cashier."""

    SIGN_IN = "sign_in"
    CONFIRM = "confirm"
    RESULT = "result"
    REFUSED = "refused"


class Surface(StrEnum):
    """How one may come to an order; the names of the addresses behind each."""

    CASHIER = "cashier"  # the page the gateway sent a browser to
    PHONE = "scan"  # a code that was scanned
    WALLET = "wallet_order"  # the list of what waits in a buyer's wallet


@dataclass
class Visit:
    """A request at the cashier.

    Signing in counts for one order and one surface: the phone that scans is
    not the browser that shows the code.
    """

    request: HttpRequest
    entry: Entry
    surface: Surface
    key: str
    at: dt.datetime

    @classmethod
    def at_cashier(cls, request: HttpRequest, key: str) -> "Visit":
        """A browser on the page the gateway sent it to."""
        return cls(request, _entry(token=key), Surface.CASHIER, key, clock.now())

    @classmethod
    def by_code(cls, request: HttpRequest, key: str) -> "Visit":
        """A phone that has scanned a code."""
        return cls(request, _entry(code=key), Surface.PHONE, key, clock.now())

    @classmethod
    def in_wallet(cls, request: HttpRequest, key: str) -> "Visit":
        """A buyer who has opened one of the trades in his wallet."""
        mine = Entry.objects.select_related(*_ALL_OF_IT)
        entry = get_object_or_404(
            mine, trades__trade_no=key, trades__buyer=session.in_wallet(request)
        )
        return cls(request, entry, Surface.WALLET, key, clock.now())

    @property
    def on_phone(self) -> bool:
        """Whether the page is laid out for a phone."""
        return self.surface != Surface.CASHIER or self.entry.product == Product.WAP

    def url(self, act: str = "page") -> str:
        """Return the address of one of this visit's pages or acts."""
        return reverse(f"{self.surface}:{act}", args=[self.key])

    @property
    def state_url(self) -> str:
        """Where the page asks whether its order has moved; "" on a phone."""
        return self.url("state") if self.surface == Surface.CASHIER else ""

    @property
    def buyer(self) -> Member | None:
        """Who has signed in for this order here."""
        if self.surface == Surface.WALLET:
            return session.in_wallet(self.request)
        return session.at_order(self.request, self.key)

    def trade(self) -> Trade | None:
        """Return the order's trade as it is at this moment."""
        trade = trades.of_intent(self.entry.intent)
        if trade is not None:
            trades.refresh(trade, at=self.at)
        return trade

    def trade_is_over(self) -> bool:
        """Tell whether the order's trade can no longer be paid by anybody."""
        trade = self.trade()
        return trade is not None and trade.status != Status.WAITING

    def step(self, trade: Trade | None, buyer: Member | None) -> Step:
        """Say which page to show.

        :raises CannotPay: the order cannot be paid here (any more).
        """
        if trade is not None and self._may_see_result(trade, buyer):
            return Step.RESULT
        if trade is not None:
            trades.require_waiting(trade)
        else:
            intents.require_open(self.entry, at=self.at)
        # Signing in is what makes an order a buyer's.
        is_his = trade is not None and buyer is not None and trade.buyer_id == buyer.pk
        return Step.CONFIRM if is_his else Step.SIGN_IN

    def state(self, trade: Trade | None) -> str:
        """Name how far the order is, for the desk's page that waits for news."""
        if trade is None:
            try:
                intents.require_open(self.entry, at=self.at)
            except CannotPay:
                return "closed"
            return "open"
        if trade.status == Status.WAITING:
            return "scanned"
        return "closed" if trade.status == Status.CLOSED else "paid"

    def _may_see_result(self, trade: Trade, buyer: Member | None) -> bool:
        if trade.status not in (Status.PAID, Status.FINISHED):
            return False
        # The desk's page moves on when a phone has paid; a stranger who scans
        # the code of a paid order is only told that it is paid.
        return self.surface == Surface.CASHIER or buyer == trade.buyer


def _entry(**which: str) -> Entry:
    return get_object_or_404(Entry.objects.select_related(*_ALL_OF_IT), **which)
