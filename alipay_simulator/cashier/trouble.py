"""What a buyer reads when an order cannot be paid: why, his money, what next."""

from dataclasses import dataclass

from alipay_simulator.models import Account, Member, Trade
from alipay_simulator.money import for_people
from alipay_simulator.rules.refusals import Reason

_OF_THE_ACCOUNT = {
    Reason.OTHER_BUYER,
    Reason.SELLER_IS_BUYER,
    Reason.BLOCKED,
    Reason.REGION,
}


@dataclass(frozen=True)
class Trouble:
    """Why an order cannot be paid here, as a page of its own tells it.

    ``refunded`` is the trade if this very buyer has paid it and all of it went
    back: then money has moved. Otherwise none of his has.
    """

    reason: Reason
    refunded: Trade | None

    @property
    def name(self) -> str:
        """What the texts about it are called by."""
        return "REFUNDED" if self.refunded else self.reason

    @property
    def another_account_helps(self) -> bool:
        """Whether somebody else may be able to pay."""
        return self.reason in _OF_THE_ACCOUNT

    @property
    def amount(self) -> str:
        """How much has gone back."""
        return for_people(self.refunded.refunded_fen) if self.refunded else ""

    @property
    def source(self) -> Account | None:
        """Where it went."""
        return self.refunded.paid_from if self.refunded else None


def trouble(reason: Reason, trade: Trade | None, buyer: Member | None) -> Trouble:
    """Say what there is to tell this buyer, who may be nobody yet."""
    is_his = trade is not None and buyer is not None and trade.buyer_id == buyer.pk
    gone_back = is_his and trade is not None and trade.is_paid and not trade.left_fen
    return Trouble(reason, trade if gone_back else None)
