"""A buyer's wallet: what waits there can be paid there; looking binds nothing."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from tests.simulator.browsing import Browser, Page, reason_of
from tests.simulator.harness import Mailbox, Merchant, Simulator

Order = dict[str, Any]
CREATE = "alipay.trade.create"
PRECREATE = "alipay.trade.precreate"


@pytest.fixture
def wallet(browser: Browser) -> Callable[[str], Page]:
    """Opens somebody's wallet in the test's browser."""

    def open_it(who: str) -> Page:
        return browser.sign_in(browser.open("/wallet"), who)

    return open_it


@pytest.fixture
def code(merchant: Merchant, order: Order) -> str:
    """What stands in the QR code of the test's order, without its prefix."""
    made = merchant.call(PRECREATE, order)
    return str(made["qr_code"]).rsplit("/", 1)[1]


def scan(simulator: Simulator, who: str, code: str) -> None:
    with simulator.browser() as client:
        phone = Browser(client)
        phone.sign_in(phone.open(f"/{code}"), who)


def waiting(page: Page) -> str:
    """The part of the wallet that lists what is to be paid."""
    return page.words.split("To be paid")[1].split("Scan a code")[0]


def test_an_opened_order_waits_in_the_wallet_and_is_paid_there(
    simulator: Simulator,
    browser: Browser,
    wallet: Callable[[str], Page],
    code: str,
    order: Order,
) -> None:
    scan(simulator, "jun", code)
    number = simulator.order(order["out_trade_no"])["trade_no"]
    page = wallet("jun")
    assert "¥88.88" in waiting(page)

    confirm = browser.open(f"/wallet/orders/{number}")
    assert simulator.order(order["out_trade_no"])["trade_status"] == "WAIT_BUYER_PAY"
    result = browser.pay(confirm, "card")

    assert "Payment successful" in result.words
    assert result.link("return-link") == ""
    assert simulator.order(order["out_trade_no"])["paid_with"] == "card"
    after = browser.open("/wallet")
    assert number not in after.text.split("Scan a code")[0]
    assert f"/wallet/orders/{number}" in after.text


def test_a_waiting_order_is_nobody_else_s(
    simulator: Simulator,
    browser: Browser,
    wallet: Callable[[str], Page],
    code: str,
    order: Order,
) -> None:
    scan(simulator, "jun", code)
    number = simulator.order(order["out_trade_no"])["trade_no"]

    assert browser.open(f"/wallet/orders/{number}").response.status_code == 404
    page = wallet("mei")
    assert number not in page.text
    assert browser.open(f"/wallet/orders/{number}").response.status_code == 404


def test_what_has_run_out_waits_no_longer(
    simulator: Simulator,
    browser: Browser,
    wallet: Callable[[str], Page],
    code: str,
    order: Order,
) -> None:
    scan(simulator, "jun", code)
    number = simulator.order(order["out_trade_no"])["trade_no"]
    wallet("jun")
    simulator.advance(3 * 3600 + 1)

    assert number not in browser.open("/wallet").text
    assert reason_of(browser.open(f"/wallet/orders/{number}")) == "TRADE_EXPIRED"


@pytest.mark.parametrize(
    "prefix", ["", "https://qr.alipay.com/", "http://localhost:8001/"]
)
@pytest.mark.parametrize("ending", ["", "?_s=web-other"])
def test_codes_are_scanned_with_and_without_their_prefix(
    simulator: Simulator,
    browser: Browser,
    wallet: Callable[[str], Page],
    code: str,
    order: Order,
    prefix: str,
    ending: str,
) -> None:
    wallet("jun")
    typed = quote(f"{prefix}{code}{ending}", safe="")
    page = browser.open(f"/wallet/scan?code={typed}")

    assert order["out_trade_no"] in page.words
    assert "Go on as Chen Jun" in page.words
    assert simulator.order(order["out_trade_no"])["trade_no"] is None

    confirm = browser.submit(page, "/sign-in", wallet="yes")
    assert "Signed in as jun1234@sandbox.com" in confirm.words
    assert simulator.order(order["out_trade_no"])["buyer"] == "jun1234@sandbox.com"


@pytest.mark.parametrize("typed", ["nonsense", "bax00000000000000000000", "https://x/"])
def test_what_is_no_code_is_said_to_be_none(
    browser: Browser, wallet: Callable[[str], Page], typed: str
) -> None:
    wallet("jun")
    page = browser.open(f"/wallet/scan?code={quote(typed, safe='')}")

    assert page.response.status_code == 422
    assert "no code of this simulator" in page.words


def test_a_shut_wallet_signs_nobody_in(
    simulator: Simulator, browser: Browser, code: str, order: Order
) -> None:
    page = browser.open(f"/{code}")
    again = browser.submit(page, "/sign-in", wallet="yes")

    assert "Sign in to pay" in again.words
    assert simulator.order(order["out_trade_no"])["trade_no"] is None


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("blocked", "This account is blocked"),
        ("region", "Not available in this account's region"),
    ],
)
def test_who_is_refused_gets_no_wallet(
    browser: Browser, wallet: Callable[[str], Page], who: str, words: str
) -> None:
    page = wallet(who)

    assert page.response.status_code == 422
    assert words in page.words
    assert "Money and cards" not in browser.open("/wallet").words


@pytest.mark.parametrize(
    ("who", "words"),
    [("unverified", "not verified yet"), ("locked", "locked until")],
)
def test_a_wallet_says_when_it_cannot_pay(
    wallet: Callable[[str], Page], who: str, words: str
) -> None:
    assert words in wallet(who).words


def test_a_wallet_is_shut_by_signing_out(
    browser: Browser, wallet: Callable[[str], Page]
) -> None:
    out = browser.submit(wallet("jun"), "/wallet/leave")

    assert "Sign-in password" in out.words
    assert "Money and cards" not in browser.open("/wallet").words


def test_the_wallet_speaks_chinese(
    browser: Browser, wallet: Callable[[str], Page]
) -> None:
    wallet("jun")
    page = browser.open("/wallet?lang=zh")

    assert "陈军" in page.words
    assert "待付款" in page.words
    assert "海港银行储蓄卡" in page.words


def created(
    simulator: Simulator,
    merchant: Merchant,
    order: Order,
    who: str,
    *,
    notify_url: str = "",
    **more: str,
) -> str:
    """The shop makes the order for somebody it knows; the trade's number."""
    people = simulator.control("people")["people"]
    buyer = next(one for one in people if one["logon_id"].startswith(who))
    biz = order | {"buyer_id": buyer["user_id"]} | more
    made = merchant.call(CREATE, biz, notify_url=notify_url)
    return str(made["trade_no"])


def test_an_order_made_for_a_buyer_waits_in_his_wallet(
    simulator: Simulator,
    merchant: Merchant,
    mailbox: Mailbox,
    browser: Browser,
    wallet: Callable[[str], Page],
    order: Order,
) -> None:
    number = created(simulator, merchant, order, "jun", notify_url=mailbox.url)
    page = wallet("jun")
    assert f"/wallet/orders/{number}" in page.text

    confirm = browser.open(f"/wallet/orders/{number}")
    assert "Use another account" not in confirm.words
    assert "Payment successful" in browser.pay(confirm, "credit_card").words

    [news] = mailbox.wait_for(order["out_trade_no"])
    assert news["trade_status"] == "TRADE_SUCCESS"
    fields = {"query_options": ["fund_bill_list"]}
    [fund] = merchant.call("alipay.trade.query", order | fields)["fund_bill_list"]
    assert (fund["fund_type"], fund["bank_code"]) == ("CREDIT_CARD", "RIDGE")


def test_limits_of_ways_hold_in_the_wallet_too(
    simulator: Simulator,
    merchant: Merchant,
    browser: Browser,
    wallet: Callable[[str], Page],
    order: Order,
) -> None:
    limits = {"enable_pay_channels": "balance"}
    number = created(simulator, merchant, order, "jun", **limits)
    wallet("jun")
    confirm = browser.open(f"/wallet/orders/{number}")

    assert confirm.ways(open_to_choice=True) == {"balance"}
    assert "Not accepted" in browser.pay(confirm, "card").words
    assert simulator.order(order["out_trade_no"])["trade_status"] == "WAIT_BUYER_PAY"


def test_an_order_closed_meanwhile_says_so_in_the_wallet(
    simulator: Simulator,
    merchant: Merchant,
    browser: Browser,
    wallet: Callable[[str], Page],
    order: Order,
) -> None:
    number = created(simulator, merchant, order, "jun")
    wallet("jun")
    confirm = browser.open(f"/wallet/orders/{number}")
    merchant.call("alipay.trade.close", order)
    closed = browser.pay(confirm)

    assert reason_of(closed) == "TRADE_HAS_CLOSE"
    assert "No money has moved" in closed.words
    assert "To the wallet" in closed.words


def test_what_a_seller_takes_in_pays_for_nothing(
    simulator: Simulator, browser: Browser, cashier: Callable[..., str]
) -> None:
    page = browser.open(cashier(amount="0.01"))
    shop = simulator.control("shops", {"name": "Somebody else's shop"})
    people = simulator.control("people")["people"]
    seller = next(one for one in people if one["user_id"] == shop["user_id"])
    login = {"account": seller["logon_id"], "password": "111111"}

    confirm = browser.submit(page, "/sign-in", **login)
    assert "None of these can pay" in confirm.words
    assert confirm.ways(open_to_choice=True) == set()

    refused = browser.submit(browser.open("/wallet"), "/sign-in", **login)
    assert "do not match" in refused.words
