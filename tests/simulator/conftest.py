"""One simulator for all of these tests, and a merchant who uses it."""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright

from tests.simulator.bank import Bank
from tests.simulator.browsing import CODES, PAGE_PAY, Browser
from tests.simulator.harness import (
    Mailbox,
    Merchant,
    Simulator,
    open_mailbox,
    running_simulator,
)
from tests.simulator.platform import Platform

_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def quiet_settings() -> None:
    """The marketplace's settings play no part here: leave them alone."""


@pytest.fixture(scope="session")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    """A simulator that retries after half a second instead of four minutes."""
    data = tmp_path_factory.mktemp("simulator") / "data"
    with running_simulator(data, "--retry-scale", "0.002") as running:
        yield running


@pytest.fixture(scope="session")
def merchant(simulator: Simulator) -> Merchant:
    return Merchant(simulator.app)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as box:
        yield box


@pytest.fixture
def number() -> str:
    """An order number nobody has used."""
    return f"T{os.getpid()}_{next(_numbers)}"


@pytest.fixture
def order(number: str) -> dict[str, Any]:
    """An order of 88.88, as ``biz_content``."""
    return {"out_trade_no": number, "total_amount": "88.88", "subject": "测试商品"}


@pytest.fixture
def paid(
    simulator: Simulator, merchant: Merchant, order: dict[str, Any]
) -> Callable[..., str]:
    """Makes a paid order and returns its number."""

    def make(way: str = "balance", buyer: str = "mei", **common: str) -> str:
        merchant.call("alipay.trade.precreate", order, **common)
        simulator.pay(order["out_trade_no"], buyer, way)
        return str(order["out_trade_no"])

    return make


@pytest.fixture
def browser(simulator: Simulator) -> Iterator[Browser]:
    with simulator.browser() as client:
        yield Browser(client)


@pytest.fixture
def phone(simulator: Simulator) -> Iterator[Browser]:
    with simulator.browser() as client:
        yield Browser(client)


@pytest.fixture
def cashier(merchant: Merchant, order: dict[str, Any]) -> Callable[..., str]:
    """Makes the address of the cashier for the test's order."""

    def address(method: str = PAGE_PAY, amount: str = "88.88", **common: str) -> str:
        biz = order | {"product_code": CODES[method], "total_amount": amount}
        return merchant.page_address(method, biz, **common)

    return address


@pytest.fixture
def fault(
    simulator: Simulator, order: dict[str, Any]
) -> Iterator[Callable[..., dict[str, Any]]]:
    """Switches a fault on, by default for this test's order and once."""
    made: list[int] = []

    def switch_on(kind: str, **more: Any) -> dict[str, Any]:
        body = {"kind": kind, "out_trade_no": order["out_trade_no"]} | more
        told: dict[str, Any] = simulator.control("faults", body)
        made.append(told["id"])
        return told

    yield switch_on
    for pk in made:
        simulator.control(f"faults/{pk}/off", {})


@pytest.fixture
def bank(simulator: Simulator) -> Iterator[Bank]:
    """The bank, which adds up after each test that looked into it."""
    found = Bank(simulator)
    yield found
    found.require_adding_up()


@pytest.fixture
def platform(merchant: Merchant, bank: Bank) -> Platform:
    """The merchant as a platform, with a shop of its own."""
    return Platform(merchant, bank)


@pytest.fixture
def newcomer(simulator: Simulator, bank: Bank, number: str) -> Merchant:
    """Another merchant, with nothing in his account; the bank's ``newcomer``."""
    told = simulator.control("apps", {"name": "Other app", "merchant": f"M{number}"})
    bank.aliases["newcomer"] = told["seller_id"]
    return Merchant(told["connect"])


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing = "Chromium is not installed: the simulator's pages were not looked at"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()
