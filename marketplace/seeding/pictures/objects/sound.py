"""Things to listen with."""

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette
from marketplace.seeding.pictures.geometry import (
    Outline,
    box,
    dashes,
    ellipse,
    stroke,
)


def headphones(c: Canvas, p: Palette) -> None:
    """Over-ear headphones standing on their cups."""
    for x in (216, 592):
        c.contact(x, 110, 648)
    inner = "M 232 470 C 226 110 574 110 568 470"
    c.solid(stroke(inner, 22), p.ink, edge=0.6)
    band = "M 206 440 C 190 60 610 60 594 440"
    c.solid(stroke(band, 40), p.main, edge=1.1)
    c.tone(dashes("M 226 380 C 240 120 560 120 574 380", 3, 9, 7), p.main.pale, 0.6)
    pad = "M 292 158 C 350 126 450 126 508 158"
    c.solid(stroke(pad, 44), p.accent, edge=0.9)
    for side in (1, -1):
        x = 400 + side * 194
        c.solid(box(x - 10, 370, 20, 110, 6), p.steel, "barrel", edge=0.4)
        cushion = ellipse(x - side * 40, 536, 44, 108)
        c.solid(cushion, p.ink, "ball", edge=1.1)
        cup = ellipse(x + side * 4, 536, 60, 112)
        c.drop(
            cup,
            dx=-side * 5,
            dy=5,
            blur=5,
            opacity=0.4,
            colour=p.ink.deep,
            clip=cushion,
        )
        c.solid(cup, p.main, "ball", edge=1.5)
        plate = ellipse(x + side * 14, 536, 38, 82)
        c.solid(plate, p.main, "plane", edge=0.8)
        c.tone(
            ellipse(x + side * 14, 536, 40, 84),
            p.brass.base,
            cut=ellipse(x + side * 14, 536, 36, 80),
        )
    c.gleam("M 210 320 C 222 200 280 128 360 108", 9, 0.5, blur=2)


def speaker(c: Canvas, p: Palette) -> None:
    """A cloth-covered speaker with a strap and a brass knob."""
    c.contact(400, 470)
    strap = "M 182 330 C 176 176 300 168 400 168 C 500 168 624 176 618 330"
    c.solid(stroke(strap, 30), p.leather, edge=0.8)
    body = box(148, 266, 504, 380, 66)
    c.solid(body, p.wood, "plane", edge=1.6)
    cloth = box(172, 290, 456, 332, 48)
    c.tone(box(168, 286, 464, 340, 52), p.wood.deep, 0.8)
    c.solid(cloth, p.main, "plane", edge=1.2)
    weave: Outline = []
    for row in range(24):
        for col in range(33):
            x, y = 180 + col * 14 + (row % 2) * 7, 298 + row * 14
            weave.append([(x - 3.6, y), (x, y - 2.6), (x + 3.6, y), (x, y + 2.6)])
    c.tone(weave, p.main.deep, 0.5, clip=cloth)
    c.tone(ellipse(400, 452, 132), p.main.deep, 0.28, clip=cloth, blur=12)
    c.tone(ellipse(392, 440, 120), p.main.pale, 0.22, clip=cloth, blur=20)
    for x in (182, 618):
        c.solid(ellipse(x, 332, 20), p.brass, "ball", edge=0.5)
        c.tone(stroke(f"M {x - 8} 336 L {x + 8} 328", 4), p.brass.deep)
    knob = ellipse(572, 568, 36)
    c.drop(knob, dx=4, dy=8, blur=6, opacity=0.6, colour=p.main.deep)
    c.solid(knob, p.brass, "ball", edge=0.8)
    c.solid(ellipse(572, 568, 25), p.brass, "plane", edge=0.5)
    c.tone(stroke("M 572 564 L 586 548", 5), p.brass.deep)
    c.solid(box(200, 584, 60, 20, 6), p.paper, edge=0.3)
    c.tone(ellipse(216, 594, 5), p.accent.base)
    c.tone(box(228, 591, 22, 5, 2), p.ink.pale)


OBJECTS = {
    "headphones": headphones,
    "speaker": speaker,
}
