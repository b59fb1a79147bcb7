"""Rates without floats, quotes with an end, and what "about" may say."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from djmoney.money import Money

from kernel.money import exchange, money
from marketplace.fx import commands, queries, rates
from marketplace.fx.models import Quote

from .builders import a_person

TABLE = """Date,USD,JPY,BGN,GBP,CNY,
2026-10-30,1.1172,175.68,N/A,0.8338,7.4326,
2026-10-29,1.113,175.92,N/A,0.83578,7.4144,
"""


@pytest.fixture
def october(monkeypatch):
    fixed = rates.parse(io.StringIO(TABLE))
    monkeypatch.setattr(rates, "latest", lambda: fixed)
    return fixed


def test_the_shipped_file_gives_exact_decimals_of_one_day():
    newest = rates.latest()

    assert newest.published_on >= date(2026, 1, 1)
    assert set(newest.per_euro) >= {"EUR", "USD", "CNY", "JPY", "GBP"}
    assert all(type(rate) is Decimal for rate in newest.per_euro.values())
    assert all(rate > 0 for rate in newest.per_euro.values())


def test_the_newest_day_is_read_and_missing_rates_are_left_out(october):
    assert october.published_on == date(2026, 10, 30)
    assert october.per_euro["CNY"] == Decimal("7.4326")
    assert "BGN" not in october.per_euro


@pytest.mark.parametrize(
    ("source", "target", "rate"),
    [
        ("EUR", "CNY", "7.4326000000"),
        ("CNY", "EUR", "0.1345424212"),
        ("USD", "CNY", "6.6528822055"),
        ("JPY", "CNY", "0.0423076047"),
        ("CNY", "JPY", "23.6364125609"),
        ("GBP", "GBP", "1.0000000000"),
    ],
)
def test_cross_rates_go_through_the_euro_with_ten_digits(october, source, target, rate):
    assert queries.mid_rate(source, target) == (Decimal(rate), date(2026, 10, 30))


def test_a_currency_without_rate_is_refused(october):
    with pytest.raises(rates.RateUnknown):
        queries.mid_rate("BGN", "CNY")


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        (money("12800", "JPY"), "CNY", money("541.54", "CNY")),
        (money("100.00", "CNY"), "JPY", money("2364", "JPY")),
        (money("0.01", "CNY"), "JPY", money("0", "JPY")),
        (money("46.00", "EUR"), "CNY", money("341.90", "CNY")),
    ],
)
def test_about_rounds_half_up_to_the_digits_of_the_currency(
    october, amount, currency, expected
):
    assert queries.about(amount, currency) == expected


def test_about_has_nothing_to_add_in_the_same_currency(october):
    assert queries.about(money("5.00", "CNY"), "CNY") is None
    assert queries.about(Money(5, "BGN"), "CNY") is None


def test_unit_prices_are_converted_once_and_then_multiplied():
    unit = exchange(money("49.99", "USD"), Decimal("0.9213"), "EUR")

    assert unit == money("46.06", "EUR")
    assert unit * 2 == money("92.12", "EUR")


def test_the_spread_raises_what_the_buyer_pays():
    rate = commands.with_spread(Decimal("7.4326"), Decimal("0.01"))
    assert rate == Decimal("7.5069260000")


@pytest.mark.django_db
class TestQuote:
    def test_it_holds_the_rate_the_spread_and_an_end(self, october, clock, settings):
        settings.FX_SPREAD = Decimal("0.01")
        quote = commands.quote(
            user=a_person(), source="JPY", target="CNY", at=clock.now
        )

        assert quote.mid_rate == Decimal("0.0423076047")
        assert quote.rate == Decimal("0.0427306807")
        assert quote.rate_date == date(2026, 10, 30)
        assert quote.expires_at - quote.quoted_at == settings.FX_QUOTE_TTL

    def test_it_is_valid_up_to_its_end_and_not_at_it(self, clock):
        quote = commands.quote(
            user=a_person(), source="EUR", target="CNY", at=clock.now
        )

        clock.advance(minutes=29, seconds=59)
        assert queries.is_valid(quote, clock.now)
        clock.advance(seconds=1)
        assert not queries.is_valid(quote, clock.now)

    def test_the_same_pair_is_given_again_while_it_lasts(self, clock):
        mei = a_person()
        first = commands.quote(user=mei, source="EUR", target="CNY", at=clock.now)
        clock.advance(minutes=10)

        again = commands.quote(user=mei, source="EUR", target="CNY", at=clock.now)
        other = commands.quote(user=mei, source="USD", target="CNY", at=clock.now)
        strange = commands.quote(
            user=a_person(), source="EUR", target="CNY", at=clock.now
        )

        assert again == first
        assert len({first.pk, other.pk, strange.pk}) == 3

    def test_one_about_to_end_is_not_given_again(self, clock):
        mei = a_person()
        first = commands.quote(user=mei, source="EUR", target="CNY", at=clock.now)
        clock.advance(minutes=26)

        again = commands.quote(user=mei, source="EUR", target="CNY", at=clock.now)

        assert again != first
        assert again.quoted_at == clock.now

    def test_equal_currencies_cost_no_spread(self, clock):
        quote = commands.quote(
            user=a_person(), source="CNY", target="CNY", at=clock.now
        )

        assert (quote.rate, quote.spread) == (1, 0)

    def test_a_pair_without_rate_is_refused(self, october, clock):
        with pytest.raises(commands.NoRate):
            commands.quote(user=a_person(), source="BGN", target="CNY", at=clock.now)

        assert not Quote.objects.exists()


@pytest.mark.django_db
class TestDisplayCurrency:
    def choose(self, client, currency, following="/"):
        return client.post(
            reverse("fx:display_currency"), {"currency": currency, "next": following}
        )

    def test_a_visitor_keeps_it_in_the_session(self, client, rf):
        assert self.choose(client, "JPY").url == "/"

        request = rf.get("/")
        request.user, request.session = AnonymousUser(), client.session
        assert queries.display_currency_of(request) == "JPY"

    def test_a_person_keeps_it_in_the_account(self, client):
        mei = a_person()
        client.force_login(mei)

        self.choose(client, "EUR")

        mei.refresh_from_db()
        assert mei.display_currency == "EUR"

    def test_a_currency_not_offered_changes_nothing(self, client):
        mei = a_person()
        client.force_login(mei)

        assert self.choose(client, "XAU").status_code == 409

        mei.refresh_from_db()
        assert mei.display_currency == "CNY"

    @pytest.mark.parametrize(
        "following", ["https://elsewhere.example/", "//elsewhere.example", ""]
    )
    def test_it_never_leads_to_another_site(self, client, following):
        assert self.choose(client, "EUR", following).url == reverse("marketplace:list")
