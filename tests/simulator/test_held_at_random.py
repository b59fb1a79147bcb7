"""Held, frozen, split and refunded in any order: no money is made or lost."""

from decimal import Decimal
from itertools import count
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.simulator.bank import Bank
from tests.simulator.harness import Answer, Merchant, Simulator
from tests.simulator.platform import Platform
from tests.simulator.test_royalty_relations import bind
from tests.simulator.test_splits import JUN, settle

TOTAL = Decimal("88.88")
MOST_FEE = Decimal("0.53")
"""0.6 % of it, charged on what is released."""
DAY = 86_400

numbers = count(1)
amounts = st.sampled_from(["0.01", "8.88", "20.00", "26.66", "44.44", "88.88"])
acts = st.one_of(
    st.tuples(st.just("refund"), amounts, st.booleans()),
    st.tuples(st.just("confirm"), amounts, st.booleans()),
    st.tuples(st.just("split"), amounts, st.booleans()),
    st.tuples(st.just("wait"), st.sampled_from([1, 6, 31]), st.booleans()),
)


class Story:
    """One trade of a new shop, and where its money is."""

    def __init__(self, merchant: Merchant, bank: Bank, number: str) -> None:
        self.merchant, self.bank = merchant, bank
        self.platform = Platform(merchant, bank)
        self.before = {name: self.has(name) for name in ("mei", "jun")}
        order = {"out_trade_no": number, "total_amount": str(TOTAL), "subject": "x"}
        self.trade_no = self.platform.sell(order, "7d")

    def has(self, name: str) -> Decimal:
        return self.bank.has(name, "balance")

    def act(self, what: str, value: Any, flag: bool) -> Answer | None:
        """Do one thing; ``flag`` is its variant."""
        turn = f"{next(numbers)}"
        if what == "wait":
            self.bank.simulator.advance(value * DAY)
            return None
        if what == "confirm":
            extend = {"royalty_freeze": flag}
            return self.platform.confirm(
                self.trade_no, turn, amount=value, actual_amount=value, extend=extend
            )
        if what == "split":
            extend = {"royalty_finish": flag}
            part = {"trans_in": JUN, "amount": value}
            return settle(
                self.merchant, self.trade_no, turn, part, extend_params=extend
            )
        refund = {"trade_no": self.trade_no, "refund_amount": value}
        if flag:
            refund["refund_royalty_parameters"] = [{"trans_out": JUN, "amount": "8.88"}]
        return self.merchant.call(
            "alipay.trade.refund", refund | {"out_request_no": turn}
        )

    def require_nothing_lost(self) -> None:
        """What the buyer paid is with shop or receiver, went back, or is a fee."""
        gained = {name: self.has(name) - was for name, was in self.before.items()}
        held = self.bank.has("shop", "held")
        usable = self.bank.has("shop", "merchant")
        fee = -(held + usable + sum(gained.values()))
        assert 0 <= fee <= MOST_FEE
        assert -TOTAL <= gained["mei"] <= 0
        assert 0 <= gained["jun"] <= Decimal("26.66")
        unsettled, details = self.platform.unsettled(self.trade_no)
        assert Decimal(unsettled) == held
        confirmed = sum(Decimal(amount) for kind, amount in details if kind == "settle")
        assert confirmed <= TOTAL


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # to shrink would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(story=st.lists(acts, min_size=2, max_size=8))
def test_whatever_is_done_to_held_money(
    simulator: Simulator, merchant: Merchant, bank: Bank, number: str, story: Any
) -> None:
    bind(merchant, f"j{next(numbers)}", {"type": "userId", "account": JUN})
    simulator.control("app", {"fee_basis_points": 60})
    try:
        told = Story(merchant, bank, f"{number}_{next(numbers)}")
        for act in story:
            answer = told.act(*act)
            assert answer is None or answer["code"] in ("10000", "40004"), answer
            told.require_nothing_lost()
    finally:
        simulator.control("app", {"fee_basis_points": 0})
