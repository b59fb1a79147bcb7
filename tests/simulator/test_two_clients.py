"""Two clients at once do whatever comes to mind: books and states stay right."""

import itertools
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.simulator.harness import Merchant, Simulator

_examples = itertools.count(1)

MEI, JUN = "2088722000000001", "2088722000000003"
ORDERS = 3
TOTALS = (Decimal("1.00"), Decimal("2.50"), Decimal("8.88"))
CODES = {"10000", "40002", "40004"}
MAY_FOLLOW = {
    None: {None, "WAIT_BUYER_PAY", "TRADE_SUCCESS", "TRADE_CLOSED", "TRADE_FINISHED"},
    "WAIT_BUYER_PAY": {
        "WAIT_BUYER_PAY",
        "TRADE_SUCCESS",
        "TRADE_CLOSED",
        "TRADE_FINISHED",
    },
    "TRADE_SUCCESS": {"TRADE_SUCCESS", "TRADE_CLOSED", "TRADE_FINISHED"},
    "TRADE_CLOSED": {"TRADE_CLOSED"},
    "TRADE_FINISHED": {"TRADE_FINISHED"},
}


@dataclass
class Shop:
    """Three orders, and what the merchant has written down about them himself."""

    simulator: Simulator
    merchant: Merchant
    numbers: list[str]
    told_sent: dict[str, Decimal] = field(default_factory=dict)
    told_back: dict[tuple[str, str], list[Decimal]] = field(default_factory=dict)
    told_paid: set[str] = field(default_factory=set)
    told_closed: set[str] = field(default_factory=set)
    seen: dict[str, dict[str, Any]] = field(default_factory=dict)

    def act(self, step: tuple[Any, ...]) -> None:
        """Do one thing; whatever is answered must be an answer of Alipay's."""
        name, which, *rest = step
        getattr(self, name)(self.numbers[which % ORDERS], TOTALS[which % ORDERS], *rest)

    def call(self, method: str, biz: dict[str, Any]) -> dict[str, Any]:
        answer = self.merchant.call(f"alipay.{method}", biz)
        assert answer.signed
        assert answer["code"] in CODES, answer.node
        return answer.node

    def precreate(self, number: str, total: Decimal, dearer: bool) -> None:
        amount = total + 1 if dearer else total
        biz = {"out_trade_no": number, "subject": "x", "timeout_express": "2h"}
        self.call("trade.precreate", biz | {"total_amount": str(amount)})

    def create(self, number: str, total: Decimal) -> None:
        biz = {"out_trade_no": number, "subject": "x", "timeout_express": "2h"}
        who = {"buyer_id": MEI, "product_code": "JSAPI_PAY"}
        self.call("trade.create", biz | who | {"total_amount": str(total)})

    def transfer(self, number: str, total: Decimal, name: str) -> None:
        biz_no = f"{number}_{name}"
        node = self.call(
            "fund.trans.uni.transfer",
            {
                "out_biz_no": biz_no,
                "trans_amount": str(total),
                "product_code": "TRANS_ACCOUNT_NO_PWD",
                "biz_scene": "DIRECT_TRANSFER",
                "payee_info": {"identity": JUN, "identity_type": "ALIPAY_USER_ID"},
            },
        )
        if node["code"] == "10000":
            self.told_sent[biz_no] = total

    def pay(self, number: str, total: Decimal, buyer: str) -> None:
        paid = self.simulator.ask("pay", {"out_trade_no": number, "buyer": buyer})
        assert paid.status_code in (200, 404, 409), paid.text
        if paid.status_code == 200:
            self.told_paid.add(number)

    def query(self, number: str, total: Decimal) -> None:
        self.call("trade.query", {"out_trade_no": number})

    def close(self, number: str, total: Decimal) -> None:
        if self.call("trade.close", {"out_trade_no": number})["code"] == "10000":
            self.told_closed.add(number)

    def cancel(self, number: str, total: Decimal) -> None:
        self.call("trade.cancel", {"out_trade_no": number})

    def refund(self, number: str, total: Decimal, name: str, cents: int) -> None:
        amount = Decimal(cents) / 100
        biz = {"out_trade_no": number, "refund_amount": f"{amount:.2f}"}
        node = self.call("trade.refund", biz | {"out_request_no": name})
        if node.get("fund_change") == "Y":
            self.told_back.setdefault((number, name), []).append(amount)

    def refund_query(self, number: str, total: Decimal, name: str) -> None:
        biz = {"out_trade_no": number, "out_request_no": name}
        self.call("trade.fastpay.refund.query", biz)

    def wait(self, number: str, total: Decimal, seconds: int) -> None:
        self.simulator.advance(seconds)

    def look(self) -> None:
        """Nothing has gone back in time, and each trade's amounts fit its state."""
        for number in self.numbers:
            response = self.simulator.ask(f"trades/{number}")
            if response.status_code == 404:
                continue
            now, before = response.json(), self.seen.get(number, {})
            assert now["trade_status"] in MAY_FOLLOW[before.get("trade_status")]
            for name in ("trade_no", "buyer", "paid_at"):
                assert before.get(name) in (None, now.get(name))
            if now["trade_status"]:
                self.look_at_amounts(number, now)
            self.seen[number] = now

    def look_at_amounts(self, number: str, now: dict[str, Any]) -> None:
        total, back = Decimal(now["total_amount"]), Decimal(now["refunded_amount"])
        made = {one["out_request_no"]: Decimal(one["amount"]) for one in now["refunds"]}
        assert sum(made.values()) == back <= total
        for (about, name), amounts in self.told_back.items():
            if about == number:
                assert amounts == [made[name]]  # Y was said once, of what moved
        assert bool(now["paid_at"]) or number not in self.told_paid
        if number in self.told_closed:
            assert (now["trade_status"], now["paid_at"]) == ("TRADE_CLOSED", None)
        if now["trade_status"] == "TRADE_CLOSED":
            assert back == (total if now["paid_at"] else 0)
        elif now["trade_status"] == "WAIT_BUYER_PAY":
            assert not now["paid_at"]
        else:
            assert now["paid_at"]
            assert back < total

    def takings(self) -> Decimal:
        """What is left of what the orders have brought, as the trades tell it."""
        sent = sum(self.told_sent.values(), Decimal(0))
        return -sent + sum(
            (
                Decimal(one["total_amount"]) - Decimal(one["refunded_amount"])
                for one in self.seen.values()
                if one.get("paid_at")
            ),
            Decimal(0),
        )


orders = st.integers(0, ORDERS - 1)
names = st.sampled_from(["R1", "R2"])
acts = st.one_of(
    st.tuples(st.just("precreate"), orders, st.booleans()),
    st.tuples(st.just("pay"), orders, st.sampled_from(["mei", "jun", "poor"])),
    st.tuples(st.just("pay"), orders, st.just("mei")),
    st.tuples(st.just("create"), orders),
    st.tuples(st.just("transfer"), orders, names),
    st.tuples(st.just("query"), orders),
    st.tuples(st.just("close"), orders),
    st.tuples(st.just("cancel"), orders),
    st.tuples(st.just("refund"), st.just(2), names, st.sampled_from([50, 888])),
    st.tuples(st.just("refund"), orders, names, st.sampled_from([50, 100])),
    st.tuples(st.just("refund"), orders, names, st.integers(1, 900)),
    st.tuples(st.just("refund_query"), orders, names),
    st.tuples(st.just("wait"), orders, st.sampled_from([60, 7200, 400 * 86_400])),
)


@pytest.fixture(scope="module")
def pool() -> Any:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@settings(
    max_examples=20,
    deadline=None,
    # What two threads did cannot be done again on a smaller scale.
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(st.tuples(acts, acts), min_size=4, max_size=10))
def test_whatever_two_clients_do_the_books_are_right(
    simulator: Simulator,
    merchant: Merchant,
    pool: ThreadPoolExecutor,
    balances: Callable[[], tuple[Decimal, Decimal]],
    steps: list[tuple[Any, Any]],
) -> None:
    example = f"P{os.getpid()}_{next(_examples)}"
    shop = Shop(simulator, merchant, [f"{example}_{n}" for n in range(ORDERS)])
    seller, buyers = balances()
    for number in range(ORDERS):  # or there would be nothing to pay, mostly
        shop.precreate(shop.numbers[number], TOTALS[number], dearer=False)
    shop.act(("pay", 2, "mei"))

    for both in steps:
        list(pool.map(shop.act, both))
        shop.look()

    assert balances() == (seller + shop.takings(), buyers - shop.takings())
    assert simulator.control("people")["ledger_sum"] == "0.00"


@pytest.fixture
def balances(simulator: Simulator) -> Callable[[], tuple[Decimal, Decimal]]:
    """What the seller has, and what those buyers have together."""

    def look() -> tuple[Decimal, Decimal]:
        buyers = (simulator.balance(who, "balance") for who in ("mei", "jun", "poor"))
        seller = Decimal(simulator.balance("shop", "merchant"))
        return seller, sum(map(Decimal, buyers), Decimal(0))

    return look
