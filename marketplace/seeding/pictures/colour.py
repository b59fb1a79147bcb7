"""Colours by name, the ramps that shade them, and the ground tints of categories.

Everything starts in OKLCH (lightness 0-1, chroma, hue in degrees), because equal
steps of it look equal; shades lean towards cool, lights towards warm.
"""

import math
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeAlias

RGB: TypeAlias = tuple[int, int, int]


class Oklch(NamedTuple):
    """A colour as lightness, chroma and hue."""

    lightness: float
    chroma: float
    hue: float


class Ramp(NamedTuple):
    """One material in five lights, from the brightest to the darkest."""

    pale: RGB
    light: RGB
    base: RGB
    shade: RGB
    deep: RGB


@dataclass(frozen=True)
class Palette:
    """What an object is painted with: two colours of its own and the materials."""

    main: Ramp
    accent: Ramp
    cream: Ramp
    paper: Ramp
    wood: Ramp
    steel: Ramp
    brass: Ramp
    ink: Ramp
    leaf: Ramp
    leather: Ramp


@dataclass(frozen=True)
class Tint:
    """The ground of a category: wall, moon behind the object, and shadow."""

    wall_lit: RGB
    wall: RGB
    wall_dim: RGB
    moon: RGB
    shadow: RGB


# Name: colour, and the name of the colour that keeps it company.
COLOURS: dict[str, tuple[Oklch, str]] = {
    "cloud": (Oklch(0.93, 0.010, 95), "celadon"),
    "cream": (Oklch(0.91, 0.035, 88), "persimmon"),
    "sand": (Oklch(0.83, 0.045, 80), "teal"),
    "butter": (Oklch(0.87, 0.095, 93), "indigo"),
    "honey": (Oklch(0.79, 0.135, 76), "walnut"),
    "camel": (Oklch(0.70, 0.085, 68), "ink"),
    "oak": (Oklch(0.75, 0.075, 70), "moss"),
    "walnut": (Oklch(0.47, 0.055, 50), "butter"),
    "ochre": (Oklch(0.70, 0.120, 70), "ink"),
    "persimmon": (Oklch(0.69, 0.150, 48), "cream"),
    "terracotta": (Oklch(0.62, 0.115, 40), "sand"),
    "coral": (Oklch(0.72, 0.125, 28), "cream"),
    "lacquer": (Oklch(0.50, 0.150, 22), "honey"),
    "wine": (Oklch(0.41, 0.105, 12), "sand"),
    "rose": (Oklch(0.79, 0.075, 10), "wine"),
    "plum": (Oklch(0.45, 0.095, 340), "rose"),
    "lilac": (Oklch(0.76, 0.075, 305), "plum"),
    "violet": (Oklch(0.55, 0.110, 293), "butter"),
    "indigo": (Oklch(0.40, 0.090, 268), "persimmon"),
    "cobalt": (Oklch(0.52, 0.135, 258), "butter"),
    "sky": (Oklch(0.78, 0.075, 235), "cobalt"),
    "teal": (Oklch(0.58, 0.085, 205), "butter"),
    "pine": (Oklch(0.42, 0.065, 165), "honey"),
    "jade": (Oklch(0.63, 0.090, 163), "cream"),
    "celadon": (Oklch(0.81, 0.055, 165), "pine"),
    "sage": (Oklch(0.74, 0.050, 140), "cream"),
    "moss": (Oklch(0.57, 0.085, 128), "butter"),
    "bamboo": (Oklch(0.79, 0.095, 112), "pine"),
    "silver": (Oklch(0.82, 0.010, 240), "cobalt"),
    "slate": (Oklch(0.55, 0.025, 245), "honey"),
    "graphite": (Oklch(0.39, 0.012, 255), "coral"),
    "ink": (Oklch(0.31, 0.022, 260), "honey"),
}

# Name: lightness, chroma and hue of the wall.
TINTS: dict[str, Oklch] = {
    "mist": Oklch(0.925, 0.026, 170),
    "apricot": Oklch(0.930, 0.034, 68),
    "linen": Oklch(0.925, 0.020, 85),
    "paper": Oklch(0.928, 0.030, 100),
    "blush": Oklch(0.922, 0.028, 25),
    "dawn": Oklch(0.922, 0.028, 245),
    "pearl": Oklch(0.918, 0.014, 265),
    "lemon": Oklch(0.940, 0.046, 102),
    "dew": Oklch(0.925, 0.036, 140),
    "petal": Oklch(0.920, 0.026, 330),
}

_MATERIALS: dict[str, Oklch] = {
    "cream": Oklch(0.94, 0.022, 88),
    "paper": Oklch(0.965, 0.010, 92),
    "wood": Oklch(0.72, 0.080, 68),
    "steel": Oklch(0.80, 0.010, 240),
    "brass": Oklch(0.78, 0.105, 84),
    "ink": Oklch(0.30, 0.018, 260),
    "leaf": Oklch(0.58, 0.100, 140),
    "leather": Oklch(0.55, 0.085, 52),
}


def rgb(colour: Oklch) -> RGB:
    """The nearest sRGB colour; chroma gives way where the screen cannot show it."""
    chroma = colour.chroma
    while True:
        channels = _linear_rgb(colour.lightness, chroma, colour.hue)
        if chroma <= 0 or all(-0.0005 <= c <= 1.0005 for c in channels):
            red, green, blue = (_encode(c) for c in channels)
            return (red, green, blue)
        chroma = max(0.0, chroma - 0.004)


def _linear_rgb(lightness: float, chroma: float, hue: float) -> tuple[float, ...]:
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _encode(linear: float) -> int:
    value = min(max(linear, 0.0), 1.0)
    encoded = (
        12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    )
    return round(encoded * 255)


def _towards(hue: float, target: float, degrees: float) -> float:
    """Turn a hue by at most some degrees towards another, the short way round."""
    difference = (target - hue + 180) % 360 - 180
    return hue + max(-degrees, min(degrees, difference))


def ramp(colour: Oklch) -> Ramp:
    """The five lights of a material."""
    lightness, chroma, hue = colour
    # Dark things take smaller steps down and larger ones up.
    up = 0.055 + 0.05 * (1 - lightness)
    down = 0.035 + 0.075 * lightness
    warm, cool = _towards(hue, 85, 4), _towards(hue, 285, 4)
    return Ramp(
        pale=rgb(Oklch(min(lightness + 2.2 * up, 0.985), chroma * 0.60, warm)),
        light=rgb(Oklch(min(lightness + up, 0.975), chroma * 0.88, warm)),
        base=rgb(colour),
        shade=rgb(Oklch(lightness - down, chroma * 1.04 + 0.004, cool)),
        deep=rgb(Oklch(lightness - 2.3 * down, chroma * 1.02 + 0.008, cool)),
    )


@cache
def palette(name: str) -> Palette:
    """The palette of a named colour.

    :raises KeyError: when no colour has that name.
    """
    colour, companion = COLOURS[name]
    materials = {key: ramp(value) for key, value in _MATERIALS.items()}
    return Palette(main=ramp(colour), accent=ramp(COLOURS[companion][0]), **materials)


@cache
def tint(name: str) -> Tint:
    """The ground of a named tint.

    :raises KeyError: when no tint has that name.
    """
    lightness, chroma, hue = TINTS[name]
    return Tint(
        wall_lit=rgb(Oklch(lightness + 0.022, chroma * 0.8, hue)),
        wall=rgb(Oklch(lightness, chroma, hue)),
        wall_dim=rgb(Oklch(lightness - 0.028, chroma * 1.15, hue)),
        moon=rgb(Oklch(min(lightness + 0.040, 0.985), chroma * 0.55, hue)),
        shadow=rgb(Oklch(lightness - 0.48, chroma * 1.5 + 0.02, hue)),
    )
