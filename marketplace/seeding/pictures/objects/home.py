"""Light, seats and small things of the house."""

import math

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette
from marketplace.seeding.pictures.geometry import (
    belt,
    box,
    ellipse,
    mirrored,
    path,
    polygon,
    stroke,
)
from marketplace.seeding.pictures.objects.parts import hour_marks


def vase(c: Canvas, p: Palette) -> None:
    """A bottle vase with one branch of plum blossom."""
    c.contact(392, 230)
    c.tone(
        stroke("M 392 330 C 400 250 430 200 490 150 C 530 118 556 110 596 104", 13, 5),
        p.leather.deep,
    )
    c.tone(stroke("M 404 256 C 384 210 360 180 318 164", 9, 4), p.leather.deep)
    c.tone(stroke("M 466 170 C 470 134 462 112 446 92", 7, 4), p.leather.deep)
    c.tone(stroke("M 430 204 C 480 212 520 206 560 188", 7, 4), p.leather.deep)
    body = mirrored(
        "M 392 306 L 436 306 C 430 330 424 350 426 380 C 430 416 510 430 524 510 "
        "C 534 570 500 628 462 646 C 440 650 416 650 392 650",
        392,
    )
    c.solid(body, p.main, "ball", edge=1.3)
    c.fade(
        body,
        ((392, 300), p.main.pale),
        ((392, 430), p.main.base),
        0.3,
        clip=box(300, 300, 200, 120),
    )
    c.solid(ellipse(392, 307, 45, 11), p.main, edge=0.3)
    c.tone(ellipse(392, 308, 35, 7), p.main.deep)
    c.tone(stroke("M 392 309 C 393 303 394 298 396 290", 13), p.leather.deep)
    for y in (398, 406):
        c.tone(belt(392, y, y + 3, 60, 0.16), p.main.deep, 0.45, clip=body)
    for x, y, r in (
        (318, 162, 25),
        (446, 92, 20),
        (492, 150, 27),
        (596, 104, 18),
        (560, 188, 22),
        (378, 204, 17),
        (424, 214, 23),
    ):
        for petal in range(5):
            angle = math.radians(72 * petal - 90 + x)
            px, py = x + r * 0.72 * math.cos(angle), y + r * 0.72 * math.sin(angle)
            c.tone(ellipse(px, py, r * 0.62), (238, 150, 160))
            c.tone(ellipse(px - 2, py - 3, r * 0.4), (250, 196, 200), 0.8)
        c.tone(ellipse(x, y, r * 0.3), (250, 222, 140))
    for x, y in ((540, 132), (346, 182), (456, 118), (520, 204)):
        c.tone(ellipse(x, y, 9), (224, 116, 132))
    c.gleam("M 290 520 C 292 480 310 456 338 438", 17, 0.5, blur=3)


def chair(c: Canvas, p: Palette) -> None:
    """A plain oak chair with a seat cushion."""
    c.contact(400, 330, 660)
    for x, lean in ((300, -4), (500, 4)):
        leg = polygon(
            (x - 13, 440), (x + 13, 440), (x + lean + 9, 618), (x + lean - 9, 618)
        )
        c.tone(leg, p.wood.deep)
    c.solid(box(296, 548, 208, 15, 5), p.wood, edge=0.4)
    for side in (-1, 1):
        post = path(
            f"M {400 + side * 106} 452 C {400 + side * 106} 330 {400 + side * 112} 200 "
            f"{400 + side * 122} 118 C {400 + side * 128} 104 {400 + side * 152} 104 "
            f"{400 + side * 150} 124 C {400 + side * 142} 220 {400 + side * 138} 330 "
            f"{400 + side * 138} 452 Z"
        )
        c.solid(post, p.wood, "barrel", edge=0.6)
    for x in (348, 400, 452):
        c.solid(box(x - 8, 190, 16, 260, 6), p.wood, "barrel", edge=0.4)
    rail = path(
        "M 266 136 C 320 156 480 156 534 136 L 528 214 C 480 230 320 230 272 214 Z"
    )
    c.drop(rail, dx=2, dy=7, blur=5, opacity=0.35, colour=p.wood.deep)
    c.solid(rail, p.wood, edge=1)
    for line in (
        "M 284 170 C 350 186 450 186 518 170",
        "M 290 194 C 350 208 450 208 512 194",
    ):
        c.tone(stroke(line, 3), p.wood.shade, 0.55)
    seat = path(
        "M 272 436 L 528 436 L 574 500 C 576 514 572 524 560 526 L 240 526 C 228 "
        "524 224 514 226 500 Z"
    )
    for x, lean in ((252, -8), (548, 8)):
        leg = polygon(
            (x - 18, 510), (x + 18, 510), (x + lean + 11, 658), (x + lean - 11, 658)
        )
        c.solid(leg, p.wood, "barrel", edge=0.6)
    c.solid(seat, p.wood, edge=0.9)
    cushion = path(
        "M 288 402 C 340 394 460 394 512 402 C 536 410 560 452 568 482 C 568 506 "
        "552 508 520 510 "
        "C 460 516 340 516 280 510 C 248 508 232 506 232 482 C 240 452 264 410 "
        "288 402 Z"
    )
    c.drop(cushion, dx=3, dy=7, blur=5, opacity=0.4, colour=p.wood.deep, clip=seat)
    c.solid(cushion, p.main, "plane", edge=1.6)
    c.tone(stroke("M 244 484 C 300 494 500 494 556 484", 5), p.main.deep, 0.4)
    for x, y in ((350, 440), (450, 440)):
        c.tone(ellipse(x, y + 4, 20, 9), p.main.deep, 0.35, blur=4)
        c.solid(ellipse(x, y, 9, 5), p.main, edge=0.3)
    c.tone(stroke("M 262 506 C 250 530 256 552 248 566", 7, 4), p.main.shade)


def folding_fan(c: Canvas, p: Palette) -> None:
    """An open folding fan with hills painted over its pleats."""
    pivot = (400.0, 580.0)

    def at(radius: float, degrees: float) -> tuple[float, float]:
        angle = math.radians(degrees)
        return (
            pivot[0] + radius * math.sin(angle),
            pivot[1] - radius * math.cos(angle),
        )

    angles = [-76 + 152 * i / 20 for i in range(21)]
    leaf = [[at(362, a) for a in angles] + [at(152, a) for a in reversed(angles)]]
    ribs = [stroke([pivot, at(170, a)], 9, 13) for a in angles[1:-1:2]]
    guards = [stroke([pivot, at(366, a)], 16, 24) for a in (angles[0], angles[-1])]
    c.hang(leaf + guards[0] + guards[1])
    for rib in ribs:
        c.solid(rib, p.wood, edge=0.4)
    c.solid(leaf, p.main, edge=0.6)
    c.tone(ellipse(492, 300, 36), p.accent.light, clip=leaf)
    far = path(
        "M 0 420 C 120 300 200 330 270 350 C 330 300 380 270 440 330 C 520 300 "
        "600 330 800 440 L 800 620 L 0 620 Z"
    )
    c.tone(far, p.main.pale, 0.6, clip=leaf)
    near = path(
        "M 0 500 C 100 400 180 380 280 430 C 340 400 420 380 480 420 C 560 380 "
        "660 420 800 520 L 800 640 L 0 640 Z"
    )
    c.tone(near, p.main.deep, 0.7, clip=leaf)
    for left, right in zip(angles[::2], angles[1::2], strict=False):
        pleat = polygon(at(152, left), at(362, left), at(362, right), at(152, right))
        c.tone(pleat, p.main.deep, 0.17)
    rim = [[at(362, a) for a in angles] + [at(353, a) for a in reversed(angles)]]
    c.tone(rim, p.brass.light)
    for guard in guards:
        c.solid(guard, p.wood, edge=0.6)
    c.solid(ellipse(400, 580, 14), p.brass, "ball", edge=0.5)
    c.solid(stroke("M 400 592 C 392 612 410 630 400 650", 5), p.accent, edge=0.2)
    c.solid(
        path("M 392 648 L 408 648 L 414 704 L 386 704 Z"), p.accent, "barrel", edge=0.4
    )


def alarm_clock(c: Canvas, p: Palette) -> None:
    """A twin-bell alarm clock at ten past ten."""
    c.contact(400, 330, 648)
    c.solid(stroke("M 296 596 L 262 640", 26, 18), p.steel, edge=0.5)
    c.solid(stroke("M 504 596 L 538 640", 26, 18), p.steel, edge=0.5)
    c.solid(stroke("M 316 206 C 340 142 460 142 484 206", 13), p.steel, edge=0.4)
    c.solid(box(391, 160, 18, 64, 6), p.steel, "barrel", edge=0.4)
    c.solid(ellipse(400, 162, 24, 17), p.steel, "ball", edge=0.5)
    for side in (-1, 1):
        with c.turned(side * 34, (400, 432)):
            c.solid(box(393, 184, 14, 60), p.steel, "barrel", edge=0.3)
            bell = mirrored("M 400 128 C 456 130 484 166 486 206 L 400 206")
            c.solid(bell, p.main, "ball", edge=0.9)
            c.solid(ellipse(400, 124, 13), p.brass, "ball", edge=0.3)
    case = ellipse(400, 432, 212)
    c.solid(case, p.main, "ball", edge=1.4)
    c.solid(ellipse(400, 432, 180), p.steel, edge=0.5)
    dial = ellipse(400, 432, 168)
    c.solid(dial, p.paper, "plane", edge=0)
    c.tone(
        ellipse(406, 440, 176),
        p.ink.base,
        0.28,
        clip=dial,
        cut=ellipse(408, 444, 160),
        blur=8,
    )
    c.tone(hour_marks((400, 432), 150, 30, 16, 11), p.ink.base)
    c.drop(stroke("M 400 432 L 326 390", 15), dx=4, dy=6, blur=3, opacity=0.3)
    c.drop(stroke("M 400 432 L 494 346", 11), dx=4, dy=6, blur=3, opacity=0.3)
    c.tone(stroke("M 400 432 L 326 390", 17, 12), p.ink.base)
    c.tone(stroke("M 400 432 L 494 346", 13, 8), p.ink.base)
    c.tone(stroke("M 388 462 L 430 352", 5), p.accent.base)
    c.solid(ellipse(400, 432, 14), p.brass, "ball", edge=0.3)
    c.gleam("M 214 400 C 224 326 280 262 350 244", 15, 0.5, blur=2)


def cushion(c: Canvas, p: Palette) -> None:
    """A square cushion with woven stripes and piping."""
    c.contact(400, 420, 644)
    body = path(
        "M 164 196 C 260 228 540 228 636 196 C 650 192 660 204 656 218 "
        "C 626 320 626 500 660 612 C 664 628 652 640 636 636 C 540 612 260 612 164 636 "
        "C 148 640 136 628 140 612 C 174 500 174 320 144 218 C 140 204 150 192 "
        "164 196 Z"
    )
    c.solid(body, p.main, "plane", edge=2.4)
    for y, h, ramp in (
        (282, 34, p.cream),
        (328, 12, p.accent),
        (480, 12, p.accent),
        (504, 34, p.cream),
    ):
        stripe = path(
            f"M 100 {y} C 260 {y + 16} 540 {y + 16} 700 {y} L 700 {y + h} C 540 "
            f"{y + h + 16} 260 {y + h + 16} 100 {y + h} Z"
        )
        c.fade(stripe, ((150, y), ramp.light), ((650, y + h), ramp.shade), clip=body)
    for fold in (
        "M 160 208 C 210 250 240 280 256 320",
        "M 640 208 C 590 250 562 280 546 320",
        "M 156 624 C 206 590 234 560 250 520",
        "M 644 624 C 594 590 566 560 550 520",
    ):
        c.tone(stroke(fold, 15, 3), p.main.deep, 0.30, clip=body, blur=6)
    c.tone(ellipse(330, 360, 130, 90), (255, 252, 240), 0.20, clip=body, blur=40)
    piping = stroke(
        "M 164 202 C 260 232 540 232 636 202 C 648 200 653 208 650 220 C 620 320 "
        "620 500 653 612 "
        "C 656 624 648 632 636 630 C 540 606 260 606 164 630 C 152 632 144 624 147 612 "
        "C 180 500 180 320 150 220 C 147 208 152 200 164 202",
        10,
    )
    c.solid(piping, p.accent, edge=0.4)


OBJECTS = {
    "vase": vase,
    "chair": chair,
    "folding_fan": folding_fan,
    "alarm_clock": alarm_clock,
    "cushion": cushion,
}
