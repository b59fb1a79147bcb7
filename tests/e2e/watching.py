"""What no page may do: script errors, broken parts, policy violations."""

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Response,
)


class Watcher:
    """Collects what the browsers complained about."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"script: {error.error}"))
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # A page that says "no" is logged too; broken parts come as responses.
        loading = message.text.startswith("Failed to load resource")
        if message.type == "error" and not loading:
            self.seen.append(f"{_address(message.page)}: {message.text}")

    def _response(self, response: Response) -> None:
        kind = response.request.resource_type
        if kind == "document":
            bad = response.status >= 500 and response.status != 503
        else:
            bad = response.status >= 400
        if bad:
            self.seen.append(f"{response.status} {response.url}")


def _address(page: Page | None) -> str:
    return page.url if page else "?"


def shown_by(page: Page) -> str:
    """Where a browser stands and what it says, for the report of a failure."""
    try:
        return f"{page.url}\n{page.locator('body').inner_text(timeout=2_000)}"
    except Error as unseen:
        return f"{page.url}\n{unseen}"
