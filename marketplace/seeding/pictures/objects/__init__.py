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
    potting,
    stationery,
    tea,
    toys,
    travel,
)

Drawing: TypeAlias = Callable[[Canvas, Palette], None]

OBJECTS: dict[str, Drawing] = {
    **tea.OBJECTS,
    **kitchen.OBJECTS,
    **home.OBJECTS,
    **stationery.OBJECTS,
    **clothing.OBJECTS,
    **travel.OBJECTS,
    **electronics.OBJECTS,
    **toys.OBJECTS,
    **garden.OBJECTS,
    **potting.OBJECTS,
    **care.OBJECTS,
}
