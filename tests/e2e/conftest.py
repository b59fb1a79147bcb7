"""A real browser before the running product, both started once for these tests."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.e2e.people import Buyer, Person, new_buyer
from tests.e2e.stack import Product, running_product
from tests.e2e.watching import Watcher, shown_by

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 20_000

BLANK = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'

Visitor = Callable[..., Page]

PAGES = pytest.StashKey[list[Page]]()


def _picture(route: Route) -> None:
    """The stack has no product pictures: they take a minute to draw."""
    route.fulfill(body=BLANK, content_type="image/svg+xml")


def chromium_path() -> str | None:
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ([named] if named else NAMES))
    return next((path for path in found if path), None)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The system's Chromium. Package-wide: its event loop must not outlive these."""
    path = chromium_path()
    if path is None:
        missing = "Chromium is not installed: the browser tests are left out"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def product(chromium: Browser) -> Iterator[Product]:
    """The whole product, running; nothing is started where there is no browser."""
    with running_product() as running:
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Iterator[None]:
    """Where a test has failed, its report says what the browsers showed."""
    report = yield
    if report.when == "call" and report.failed:
        for number, page in enumerate(item.stash.get(PAGES, [])):
            report.sections.append((f"page {number}", shown_by(page)))
    return report


@contextmanager
def _arrivals(browser: Browser, origin: str, pages: list[Page]) -> Iterator[Visitor]:
    """Opens browsers of their own; none may meet an error of a script or a policy."""
    watcher = Watcher()
    contexts = []

    def arrive(person: Person | None = None, **options: Any) -> Page:
        defaults = {
            "viewport": {"width": 1280, "height": 900},
            "locale": "en-GB",
            "base_url": origin,
        }
        context = browser.new_context(**(defaults | options))
        contexts.append(context)
        context.set_default_timeout(SECONDS)
        context.route("**/media/goods/**", _picture)
        watcher.watch(context)
        if person is not None:
            context.add_cookies(person.cookies())
        pages.append(context.new_page())
        return pages[-1]

    yield arrive
    for context in contexts:
        context.close()
    assert not watcher.seen, watcher.seen


@pytest.fixture
def visitor(
    chromium: Browser, product: Product, request: pytest.FixtureRequest
) -> Iterator[Visitor]:
    """Somebody who comes with a browser of their own, gone after the test."""
    pages = request.node.stash.setdefault(PAGES, [])
    with _arrivals(chromium, product.origin, pages) as arrive:
        yield arrive


@pytest.fixture(scope="module")
def regular(chromium: Browser, product: Product) -> Iterator[Visitor]:
    """Whose browser stays for all tests of a file, and so knows our style sheets."""
    with _arrivals(chromium, product.origin, []) as arrive:
        yield arrive


@pytest.fixture
def buyer(product: Product) -> Iterator[Buyer]:
    """Somebody new, signed in, with an address: no orders, an empty cart."""
    person = new_buyer(product)
    yield person
    person.close()


@pytest.fixture(scope="package")
def sign_in(product: Product) -> Iterator[Callable[[str], Person]]:
    """One of the demo's people, signed in once for all tests."""
    known: dict[str, Person] = {}

    def signed_in(email: str) -> Person:
        if email not in known:
            known[email] = Person(product)
            known[email].sign_in(email)
        return known[email]

    yield signed_in
    for person in known.values():
        person.close()


@pytest.fixture
def bo(sign_in: Callable[[str], Person]) -> Person:
    """The first shop's owner."""
    return sign_in("bo@danbao.example")


@pytest.fixture
def dana(sign_in: Callable[[str], Person]) -> Person:
    """The desk."""
    return sign_in("dana@danbao.example")
