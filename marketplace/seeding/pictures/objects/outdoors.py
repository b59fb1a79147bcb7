"""Out of doors: rain, camp and wheels."""

import math

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette
from marketplace.seeding.pictures.geometry import (
    belt,
    box,
    dashes,
    drum,
    ellipse,
    mirrored,
    path,
    polygon,
    stroke,
)


def umbrella(c: Canvas, p: Palette) -> None:
    """An open umbrella with a bent wooden handle."""
    c.contact(430, 260, 712, 0.5)
    c.solid(box(393, 96, 14, 40, 6), p.steel, "barrel", edge=0.3)
    c.solid(box(394, 330, 12, 220, 4), p.steel, "barrel", edge=0.3)
    hook = "M 400 540 L 400 634 C 400 700 306 700 306 640 L 306 628"
    c.solid(stroke(hook, 26), p.wood, edge=0.9)
    c.solid(box(384, 530, 32, 22, 6), p.brass, edge=0.4)
    inner = path("M 84 416 C 200 370 600 370 716 416 C 600 440 200 440 84 416 Z")
    c.tone(inner, p.main.deep)
    ribs = (84, 210, 334, 466, 590, 716)
    for x in ribs[1:-1]:
        c.tone(stroke(f"M {x} 404 L 400 470", 4), p.steel.shade)
    scallops = "".join(
        f"C {b - (b - a) * 0.28:.0f} {y1 - 42} {a + (b - a) * 0.28:.0f} {y2 - 42} "
        f"{a} {y2} "
        for b, a, y1, y2 in (
            (716, 590, 420, 424),
            (590, 466, 424, 428),
            (466, 334, 428, 428),
            (334, 210, 428, 424),
            (210, 84, 424, 420),
        )
    )
    dome = path(
        f"M 84 420 C 100 230 240 124 400 124 C 560 124 700 230 716 420 {scallops} Z"
    )
    c.drop(dome, dx=10, dy=18, blur=16, opacity=0.25)
    c.solid(dome, p.main, "ball", edge=1.6)
    panels = (
        "M 400 124 C 300 150 226 280 210 424 L 84 424 C 100 230 240 124 400 124 Z",
        "M 400 124 C 366 200 338 300 334 428 L 466 428 C 462 300 434 200 400 124 Z",
        "M 400 124 C 500 150 574 280 590 424 L 716 424 C 700 230 560 124 400 124 Z",
    )
    for panel, depth in zip(panels, (0.0, 0.5, 0.9), strict=True):
        c.solid(path(panel), p.accent, "plane", clip=dome, edge=0.0)
        c.tone(path(panel), p.accent.deep, 0.28 * depth, clip=dome)
    for seam in (
        "M 400 124 C 300 150 226 280 210 424",
        "M 400 124 C 366 200 338 300 334 428",
        "M 400 124 C 434 200 462 300 466 428",
        "M 400 124 C 500 150 574 280 590 424",
    ):
        c.tone(stroke(seam, 4), p.main.deep, 0.35, clip=dome)
    c.tone(
        path(
            "M 560 160 C 680 230 716 330 716 424 L 600 424 C 640 330 620 240 560 160 Z"
        ),
        p.main.deep,
        0.3,
        clip=dome,
        blur=26,
    )
    c.gleam("M 134 340 C 156 264 206 206 272 174", 18, 0.45, blur=4)
    for x, y in zip(ribs, (420, 424, 428, 428, 424, 420), strict=True):
        c.solid(ellipse(x, y, 7), p.steel, "ball", edge=0.2)
    c.solid(ellipse(400, 98, 11), p.steel, "ball", edge=0.3)


def tent(c: Canvas, p: Palette) -> None:
    """A ridge tent with one flap folded back and a lamp inside."""
    c.contact(400, 560, 630)
    for line in ("M 400 196 L 96 632", "M 400 196 L 704 632"):
        c.tone(stroke(line, 4), p.cream.deep)
    for x in (96, 704):
        c.solid(
            stroke(f"M {x} 620 L {x + (8 if x > 400 else -8)} 648", 11, 7),
            p.steel,
            edge=0.3,
        )
    c.solid(stroke("M 392 178 L 400 210 L 408 178", 12), p.wood, edge=0.3)
    back = path("M 400 200 L 590 240 L 690 626 L 400 626 Z")
    c.solid(back, p.main, edge=0.6)
    c.tone(back, p.main.deep, 0.25)
    face = polygon((400, 196), (640, 632), (160, 632))
    c.solid(face, p.main, "plane", edge=1.4)
    door = path(
        "M 400 262 C 450 380 490 520 506 632 L 294 632 C 310 520 350 380 400 262 Z"
    )
    c.fade(door, ((400, 270), p.ink.deep), ((400, 640), p.ink.base))
    c.tone(ellipse(400, 590, 110, 90), (255, 206, 110), 0.65, blur=34, clip=door)
    c.solid(
        path("M 310 632 C 330 600 470 600 490 632 Z"), p.accent, edge=0.6, clip=door
    )
    c.tone(ellipse(400, 578, 14, 18), (255, 240, 190))
    c.tone(stroke("M 400 470 L 400 560", 3), p.ink.pale)
    left = path(
        "M 400 262 C 350 380 310 520 294 632 L 256 632 C 250 600 262 572 282 556 "
        "C 300 460 350 360 400 262 Z"
    )
    right = path(
        "M 400 262 C 450 380 490 520 506 632 L 560 632 C 566 590 550 566 524 552 "
        "C 500 450 450 350 400 262 Z"
    )
    for flap in (left, right):
        c.drop(flap, dx=6, dy=8, blur=7, opacity=0.45, colour=p.main.deep, clip=face)
        c.solid(flap, p.accent, edge=0.9)
    for x, y in ((290, 560), (516, 556)):
        c.tone(stroke(f"M {x - 14} {y} L {x + 14} {y + 6}", 7), p.leather.base)
    c.tone(stroke("M 400 200 L 164 628", 7), p.main.pale, 0.75)
    c.tone(stroke("M 400 200 L 636 628", 5), p.main.deep, 0.35)
    c.tone(dashes("M 380 262 L 190 610", 3, 10, 8), p.main.pale, 0.8)
    for x, y in ((560, 640), (584, 646), (236, 642), (214, 646)):
        c.tone(
            stroke(
                f"M {x} {y} C {x - 2} {y - 12} {x - 8} {y - 18} {x - 14} {y - 22}", 5, 2
            ),
            p.leaf.base,
        )
        c.tone(
            stroke(
                f"M {x} {y} C {x + 2} {y - 14} {x + 6} {y - 22} {x + 10} {y - 28}", 5, 2
            ),
            p.leaf.shade,
        )


def bicycle(c: Canvas, p: Palette) -> None:
    """A town bicycle with a basket and a leather saddle, its front to the right."""
    c.contact(225, 190, 636, 0.8)
    c.contact(585, 190, 636, 0.8)
    for cx in (218, 582):
        spokes = []
        for i in range(12):
            angle = math.radians(30 * i + 8)
            spokes += stroke(
                [(cx, 502), (cx + 122 * math.cos(angle), 502 + 122 * math.sin(angle))],
                2.5,
            )
        c.tone(spokes, p.steel.shade, 0.85)
        circle = ellipse(cx, 502, 126)[0]
        c.solid(stroke([*circle, circle[0]], 16), p.ink, edge=0.5)
        rim = ellipse(cx, 502, 115)[0]
        c.solid(stroke([*rim, rim[0]], 6), p.steel, edge=0.2)
        c.solid(ellipse(cx, 502, 13), p.steel, "ball", edge=0.4)
    for cx, start in ((218, 190), (582, 200)):
        arc = [
            (
                cx + 143 * math.cos(math.radians(start + a)),
                502 + 143 * math.sin(math.radians(start + a)),
            )
            for a in range(0, 131, 6)
        ]
        c.solid(stroke(arc, 11), p.cream, edge=0.4)
    c.tone(stroke("M 218 490 L 372 484", 3), p.ink.base)
    c.tone(stroke("M 218 514 L 372 530", 3), p.ink.base)
    tubes = (
        ("M 372 508 L 218 502", 13),
        ("M 312 296 L 218 502", 12),
        ("M 372 508 L 300 262", 17),
        ("M 372 508 C 430 470 500 380 526 304", 19),
        ("M 316 322 C 370 372 460 340 522 286", 17),
        ("M 514 246 L 540 340 L 582 502", 15),
    )
    for line, width in tubes:
        c.solid(stroke(line, width), p.main, edge=0.6)
    c.solid(stroke("M 300 262 L 292 234", 10), p.steel, edge=0.3)
    c.solid(stroke("M 514 250 L 506 218", 11), p.steel, edge=0.3)
    saddle = path(
        "M 226 216 C 240 200 290 206 352 214 C 366 220 360 234 340 236 C 310 240 "
        "290 250 262 252 C 234 250 220 232 226 216 Z"
    )
    c.solid(saddle, p.leather, edge=0.9)
    for x in (252, 268):
        c.tone(stroke(f"M {x} 250 L {x + 4} 264", 5), p.steel.deep)
    c.solid(
        stroke("M 506 220 C 530 206 520 184 492 188 C 470 192 450 196 432 206", 11),
        p.steel,
        edge=0.3,
    )
    c.solid(stroke("M 462 194 L 428 208", 19), p.leather, edge=0.5)
    basket = path("M 534 232 L 668 232 L 646 330 L 556 330 Z")
    c.solid(basket, p.wood, "plane", edge=0.9)
    for i in range(1, 6):
        c.tone(
            stroke(f"M {534 + i * 22} 236 L {556 + i * 15} 328", 4), p.wood.deep, 0.5
        )
    for y in (256, 280, 304):
        c.tone(
            stroke(
                f"M {536 + (y - 232) * 0.22:.0f} {y} L "
                f"{666 - (y - 232) * 0.22:.0f} {y}",
                4,
            ),
            p.wood.deep,
            0.5,
        )
    c.solid(box(526, 222, 150, 18, 8), p.wood, edge=0.5)
    c.solid(ellipse(372, 508, 33), p.steel, edge=0.6, cut=ellipse(372, 508, 22))
    c.solid(ellipse(372, 508, 12), p.steel, "ball", edge=0.3)
    c.solid(stroke("M 372 508 L 404 572", 10), p.steel, edge=0.3)
    c.solid(box(382, 566, 48, 15, 6), p.ink, edge=0.4)
    c.tone(ellipse(676, 372, 0.5), p.brass.base)
    c.solid(ellipse(524, 262, 13), p.brass, "ball", edge=0.3)


def flask(c: Canvas, p: Palette) -> None:
    """An insulated flask with a loop on its cap."""
    c.contact(400, 220)
    loop = stroke("M 350 200 C 340 92 460 92 450 200", 26)
    c.solid(loop, p.ink, edge=0.8)
    body = mirrored(
        "M 400 250 L 452 252 C 464 286 512 300 514 352 L 514 604 C 512 632 488 "
        "648 400 648"
    )
    c.solid(body, p.main, "barrel", edge=1.3)
    c.solid(belt(400, 602, 660, 118, 0.1), p.steel, "barrel", clip=body, edge=0.2)
    c.tone(belt(400, 598, 603, 118, 0.1), p.main.deep, 0.6, clip=body)
    c.solid(drum(400, 246, 264, 56, tilt=0.13), p.steel, "barrel", edge=0.4)
    cap = drum(400, 182, 246, 66, tilt=0.13)
    c.solid(cap, p.ink, "barrel", edge=0.9)
    c.solid(ellipse(400, 182, 66, 9), p.ink, edge=0.3)
    for x in (352, 368, 384, 400, 416, 432, 448):
        c.tone(box(x - 2, 198, 4, 44, 2), p.ink.pale, 0.35)
    c.tone(path("M 356 500 L 386 446 L 402 470 L 416 448 L 448 500 Z"), p.accent.light)
    c.tone(path("M 386 446 L 376 464 L 385 469 L 392 462 L 397 463 Z"), p.paper.light)
    c.tone(ellipse(434, 436, 10), p.accent.light)
    c.gleam("M 318 370 L 318 570", 18, 0.5, blur=3)


OBJECTS = {
    "umbrella": umbrella,
    "tent": tent,
    "bicycle": bicycle,
    "flask": flask,
}
