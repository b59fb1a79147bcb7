"""Plants and what looks after them."""

import math

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette
from marketplace.seeding.pictures.geometry import (
    Outline,
    belt,
    box,
    drum,
    ellipse,
    mirrored,
    path,
    stroke,
)


def _pot(c: Canvas, p: Palette, top: float, radius: float) -> None:
    """A tapering pot with a rim and soil, standing on the floor."""
    c.contact(400, radius * 1.5)
    body = drum(400, top + 30, 626, radius * 0.92, radius * 0.68, 0.14)
    c.solid(body, p.main, "barrel", edge=1.2)
    rim = drum(400, top, top + 52, radius, radius * 0.97, 0.15)
    c.drop(rim, dx=0, dy=9, blur=6, opacity=0.45, colour=p.main.deep, clip=body)
    c.solid(rim, p.main, "barrel")
    c.solid(ellipse(400, top, radius, radius * 0.15), p.main, edge=0.5)
    c.fade(
        ellipse(400, top + 2, radius * 0.88, radius * 0.12),
        ((300, top), (70, 52, 44)),
        ((500, top), (104, 80, 64)),
    )


def _leaf(
    c: Canvas, p: Palette, degrees: float, base: tuple[float, float], length: float
) -> None:
    """A broad pointed leaf with a pale vein, growing from its base."""
    x, y = base
    half = length * 0.27
    with c.turned(degrees, base):
        leaf = path(
            f"M {x} {y} C {x - half:.0f} {y - length * 0.16:.0f} "
            f"{x - half * 1.3:.0f} {y - length * 0.6:.0f} {x} {y - length} "
            f"C {x + half * 1.3:.0f} {y - length * 0.6:.0f} {x + half:.0f} "
            f"{y - length * 0.16:.0f} {x} {y} Z"
        )
        c.drop(leaf, dx=7, dy=9, blur=7, opacity=0.28)
        c.solid(leaf, p.leaf, edge=1)
        dark = path(
            f"M {x} {y} C {x + half:.0f} {y - length * 0.16:.0f} "
            f"{x + half * 1.3:.0f} {y - length * 0.6:.0f} {x} {y - length} Z"
        )
        c.tone(dark, p.leaf.deep, 0.32, clip=leaf)
        c.tone(
            stroke(f"M {x} {y} L {x} {y - length * 0.92:.0f}", 5, 2), p.leaf.pale, 0.9
        )
        for k in (0.25, 0.4, 0.55, 0.7):
            vy = y - length * k
            c.tone(
                stroke(
                    f"M {x} {vy:.0f} L {x - half * 0.8:.0f} {vy - length * 0.11:.0f}",
                    2.5,
                ),
                p.leaf.pale,
                0.5,
                clip=leaf,
            )
            c.tone(
                stroke(
                    f"M {x} {vy:.0f} L {x + half * 0.8:.0f} {vy - length * 0.11:.0f}",
                    2.5,
                ),
                p.leaf.pale,
                0.4,
                clip=leaf,
            )


def plant(c: Canvas, p: Palette) -> None:
    """A young rubber fig in a glazed pot."""
    _pot(c, p, 456, 138)
    for stem in (
        "M 400 458 C 396 380 402 300 398 210",
        "M 400 440 C 380 400 350 370 320 350",
        "M 400 420 C 424 380 452 350 486 330",
    ):
        c.tone(stroke(stem, 11, 7), p.leaf.deep)
    for degrees, base, length in (
        (-52, (352, 370), 206),
        (56, (456, 350), 212),
        (-30, (396, 330), 236),
        (34, (402, 310), 230),
        (-84, (372, 420), 176),
        (86, (430, 412), 178),
        (-4, (398, 262), 190),
    ):
        _leaf(c, p, degrees, base, length)


def cactus(c: Canvas, p: Palette) -> None:
    """A ball cactus in flower."""
    _pot(c, p, 472, 150)
    body = ellipse(400, 352, 156, 150)
    lower = path("M 200 100 L 600 100 L 600 472 C 560 494 240 494 200 472 Z")
    c.solid(body, p.leaf, "ball", clip=lower, edge=1.6)
    spines: Outline = []
    for k in (-0.92, -0.68, -0.36, 0.0, 0.36, 0.68, 0.92):
        x = 400 + 156 * k
        bow = 400 + 156 * k * 1.12
        rib = (
            f"M {400 + 30 * k:.0f} 204 C {bow:.0f} 260 {bow:.0f} 430 "
            f"{x * 0.9 + 40:.0f} 486"
        )
        c.tone(stroke(rib, 10, 7), p.leaf.deep, 0.42, clip=body)
        for i in range(7):
            t = 0.12 + i * 0.125
            s = 1 - t
            sx = (
                s**3 * (400 + 30 * k)
                + 3 * s * s * t * bow
                + 3 * s * t * t * bow
                + t**3 * (x * 0.9 + 40)
            )
            sy = s**3 * 204 + 3 * s * s * t * 260 + 3 * s * t * t * 430 + t**3 * 486
            sx += 24 * (1 if k < 0 else -1) * min(1.0, abs(k) * 2 + 0.3)
            for a in (-110, -70, -150, -30):
                end = (
                    sx + 11 * math.cos(math.radians(a)),
                    sy + 11 * math.sin(math.radians(a)),
                )
                spines += stroke([(sx, sy), end], 2.4)
    c.tone(spines, (255, 250, 226), 0.95, clip=lower)
    for x, y, r in ((352, 204, 36), (446, 196, 44), (400, 180, 30)):
        for i in range(9):
            with c.turned(40 * i, (x, y)):
                petal = path(
                    f"M {x} {y} C {x - r * 0.34:.0f} {y - r * 0.5:.0f} "
                    f"{x - r * 0.2:.0f} {y - r * 0.95:.0f} {x} {y - r * 1.15:.0f} "
                    f"C {x + r * 0.2:.0f} {y - r * 0.95:.0f} {x + r * 0.34:.0f} "
                    f"{y - r * 0.5:.0f} {x} {y} Z"
                )
                c.tone(petal, (226, 92, 124))
                c.tone(
                    stroke(f"M {x} {y - r * 0.3:.0f} L {x} {y - r:.0f}", 3),
                    (250, 170, 184),
                    0.9,
                )
        c.tone(ellipse(x, y, r * 0.26), (252, 214, 110))


def watering_can(c: Canvas, p: Palette) -> None:
    """A long-spouted watering can with a brass rose, pouring to the left."""
    c.contact(450, 300)
    c.solid(
        stroke("M 392 350 C 400 190 600 180 616 330 C 626 430 610 500 568 548", 24),
        p.main,
        edge=0.9,
    )
    spout = path(
        "M 356 566 C 300 540 250 420 170 292 L 196 274 C 270 370 312 440 372 470 Z"
    )
    c.solid(spout, p.main, edge=1.2)
    c.solid(stroke("M 262 402 C 300 374 340 356 372 354", 9), p.main, edge=0.3)
    body = drum(454, 366, 622, 118, 150, 0.15)
    c.solid(body, p.main, "barrel", edge=1.3)
    for y in (396, 586):
        c.tone(belt(454, y, y + 5, 160, 0.15), p.main.deep, 0.5, clip=body)
        c.tone(belt(454, y + 6, y + 9, 160, 0.15), p.main.pale, 0.6, clip=body)
    c.solid(ellipse(454, 366, 118, 20), p.main, edge=0.4)
    c.fade(
        ellipse(454, 368, 106, 15),
        ((360, 366), p.main.deep),
        ((560, 366), p.main.shade),
    )
    c.solid(
        path("M 336 364 C 350 332 430 326 470 336 C 440 352 380 352 336 370 Z"),
        p.main,
        edge=0.6,
    )
    with c.turned(-38, (180, 282)):
        c.solid(
            path("M 166 292 L 196 292 L 224 234 L 138 234 Z"),
            p.brass,
            "barrel",
            edge=0.6,
        )
        c.solid(ellipse(181, 232, 48, 15), p.brass, edge=0.5)
        for dx, dy in ((-26, 0), (-9, -5), (9, -5), (26, 0), (-12, 5), (6, 5)):
            c.tone(ellipse(181 + dx, 232 + dy, 3.4, 2.2), p.brass.deep)
    for x, y in (
        (118, 262),
        (96, 312),
        (132, 326),
        (84, 372),
        (116, 390),
        (146, 384),
        (98, 446),
        (132, 456),
    ):
        drop = path(
            f"M {x} {y - 18} C {x + 12} {y - 2} {x + 10} {y + 12} {x} {y + 12} C "
            f"{x - 10} {y + 12} {x - 12} {y - 2} {x} {y - 18} Z"
        )
        c.tone(drop, (110, 176, 214), 0.9)
        c.tone(ellipse(x - 3, y + 2, 3, 5), (255, 255, 255), 0.8)
    c.gleam("M 356 420 L 340 580", 15, 0.45, blur=3)


def trowel(c: Canvas, p: Palette) -> None:
    """A hand trowel, lying aslant, and a seedling beside it."""
    with c.turned(36, (400, 400)):
        blade = mirrored(
            "M 400 700 C 352 660 322 600 322 520 L 330 430 C 340 412 370 408 400 408",
            400,
        )
        blade = mirrored(
            "M 400 404 C 440 404 470 414 476 436 L 482 520 C 480 610 446 670 400 716"
        )
        neck = stroke("M 400 420 C 404 380 392 360 400 318", 21)
        handle = mirrored(
            "M 400 70 C 432 70 442 92 440 120 C 436 160 444 200 438 250 C 434 "
            "290 426 322 400 322"
        )
        c.hang(blade + neck + handle)
        c.solid(neck, p.steel, edge=0.6)
        c.solid(blade, p.steel, "barrel", edge=1.2)
        c.tone(
            stroke("M 400 440 C 398 520 400 600 400 690", 20, 6),
            p.steel.deep,
            0.35,
            blur=5,
        )
        c.tone(
            stroke("M 362 450 C 356 520 362 590 384 650", 10, 3),
            (255, 255, 255),
            0.7,
            blur=2,
        )
        for i in range(6):
            y = 470 + i * 30
            c.tone(
                stroke(f"M {446 - (8 if i % 2 else 0)} {y} L {462 - i} {y}", 3),
                p.steel.deep,
                0.8,
            )
        c.solid(handle, p.main, "barrel", edge=1.2)
        bare = box(340, 262, 120, 80)
        c.solid(bare, p.wood, "barrel", clip=handle, edge=0.4)
        c.tone(box(340, 254, 120, 10), p.cream.light, clip=handle)
        c.solid(box(376, 300, 48, 30, 6), p.steel, "barrel", edge=0.5)
        c.solid(
            stroke("M 400 92 C 370 60 380 20 404 22 C 428 22 432 60 404 92", 7),
            p.leather,
            edge=0.3,
        )
        c.tone(ellipse(400, 94, 9), p.main.deep)
        c.gleam("M 380 110 C 374 150 382 190 378 236", 9, 0.5, blur=2)
    c.contact(600, 170, 640, 0.7)
    soil = path("M 506 640 C 524 596 560 584 600 584 C 644 584 680 600 694 640 Z")
    c.tone(soil, (112, 84, 66))
    c.tone(
        path("M 530 620 C 550 596 580 590 606 592 C 580 600 560 610 530 620 Z"),
        (150, 118, 94),
    )
    c.tone(stroke("M 600 590 C 604 550 598 520 602 492", 10, 7), p.leaf.shade)
    for leaf in (
        "M 602 506 C 560 506 530 480 522 440 C 568 438 600 462 602 506 Z",
        "M 602 510 C 640 508 674 478 680 434 C 636 434 604 462 602 510 Z",
    ):
        c.solid(path(leaf), p.leaf, edge=0.8)
    c.tone(stroke("M 602 506 C 580 486 560 466 536 452", 3), p.leaf.pale, 0.8)
    c.tone(stroke("M 602 508 C 624 484 646 462 668 446", 3), p.leaf.pale, 0.8)


OBJECTS = {
    "plant": plant,
    "cactus": cactus,
    "watering_can": watering_can,
    "trowel": trowel,
}
