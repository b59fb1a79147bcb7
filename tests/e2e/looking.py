"""What is measured on every page: accessibility, and whether it fits its window."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PHONE, DESK = 390, 1280
WIDTHS = (PHONE, 768, DESK, 1440)
HEIGHT = 900

# A colour on its way to another one is measured as neither.
AT_REST = """() => new Promise((done) => requestAnimationFrame(() => {
  for (const one of document.getAnimations()) {
    const { endTime } = one.effect.getComputedTiming();
    endTime === Infinity ? one.cancel() : one.finish();
  }
  done();
}))"""


def faults_of(page: Page) -> list[str]:
    """What axe finds in light on a desk and in dark on a phone; what is too wide."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wider > 0:
            found.append(f"{page.url}: {wider} px too wide at {width}: {_widest(page)}")
    for width, scheme in ((DESK, "light"), (PHONE, "dark")):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.evaluate(AT_REST)
        found += [f"{page.url}, {scheme}, {width}: {one}" for one in _axe(page)]
    page.emulate_media(color_scheme="light")
    return found


def _axe(page: Page) -> list[str]:
    return [
        f"{violation['id']}: {node['html'][:150]} {node['failureSummary'][:200]}"
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"][:3]
    ]


def _widest(page: Page) -> str:
    """The innermost part that reaches beyond the window."""
    return str(
        page.evaluate(
            """() => [...document.body.querySelectorAll("*")]
              .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
              .at(-1)?.outerHTML.slice(0, 150)"""
        )
    )
