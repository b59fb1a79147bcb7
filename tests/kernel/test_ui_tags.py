"""The template tags of the design system: money, moments, slots."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, engines
from django.utils import timezone, translation

from kernel import clock
from kernel.money import money
from kernel.templatetags import ui

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def rendered(source: str, **values: object) -> str:
    template = engines["django"].from_string("{% load ui %}" + source)
    return template.render(values)


@pytest.mark.parametrize(
    ("language", "amount", "currency", "seen"),
    [
        ("en", "1234.50", "CNY", "CN¥1,234.50"),
        ("zh-hans", "1234.50", "CNY", "¥1,234.50"),
        ("en", "1980", "JPY", "¥1,980"),
        ("zh-hans", "1980", "JPY", "JP¥1,980"),
        ("en", "12.345", "KWD", "KWD12.345"),
        ("en", "-42.74", "USD", "\u2212$42.74"),
    ],
)
def test_money_has_its_currencys_digits_and_the_readers_sign(
    language: str, amount: str, currency: str, seen: str
) -> None:
    with translation.override(language):
        text = ui.money_text(money(amount, currency))

    assert text.replace("\u00a0", "") == seen


def test_money_is_read_aloud_with_the_currencys_name() -> None:
    with translation.override("en"):
        html = ui.money(money("129.00", "CNY"))

    assert '<span aria-hidden="true">CN¥129.00</span>' in html
    assert "129.00 Chinese yuan" in html


def test_no_money_is_a_dash() -> None:
    assert ui.money(None) == "\u2013"


def test_a_plus_stands_only_before_more_than_nothing() -> None:
    with translation.override("en"):
        assert "+$5.00" in ui.money(money("5", "USD"), sign=True)
        assert "+" not in ui.money(money("0", "USD"), sign=True)


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(days=6, hours=3), "in 6 days"),
        (timedelta(hours=47), "in 47 hours"),
        (timedelta(minutes=119), "in 119 minutes"),
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(seconds=20), "now"),
        (timedelta(hours=-5), "5 hours ago"),
    ],
)
def test_time_left_is_said_in_one_unit_never_rounded_up(
    ahead: timedelta, words: str
) -> None:
    with translation.override("en"):
        assert ui.time_until(NOON + ahead, NOON) == words


def test_a_deadline_says_date_zone_and_time_left() -> None:
    with (
        clock.stopped(NOON),
        timezone.override("Asia/Shanghai"),
        translation.override("en"),
    ):
        html = ui.deadline(NOON + timedelta(days=6, hours=2))

    assert "28 Nov, 14:00" in html
    assert "UTC+8" in html
    assert html.endswith("in 6 days</span></span>")


def test_another_year_is_written_out() -> None:
    with clock.stopped(NOON), timezone.override("UTC"), translation.override("zh-hans"):
        assert ui.moment_text(NOON) == "11月22日 04:00"
        assert ui.moment_text(NOON.replace(year=2027)) == "2027年11月22日 04:00"


def test_nothing_due_shows_nothing() -> None:
    assert rendered("{% deadline missing %}{% moment missing %}") == ""


def test_a_slot_sees_the_page_and_the_component_does_not() -> None:
    html = rendered(
        '{% component "empty_state" title="Nothing" %}{{ who }}{% endcomponent %}',
        who="Mei",
        text="not for the component",
    )

    assert "Mei" in html
    assert "not for the component" not in html


def test_a_slot_keeps_what_a_person_wrote_harmless() -> None:
    html = rendered(
        '{% component "notice" %}{{ said }}{% endcomponent %}', said="<b>hi</b>"
    )

    assert "&lt;b&gt;hi&lt;/b&gt;" in html


def test_current_marks_the_page_and_those_below(rf: object) -> None:
    request = rf.get("/orders/ORD-1/")  # type: ignore[attr-defined]
    context = Context({"request": request})

    assert ui.current(context, "/orders/") == 'aria-current="page"'
    assert ui.current(context, "/orders/", exact=True) == ""
    assert ui.current(context, "/cart/") == ""
