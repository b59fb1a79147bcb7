"""The crowd: buyers who pay, change their minds, pay twice, or never, and try again."""

import random
import re
import time
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx

from config.processes import Stack
from config.smoke.browser import Browser, Page, Unexpected
from payments.models import Attempt, Charge

PASSWORD = "danbao-demo"
QR, REDIRECT = "alipay_qr", "alipay_redirect"
PATIENCE_SECONDS = 240


class Patient(Browser):
    """Does again what had no answer, as a person would press again."""

    def __init__(self, stack: Stack) -> None:
        super().__init__(stack.origin)
        self.stack = stack
        self.client.timeout = httpx.Timeout(60)
        self.repeats = 0

    def open(self, address: str) -> Page:
        return self._until_answered(lambda: super(Patient, self).open(address))

    def submit(self, action: str, **values: Any) -> Page:
        return self._until_answered(
            lambda: super(Patient, self).submit(action, **values)
        )

    def _until_answered(self, act: Callable[[], Page]) -> Page:
        before, ends = self.page, time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return act()
            except httpx.TransportError:
                self._again(before, ends)
            except Unexpected:
                if not self._is_weather():
                    raise
                self._again(before, ends)

    def _is_weather(self) -> bool:
        """Alipay's own errors, and our honest "not now"; our own 500 is a bug."""
        at_alipay = self.page.url.startswith(self.stack.simulator_origin)
        return self.page.status == 503 or (at_alipay and self.page.status >= 500)

    def _again(self, before: Page, ends: float) -> None:
        if time.monotonic() > ends:
            raise Unexpected(f"no answer from {before.url} for too long")
        self.repeats += 1
        self.page = before
        time.sleep(0.5)


class Shopper(Patient):
    """One buyer, who places order after order."""

    def __init__(self, stack: Stack, *, seed: int) -> None:
        super().__init__(stack)
        self.dice = random.Random(seed)
        self.email = f"{uuid.uuid4().hex}@people.example"
        self.stories: Counter[str] = Counter()
        self.phone = httpx.Client(
            base_url=f"{stack.simulator_origin}/control/api/", timeout=30
        )

    def arrive(self) -> None:
        """Sign up, with an address to send to."""
        self.open("/accounts/signup/")
        self.submit(
            "signup",
            email=self.email,
            name="Ada Buyer",
            password1=PASSWORD,
            password2=PASSWORD,
        )
        self.page.must_say("Sign out")
        self.open("/me/addresses/new/")
        self.submit(
            "addresses/new",
            recipient="Ada Buyer",
            phone="+86 571 5550 0199",
            country="CN",
            line1="1 No Road",
            city="Hangzhou",
            region="Zhejiang",
            postcode="310000",
        )

    def shop(self, goods: list[str]) -> None:
        """Place one order and do with it what this buyer feels like."""
        story = self.dice.choices(
            (self.pays, self.pays_twice, self.changes_code, self.cancels, self.forgets),
            weights=(60, 8, 12, 10, 10),
        )[0]
        method = self.dice.choices((QR, REDIRECT), weights=(3, 1))[0]
        wanted = self.dice.sample(goods, k=self.dice.choice((1, 1, 2)))
        charge = self._place(wanted, method)
        story(charge, method)
        self.stories[story.__name__] += 1

    # --- Stories -----------------------------------------------------------------

    def pays(self, charge: Charge, method: str) -> None:
        self._pay(self._something_to_pay(charge, method))
        if self.dice.random() < 0.3:
            self._say_paid(charge)

    def pays_twice(self, charge: Charge, method: str) -> None:
        """Two phones, one after the other, for one code."""
        attempt = self._something_to_pay(charge, method)
        self._pay(attempt)
        self._pay(attempt, buyer="jun")

    def changes_code(self, charge: Charge, method: str) -> None:
        """A new code, and then both are tried, the old one first."""
        old = self._something_to_pay(charge, QR)
        self._renew(charge)
        self._pay(old)
        self._pay(self._something_to_pay(charge, QR))

    def cancels(self, charge: Charge, method: str) -> None:
        """Closes the order, and in half of the cases has paid a moment before."""
        attempt = self._something_to_pay(charge, method)
        order = charge.checkout.orders.latest("pk").number
        if self.dice.random() < 0.5:
            self._pay(attempt)
        self.open(f"/orders/{order}/cancel/")
        if any("/cancel/" in form.action for form in self.page.forms):
            self.submit("/cancel/")

    def forgets(self, charge: Charge, method: str) -> None:
        """Never pays."""

    # --- Steps -------------------------------------------------------------------

    def _place(self, goods: list[str], method: str) -> Charge:
        """Put ``goods`` into the cart and order them, as soon as the method is open."""
        mine = Charge.objects.filter(payer__email=self.email)
        before = mine.count()
        for one in goods:
            self.open(one)
            self.submit("/cart/add/", quantity="1")
        ends = time.monotonic() + PATIENCE_SECONDS
        while mine.count() == before:
            assert time.monotonic() < ends, f"no order: {self.page.text[:700]}"
            self.open("/checkout/")
            if self._offers("/checkout/place/", method):
                self.submit("/checkout/place/", method=method)
                if "several unpaid orders" in self.page.text:
                    self._pay_an_old_one()
            else:
                time.sleep(1)
        return mine.latest("pk")

    def _pay_an_old_one(self) -> None:
        """The shop wants one of the forgotten orders paid first."""
        unpaid = Charge.objects.filter(
            payer__email=self.email, status=Charge.Status.OPEN
        )
        for charge in unpaid.order_by("pk")[:1]:
            if not self._pay(self._something_to_pay(charge, QR)):
                # Alipay has closed it already, which we were not told.
                self._renew(charge)
        time.sleep(1)

    def _offers(self, action: str, method: str) -> bool:
        return any(
            re.search(action, form.action) and ("method", method) in form.choices
            for form in self.page.forms
        )

    def _something_to_pay(self, charge: Charge, method: str) -> Attempt | None:
        """A live attempt, started anew where there is none; None: it is over."""
        ends = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < ends:
            charge.refresh_from_db()
            if charge.status != Charge.Status.OPEN or charge.is_closing:
                return None
            live = charge.attempts.filter(status=Attempt.Status.LIVE).last()
            if live is not None:
                return live
            self.open(f"/pay/{charge.reference}/")
            if self._offers("/start/", method):
                self.submit("/start/", method=method)
            else:
                time.sleep(1)
        raise Unexpected(f"{charge.reference} could not be started")

    def _renew(self, charge: Charge) -> None:
        self.open(f"/pay/{charge.reference}/qr/")
        if any("/renew/" in form.action for form in self.page.forms):
            self.submit("/renew/")

    def _pay(self, attempt: Attempt | None, *, buyer: str = "mei") -> bool:
        """With a phone, straight at Alipay; False: it says that this is over."""
        if attempt is None:
            return False
        if attempt.redirect_url:
            self.open(attempt.redirect_url)
        order = {"out_trade_no": attempt.number, "buyer": buyer, "with": "balance"}
        answer = self.phone.post("pay", json=order)
        assert answer.status_code < 500, answer.text
        is_paid = answer.status_code == 200
        self.stories["paid" if is_paid else "refused"] += 1
        return is_paid

    def _say_paid(self, charge: Charge) -> None:
        self.open(f"/pay/{charge.reference}/status/")
        if any("/check/" in form.action for form in self.page.forms):
            self.submit("/check/")
