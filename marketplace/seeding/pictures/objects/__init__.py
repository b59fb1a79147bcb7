"""Every object that can be drawn, by name."""

from collections.abc import Callable
from typing import TypeAlias

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette

from . import (
    care,
    clothing,
    electronics,
    garden,
    home,
    kitchen,
    light,
    potting,
    sound,
    stationery,
    tea,
    toys,
    travel,
    wooden_toys,
)

Drawing: TypeAlias = Callable[[Canvas, Palette], None]

OBJECTS: dict[str, Drawing] = {
    **tea.OBJECTS,
    **kitchen.OBJECTS,
    **home.OBJECTS,
    **light.OBJECTS,
    **stationery.OBJECTS,
    **clothing.OBJECTS,
    **travel.OBJECTS,
    **electronics.OBJECTS,
    **sound.OBJECTS,
    **toys.OBJECTS,
    **wooden_toys.OBJECTS,
    **garden.OBJECTS,
    **potting.OBJECTS,
    **care.OBJECTS,
}
