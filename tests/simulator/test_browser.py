"""The pages in a real browser: accessible, within the window, moving on alone."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.simulator.harness import Merchant, Simulator
from tests.simulator.looking import WINDOWS, look_at, pay, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]


@pytest.fixture
def checkout(merchant: Merchant, simulator: Simulator, order: dict[str, Any]) -> str:
    """The address of the cashier, which will return to the simulator's front door."""
    return merchant.page_address(
        "alipay.trade.page.pay",
        order | {"product_code": "FAST_INSTANT_TRADE_PAY"},
        return_url=f"{simulator.base_url}/?back=1",
    )


@pytest.mark.parametrize(
    ("window", "language", "scheme"),
    [
        ("phone", "en-GB", "dark"),
        ("phone", "zh-CN", "light"),
        ("desk", "en-GB", "light"),
        ("desk", "zh-CN", "dark"),
    ],
)
def test_every_page_is_accessible_and_fits(
    chromium: Browser,
    simulator: Simulator,
    checkout: str,
    window: str,
    language: str,
    scheme: Any,
) -> None:
    context = chromium.new_context(
        viewport=WINDOWS[window], locale=language, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(checkout)
    look_at(page)
    sign_in(page, "poor")
    look_at(page)
    page.goto(simulator.base_url)
    look_at(page)
    page.goto(f"{simulator.base_url}/nothing")
    look_at(page)
    context.close()


def test_desk_and_phone_move_on_by_themselves(
    chromium: Browser, simulator: Simulator, checkout: str
) -> None:
    desk = chromium.new_page()
    desk.goto(checkout)
    with desk.expect_popup() as opened:
        desk.click("a[target=_blank]")
    phone = opened.value
    sign_in(phone, "mei")
    look_at(phone)
    pay(phone)
    look_at(phone)

    desk.wait_for_selector("#return-link", timeout=10_000)
    desk.wait_for_url("**/?back=1&**", timeout=10_000)


def test_the_result_page_is_accessible(chromium: Browser, checkout: str) -> None:
    page = chromium.new_page()
    page.route("**/return.js", lambda route: route.abort())  # it would leave
    page.goto(checkout)
    sign_in(page, "mei")
    pay(page)
    page.wait_for_selector("#return-link")
    look_at(page)
    page.close()


def test_without_scripts_the_result_page_goes_back_too(
    chromium: Browser, checkout: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(checkout)
    sign_in(page, "mei")
    pay(page)

    page.wait_for_url("**/?back=1&**", timeout=10_000)
    context.close()


CONTROL = (
    *("", "trades", "refunds", "transfers", "people"),
    *("apps", "notifications", "clock", "faults"),
)


@pytest.mark.parametrize(
    ("window", "language", "scheme"),
    [("phone", "zh-CN", "dark"), ("desk", "en-GB", "light")],
)
def test_the_control_room_is_accessible_and_fits(
    chromium: Browser,
    simulator: Simulator,
    merchant: Merchant,
    order: dict[str, Any],
    window: str,
    language: str,
    scheme: Any,
) -> None:
    merchant.call(
        "alipay.trade.precreate", order, notify_url="http://127.0.0.1:9/nobody"
    )
    simulator.pay(order["out_trade_no"])
    context = chromium.new_context(
        viewport=WINDOWS[window], locale=language, color_scheme=scheme
    )
    page = context.new_page()
    for path in CONTROL:
        page.goto(f"{simulator.base_url}/control/{path}")
        look_at(page)
    page.goto(f"{simulator.base_url}/control/apps/{simulator.app['app_id']}")
    look_at(page)
    page.goto(f"{simulator.base_url}/control/trades?q={order['out_trade_no']}")
    page.click(f"text={order['out_trade_no']}")
    page.click("summary")
    look_at(page)
    context.close()


def test_numbers_are_copied_by_a_press(chromium: Browser, simulator: Simulator) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    app_id = simulator.app["app_id"]
    page.goto(f"{simulator.base_url}/control/apps/{app_id}")
    page.click("button[aria-label='Copy app_id']")
    page.wait_for_selector("text=Copied")

    assert page.evaluate("navigator.clipboard.readText()") == app_id
    context.close()
