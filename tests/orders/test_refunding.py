"""Refunds of lines and units: the rules' worked example to the cent, and properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import proportion, split
from orders.refunding import LineTerms, Shares, of_amount, of_units, spread

# §4.6: line A1, two units, in euro cents.
A1 = LineTerms(2, Shares(buyer=8057, coupon=941, commission=450))


def after(line, shares, units=0):
    return LineTerms(
        line.units, line.bought, line.units_back + units, line.back + shares
    )


def test_the_worked_example_unit_by_unit():
    first = of_units(A1, 1)
    second = of_units(after(A1, first, 1), 1)

    assert (first, first.value) == (Shares(4029, 470, 225), 4499)
    assert (second, second.value) == (Shares(4028, 471, 225), 4499)
    assert first.value - first.commission == 4274
    assert first + second == A1.bought


def test_a_discount_for_a_flaw_takes_the_coupon_and_the_commission_along():
    part = of_amount(A1, 1000)

    assert part == Shares(1000, 117, 56)
    # The unit that comes back later brings what it was still worth.
    unit = of_units(after(A1, part), 1)
    assert unit == Shares(3029, 353, 169)
    assert of_units(after(after(A1, part), unit, 1), 1).buyer == 4028


def test_a_flaw_worth_more_than_a_unit_leaves_that_unit_nothing():
    part = of_amount(A1, 6000)

    assert of_units(after(A1, part), 1).buyer == 0
    assert of_units(after(A1, part), 2) == A1.bought - part


def test_shipping_is_a_line_of_one_unit():
    assert of_units(LineTerms(1, Shares(buyer=800)), 1) == Shares(buyer=800)


def test_what_stays_bears_the_commission_that_stays():
    # A cent in a coarse currency: the pieces round to nothing, their commission not.
    worthless = LineTerms(2, Shares(buyer=0, coupon=0, commission=2))

    assert of_units(worthless, 1).commission == 2


@pytest.mark.parametrize("units", [0, 3])
def test_more_units_than_were_bought_do_not_come_back(units):
    with pytest.raises(AssertionError):
        of_units(A1, units)


amounts = st.integers(0, 100_000)


@st.composite
def lines(draw):
    units = draw(st.integers(1, 9))
    buyer, coupon = draw(amounts), draw(st.integers(0, 3000))
    commission = proportion(buyer + coupon, draw(st.integers(0, 30)), 100)
    return LineTerms(units, Shares(buyer, coupon, commission))


def sound(line):
    """Nothing negative has gone back or stays, and what stays bears its commission."""
    for one in (line.left, line.back):
        assert min(one.buyer, one.coupon, one.commission) >= 0
    assert line.left.commission <= line.left.value


@given(lines(), st.data())
def test_units_and_flaws_in_any_order_end_at_zero(line, data):
    while line.units_left:
        if data.draw(st.booleans(), "flaw"):
            amount = data.draw(st.integers(0, line.left.buyer), "amount")
            line = after(line, of_amount(line, amount))
        else:
            units = data.draw(st.integers(1, line.units_left), "units")
            line = after(line, of_units(line, units), units)
        sound(line)
    assert line.left == Shares()


@given(lines())
def test_unit_by_unit_nobody_is_more_than_half_a_unit_off(line):
    for done in range(1, line.units + 1):
        line = after(line, of_units(line, 1), 1)
        # 2 · |back · units - bought · done| ≤ units: rounded half-up, never drifting.
        off = abs(line.back.buyer * line.units - line.bought.buyer * done)
        assert 2 * off <= line.units


@given(st.lists(lines(), min_size=1, max_size=4), st.data())
def test_an_amount_of_the_whole_order_is_cut_over_what_is_left(several, data):
    left = sum((one.left for one in several), Shares())
    wanted = Shares(
        data.draw(st.integers(0, left.buyer)),
        data.draw(st.integers(0, left.coupon)),
        data.draw(st.integers(0, left.commission)),
    )

    parts = spread(several, wanted)

    assert sum(parts, Shares()) == wanted
    for line, part in zip(several, parts, strict=True):
        rest = line.left - part
        assert min(rest.buyer, rest.coupon, rest.commission) >= 0


@given(st.integers(0, 10_000), st.lists(st.integers(0, 5_000), min_size=1, max_size=6))
def test_a_coupon_is_cut_over_lines_without_a_rest(coupon, values):
    coupon = min(coupon, sum(values))
    parts = split(coupon, values)

    assert sum(parts) == coupon
    assert all(0 <= part <= value for part, value in zip(parts, values, strict=True))
