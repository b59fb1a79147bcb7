"""Money: minor units, rounding, splitting, exchange."""

from decimal import Decimal

import pytest
from djmoney.money import Money
from hypothesis import given
from hypothesis import strategies as st

from kernel import money


@pytest.mark.parametrize(
    ("currency", "digits"), [("CNY", 2), ("JPY", 0), ("KWD", 3), ("USD", 2)]
)
def test_digits_follow_iso_4217(currency, digits):
    assert money.exponent(currency) == digits


def test_an_amount_finer_than_its_currency_is_refused():
    with pytest.raises(money.LossyAmount):
        money.to_minor(Money("1.5", "JPY"))
    with pytest.raises(money.LossyAmount):
        money.money("0.001", "CNY")


@given(st.integers(0, 10**12), st.sampled_from(["CNY", "JPY", "KWD"]))
def test_minor_units_survive_the_round_trip(minor, currency):
    assert money.to_minor(money.from_minor(minor, currency)) == minor


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [("2.345", "CNY", "2.35"), ("2.344", "CNY", "2.34"), ("0.5", "JPY", "1")],
)
def test_rounding_is_half_up(amount, currency, expected):
    assert money.rounded(Money(amount, currency)) == Money(expected, currency)


def test_a_unit_price_is_converted_once_and_then_multiplied():
    unit = money.exchange(Money("49.99", "USD"), Decimal("0.9213"), "EUR")

    assert unit == Money("46.06", "EUR")
    assert unit * 2 == Money("92.12", "EUR")


@given(
    st.integers(0, 10**9),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=12),
)
def test_parts_of_a_split_always_add_up(total, weights):
    parts = money.split(total, weights)

    assert sum(parts) == total
    assert all(part >= 0 for part in parts)


def test_the_earlier_part_wins_a_tie():
    assert money.split(100, [1, 1, 1]) == [34, 33, 33]


@given(st.integers(0, 10**9), st.integers(1, 50), st.data())
def test_proportions_of_all_units_end_exactly(paid, units, data):
    done = data.draw(st.integers(0, units))

    assert money.proportion(paid, units, units) == paid
    assert 0 <= money.proportion(paid, done, units) <= paid
