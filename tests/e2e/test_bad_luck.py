"""What goes wrong between a shop, a bank and a person: one charge, no error page."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from tests.e2e import acts
from tests.e2e.conftest import Visitor
from tests.e2e.people import Buyer
from tests.e2e.stack import Product, until

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

PAY = re.compile("^Pay CN¥")
SILENT = re.compile("Payment is not available now|does not answer at the moment")


def test_a_double_click_and_the_back_button_order_once(
    visitor: Visitor, buyer: Buyer, product: Product
) -> None:
    buyer.put_in_cart()
    page = visitor(buyer)
    page.goto("/checkout/")
    button = page.get_by_role("button", name="Place order and pay")
    button.dblclick(no_wait_after=True)
    page.wait_for_url(f"{product.cashier}/**")
    assert len(buyer.orders()) == 1

    page.go_back()
    page.wait_for_url("**/checkout/")
    if button.count():  # as it was before; else the page says that the cart is empty
        button.click()
        page.wait_for_url(f"{product.cashier}/**")
    assert len(buyer.orders()) == 1

    page.goto("/orders/")
    page.get_by_role("link", name="Pay", exact=True).click()
    assert len(product.trades(acts.payment_on(page))) == 1


def test_two_tabs_pay_once(visitor: Visitor, buyer: Buyer, product: Product) -> None:
    buyer.put_in_cart()
    first = visitor(buyer)
    acts.place(first, acts.REDIRECT)
    acts.sign_in_at_cashier(first)
    second = first.context.new_page()
    second.goto(first.url.removesuffix("/sign-in"))
    expect(second.locator("#J_authSubmit")).to_be_visible()

    acts.pay_at_cashier(first)
    acts.pay_at_cashier(second)
    for page in (first, second):
        acts.return_to_shop(page)
        acts.heading_is(page, "Paid")
    (trade,) = product.trades(acts.payment_on(first))
    assert trade["trade_status"] == "TRADE_SUCCESS"
    product.books_are_right()


def test_a_session_that_ended_at_the_cashier_comes_back_to_a_page(
    visitor: Visitor, buyer: Buyer
) -> None:
    buyer.put_in_cart()
    page = visitor(buyer)
    acts.place(page, acts.REDIRECT)
    acts.sign_in_at_cashier(page)
    page.context.clear_cookies(name="danbao_session")
    acts.pay_at_cashier(page)
    acts.return_to_shop(page)

    acts.heading_is(page, "The payment has arrived")
    page.locator("main").get_by_role("link", name="Sign in").click()
    acts.sign_in(page, buyer.email)
    page.wait_for_url("**/pay/PAY-*/status/")
    acts.heading_is(page, "Paid")


def test_alipay_away_is_said_and_the_order_stays_payable(
    visitor: Visitor, buyer: Buyer, product: Product
) -> None:
    buyer.put_in_cart()
    page = visitor(buyer)
    product.stack.stop("simulator")
    try:
        acts.place(page, acts.QR)
        acts.says(page, re.compile("Alipay"))
        _is_payable(page)
        _press_pay_by_code(page)
        acts.says(page, SILENT)
        _is_payable(page)
    finally:
        product.stack.start_simulator()
    until(lambda: _paid_by_code(page), 90)
    product.pay(acts.payment_on(page))
    acts.heading_is(page, "Paid")
    assert len(buyer.orders()) == 1


def _is_payable(page: Page) -> None:
    expect(page.get_by_role("button", name=PAY)).to_be_enabled()
    acts.says(page, "Pay until")


def _press_pay_by_code(page: Page) -> None:
    """Press, if it is open: three silences, the sweeps' too, close it for a minute."""
    code = page.locator(f"input[name=method][value={acts.QR}]")
    if code.count() and code.is_enabled():
        code.check()
        acts.press(page, PAY)


def _paid_by_code(page: Page) -> bool:
    """Whether another try leads to the code."""
    page.reload()
    _press_pay_by_code(page)
    with suppress(TimeoutError):
        page.wait_for_url("**/qr/", timeout=5000)
    return page.url.endswith("/qr/")
