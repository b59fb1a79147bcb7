"""Every object that can be drawn, by name."""

from collections.abc import Callable
from typing import TypeAlias

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette

from . import (
    care,
    clothing,
    electronics,
    footwear,
    garden,
    home,
    kitchen,
    light,
    outdoors,
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
    **footwear.OBJECTS,
    **travel.OBJECTS,
    **outdoors.OBJECTS,
    **electronics.OBJECTS,
    **sound.OBJECTS,
    **toys.OBJECTS,
    **wooden_toys.OBJECTS,
    **garden.OBJECTS,
    **potting.OBJECTS,
    **care.OBJECTS,
}
