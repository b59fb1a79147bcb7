"""Gradients over a box of pixels, and how light falls along plain solids."""

from functools import cache
from itertools import pairwise
from typing import TypeAlias

from PIL import Image

from .colour import RGB, Ramp
from .geometry import Point

Box: TypeAlias = tuple[int, int, int, int]
Stops: TypeAlias = tuple[tuple[float, RGB], ...]

# Colours a straight gradient is made of; Pillow blends between them.
_STEPS = 128


def mix(a: RGB, b: RGB, share: float) -> RGB:
    """The colour that lies ``share`` (0 to 1) of the way from ``a`` to ``b``."""
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return (red, green, blue)


def _at(stops: Stops, t: float) -> RGB:
    for (start, a), (end, b) in pairwise(stops):
        if t < end:
            return mix(a, b, max(0.0, t - start) / (end - start))
    return stops[-1][1]


def linear(box: Box, start: Point, end: Point, stops: Stops) -> Image.Image:
    """A gradient from one point to another over a box of pixels."""
    left, top, right, bottom = box
    dx, dy = end[0] - start[0], end[1] - start[1]
    square = dx * dx + dy * dy
    corners = [
        ((x - start[0]) * dx + (y - start[1]) * dy) / square
        for x in (left, right)
        for y in (top, bottom)
    ]
    low, high = min(corners) - 0.01, max(corners) + 0.01
    strip = Image.new("RGB", (_STEPS, 3))
    colours = [_at(stops, low + (high - low) * i / (_STEPS - 1)) for i in range(_STEPS)]
    strip.putdata(colours * 3)
    scale = (_STEPS - 1) / (high - low)
    kx, ky = dx / square * scale, dy / square * scale
    offset = ((left - start[0]) * dx + (top - start[1]) * dy) / square
    return strip.transform(
        (right - left, bottom - top),
        Image.Transform.AFFINE,
        (kx, ky, (offset - low) * scale, 0, 0, 1.5),
        Image.Resampling.BILINEAR,
    )


def plane(ramp: Ramp) -> Stops:
    """A face towards us: brightest at the upper left."""
    return (
        (0.0, ramp.light),
        (0.5, ramp.base),
        (1.0, mix(ramp.base, ramp.shade, 0.7)),
    )


def barrel(ramp: Ramp) -> Stops:
    """Across a standing cylinder, with light coming back on its right edge."""
    return (
        (0.0, mix(ramp.base, ramp.shade, 0.35)),
        (0.10, ramp.base),
        (0.27, ramp.light),
        (0.36, ramp.light),
        (0.58, ramp.base),
        (0.90, ramp.shade),
        (1.0, mix(ramp.shade, ramp.base, 0.4)),
    )


def ball(ramp: Ramp) -> Stops:
    """From the bright spot of a ball outwards."""
    return (
        (0.0, ramp.pale),
        (0.22, ramp.light),
        (0.52, ramp.base),
        (0.88, ramp.shade),
        (1.0, mix(ramp.shade, ramp.base, 0.35)),
    )


@cache
def _disc() -> Image.Image:
    return Image.radial_gradient("L")


@cache
def _lookup(stops: Stops) -> list[int]:
    """The colours of a gradient in 256 steps, as a palette."""
    return [channel for i in range(256) for channel in _at(stops, i / 255)]


def radial(box: Box, centre: Point, radius: float, stops: Stops) -> Image.Image:
    """A gradient from a centre outwards over a box of pixels."""
    left, top, right, bottom = box
    k = 127.5 / radius
    spread = _disc().transform(
        (right - left, bottom - top),
        Image.Transform.AFFINE,
        (k, 0, 128 + (left - centre[0]) * k, 0, k, 128 + (top - centre[1]) * k),
        Image.Resampling.BILINEAR,
        fillcolor=255,
    )
    spread.putpalette(_lookup(stops))
    return spread.convert("RGB")
