"""Template tags of the design system: money, dates, states, slots, navigation."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.numbers import format_currency
from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext
from django.utils.translation import to_locale as django_locale
from djmoney.money import Money

from kernel import clock
from kernel.money import exponent

register = template.Library()

MINUS = "\u2212"

# The icon and the default word of each of the five states (look.md, "Colour").
STATES = {
    "held": ("lock-closed", gettext_lazy("Held")),
    "moving": ("arrow-path", gettext_lazy("On its way")),
    "done": ("check-circle", gettext_lazy("Done")),
    "dispute": ("exclamation-triangle", gettext_lazy("Act now")),
    "closed": ("minus-circle", gettext_lazy("Closed")),
}

# Date patterns by language; with and without the year.
DATE_FORMATS = {"en": ("j M, H:i", "j M Y, H:i"), "zh": ("n月j日 H:i", "Y年n月j日 H:i")}
DAY_FORMATS = {"en": ("j M", "j M Y"), "zh": ("n月j日", "Y年n月j日")}


@lru_cache(maxsize=8192)
def _money_texts(amount: Decimal, currency: str, language: str) -> tuple[str, str]:
    """What is seen (``CN¥12.00``) and what is said (``12.00 Chinese yuan``)."""
    locale = Locale.parse(django_locale(language))
    digits = exponent(currency)
    pattern = f"¤#,##0{'.' if digits else ''}{'0' * digits}"
    if locale.currency_formats["standard"].pattern.rstrip().endswith("¤"):
        pattern = f"#,##0{'.' if digits else ''}{'0' * digits}\u00a0¤"
    seen = format_currency(
        amount, currency, format=pattern, locale=locale, currency_digits=False
    )
    said = format_currency(amount, currency, locale=locale, format_type="name")
    return seen.replace("-", MINUS), said


def _language() -> str:
    return get_language() or "en"


def _texts(amount: Money) -> tuple[str, str]:
    return _money_texts(amount.amount, str(amount.currency), _language())


@register.simple_tag
def money(amount: Money | None, sign: bool = False) -> str:
    """``amount`` by the reader's language, never wrapping, digits by ISO 4217.

    Screen readers hear the currency's name, because "¥" is read as yen. With
    ``sign`` a plus stands before amounts above zero; None is a dash.
    """
    if not isinstance(amount, Money):
        return "\u2013"
    seen, said = _texts(amount)
    if sign and amount.amount > 0:
        seen, said = f"+{seen}", f"+{said}"
    return format_html(
        '<span class="money" translate="no"><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></span>',
        seen,
        said,
    )


@register.filter
def money_text(amount: Money) -> str:
    """``amount`` as plain text, for titles, options and attributes."""
    return _texts(amount)[0]


def moment_text(moment: datetime, *, day_only: bool = False) -> str:
    """``moment`` in the reader's zone and language; the year only if not this one."""
    local = timezone.localtime(moment)
    this_year = local.year == timezone.localtime(clock.now()).year
    formats = DAY_FORMATS if day_only else DATE_FORMATS
    short, long = formats.get(_language()[:2], formats["en"])
    return dateformat.format(local, short if this_year else long)


def zone_text(moment: datetime) -> str:
    """The reader's zone at ``moment`` as an offset: ``UTC+8``."""
    offset = timezone.localtime(moment).utcoffset() or timedelta()
    minutes = int(offset.total_seconds()) // 60
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else MINUS}{hours}" + (
        f":{rest:02}" if rest else ""
    )


def time_until(moment: datetime, at: datetime) -> str:
    """``moment`` seen from ``at`` in one unit: "in 6 days", "3 hours ago"."""
    seconds = int((moment - at).total_seconds())
    minutes, hours, days = (abs(seconds) // unit for unit in (60, 3600, 86400))
    if minutes < 1:
        return gettext("now") if seconds >= 0 else gettext("just now")
    if days >= 2:
        if seconds > 0:
            return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    if hours >= 2:
        if seconds > 0:
            return ngettext("in %(n)d hour", "in %(n)d hours", hours) % {"n": hours}
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    if seconds > 0:
        return ngettext("in %(n)d minute", "in %(n)d minutes", minutes) % {"n": minutes}
    return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}


def _time(moment: datetime, text: str) -> SafeString:
    iso = moment.astimezone(UTC).isoformat(timespec="seconds")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        iso,
        f"{moment_text(moment)} {zone_text(moment)}",
        text,
    )


@register.simple_tag
def moment(value: datetime | None, day_only: bool = False) -> str:
    """A past or planned moment as ``<time>``: "28 Nov, 14:02"; None is nothing."""
    return _time(value, moment_text(value, day_only=day_only)) if value else ""


@register.simple_tag
def ago(value: datetime) -> str:
    """A moment as seen from now, as ``<time>``: "3 hours ago"."""
    return _time(value, time_until(value, clock.now()))


@register.simple_tag
def deadline(value: datetime | None) -> str:
    """A deadline with its zone and the time left (``components/deadline.html``)."""
    if not value:
        return ""
    # Without its last line break, so that a comma may follow.
    text = render_to_string("components/deadline.html", deadline_facts(value))
    return SafeString(text.strip())


@register.simple_tag
def deadline_facts(value: datetime) -> dict[str, object]:
    """Everything that the deadline and countdown components show of ``value``."""
    at = clock.now()
    return {
        "iso": value.astimezone(UTC).isoformat(timespec="seconds"),
        "now_iso": at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "date": moment_text(value),
        "zone": zone_text(value),
        "left": time_until(value, at),
        "is_over": value <= at,
        "is_near": value - at <= timedelta(hours=24),
        "clock": _clock_text(value - at),
    }


def _clock_text(left: timedelta) -> str:
    """``left`` as minutes and seconds, with hours where needed: ``14:32``."""
    seconds = max(0, int(left.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    if hours:
        return f"{hours}:{minutes:02}:{seconds:02}"
    return f"{minutes}:{seconds:02}"


@register.simple_tag
def share_left(started: datetime | None, ends: datetime) -> int:
    """Per cent of the span from ``started`` to ``ends`` still to run (0 to 100)."""
    if not started or ends <= started:
        return 100
    left = (ends - clock.now()) / (ends - started)
    return max(0, min(100, round(left * 100)))


@register.simple_tag
def state_icon(state: str) -> str:
    """The heroicon name of one of the five states."""
    return STATES[state][0]


@register.simple_tag
def state_word(state: str) -> str:
    """The default word of one of the five states."""
    return str(STATES[state][1])


@register.simple_block_tag(takes_context=True)
def component(context: Context, content: str, name: str, **values: Any) -> str:
    """Render ``components/<name>.html`` with the enclosed markup as ``slot``.

    The component sees only ``values`` and ``slot`` (like ``include … only``); the
    enclosed markup sees the whole page, so forms keep their CSRF token::

        {% component "dialog" id="receipt" title=title %}…{% endcomponent %}
    """
    return render_to_string(f"components/{name}.html", {**values, "slot": content})


@register.simple_tag(takes_context=True)
def current(context: Context, url: str, exact: bool = False) -> str:
    """``aria-current="page"`` when the request is at ``url`` or below it."""
    request = context.get("request")
    if request is None:
        return ""
    here = request.path == url or (not exact and request.path.startswith(url))
    return SafeString('aria-current="page"') if here else ""


@register.simple_tag(takes_context=True)
def page_url(context: Context, number: int, name: str = "page") -> str:
    """The present address with ``?page=number``, other parameters kept."""
    query = context["request"].GET.copy()
    query[name] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def initial(name: str) -> str:
    """The first character of a name, for a shop's chip."""
    return (str(name).strip() or "?")[0].upper()
