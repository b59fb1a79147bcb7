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
from alipay_simulator.rules.refusals import CannotPay, Reason

REMEMBERED = 10
"""Orders for which one browser stays signed in; the session is a cookie."""


class Step(StrEnum):
    """The pages of the cashier."""

    SIGN_IN = "sign_in"
    CONFIRM = "confirm"
    RESULT = "result"
    REFUSED = "refused"


@dataclass
class Visit:
    """A request at the cashier.

    Signing in counts for one order and one surface: the phone that scans is
    not the browser that shows the code.
    """

    request: HttpRequest
    entry: Entry
    scanned: bool
    at: dt.datetime

    @classmethod
    def at_cashier(cls, request: HttpRequest, token: str) -> "Visit":
        """A browser on the page the gateway sent it to."""
        return cls(request, _entry(token=token), scanned=False, at=clock.now())

    @classmethod
    def by_code(cls, request: HttpRequest, code: str) -> "Visit":
        """A phone that has scanned a code."""
        return cls(request, _entry(code=code), scanned=True, at=clock.now())

    @property
    def on_phone(self) -> bool:
        """Whether the page is laid out for a phone."""
        return self.scanned or self.entry.product == Product.WAP

    @property
    def key(self) -> str:
        """What names this visit in addresses and in the session."""
        return self.entry.code if self.scanned else self.entry.token

    def url(self, act: str = "page") -> str:
        """Return the address of one of this visit's doors."""
        return reverse(
            f"{'scan' if self.scanned else 'cashier'}:{act}", args=[self.key]
        )

    @property
    def buyer(self) -> Member | None:
        """Who has signed in for this order here."""
        user_id = self.request.session.get("buyers", {}).get(self.key)
        if user_id is None:
            return None
        return Member.objects.filter(user_id=user_id).first()

    def remember(self, buyer: Member) -> None:
        """Sign the buyer in, for this order only."""
        buyers = self.request.session.get("buyers", {})
        buyers.pop(self.key, None)
        buyers[self.key] = buyer.user_id
        self.request.session["buyers"] = dict(list(buyers.items())[-REMEMBERED:])

    def forget(self) -> None:
        """Sign out of this order."""
        buyers = self.request.session.get("buyers", {})
        buyers.pop(self.key, None)
        self.request.session["buyers"] = buyers

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
            self._require_open()
        if buyer is None or trade is None:
            return Step.SIGN_IN
        if trade.buyer_id != buyer.pk:
            raise CannotPay(Reason.OTHER_BUYER)
        return Step.CONFIRM

    def _may_see_result(self, trade: Trade, buyer: Member | None) -> bool:
        if trade.status not in (Status.PAID, Status.FINISHED):
            return False
        # The desk's page moves on when a phone has paid; a stranger who scans
        # the code of a paid order is only told that it is paid.
        return not self.scanned or buyer == trade.buyer

    def _require_open(self) -> None:
        intent = self.entry.intent
        if intent.cancelled:
            raise CannotPay(Reason.CLOSED)
        if intents.is_expired(intent, self.at):
            raise CannotPay(Reason.EXPIRED)
        if self.entry.valid_until is not None and self.entry.valid_until <= self.at:
            raise CannotPay(Reason.CODE_EXPIRED)


def _entry(**which: str) -> Entry:
    return get_object_or_404(
        Entry.objects.select_related("intent__seller", "app"), **which
    )
