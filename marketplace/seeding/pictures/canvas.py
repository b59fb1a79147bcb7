"""The drawing surface: shaded solids, tones, gleams and soft shadows.

Masks are drawn three times larger and reduced, so edges are crisp; light always
falls from the upper left, and a fainter one returns from the lower right.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from . import geometry
from .colour import RGB, Ramp, Tint
from .geometry import Outline, Point

SIZE = 800
FLOOR = 640
_OVER = 3

Form: TypeAlias = Literal["plane", "barrel", "ball", "flat"]
_Stops: TypeAlias = Sequence[tuple[float, RGB]]


@dataclass(frozen=True)
class _Mask:
    """Coverage of a shape within its own box of whole pixels."""

    image: Image.Image
    left: int
    top: int

    @property
    def box(self) -> tuple[int, int, int, int]:
        return (
            self.left,
            self.top,
            self.left + self.image.width,
            self.top + self.image.height,
        )


def _mix(a: RGB, b: RGB, share: float) -> RGB:
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return (red, green, blue)


def _at(stops: _Stops, t: float) -> RGB:
    for (start, a), (end, b) in zip(stops, stops[1:], strict=False):
        if t < end:
            return _mix(a, b, max(0.0, t - start) / (end - start))
    return stops[-1][1]


def _linear(
    box: tuple[int, int, int, int], start: Point, end: Point, stops: _Stops
) -> Image.Image:
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
    steps = 128
    strip = Image.new("RGB", (steps, 3))
    colours = [_at(stops, low + (high - low) * i / (steps - 1)) for i in range(steps)]
    strip.putdata(colours * 3)
    scale = (steps - 1) / (high - low)
    kx, ky = dx / square * scale, dy / square * scale
    offset = ((left - start[0]) * dx + (top - start[1]) * dy) / square
    return strip.transform(
        (right - left, bottom - top),
        Image.Transform.AFFINE,
        (kx, ky, (offset - low) * scale, 0, 0, 1.5),
        Image.Resampling.BILINEAR,
    )


def _plane(ramp: Ramp) -> _Stops:
    return (
        (0.0, ramp.light),
        (0.5, ramp.base),
        (1.0, _mix(ramp.base, ramp.shade, 0.7)),
    )


def _barrel(ramp: Ramp) -> _Stops:
    return (
        (0.0, _mix(ramp.base, ramp.shade, 0.35)),
        (0.10, ramp.base),
        (0.27, ramp.light),
        (0.36, ramp.light),
        (0.58, ramp.base),
        (0.90, ramp.shade),
        (1.0, _mix(ramp.shade, ramp.base, 0.4)),
    )


def _ball(ramp: Ramp) -> _Stops:
    return (
        (0.0, ramp.pale),
        (0.22, ramp.light),
        (0.52, ramp.base),
        (0.88, ramp.shade),
        (1.0, _mix(ramp.shade, ramp.base, 0.35)),
    )


@cache
def _disc() -> Image.Image:
    return Image.radial_gradient("L")


@cache
def _lookup(stops: _Stops) -> list[int]:
    """The colours of a gradient in 256 steps, as a palette."""
    return [channel for i in range(256) for channel in _at(stops, i / 255)]


def _radial(
    box: tuple[int, int, int, int], centre: Point, radius: float, stops: _Stops
) -> Image.Image:
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
    spread.putpalette(_lookup(tuple(stops)))
    return spread.convert("RGB")


def _shifted(mask: Image.Image, dx: int, dy: int) -> Image.Image:
    """The mask moved within its frame, empty where nothing moved in."""
    return mask.crop((-dx, -dy, mask.width - dx, mask.height - dy))


def _faded(mask: Image.Image, opacity: float) -> Image.Image:
    return (
        mask if opacity >= 1 else mask.point([round(i * opacity) for i in range(256)])
    )


@cache
def _ground(tint: Tint) -> Image.Image:
    """The wall with its pool of light, the moon behind the object, the floor."""
    whole = (0, 0, SIZE, SIZE)
    wall = _linear(
        whole,
        (60, 0),
        (740, 800),
        ((0, tint.wall_lit), (0.55, tint.wall), (1, tint.wall_dim)),
    )
    moon = _linear(
        whole,
        (180, 110),
        (600, 640),
        ((0, tint.moon), (0.6, tint.moon), (1, tint.wall)),
    )
    disc = Image.new("L", (SIZE * _OVER,) * 2)
    ImageDraw.Draw(disc).ellipse([c * _OVER for c in (96, 82, 704, 690)], fill=255)
    wall.paste(moon, (0, 0), disc.reduce(_OVER))
    return wall


class Canvas:
    """One square picture being painted, in 800 units a side."""

    def __init__(self, tint: Tint) -> None:
        self.image = _ground(tint).copy()
        self._tint = tint
        self._turn = 0.0
        self._pivot: Point = (400, 400)

    @contextmanager
    def turned(self, degrees: float, pivot: Point = (400, 400)) -> Iterator[None]:
        """Turn everything drawn inside clockwise; the light stays where it is."""
        before = (self._turn, self._pivot)
        self._turn, self._pivot = degrees, pivot
        yield
        self._turn, self._pivot = before

    # -- shapes ---------------------------------------------------------------

    def solid(
        self,
        outline: Outline,
        ramp: Ramp,
        form: Form = "plane",
        *,
        clip: Outline | None = None,
        cut: Outline | None = None,
        edge: float = 1.0,
    ) -> None:
        """Paint a lit solid: a flat face, a barrel or a ball.

        ``edge`` scales the lit upper-left and the shaded lower-right border.
        """
        mask = self._mask(outline, clip, cut)
        if mask is None:
            return
        self._paste(self._material(outline, mask, ramp, form), mask)
        if edge:
            self._bevel(mask, ramp, edge)

    def tone(
        self,
        outline: Outline,
        colour: RGB,
        opacity: float = 1.0,
        *,
        clip: Outline | None = None,
        cut: Outline | None = None,
        blur: float = 0,
    ) -> None:
        """Lay an even colour over a shape, softened by ``blur`` units."""
        mask = self._mask(outline, clip, cut, soft=blur)
        if mask is None:
            return
        solid = Image.new("RGB", mask.image.size, colour)
        self._paste(solid, _Mask(_faded(mask.image, opacity), mask.left, mask.top))

    def fade(
        self,
        outline: Outline,
        start: tuple[Point, RGB],
        end: tuple[Point, RGB],
        opacity: float = 1.0,
        *,
        clip: Outline | None = None,
        cut: Outline | None = None,
    ) -> None:
        """Fill a shape with a gradient between two coloured points."""
        mask = self._mask(outline, clip, cut)
        if mask is None:
            return
        stops = ((0.0, start[1]), (1.0, end[1]))
        paint = _linear(mask.box, self._place(start[0]), self._place(end[0]), stops)
        self._paste(paint, _Mask(_faded(mask.image, opacity), mask.left, mask.top))

    # -- light ----------------------------------------------------------------

    def gleam(
        self, line: str, width: float, opacity: float = 0.55, *, blur: float = 0
    ) -> None:
        """A highlight drawn along a path, thinning towards its end."""
        shape = geometry.stroke(line, width, width * 0.35)
        self.tone(shape, (255, 253, 247), opacity, blur=blur)

    def contact(
        self, cx: float, width: float, y: float = FLOOR, strength: float = 1.0
    ) -> None:
        """The soft shadow under something standing; drawn before it."""
        half = width / 2
        wide = geometry.ellipse(cx + half * 0.22, y + 4, half * 1.16, 16 + half * 0.10)
        near = geometry.ellipse(cx + half * 0.05, y + 2, half * 0.98, 8 + half * 0.05)
        self.tone(wide, self._tint.shadow, 0.34 * strength, blur=20)
        self.tone(near, self._tint.shadow, 0.55 * strength, blur=7)

    def drop(
        self,
        outline: Outline,
        *,
        dx: float = 7,
        dy: float = 10,
        blur: float = 9,
        opacity: float = 0.32,
        colour: RGB | None = None,
        clip: Outline | None = None,
    ) -> None:
        """The shadow a shape throws on what is already painted behind it."""
        where = self._tint.shadow if colour is None else colour
        shape = geometry.moved(
            geometry.turned(outline, self._turn, self._pivot), dx, dy
        )
        within = None
        if clip is not None:
            within = geometry.turned(clip, self._turn, self._pivot)
        with self.turned(0):
            self.tone(shape, where, opacity, blur=blur, clip=within)

    def hang(self, outline: Outline) -> None:
        """The shadow of something held a hand's breadth before the wall."""
        self.drop(outline, dx=16, dy=26, blur=17, opacity=0.30)
        self.drop(outline, dx=5, dy=8, blur=5, opacity=0.26)

    # -- inside ---------------------------------------------------------------

    def _place(self, point: Point) -> Point:
        if not self._turn:
            return point
        return geometry.turned([[point]], self._turn, self._pivot)[0][0]

    def _mask(
        self,
        outline: Outline,
        clip: Outline | None,
        cut: Outline | None,
        soft: float = 0,
    ) -> _Mask | None:
        placed = geometry.turned(outline, self._turn, self._pivot)
        left, top, right, bottom = geometry.bounds(placed)
        pad = 1 + round(soft * 2.5)
        box = (
            max(0, int(left) - pad),
            max(0, int(top) - pad),
            min(SIZE, int(right) + 1 + pad),
            min(SIZE, int(bottom) + 1 + pad),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            return None
        image = self._coverage(placed, box)
        if soft:
            image = image.filter(ImageFilter.GaussianBlur(soft))
        for other, keep in ((clip, True), (cut, False)):
            if other is not None:
                shape = geometry.turned(other, self._turn, self._pivot)
                cover = self._coverage(shape, box)
                cover = cover if keep else ImageChops.invert(cover)
                image = ImageChops.multiply(image, cover)
        return _Mask(image, box[0], box[1])

    @staticmethod
    def _coverage(outline: Outline, box: tuple[int, int, int, int]) -> Image.Image:
        left, top, right, bottom = box
        size = ((right - left) * _OVER, (bottom - top) * _OVER)
        image = Image.new("L", size)
        draw = ImageDraw.Draw(image)
        for part in outline:
            if len(part) > 2:
                points = [
                    ((x - left) * _OVER - 0.5, (y - top) * _OVER - 0.5) for x, y in part
                ]
                draw.polygon(points, fill=255)
        return image.reduce(_OVER)

    def _paste(self, paint: Image.Image, mask: _Mask) -> None:
        self.image.paste(paint, (mask.left, mask.top), mask.image)

    def _material(
        self, outline: Outline, mask: _Mask, ramp: Ramp, form: Form
    ) -> Image.Image:
        if form == "flat":
            return Image.new("RGB", mask.image.size, ramp.base)
        if form == "barrel":
            # A barrel turns with its object, so its ends are placed afterwards.
            left, top, right, bottom = geometry.bounds(outline)
            y = (top + bottom) / 2
            ends = self._place((left, y)), self._place((right, y))
            return _linear(mask.box, *ends, _barrel(ramp))
        placed = geometry.turned(outline, self._turn, self._pivot)
        left, top, right, bottom = geometry.bounds(placed)
        width, height = right - left, bottom - top
        if form == "ball":
            centre = (left + width * 0.34, top + height * 0.27)
            return _radial(mask.box, centre, max(width, height) * 0.86, _ball(ramp))
        start = (left + width * 0.15, top)
        end = (right - width * 0.15, max(bottom, top + 1))
        return _linear(mask.box, start, end, _plane(ramp))

    def _bevel(self, mask: _Mask, ramp: Ramp, edge: float) -> None:
        """Light the upper-left border, shade the lower-right one."""
        cover = mask.image
        far, near = max(2, round(9 * edge)), max(1, round(3 * edge))
        dark = ImageChops.subtract(cover, _shifted(cover, -far, -far))
        dark = dark.filter(ImageFilter.GaussianBlur(far * 0.55))
        dark = ImageChops.multiply(dark, cover)
        light = ImageChops.subtract(cover, _shifted(cover, near, near))
        light = light.filter(ImageFilter.GaussianBlur(max(0.6, near * 0.4)))
        light = ImageChops.multiply(light, cover)
        for part, colour, opacity in (
            (dark, ramp.deep, 0.42),
            (light, ramp.pale, 0.75),
        ):
            solid = Image.new("RGB", cover.size, colour)
            self._paste(solid, _Mask(_faded(part, opacity), mask.left, mask.top))
