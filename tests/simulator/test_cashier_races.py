"""Two hands on one order: it is bound once, paid once, and every wrong try counts."""

from collections.abc import Callable
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

from tests.simulator.browsing import CODES, PAGE_PAY, Browser, Page
from tests.simulator.harness import Merchant, Simulator
from tests.simulator.test_races import AT_ONCE, together

Order = dict[str, Any]
Cashier = Callable[..., str]


def test_a_button_pressed_many_times_pays_once(
    simulator: Simulator, browser: Browser, cashier: Cashier
) -> None:
    confirm = browser.sign_in(browser.open(cashier()), "mei")
    before = Decimal(simulator.balance("mei", "balance"))

    pages: list[Page] = together(lambda _: browser.pay(confirm))

    assert all("Payment successful" in page.words for page in pages)
    assert before - Decimal(simulator.balance("mei", "balance")) == Decimal("88.88")


def test_two_tabs_pay_once_and_the_back_button_shows_the_result(
    simulator: Simulator, browser: Browser, cashier: Cashier, order: Order
) -> None:
    first = browser.sign_in(
        browser.open(cashier(return_url="https://a.example/")), "jun"
    )
    second = browser.open(str(first.response.url))
    browser.pay(first, "card")
    before = simulator.balance("jun", "credit")

    late = browser.pay(second, "credit")

    assert "Payment successful" in late.words
    assert late.link("return-link")
    assert simulator.balance("jun", "credit") == before
    assert simulator.order(order["out_trade_no"])["paid_with"] == "card"
    assert first.response.headers["cache-control"].count("no-store")
    assert "Payment successful" in browser.open(str(first.response.url)).words


def test_of_two_buyers_on_one_code_one_gets_the_order(
    simulator: Simulator, merchant: Merchant, order: Order
) -> None:
    made = merchant.call("alipay.trade.precreate", order)
    code = made["qr_code"].rsplit("/", 1)[1]
    with ExitStack() as stack:
        phones = [
            Browser(stack.enter_context(simulator.browser())) for _ in range(AT_ONCE)
        ]
        pages = [phone.open(f"/{code}") for phone in phones]
        who = ["mei", "jun"] * (AT_ONCE // 2)

        answers: list[Page] = together(
            lambda turn: phones[turn].sign_in(pages[turn], who[turn])
        )

    owner = simulator.order(order["out_trade_no"])["buyer"][:3]
    for name, answer in zip(who, answers, strict=True):
        opened = "Confirm payment" in answer.words
        assert opened is (name == owner)
        assert opened or "Another buyer has opened this order" in answer.words


def test_wrong_passwords_at_once_all_count(
    simulator: Simulator, browser: Browser, cashier: Cashier
) -> None:
    page = browser.sign_in(browser.open(cashier()), "risk")

    for _ in range(8):
        browser.pay(page)  # the right one forgets the tries, and pays nothing
        pages: list[Page] = together(lambda _: browser.pay(page, "balance", "9" * 6), 4)
        left = sorted(one.words.split("Tries left: ")[1][0] for one in pages)
        assert left == ["1", "2", "3", "4"]

    locked = browser.pay(page, "balance", "9" * 6)
    assert "Payments are locked until" in locked.words
    simulator.advance(15 * 60 + 1)


def test_the_limit_of_a_day_holds_for_payments_at_once(
    simulator: Simulator, merchant: Merchant, browser: Browser, order: Order
) -> None:
    simulator.advance(24 * 3600)
    pages = []
    for turn in range(4):
        biz = order | {
            "out_trade_no": f"{order['out_trade_no']}_{turn}",
            "total_amount": "400.00",
            "product_code": CODES[PAGE_PAY],
        }
        page = browser.open(merchant.page_address(PAGE_PAY, biz))
        pages.append(browser.sign_in(page, "limit"))

    answers: list[Page] = together(lambda turn: browser.pay(pages[turn], "card"), 4)

    paid = [one for one in answers if "Payment successful" in one.words]
    assert len(paid) == 2


def test_paying_against_closing_has_one_winner(
    simulator: Simulator, merchant: Merchant, browser: Browser, order: Order
) -> None:
    for turn in range(4):
        biz = order | {
            "out_trade_no": f"{order['out_trade_no']}_{turn}",
            "product_code": CODES[PAGE_PAY],
        }
        page = browser.open(merchant.page_address(PAGE_PAY, biz))
        confirm = browser.sign_in(page, "mei")
        before = Decimal(simulator.balance("mei", "balance"))

        def act(which: int, confirm: Page = confirm, biz: Order = biz) -> bool:
            if which:
                return merchant.call("alipay.trade.close", biz)["code"] == "10000"
            return "Payment successful" in browser.pay(confirm).words

        paid, closed = together(act, 2)

        assert paid != closed
        spent = before - Decimal(simulator.balance("mei", "balance"))
        assert spent == (Decimal("88.88") if paid else 0)
