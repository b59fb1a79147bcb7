"""Shoes and socks."""

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette
from marketplace.seeding.pictures.geometry import (
    Outline,
    dashes,
    ellipse,
    moved,
    path,
    stroke,
)


def _shoe(c: Canvas, p: Palette, dx: float, dy: float) -> None:
    """One low canvas shoe, its toe to the left."""

    def at(text: str) -> Outline:
        return moved(path(text), dx, dy)

    upper = at(
        "M 122 560 C 120 500 170 478 236 462 C 310 442 356 398 404 350 C 420 336 "
        "444 340 452 356 "
        "C 470 384 520 396 566 372 C 586 360 608 362 616 384 C 640 440 650 500 "
        "652 566 L 648 592 L 126 592 Z"
    )
    c.tone(
        at("M 410 352 C 440 330 560 330 606 372 C 560 410 470 400 410 352 Z"),
        p.cream.shade,
    )
    c.solid(upper, p.main, edge=1.6)
    toe = at(
        "M 122 560 C 120 506 160 484 226 468 C 252 496 260 540 258 592 L 126 592 Z"
    )
    c.solid(toe, p.paper, edge=0.8, clip=upper)
    c.tone(
        moved(dashes("M 232 468 C 258 496 268 540 266 590", 3, 9, 6), dx, dy),
        p.main.pale,
        0.9,
    )
    heel = at(
        "M 584 362 C 606 358 614 372 622 398 C 642 450 650 510 652 592 L 590 592 "
        "C 604 520 600 440 584 362 Z"
    )
    c.solid(heel, p.accent, edge=0.6, clip=upper)
    c.tone(
        moved(dashes("M 418 372 C 400 420 380 470 372 590", 3, 9, 6), dx, dy),
        p.main.pale,
        0.9,
    )
    tongue = at(
        "M 404 350 C 420 336 444 340 452 356 C 430 400 380 450 300 486 L 262 462 "
        "C 320 438 360 396 404 350 Z"
    )
    c.solid(tongue, p.main, edge=0.8)
    for i in range(5):
        x, y = 296 + i * 29, 470 - i * 25.5
        c.solid(
            moved(
                stroke(f"M {x - 14:.0f} {y - 16:.0f} L {x + 34:.0f} {y + 18:.0f}", 13),
                dx,
                dy,
            ),
            p.paper,
            edge=0.5,
        )
        c.tone(moved(ellipse(x + 38, y + 21, 6), dx, dy), p.steel.deep)
    sole = at(
        "M 112 578 C 230 590 540 590 662 578 C 672 600 670 626 654 636 L 130 636 "
        "C 108 628 104 602 112 578 Z"
    )
    c.solid(sole, p.paper, edge=1)
    c.tone(
        at("M 110 604 C 240 612 540 612 666 604 L 666 612 C 540 620 240 620 110 612 Z"),
        p.accent.base,
        clip=sole,
    )


def sneakers(c: Canvas, p: Palette) -> None:
    """A pair of low canvas shoes."""
    c.contact(400, 560, 644)
    _shoe(c, p, 44, -52)
    c.tone(ellipse(400, 636, 250, 16), p.main.deep, 0.25, blur=9)
    _shoe(c, p, -12, 8)


def _sock(c: Canvas, p: Palette, dx: float) -> None:
    """One sock, toe to the right."""

    def at(text: str) -> Outline:
        return moved(path(text), dx, 0)

    sock = at(
        "M 216 150 L 372 150 C 374 250 372 330 380 400 C 390 440 440 470 500 496 "
        "C 560 524 560 610 500 630 "
        "C 440 646 340 620 270 572 C 214 532 214 470 218 400 C 222 320 218 230 "
        "216 150 Z"
    )
    c.hang(sock)
    c.solid(sock, p.main, edge=1.8)
    for y, ramp in ((262, p.cream), (300, p.accent), (338, p.cream)):
        stripe = at(
            f"M 190 {y} C 260 {y + 12} 330 {y + 12} 400 {y} L 400 {y + 18} C 330 "
            f"{y + 30} 260 {y + 30} 190 {y + 18} Z"
        )
        c.fade(
            stripe, ((216 + dx, y), ramp.light), ((376 + dx, y), ramp.shade), clip=sock
        )
    heel = at(
        "M 200 440 C 270 440 300 480 310 520 C 312 560 290 590 270 600 L 180 600 "
        "L 180 440 Z"
    )
    c.solid(heel, p.accent, clip=sock, edge=0.4)
    toe = at("M 520 460 C 464 500 444 570 470 660 L 620 660 L 620 460 Z")
    c.solid(toe, p.accent, clip=sock, edge=0.4)
    cuff = at(
        "M 206 140 L 382 140 C 384 170 384 200 382 224 C 330 234 260 234 206 224 "
        "C 204 200 204 170 206 140 Z"
    )
    c.drop(cuff, dx=2, dy=6, blur=4, opacity=0.4, colour=p.main.deep, clip=sock)
    c.solid(cuff, p.accent, "barrel", edge=1)
    for i in range(9):
        x = 222 + i * 18 + dx
        c.tone(stroke(f"M {x} 146 L {x} 224", 4), p.accent.deep, 0.4, clip=cuff)


def socks(c: Canvas, p: Palette) -> None:
    """A pair of wool socks with heels and toes of another colour."""
    _sock(c, p, 88)
    _sock(c, p, -56)


OBJECTS = {
    "sneakers": sneakers,
    "socks": socks,
}
