"""The drawing surface: shaded solids, tones, gleams and soft shadows.

Masks are drawn three times larger and reduced, so edges are crisp; light always
falls from the upper left, and a fainter one returns from the lower right.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from . import geometry, paint
from .colour import RGB, Ramp, Tint
from .geometry import Outline, Point

SIZE = 800
FLOOR = 640
_OVER = 3

Form: TypeAlias = Literal["plane", "barrel", "ball", "flat"]


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


def _shifted(mask: Image.Image, dx: int, dy: int) -> Image.Image:
    """The mask moved within its frame, empty where nothing moved in."""
    return mask.crop((-dx, -dy, mask.width - dx, mask.height - dy))


def _faded(mask: Image.Image, opacity: float) -> Image.Image:
    """The mask at a part of its strength."""
    if opacity >= 1:
        return mask
    return mask.point([round(i * opacity) for i in range(256)])


@cache
def _ground(tint: Tint) -> Image.Image:
    """The wall in its light, and the moon behind the object."""
    whole = (0, 0, SIZE, SIZE)
    wall = paint.linear(
        whole,
        (60, 0),
        (740, 800),
        ((0, tint.wall_lit), (0.55, tint.wall), (1, tint.wall_dim)),
    )
    moon = paint.linear(
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
        ends = self._place(start[0]), self._place(end[0])
        shade = paint.linear(mask.box, *ends, stops)
        self._paste(shade, _Mask(_faded(mask.image, opacity), mask.left, mask.top))

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

    def _paste(self, colours: Image.Image, mask: _Mask) -> None:
        self.image.paste(colours, (mask.left, mask.top), mask.image)

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
            return paint.linear(mask.box, *ends, paint.barrel(ramp))
        placed = geometry.turned(outline, self._turn, self._pivot)
        left, top, right, bottom = geometry.bounds(placed)
        width, height = right - left, bottom - top
        if form == "ball":
            centre = (left + width * 0.34, top + height * 0.27)
            reach = max(width, height) * 0.86
            return paint.radial(mask.box, centre, reach, paint.ball(ramp))
        start = (left + width * 0.15, top)
        end = (right - width * 0.15, max(bottom, top + 1))
        return paint.linear(mask.box, start, end, paint.plane(ramp))

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
