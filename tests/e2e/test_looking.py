"""Every page of the sale: accessible in light and dark, and as wide as its window."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.e2e import acts
from tests.e2e.conftest import Visitor
from tests.e2e.looking import faults_of
from tests.e2e.people import BOS_SHOP, OTHER_SHOP, Buyer, Person, goods_of, new_buyer
from tests.e2e.stack import Product

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]


@dataclass
class Sale:
    """One buyer's orders in every state, and something in the cart."""

    buyer: Buyer
    goods: str
    paid: str
    shipped: str
    completed: str
    disputed: str
    dispute: str
    paid_reference: str
    unpaid: str
    reference: str


@pytest.fixture(scope="module")
def sale(product: Product, sign_in: Callable[[str], Person]) -> Iterator[Sale]:
    buyer, bo = new_buyer(product), sign_in("bo@danbao.example")
    paid, shipped, completed, disputed = (buyer.paid_order() for _ in range(4))
    paid_reference = buyer.reference
    for number in (shipped, completed, disputed):
        bo.ship(number)
    buyer.open(f"/orders/{completed}/confirm/")
    buyer.submit("/confirm/")
    dispute = buyer.open_dispute(disputed)
    unpaid = buyer.order(acts.QR)
    buyer.put_in_cart()
    buyer.put_in_cart(OTHER_SHOP)
    yield Sale(
        buyer=buyer,
        goods=next(goods_of(buyer, BOS_SHOP)),
        paid=paid,
        shipped=shipped,
        completed=completed,
        disputed=disputed,
        dispute=dispute,
        paid_reference=paid_reference,
        unpaid=unpaid,
        reference=buyer.reference,
    )
    buyer.close()


def look_at(page: Page, *addresses: str) -> None:
    faults = []
    for address in addresses:
        page.goto(address)
        faults += faults_of(page)
    assert not faults, "\n".join(faults)


def test_the_shop_for_a_stranger(visitor: Visitor, sale: Sale) -> None:
    look_at(
        visitor(),
        "/",
        "/?q=nothing+like+it",
        sale.goods,
        f"/shops/{BOS_SHOP}/",
        "/cart/",
        "/accounts/login/",
        "/accounts/signup/",
        "/pay/return/",
        "/nothing-here/",
    )


def test_cart_checkout_and_paying(visitor: Visitor, sale: Sale) -> None:
    look_at(
        visitor(sale.buyer),
        "/cart/",
        "/checkout/",
        f"/pay/{sale.reference}/",
        f"/pay/{sale.reference}/qr/",
        f"/pay/{sale.paid_reference}/status/",
    )


def test_orders(visitor: Visitor, sale: Sale) -> None:
    numbers = (sale.unpaid, sale.paid, sale.shipped, sale.completed, sale.disputed)
    look_at(
        visitor(sale.buyer),
        "/orders/",
        *(f"/orders/{number}/" for number in numbers),
        f"/orders/{sale.unpaid}/cancel/",
        f"/orders/{sale.shipped}/confirm/",
    )


def test_disputes_and_a_person_s_own_pages(visitor: Visitor, sale: Sale) -> None:
    dispute = f"/orders/{sale.disputed}/dispute/{sale.dispute}/"
    look_at(
        visitor(sale.buyer),
        f"/orders/{sale.shipped}/dispute/",
        dispute,
        f"{dispute}withdraw/",
        "/news/",
        "/me/",
        "/me/addresses/new/",
        "/demo/time/",
    )


def test_the_seller_centre(visitor: Visitor, sale: Sale, bo: Person) -> None:
    look_at(
        visitor(bo),
        "/sell/",
        "/sell/orders/",
        f"/sell/orders/{sale.paid}/",
        f"/sell/orders/{sale.completed}/",
        f"/sell/orders/{sale.paid}/ship/",
        f"/sell/orders/{sale.disputed}/dispute/{sale.dispute}/",
    )


def test_the_cashier_and_the_way_back(
    visitor: Visitor, buyer: Buyer, product: Product
) -> None:
    buyer.put_in_cart()
    page = visitor(buyer)
    acts.place(page, acts.REDIRECT)
    page.wait_for_url(f"{product.cashier}/**")
    faults = faults_of(page)
    acts.sign_in_at_cashier(page)
    acts.heading_is(page, "Confirm payment")
    faults += faults_of(page)

    waiting = page.context.new_page()
    waiting.goto(f"/orders/{buyer.orders()[0]}/")
    waiting.get_by_role("link", name="Pay", exact=True).click()
    waiting.goto(f"/pay/{acts.payment_on(waiting)}/status/")
    acts.heading_is(waiting, "Waiting for Alipay")
    faults += faults_of(waiting)
    waiting.close()

    page.route("**/return.js", lambda route: route.abort())  # it would leave
    acts.pay_at_cashier(page)
    acts.heading_is(page, "Payment successful")
    faults += faults_of(page)
    assert not faults, "\n".join(faults)


def test_the_phone_s_page(visitor: Visitor, buyer: Buyer) -> None:
    buyer.put_in_cart()
    page = visitor(buyer)
    acts.place(page, acts.QR)
    page.wait_for_url("**/qr/")
    look_at(visitor(), acts.scan(page))


def test_the_desk_opens_without_an_error(
    visitor: Visitor, sale: Sale, dana: Person
) -> None:
    """It is django-unfold's: only that nothing breaks is looked at here."""
    page = visitor(dana)
    for address in ("/desk/", "/desk/disputes/dispute/", "/desk/orders/order/"):
        answer = page.goto(address)
        assert answer
        assert answer.status == 200
