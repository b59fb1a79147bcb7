"""Buyers who pay while, after and besides what the merchant expects."""

import time
from collections.abc import Callable
from typing import Any

from tests.simulator.harness import Mailbox, Merchant, Simulator
from tests.simulator.test_orders import CLOSE, PRECREATE, QUERY, scan

Order = dict[str, Any]
Fault = Callable[..., dict[str, Any]]


def test_a_buyer_pays_while_the_shop_closes(
    simulator: Simulator,
    merchant: Merchant,
    mailbox: Mailbox,
    order: Order,
    fault: Fault,
) -> None:
    merchant.call(PRECREATE, order, notify_url=mailbox.url)
    scan(simulator, order["out_trade_no"])
    fault("paid_while_closing")

    assert merchant.call(CLOSE, order).refusal == "ACQ.TRADE_STATUS_ERROR"
    assert merchant.call(QUERY, order)["trade_status"] == "TRADE_SUCCESS"
    [form] = mailbox.wait_for(order["out_trade_no"])
    assert form["trade_status"] == "TRADE_SUCCESS"


def test_who_cannot_pay_is_closed_all_the_same(
    simulator: Simulator, merchant: Merchant, order: Order, fault: Fault
) -> None:
    order["total_amount"] = "1000000.00"
    merchant.call(PRECREATE, order)
    scan(simulator, order["out_trade_no"], "poor")
    fault("paid_while_closing")

    assert merchant.call(CLOSE, order)["code"] == "10000"
    assert merchant.call(QUERY, order)["trade_status"] == "TRADE_CLOSED"


def test_an_order_that_could_not_be_closed_is_paid_a_moment_later(
    simulator: Simulator,
    merchant: Merchant,
    mailbox: Mailbox,
    order: Order,
    fault: Fault,
) -> None:
    merchant.call(PRECREATE, order, notify_url=mailbox.url)
    fault("paid_after_closing", options={"seconds": 0.5})

    assert merchant.call(CLOSE, order).refusal == "ACQ.TRADE_NOT_EXIST"
    assert merchant.call(QUERY, order).refusal == "ACQ.TRADE_NOT_EXIST"
    mailbox.wait_for(order["out_trade_no"])
    assert merchant.call(QUERY, order)["trade_status"] == "TRADE_SUCCESS"


def test_nobody_pays_what_was_cancelled_meanwhile(
    merchant: Merchant, order: Order, fault: Fault
) -> None:
    merchant.call(PRECREATE, order)
    fault("paid_after_closing", options={"seconds": 0.3})
    merchant.call(CLOSE, order)
    merchant.call("alipay.trade.cancel", order)

    time.sleep(0.6)
    assert merchant.call(QUERY, order).refusal == "ACQ.TRADE_NOT_EXIST"


def test_who_pays_also_pays_the_order_before(
    simulator: Simulator,
    merchant: Merchant,
    order: Order,
    number: str,
    fault: Fault,
) -> None:
    before = order | {"out_trade_no": f"{number}before"}
    merchant.call(PRECREATE, before)
    merchant.call(PRECREATE, order)
    fault("paid_twice")
    simulator.pay(number)

    for biz in (before, order):
        assert merchant.call(QUERY, biz)["trade_status"] == "TRADE_SUCCESS"
