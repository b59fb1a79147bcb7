"""Paying: by redirect, by code, without enough money, and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import acts
from tests.e2e.conftest import Visitor
from tests.e2e.people import BOS_SHOP, OTHER_SHOP, Buyer
from tests.e2e.stack import Product

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]


def test_goods_of_two_shops_are_paid_by_card_and_held(
    visitor: Visitor, buyer: Buyer, product: Product
) -> None:
    page = visitor()
    _find_something(page)
    _choose_another_variant(page)
    acts.put_in_cart(page)
    page.goto(f"/shops/{OTHER_SHOP}/")
    page.locator("main a[href^='/goods/']").first.click()
    acts.put_in_cart(page)
    page.get_by_role("link", name="View cart").click()
    expect(page.locator(".shop-group")).to_have_count(2)

    page.get_by_role("link", name="Check out").click()
    acts.sign_in(page, buyer.email)
    page.wait_for_url("**/checkout/")
    expect(page.locator(".shop-group")).to_have_count(2)
    total = page.locator(".sums__total .money").inner_text()
    page.locator("input[name=method][value=alipay_redirect]").check()
    acts.press(page, "Place order and pay")

    page.wait_for_url(f"{product.cashier}/**")
    amount = re.search(r"[\d,.]+\d", total.split("\n")[0])
    assert amount
    assert amount[0] in page.locator("main").inner_text()
    acts.sign_in_at_cashier(page)
    acts.pay_at_cashier(page, "card")
    acts.return_to_shop(page)

    page.wait_for_url("**/pay/PAY-*/status/")
    acts.heading_is(page, "Paid")
    (trade,) = product.trades(acts.payment_on(page))
    assert (trade["trade_status"], trade["paid_with"]) == ("TRADE_SUCCESS", "card")
    page.get_by_role("link", name="To your order").click()
    acts.heading_is(page, "Paid: 2 orders")
    numbers = buyer.orders()
    assert len(numbers) == 2
    for number in numbers:
        acts.order_says(page, number, "Awaiting shipment")
        acts.says(page, "Danbao holds your money")


def _find_something(page: Page) -> None:
    """From the home page to a product of Bo's shop that has variants."""
    page.goto("/")
    page.get_by_role("searchbox").fill("teapot")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**q=teapot**")
    page.locator("main a[href^='/goods/']").first.click()
    page.wait_for_url("**/goods/**")


def _choose_another_variant(page: Page) -> None:
    others = page.locator("a.variant:not([aria-current])")
    if others.count():
        others.first.click()
        page.wait_for_url("**?v=*")


def test_a_code_is_read_off_the_screen_and_paid_on_a_phone(
    visitor: Visitor, buyer: Buyer, product: Product
) -> None:
    buyer.put_in_cart()
    page = visitor(buyer)
    acts.place(page, acts.QR)
    page.wait_for_url("**/qr/")
    code = acts.scan(page)
    assert code.startswith(product.cashier)

    phone = visitor(
        viewport={"width": 390, "height": 780}, is_mobile=True, has_touch=True
    )
    phone.goto(code)
    acts.sign_in_at_cashier(phone)
    acts.pay_at_cashier(phone)
    acts.heading_is(phone, "Payment successful")

    acts.heading_is(page, "Paid")
    expect(page.locator("#announcer")).to_have_text(re.compile("Danbao holds"))
    acts.order_says(page, buyer.orders()[0], "Awaiting shipment")


def test_too_little_money_is_said_and_there_is_a_way_on(
    visitor: Visitor, buyer: Buyer, product: Product
) -> None:
    buyer.put_in_cart()
    page = visitor(buyer)
    acts.place(page, acts.REDIRECT)
    acts.sign_in_at_cashier(page, acts.POOR)
    expect(page.locator("input[data-kind=balance]")).to_be_disabled()
    acts.says(page, re.compile("Not enough: ¥8.88"))
    acts.says(page, re.compile("None of these can pay"))

    page.goto(f"/orders/{buyer.orders()[0]}/")
    page.get_by_role("link", name="Pay", exact=True).click()
    page.locator("input[name=method][value=alipay_qr]").check()
    acts.press(page, re.compile("^Pay CN¥"))
    page.wait_for_url("**/qr/")
    product.pay(acts.payment_on(page))
    acts.heading_is(page, "Paid")
    paid, given_up = product.trades(acts.payment_on(page))
    assert paid["trade_status"] == "TRADE_SUCCESS"
    assert given_up["trade_status"] == "TRADE_CLOSED"


def test_leaving_the_cashier_loses_nothing(
    visitor: Visitor, buyer: Buyer, product: Product
) -> None:
    buyer.put_in_cart()
    page = visitor(buyer)
    acts.place(page, acts.REDIRECT)
    page.wait_for_url(f"{product.cashier}/**")

    number = buyer.orders()[0]
    page.goto(f"/orders/{number}/")
    acts.says(page, "Not paid yet")
    page.get_by_role("link", name="Pay", exact=True).click()
    acts.says(page, "A payment is started already")
    reference = acts.payment_on(page)
    acts.press(page, re.compile("^Pay CN¥"))
    page.wait_for_url(f"{product.cashier}/**")
    assert len(product.trades(reference)) == 1


def test_without_scripts_one_buys_and_pays(
    visitor: Visitor, buyer: Buyer, product: Product
) -> None:
    page = visitor(buyer, java_script_enabled=False)
    page.goto(f"/shops/{BOS_SHOP}/")
    page.locator("main a[href^='/goods/']").first.click()
    acts.put_in_cart(page)
    acts.follow(page, "View cart", "**/cart/")
    acts.follow(page, "Check out", "**/checkout/")
    page.locator("input[name=method][value=alipay_redirect]").check()
    acts.press(page, "Place order and pay")
    acts.sign_in_at_cashier(page)
    acts.pay_at_cashier(page)

    page.wait_for_url("**/pay/PAY-*/status/")  # the page's own refresh
    acts.heading_is(page, "Paid")
