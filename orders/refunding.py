"""What a refund of a line takes from whom: the buyer's part, the coupon's, and the
commission given up (rules §4.6). Pure arithmetic in minor units of one currency."""

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.money import proportion, split


@dataclass(frozen=True, slots=True)
class Shares:
    """Amounts of one line, or of a part of it, in minor units.

    ``buyer`` is what the buyer paid, ``coupon`` what the platform's coupon added;
    together they are the seller's gross part, of which ``commission`` is ours.
    """

    buyer: int = 0
    coupon: int = 0
    commission: int = 0

    @property
    def value(self) -> int:
        """The seller's gross part."""
        return self.buyer + self.coupon

    def __add__(self, other: "Shares") -> "Shares":
        return Shares(
            self.buyer + other.buyer,
            self.coupon + other.coupon,
            self.commission + other.commission,
        )

    def __sub__(self, other: "Shares") -> "Shares":
        return Shares(
            self.buyer - other.buyer,
            self.coupon - other.coupon,
            self.commission - other.commission,
        )


@dataclass(frozen=True, slots=True)
class LineTerms:
    """A line as it was bought, and what of it has gone back already.

    Shipping is a line of one unit, without coupon or commission.
    """

    units: int
    bought: Shares
    units_back: int = 0
    back: Shares = Shares()

    @property
    def left(self) -> Shares:
        return self.bought - self.back

    @property
    def units_left(self) -> int:
        return self.units - self.units_back


def of_units(line: LineTerms, units: int) -> Shares:
    """What goes back with ``units`` more of the line.

    Rounded by what has gone back in all, so that the last unit ends at exactly zero.
    The buyer's and the seller's parts are rounded; the coupon's part is what lies
    between them. A discount for a flaw that was given before counts as gone back.
    """
    assert 0 < units <= line.units_left, "more units than the line has left"
    done = line.units_back + units
    if done == line.units:
        return line.left
    left = line.left
    buyer = _until(line.bought.buyer, line.back.buyer, done, line.units)
    value = _until(line.bought.value, line.back.value, done, line.units)
    coupon = min(max(value - buyer, 0), left.coupon)
    commission = _until(line.bought.commission, line.back.commission, done, line.units)
    return _bounded(left, Shares(buyer, coupon, commission))


def of_amount(line: LineTerms, buyer: int) -> Shares:
    """What goes back with ``buyer`` of the line but no unit: a discount for a flaw.

    The coupon's part and the commission follow in proportion to what is left.
    """
    left = line.left
    assert 0 <= buyer <= left.buyer, "more than the line has left"
    if buyer == 0:
        return Shares()
    return _bounded(
        left,
        Shares(
            buyer,
            proportion(left.coupon, buyer, left.buyer),
            proportion(left.commission, buyer, left.buyer),
        ),
    )


def spread(lines: Sequence[LineTerms], shares: Shares) -> list[Shares]:
    """``shares`` of a whole order, cut over its lines by what is left of each.

    For a decision about an amount, which names no line. The parts of each kind add up
    exactly, and no line gives more than it has.
    """
    left = [line.left for line in lines]
    buyer = split(shares.buyer, [one.buyer for one in left])
    coupon = split(shares.coupon, [one.coupon for one in left])
    commission = split(shares.commission, [one.commission for one in left])
    return [Shares(*one) for one in zip(buyer, coupon, commission, strict=True)]


def _until(whole: int, back: int, done: int, units: int) -> int:
    """What is missing until ``done`` of ``units`` have gone back; never negative."""
    return min(max(proportion(whole, done, units) - back, 0), whole - back)


def _bounded(left: Shares, part: Shares) -> Shares:
    """``part`` with so much commission that what stays can bear the rest of it."""
    stays = left.value - part.value
    commission = max(part.commission, left.commission - stays)
    return Shares(part.buyer, part.coupon, commission)
