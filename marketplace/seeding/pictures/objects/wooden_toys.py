"""Toys turned and sawn from wood."""

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette, Ramp
from marketplace.seeding.pictures.geometry import (
    Outline,
    belt,
    box,
    drum,
    ellipse,
    mirrored,
    path,
    polygon,
    stroke,
)
from marketplace.seeding.pictures.objects.parts import star


def _cube(c: Canvas, x: float, y: float, size: float, ramp: Ramp) -> Outline:
    """A block's front face with its top edge; returns the face."""
    lift = size * 0.13
    top = polygon(
        (x, y), (x + size, y), (x + size * 0.94, y - lift), (x + size * 0.06, y - lift)
    )
    c.solid(top, ramp, "flat", edge=0.2)
    c.tone(top, ramp.pale, 0.7)
    face = box(x, y, size, size, 9)
    c.solid(face, ramp, edge=1.1)
    return face


def blocks(c: Canvas, p: Palette) -> None:
    """A small castle of wooden blocks."""
    c.contact(400, 530)
    for x in (140, 520):
        face = _cube(c, x, 502, 140, p.brass if x == 140 else p.main)
        if x == 140:
            c.tone(ellipse(x + 70, 572, 38), p.paper.light, clip=face)
            c.tone(ellipse(x + 70, 572, 20), p.main.base, clip=face)
        else:
            c.tone(star((x + 70, 574), 40), p.paper.light, clip=face)
    top = polygon((290, 502), (510, 502), (500, 486), (300, 486))
    c.solid(top, p.wood, edge=0.2)
    c.tone(top, p.wood.pale, 0.6)
    arch = path(
        "M 290 502 L 510 502 L 510 642 L 472 642 C 472 520 328 520 328 642 L 290 642 Z"
    )
    c.fade(
        path("M 328 642 C 328 520 472 520 472 642 Z"),
        ((330, 560), p.wood.deep),
        ((470, 642), p.wood.shade),
        0.85,
    )
    c.solid(arch, p.wood, edge=1.1)
    for x in (166, 546):
        pillar = drum(x + 44, 382, 494, 44, tilt=0.2)
        c.drop(pillar, dx=5, dy=2, blur=5, opacity=0.3)
        c.solid(pillar, p.cream if x == 166 else p.wood, "barrel")
        c.solid(ellipse(x + 44, 382, 44, 9), p.cream if x == 166 else p.wood, edge=0.3)
        cone = path(
            f"M {x + 44} 262 L {x + 104} 376 C {x + 90} 394 {x - 2} 394 {x - 16} 376 Z"
        )
        c.drop(cone, dx=2, dy=6, blur=5, opacity=0.35, clip=pillar)
        c.solid(cone, p.main if x == 166 else p.leaf, "barrel", edge=0.9)
    mid = _cube(c, 330, 346, 140, p.main)
    window = path("M 372 462 L 372 416 C 372 378 428 378 428 416 L 428 462 Z")
    c.tone(window, p.main.deep, 0.85, clip=mid)
    c.tone(stroke("M 400 390 L 400 462 M 372 426 L 428 426", 5), p.cream.light)
    c.tone(stroke("M 372 428 L 428 428", 5), p.cream.light)
    roof = polygon((400, 196), (500, 334), (300, 334))
    c.drop(roof, dx=3, dy=7, blur=5, opacity=0.4, colour=p.main.deep, clip=mid)
    c.solid(roof, p.brass, edge=1.2)
    c.tone(stroke("M 400 196 L 400 140", 7), p.wood.base)
    c.solid(path("M 402 140 L 464 158 L 402 178 Z"), p.main, edge=0.5)
    c.contact(640, 90, 656, 0.7)
    c.solid(ellipse(660, 612, 40), p.brass, "ball", edge=0.9)


def _wheel(c: Canvas, x: float, y: float, r: float, ramp: Ramp, hub: Ramp) -> None:
    """A toy wheel with its hub."""
    c.solid(ellipse(x, y, r), ramp, "ball", edge=0.9)
    c.solid(ellipse(x, y, r * 0.66), ramp, edge=0.5)
    c.solid(ellipse(x, y, r * 0.26), hub, "ball", edge=0.4)


def train(c: Canvas, p: Palette) -> None:
    """A wooden engine with one wagon of blocks, bound for the left."""
    c.contact(270, 360, 642)
    c.contact(600, 220, 642)
    c.solid(box(96, 626, 610, 20, 6), p.wood, edge=0.6)
    for x in range(120, 700, 50):
        c.tone(box(x, 628, 8, 16, 2), p.wood.deep, 0.4)
    c.solid(box(440, 540, 90, 14, 5), p.steel, edge=0.4)
    for x, y, ramp in ((520, 424, p.accent), (592, 410, p.brass), (560, 392, p.leaf)):
        c.solid(box(x, y, 74, 90, 8), ramp, edge=0.9)
    c.solid(path("M 486 474 L 700 474 L 688 564 L 498 564 Z"), p.wood, edge=1.2)
    c.tone(stroke("M 492 504 L 694 504", 3), p.wood.deep, 0.5)
    c.solid(box(488, 556, 210, 22, 8), p.wood, edge=0.7)
    for x in (540, 648):
        _wheel(c, x, 586, 42, p.main, p.brass)
    smoke = ((184, 226, 25), (160, 178, 32), (196, 126, 40))
    for x, y, r in smoke:
        c.solid(ellipse(x, y, r), p.paper, "ball", edge=0.5)
    c.solid(
        path("M 158 316 L 146 254 L 222 254 L 210 316 L 206 390 L 162 390 Z"),
        p.ink,
        "barrel",
        edge=0.8,
    )
    c.solid(box(138, 242, 92, 24, 8), p.brass, "barrel", edge=0.5)
    c.solid(path("M 258 380 C 258 344 308 344 308 380 Z"), p.brass, "ball", edge=0.5)
    boiler = box(110, 372, 240, 156, 32)
    c.solid(boiler, p.main, "plane", edge=1.6)
    for x in (176, 258):
        c.solid(box(x, 372, 15, 156), p.brass, edge=0.3)
    c.solid(ellipse(114, 450, 24, 46), p.cream, "ball", edge=0.6)
    cab = box(316, 292, 140, 236, 12)
    c.solid(cab, p.accent, "plane", edge=1.4)
    c.solid(box(344, 330, 84, 82, 12), p.paper, edge=0.4)
    c.fade(
        box(352, 338, 68, 66, 8),
        ((352, 338), p.steel.pale),
        ((420, 404), p.steel.shade),
    )
    c.drop(
        box(296, 272, 180, 30, 10),
        dx=2,
        dy=7,
        blur=5,
        opacity=0.4,
        colour=p.accent.deep,
        clip=cab,
    )
    c.solid(box(296, 268, 180, 32, 12), p.main, edge=0.8)
    c.solid(box(94, 520, 376, 32, 10), p.wood, edge=0.8)
    c.solid(path("M 96 552 L 70 614 L 130 614 L 140 552 Z"), p.main, edge=0.8)
    for x, r in ((180, 46), (282, 46)):
        _wheel(c, x, 628 - r, r, p.accent, p.brass)
    _wheel(c, 398, 562, 66, p.accent, p.brass)
    c.solid(stroke("M 180 590 L 398 580", 13), p.steel, edge=0.4)
    for x, y in ((180, 590), (398, 580)):
        c.solid(ellipse(x, y, 11), p.brass, "ball", edge=0.3)


def spinning_top(c: Canvas, p: Palette) -> None:
    """A painted wooden top, leaning as it turns."""
    c.contact(424, 190, 664, 0.9)
    for rx, opacity in ((330, 0.55), (280, 0.4)):
        swirl = ellipse(410, 600, rx, rx * 0.16)
        hole = ellipse(414, 598, rx - 5, rx * 0.16 - 4)
        c.tone(swirl, (255, 255, 255), opacity, cut=hole + box(300, 480, 500, 124))
    with c.turned(11, (410, 660)):
        c.solid(
            path("M 396 606 L 424 606 L 414 664 L 406 664 Z"),
            p.steel,
            "barrel",
            edge=0.3,
        )
        body = mirrored(
            "M 410 270 C 520 274 640 330 648 404 C 646 480 520 560 440 616 C 430 "
            "622 420 622 410 622",
            410,
        )
        c.solid(body, p.main, "barrel", edge=1.6)
        for y, height, ramp in (
            (430, 32, p.cream),
            (478, 20, p.accent),
            (518, 14, p.cream),
            (556, 16, p.accent),
        ):
            c.solid(
                belt(410, y, y + height, 240, 0.2), ramp, "barrel", clip=body, edge=0
            )
        upper = ellipse(410, 386, 234, 96)
        c.solid(upper, p.main, "plane", edge=0.8)
        for k, ramp in (
            (0.86, p.cream),
            (0.70, p.accent),
            (0.54, p.cream),
            (0.38, p.main),
        ):
            ring = ellipse(410, 384 - (1 - k) * 22, 234 * k, 96 * k)
            c.solid(ring, ramp, "plane", edge=0.4)
        c.solid(drum(410, 226, 360, 22, 32, 0.2), p.wood, "barrel", edge=0.6)
        c.solid(ellipse(410, 200, 36, 34), p.accent, "ball", edge=0.8)
        c.gleam("M 204 386 C 226 346 280 318 340 306", 12, 0.5, blur=3)


OBJECTS = {
    "blocks": blocks,
    "train": train,
    "spinning_top": spinning_top,
}
