"""The buyer's pages, walked through as a person would, without scripts."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.simulator.browsing import (
    CODES,
    PAGE_PAY,
    WAP_PAY,
    Browser,
    query_of,
    reason_of,
)
from tests.simulator.harness import Mailbox, Merchant, Simulator

RETURN = "https://shop.example/done?order=7"

Order = dict[str, Any]
Cashier = Callable[..., str]


def test_a_whole_walk_from_the_shop_and_back(
    simulator: Simulator,
    merchant: Merchant,
    mailbox: Mailbox,
    browser: Browser,
    cashier: Cashier,
    order: Order,
) -> None:
    number = order["out_trade_no"]
    sign_in = browser.open(cashier(return_url=RETURN, notify_url=mailbox.url))
    assert simulator.order(number)["trade_no"] is None
    assert "¥88.88" in sign_in.words

    confirm = browser.sign_in(sign_in, "jun")
    assert simulator.order(number)["trade_status"] == "WAIT_BUYER_PAY"
    result = browser.pay(confirm, "card")

    assert "Payment successful" in result.words
    assert [sign_in.headings, confirm.headings, result.headings] == [1, 1, 1]
    back = result.link("return-link")
    assert back.startswith(f"{RETURN}&")
    params = query_of(back)
    assert params.pop("order") == "7"
    assert params["method"] == "alipay.trade.page.pay.return"
    assert (params["out_trade_no"], params["total_amount"]) == (number, "88.88")
    assert "trade_status" not in params
    assert merchant.is_genuine_news(params)

    [news] = mailbox.wait_for(number)
    assert merchant.is_genuine_news(news)
    assert news["trade_status"] == "TRADE_SUCCESS"
    assert news["trade_no"] == params["trade_no"]


def test_showing_the_cashier_or_a_wrong_password_makes_no_trade(
    simulator: Simulator, browser: Browser, cashier: Cashier, order: Order
) -> None:
    page = browser.open(cashier())
    wrong = browser.sign_in(page, "mei", "222222")

    assert wrong.response.status_code == 422
    assert "do not match" in wrong.words
    assert simulator.order(order["out_trade_no"])["trade_no"] is None


def test_ways_without_enough_money_are_greyed_with_the_reason(
    browser: Browser, cashier: Cashier
) -> None:
    confirm = browser.sign_in(browser.open(cashier(amount="20.00")), "poor")

    assert not confirm.can_choose("balance")
    assert "Not enough: ¥8.88" in confirm.words
    assert confirm.can_choose("card")
    assert "Up to ¥50.00 a payment" in confirm.words


def test_a_greyed_way_sent_all_the_same_is_reason_of(
    simulator: Simulator, browser: Browser, cashier: Cashier, order: Order
) -> None:
    confirm = browser.sign_in(browser.open(cashier(amount="20.00")), "poor")
    refused = browser.pay(confirm, "balance")

    assert "balance is too small" in refused.words
    assert simulator.balance("poor", "balance") == "8.88"
    assert simulator.order(order["out_trade_no"])["trade_status"] == "WAIT_BUYER_PAY"


def test_who_can_pay_with_nothing_is_told_so(
    browser: Browser, cashier: Cashier
) -> None:
    confirm = browser.sign_in(browser.open(cashier(amount="60.00")), "poor")

    assert "None of these can pay ¥60.00" in confirm.words
    assert "No money has moved" in confirm.words
    assert 'name="pay_password"' not in confirm.text


def test_another_buyers_account_cannot_be_used(
    simulator: Simulator, browser: Browser, cashier: Cashier
) -> None:
    confirm = browser.sign_in(browser.open(cashier()), "jun")
    people = simulator.control("people")["people"]
    assert people
    strangers = str(int(confirm.source("balance")) - 3)
    refused = browser.submit(confirm, "/pay", account=strangers, pay_password="111111")

    assert "Choose a way to pay." in refused.words


def test_five_wrong_passwords_lock_payments_for_a_while(
    simulator: Simulator, browser: Browser, cashier: Cashier, order: Order
) -> None:
    page = browser.sign_in(browser.open(cashier(amount="20.00")), "poor")
    for left in (4, 3, 2, 1):
        page = browser.pay(page, "card", "999999")
        assert f"Tries left: {left}." in page.words
    locked = browser.pay(page, "card", "999999")
    assert "Payments are locked until" in locked.words
    assert 'name="pay_password"' not in locked.text

    still = browser.pay(page, "card")
    assert "Payments are locked until" in still.words
    simulator.advance(15 * 60 + 1)
    again = browser.open(str(page.response.url).removesuffix("/pay"))
    assert "Payment successful" in browser.pay(again, "card").words


def test_the_desk_moves_on_when_a_phone_has_paid(
    merchant: Merchant,
    simulator: Simulator,
    browser: Browser,
    phone: Browser,
    cashier: Cashier,
    order: Order,
) -> None:
    desk = browser.open(cashier(return_url=RETURN))
    here = str(desk.response.url)
    code = simulator.order(order["out_trade_no"])["qr_code"]

    def state() -> str:
        return str(browser.client.get(f"{here}/state").json()["state"])

    assert state() == "open"
    on_phone = phone.sign_in(phone.open(f"/{code}"), "mei")
    assert state() == "scanned"
    scanned = browser.open(here)
    assert "Scanned mei***@sandbox.com Confirm the payment" in scanned.words
    assert '<svg class="qr"' not in scanned.text
    done = phone.pay(on_phone, "balance")
    assert state() == "paid"

    assert done.link("return-link") == ""
    assert "put the phone away" in done.words
    back = browser.open(here).link("return-link")
    assert merchant.is_genuine_news(
        {k: v for k, v in query_of(back).items() if k != "order"}
    )


def test_a_phone_pays_on_the_mobile_site(
    merchant: Merchant, phone: Browser, cashier: Cashier
) -> None:
    page = phone.open(cashier(WAP_PAY, return_url="https://shop.example/done"))
    assert '<svg class="qr"' not in page.text
    result = phone.pay(phone.sign_in(page, "mei"), "balance")

    params = query_of(result.link("return-link"))
    assert params["method"] == "alipay.trade.wap.pay.return"
    assert merchant.is_genuine_news(params)


def test_without_a_return_address_the_result_stays(
    browser: Browser, cashier: Cashier
) -> None:
    result = browser.pay(browser.sign_in(browser.open(cashier()), "mei"), "balance")

    assert result.link("return-link") == ""
    assert "refresh" not in result.text


def test_a_stranger_is_told_that_the_order_is_paid(
    simulator: Simulator, phone: Browser, paid: Callable[..., str]
) -> None:
    code = simulator.order(paid())["qr_code"]
    assert reason_of(phone.open(f"/{code}")) == "TRADE_HAS_SUCCESS"


def test_an_order_belongs_to_who_came_first(
    browser: Browser, phone: Browser, cashier: Cashier
) -> None:
    first = browser.open(cashier())
    browser.sign_in(first, "mei")
    second = phone.open(str(first.response.url))
    stranger = phone.sign_in(second, "jun")

    assert reason_of(stranger) == "TRADE_BUYER_NOT_MATCH"
    assert "Use another account" in stranger.words


def test_closed_and_expired_orders_cannot_be_paid(
    simulator: Simulator,
    merchant: Merchant,
    browser: Browser,
    cashier: Cashier,
    order: Order,
) -> None:
    confirm = browser.sign_in(browser.open(cashier()), "mei")
    assert merchant.call("alipay.trade.close", order)["code"] == "10000"
    closed = browser.pay(confirm, "balance")
    simulator.advance(1)

    assert reason_of(closed) == "TRADE_HAS_CLOSE"


def test_an_expired_page_says_so(
    simulator: Simulator,
    merchant: Merchant,
    browser: Browser,
    order: Order,
) -> None:
    biz = order | {"product_code": CODES[PAGE_PAY], "timeout_express": "1m"}
    page = browser.open(merchant.page_address(PAGE_PAY, biz))
    simulator.advance(61)

    assert reason_of(browser.open(str(page.response.url))) == "TRADE_EXPIRED"
    assert reason_of(browser.sign_in(page, "mei")) == "TRADE_EXPIRED"


def test_opening_a_changed_paid_or_closed_order_is_an_error_page(
    simulator: Simulator, browser: Browser, cashier: Cashier, order: Order
) -> None:
    browser.open(cashier())
    changed = browser.open(cashier(amount="1.00"))
    simulator.pay(order["out_trade_no"])
    paid = browser.open(cashier())

    assert "错误代码 CONTEXT_INCONSISTENT" in changed.response.content.decode("gbk")
    assert "错误代码 TRADE_HAS_SUCCESS" in paid.response.content.decode("gbk")


def test_the_pages_speak_chinese_when_asked_and_remember_it(
    browser: Browser, cashier: Cashier
) -> None:
    page = browser.open(cashier())
    here = str(page.response.url)
    chinese = browser.open(f"{here}?lang=zh")
    confirm = browser.sign_in(browser.open(here), "mei")

    assert 'lang="zh-Hans"' in chinese.text
    assert "登录账户付款" in chinese.words
    assert "确认付款" in confirm.words


def test_a_form_of_another_site_is_reason_of(
    simulator: Simulator, browser: Browser, cashier: Cashier, order: Order
) -> None:
    here = browser.open(cashier()).response.url
    answer = browser.client.post(
        f"{here}/sign-in", data={"account": "mei1234@sandbox.com", "password": "111111"}
    )

    assert answer.status_code == 403
    assert simulator.order(order["out_trade_no"])["trade_no"] is None


@pytest.mark.parametrize("path", ["/cashier/nothing", "/bax00000000000000000000"])
def test_unknown_addresses_are_a_kind_404(browser: Browser, path: str) -> None:
    page = browser.open(path)

    assert page.response.status_code == 404
    assert "not known to this simulator" in page.words


def test_a_code_can_be_typed_at_the_front_door(
    simulator: Simulator, merchant: Merchant, browser: Browser, order: Order
) -> None:
    made = merchant.call("alipay.trade.precreate", order)
    page = browser.open(f"/?code={made['qr_code']}")
    wrong = browser.open("/?code=nonsense")

    assert order["out_trade_no"] in page.words
    assert "no code of this simulator" in wrong.words
