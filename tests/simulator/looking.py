"""What is done and measured in a real browser before the simulator's pages."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WINDOWS = {
    "phone": {"width": 390, "height": 780},
    "desk": {"width": 1280, "height": 800},
}


def look_at(page: Page) -> None:
    """Fail on anything axe finds, and on a page wider than its window."""
    found = Axe().run(page).response["violations"]
    assert not found, [(item["id"], item["nodes"][0]["html"]) for item in found]
    wider = "document.documentElement.scrollWidth - window.innerWidth"
    assert page.evaluate(wider) <= 0, page.url


def press(page: Page, button: str) -> None:
    """Press it, and wait for the page it leads to."""
    with page.expect_navigation():
        page.click(button)


def sign_in(page: Page, who: str) -> None:
    page.goto(f"{page.url}?as={who}1234@sandbox.com")
    press(page, "#J_newBtn")


def pay(page: Page) -> None:
    page.fill("#payPassword_rsainput", "111111")
    press(page, "#J_authSubmit")
