"""People of the stories. What a test is not about, they do quickly over HTTP."""

import re
import time
import uuid
from collections.abc import Iterator
from http.client import TOO_MANY_REQUESTS
from typing import Any

from config.smoke.browser import Browser, Unexpected
from marketplace.seeding.goods.shops import SHOPS
from tests.e2e.stack import Product, until

PASSWORD = "danbao-demo"
# In the third one those buy who only want an order: the stock of the others lasts.
BOS_SHOP, OTHER_SHOP, ANY_SHOP = (shop.slug for shop in SHOPS[:3])


class Person(Browser):
    """Somebody with a session at the shop."""

    def __init__(self, product: Product) -> None:
        super().__init__(product.origin)
        self.product = product

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self.open("/accounts/login/")
        self.submit("login", login=email, password=password)
        self.page.must_say("Sign out")

    def cookies(self) -> list[dict[str, Any]]:
        """The session, as a browser takes it over."""
        return [
            {"name": cookie.name, "value": cookie.value, "url": self.origin}
            for cookie in self.client.cookies.jar
        ]

    def travel(self, by: str) -> None:
        """Move everybody's clock on: a ``minute`` (16 of them), ``hour``, ``day``."""
        self.open("/demo/time/")
        self.submit("/travel/", by=by)

    def ship(self, number: str) -> None:
        self.open(f"/sell/orders/{number}/ship/")
        self.submit(
            "/ship/", carrier="sf", tracking_number=f"SF{time.time_ns() % 10**12:012d}"
        )


class Buyer(Person):
    """Somebody new who buys."""

    email = ""
    reference = ""  # of the latest order's payment

    def signs_up(self) -> bool:
        """False: too many have signed up in this minute."""
        self.open("/accounts/signup/")
        try:
            self.submit(
                "signup",
                email=self.email,
                name="Ada Buyer",
                password1=PASSWORD,
                password2=PASSWORD,
            )
        except Unexpected:
            if self.page.status != TOO_MANY_REQUESTS:
                raise
            return False
        self.page.must_say("Sign out")
        return True

    def put_in_cart(self, shop: str = BOS_SHOP, quantity: int = 1) -> str:
        """The first goods of a shop that can be bought; their address."""
        goods = next(goods_of(self, shop))
        self.open(goods)
        self.submit("/cart/add/", quantity=str(quantity))
        return goods

    def order(
        self,
        method: str = "alipay_redirect",
        shop: str = BOS_SHOP,
        currency: str = "CNY",
        quantity: int = 1,
    ) -> str:
        """Place an order for one kind of thing; the order's number."""
        self.put_in_cart(shop, quantity)
        self.open(f"/checkout/?currency={currency}")
        self.submit("/checkout/place/", method=method)
        shown = re.search(r"PAY-[A-Z0-9]+", self.page.url + self.page.html)
        assert shown, self.page.url
        self.reference = shown[0]
        return self.orders()[0]

    def paid_order(self, shop: str = BOS_SHOP) -> str:
        """An order that is paid and held; its number."""
        number = self.order("alipay_qr", shop)
        self.product.pay(self.reference)
        self.waits_for(number, "Awaiting shipment")
        return number

    def open_dispute(self, number: str) -> str:
        """Something has not arrived; the dispute's reference."""
        self.open(f"/orders/{number}/dispute/")
        self.submit(
            "/dispute/",
            reason="not_received",
            claim="20.00",
            story="Nothing has come, and the carrier does not know the number.",
        )
        return self.page.url.rstrip("/").rsplit("/", 1)[-1]

    def orders(self) -> list[str]:
        """Numbers of the orders, the newest first."""
        links = dict.fromkeys(self.open("/orders/").links)
        found = (re.fullmatch(r"/orders/(ORD-[\w-]+)/", link) for link in links)
        return [match[1] for match in found if match]

    def waits_for(self, number: str, words: str) -> None:
        until(lambda: re.search(words, self.open(f"/orders/{number}/").text))


def goods_of(browser: Browser, shop: str) -> Iterator[str]:
    """Addresses of a shop's goods that can be bought as they stand."""
    for link in dict.fromkeys(browser.open(f"/shops/{shop}/").links):
        if re.fullmatch(r"/goods/[^?]+", link):
            forms = browser.open(link).forms
            if any("/cart/add/" in form.action for form in forms):
                yield link


def new_buyer(product: Product) -> Buyer:
    person = Buyer(product)
    person.email = f"{uuid.uuid4().hex}@people.example"
    until(person.signs_up, seconds=90)
    person.open("/me/addresses/new/")
    person.submit(
        "addresses/new",
        recipient="Ada Buyer",
        phone="+86 571 5550 0199",
        country="CN",
        line1="1 No Road",
        city="Hangzhou",
        region="Zhejiang",
        postcode="310000",
    )
    return person
