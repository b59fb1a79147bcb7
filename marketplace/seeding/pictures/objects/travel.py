"""Bags and cases."""

import math

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette
from marketplace.seeding.pictures.geometry import (
    box,
    dashes,
    ellipse,
    mirrored,
    path,
    stroke,
)


def backpack(c: Canvas, p: Palette) -> None:
    """A canvas day pack with leather straps and a front pocket."""
    c.contact(400, 400)
    for side in (1, -1):
        strap = (
            f"M {400 + side * 130} 250 C {400 + side * 250} 280 "
            f"{400 + side * 270} 470 {400 + side * 196} 600"
        )
        c.solid(stroke(strap, 34, 28), p.main, edge=0.7)
    c.solid(stroke("M 348 158 C 348 96 452 96 452 158", 19), p.leather, edge=0.5)
    body = mirrored(
        "M 400 138 C 500 138 566 190 580 290 C 594 400 600 500 598 590 C 596 630 "
        "576 648 540 648 L 400 648"
    )
    c.solid(body, p.main, "plane", edge=2)
    for side in (1, -1):
        pouch = path(
            f"M {400 + side * 186} 440 C {400 + side * 226} 440 "
            f"{400 + side * 232} 470 {400 + side * 230} 560 "
            f"C {400 + side * 228} 610 {400 + side * 214} 626 {400 + side * 184} 628 Z"
        )
        c.solid(pouch, p.main, edge=1)
    pocket = path(
        "M 256 440 L 544 440 C 556 440 560 448 560 460 L 556 590 C 554 616 542 "
        "626 518 626 L 282 626 "
        "C 258 626 246 616 244 590 L 240 460 C 240 448 244 440 256 440 Z"
    )
    c.drop(pocket, dx=4, dy=7, blur=6, opacity=0.5, colour=p.main.deep, clip=body)
    c.solid(pocket, p.main, edge=1.4)
    c.tone(
        dashes(
            "M 256 500 L 258 588 C 258 604 266 612 284 612 L 516 612 C 534 612 "
            "542 604 542 588 L 544 500",
            3,
            10,
            7,
        ),
        p.main.pale,
        0.85,
    )
    flap = path(
        "M 246 432 L 554 432 C 562 432 566 438 566 446 L 560 486 C 558 496 552 "
        "500 542 500 L 258 500 C 248 500 242 496 240 486 L 234 446 C 234 438 238 "
        "432 246 432 Z"
    )
    c.drop(flap, dx=2, dy=7, blur=4, opacity=0.5, colour=p.main.deep, clip=pocket)
    c.solid(flap, p.main, edge=1)
    top = mirrored(
        "M 400 138 C 500 138 566 190 580 290 C 584 330 578 358 560 370 C 520 388 "
        "460 392 400 392"
    )
    c.drop(top, dx=3, dy=9, blur=6, opacity=0.5, colour=p.main.deep, clip=body)
    c.solid(top, p.main, "plane", edge=1.6)
    c.tone(
        dashes(
            "M 234 346 C 240 364 330 378 400 378 C 470 378 560 364 566 346", 3, 10, 7
        ),
        p.main.pale,
        0.85,
    )
    for x in (316, 484):
        c.drop(
            box(x - 14, 262, 28, 186, 6),
            dx=3,
            dy=5,
            blur=4,
            opacity=0.45,
            colour=p.main.deep,
        )
        c.solid(box(x - 14, 256, 28, 190, 6), p.leather, "barrel", edge=0.5)
        c.solid(
            box(x - 22, 372, 44, 36, 7),
            p.brass,
            edge=0.5,
            cut=box(x - 13, 381, 26, 18, 3),
        )
        c.solid(box(x - 3, 376, 6, 28, 2), p.brass, edge=0.2)
        c.tone(ellipse(x, 430, 4), p.leather.deep)
    c.solid(box(366, 456, 68, 26, 8), p.leather, edge=0.5)
    c.gleam("M 248 300 C 254 246 280 204 324 180", 19, 0.3, blur=5)


def suitcase(c: Canvas, p: Palette) -> None:
    """A ribbed cabin suitcase with its handle drawn out."""
    c.contact(400, 320, 662)
    for x in (342, 446):
        c.solid(box(x, 96, 13, 140, 4), p.steel, "barrel", edge=0.3)
    c.solid(box(326, 78, 148, 34, 15), p.ink, edge=0.7)
    for x in (276, 500):
        c.solid(box(x - 18, 612, 60, 30, 8), p.ink, edge=0.4)
        c.solid(ellipse(x + 12, 644, 21), p.ink, "ball", edge=0.6)
        c.solid(ellipse(x + 12, 644, 8), p.steel, edge=0.2)
    shell = box(230, 196, 340, 430, 52)
    c.solid(shell, p.main, "plane", edge=2)
    for x in (282, 332, 382, 432, 482, 526):
        c.tone(box(x - 6, 214, 12, 394, 6), p.main.deep, 0.34, clip=shell)
        c.tone(box(x - 9, 214, 4, 394, 2), p.main.pale, 0.65, clip=shell)
    for x, y in ((230, 196), (570, 196), (230, 626), (570, 626)):
        corner = ellipse(x, y, 78)
        c.solid(corner, p.main, clip=shell, edge=0.8)
    c.solid(box(350, 204, 100, 26, 13), p.ink, edge=0.5)
    c.solid(box(548, 366, 26, 92, 12), p.ink, "barrel", edge=0.5)
    c.tone(stroke("M 420 226 C 440 256 450 270 462 288", 5), p.leather.deep)
    with c.turned(-16, (470, 330)):
        tag = box(430, 286, 80, 118, 14)
        c.drop(tag, dx=5, dy=8, blur=5, opacity=0.5, colour=p.main.deep)
        c.solid(tag, p.leather, edge=0.7)
        c.solid(box(444, 324, 52, 66, 5), p.paper, edge=0.3)
        c.tone(ellipse(470, 304, 7), p.leather.deep)
        for y in (342, 356, 370):
            c.tone(box(452, y, 34 if y < 370 else 20, 4, 2), p.ink.pale)
    c.gleam("M 254 280 L 254 500", 11, 0.5, blur=2)


def tote(c: Canvas, p: Palette) -> None:
    """A canvas tote printed with a sunrise."""
    c.contact(400, 400)
    c.solid(stroke("M 312 330 C 312 130 488 130 488 330", 26), p.main, edge=0.6)
    c.tone(path("M 204 304 L 596 304 L 590 330 L 210 330 Z"), p.main.deep)
    bag = path(
        "M 200 312 C 330 326 470 326 600 312 L 622 620 C 622 640 612 648 596 648 "
        "L 204 648 C 188 648 178 640 178 620 Z"
    )
    c.solid(bag, p.main, "plane", edge=2)
    sun = ellipse(400, 484, 84)
    above = box(200, 340, 400, 168)
    c.tone(sun, p.accent.base, clip=above)
    for i in range(9):
        angle = math.radians(-90 + 22.5 * (i - 4))
        ray = [
            (400 + 104 * math.cos(angle), 484 + 104 * math.sin(angle)),
            (400 + 132 * math.cos(angle), 484 + 132 * math.sin(angle)),
        ]
        c.tone(stroke(ray, 11), p.accent.base, clip=above)
    for y, half in ((514, 130), (538, 96), (562, 60)):
        c.tone(
            stroke(
                f"M {400 - half} {y} C {400 - half / 3:.0f} {y - 14} "
                f"{400 + half / 3:.0f} {y + 14} {400 + half} {y}",
                10,
            ),
            p.accent.base,
        )
    c.tone(dashes("M 204 342 C 330 356 470 356 596 342", 3, 11, 7), p.main.deep, 0.6)
    front = "M 300 372 C 296 240 330 166 400 166 C 470 166 504 240 500 372"
    c.drop(
        stroke(front, 28),
        dx=4,
        dy=6,
        blur=5,
        opacity=0.35,
        colour=p.main.deep,
        clip=bag,
    )
    c.solid(stroke(front, 28), p.main, edge=0.8)
    for x in (300, 500):
        c.tone(
            stroke(f"M {x - 8} 344 L {x + 8} 370 M {x + 8} 344 L {x - 8} 370", 3),
            p.main.deep,
            0.7,
        )
        c.tone(stroke(f"M {x + 8} 344 L {x - 8} 370", 3), p.main.deep, 0.7)
    for fold in (
        "M 206 640 C 230 600 236 560 230 510",
        "M 594 640 C 570 600 564 560 570 510",
    ):
        c.tone(stroke(fold, 16, 4), p.main.deep, 0.28, blur=7, clip=bag)


OBJECTS = {
    "backpack": backpack,
    "suitcase": suitcase,
    "tote": tote,
}
