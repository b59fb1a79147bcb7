"""Texts, money and times on pages. Built in: no ``{% load %}`` needed."""

import datetime as dt
from typing import Any

from django import template
from django.template.context import Context

from alipay_simulator import clock, money, texts
from alipay_simulator.models import Member

register = template.Library()


@register.simple_tag(takes_context=True)
def t(context: Context, key: str, **values: Any) -> str:
    """Say the text called ``key`` in the page's language."""
    return texts.say(context["lang"], key, **values)


@register.simple_tag(takes_context=True)
def local(context: Context, thing: Any, name: str) -> str:
    """Return the attribute in the page's language (``name`` or ``name_zh``)."""
    suffix = "_zh" if context["lang"] == "zh" else ""
    return str(getattr(thing, name + suffix))


@register.simple_tag(takes_context=True)
def purpose(context: Context, person: Member) -> str:
    """Say what a seeded buyer is for; "" for one made later."""
    key = f"for_{texts.people.login_of(person.logon_id)}"
    return texts.say(context["lang"], key) if key in texts.TEXTS else ""


@register.filter
def yuan(fen: int | None) -> str:
    """Write fen as ``¥1,234.50``, with the sign in front of the currency."""
    if fen is None:
        return ""
    text = money.for_people(abs(fen))
    return f"−¥{text}" if fen < 0 else f"¥{text}"


@register.filter
def beijing(moment: dt.datetime | None) -> str:
    """Write a moment in Beijing time."""
    return clock.on_wire(moment) if moment else ""


@register.filter
def plain_yuan(fen: int) -> str:
    """Write fen for a field of a form: ``1234.50``."""
    return money.to_yuan(fen)


@register.filter
def form_lines(body: str) -> str:
    """Write a form's body one field a line, as it was sent."""
    return body.replace("&", "\n&")
