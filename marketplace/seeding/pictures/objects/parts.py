"""Shapes that several objects share."""

import math

from marketplace.seeding.pictures.geometry import Outline, Point, stroke


def around(centre: Point, radius: float, degrees: float) -> Point:
    """The point at a clock-wise angle, counted from the top, around a centre."""
    angle = math.radians(degrees)
    x, y = centre
    return (x + radius * math.sin(angle), y - radius * math.cos(angle))


def hour_marks(
    centre: Point, outer: float, long: float, short: float, width: float
) -> Outline:
    """Twelve marks of a dial, those of the quarters longer and thicker."""
    marks: Outline = []
    for hour in range(12):
        quarter = hour % 3 == 0
        ends = [
            around(centre, outer, 30 * hour),
            around(centre, outer - (long if quarter else short), 30 * hour),
        ]
        marks += stroke(ends, width if quarter else width * 0.62)
    return marks


def star(centre: Point, radius: float) -> Outline:
    """A star of five points."""
    reach = (radius, radius * 0.43)
    return [[around(centre, reach[i % 2], 36 * i) for i in range(10)]]
