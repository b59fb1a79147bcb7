"""Each kit does a whole life: asked, paid, told, refunded, closed."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.sdk.kits import Kit
from tests.simulator.browsing import Browser, query_of
from tests.simulator.harness import Mailbox, Simulator

# One worker fetches the kits: two would install into the same folder.
pytestmark = pytest.mark.xdist_group("sdk")

Order = dict[str, Any]
RETURN_URL = "http://shop.example/back"


def cashier(kit: Kit, simulator: Simulator, order: Order, **more: str) -> str:
    """The address to which the kit sends a desktop browser, with the true port."""
    product = {"product_code": "FAST_INSTANT_TRADE_PAY"}
    address = kit.page("alipay.trade.page.pay", order | product, **more)
    return f"{simulator.app['gateway_url']}?{urlsplit(address).query}"


def scan(simulator: Simulator, qr_code: str) -> None:
    """Sign in on a phone that has scanned the code: now there is a trade."""
    with simulator.browser() as client:
        browser = Browser(client)
        browser.sign_in(browser.open(urlsplit(qr_code).path), "mei")


def test_a_code_is_paid_and_the_news_is_believed(
    kit: Kit, simulator: Simulator, mailbox: Mailbox, order: Order
) -> None:
    number = order["out_trade_no"]
    made = kit.call("alipay.trade.precreate", order, notify_url=mailbox.url)
    assert made["qr_code"].startswith("https://qr.alipay.com/bax")
    simulator.pay(number)

    found = kit.call("alipay.trade.query", {"out_trade_no": number})
    assert found["trade_status"] == "TRADE_SUCCESS"
    assert found["total_amount"] == "88.88"
    [form] = mailbox.wait_for(number)
    assert kit.is_genuine(dict(form))
    assert not kit.is_genuine(form | {"total_amount": "0.01"})


def test_a_browser_pays_and_its_return_is_believed(
    kit: Kit, simulator: Simulator, order: Order
) -> None:
    with simulator.browser() as client:
        browser = Browser(client)
        page = browser.open(cashier(kit, simulator, order, return_url=RETURN_URL))
        page = browser.pay(browser.sign_in(page, "mei"), "balance")

    back = page.link("return-link")
    assert back.startswith(RETURN_URL)
    returned = query_of(back)
    assert returned["out_trade_no"] == order["out_trade_no"]
    assert kit.is_genuine(dict(returned))
    assert not kit.is_genuine(returned | {"total_amount": "0.01"})


def test_part_of_it_is_refunded_once(
    kit: Kit, simulator: Simulator, order: Order
) -> None:
    number = order["out_trade_no"]
    kit.call("alipay.trade.precreate", order)
    simulator.pay(number)
    back = {
        "out_trade_no": number,
        "refund_amount": "8.88",
        "out_request_no": f"{number}R1",
    }

    first = kit.call("alipay.trade.refund", back)
    again = kit.call("alipay.trade.refund", back)
    known = kit.call(
        "alipay.trade.fastpay.refund.query",
        {"out_trade_no": number, "out_request_no": f"{number}R1"},
    )

    assert (first["fund_change"], first["refund_fee"]) == ("Y", "8.88")
    assert (again["fund_change"], again["refund_fee"]) == ("N", "8.88")
    assert (known["refund_amount"], known["refund_status"]) == (
        "8.88",
        "REFUND_SUCCESS",
    )


def test_an_unpaid_trade_is_closed(
    kit: Kit, simulator: Simulator, order: Order
) -> None:
    number = order["out_trade_no"]
    made = kit.call("alipay.trade.precreate", order)
    unknown = kit.call("alipay.trade.close", {"out_trade_no": number})
    assert unknown["sub_code"] == "ACQ.TRADE_NOT_EXIST"
    scan(simulator, made["qr_code"])

    closed = kit.call("alipay.trade.close", {"out_trade_no": number})
    again = kit.call("alipay.trade.close", {"out_trade_no": number})

    assert closed["code"] == "10000"
    assert again["sub_code"] == "ACQ.TRADE_STATUS_ERROR"


def test_a_paid_trade_is_cancelled(
    kit: Kit, simulator: Simulator, order: Order
) -> None:
    number = order["out_trade_no"]
    kit.call("alipay.trade.precreate", order)
    simulator.pay(number)

    undone = kit.call("alipay.trade.cancel", {"out_trade_no": number})

    assert (undone["action"], undone["retry_flag"]) == ("refund", "N")
