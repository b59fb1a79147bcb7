"""Rates without floats, quotes with an end, and what "about" may say."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from djmoney.money import Money

from kernel.money import exchange, money
from marketplace.fx import commands, queries, rates
from marketplace.fx.models import Quote

from .builders import a_person
from .ecb import FRIDAY, TABLE, zipped

NOON = datetime(2026, 10, 30, 12, tzinfo=UTC)


@pytest.fixture
def october(settings, tmp_path):
    """The only rates are those of two days in October."""
    settings.RATES_FILE = tmp_path / "rates.zip"
    settings.RATES_FILE.write_bytes(zipped(TABLE))
    return rates.known()


def test_the_shipped_file_gives_exact_decimals_of_each_day():
    newest = rates.known()[-1]

    assert newest.published_on >= date(2026, 1, 1)
    assert set(newest.per_euro) >= {"EUR", "USD", "CNY", "JPY", "GBP"}
    assert len(rates.known()) == rates.DAYS
    for day in rates.known():
        assert all(type(rate) is Decimal for rate in day.per_euro.values())


def test_missing_rates_are_left_out(october):
    assert october[-1].published_on == FRIDAY
    assert october[-1].per_euro["CNY"] == Decimal("7.4326")
    assert "BGN" not in october[-1].per_euro


@pytest.mark.parametrize(
    ("day", "published_on"),
    [
        (date(2026, 10, 29), date(2026, 10, 29)),
        (FRIDAY, FRIDAY),
        (date(2026, 11, 1), FRIDAY),
        (date(2026, 12, 24), FRIDAY),
    ],
)
def test_the_rates_in_force_are_the_newest_published_by_then(
    october, day, published_on
):
    assert rates.on(day).published_on == published_on


def test_no_rate_is_taken_from_the_future(october):
    with pytest.raises(rates.RateUnknown):
        rates.on(date(2026, 10, 28))


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
    assert queries.mid_rate(source, target, at=NOON) == (Decimal(rate), FRIDAY)


def test_a_currency_without_rate_is_refused(october):
    with pytest.raises(rates.RateUnknown):
        queries.mid_rate("BGN", "CNY", at=NOON)


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        (money("12800", "JPY"), "CNY", money("541.54", "CNY")),
        (money("100.00", "CNY"), "JPY", money("2364", "JPY")),
        (money("0.01", "CNY"), "JPY", money("0", "JPY")),
        (money("46.00", "EUR"), "CNY", money("341.90", "CNY")),
        (money("10.00", "EUR"), "KWD", money("3.400", "KWD")),
        (money("1.235", "KWD"), "EUR", money("3.63", "EUR")),
    ],
)
def test_about_rounds_half_up_to_the_digits_of_the_currency(
    october, amount, currency, expected
):
    assert queries.about(amount, currency, at=NOON) == expected


def test_about_has_nothing_to_add_in_the_same_currency(october):
    assert queries.about(money("5.00", "CNY"), "CNY", at=NOON) is None
    assert queries.about(Money(5, "BGN"), "CNY", at=NOON) is None


class TestAge:
    """Said when they are old, not used when they are too old."""

    @pytest.fixture(autouse=True)
    def limits(self, october, settings):
        settings.FX_OLD_AFTER = timedelta(days=5)
        settings.FX_MAX_AGE = timedelta(days=10)

    @pytest.mark.parametrize(
        ("days", "is_old", "is_too_old"),
        [
            (0, False, False),
            (5, False, False),
            (6, True, False),
            (10, True, False),
            (11, True, True),
        ],
    )
    def test_it_is_counted_in_days(self, days, is_old, is_too_old):
        now = queries.standing(NOON + timedelta(days=days))

        assert (now.days_old, now.is_old, now.is_too_old) == (days, is_old, is_too_old)

    def test_the_day_is_the_banks(self):
        """Nearly midnight in London is the next day in Frankfurt."""
        late = datetime(2026, 10, 30, 23, 30, tzinfo=UTC)
        assert queries.standing(late).days_old == 1

    def test_rates_too_old_explain_no_price(self):
        price = money("46.00", "EUR")
        too_late = NOON + timedelta(days=11)

        assert queries.about(price, "CNY", at=NOON + timedelta(days=10)) is not None
        assert queries.about(price, "CNY", at=too_late) is None
        assert queries.edition(too_late) != queries.edition(NOON)

    @pytest.mark.django_db
    def test_rates_too_old_give_no_quote(self):
        def quote(days, **pair):
            at = NOON + timedelta(days=days)
            return commands.quote(user=a_person(), at=at, **pair)

        assert quote(10, source="EUR", target="CNY").rate_date == FRIDAY
        with pytest.raises(commands.RatesTooOld) as told:
            quote(11, source="EUR", target="CNY")
        assert "11 days old" in str(told.value.message)
        assert Quote.objects.count() == 1
        assert quote(11, source="EUR", target="EUR").rate == 1


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
        clock.set(NOON)
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
        clock.set(NOON)
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
