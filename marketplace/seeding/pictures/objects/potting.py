"""Things of the potting bench, and the calendar above it."""

import math

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette
from marketplace.seeding.pictures.geometry import (
    Outline,
    box,
    dashes,
    drum,
    ellipse,
    moved,
    path,
    polygon,
    stroke,
)


def clay_pots(c: Canvas, p: Palette) -> None:
    """A stack of pots, upside down, and one before it on its saucer."""
    c.contact(296, 300, 632)
    for y in (500, 424, 348):
        wall = drum(296, y - 138, y + 98, 96, 132, 0.16)
        c.solid(wall, p.main, "barrel", edge=1)
        if y == 348:
            c.solid(ellipse(296, y - 138, 96, 16), p.main, edge=0.5)
            c.tone(ellipse(296, y - 138, 17, 5), p.main.deep)
        rim = drum(296, y + 70, y + 118, 146, 150, 0.15)
        c.drop(rim, dx=3, dy=-7, blur=5, opacity=0.3, colour=p.main.deep, clip=wall)
        c.solid(rim, p.main, "barrel", edge=0.8)
        # The gap between two rims of the stack lies in shade.
        foot = drum(296, y + 104, y + 118, 149, 150, 0.15)
        c.tone(foot, p.main.deep, 0.35, clip=rim, blur=4)
    c.contact(524, 250, 652)
    saucer = drum(524, 622, 646, 146, 122, 0.15)
    c.solid(saucer, p.main, "barrel", edge=0.7)
    c.solid(ellipse(524, 622, 146, 22), p.main, edge=0.4)
    c.tone(ellipse(524, 625, 128, 16), p.main.deep, 0.7)
    pot = drum(524, 470, 620, 126, 96, 0.16)
    c.drop(pot, dx=-8, dy=2, blur=12, opacity=0.4, colour=p.main.deep)
    c.solid(pot, p.main, "barrel", edge=1.1)
    rim = drum(524, 436, 488, 142, 138, 0.15)
    c.drop(rim, dx=2, dy=9, blur=5, opacity=0.45, colour=p.main.deep, clip=pot)
    c.solid(rim, p.main, "barrel", edge=0.8)
    c.solid(ellipse(524, 436, 142, 21), p.main, edge=0.4)
    inside = ellipse(524, 439, 124, 15)
    c.fade(inside, ((400, 438), p.main.deep), ((650, 442), p.main.shade))
    c.gleam("M 424 510 C 430 546 440 580 448 602", 13, 0.4, blur=3)


def _poppy(c: Canvas, p: Palette, x: float, y: float, size: float) -> None:
    """A flat, printed poppy: three petals and a seed head."""
    for dx in (-0.5, 0.5):
        petal = ellipse(x + dx * size, y + 0.05 * size, size * 0.66, size * 0.6)
        c.tone(petal, p.main.base)
    c.tone(ellipse(x, y + size * 0.26, size * 0.78, size * 0.5), p.main.light)
    c.tone(ellipse(x, y + size * 0.04, size * 0.24, size * 0.2), p.ink.base)
    for step in range(8):
        angle = math.pi * step / 4
        dot_x = x + size * 0.36 * math.cos(angle)
        dot_y = y + size * (0.04 + 0.3 * math.sin(angle))
        c.tone(ellipse(dot_x, dot_y, size * 0.05), p.ink.base)


def _packet_print(c: Canvas, p: Palette) -> None:
    """The picture and the lines of text on the seed packet."""
    art = box(258, 232, 284, 318, 10)
    c.fade(art, ((400, 232), p.brass.pale), ((400, 550), p.paper.light))
    for line in (
        "M 352 550 C 356 490 348 440 350 376",
        "M 424 550 C 420 470 440 400 446 330",
        "M 478 550 C 480 520 476 490 482 450",
    ):
        c.tone(stroke(line, 8, 6), p.leaf.base, clip=art)
    for leaf in (
        "M 354 520 C 320 500 296 496 280 506 C 300 528 328 532 354 520 Z",
        "M 424 520 C 452 486 480 478 504 486 C 488 510 460 522 424 520 Z",
        "M 422 480 C 400 452 384 446 368 448 C 376 470 398 482 422 480 Z",
    ):
        c.tone(path(leaf), p.leaf.shade, clip=art)
    _poppy(c, p, 350, 370, 66)
    _poppy(c, p, 450, 312, 58)
    _poppy(c, p, 484, 444, 40)
    for y, left, width, height in ((160, 300, 200, 22), (196, 340, 120, 10)):
        c.tone(box(left, y, width, height, height / 2), p.main.shade)
    for y, width in ((572, 180), (592, 120)):
        c.tone(box(400 - width / 2, y, width, 6, 3), p.ink.pale, 0.7)


def seed_packet(c: Canvas, p: Palette) -> None:
    """A paper packet printed with poppies, some of its seeds spilt."""
    with c.turned(-6, (400, 400)):
        packet = box(236, 118, 328, 508, 8)
        c.hang(packet)
        c.solid(packet, p.cream, "plane", edge=1)
        _packet_print(c, p)
        flap = path("M 236 110 L 564 110 L 564 142 C 480 150 320 150 236 142 Z")
        c.drop(flap, dx=1, dy=5, blur=4, opacity=0.3, clip=packet)
        c.solid(flap, p.main, edge=0.6)
    for x, y, degrees in (
        (548, 650, 20),
        (592, 622, -40),
        (624, 662, 70),
        (508, 676, -15),
        (580, 690, 50),
        (660, 628, 10),
    ):
        with c.turned(degrees, (x, y)):
            seed = ellipse(x, y, 14, 9)
            c.drop(seed, dx=4, dy=6, blur=4, opacity=0.35)
            c.solid(seed, p.leather, "ball", edge=0.4)


def _hand() -> Outline:
    """A hand with its fingers up and its thumb to the right."""
    hand = path(
        "M 276 380 C 276 340 300 320 330 320 L 430 320 C 460 320 478 350 478 380 "
        "C 500 376 516 352 540 330 C 566 308 602 332 584 366 "
        "C 560 412 520 456 488 488 C 478 520 474 560 474 600 L 290 600 "
        "C 290 520 276 460 276 380 Z"
    )
    for x, top, lean in (
        (298, 236, -11),
        (346, 186, -4),
        (396, 184, 3),
        (444, 226, 11),
    ):
        hand += stroke([(x + lean * 2.2, top + 23), (x - lean * 0.6, 400)], 47, 52)
    return hand


def _glove(c: Canvas, p: Palette, dx: float, side: int) -> None:
    """One glove with dipped fingers, its thumb to the right (1) or the left (-1)."""

    def placed(outline: Outline) -> Outline:
        return [[(378 + side * (x - 378) + dx, y) for x, y in part] for part in outline]

    hand = placed(_hand())
    c.hang(hand)
    c.solid(hand, p.main, "plane", edge=1.6)
    dip = "M 200 100 L 700 100 L 700 340 L 560 430 C 480 330 420 330 200 360 Z"
    c.solid(hand, p.accent, clip=placed(path(dip)), edge=0)
    for seam in (
        "M 312 420 C 302 460 302 500 308 544",
        "M 436 420 C 446 460 446 500 440 544",
    ):
        c.tone(placed(dashes(seam, 3, 9, 6)), p.main.pale, 0.85)
    cuff = placed(box(280, 560, 204, 96, 16))
    c.drop(cuff, dx=2, dy=-5, blur=4, opacity=0.35, colour=p.main.deep, clip=hand)
    c.solid(cuff, p.cream, "barrel", edge=1)
    for x in range(298, 480, 21):
        rib = placed(stroke(f"M {x} 566 L {x} 650", 4))
        c.tone(rib, p.cream.deep, 0.45, clip=cuff)
    c.tone(placed(box(280, 562, 204, 12)), p.accent.base, clip=cuff)


def gloves(c: Canvas, p: Palette) -> None:
    """A pair of gardening gloves, one lying over the other."""
    with c.turned(15, (400, 640)):
        _glove(c, p, 92, 1)
    with c.turned(-12, (400, 640)):
        _glove(c, p, -58, -1)


def desk_calendar(c: Canvas, p: Palette) -> None:
    """A spiral-bound calendar standing like a tent, one day ringed."""
    c.contact(410, 480, 634)
    back = polygon((236, 176), (628, 176), (690, 616), (640, 640))
    c.solid(back, p.main, edge=0.8)
    c.tone(back, p.main.deep, 0.5)
    board = path(
        "M 190 178 L 594 178 L 646 628 C 646 640 640 646 630 646 "
        "L 152 646 C 142 646 136 640 138 628 Z"
    )
    c.solid(board, p.main, edge=1.1)
    page = polygon((198, 192), (586, 192), (628, 606), (156, 606))
    for lift in (8, 4):
        c.tone(moved(page, 0, lift), p.cream.shade)
        c.tone(moved(page, 0, lift - 2), p.cream.pale)
    c.solid(page, p.paper, edge=0.5)
    art = polygon((202, 236), (582, 236), (599, 390), (185, 390))
    c.fade(art, ((400, 236), p.main.pale), ((400, 390), p.cream.pale))
    c.tone(ellipse(488, 288, 27), p.accent.base, clip=art)
    far = "M 160 390 L 290 280 L 344 330 L 410 262 L 510 350 L 560 320 L 640 390 Z"
    c.tone(path(far), p.main.light, clip=art)
    near = (
        "M 160 400 L 160 372 C 270 320 350 340 420 366 "
        "C 500 340 570 346 640 372 L 640 400 Z"
    )
    c.tone(path(near), p.main.base, clip=art)
    for row in range(4):
        y = 424 + row * 44
        half = 198 + row * 4.6
        for column in range(7):
            if (row == 0 and column < 2) or (row == 3 and column > 4):
                continue
            x = 392 + (column - 3) * half * 0.29
            colour = p.accent.base if column == 6 else p.ink.light
            c.tone(box(x - 13, y, 26, 15, 4), colour, 0.85)
    ring = stroke([*ellipse(393, 519, 31, 25)[0], (424, 519)], 6)
    c.tone(ring, p.accent.shade)
    for i in range(13):
        x = 222 + i * 28.4
        c.tone(ellipse(x, 208, 6), p.ink.base)
        c.solid(
            stroke(f"M {x} 208 C {x - 12} 190 {x - 10} 158 {x + 2} 156", 7), p.brass
        )


OBJECTS = {
    "clay_pots": clay_pots,
    "seed_packet": seed_packet,
    "gloves": gloves,
    "desk_calendar": desk_calendar,
}
