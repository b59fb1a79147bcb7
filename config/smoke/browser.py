"""A person's browser without a screen: pages, links and forms over real HTTP."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx

TEXT_INPUTS = {"submit", "button", "checkbox", "radio", "file", "image", "reset"}


class Unexpected(Exception):
    """The page is not what a person would have to see here."""


@dataclass
class Form:
    """A form as it stands on the page; hidden and preset fields are filled in."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    # Every name=value that a button, radio or checkbox of this form could add.
    choices: set[tuple[str, str]] = field(default_factory=set)


class _PageReader(HTMLParser):
    """Collects a page's forms, links and words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._by_id: dict[str, Form] = {}
        self._select = ""
        self._textarea = ""
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(
                given.get("action", ""), given.get("method", "get").lower()
            )
            self.forms.append(self._form)
            if "id" in given:
                self._by_id[given["id"]] = self._form
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag in {"script", "style", "svg"}:
            self._silent += 1
        else:
            self._control(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag in {"script", "style", "svg"}:
            self._silent -= 1
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea and self._form is not None:
            self._form.fields[self._textarea] += data
        elif not self._silent and data.strip():
            self.words.append(data.strip())

    def _control(self, tag: str, given: dict[str, str]) -> None:
        form = self._by_id.get(given["form"]) if "form" in given else self._form
        name = given.get("name", "")
        if form is None:
            return
        if tag == "option" and self._select:
            form.choices.add((self._select, given.get("value", "")))
            if "selected" in given:
                form.fields[self._select] = given.get("value", "")
        elif not name:
            return
        elif tag == "input" and given.get("type", "text") not in TEXT_INPUTS:
            form.fields[name] = given.get("value", "")
        elif tag == "textarea":
            self._textarea = name
            form.fields[name] = ""
        elif tag == "select":
            self._select = name
        elif tag in {"input", "button"}:
            value = given.get("value", "on")
            form.choices.add((name, value))
            if "checked" in given:
                form.fields[name] = value


@dataclass
class Page:
    url: str
    status: int
    html: str

    def __post_init__(self) -> None:
        reader = _PageReader()
        reader.feed(self.html)
        self.forms = reader.forms
        self.links = reader.links
        self.text = " ".join(reader.words)

    def form(self, action: str) -> Form:
        """The first form whose address matches the pattern ``action``."""
        for form in self.forms:
            if re.search(action, urljoin(self.url, form.action)):
                return form
        known = [form.action for form in self.forms]
        raise Unexpected(f"{self.url} has no form to {action!r}, only {known}")

    def link(self, pattern: str) -> str:
        """The first link whose address matches ``pattern``, made absolute."""
        for link in self.links:
            if re.search(pattern, link):
                return urljoin(self.url, link)
        raise Unexpected(f"{self.url} has no link to {pattern!r}")

    def must_say(self, pattern: str) -> None:
        if not re.search(pattern, self.text):
            raise Unexpected(f"{self.url} does not say {pattern!r}: {self.text[-900:]}")


class Browser:
    """Keeps cookies, follows redirects, and treats an error page as a failure."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.client = httpx.Client(
            follow_redirects=True,
            timeout=20,
            headers={"Accept-Language": "en", "User-Agent": "danbao-smoke"},
        )
        self.page = Page(origin, 0, "")

    def close(self) -> None:
        self.client.close()

    def open(self, address: str) -> Page:
        return self._took(self.client.get(urljoin(self.origin, address)))

    def submit(
        self,
        action: str,
        files: list[tuple[str, tuple[str, bytes, str]]] | None = None,
        **values: str,
    ) -> Page:
        """Fill in and send the form of this page whose address matches ``action``."""
        form = self.page.form(action)
        address = urljoin(self.page.url, form.action)
        data = {**form.fields, **values}
        if form.method == "get":
            return self._took(self.client.get(address, params=data))
        headers = {"Referer": self.page.url}
        answer = self.client.post(address, data=data, files=files, headers=headers)
        return self._took(answer)

    def _took(self, answer: httpx.Response) -> Page:
        self.page = Page(str(answer.url), answer.status_code, answer.text)
        if answer.status_code >= 400:
            raise Unexpected(
                f"{answer.request.method} {answer.url}: {answer.status_code} "
                f"{self.page.text[:300]}"
            )
        return self.page
