"""What a buyer in trouble reads, in both languages: why, his money, what next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.simulator.browsing import CODES, PAGE_PAY, Browser, Page
from tests.simulator.harness import Merchant, Simulator

Order = dict[str, Any]
UNTOUCHED = ("No money has moved", "资金没有变动")
RIBBON = ("SIMULATOR · no real money", "模拟器 · 非真实资金")


@dataclass
class Stage:
    """Everybody who plays a part in a trouble."""

    simulator: Simulator
    merchant: Merchant
    browser: Browser
    order: Order

    def cashier(self, **fields: str) -> Page:
        """A browser comes from the shop."""
        biz = self.order | {"product_code": CODES[PAGE_PAY]} | fields
        return self.browser.open(self.merchant.page_address(PAGE_PAY, biz))

    def signed_in(self, who: str, **fields: str) -> Page:
        return self.browser.sign_in(self.cashier(**fields), who)

    def scanned(self, **fields: str) -> Page:
        """A phone has scanned a code."""
        biz = self.order | fields
        made = self.merchant.call("alipay.trade.precreate", biz)
        return self.browser.open("/" + made["qr_code"].rsplit("/", 1)[1])

    def pays_elsewhere(self, who: str) -> None:
        self.simulator.pay(self.order["out_trade_no"], who)

    def reload(self, page: Page) -> Page:
        return self.browser.open(str(page.response.url))


@pytest.fixture
def stage(
    simulator: Simulator, merchant: Merchant, browser: Browser, order: Order
) -> Stage:
    return Stage(simulator, merchant, browser, order)


def _paid_by_another(stage: Stage) -> Page:
    page = stage.scanned()
    stage.pays_elsewhere("mei")
    return stage.reload(page)


def _closed_by_the_shop(stage: Stage) -> Page:
    page = stage.signed_in("mei")
    stage.merchant.call("alipay.trade.close", stage.order)
    return stage.browser.pay(page)


def _cancelled_before_scanning(stage: Stage) -> Page:
    page = stage.scanned()
    stage.merchant.call("alipay.trade.cancel", stage.order)
    return stage.browser.sign_in(page, "mei")


def _refunded(stage: Stage) -> Page:
    page = stage.signed_in("mei")
    stage.browser.pay(page)
    biz = stage.order | {"refund_amount": "88.88"}
    stage.merchant.call("alipay.trade.refund", biz)
    return stage.reload(page)


def _too_late(stage: Stage) -> Page:
    page = stage.cashier(timeout_express="1m")
    stage.simulator.advance(61)
    return stage.browser.sign_in(page, "mei")


def _too_late_to_confirm(stage: Stage) -> Page:
    page = stage.signed_in("mei", timeout_express="1m")
    stage.simulator.advance(61)
    return stage.browser.pay(page)


def _old_code(stage: Stage) -> Page:
    page = stage.scanned(qr_code_timeout_express="1m")
    stage.simulator.advance(61)
    return stage.reload(page)


def _opened_by_another(stage: Stage) -> Page:
    page = stage.scanned()
    with stage.simulator.browser() as client:
        other = Browser(client)
        other.sign_in(other.open(str(page.response.url)), "mei")
    return stage.browser.sign_in(page, "jun")


def _signs_in(who: str, **fields: str) -> Callable[[Stage], Page]:
    return lambda stage: stage.signed_in(who, **fields)


def _pays(
    who: str, kind: str = "balance", password: str = "111111", **fields: str
) -> Callable[[Stage], Page]:
    def act(stage: Stage) -> Page:
        return stage.browser.pay(stage.signed_in(who, **fields), kind, password)

    return act


def _chooses_nothing(stage: Stage) -> Page:
    page = stage.signed_in("mei")
    return stage.browser.submit(page, "/pay", pay_password="111111")


TROUBLES: dict[str, tuple[Callable[[Stage], Page], tuple[str, str], tuple[str, str]]]
TROUBLES = {
    "paid by another": (
        _paid_by_another,
        ("This order is already paid", "订单已付款"),
        ("Nothing more is to be paid", "无需再次付款"),
    ),
    "closed by the shop": (
        _closed_by_the_shop,
        ("This order is closed", "交易已关闭"),
        ("start a new payment there, or order again", "可重新发起付款，或重新下单"),
    ),
    "cancelled before scanning": (
        _cancelled_before_scanning,
        ("This order is closed", "交易已关闭"),
        ("start a new payment there, or order again", "可重新发起付款，或重新下单"),
    ),
    "too late": (
        _too_late,
        ("The time to pay is over", "订单已过期"),
        ("start a new payment there, or order again", "可重新发起付款，或重新下单"),
    ),
    "too late to confirm": (
        _too_late_to_confirm,
        ("The time to pay is over", "订单已过期"),
        ("start a new payment there, or order again", "可重新发起付款，或重新下单"),
    ),
    "old code": (
        _old_code,
        ("This code has expired", "二维码已过期"),
        ("Ask the shop for a new code", "获取新的二维码"),
    ),
    "opened by another": (
        _opened_by_another,
        ("Another buyer has opened this order", "订单已被其他买家打开"),
        ("start a new payment in the shop", "返回商家重新发起支付"),
    ),
    "the shop itself": (
        _signs_in("shop"),
        ("A shop cannot pay itself", "买家和卖家不能是同一账户"),
        ("Sign in with a buyer's account", "请使用买家账户登录"),
    ),
    "blocked": (
        _signs_in("blocked"),
        ("This account is blocked", "账户已被冻结"),
        ("Pay from another account", "请换个账户付款"),
    ),
    "region": (
        _signs_in("region"),
        ("Not available in this account's region", "账户所在地区不支持付款"),
        ("Pay from another account", "请换个账户付款"),
    ),
    "unverified": (
        _signs_in("unverified"),
        ("not verified yet", "尚未实名认证"),
        ("start a new payment", "重新发起支付"),
    ),
    "locked": (
        _signs_in("locked"),
        ("Payments are locked until", "付款功能已锁定至"),
        ("after that this page can pay", "解锁后"),
    ),
    "risk": (
        _pays("risk"),
        ("The risk check stopped this payment", "支付存在风险"),
        ("try again later", "请稍后再试"),
    ),
    "wrong password": (
        _pays("jun", "card", "999999"),
        ("The payment did not go through", "付款未成功"),
        ("Tries left: 4", "还可以输入 4 次"),
    ),
    "nothing chosen": (
        _chooses_nothing,
        ("The payment did not go through", "付款未成功"),
        ("Choose a way to pay", "请选择付款方式"),
    ),
    "nothing is enough": (
        _signs_in("poor", total_amount="60.00"),
        ("None of these can pay ¥60.00", "以上方式都无法支付 ¥60.00"),
        ("start a new payment", "重新发起支付"),
    ),
    "too little": (
        _pays("poor", "balance", total_amount="20.00"),
        ("Not enough: ¥8.88 available", "余额不足：可用 ¥8.88"),
        ("Choose another way to pay", "请选择其他付款方式"),
    ),
    "credit used up": (
        _signs_in("debt"),
        ("Not enough credit: ¥0.00 left", "额度不足：剩余 ¥0.00"),
        ("start a new payment", "重新发起支付"),
    ),
    "over the limit": (
        _pays("limit", "card", total_amount="500.01"),
        ("Over the limit of ¥500.00 a payment", "超出单笔限额 ¥500.00"),
        ("start a new payment", "重新发起支付"),
    ),
    "not accepted": (
        _pays("mei", "credit", disable_pay_channels="pcredit"),
        ("Not accepted by this shop", "商家不支持此付款方式"),
        ("Choose another way to pay", "请选择其他"),
    ),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", TROUBLES)
def test_a_trouble_is_told_and_no_money_moves(
    stage: Stage, name: str, language: str
) -> None:
    act, why, what_next = TROUBLES[name]
    which = ("en", "zh").index(language)
    stage.browser.speak(language)
    before = _money(stage, but="mei")

    page = act(stage)

    assert page.headings == 1
    for words in (why, what_next, UNTOUCHED, RIBBON):
        assert words[which] in page.words
    assert _money(stage, but="mei") == before
    if name == "wrong password":  # it counts, and the next test counts on that
        stage.browser.pay(page, "card")


def _money(stage: Stage, *, but: str) -> dict[str, list[str]]:
    """What buyers have; ``but`` is who pays for others' troubles."""
    people = stage.simulator.control("people")["people"]
    return {
        one["logon_id"]: [account["balance"] for account in one["accounts"]]
        for one in people
        if not one["is_seller"] and not one["logon_id"].startswith(but)
    }


@pytest.mark.parametrize(
    ("language", "head", "money"),
    [
        ("en", "This order was refunded", "all of it went back to: Balance"),
        ("zh", "订单已全额退款", "已全额退回：账户余额"),
    ],
)
def test_who_was_refunded_is_told_where_his_money_is(
    stage: Stage, language: str, head: str, money: str
) -> None:
    stage.browser.speak(language)
    page = _refunded(stage)

    assert head in page.words
    assert money in page.words
    assert "¥88.88" in page.words


def test_a_stranger_is_not_told_of_a_refund(stage: Stage, phone: Browser) -> None:
    _refunded(stage)
    code = stage.simulator.order(stage.order["out_trade_no"])["qr_code"]
    page = phone.open(f"/{code}")

    assert "This order is closed" in page.words
    assert UNTOUCHED[0] in page.words


@pytest.mark.parametrize(
    ("language", "words"), [("en", "do not match"), ("zh", "账户名或登录密码不正确")]
)
def test_a_wrong_sign_in_is_told(stage: Stage, language: str, words: str) -> None:
    stage.browser.speak(language)
    page = stage.browser.sign_in(stage.cashier(), "mei", "222222")

    assert words in page.words
    assert stage.simulator.order(stage.order["out_trade_no"])["trade_no"] is None
