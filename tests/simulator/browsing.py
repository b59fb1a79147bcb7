"""A browser without scripts: it follows links and fills in forms."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import httpx

PASSWORD = "111111"
PAGE_PAY = "alipay.trade.page.pay"
WAP_PAY = "alipay.trade.wap.pay"
CODES = {PAGE_PAY: "FAST_INSTANT_TRADE_PAY", WAP_PAY: "QUICK_WAP_WAY"}


class _Reader(HTMLParser):
    """Collects what a test asks a page about."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.sources: list[tuple[str, str, bool]] = []
        self.links: dict[str, str] = {}
        self.headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((found.get("action", ""), {}))
        elif tag == "input" and self.forms:
            if found.get("type") == "hidden":
                self.forms[-1][1][found["name"]] = found["value"]
            if found.get("type") == "radio" and "data-kind" in found:
                open_to_choice = "disabled" not in found
                self.sources.append(
                    (found["data-kind"], found["value"], open_to_choice)
                )
        elif tag == "a" and "id" in found:
            self.links[found["id"]] = found["href"]
        elif tag == "h1":
            self.headings += 1


class Page:
    """A page as a person would see it."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.text = response.text
        self._reader = _Reader()
        self._reader.feed(self.text)

    @property
    def words(self) -> str:
        """The page's text, blanks joined."""
        bare = re.sub(r"<(script|style|noscript).*?</\1>|<[^>]+>", " ", self.text)
        return re.sub(r"\s+", " ", unescape(bare))

    @property
    def headings(self) -> int:
        """How many first-level headings there are; one is right."""
        return self._reader.headings

    def link(self, name: str) -> str:
        """Return where the link with this id leads, "" without one."""
        return self._reader.links.get(name, "")

    def source(self, kind: str) -> str:
        """Return the value of a way to pay."""
        return next(value for found, value, _ in self._reader.sources if found == kind)

    def can_choose(self, kind: str) -> bool:
        """Tell whether a way to pay is open to choice."""
        return next(ready for found, _, ready in self._reader.sources if found == kind)

    def ways(self, *, open_to_choice: bool) -> set[str]:
        """Return the kinds of accounts that can (or cannot) be chosen."""
        found = self._reader.sources
        return {kind for kind, _, ready in found if ready is open_to_choice}

    def form(self, ending: str) -> tuple[str, dict[str, str]]:
        """Return the address and hidden fields of the form that leads there."""
        return next(form for form in self._reader.forms if form[0].endswith(ending))


class Browser:
    """One person's browser at the cashier."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def speak(self, language: str) -> None:
        """Ask for pages in this language from now on: ``en`` or ``zh``."""
        self.client.headers["accept-language"] = language

    def open(self, address: str) -> Page:
        """Open an address, following redirects within the simulator."""
        return Page(self.client.get(address, follow_redirects=True))

    def submit(self, page: Page, ending: str, **fields: str) -> Page:
        """Fill in and send the page's form that leads to ``…ending``."""
        action, hidden = page.form(ending)
        response = self.client.post(action, data=hidden | fields, follow_redirects=True)
        return Page(response)

    def sign_in(self, page: Page, who: str, password: str = PASSWORD) -> Page:
        """Sign in as one of the seeded buyers."""
        account = f"{who}1234@sandbox.com"
        return self.submit(page, "/sign-in", account=account, password=password)

    def pay(self, page: Page, kind: str = "balance", password: str = PASSWORD) -> Page:
        """Choose a way to pay and confirm with the payment password."""
        return self.submit(
            page, "/pay", account=page.source(kind), pay_password=password
        )


def query_of(address: str) -> dict[str, str]:
    """Return the parameters in an address."""
    return dict(parse_qsl(urlsplit(address).query))


def reason_of(page: Page) -> str:
    """Return why a page of its own refuses the order."""
    assert page.headings == 1
    return page.text.split('data-reason="')[1].split('"')[0]
