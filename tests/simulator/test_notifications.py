"""Notifications: signed freshly, sent at once, repeated until understood."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.simulator.browsing import Browser
from tests.simulator.harness import Mailbox, Merchant, Simulator, until

REFUND = "alipay.trade.refund"
PAYMENT_FIELDS = {
    "app_id",
    "auth_app_id",
    "body",
    "buyer_id",
    "buyer_logon_id",
    "buyer_pay_amount",
    "charset",
    "fund_bill_list",
    "gmt_create",
    "gmt_payment",
    "invoice_amount",
    "notify_id",
    "notify_time",
    "notify_type",
    "out_trade_no",
    "passback_params",
    "point_amount",
    "receipt_amount",
    "seller_email",
    "seller_id",
    "sign",
    "sign_type",
    "subject",
    "total_amount",
    "trade_no",
    "trade_status",
    "version",
}

Paid = Callable[..., str]


def news_of(simulator: Simulator, number: str) -> list[dict[str, Any]]:
    return simulator.order(number)["notifications"]


def test_a_payment_is_told_in_full(
    simulator: Simulator,
    merchant: Merchant,
    mailbox: Mailbox,
    order: dict[str, Any],
) -> None:
    number = order["out_trade_no"]
    passback = urlencode({"k": "v&w"})
    biz = order | {"body": "一件", "passback_params": passback}
    merchant.call("alipay.trade.precreate", biz, notify_url=mailbox.url)
    simulator.pay(number)

    [form] = mailbox.wait_for(number)
    assert set(form) == PAYMENT_FIELDS
    assert merchant.is_genuine_news(form)
    assert (
        form["fund_bill_list"] == '[{"amount":"88.88","fundChannel":"ALIPAYACCOUNT"}]'
    )
    assert form["subject"] == "测试商品"
    assert form["passback_params"] == passback
    assert len(form["notify_id"]) == 34
    [kept] = until(lambda: _delivered(simulator, number))
    assert kept["attempts"][0]["status_code"] == 200
    assert kept["attempts"][0]["answer"] == "success"


def _delivered(simulator: Simulator, number: str) -> list[dict[str, Any]]:
    return [one for one in news_of(simulator, number) if one["state"] == "delivered"]


@pytest.mark.parametrize("charset", ["gbk", "GB2312"])
def test_gbk_orders_are_told_in_gbk(
    merchant: Merchant, mailbox: Mailbox, paid: Paid, charset: str
) -> None:
    number = paid(notify_url=mailbox.url, charset=charset)

    mailbox.wait_for(number)
    [form] = mailbox.forms(number, "gbk")
    assert (form["charset"], form["subject"]) == (charset.lower(), "测试商品")
    assert merchant.is_genuine_news(form)


@pytest.mark.parametrize(
    ("status", "reply"),
    [(500, b"success"), (200, b"fail"), (200, b'"success"'), (302, b"success")],
)
def test_anything_but_success_is_sent_again_with_a_new_signature(
    simulator: Simulator,
    merchant: Merchant,
    mailbox: Mailbox,
    paid: Paid,
    status: int,
    reply: bytes,
) -> None:
    mailbox.status, mailbox.reply = status, reply
    number = paid(notify_url=mailbox.url)
    mailbox.wait_for(number, 2)
    mailbox.status, mailbox.reply = 200, b" success\n"
    until(lambda: _delivered(simulator, number))

    forms = mailbox.forms(number)
    assert len(forms) >= 2
    assert len({form["notify_id"] for form in forms}) == 1
    assert all(merchant.is_genuine_news(form) for form in forms)
    assert forms[0]["notify_time"] <= forms[-1]["notify_time"]
    [kept] = news_of(simulator, number)
    assert kept["attempts"][0]["status_code"] == status
    assert kept["due_at"] is None


def test_an_unreachable_merchant_is_tried_eight_times_and_given_up(
    simulator: Simulator, paid: Paid
) -> None:
    number = paid(notify_url="http://127.0.0.1:9/nobody")

    def given_up() -> Any:
        simulator.advance(3600)
        [item] = news_of(simulator, number)
        return item if item["state"] == "given_up" else None

    item = until(given_up, 20)
    assert len(item["attempts"]) == 8
    assert all("ConnectError" in one["error"] for one in item["attempts"])


def test_news_of_refunds_carries_their_number_and_the_running_total(
    merchant: Merchant, mailbox: Mailbox, paid: Paid
) -> None:
    number = paid(notify_url=mailbox.url)
    for request, amount in (("R1", "10.00"), ("R2", "20.00")):
        biz = {"out_trade_no": number, "out_request_no": request}
        merchant.call(REFUND, biz | {"refund_amount": amount})

    forms = mailbox.wait_for(number, 3)
    second = next(form for form in forms if form.get("out_biz_no") == "R2")
    assert second["trade_status"] == "TRADE_SUCCESS"
    assert (second["refund_fee"], second["send_back_fee"]) == ("30.00", "20.00")
    assert len(second["gmt_refund"]) == 23
    assert merchant.is_genuine_news(second)


def test_by_default_a_full_refund_is_told_on_the_mobile_site_only(
    simulator: Simulator, merchant: Merchant, mailbox: Mailbox, paid: Paid
) -> None:
    number = paid(notify_url=mailbox.url)
    merchant.call(REFUND, {"out_trade_no": number, "refund_amount": "88.88"})

    assert [one["event"] for one in news_of(simulator, number)] == ["paid"]


def test_every_event_can_be_switched_on(
    simulator: Simulator, merchant: Merchant, mailbox: Mailbox, paid: Paid
) -> None:
    events = ["created", "paid", "part_refund", "full_refund", "closed", "finished"]
    simulator.control("app", {"notify_events": events})
    try:
        number = paid(notify_url=mailbox.url)
        merchant.call(REFUND, {"out_trade_no": number, "refund_amount": "88.88"})
    finally:
        simulator.control("app", {"notify_events": None})

    forms = {form["trade_status"]: form for form in mailbox.wait_for(number, 3)}
    assert set(forms) == {"WAIT_BUYER_PAY", "TRADE_SUCCESS", "TRADE_CLOSED"}
    assert "receipt_amount" not in forms["WAIT_BUYER_PAY"]
    assert forms["TRADE_CLOSED"]["refund_fee"] == "88.88"
    assert forms["TRADE_CLOSED"]["gmt_close"]


def test_a_timeout_is_told_without_anybody_looking(
    simulator: Simulator,
    merchant: Merchant,
    mailbox: Mailbox,
    order: dict[str, Any],
) -> None:
    number = order["out_trade_no"]
    simulator.control("app", {"notify_events": ["closed"]})
    try:
        merchant.call("alipay.trade.precreate", order, notify_url=mailbox.url)
        with simulator.browser() as phone:
            _scan(phone, simulator.order(number)["qr_code"])
        simulator.advance(3 * 3600)
        [form] = mailbox.wait_for(number)
    finally:
        simulator.control("app", {"notify_events": None})

    assert form["trade_status"] == "TRADE_CLOSED"
    assert "refund_fee" not in form


def _scan(phone: Any, code: str) -> None:
    browser = Browser(phone)
    browser.sign_in(browser.open(f"/{code}"), "mei")


def test_held_back_notifications_come_late_or_by_hand(
    simulator: Simulator, mailbox: Mailbox, paid: Paid
) -> None:
    simulator.control("pause_notifications", {"paused": True})
    try:
        number = paid(notify_url=mailbox.url)
        [held] = news_of(simulator, number)
        simulator.control(f"notifications/{held['id']}/resend", {})
        mailbox.wait_for(number)
        until(lambda: _delivered(simulator, number))
        simulator.control(f"notifications/{held['id']}/resend", {})
        forms = mailbox.wait_for(number, 2)
    finally:
        simulator.control("pause_notifications", {"paused": False})

    assert held["attempts"] == []
    assert {form["notify_id"] for form in forms} == {held["notify_id"]}


def test_a_slow_merchant_holds_up_nobody_else(
    merchant: Merchant, mailbox: Mailbox, order: dict[str, Any], simulator: Simulator
) -> None:
    slow = order | {"out_trade_no": order["out_trade_no"] + "slow"}
    mailbox.delay = 1.5
    merchant.call("alipay.trade.precreate", slow, notify_url=mailbox.url)
    merchant.call("alipay.trade.precreate", order, notify_url=mailbox.url)
    simulator.pay(slow["out_trade_no"])
    simulator.pay(order["out_trade_no"])

    until(lambda: mailbox.forms(order["out_trade_no"]), 1.4)
