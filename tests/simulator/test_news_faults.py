"""Notifications going wrong on purpose: lost, late, twice, out of order, false."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.simulator.harness import Mailbox, Merchant, Simulator, until

REFUND = "alipay.trade.refund"

Fault = Callable[..., dict[str, Any]]
Paid = Callable[..., str]


def news_of(simulator: Simulator, number: str) -> list[dict[str, Any]]:
    return simulator.order(number)["notifications"]


def delivered(simulator: Simulator, number: str, count: int = 1) -> list[Any]:
    def look() -> list[Any]:
        told = [one for one in news_of(simulator, number) if one["attempts"]]
        done = [one for one in told if one["state"] == "delivered"]
        return done if len(done) >= count else []

    return until(look)


def _sent_at(attempt: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(attempt["sent_at"])


def refund(merchant: Merchant, number: str, name: str) -> None:
    biz = {"out_trade_no": number, "out_request_no": name, "refund_amount": "1.00"}
    assert merchant.call(REFUND, biz)["code"] == "10000"


def test_lost_news_is_never_sent_until_somebody_sends_it(
    simulator: Simulator, mailbox: Mailbox, paid: Paid, fault: Fault
) -> None:
    fault("news_lost", times=None)
    number = paid(notify_url=mailbox.url)

    def lost() -> Any:
        [one] = news_of(simulator, number)
        return one if one["state"] == "given_up" else None

    item = until(lost)
    [attempt] = item["attempts"]
    assert (attempt["fault"], attempt["status_code"]) == ("news_lost", None)
    simulator.advance(86_400)
    simulator.control(f"notifications/{item['id']}/resend", {})
    [form] = mailbox.wait_for(number)
    assert form["notify_id"] == item["notify_id"]


def test_delayed_news_waits_by_the_movable_clock(
    simulator: Simulator, merchant: Merchant, mailbox: Mailbox, paid: Paid, fault: Fault
) -> None:
    fault("news_delayed", options={"seconds": 7200})
    number = paid(notify_url=mailbox.url)
    refund(merchant, number, "R1")

    delivered(simulator, number)
    assert [form.get("out_biz_no") for form in mailbox.forms(number)] == ["R1"]
    simulator.advance(7200)
    assert "out_biz_no" not in mailbox.wait_for(number, 2)[1]


@pytest.mark.parametrize("parallel", [True, False])
def test_news_comes_twice_and_counts_once(
    simulator: Simulator, mailbox: Mailbox, paid: Paid, fault: Fault, parallel: bool
) -> None:
    mailbox.delay = 0.4
    fault("news_twice", options={"parallel": parallel})
    number = paid(notify_url=mailbox.url)

    forms = mailbox.wait_for(number, 2)
    [item] = delivered(simulator, number)
    assert len({form["notify_id"] for form in forms}) == 1
    first, second = item["attempts"]
    apart = _sent_at(second) - _sent_at(first)
    assert (apart < timedelta(seconds=0.3)) == parallel
    time.sleep(0.3)
    assert len(mailbox.forms(number)) == 2


def test_news_overtakes_older_news(
    simulator: Simulator, merchant: Merchant, mailbox: Mailbox, paid: Paid, fault: Fault
) -> None:
    fault("news_out_of_order")
    number = paid(notify_url=mailbox.url)
    refund(merchant, number, "R1")

    first, second = mailbox.wait_for(number, 2)
    assert first["out_biz_no"] == "R1"
    assert "out_biz_no" not in second
    assert first["gmt_refund"] > second["gmt_payment"]


def test_news_that_nothing_overtakes_comes_in_the_end(
    simulator: Simulator, mailbox: Mailbox, paid: Paid, fault: Fault
) -> None:
    fault("news_out_of_order", options={"seconds": 30})
    number = paid(notify_url=mailbox.url)
    [held] = news_of(simulator, number)
    assert held["attempts"] == []

    simulator.advance(30)
    mailbox.wait_for(number)


@pytest.mark.parametrize(
    ("kind", "genuine", "changed"),
    [
        ("news_forged", False, set()),
        ("news_wrong_amount", True, {"total_amount"}),
        ("news_other_app", True, {"app_id", "auth_app_id"}),
        ("news_other_seller", True, {"seller_id"}),
    ],
)
def test_false_news_comes_before_the_true(
    simulator: Simulator,
    merchant: Merchant,
    mailbox: Mailbox,
    paid: Paid,
    fault: Fault,
    kind: str,
    genuine: bool,
    changed: set[str],
) -> None:
    fault(kind)
    number = paid(notify_url=mailbox.url)

    false, true = mailbox.wait_for(number, 2)
    assert merchant.is_genuine_news(false) == genuine
    assert merchant.is_genuine_news(true)
    always = {"notify_id", "notify_time", "sign"}
    differ = {name for name in true if true[name] != false[name]}
    assert differ - {"notify_time"} == (always | changed) - {"notify_time"}
    [item] = delivered(simulator, number)
    assert [one["fault"] for one in item["attempts"]] == [kind, ""]


def test_a_merchant_can_be_told_falsehoods_only(
    simulator: Simulator, merchant: Merchant, mailbox: Mailbox, paid: Paid, fault: Fault
) -> None:
    fault("news_forged", times=None)
    fault("news_wrong_amount")
    fault("news_lost", times=None)
    number = paid(notify_url=mailbox.url)

    until(lambda: news_of(simulator, number)[0]["state"] == "given_up")
    forged, cheap = mailbox.forms(number)
    assert not merchant.is_genuine_news(forged)
    assert cheap["total_amount"] == "0.01"


def test_false_news_of_one_cent_is_of_two(
    simulator: Simulator,
    merchant: Merchant,
    mailbox: Mailbox,
    order: dict[str, Any],
    fault: Fault,
) -> None:
    fault("news_wrong_amount")
    cheap = order | {"total_amount": "0.01"}
    merchant.call("alipay.trade.precreate", cheap, notify_url=mailbox.url)
    simulator.pay(order["out_trade_no"])

    false, true = mailbox.wait_for(order["out_trade_no"], 2)
    assert (false["total_amount"], true["total_amount"]) == ("0.02", "0.01")


@pytest.mark.parametrize(
    "address", ["http://a..b/", "http://[::ffff/", f"http://{'x' * 64}.example/"]
)
def test_an_address_that_cannot_be_is_logged_and_tried_later(
    simulator: Simulator, merchant: Merchant, order: dict[str, Any], address: str
) -> None:
    made = merchant.call("alipay.trade.precreate", order, notify_url=address)
    if made.refusal:
        assert made["sub_msg"].endswith("notify_url")
        return
    simulator.pay(order["out_trade_no"])

    def tried() -> Any:
        [item] = news_of(simulator, order["out_trade_no"])
        return item["attempts"]

    assert until(tried)[0]["error"]


def test_an_endless_answer_is_not_read_to_its_end(
    simulator: Simulator, mailbox: Mailbox, paid: Paid
) -> None:
    mailbox.reply = b"x" * 5_000_000
    number = paid(notify_url=mailbox.url)

    attempts = until(lambda: news_of(simulator, number)[0]["attempts"])
    assert attempts[0]["answer"] == "x" * 500
    mailbox.reply = b"success"
