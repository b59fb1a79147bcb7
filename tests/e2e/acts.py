"""What people do in a browser, by what they see: labels, roles, words."""

import io
import re

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.people import PASSWORD

PAYER, PAY_CODE = "mei1234@sandbox.com", "111111"
POOR = "poor1234@sandbox.com"
REDIRECT, QR, WAP = "alipay_redirect", "alipay_qr", "alipay_wap"


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press the visible button of this name, once nothing on the page moves any more.

    Where scripts are off a click cannot be checked: it lands where the button was
    before the last style sheet came.
    """
    button = page.get_by_role("button", name=name).locator("visible=true").first
    button.wait_for()
    page.wait_for_load_state()
    button.click()


def follow(page: Page, name: str, address: str) -> None:
    """Follow the link of this name, and wait until the page behind it is whole."""
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_url(address)


def add_to_cart(page: Page, goods: str) -> None:
    page.goto(goods)
    put_in_cart(page)


def put_in_cart(page: Page) -> None:
    """Press the button of the product page that is open."""
    press(page, "Add to cart")
    says(page, "Added to your cart.")


def sign_in(page: Page, email: str) -> None:
    form = page.locator("main form").first
    form.get_by_label("E-mail").fill(email)
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_role("button", name="Sign in").click()


def place(page: Page, method: str) -> None:
    """Choose how to pay, and place the order."""
    page.goto("/checkout/")
    page.locator(f"input[name=method][value={method}]").check()
    press(page, "Place order and pay")


def sign_in_at_cashier(page: Page, who: str = PAYER) -> None:
    page.locator("#J_tLoginId").fill(who)
    page.locator("#payPasswd_rsainput").fill(PAY_CODE)
    page.wait_for_load_state()
    page.locator("#J_newBtn").click()


def pay_at_cashier(page: Page, kind: str = "balance") -> None:
    page.locator(f"input[data-kind={kind}]").check()
    page.locator("#payPassword_rsainput").fill(PAY_CODE)
    page.wait_for_load_state()
    page.locator("#J_authSubmit").click()


def return_to_shop(page: Page) -> None:
    page.locator("#return-link").click()


def scan(page: Page) -> str:
    """What a phone's camera reads off the screen."""
    image = Image.open(io.BytesIO(page.screenshot()))
    codes = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    assert len(codes) == 1, f"{len(codes)} codes on {page.url}"
    return codes[0].text


def payment_on(page: Page) -> str:
    """The reference of the payment whose page this is."""
    found = re.search(r"/pay/(PAY-\w+)/", page.url)
    assert found, page.url
    return found[1]


def says(page: Page, words: str | re.Pattern[str]) -> None:
    """Wait until the page says these words where one can see them."""
    expect(page.get_by_text(words).locator("visible=true").first).to_be_visible(
        timeout=30_000
    )


def heading_is(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", name=words).first).to_be_visible(timeout=30_000)


def order_says(page: Page, number: str, words: str) -> None:
    """Look at an order until it says ``words``: news takes a moment to arrive."""
    for _ in range(60):
        page.goto(f"/orders/{number}/")
        if page.get_by_text(words).locator("visible=true").count():
            return
        page.wait_for_timeout(300)
    raise AssertionError(f"{page.url} does not say {words!r}")
