"""Paying with bad luck, in either language: what the walks through troubles share."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from payments.advice import BY_CODE, MONEY, NEXT
from tests.e2e import acts
from tests.e2e.people import ANY_SHOP, Buyer
from tests.e2e.stack import Product

LOCALES = {"en": "en-GB", "zh-hans": "zh-CN"}


@dataclass
class Walk:
    """A buyer in a browser, on the way to pay, in one language."""

    product: Product
    buyer: Buyer
    language: str
    page: Page

    @property
    def reference(self) -> str:
        return self.buyer.reference

    # --- Our own pages ----------------------------------------------------------

    def our_page(self, name: str = "") -> None:
        self.page.goto(f"/pay/{self.reference}/{name}")

    def order(self, method: str, **choices: Any) -> None:
        """Order over HTTP; the browser comes to where this is paid."""
        self.buyer.order(method, **{"shop": ANY_SHOP} | choices)
        if method == acts.QR:
            self.our_page("qr/")
        elif method in {acts.REDIRECT, acts.WAP}:
            self.our_page("status/")
            self.press("start/")
            self.page.wait_for_url(f"{self.product.cashier}/**")
        else:
            self.our_page()

    def press(self, door: str) -> None:
        """Press the visible button of the form that leads to ``door``."""
        form = self.page.locator(f"main form[action$='{door}']")
        form.locator("button:visible").first.click()

    def come_back(self) -> None:
        """From Alipay's page to ours, as one finds it: by the list of orders."""
        self.page.goto("/orders/")
        self.page.locator(f"a[href='/pay/{self.reference}/']").first.click()

    def find(self, code: str) -> None:
        """Say what was read at Alipay, among what may be read there."""
        self.page.locator(".unheard summary").click()
        self.page.locator(f".unheard a[href*='said={code}']").click()
        self.page.wait_for_url(f"**?said={code}*")

    def primary(self) -> Locator:
        """The one thing to do first."""
        acts_here = self.page.locator("main .button--primary:visible")
        expect(acts_here).to_have_count(1)
        return acts_here

    def choose(self, method: str) -> None:
        """Away from this method to another, on our list."""
        self.page.wait_for_url(f"**/pay/{self.reference}/")
        self.page.locator(f"input[name=method][value={method}]").check()
        self.press("start/")

    # --- What is said -----------------------------------------------------------

    def told(self, code: str) -> re.Pattern[str]:
        """The row's text, whatever stands in its blanks."""
        with translation.override(self.language):
            text = str(BY_CODE[code].told)
        return re.compile(re.sub(r"%\\\(\w+\\\)s", ".+", re.escape(text)))

    def is_advised(self, code: str, *, where: str = "") -> None:
        """The page shows the row: what happened, about the money, what to do next."""
        notice = self.page.locator(where or f"[data-trouble={code}]").first
        row = BY_CODE[code]
        with translation.override(self.language):
            parts = [str(MONEY[row.money][1]), str(row.title), str(NEXT[row.retry])]
        expect(notice).to_be_visible()
        for part in [self.told(code), *(() if where else parts)]:
            expect(notice).to_contain_text(part)

    def is_paid(self) -> None:
        """Somebody's phone pays it, and the page turns by itself."""
        self.product.pay(self.reference)
        self.turns_paid()

    def turns_paid(self) -> None:
        done = self.page.locator("#payment .status-large[data-state=done]")
        expect(done).to_be_visible(timeout=30_000)

    # --- Alipay's pages ---------------------------------------------------------

    def sign_in_there(self, who: str) -> None:
        acts.sign_in_at_cashier(self.page, f"{who}1234@sandbox.com")

    def is_refused_there(self, reason: str) -> None:
        """Alipay says why, in the buyer's language, and that nothing was taken."""
        said = self.page.locator(f"[data-problem={reason}], [data-reason={reason}]")
        expect(said).to_be_visible()
        nothing = {"en": "No money has moved", "zh-hans": "没有扣款"}[self.language]
        expect(self.page.locator("main")).to_contain_text(nothing)

    def pays_there(self) -> None:
        """Somebody who can pay does so, and comes back."""
        self.sign_in_there("mei")
        acts.pay_at_cashier(self.page)
        acts.return_to_shop(self.page)
        self.turns_paid()

    @contextmanager
    def on_a_phone(self, address: str) -> Iterator[None]:
        """Beside our page, Alipay's as a phone opens it."""
        here, self.page = self.page, self.page.context.new_page()
        try:
            self.page.goto(address)
            yield
            self.page.close()
        finally:
            self.page = here

    @contextmanager
    def fault(self, kind: str, **more: object) -> Iterator[None]:
        """Alipay misbehaves towards this payment alone."""
        number = self.product.trades(self.reference)[0]["out_trade_no"]
        asked = {"kind": kind, "out_trade_no": number, "times": None} | more
        made = self.product.control("faults", asked)
        try:
            yield
        finally:
            self.product.control(f"faults/{made['id']}/off", {})
