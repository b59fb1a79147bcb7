"""What some kits can do besides: GBK, content encryption, OpenAPI v3."""

import html
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.sdk.kits import Kit, is_possible, running_kit
from tests.simulator.browsing import Browser, Page
from tests.simulator.harness import Mailbox, Simulator

pytestmark = pytest.mark.xdist_group("sdk")

KEY = "MTIzNDU2Nzg5MDEyMzQ1Ng=="
PRECREATE = "alipay.trade.precreate"
QUERY = "alipay.trade.query"

Order = dict[str, Any]
Fault = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def npm(simulator: Simulator) -> Iterator[Kit]:
    """The npm kit with a content key."""
    if not is_possible("node"):
        pytest.skip("Node is not installed: its SDK was not run")
    with running_kit("node", simulator.app | {"aes_key": KEY}) as kit:
        yield kit


@pytest.fixture
def keyed(simulator: Simulator) -> Iterator[None]:
    simulator.control("app", {"aes_key": KEY})
    yield
    simulator.control("app", {"aes_key": ""})


@pytest.fixture(scope="module")
def official(simulator: Simulator) -> Iterator[Kit]:
    """The only kit that knows another charset than UTF-8."""
    with running_kit("official", simulator.app) as kit:
        yield kit


class Inputs(HTMLParser):
    """The fields of a form."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.feed(form)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "input" and told.get("name"):
            self.fields[str(told["name"])] = told["value"] or ""


def submitted(simulator: Simulator, form: str, charset: str = "utf-8") -> Page:
    """What a browser comes to that has submitted a kit's form."""
    action = re.search(r'action="([^"]*)"', form)
    assert action
    # In an attribute a browser leaves "&notify_url" alone: it has no semicolon.
    target = re.sub(r"&#?\w+;", lambda found: html.unescape(found[0]), action[1])
    fields = Inputs(form).fields
    with simulator.browser() as client:
        sent = client.post(
            f"/gateway.do?{urlsplit(target).query}",
            content=urlencode(fields, encoding=charset),
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
        assert sent.status_code == 302, sent.content.decode("gbk")
        return Browser(client).open(sent.headers["location"])


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_the_official_kits_form_leads_to_the_cashier(
    official: Kit, simulator: Simulator, order: Order, charset: str
) -> None:
    told = official.ask("page", as_form=True, charset=charset, **ordered(order))
    page = submitted(simulator, told["form"], charset)
    assert order["subject"] in page.text


def test_the_npm_kits_form_leads_to_the_cashier(
    npm: Kit, simulator: Simulator, order: Order
) -> None:
    # But for entities: the kit writes "&lt;" as it is, and the browser reads "<".
    order["subject"] = """<b>"1 & 2"</b> 'é'"""
    told = npm.ask("page", as_form=True, **ordered(order))
    page = submitted(simulator, told["form"])
    assert html.escape(order["subject"]) in page.text


def ordered(order: Order) -> Order:
    return {
        "method": "alipay.trade.page.pay",
        "biz": order | {"product_code": "FAST_INSTANT_TRADE_PAY"},
        "notify_url": "http://shop.example/notify?a=1&b=2",
        "return_url": "http://shop.example/back?copy=1&times=2",
    }


def test_gbk_from_the_order_to_the_news(
    official: Kit, simulator: Simulator, mailbox: Mailbox, order: Order
) -> None:
    number = order["out_trade_no"]
    made = official.call(PRECREATE, order, charset="gbk", notify_url=mailbox.url)
    again = official.call(PRECREATE, order)
    simulator.pay(number)
    found = official.call(QUERY, {"out_trade_no": number}, charset="gbk")
    nobody = official.call(QUERY, {"out_trade_no": f"{number}x"}, charset="gbk")

    assert made["qr_code"] == again["qr_code"]
    assert found["trade_status"] == "TRADE_SUCCESS"
    assert nobody["sub_msg"] == "交易不存在"
    mailbox.wait_for(number)
    [form] = mailbox.forms(number, "gbk")
    assert (form["charset"], form["subject"]) == ("gbk", order["subject"])
    assert official.is_genuine(dict(form))
    assert not official.is_genuine(form | {"subject": "别的"})


@pytest.mark.usefixtures("keyed")
def test_content_is_encrypted_both_ways(
    npm: Kit, simulator: Simulator, order: Order
) -> None:
    number = order["out_trade_no"]
    made = npm.call(PRECREATE, order, encrypted=True)
    simulator.pay(number)
    found = npm.call(QUERY, {"out_trade_no": number}, encrypted=True)
    refused = npm.call(QUERY, {"out_trade_no": f"{number}x"}, encrypted=True)

    assert made["qr_code"].startswith("https://qr.alipay.com/bax")
    assert found["trade_status"] == "TRADE_SUCCESS"
    assert refused["sub_code"] == "ACQ.TRADE_NOT_EXIST"


def test_without_a_key_nothing_is_decrypted(npm: Kit, order: Order) -> None:
    node = npm.call(PRECREATE, order, encrypted=True)
    assert node["sub_code"] == "isv.missing-encrypt-key"


def test_with_another_key_nothing_is_decrypted(
    npm: Kit, simulator: Simulator, order: Order
) -> None:
    simulator.control("app", {"aes_key": "NjU0MzIxMDk4NzY1NDMyMQ=="})
    try:
        node = npm.call(PRECREATE, order, encrypted=True)
    finally:
        simulator.control("app", {"aes_key": ""})
    assert (node["code"], node["sub_code"]) == (
        "40003",
        "isv.decryption-error-unknown",
    )


def v3(kit: Kit, path: str, body: Order | None = None, **more: Any) -> dict[str, Any]:
    """A v3 answer, its signature checked by the kit."""
    verb = "GET" if body is None else "POST"
    told = kit.ask("v3", verb=verb, path=f"/v3/alipay/{path}", body=body, **more)
    assert "error" not in told, told
    node: dict[str, Any] = told["node"]
    return node


def test_v3_does_a_whole_life(
    npm: Kit, simulator: Simulator, mailbox: Mailbox, order: Order
) -> None:
    number = order["out_trade_no"]
    named = {"out_trade_no": number}
    made = v3(npm, "trade/precreate", order | {"notify_url": mailbox.url})
    simulator.pay(number)
    found = v3(npm, "trade/query", named)
    back = named | {"refund_amount": "8.88", "out_request_no": "R1"}
    first, again = v3(npm, "trade/refund", back), v3(npm, "trade/refund", back)
    known = v3(npm, "trade/fastpay/refund/query", back)
    undone = v3(npm, "trade/cancel", query=named)

    assert made["qr_code"].startswith("https://qr.alipay.com/bax")
    assert found["trade_status"] == "TRADE_SUCCESS"
    assert (first["fund_change"], again["fund_change"]) == ("Y", "N")
    assert known["refund_amount"] == "8.88"
    assert undone["action"] == "refund"
    assert npm.is_genuine(dict(mailbox.wait_for(number)[0]))


@pytest.mark.usefixtures("keyed")
def test_v3_is_encrypted_both_ways(npm: Kit, order: Order) -> None:
    made = v3(npm, "trade/precreate", order, encrypted=True)
    assert made["out_trade_no"] == order["out_trade_no"]


def test_v3_refuses_in_the_kits_own_words(
    npm: Kit, simulator: Simulator, order: Order, fault: Fault
) -> None:
    def code(path: str, body: Order) -> str:
        told = npm.ask("v3", verb="POST", path=f"/v3/alipay/{path}", body=body)
        return str(told["code"])

    assert code("trade/query", {"out_trade_no": "none"}) == "ACQ.TRADE_NOT_EXIST"
    assert code("no/such/method", {}) == "invalid-method"
    fault("unavailable")
    assert code("trade/precreate", order) == "unknow-error"
    fault("wrong_signature")
    assert code("trade/precreate", order) == "response-signature-verify-error"
