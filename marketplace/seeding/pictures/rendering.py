"""From names to files: pictures as WebP in the three sizes the shop shows."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from multiprocessing import get_context

from PIL import Image

from . import colour as colours
from .canvas import SIZE, Canvas
from .colour import Palette
from .objects import OBJECTS

# Width in pixels and WebP quality; small sizes need more of it to stay crisp.
_SIZES = {SIZE: 84, 400: 84, 96: 90}


@dataclass(frozen=True)
class Picture:
    """What to draw: an object, its main colour and the ground's tint, by name."""

    object_name: str
    colour: str
    tint: str


def draw(object_name: str, *, palette: Palette | str, tint: str) -> Image.Image:
    """Draw an object on its ground, 800 x 800 pixels, RGB.

    :raises KeyError: when the object, the colour or the tint has no such name.
    """
    paint = colours.palette(palette) if isinstance(palette, str) else palette
    canvas = Canvas(colours.tint(tint))
    OBJECTS[object_name](canvas, paint)
    return canvas.image


def render(object_name: str, colour: str, tint: str) -> bytes:
    """The picture as WebP, 800 x 800 pixels.

    :raises KeyError: when the object, the colour or the tint has no such name.
    """
    return _webp(draw(object_name, palette=colour, tint=tint), _SIZES[SIZE])


def render_set(object_name: str, colour: str, tint: str) -> dict[str, bytes]:
    """The picture as WebP in every size, by its width in pixels ("800", "400", "96").

    :raises KeyError: when the object, the colour or the tint has no such name.
    """
    full = draw(object_name, palette=colour, tint=tint)
    files = {}
    for width, quality in _SIZES.items():
        image = full
        if width != SIZE:
            image = full.resize((width, width), Image.Resampling.LANCZOS)
        files[str(width)] = _webp(image, quality)
    return files


def render_many(
    pictures: Iterable[Picture], *, processes: int = 2
) -> dict[Picture, dict[str, bytes]]:
    """``render_set`` for every different picture, on several processor cores.

    With ``processes=1`` everything is drawn here, as a task worker needs that may
    not start processes of its own.

    :raises KeyError: when an object, a colour or a tint has no such name.
    """
    wanted = list(dict.fromkeys(pictures))
    if processes == 1:
        return {picture: _render(picture) for picture in wanted}
    # Spawned, not forked: a fork would share the caller's database connections.
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        files = pool.map(_render, wanted, chunksize=8)
        return dict(zip(wanted, files, strict=True))


def _render(picture: Picture) -> dict[str, bytes]:
    return render_set(picture.object_name, picture.colour, picture.tint)


def _webp(image: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", quality=quality, method=2)
    return out.getvalue()
