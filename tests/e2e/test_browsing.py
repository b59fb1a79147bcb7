"""Ways to use the shop: by keyboard alone, in Chinese, in other currencies."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import acts
from tests.e2e.conftest import Visitor
from tests.e2e.people import BOS_SHOP, Buyer, goods_of
from tests.e2e.stack import Product

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]


def test_the_keyboard_alone_fills_the_cart(visitor: Visitor, buyer: Buyer) -> None:
    page = visitor()
    page.goto(next(goods_of(buyer, BOS_SHOP)))
    page.keyboard.press("Tab")
    assert "Skip to the content" in _focused(page)
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        assert _shows_focus(page), _focused(page)
        if _focused(page) == "Add to cart":
            break
    page.keyboard.press("Enter")
    acts.says(page, "Added to your cart.")
    expect(page.locator("#cart-count")).to_contain_text("1")


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def _shows_focus(page: Page) -> bool:
    """An outline or a shadow on what has the focus, or on what stands for it."""
    look = """() => {
      for (let at = document.activeElement; at; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.outlineStyle !== "none" || style.boxShadow !== "none") return true;
      }
      return false;
    }"""
    return bool(page.evaluate(look))


def test_the_language_switch_changes_every_page_of_the_sale(
    visitor: Visitor, buyer: Buyer, product: Product
) -> None:
    number = buyer.paid_order()
    buyer.put_in_cart()
    goods = next(goods_of(buyer, BOS_SHOP))
    page = visitor(buyer)
    page.goto("/")
    page.locator("summary").filter(has_text="Language and currency").click()
    acts.press(page, "简体中文")
    english = []
    for address in (
        "/",
        goods,
        f"/shops/{BOS_SHOP}/",
        "/cart/",
        "/checkout/",
        "/orders/",
        f"/orders/{number}/",
        "/news/",
        "/me/",
        "/nothing-here/",
    ):
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
        english += [f"{address}: {words}" for words in _english_headings(page)]
    assert not english, english


def _english_headings(page: Page) -> list[str]:
    """Headings and buttons in Latin letters that name neither us nor an order."""
    shown = page.locator("main").locator("h1, h2, h3, button, .button")
    return [
        words
        for words in shown.all_inner_texts()
        if not re.search(r"[\u4e00-\u9fff]", words)
        and re.search(r"[A-Za-z]{3}", re.sub(r"(ORD|PAY)-\S+|CN¥", "", words))
    ]
