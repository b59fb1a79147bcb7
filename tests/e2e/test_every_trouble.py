"""Every row of the failure table (rules §5.5), met by a buyer in the browser, in both
languages: Alipay's answer, our advice and whether money moved, and the way on."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from payments.advice import BY_CODE
from tests.e2e import acts
from tests.e2e.conftest import PAGES, Visitor
from tests.e2e.people import ANY_SHOP, Buyer, new_buyer
from tests.e2e.stack import Product
from tests.e2e.test_payment_pages import PHONE
from tests.e2e.troubles import LOCALES, Walk

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

TRANSFER = "bank_transfer"
# Walks that end before the order is placed.
LEAVE_A_CART = {"quote_expired"}
WALKS: dict[str, Callable[[Walk], None]] = {}


def meets(walk: Callable[[Walk], None]) -> Callable[[Walk], None]:
    """A walk into the trouble that it is named after."""
    WALKS[walk.__name__] = walk
    return walk


@pytest.fixture(scope="module")
def readers(regular: Visitor, product: Product) -> dict[str, Page]:
    """A browser of each language, and a phone's."""
    return {
        f"{language}{device}": regular(locale=LOCALES[language], **options)
        for language in LOCALES
        for device, options in (("", {}), ("-phone", PHONE))
    }


class Buyers:
    """One buyer for a few walks: the shop takes five unpaid orders of a person at
    most, and only so many sign-ups in a minute."""

    WALKS_EACH = 4

    def __init__(self, product: Product) -> None:
        self.product = product
        self.made: list[Buyer] = []
        self.walks = 0

    def next(self) -> Buyer:
        if self.walks % self.WALKS_EACH == 0:
            self.made.append(new_buyer(self.product))
        self.walks += 1
        return self.made[-1]

    def leave(self) -> None:
        """The next walk is somebody else's."""
        self.walks = 0


@pytest.fixture(scope="module")
def buyers(product: Product) -> Iterator[Buyers]:
    several = Buyers(product)
    yield several
    for person in several.made:
        person.close()


@pytest.fixture
def walk(
    readers: dict[str, Page],
    buyers: Buyers,
    product: Product,
    request: pytest.FixtureRequest,
) -> Iterator[Walk]:
    language, code = request.param
    buyer = buyers.next()
    page = readers[f"{language}-phone" if code == "user_cancelled" else language]
    request.node.stash[PAGES] = [page]
    cookie = {"name": "danbao_language", "value": language, "url": product.origin}
    page.context.add_cookies([*buyer.cookies(), cookie])
    yield Walk(product, buyer, language, page)
    page.goto("about:blank")  # or it would go on asking how the payment stands
    if code in LEAVE_A_CART or code == "user_cancelled":
        buyers.leave()


@pytest.mark.parametrize(
    "walk",
    [(language, code) for code in BY_CODE for language in LOCALES],
    indirect=True,
    ids=lambda of: "-".join(of[::-1]),
)
def test_a_buyer_reads_what_happened_and_goes_on(
    walk: Walk, request: pytest.FixtureRequest
) -> None:
    _, code = request.node.callspec.params["walk"]
    WALKS[code](walk)


# --- Told at Alipay's cashier, to the buyer alone -----------------------------------


@meets
def insufficient_funds(walk: Walk) -> None:
    walk.order(acts.REDIRECT)
    walk.sign_in_there("poor")
    walk.is_refused_there("none_usable")
    walk.come_back()
    walk.find("insufficient_funds")
    walk.is_advised("insufficient_funds")
    walk.primary().click()
    walk.page.wait_for_url(f"{walk.product.cashier}/**")
    assert len(walk.product.trades(walk.reference)) == 1


@meets
def limit_exceeded(walk: Walk) -> None:
    walk.order(acts.REDIRECT, quantity=3)
    walk.sign_in_there("limit")
    walk.is_refused_there("none_usable")
    walk.come_back()
    walk.find("limit_exceeded")
    walk.is_advised("limit_exceeded")
    # From another account of Alipay's: with a number that no account holds yet.
    walk.press("renew/")
    walk.page.wait_for_url(f"{walk.product.cashier}/**")
    walk.pays_there()


@meets
def account_unverified(walk: Walk) -> None:
    walk.order(acts.REDIRECT)
    walk.sign_in_there("unverified")
    walk.is_refused_there("BUYER_NOT_VERIFIED")
    walk.come_back()
    walk.find("account_unverified")
    walk.is_advised("account_unverified")
    walk.primary().click()
    walk.page.wait_for_url(f"{walk.product.cashier}/**")


@meets
def region_restricted(walk: Walk) -> None:
    walk.order(acts.REDIRECT)
    walk.sign_in_there("region")
    walk.is_refused_there("BUYER_REGION_RESTRICTED")
    walk.come_back()
    walk.find("region_restricted")
    walk.is_advised("region_restricted")
    walk.primary().click()
    walk.choose(TRANSFER)
    expect(walk.page.locator(".transfer")).to_be_visible()


@meets
def risk_rejected(walk: Walk) -> None:
    walk.order(acts.REDIRECT)
    walk.sign_in_there("risk")
    acts.pay_at_cashier(walk.page)
    walk.is_refused_there("PAYMENT_REQUEST_HAS_RISK")
    walk.come_back()
    walk.find("risk_rejected")
    walk.is_advised("risk_rejected")
    walk.primary().click()
    walk.choose(acts.QR)
    walk.page.wait_for_url("**/qr/")
    walk.is_paid()


@meets
def buyer_mismatch(walk: Walk) -> None:
    walk.order(acts.QR)
    code = acts.scan(walk.page)
    with walk.on_a_phone(code):
        walk.sign_in_there("mei")
        walk.page.locator("form[action$='/leave'] button").click()
        walk.sign_in_there("jun")
        walk.is_refused_there("TRADE_BUYER_NOT_MATCH")
    walk.find("buyer_mismatch")
    walk.is_advised("buyer_mismatch")
    walk.primary().click()
    walk.page.locator("input[name=number][value$='-2']").wait_for(state="attached")
    assert acts.scan(walk.page) != code


@meets
def buyer_is_seller(walk: Walk) -> None:
    walk.order(acts.REDIRECT)
    walk.sign_in_there("shop")
    walk.is_refused_there("BUYER_SELLER_EQUAL")
    walk.come_back()
    walk.find("buyer_is_seller")
    walk.is_advised("buyer_is_seller")
    walk.primary().click()
    walk.page.wait_for_url("**/orders/**")


# --- Between Alipay and us ----------------------------------------------------------


@meets
def user_cancelled(walk: Walk) -> None:
    walk.buyer.client.headers["User-Agent"] = PHONE["user_agent"]
    walk.order(acts.WAP)
    walk.page.locator("#quit-link").click()
    walk.page.wait_for_url("**/status/?left=1")
    walk.is_advised("user_cancelled")
    walk.press("start/")
    walk.page.wait_for_url(f"{walk.product.cashier}/**")


@meets
def network(walk: Walk) -> None:
    walk.order(acts.QR)
    with walk.fault("closed_connection", method="alipay.trade.query"):
        walk.press("check/")
        walk.is_advised("network")
    walk.is_paid()


@meets
def processing(walk: Walk) -> None:
    walk.order(acts.REDIRECT)
    walk.sign_in_there("mei")
    delay = {"seconds": 3}
    with (
        walk.fault("system_error", method="alipay.trade.query"),
        walk.fault("news_delayed", options=delay),
    ):
        acts.pay_at_cashier(walk.page)
        acts.return_to_shop(walk.page)
        walk.page.wait_for_url("**/status/?back=1")
        walk.is_advised("processing", where="#payment .status-large")
        walk.turns_paid()


@meets
def expired(walk: Walk) -> None:
    walk.order(acts.QR)
    code = acts.scan(walk.page)
    walk.buyer.travel("minute")
    with walk.on_a_phone(code):
        walk.is_refused_there("TRADE_EXPIRED")
    walk.page.reload()
    walk.is_advised("expired", where="#payment")
    walk.primary().click()
    walk.page.locator("input[name=number][value$='-2']").wait_for(state="attached")
    walk.is_paid()


@meets
def duplicate(walk: Walk) -> None:
    walk.order(acts.QR)
    walk.page.goto(f"/pay/{walk.reference}/")
    walk.product.pay(walk.reference)
    walk.buyer.waits_for(walk.buyer.orders()[0], "Awaiting shipment")
    walk.press("start/")
    walk.is_advised("duplicate", where=".site-messages .notice")
    walk.turns_paid()
    walk.primary().click()
    walk.page.wait_for_url("**/orders/**")
    assert len(walk.product.trades(walk.reference)) == 1


@meets
def config(walk: Walk) -> None:
    walk.buyer.order(TRANSFER, shop=ANY_SHOP)
    walk.our_page()
    walk.product.control("app", {"disabled_methods": ["alipay.trade.precreate"]})
    try:
        walk.choose(acts.QR)
        walk.is_advised("config")
    finally:
        walk.product.control("app", {"disabled_methods": []})
    walk.page.locator("input[name=method][value=alipay_qr]").check()
    walk.press("start/")
    walk.page.wait_for_url("**/qr/")
    walk.is_paid()


# --- On our own pages, before anything is started -----------------------------------


@meets
def currency_mismatch(walk: Walk) -> None:
    walk.order(TRANSFER, currency="USD")
    _is_closed(walk, acts.REDIRECT, "currency_mismatch", "USD")
    walk.choose(TRANSFER)
    expect(walk.page.locator(".transfer")).to_contain_text("$")


@meets
def amount_out_of_range(walk: Walk) -> None:
    with walk.product.cheap("tonghe-toys"):
        walk.order(acts.QR, shop="tonghe-toys")
    walk.our_page()
    _is_closed(walk, TRANSFER, "amount_out_of_range", "10.00")


def _is_closed(walk: Walk, method: str, code: str, fact: str) -> None:
    """A method says why it is closed, and leads to the row of the table."""
    card = walk.page.locator(".choice").filter(
        has=walk.page.locator(f"input[value={method}]")
    )
    expect(card.locator("input")).to_be_disabled()
    expect(card.locator(".choice__reason")).to_contain_text(fact)
    card.locator("a").click()
    walk.page.wait_for_url(f"**/pay/help/#{code}")
    walk.is_advised(code, where=f"#{code}")
    walk.page.go_back()


@meets
def quote_expired(walk: Walk) -> None:
    walk.buyer.put_in_cart("ridgeline-supply")
    walk.page.goto("/checkout/?currency=CNY")
    walk.buyer.travel("hour")
    walk.primary().click()
    walk.is_advised("quote_expired", where=".site-messages .notice")
    walk.primary().click()
    walk.page.wait_for_url(f"{walk.product.cashier}/**")


def test_every_row_has_its_walk() -> None:
    assert set(WALKS) == set(BY_CODE)
