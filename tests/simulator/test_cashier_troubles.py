"""Everything a buyer can run into: refused, told why, and no money moved."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.simulator.browsing import Browser, reason_of
from tests.simulator.harness import Merchant, Simulator

Order = dict[str, Any]
Cashier = Callable[..., str]


def waits_unpaid(simulator: Simulator, order: Order) -> bool:
    told = simulator.order(order["out_trade_no"])
    return bool(told["trade_status"] == "WAIT_BUYER_PAY")


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("blocked", "BUYER_ENABLE_STATUS_FORBID"),
        ("region", "BUYER_REGION_RESTRICTED"),
    ],
)
def test_who_is_refused_at_the_door_binds_no_order(
    simulator: Simulator,
    browser: Browser,
    cashier: Cashier,
    order: Order,
    who: str,
    reason: str,
) -> None:
    page = browser.open(cashier())
    refused = browser.sign_in(page, who)

    assert reason_of(refused) == reason
    assert simulator.order(order["out_trade_no"])["trade_no"] is None
    again = browser.submit(refused, "/leave")
    assert "Payment successful" in browser.pay(browser.sign_in(again, "mei")).words


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("unverified", "not verified yet"),
        ("risk", "The risk check stopped this payment."),
    ],
)
def test_a_payment_that_is_stopped_leaves_the_order_waiting(
    simulator: Simulator,
    browser: Browser,
    cashier: Cashier,
    order: Order,
    who: str,
    words: str,
) -> None:
    before = simulator.balance(who, "balance")
    confirm = browser.sign_in(browser.open(cashier()), who)
    stopped = browser.pay(confirm)

    assert words in stopped.words
    assert stopped.response.status_code == 422
    assert waits_unpaid(simulator, order)
    assert simulator.balance(who, "balance") == before


def test_limits_of_a_payment_and_of_a_day(
    simulator: Simulator, merchant: Merchant, browser: Browser, order: Order
) -> None:
    def confirm(turn: int, amount: str) -> Any:
        biz = order | {
            "out_trade_no": f"{order['out_trade_no']}_{turn}",
            "total_amount": amount,
            "product_code": "FAST_INSTANT_TRADE_PAY",
        }
        address = merchant.page_address("alipay.trade.page.pay", biz)
        return browser.sign_in(browser.open(address), "limit")

    over = confirm(1, "500.01")
    assert "Over the limit of ¥500.00 a payment" in over.words
    assert not over.can_choose("balance")

    for turn in (2, 3):
        assert "Payment successful" in browser.pay(confirm(turn, "400.00")).words
    spent = confirm(4, "200.01")
    assert "Over the day's limit: ¥200.00 left today" in spent.words
    assert not spent.can_choose("balance")
    assert spent.can_choose("card")
    refused = browser.pay(spent, "balance")
    assert "over what this may still pay today" in refused.words

    simulator.advance(24 * 3600)
    assert confirm(5, "200.01").can_choose("balance")


@pytest.mark.parametrize(
    ("limits", "ways"),
    [
        ({"enable_pay_channels": "balance"}, {"balance"}),
        ({"enable_pay_channels": "credit_group"}, {"credit_card", "credit"}),
        ({"enable_pay_channels": "debitCardExpress, pcredit"}, {"card", "credit"}),
        ({"disable_pay_channels": "creditCard,pcredit"}, {"balance", "card"}),
        ({"disable_pay_channels": "bankPay"}, {"balance", "credit_card", "credit"}),
    ],
)
def test_the_shop_says_which_ways_it_accepts(
    browser: Browser,
    merchant: Merchant,
    order: Order,
    limits: dict[str, str],
    ways: set[str],
) -> None:
    biz = order | {"product_code": "FAST_INSTANT_TRADE_PAY"} | limits
    page = browser.open(merchant.page_address("alipay.trade.page.pay", biz))
    confirm = browser.sign_in(page, "jun")

    assert confirm.ways(open_to_choice=True) == ways
    assert "Not accepted by this shop" in confirm.words
