"""Toys."""

import math

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette
from marketplace.seeding.pictures.geometry import (
    box,
    ellipse,
    path,
    polygon,
    stroke,
)
from marketplace.seeding.pictures.objects.parts import star


def robot(c: Canvas, p: Palette) -> None:
    """A tin robot with a key in its side."""
    c.contact(400, 330)
    c.solid(stroke("M 400 150 L 400 96", 9), p.steel, edge=0.3)
    c.solid(ellipse(400, 88, 20), p.accent, "ball", edge=0.5)
    key = stroke([*ellipse(636, 430, 28, 20)[0], (664, 430)], 11)
    c.solid(key, p.brass, edge=0.4)
    c.solid(box(566, 423, 46, 14, 4), p.brass, edge=0.3)
    for side in (1, -1):
        x = 400 + side * 70
        c.solid(box(x - 30, 540, 60, 70, 8), p.steel, "barrel", edge=0.6)
        for y in (556, 574):
            c.tone(box(x - 30, y, 60, 5), p.steel.deep, 0.5)
        foot = path(
            f"M {x - 58} 644 L {x - 58} 620 C {x - 58} 596 {x + 58} 596 {x + 58} "
            f"620 L {x + 58} 644 Z"
        )
        c.solid(foot, p.main, edge=1)
        arm = (
            f"M {400 + side * 162} 404 C {400 + side * 208} 430 "
            f"{400 + side * 214} 470 {400 + side * 198} 512"
        )
        c.solid(stroke(arm, 40), p.steel, edge=0.8)
        claw = [
            (
                400 + side * 196 + 38 * math.cos(math.radians(a)),
                536 + 38 * math.sin(math.radians(a)),
            )
            for a in range(-230, 51, 10)
        ]
        c.solid(stroke(claw, 19), p.main, edge=0.7)
        c.solid(ellipse(400 + side * 158, 398, 30), p.main, "ball", edge=0.6)
    body = box(248, 354, 304, 200, 26)
    c.solid(body, p.main, "plane", edge=1.7)
    for x in (266, 534):
        for y in (372, 536):
            c.solid(ellipse(x, y, 6), p.brass, "ball", edge=0.2)
    panel = box(290, 388, 220, 132, 14)
    c.solid(panel, p.cream, edge=0.7)
    c.solid(ellipse(348, 452, 42), p.paper, edge=0.5)
    for i in range(7):
        a = math.radians(180 + 30 * i)
        tick = [
            (348 + 34 * math.cos(a), 456 + 34 * math.sin(a)),
            (348 + 27 * math.cos(a), 456 + 27 * math.sin(a)),
        ]
        c.tone(stroke(tick, 4), p.ink.base)
    c.tone(stroke("M 348 458 L 368 432", 6), p.accent.base)
    for i, ramp in enumerate((p.accent, p.brass, p.leaf)):
        c.solid(ellipse(420 + i * 32, 428, 11), ramp, "ball", edge=0.3)
    for y in (462, 480, 498):
        c.tone(box(408, y, 84, 7, 3), p.ink.base, 0.75)
    c.solid(box(352, 334, 96, 28, 6), p.steel, "barrel", edge=0.5)
    for side in (1, -1):
        c.solid(box(400 + side * 146 - 16, 208, 32, 70, 12), p.accent, edge=0.7)
    head = box(264, 148, 272, 194, 40)
    c.solid(head, p.main, "plane", edge=1.7)
    face = box(290, 182, 220, 102, 46)
    c.solid(face, p.ink, edge=0.6)
    for x in (348, 452):
        c.tone(ellipse(x, 232, 34), (255, 240, 180), 0.55, blur=7, clip=face)
        c.solid(ellipse(x, 232, 29), p.brass, "ball", edge=0.4)
        c.tone(ellipse(x, 232, 13), p.ink.deep)
        c.tone(ellipse(x - 6, 225, 6), (255, 255, 255))
    c.tone(box(346, 302, 108, 18, 9), p.ink.base)
    for x in (364, 382, 400, 418, 436):
        c.tone(box(x - 3, 303, 5, 16), p.cream.light)
    c.gleam("M 282 210 C 282 184 296 168 326 166", 10, 0.6, blur=1)


def panda(c: Canvas, p: Palette) -> None:
    """A sitting plush panda with a knitted scarf."""
    c.contact(400, 420, 646)
    for side in (1, -1):
        ear = ellipse(400 + side * 128, 164, 56)
        c.solid(ear, p.ink, "ball", edge=1)
        c.tone(ellipse(400 + side * 124, 170, 30), p.ink.light, 0.5)
    body = ellipse(400, 510, 176, 142)
    c.solid(body, p.paper, "ball", edge=1.8)
    for side in (1, -1):
        arm = (
            f"M {400 + side * 122} 430 C {400 + side * 186} 460 "
            f"{400 + side * 184} 520 {400 + side * 130} 548"
        )
        c.drop(stroke(arm, 72), dx=3, dy=6, blur=6, opacity=0.35, clip=body)
        c.solid(stroke(arm, 74), p.ink, edge=1.5)
        foot = ellipse(400 + side * 126, 596, 78, 62)
        c.drop(foot, dx=2, dy=4, blur=6, opacity=0.35)
        c.solid(foot, p.ink, "ball", edge=1.4)
        sole = ellipse(400 + side * 132, 602, 44, 36)
        c.solid(sole, p.cream, edge=0.5)
        c.tone(ellipse(400 + side * 132, 610, 20, 15), p.accent.pale, 0.9)
        for dx in (-20, 0, 20):
            c.tone(
                ellipse(400 + side * 132 + dx, 586 - (5 if dx == 0 else 0), 7),
                p.accent.pale,
                0.9,
            )
    tail = path("M 440 430 L 500 424 L 520 540 L 464 548 Z")
    head = ellipse(400, 282, 190, 160)
    scarf = path(
        "M 246 384 C 300 420 500 420 554 384 C 576 400 572 436 548 450 C 480 482 "
        "320 482 252 450 C 228 436 224 400 246 384 Z"
    )
    c.drop(tail, dx=4, dy=7, blur=6, opacity=0.4)
    c.solid(tail, p.main, edge=1)
    for x in (470, 482, 494, 506):
        c.solid(stroke(f"M {x} 544 L {x + 3} 566", 8), p.main, edge=0.2)
    c.tone(path("M 456 500 L 514 494 L 517 512 L 460 518 Z"), p.accent.light)
    c.drop(scarf, dx=2, dy=9, blur=7, opacity=0.4, clip=body)
    c.solid(scarf, p.main, "barrel", edge=1.3)
    for i in range(16):
        x = 252 + i * 20
        c.tone(stroke(f"M {x} 396 L {x - 6} 470", 4), p.main.deep, 0.4, clip=scarf)
    c.drop(head, dx=3, dy=12, blur=8, opacity=0.4, colour=p.main.deep, clip=scarf)
    c.solid(head, p.paper, "ball", edge=1.9)
    for side in (1, -1):
        with c.turned(side * 26, (400 + side * 78, 284)):
            c.solid(ellipse(400 + side * 78, 284, 41, 54), p.ink, edge=0.8)
        c.tone(ellipse(400 + side * 74, 280, 19), p.ink.deep)
        c.tone(ellipse(400 + side * 74 - 6, 272, 8), (255, 255, 255))
        c.tone(ellipse(400 + side * 74 + 5, 288, 4), (255, 255, 255), 0.8)
        c.tone(ellipse(400 + side * 122, 344, 28, 17), (244, 168, 160), 0.6, blur=7)
    c.solid(
        path(
            "M 374 330 C 384 322 416 322 426 330 C 424 346 410 354 400 354 C 390 "
            "354 376 346 374 330 Z"
        ),
        p.ink,
        edge=0.4,
    )
    c.tone(stroke("M 400 354 L 400 368 C 392 384 376 384 368 376", 5), p.ink.base)
    c.tone(stroke("M 400 368 C 408 384 424 384 432 376", 5), p.ink.base)


def kite(c: Canvas, p: Palette) -> None:
    """A diamond kite in four fields, its tail full of bows."""
    tail = "M 300 562 C 240 610 360 650 330 690 C 300 720 220 690 180 740"
    c.drop(stroke(tail, 5), dx=14, dy=20, blur=6, opacity=0.25)
    c.tone(stroke(tail, 5), p.wood.deep)
    c.tone(stroke("M 448 330 C 520 480 600 560 760 640", 3), p.wood.deep, 0.7)
    for x, y, turn, ramp in (
        (292, 606, 30, p.main),
        (338, 672, -20, p.accent),
        (236, 704, 10, p.main),
    ):
        with c.turned(turn, (x, y)):
            bow = polygon((x, y), (x - 38, y - 21), (x - 38, y + 21)) + polygon(
                (x, y), (x + 38, y - 21), (x + 38, y + 21)
            )
            c.hang(bow)
            c.solid(bow, ramp, edge=0.6)
            c.solid(ellipse(x, y, 9), ramp, edge=0.3)
    top, right, foot, left = (
        (528.0, 64.0),
        (664.0, 330.0),
        (300.0, 562.0),
        (244.0, 196.0),
    )
    cross = (438.0, 262.0)
    whole = polygon(top, right, foot, left)
    c.hang(whole)
    for a, b, ramp, dim in (
        (left, top, p.accent, 0.0),
        (top, right, p.main, 0.12),
        (right, foot, p.accent, 0.3),
        (foot, left, p.main, 0.0),
    ):
        field = polygon(a, b, cross)
        c.solid(field, ramp, "plane", edge=0.5)
        c.tone(field, ramp.deep, dim)
    c.tone(ellipse(*cross, 62), p.paper.light, clip=whole)
    c.tone(ellipse(*cross, 47), p.main.base, clip=whole)
    c.tone(
        ellipse(cross[0] - 14, cross[1] - 14, 30), p.main.light, 0.8, clip=whole, blur=9
    )
    for a, b in ((left, right), (top, foot)):
        c.solid(stroke([a, b], 9), p.wood, edge=0.4)
    c.tone(stroke([top, right, foot, left, top], 6), p.cream.light)
    for point in (top, right, foot, left):
        c.solid(ellipse(*point, 10), p.brass, "ball", edge=0.3)


def ball(c: Canvas, p: Palette) -> None:
    """A rubber ball with a broad stripe and stars above and below."""
    c.contact(404, 300, 644)
    shape = ellipse(400, 402, 242)
    c.solid(shape, p.main, "ball", edge=0)
    with c.turned(-18, (400, 402)):
        stripe = path(
            "M 140 352 C 240 420 560 420 660 352 L 660 472 C 560 540 240 540 140 472 Z"
        )
        c.solid(stripe, p.cream, "ball", clip=shape, edge=0)
        for y in (366, 470):
            line = (
                f"M 140 {y} C 240 {y + 68} 560 {y + 68} 660 {y} L 660 {y + 16} C "
                f"560 {y + 84} 240 {y + 84} 140 {y + 16} Z"
            )
            c.solid(path(line), p.accent, "ball", clip=shape, edge=0)
        for x, y, r in ((400, 466, 37), (270, 446, 32), (530, 446, 32)):
            c.tone(star((x, y), r), p.main.base)
    c.tone(
        ellipse(460, 480, 300),
        p.main.deep,
        0.5,
        clip=shape,
        cut=ellipse(330, 330, 300),
        blur=30,
    )
    c.tone(ellipse(316, 292, 56, 38), (255, 255, 255), 0.55, blur=13)
    c.tone(ellipse(302, 280, 22, 14), (255, 255, 255), 0.7, blur=3)


OBJECTS = {
    "robot": robot,
    "panda": panda,
    "kite": kite,
    "ball": ball,
}
