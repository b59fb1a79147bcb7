"""The style guide: every component in every state, on a page for developers.

Its texts are samples in both languages, not translations: they test line lengths.
``?theme=dark`` and ``?lang=zh-hans`` show the other looks.
"""

from datetime import datetime, timedelta
from typing import Any

import qrcode
import qrcode.image.svg
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from config.styleguide_samples import chinese, english
from kernel import clock
from kernel.money import money
from kernel.templatetags.ui import deadline


class SampleForm(forms.Form):
    """A field of each kind; shown empty and with errors."""

    name = forms.CharField(label="Recipient", max_length=60)
    email = forms.EmailField(
        label="E-mail", help_text="The receipt and every deadline go here."
    )
    country = forms.ChoiceField(
        label="Country", choices=[("CN", "China 中国"), ("DE", "Germany 德国")]
    )
    kind = forms.ChoiceField(
        label="What do you ask for?",
        choices=[("refund", "Refund only"), ("return", "Return and refund")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    photo = forms.FileField(label="Photo", required=False)
    agree = forms.BooleanField(label="The address may be shown to the seller")


def show(request: HttpRequest) -> HttpResponse:
    """The whole style guide."""
    language = request.GET.get("lang") or translation.get_language() or "en"
    with translation.override(language):
        for level, text in ((messages.SUCCESS, "Saved."), (messages.ERROR, "Refused.")):
            messages.add_message(request, level, text)
        words = chinese if language.startswith("zh") else english
        return render(request, "styleguide/index.html", _context(request, words.TEXTS))


def _context(request: HttpRequest, words: dict[str, Any]) -> dict[str, Any]:
    return {
        "words": words,
        "theme": request.GET.get("theme"),
        "states": ("held", "moving", "done", "dispute", "closed"),
        "form": SampleForm(),
        "bad_form": SampleForm({"name": "", "email": "mei", "kind": "refund"}),
        "page": Paginator(range(100), 12).page(3),
        "qr": _qr("https://qr.alipay.example/bax00000000000000000"),
        "started": clock.now() - timedelta(minutes=6),
        "ends": clock.now() + timedelta(minutes=9),
        **_goods(words),
        **_money(words),
        **_order(words),
        **_selling(words),
    }


def _qr(payload: str) -> str:
    image = qrcode.make(payload, image_factory=qrcode.image.svg.SvgPathImage, border=0)
    svg: str = image.to_string(encoding="unicode")
    return mark_safe(svg)  # noqa: S308 - our own SVG


def _goods(words: dict[str, Any]) -> dict[str, Any]:
    tints = ("mist", "apricot", "dawn")
    pictures = ("teapot", "lamp", "cup")
    prices = ("129.00", "1,280.00", "68.50", "24,999.00", "9.90", "356.00")
    cards = [
        {
            "title": title,
            "image": static(f"img/samples/{pictures[index % 3]}.svg"),
            "tint": tints[index % 3],
            "price": money(prices[index].replace(",", ""), "CNY"),
            "about": money("17.82", "USD") if index % 2 == 0 else None,
            "shop": words["shops"][index % 2],
            "rating": "4.8" if index != 4 else None,
            "count": 212,
            "gone": index == 3,
        }
        for index, title in enumerate(words["titles"])
    ]
    variants = [
        {
            "value": str(index),
            "label": label,
            "image": static(f"img/samples/{pictures[index % 3]}.svg"),
            "tint": tints[index % 3],
            "checked": index == 0,
            "disabled": index == 2,
        }
        for index, label in enumerate(words["variants"])
    ]
    return {
        "cards": cards,
        "variants": variants,
        "price": money("129.00", "CNY"),
        "about": money("17.82", "USD"),
        "yen": money("1980", "JPY"),
        "fine": money("12.345", "KWD"),
        "debt": money("-42.74", "CNY"),
        "sums": [
            {"label": words["goods"], "amount": money("326.50", "CNY")},
            {"label": words["shipping"], "amount": money("18.00", "CNY")},
            {"label": words["coupon"], "amount": money("-15.00", "CNY")},
        ],
        "total": money("329.50", "CNY"),
    }


def _money(words: dict[str, Any]) -> dict[str, Any]:
    icons = ("user", "qr-code", "lock-closed", "building-storefront")
    held = [
        {"name": name, "sub": sub, "icon": icons[index], "passed": index < 2}
        for index, (name, sub) in enumerate(words["places"])
    ]
    held[2] |= {"here": True, "amount": money("329.50", "CNY")}
    shared: list[dict[str, Any]] = [
        {"name": name, "sub": sub, "icon": icons[index]}
        for index, (name, sub) in enumerate(words["places_shared"])
    ]
    shared[0] |= {"here": True, "amount": money("129.50", "CNY")}
    shared[3] |= {"here": True, "amount": money("190.00", "CNY")}
    entries = [
        {
            "at": clock.now() - timedelta(hours=30 - index),
            "text": text,
            "debit": debit,
            "credit": credit,
            "amount": money("329.50", "CNY"),
        }
        for index, (text, debit, credit) in enumerate(words["entries"])
    ]
    return {"places": held, "places_shared": shared, "entries": entries}


def _order(words: dict[str, Any]) -> dict[str, Any]:
    now = clock.now()

    def steps(current: int, skipped: int = -1) -> list[dict[str, Any]]:
        statuses = ["done"] * current + ["current"] + ["todo"] * 4
        if skipped >= 0:
            statuses[skipped] = "skipped"
        return [
            {
                "label": label,
                "status": statuses[index],
                "at": now - timedelta(days=current - index, hours=3)
                if index <= current and index != skipped
                else None,
            }
            for index, label in enumerate(words["steps"])
        ]

    timeline = [
        {"at": now - timedelta(hours=50 - 9 * index), **item}
        for index, item in enumerate(words["timeline"])
    ]
    return {
        "steps_held": steps(1),
        "steps_shipped": steps(2),
        "steps_disputed": steps(3),
        "steps_done": steps(4),
        "steps_refunded": steps(4, skipped=3),
        "deed_held": _deed(words["deed_held"], now + timedelta(hours=20)),
        "deed_shipped": _deed(words["deed_shipped"], now + timedelta(days=6, hours=2)),
        "release_at": now + timedelta(days=6, hours=2),
        "answer_by": now + timedelta(days=3, hours=4),
        "soon": now + timedelta(hours=20),
        "past": now - timedelta(hours=5),
        "timeline": timeline,
        "facts": [
            {"label": label, "value": value, "copy": value if index == 0 else None}
            for index, (label, value) in enumerate(words["facts"])
        ],
        "to_buyer": money("329.50", "CNY"),
        "half": money("164.75", "CNY"),
        "nothing": money("0", "CNY"),
    }


def _deed(sentence: str, when: datetime) -> str:
    return format_html(sentence, when=deadline(when))


def _selling(words: dict[str, Any]) -> dict[str, Any]:
    amounts = (
        ("held", ("4218.50", "329.50")),
        ("moving", ("1906.20", "88.00")),
        ("done", ("3150.00", "0")),
        ("closed", ("215.00", "0")),
        ("dispute", ("129.00", "0")),
    )
    tiles = [
        {
            "name": name,
            "why": why,
            "state": state,
            "amounts": [money(cny, "CNY"), money(usd, "USD")]
            if usd != "0"
            else [money(cny, "CNY")],
            "at": clock.now() + timedelta(days=3) if state == "moving" else None,
        }
        for (state, (cny, usd)), (name, why) in zip(
            amounts, words["tiles"], strict=True
        )
    ]
    rows = [
        {
            "number": f"ORD-7K2M{index}Q",
            "buyer": buyer,
            "goods": words["titles"][index % len(words["titles"])],
            "state": state,
            "word": word,
            "ends": clock.now() + timedelta(hours=30 * (index + 1)),
            "amount": money(f"{(index + 1) * 137}.40", "CNY"),
        }
        for index, (buyer, state, word) in enumerate(words["rows"])
    ]
    return {"tiles": tiles, "rows": rows}
