"""After the payment: shipping, confirming, disputing, and what the clock does."""

import re
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from marketplace.seeding.goods.shops import SHOPS
from tests.e2e import acts
from tests.e2e.conftest import Visitor
from tests.e2e.people import Buyer, Person
from tests.e2e.stack import Product, until

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]


def test_shipped_confirmed_released_and_the_books_are_right(
    visitor: Visitor, buyer: Buyer, bo: Person, product: Product
) -> None:
    number = buyer.paid_order()
    shop = visitor(bo)
    shop.goto("/sell/")
    todo = shop.locator("main .todos li").filter(has_text=number)
    todo.get_by_role("link", name="Ship").click()
    shop.get_by_label("Carrier").select_option("sf")
    shop.get_by_label("Tracking number").fill("SF 1234 5678 90123")
    acts.press(shop, "It is with the carrier")
    acts.says(shop, re.compile("yours when the buyer confirms"))

    page = visitor(buyer)
    page.goto(f"/orders/{number}/")
    acts.says(page, re.compile("Goes to the seller on"))
    _money_is_at(page, "Escrow")
    page.get_by_role("link", name="Confirm receipt").click()
    acts.heading_is(page, "Do you have the goods?")
    page.get_by_role("link", name="Not yet").click()
    page.get_by_role("link", name="Confirm receipt").click()
    acts.press(page, "I have the goods, release the money")

    acts.says(page, re.compile("Completed on"))
    _money_is_at(page, SHOPS[0].name_en)
    page.get_by_text("Ledger lines behind this").click()
    expect(page.locator(".where table tbody tr").first).to_be_visible()
    product.books_are_right()


def _money_is_at(page: Page, place: str) -> None:
    here = page.locator(".where__place--here .where__name")
    expect(here).to_contain_text(re.compile(place, re.IGNORECASE))


def test_the_desk_splits_and_the_refund_is_seen_at_alipay(
    visitor: Visitor,
    buyer: Buyer,
    bo: Person,
    dana: Person,
    product: Product,
    tmp_path: Path,
) -> None:
    number = buyer.paid_order()
    bo.ship(number)
    page = visitor(buyer)
    _open_dispute(page, number, tmp_path)
    acts.order_says(page, number, "the clock stands still")

    desk = visitor(dana)
    desk.goto("/desk/disputes/dispute/")
    desk.get_by_role("row").filter(has_text=number).get_by_role("link").first.click()
    acts.says(desk, "The handle is broken off.")
    expect(desk.locator("figure img")).to_have_js_property("naturalWidth", 640)
    desk.get_by_role("link", name="Split the money").click()
    desk.get_by_label("Back to the buyer").fill("20.50")
    desk.get_by_label("Ground").select_option(index=1)
    desk.get_by_label("Why").fill("The lid can still be used.")
    acts.press(desk, "Preview")
    acts.says(desk, "A decision is final.")
    acts.press(desk, re.compile("^Confirm"))
    acts.says(desk, re.compile("The decision is made"))

    (trade,) = product.trades(buyer.reference)
    # Sent by the worker's next bell.
    until(lambda: _refunded(product, trade["out_trade_no"]) == ["20.50"])
    acts.order_says(page, number, "the rest went to the shop")
    page.get_by_role("link", name=re.compile("^Dispute")).first.click()
    acts.says(page, "The lid can still be used.")
    product.books_are_right()


def _open_dispute(page: Page, number: str, folder: Path) -> None:
    page.goto(f"/orders/{number}/")
    page.get_by_role("link", name="Something is wrong").click()
    page.locator("input[name=reason]").first.check()
    page.get_by_label("How much do you want back?").fill("30.00")
    page.get_by_label("What happened?").fill("The handle is broken off.")
    page.get_by_label("Pictures").set_input_files(_photo(folder))
    acts.press(page, "Open the dispute")
    acts.heading_is(page, re.compile("^Dispute"))
    acts.says(page, "The handle is broken off.")
    expect(page.locator("main ul img").first).to_have_js_property("naturalWidth", 640)


def _photo(folder: Path) -> Path:
    image = Image.new("RGB", (640, 480), "ivory")
    ImageDraw.Draw(image).line((40, 40, 600, 440), fill="brown", width=9)
    path = folder / "broken.jpg"
    image.save(path)
    return path


def _refunded(product: Product, out_trade_no: str) -> list[str]:
    refunds = product.control(f"trades/{out_trade_no}")["refunds"]
    return [refund["amount"] for refund in refunds]


def test_time_closes_what_is_unpaid_and_releases_what_is_not_confirmed(
    visitor: Visitor, buyer: Buyer, bo: Person, product: Product
) -> None:
    silent = buyer.paid_order()
    bo.ship(silent)
    unpaid = buyer.order()
    page = visitor(buyer)
    page.goto(f"/orders/{unpaid}/")
    _travel(page, "Go to the next deadline")
    _travel(page, "1 day")
    acts.order_says(page, unpaid, "Nothing was taken, and the goods are for sale")
    (trade,) = product.trades(buyer.reference)
    assert trade["trade_status"] in (None, "TRADE_CLOSED")

    page.goto(f"/orders/{silent}/")
    acts.says(page, re.compile("Goes to the seller on"))
    _travel(page, "1 week")
    _travel(page, "1 week")
    acts.says(page, re.compile("The money went to the shop."))
    _money_is_at(page, SHOPS[0].name_en)
    product.books_are_right()


def _travel(page: Page, leap: str) -> None:
    """Open the panel on this page, and move the clock."""
    here = page.url
    page.locator(".time-panel summary").click()
    acts.press(page, leap)
    acts.says(page, re.compile("It is now"))
    assert page.url == here
