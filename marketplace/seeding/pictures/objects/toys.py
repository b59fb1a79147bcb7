"""Toys."""

import math

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
        foot = path(f"M {x - 58} 644 L {x - 58} 620 C {x - 58} 596 {x + 58} 596 {x + 58} 620 L {x + 58} 644 Z")
        c.solid(foot, p.main, edge=1)
        arm = f"M {400 + side * 162} 404 C {400 + side * 208} 430 {400 + side * 214} 470 {400 + side * 198} 512"
        c.solid(stroke(arm, 40), p.steel, edge=0.8)
        claw = [(400 + side * 196 + 38 * math.cos(math.radians(a)), 536 + 38 * math.sin(math.radians(a))) for a in range(-230, 51, 10)]
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
        tick = [(348 + 34 * math.cos(a), 456 + 34 * math.sin(a)), (348 + 27 * math.cos(a), 456 + 27 * math.sin(a))]
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


def _cube(c: Canvas, x: float, y: float, size: float, ramp: Ramp) -> Outline:
    """A block's front face with its top edge; returns the face."""
    lift = size * 0.13
    top = polygon((x, y), (x + size, y), (x + size * 0.94, y - lift), (x + size * 0.06, y - lift))
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
            star = [
                (x + 70 + (40 if i % 2 == 0 else 17) * math.sin(math.radians(36 * i)),
                 574 - (40 if i % 2 == 0 else 17) * math.cos(math.radians(36 * i)))
                for i in range(10)
            ]
            c.tone([star], p.paper.light, clip=face)
    top = polygon((290, 502), (510, 502), (500, 486), (300, 486))
    c.solid(top, p.wood, edge=0.2)
    c.tone(top, p.wood.pale, 0.6)
    arch = path("M 290 502 L 510 502 L 510 642 L 472 642 C 472 520 328 520 328 642 L 290 642 Z")
    c.fade(path("M 328 642 C 328 520 472 520 472 642 Z"), ((330, 560), p.wood.deep), ((470, 642), p.wood.shade), 0.85)
    c.solid(arch, p.wood, edge=1.1)
    for x in (166, 546):
        pillar = drum(x + 44, 382, 494, 44, tilt=0.2)
        c.drop(pillar, dx=5, dy=2, blur=5, opacity=0.3)
        c.solid(pillar, p.cream if x == 166 else p.wood, "barrel")
        c.solid(ellipse(x + 44, 382, 44, 9), p.cream if x == 166 else p.wood, edge=0.3)
        cone = path(f"M {x + 44} 262 L {x + 104} 376 C {x + 90} 394 {x - 2} 394 {x - 16} 376 Z")
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
        arm = f"M {400 + side * 122} 430 C {400 + side * 186} 460 {400 + side * 184} 520 {400 + side * 130} 548"
        c.drop(stroke(arm, 72), dx=3, dy=6, blur=6, opacity=0.35, clip=body)
        c.solid(stroke(arm, 74), p.ink, edge=1.5)
        foot = ellipse(400 + side * 126, 596, 78, 62)
        c.drop(foot, dx=2, dy=4, blur=6, opacity=0.35)
        c.solid(foot, p.ink, "ball", edge=1.4)
        sole = ellipse(400 + side * 132, 602, 44, 36)
        c.solid(sole, p.cream, edge=0.5)
        c.tone(ellipse(400 + side * 132, 610, 20, 15), p.accent.pale, 0.9)
        for dx in (-20, 0, 20):
            c.tone(ellipse(400 + side * 132 + dx, 586 - (5 if dx == 0 else 0), 7), p.accent.pale, 0.9)
    tail = path("M 440 430 L 500 424 L 520 540 L 464 548 Z")
    head = ellipse(400, 282, 190, 160)
    scarf = path("M 246 384 C 300 420 500 420 554 384 C 576 400 572 436 548 450 C 480 482 320 482 252 450 C 228 436 224 400 246 384 Z")
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
    c.solid(path("M 374 330 C 384 322 416 322 426 330 C 424 346 410 354 400 354 C 390 354 376 346 374 330 Z"), p.ink, edge=0.4)
    c.tone(stroke("M 400 354 L 400 368 C 392 384 376 384 368 376", 5), p.ink.base)
    c.tone(stroke("M 400 368 C 408 384 424 384 432 376", 5), p.ink.base)


def kite(c: Canvas, p: Palette) -> None:
    """A diamond kite in four fields, its tail full of bows."""
    tail = "M 300 562 C 240 610 360 650 330 690 C 300 720 220 690 180 740"
    c.drop(stroke(tail, 5), dx=14, dy=20, blur=6, opacity=0.25)
    c.tone(stroke(tail, 5), p.wood.deep)
    c.tone(stroke("M 448 330 C 520 480 600 560 760 640", 3), p.wood.deep, 0.7)
    for x, y, turn, ramp in ((292, 606, 30, p.main), (338, 672, -20, p.accent), (236, 704, 10, p.main)):
        with c.turned(turn, (x, y)):
            bow = polygon((x, y), (x - 38, y - 21), (x - 38, y + 21)) + polygon((x, y), (x + 38, y - 21), (x + 38, y + 21))
            c.hang(bow)
            c.solid(bow, ramp, edge=0.6)
            c.solid(ellipse(x, y, 9), ramp, edge=0.3)
    top, right, foot, left = (528.0, 64.0), (664.0, 330.0), (300.0, 562.0), (244.0, 196.0)
    cross = (438.0, 262.0)
    whole = polygon(top, right, foot, left)
    c.hang(whole)
    for a, b, ramp, dim in (
        (left, top, p.accent, 0.0), (top, right, p.main, 0.12), (right, foot, p.accent, 0.3), (foot, left, p.main, 0.0),
    ):
        field = polygon(a, b, cross)
        c.solid(field, ramp, "plane", edge=0.5)
        c.tone(field, ramp.deep, dim)
    c.tone(ellipse(*cross, 62), p.paper.light, clip=whole)
    c.tone(ellipse(*cross, 47), p.main.base, clip=whole)
    c.tone(ellipse(cross[0] - 14, cross[1] - 14, 30), p.main.light, 0.8, clip=whole, blur=9)
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
        stripe = path("M 140 352 C 240 420 560 420 660 352 L 660 472 C 560 540 240 540 140 472 Z")
        c.solid(stripe, p.cream, "ball", clip=shape, edge=0)
        for y in (366, 470):
            line = f"M 140 {y} C 240 {y + 68} 560 {y + 68} 660 {y} L 660 {y + 16} C 560 {y + 84} 240 {y + 84} 140 {y + 16} Z"
            c.solid(path(line), p.accent, "ball", clip=shape, edge=0)
        for x, y, r in ((400, 466, 37), (270, 446, 32), (530, 446, 32)):
            star = [
                (x + (r if i % 2 == 0 else r * 0.44) * math.sin(math.radians(36 * i)),
                 y - (r if i % 2 == 0 else r * 0.44) * math.cos(math.radians(36 * i)))
                for i in range(10)
            ]
            c.tone([star], p.main.base)
    c.tone(ellipse(460, 480, 300), p.main.deep, 0.5, clip=shape, cut=ellipse(330, 330, 300), blur=30)
    c.tone(ellipse(316, 292, 56, 38), (255, 255, 255), 0.55, blur=13)
    c.tone(ellipse(302, 280, 22, 14), (255, 255, 255), 0.7, blur=3)


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
    c.solid(path("M 158 316 L 146 254 L 222 254 L 210 316 L 206 390 L 162 390 Z"), p.ink, "barrel", edge=0.8)
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
    c.fade(box(352, 338, 68, 66, 8), ((352, 338), p.steel.pale), ((420, 404), p.steel.shade))
    c.drop(box(296, 272, 180, 30, 10), dx=2, dy=7, blur=5, opacity=0.4, colour=p.accent.deep, clip=cab)
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
        c.solid(path("M 396 606 L 424 606 L 414 664 L 406 664 Z"), p.steel, "barrel", edge=0.3)
        body = mirrored(
            "M 410 270 C 520 274 640 330 648 404 C 646 480 520 560 440 616 C 430 622 420 622 410 622", 410
        )
        c.solid(body, p.main, "barrel", edge=1.6)
        for y, height, ramp in ((430, 32, p.cream), (478, 20, p.accent), (518, 14, p.cream), (556, 16, p.accent)):
            c.solid(belt(410, y, y + height, 240, 0.2), ramp, "barrel", clip=body, edge=0)
        upper = ellipse(410, 386, 234, 96)
        c.solid(upper, p.main, "plane", edge=0.8)
        for k, ramp in ((0.86, p.cream), (0.70, p.accent), (0.54, p.cream), (0.38, p.main)):
            ring = ellipse(410, 384 - (1 - k) * 22, 234 * k, 96 * k)
            c.solid(ring, ramp, "plane", edge=0.4)
        c.solid(drum(410, 226, 360, 22, 32, 0.2), p.wood, "barrel", edge=0.6)
        c.solid(ellipse(410, 200, 36, 34), p.accent, "ball", edge=0.8)
        c.gleam("M 204 386 C 226 346 280 318 340 306", 12, 0.5, blur=3)


OBJECTS = {
    "robot": robot,
    "blocks": blocks,
    "panda": panda,
    "kite": kite,
    "ball": ball,
    "train": train,
    "spinning_top": spinning_top,
}
