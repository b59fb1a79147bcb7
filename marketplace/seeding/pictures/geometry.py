"""Outlines in the 800-unit picture space: a small path language and shape builders.

An outline is a list of closed polygons whose union is the shape; curves are
flattened here, so that everything later is polygons.
"""

import math
import re
from itertools import pairwise
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Polygon: TypeAlias = list[Point]
Outline: TypeAlias = list[Polygon]

_COMMAND = re.compile(r"([MLHVCSQZ])([^MLHVCSQZ]*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "Z": 0}
_CURVE_STEPS = 22
_ROUND_STEPS = 72
# Distance of the control points of a cubic that stands in for a quarter circle.
_KAPPA = 0.5523


def _cubic(a: Point, b: Point, c: Point, d: Point) -> Polygon:
    points = []
    for step in range(1, _CURVE_STEPS + 1):
        t = step / _CURVE_STEPS
        s = 1 - t
        wa, wb, wc, wd = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        points.append(
            (
                wa * a[0] + wb * b[0] + wc * c[0] + wd * d[0],
                wa * a[1] + wb * b[1] + wc * c[1] + wd * d[1],
            )
        )
    return points


def path(text: str) -> Outline:
    """Flatten absolute path commands ``M L H V C S Q Z`` (as in SVG)."""
    outline: Outline = []
    control: Point | None = None
    for command, raw in _COMMAND.findall(text):
        numbers = [float(number) for number in _NUMBER.findall(raw)]
        arity = _ARITY[command]
        for start in range(0, len(numbers), arity) if arity else [0]:
            args = numbers[start : start + arity]
            if command == "M" and start == 0:
                outline.append([(args[0], args[1])])
                continue
            points, control = _segment(command, args, outline[-1], control)
            outline[-1].extend(points)
    return outline


def _segment(
    command: str, args: list[float], drawn: Polygon, control: Point | None
) -> tuple[Polygon, Point | None]:
    """The points one command adds, and the control point a smooth one mirrors."""
    x, y = drawn[-1]
    pairs = list(zip(args[::2], args[1::2], strict=False))
    match command:
        case "M" | "L":
            return pairs, None
        case "H":
            return [(args[0], y)], None
        case "V":
            return [(x, args[0])], None
        case "C":
            b, c, d = pairs
            return _cubic((x, y), b, c, d), c
        case "S":
            last = control or (x, y)
            c, d = pairs
            return _cubic((x, y), (2 * x - last[0], 2 * y - last[1]), c, d), c
        case "Q":
            q, d = pairs
            b = (x + (q[0] - x) * 2 / 3, y + (q[1] - y) * 2 / 3)
            c = (d[0] + (q[0] - d[0]) * 2 / 3, d[1] + (q[1] - d[1]) * 2 / 3)
            return _cubic((x, y), b, c, d), None
    return [drawn[0]], None


def mirrored(text: str, axis: float = 400) -> Outline:
    """Close a right-hand profile, drawn from the axis to the axis, on the left."""
    half = path(text)[0]
    return [half + [(2 * axis - x, y) for x, y in reversed(half)]]


def ellipse(cx: float, cy: float, rx: float, ry: float | None = None) -> Outline:
    """An ellipse, or a circle when ``ry`` is left out."""
    ry = rx if ry is None else ry
    step = 2 * math.pi / _ROUND_STEPS
    return [
        [
            (cx + rx * math.cos(step * i), cy + ry * math.sin(step * i))
            for i in range(_ROUND_STEPS)
        ]
    ]


def box(x: float, y: float, width: float, height: float, radius: float = 0) -> Outline:
    """A rectangle with rounded corners."""
    r = min(radius, width / 2, height / 2)
    if r == 0:
        right, bottom = x + width, y + height
        return [[(x, y), (right, y), (right, bottom), (x, bottom)]]
    points: Polygon = []
    corners = (
        (x + width - r, y + r, -90),
        (x + width - r, y + height - r, 0),
        (x + r, y + height - r, 90),
        (x + r, y + r, 180),
    )
    for cx, cy, start in corners:
        for step in range(13):
            angle = math.radians(start + 90 * step / 12)
            points.append((cx + r * math.cos(angle), cy + r * math.sin(angle)))
    return [points]


def drum(
    cx: float, top: float, bottom: float, rx: float, lower: float = 0, tilt: float = 0.2
) -> Outline:
    """A standing cylinder or cone seen from slightly above.

    ``rx`` is the radius at the top, ``lower`` at the bottom (the same when left
    out), ``tilt`` the height of its ellipses for a width of one.
    """
    low = lower or rx
    up, down = rx * tilt, low * tilt
    k = _KAPPA
    return path(
        f"M {cx - rx:.2f} {top:.2f} "
        f"C {cx - rx:.2f} {top - up * k:.2f} {cx - rx * k:.2f} {top - up:.2f} "
        f"{cx:.2f} {top - up:.2f} "
        f"C {cx + rx * k:.2f} {top - up:.2f} {cx + rx:.2f} {top - up * k:.2f} "
        f"{cx + rx:.2f} {top:.2f} "
        f"L {cx + low:.2f} {bottom:.2f} "
        f"C {cx + low:.2f} {bottom + down * k:.2f} {cx + low * k:.2f} "
        f"{bottom + down:.2f} {cx:.2f} {bottom + down:.2f} "
        f"C {cx - low * k:.2f} {bottom + down:.2f} {cx - low:.2f} "
        f"{bottom + down * k:.2f} {cx - low:.2f} {bottom:.2f} Z"
    )


def belt(cx: float, top: float, bottom: float, rx: float, tilt: float = 0.2) -> Outline:
    """The front of a band around a cylinder; clip it with the cylinder."""
    dip = rx * tilt * 4 / 3
    left, right = cx - rx, cx + rx
    return path(
        f"M {left:.2f} {top:.2f} C {left:.2f} {top + dip:.2f} {right:.2f} "
        f"{top + dip:.2f} {right:.2f} {top:.2f} L {right:.2f} {bottom:.2f} "
        f"C {right:.2f} {bottom + dip:.2f} {left:.2f} {bottom + dip:.2f} "
        f"{left:.2f} {bottom:.2f} Z"
    )


def stroke(line: str | Polygon, width: float, end: float | None = None) -> Outline:
    """A round-ended stroke along a path, tapering to ``end`` when given."""
    points = path(line)[0] if isinstance(line, str) else line
    last = len(points) - 1
    finish = width if end is None else end
    outline: Outline = []
    for index, (x, y) in enumerate(points):
        radius = (width + (finish - width) * index / max(last, 1)) / 2
        sides = 16 if radius < 12 else 28
        outline.append(
            [
                (
                    x + radius * math.cos(2 * math.pi * i / sides),
                    y + radius * math.sin(2 * math.pi * i / sides),
                )
                for i in range(sides)
            ]
        )
        if index == last:
            break
        nx, ny = points[index + 1]
        length = math.hypot(nx - x, ny - y)
        if length == 0:
            continue
        after = (width + (finish - width) * (index + 1) / max(last, 1)) / 2
        ox, oy = -(ny - y) / length, (nx - x) / length
        outline.append(
            [
                (x + ox * radius, y + oy * radius),
                (nx + ox * after, ny + oy * after),
                (nx - ox * after, ny - oy * after),
                (x - ox * radius, y - oy * radius),
            ]
        )
    return outline


def dashes(line: str, width: float, dash: float, gap: float) -> Outline:
    """A stitched line: dashes of the given lengths along a path."""
    points = path(line)[0]
    outline: Outline = []
    run: Polygon = [points[0]]
    left, drawing = dash, True
    for (x, y), (nx, ny) in pairwise(points):
        length = math.hypot(nx - x, ny - y)
        done = 0.0
        while length - done > left:
            done += left
            at = (x + (nx - x) * done / length, y + (ny - y) * done / length)
            if drawing:
                outline += stroke([*run, at], width)
            run, drawing = [at], not drawing
            left = dash if drawing else gap
        left -= length - done
        run.append((nx, ny))
    return outline


def polygon(*points: Point) -> Outline:
    """A polygon with straight sides."""
    return [list(points)]


def moved(outline: Outline, dx: float, dy: float) -> Outline:
    """The same outline somewhere else."""
    return [[(x + dx, y + dy) for x, y in part] for part in outline]


def turned(outline: Outline, degrees: float, centre: Point = (400, 400)) -> Outline:
    """The outline turned clockwise around a centre."""
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    cx, cy = centre
    return [
        [
            (cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos)
            for x, y in part
        ]
        for part in outline
    ]


def bounds(outline: Outline) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of an outline."""
    xs = [x for part in outline for x, _ in part]
    ys = [y for part in outline for _, y in part]
    return min(xs), min(ys), max(xs), max(ys)
