"""Everything a buyer can run into: refused, told why, and no money moved."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.simulator.browsing import CODES, PAGE_PAY, WAP_PAY, Browser, reason_of
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
            "product_code": CODES[PAGE_PAY],
        }
        address = merchant.page_address(PAGE_PAY, biz)
        return browser.sign_in(browser.open(address), "limit")

    simulator.advance(24 * 3600)  # whatever others have spent was yesterday
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
    biz = order | {"product_code": CODES[PAGE_PAY]} | limits
    page = browser.open(merchant.page_address(PAGE_PAY, biz))
    confirm = browser.sign_in(page, "jun")

    assert confirm.ways(open_to_choice=True) == ways
    assert "Not accepted by this shop" in confirm.words


@pytest.mark.parametrize(
    ("method", "field"), [(PAGE_PAY, "request_from_url"), (WAP_PAY, "quit_url")]
)
def test_who_leaves_without_paying_goes_back_to_the_shop(
    browser: Browser, merchant: Merchant, order: Order, method: str, field: str
) -> None:
    shop = "https://shop.example/cart?item=7"
    biz = order | {"product_code": CODES[method], field: shop}
    page = browser.open(merchant.page_address(method, biz))
    assert page.link("quit-link") == shop

    confirm = browser.sign_in(page, "mei")
    assert confirm.link("quit-link") == shop
    merchant.call("alipay.trade.close", order)
    assert browser.open(str(page.response.url)).link("quit-link") == shop


def test_without_an_address_to_leave_to_the_page_says_how(
    browser: Browser, merchant: Merchant, order: Order
) -> None:
    biz = order | {"product_code": CODES[PAGE_PAY], "request_from_url": "https://"}
    page = browser.open(merchant.page_address(PAGE_PAY, biz))

    assert page.link("quit-link") == ""
    assert "Not paying? Close this page" in page.words


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("blocked", "BUYER_ENABLE_STATUS_FORBID"),
        ("region", "BUYER_REGION_RESTRICTED"),
        ("unverified", "BUYER_NOT_VERIFIED"),
        ("risk", "PAYMENT_REQUEST_HAS_RISK"),
        ("locked", "PAY_PASSWORD_LOCKED"),
    ],
)
def test_programs_that_pay_for_them_are_refused_too(
    simulator: Simulator, merchant: Merchant, order: Order, who: str, reason: str
) -> None:
    merchant.call("alipay.trade.precreate", order)
    before = simulator.balance(who, "balance")
    number = order["out_trade_no"]
    answer = simulator.ask("pay", {"out_trade_no": number, "buyer": who})

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, reason)
    assert simulator.balance(who, "balance") == before
    assert simulator.order(number)["trade_status"] != "TRADE_SUCCESS"
