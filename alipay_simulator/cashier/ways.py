"""The ways a buyer may pay an order, as the confirm page lists them."""

import datetime as dt
from dataclasses import dataclass

from alipay_simulator.models import Account, Entry, Member
from alipay_simulator.rules import funding
from alipay_simulator.rules.refusals import Reason


@dataclass(frozen=True)
class Way:
    """One account: what it holds, what it may pay, and why it cannot pay this."""

    account: Account
    reason: Reason | None
    left_today_fen: int | None

    @property
    def value(self) -> str:
        """What its radio button sends."""
        return str(self.account.pk)

    @property
    def kind(self) -> str:
        """What its radio button is called by scripts of tests."""
        return funding.name_of(self.account)

    @property
    def amount_fen(self) -> int | None:
        """The amount that the reason speaks of."""
        if self.reason == Reason.OVER_LIMIT:
            return self.account.payment_limit_fen
        if self.reason == Reason.OVER_DAY_LIMIT:
            return self.left_today_fen
        return self.account.spendable_fen


def ways_of(
    buyer: Member, total_fen: int, entry: Entry, *, at: dt.datetime
) -> list[Way]:
    """List the buyer's accounts, those that cannot pay the amount too."""
    return [
        Way(
            account,
            funding.why_not(account, total_fen, entry, at=at),
            funding.left_today_fen(account, at=at),
        )
        for account in funding.sources_of(buyer)
    ]
