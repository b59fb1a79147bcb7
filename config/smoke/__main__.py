"""Starts the stack on free ports, drives a whole sale over HTTP, checks the books."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from config.processes import CannotStart, Stack, free_port
from config.smoke.browser import Browser, Unexpected
from marketplace.seeding.goods.shops import SHOPS

MEI, BO = "mei@danbao.example", "bo@danbao.example"
PASSWORD = "danbao-demo"  # noqa: S105  (a demo account)
PAYER, PAY_CODE = "mei1234@sandbox.com", "111111"
BOS_SHOP, OTHER_SHOP = (shop.slug for shop in SHOPS[:2])
PATIENCE_SECONDS = 25.0


class Sale:
    """The acts of the story, each a page that a person would see and press."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.mei = Browser(stack.origin)
        self.bo = Browser(stack.origin)

    def sign_in(self) -> None:
        for browser, email in ((self.mei, MEI), (self.bo, BO)):
            browser.open("/accounts/login/")
            browser.submit("login", login=email, password=PASSWORD)
            browser.page.must_say("Sign out")

    def put_in_cart(self, shop: str) -> None:
        """The first goods of a shop's page that can still be bought."""
        goods = [
            link
            for link in dict.fromkeys(self.mei.open(f"/shops/{shop}/").links)
            if re.match(r"/goods/[^?]+$", link)
        ]
        for link in goods:
            page = self.mei.open(link)
            if any("/cart/add/" in form.action for form in page.forms):
                self.mei.submit("/cart/add/", quantity="1")
                return
        raise Unexpected(f"nothing to buy at {shop}")

    def place(self, method: str) -> None:
        self.mei.open("/checkout/")
        self.mei.page.must_say("Place order and pay")
        self.mei.submit("/checkout/place/", method=method)

    def pay_at_cashier(self) -> None:
        """Signed in at the simulator's own origin, paid from the balance."""
        if not self.mei.page.url.startswith(self.stack.simulator_origin):
            raise Unexpected(f"not at the cashier, but at {self.mei.page.url}")
        self.mei.submit("sign-in", account=PAYER, password=PAY_CODE)
        self.mei.submit("/pay", pay_password=PAY_CODE)
        self.mei.open(self.mei.page.link(re.escape(f"{self.stack.origin}/pay/return/")))

    def pay_by_qr(self) -> None:
        """The code on our page, paid as a phone would."""
        reference = self.charge_on_page()
        answer = httpx.post(
            f"{self.stack.simulator_origin}/control/api/pay",
            json={"out_trade_no": f"{reference}-1", "buyer": PAYER, "with": "balance"},
            timeout=10,
        )
        if answer.status_code != 200:
            raise Unexpected(f"the phone could not pay: {answer.text}")

    def charge_on_page(self) -> str:
        found = re.search(r"/pay/(PAY-\w+)/", self.mei.page.url + self.mei.page.html)
        if not found:
            raise Unexpected(f"{self.mei.page.url} shows no payment")
        return found.group(1)

    def newest_orders(self, count: int) -> list[str]:
        """Numbers of Mei's latest orders, the newest first."""
        links = dict.fromkeys(self.mei.open("/orders/").links)
        found = [re.fullmatch(r"/orders/(ORD-[\w-]+)/", link) for link in links]
        return [match.group(1) for match in found if match][:count]

    def until(self, number: str, words: str) -> None:
        """Wait until Mei's order page says ``words``."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            page = self.mei.open(f"/orders/{number}/")
            if re.search(words, page.text):
                return
            if time.monotonic() > deadline:
                page.must_say(words)
            time.sleep(0.3)

    def ship(self, number: str) -> None:
        self.bo.open(f"/sell/orders/{number}/ship/")
        self.bo.submit(
            "/ship/", carrier="sf", tracking_number=f"SF{time.time_ns() % 10**12:012d}"
        )

    def confirm(self, number: str) -> None:
        self.mei.open(f"/orders/{number}/confirm/")
        self.mei.submit("/confirm/")

    def travel(self, leap: str) -> None:
        self.mei.open("/demo/time/")
        self.mei.submit("/travel/", by=leap)


def story(sale: Sale, step: Callable[[str], None]) -> None:
    """Buy, pay, ship, confirm; then one sale that only the clock finishes."""
    sale.sign_in()
    step("a buyer and a seller sign in")
    sale.put_in_cart(BOS_SHOP)
    sale.put_in_cart(OTHER_SHOP)
    sale.place("alipay_redirect")
    step("goods of two shops are ordered with one charge")
    sale.pay_at_cashier()
    numbers = sale.newest_orders(2)
    for number in numbers:
        sale.until(number, "Awaiting shipment")
    step("paid at the cashier; both orders are held in escrow")
    mine = _order_of_bo(sale, numbers)
    other = next(number for number in numbers if number != mine)
    sale.ship(mine)
    sale.until(mine, "On its way")
    step("one seller ships")
    sale.confirm(mine)
    sale.until(mine, "Completed")
    step("the buyer confirms; the money is released")

    sale.put_in_cart(BOS_SHOP)
    sale.place("alipay_qr")
    sale.pay_by_qr()
    (by_qr,) = sale.newest_orders(1)
    sale.until(by_qr, "Awaiting shipment")
    step("a second order is paid by QR code")
    sale.ship(by_qr)
    sale.put_in_cart(BOS_SHOP)
    sale.place("alipay_qr")
    (unpaid,) = sale.newest_orders(1)
    sale.travel("week")
    sale.until(unpaid, "Closed")
    step("an unpaid order is closed at its deadline")
    sale.until(other, "Refunded")
    step("an order that was never shipped is refunded")
    sale.travel("week")
    sale.until(by_qr, "Completed")
    step("nobody acts; the clock releases the money")


def _order_of_bo(sale: Sale, numbers: list[str]) -> str:
    links = " ".join(sale.bo.open("/sell/").links)
    return next(number for number in numbers if number in links)


@contextmanager
def throw_away_stack() -> Iterator[Stack]:
    """The product on free ports, with data that is gone afterwards."""
    from config.prepare import prepare

    folder = Path(tempfile.mkdtemp(prefix="danbao-smoke-"))
    try:
        os.environ |= {
            "DANBAO_VAR": str(folder),
            "DANBAO_DEMO": "true",
            "DANBAO_RATES_FETCH": "false",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        os.environ.pop("DATABASE_URL", None)
        os.environ.pop("REDIS_URL", None)
        with Stack(folder, free_port(), free_port(), throw_away=True) as stack:
            prepare(pictures=False)
            stack.start()
            yield stack
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    started = time.monotonic()

    def step(words: str) -> None:
        print(f"{time.monotonic() - started:5.1f} s  {words}", flush=True)

    try:
        with throw_away_stack() as stack:
            step("database, web server, worker and simulator are up")
            try:
                story(Sale(stack), step)
                _check_books()
                step("the books are right")
            except (Unexpected, httpx.HTTPError):
                _show_logs(stack)
                raise
    except (Unexpected, CannotStart, httpx.HTTPError) as problem:
        print(f"smoke: FAILED: {problem}", file=sys.stderr)
        return 1
    print(f"smoke: passed in {time.monotonic() - started:.0f} s")
    return 0


def _check_books() -> None:
    ended = subprocess.run(
        [sys.executable, "manage.py", "check_books"],
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode != 0:
        raise Unexpected(f"check_books: {ended.stdout}{ended.stderr}")


def _show_logs(stack: Stack) -> None:
    for name in ("web", "worker", "simulator"):
        lines = stack.log_of(name).read_text(errors="replace").splitlines()[-25:]
        print(f"--- {name}\n" + "\n".join(lines), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
