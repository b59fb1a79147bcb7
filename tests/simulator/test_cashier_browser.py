"""A buyer's pages in a real browser: each looked at, moving on, worked by keys."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.simulator.browsing import CODES, PAGE_PAY, WAP_PAY
from tests.simulator.harness import Merchant, Simulator
from tests.simulator.looking import WINDOWS, look_at, pay, press, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

Opener = Callable[..., Page]
Order = dict[str, Any]


@pytest.fixture
def opener(chromium: Browser) -> Iterator[Opener]:
    """Opens windows of their own; none may complain about a script or a policy."""
    contexts, complaints = [], []

    def hear(message: ConsoleMessage) -> None:
        # A page that says "no" is logged as a resource that failed to load.
        if message.type == "error" and "Failed to load" not in message.text:
            complaints.append(message.text)

    def open_window(window: str = "desk", **options: Any) -> Page:
        context = chromium.new_context(viewport=WINDOWS[window], **options)
        contexts.append(context)
        context.on("console", hear)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def address(simulator: Simulator, merchant: Merchant, order: Order) -> Opener:
    """Makes the address of the cashier for another order each time."""
    turns = iter(range(100))

    def make(method: str = PAGE_PAY, **fields: str) -> str:
        number = f"{order['out_trade_no']}_{next(turns)}"
        biz = order | {"out_trade_no": number, "product_code": CODES[method]} | fields
        back = f"{simulator.base_url}/?back=1"
        return merchant.page_address(method, biz, return_url=back)

    return make


LOOKS = [
    ("phone", "en-GB", "dark"),
    ("phone", "zh-CN", "light"),
    ("desk", "en-GB", "light"),
    ("desk", "zh-CN", "dark"),
]


def seen_as(opener: Opener, look: tuple[str, str, str]) -> Page:
    """Open a window of this size, language and colours."""
    window, locale, color_scheme = look
    return opener(window, locale=locale, color_scheme=color_scheme)


def stay(page: Page) -> None:
    """Keep the result page from going back to the shop."""
    page.route("**/return.js", lambda route: route.abort())


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_every_trouble_is_accessible_and_fits(
    opener: Opener, address: Opener, look: tuple[str, str, str]
) -> None:
    window = look[0]
    page = seen_as(opener, look)
    long_words = {"subject": "青瓷茶壶" * 20 + "x" * 90}
    way = {"method": WAP_PAY, "quit_url": "https://shop.example/"} | long_words
    kind = {} if window == "desk" else way

    page.goto(address(**kind))
    page.goto(f"{page.url}?as=limit1234@sandbox.com")
    look_at(page)
    page.fill("#payPasswd_rsainput", "222222")
    press(page, "#J_newBtn")
    look_at(page)
    for who in ("unverified", "locked", "blocked", "debt", "shop"):
        page.goto(address(**kind))
        page.fill("#J_tLoginId", f"{who}1234@sandbox.com")
        page.fill("#payPasswd_rsainput", "111111")
        press(page, "#J_newBtn")
        look_at(page)
    page.goto(address(**kind))
    sign_in(page, "risk")
    pay(page)
    look_at(page)
    page.goto(address(**kind))
    sign_in(page, "jun")
    page.locator("input[data-kind=card]").check()
    page.fill("#payPassword_rsainput", "999999")
    press(page, "#J_authSubmit")
    look_at(page)
    stay(page)
    page.locator("input[data-kind=card]").check()
    pay(page)
    look_at(page)


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_the_wallet_is_accessible_and_fits(
    simulator: Simulator,
    merchant: Merchant,
    order: Order,
    opener: Opener,
    look: tuple[str, str, str],
) -> None:
    made = merchant.call("alipay.trade.precreate", order | {"subject": "青瓷茶壶" * 40})
    code = made["qr_code"].rsplit("/", 1)[1]
    page = seen_as(opener, look)
    page.goto(f"{simulator.base_url}/wallet")
    look_at(page)
    sign_in(page, "jun")
    look_at(page)
    page.fill("#code", "nonsense")
    press(page, ".panel button")
    look_at(page)
    page.fill("#code", made["qr_code"])
    press(page, ".panel button")
    look_at(page)
    assert page.url.endswith(code)
    press(page, ".as-wallet button")
    page.goto(f"{simulator.base_url}/wallet")
    look_at(page)
    press(page, f"a[href$='{simulator.order(order['out_trade_no'])['trade_no']}']")
    look_at(page)
    page.locator("input[data-kind=credit]").check()
    pay(page)
    look_at(page)
    press(page, ".verdict a.act")
    expect(page.locator(".payments li").first).to_contain_text("¥88.88")
    look_at(page)


def test_an_order_is_paid_by_keys_alone(opener: Opener, address: Opener) -> None:
    page = opener()
    stay(page)
    page.goto(address())
    keys = page.keyboard
    keys.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    keys.press("Enter")
    _tab_to(page, "#J_tLoginId")
    keys.type("jun1234@sandbox.com")
    keys.press("Tab")
    keys.type("111111")
    keys.press("Enter")
    page.wait_for_selector("#J_authSubmit")
    _tab_to(page, "input[data-kind=balance]")
    keys.press("ArrowDown")
    expect(page.locator("input[data-kind=card]")).to_be_checked()
    keys.press("Tab")
    expect(page.locator("#payPassword_rsainput")).to_be_focused()
    keys.type("111111")
    keys.press("Enter")

    page.wait_for_selector("#return-link")
    expect(page.locator(".facts")).to_contain_text("Harbour Bank debit card")


def _tab_to(page: Page, wanted: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.locator(f"{wanted}:focus").count():
            return
    raise AssertionError(f"no way to {wanted} by Tab")


def test_the_desk_follows_another_buyers_phone(opener: Opener, address: Opener) -> None:
    desk, phone = opener(), opener("phone", is_mobile=True, has_touch=True)
    stay(desk)
    desk.goto(address())
    expect(desk.locator("svg.qr")).to_be_visible()
    phone.goto(desk.locator("a[target=_blank]").evaluate("(link) => link.href"))
    sign_in(phone, "mei")

    expect(desk.get_by_text("mei***@sandbox.com")).to_be_visible(timeout=10_000)
    expect(desk.locator("svg.qr")).to_have_count(0)
    pay(phone)
    expect(phone.get_by_role("heading", name="Payment successful")).to_be_visible()

    expect(desk.locator("#return-link")).to_be_visible(timeout=10_000)


def test_a_refused_form_is_not_sent_again_when_the_phone_pays(
    opener: Opener, address: Opener
) -> None:
    desk, phone = opener(), opener("phone")
    stay(desk)
    desk.goto(address())
    by_phone = desk.locator("a[target=_blank]").evaluate("(link) => link.href")
    sign_in(desk, "mei")
    desk.fill("#payPassword_rsainput", "999999")
    press(desk, "#J_authSubmit")
    expect(desk.get_by_role("alert")).to_contain_text("Tries left: 4")
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.method))

    phone.goto(by_phone)
    sign_in(phone, "mei")
    pay(phone)

    expect(desk.locator("#return-link")).to_be_visible(timeout=10_000)
    assert "POST" not in asked


def test_pressed_twice_and_gone_back_it_is_paid_once(
    simulator: Simulator, opener: Opener, address: Opener
) -> None:
    page = opener()
    stay(page)
    page.goto(address())
    sign_in(page, "mei")
    before = Decimal(simulator.balance("mei", "balance"))
    page.fill("#payPassword_rsainput", "111111")
    page.locator("#J_authSubmit").dblclick(no_wait_after=True)
    page.wait_for_selector("#return-link")

    page.go_back()

    expect(page.get_by_role("heading", name="Payment successful")).to_be_visible()
    spent = before - Decimal(simulator.balance("mei", "balance"))
    assert spent == Decimal("88.88")
