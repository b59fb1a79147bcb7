"""All texts of the pages, in English and Chinese: plain tables, no build step."""

from typing import Any

from django.http import HttpRequest

from . import cashier, common, control, control_world, people, refusals, wallet

COOKIE = "sim_lang"
LANGUAGES = {"en": "English", "zh": "中文"}
HTML_LANG = {"en": "en", "zh": "zh-Hans"}

TEXTS: dict[str, tuple[str, str]] = {}
for _page in (common, cashier, refusals, people, wallet, control, control_world):
    TEXTS |= _page.TEXTS


def say(lang: str, key: str, **values: Any) -> str:
    """Return a text with its values filled in."""
    return TEXTS[key][1 if lang == "zh" else 0].format(**values)


def choose(asked: str | None, remembered: str | None, accepted: str) -> str:
    """Choose a language: the one asked for, else remembered, else the browser's."""
    for wish in (asked, remembered):
        if wish in LANGUAGES:
            return str(wish)
    for wish in accepted.lower().split(","):
        lang = wish.strip()[:2]
        if lang in LANGUAGES:
            return lang
    return "en"


def language_of(request: HttpRequest) -> str:
    """Return the language the middleware has settled for this request."""
    return getattr(request, "sim_lang", "en")


def context(request: HttpRequest) -> dict[str, Any]:
    """Give every template its language and the way to the other one."""
    lang = language_of(request)
    other = "en" if lang == "zh" else "zh"
    return {
        "lang": lang,
        "html_lang": HTML_LANG[lang],
        "other_lang": other,
        "other_html_lang": HTML_LANG[other],
        "other_name": LANGUAGES[other],
    }
