"""Product pictures drawn by our own code: ``render`` one, ``render_many`` a shop.

Pictures are deterministic: the same name, colour and tint give the same bytes
with the same version of Pillow.
"""

from .colour import COLOURS, TINTS, Palette
from .objects import OBJECTS
from .rendering import Picture, draw, render, render_many, render_set

__all__ = [
    "COLOURS",
    "OBJECTS",
    "TINTS",
    "Palette",
    "Picture",
    "draw",
    "render",
    "render_many",
    "render_set",
]
