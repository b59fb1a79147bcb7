"""The only conversions of money: minor units, rounding, splitting, exchange.

In code an amount is a :class:`djmoney.money.Money`; at the edges of the ledger and
of a gateway it is an integer of minor units with its ISO 4217 code. Floats never.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from djmoney.money import Money
from moneyed import get_currency


class LossyAmount(ValueError):
    """An amount finer than its currency's minor unit; nothing may round it away."""


def exponent(currency: str) -> int:
    """Digits after the point of ``currency`` by ISO 4217 (CNY 2, JPY 0, KWD 3)."""
    subunits: int = get_currency(str(currency)).sub_unit
    return len(str(subunits)) - 1


def money(amount: str | int | Decimal, currency: str) -> Money:
    """An exact amount in major units; refuses floats and too many digits.

    :raises LossyAmount: when ``amount`` has more digits than the currency.
    """
    assert not isinstance(amount, float), "money is never a float"
    value = Money(Decimal(amount), str(currency))
    return from_minor(to_minor(value), str(currency))


def to_minor(amount: Money) -> int:
    """``amount`` in minor units.

    :raises LossyAmount: when it is finer than the currency's minor unit.
    """
    scaled = amount.amount.scaleb(exponent(str(amount.currency)))
    if scaled != scaled.to_integral_value():
        raise LossyAmount(f"{amount.amount} {amount.currency} is finer than its unit")
    return int(scaled)


def from_minor(minor: int, currency: str) -> Money:
    """``minor`` units of ``currency`` as Money with exactly the currency's digits."""
    return Money(Decimal(minor).scaleb(-exponent(currency)), currency)


def rounded(amount: Money) -> Money:
    """``amount`` rounded half-up to its currency's minor unit."""
    digits = exponent(str(amount.currency))
    unit = Decimal(1).scaleb(-digits)
    return Money(
        amount.amount.quantize(unit, rounding=ROUND_HALF_UP), str(amount.currency)
    )


def share(amount: Money, rate: Decimal) -> Money:
    """``amount`` × ``rate`` in the same currency, rounded half-up (a commission)."""
    return rounded(Money(amount.amount * rate, str(amount.currency)))


def exchange(amount: Money, rate: Decimal, currency: str) -> Money:
    """``amount`` at ``rate`` units of ``currency`` for one of its own, half-up.

    Convert a unit price once and multiply the rounded result: totals converted
    separately do not add up.
    """
    return rounded(Money(amount.amount * rate, currency))


def split(total_minor: int, weights: Sequence[int]) -> list[int]:
    """Divide ``total_minor`` in proportion to ``weights`` by largest remainder.

    The parts always add up to the total; ties go to the earlier part. All weights
    zero gives all to the first part.
    """
    assert weights, "nothing to split over"
    assert total_minor >= 0
    assert all(weight >= 0 for weight in weights)
    whole = sum(weights)
    if whole == 0:
        return [total_minor] + [0] * (len(weights) - 1)
    parts = [total_minor * weight // whole for weight in weights]
    by_remainder = sorted(
        range(len(weights)),
        key=lambda index: (-(total_minor * weights[index] % whole), index),
    )
    for index in by_remainder[: total_minor - sum(parts)]:
        parts[index] += 1
    return parts


def proportion(minor: int, part: int, whole: int) -> int:
    """``minor`` × ``part`` / ``whole`` in minor units, rounded half-up."""
    assert whole > 0
    return (2 * minor * part + whole) // (2 * whole)
