"""Which product tells which event, and how often it is told again."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.browsing import Browser
from tests.simulator.harness import (
    Mailbox,
    Merchant,
    Simulator,
    open_mailbox,
    running_simulator,
    until,
)

MEI = "2088722000000001"
REFUND = "alipay.trade.refund"
USUAL = ["paid", "part_refund"]
MOBILE = [*USUAL, "full_refund", "closed", "finished"]
EVERYTHING = ["created", *MOBILE]
AGAIN_AFTER = (240, 600, 600, 3600, 7200, 21_600, 54_000)

Order = dict[str, Any]


def open_order(simulator: Simulator, merchant: Merchant, how: str, order: Order) -> str:
    """Ask for an order to be paid; somebody scans it or signs in. Return its number."""
    common = {"notify_url": "http://127.0.0.1:9/nobody"}
    if how == "create":
        merchant.call("alipay.trade.create", order | {"buyer_id": MEI}, **common)
        return str(order["out_trade_no"])
    with simulator.browser() as client:
        browser = Browser(client)
        if how == "qr":
            code = merchant.call("alipay.trade.precreate", order, **common)["qr_code"]
            page = browser.open("/" + code.rpartition("/")[2])
        else:
            code = {"page": "FAST_INSTANT_TRADE_PAY", "wap": "QUICK_WAP_WAY"}[how]
            biz = order | {"product_code": code}
            method = f"alipay.trade.{how}.pay"
            address = merchant.page_address(method, biz, **common)
            page = browser.open(address.partition(simulator.base_url)[2])
        browser.sign_in(page, "mei")
    return str(order["out_trade_no"])


def refund(merchant: Merchant, number: str, amount: str) -> None:
    biz = {"out_trade_no": number, "refund_amount": amount}
    answer = merchant.call(REFUND, biz | {"out_request_no": f"R{amount}"})
    assert answer["fund_change"] == "Y"


@pytest.fixture
def all_on(simulator: Simulator) -> Any:
    simulator.control("app", {"notify_events": EVERYTHING})
    yield
    simulator.control("app", {"notify_events": None})


def told_events(
    simulator: Simulator, merchant: Merchant, how: str, order: Order
) -> list[str]:
    """Live through every event of three orders; return which were told, in order."""
    numbers = [f"{order['out_trade_no']}{letter}" for letter in "abc"]
    for number in numbers:
        open_order(simulator, merchant, how, order | {"out_trade_no": number})
    refunded, closed, finished = numbers
    simulator.pay(refunded)
    refund(merchant, refunded, "8.88")
    refund(merchant, refunded, "80.00")
    merchant.call("alipay.trade.close", {"out_trade_no": closed})
    simulator.pay(finished)
    simulator.advance(366 * 86_400)
    merchant.call("alipay.trade.query", {"out_trade_no": finished})
    told = [simulator.order(number)["notifications"] for number in numbers]
    return [item["event"] for items in told for item in items]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("page", ["paid", "part_refund", "paid"]),
        ("qr", ["paid", "part_refund", "paid"]),
        ("create", ["paid", "part_refund", "paid"]),
        (
            "wap",
            ["paid", "part_refund", "full_refund", "closed", "paid", "finished"],
        ),
    ],
)
def test_by_default_each_product_tells_what_is_documented(
    simulator: Simulator,
    merchant: Merchant,
    order: Order,
    how: str,
    expected: list[str],
) -> None:
    assert told_events(simulator, merchant, how, order) == expected


@pytest.mark.usefixtures("all_on")
@pytest.mark.parametrize("how", ["page", "qr", "create", "wap"])
def test_everything_can_be_told(
    simulator: Simulator, merchant: Merchant, order: Order, how: str
) -> None:
    assert told_events(simulator, merchant, how, order) == [
        *("created", "paid", "part_refund", "full_refund"),
        *("created", "closed"),
        *("created", "paid", "finished"),
    ]


@pytest.fixture(scope="module")
def unhurried(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A simulator that takes all the time that Alipay takes."""
    data: Path = tmp_path_factory.mktemp("unhurried") / "data"
    with running_simulator(data) as running:
        yield running


def test_news_is_repeated_on_alipays_schedule(
    unhurried: Simulator, order: Order
) -> None:
    with open_mailbox() as mailbox:
        mailbox.reply = b"fail"
        merchant = Merchant(unhurried.app)
        merchant.call("alipay.trade.precreate", order, notify_url=mailbox.url)
        unhurried.pay(order["out_trade_no"])
        for tried, wait in enumerate(AGAIN_AFTER, 1):
            item = _after(unhurried, mailbox, order, tried)
            sent = datetime.fromisoformat(item["attempts"][-1]["sent_at"])
            due = datetime.fromisoformat(item["due_at"])
            assert timedelta(0) <= due - sent - timedelta(seconds=wait) < _SLACK
            unhurried.advance(wait)
        item = _after(unhurried, mailbox, order, len(AGAIN_AFTER) + 1)

    assert (item["state"], item["due_at"]) == ("given_up", None)
    [notify_id] = {form["notify_id"] for form in mailbox.forms(order["out_trade_no"])}
    assert notify_id == item["notify_id"]
    times = [form["notify_time"] for form in mailbox.forms(order["out_trade_no"])]
    assert len(set(times)) == 8


_SLACK = timedelta(seconds=6)


def _after(
    simulator: Simulator, mailbox: Mailbox, order: Order, tried: int
) -> dict[str, Any]:
    """The notification once so many attempts are on record, and no more were made."""

    def look() -> Any:
        [item] = simulator.order(order["out_trade_no"])["notifications"]
        made = item["attempts"]
        is_planned = made and (item["due_at"] or "never") > made[-1]["sent_at"]
        return item if is_planned and len(made) == tried else None

    item: dict[str, Any] = until(look)
    assert len(mailbox.forms(order["out_trade_no"])) == tried
    return item


def test_nothing_is_sent_before_it_is_due(
    unhurried: Simulator, mailbox: Mailbox, order: Order
) -> None:
    mailbox.reply = b"fail"
    Merchant(unhurried.app).call(
        "alipay.trade.precreate", order, notify_url=mailbox.url
    )
    unhurried.pay(order["out_trade_no"])
    _after(unhurried, mailbox, order, 1)

    unhurried.advance(240 - 10)
    time.sleep(0.6)  # the notifier looks twice
    _after(unhurried, mailbox, order, 1)
    unhurried.advance(10)
    _after(unhurried, mailbox, order, 2)
