"""Lamps, lanterns and candles."""

import math

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette
from marketplace.seeding.pictures.geometry import (
    belt,
    box,
    drum,
    ellipse,
    path,
    stroke,
)


def lamp(c: Canvas, p: Palette) -> None:
    """A table lamp: linen shade, brass stem, a pool of warm light."""
    c.tone(ellipse(400, 430, 200, 150), (255, 244, 205), 0.75, blur=44)
    c.contact(400, 250)
    c.solid(drum(400, 612, 632, 126, tilt=0.15), p.brass, "barrel")
    c.solid(ellipse(400, 612, 126, 19), p.brass, edge=0.4)
    c.solid(box(389, 390, 22, 226, 6), p.brass, "barrel", edge=0.4)
    c.solid(ellipse(400, 548, 24, 24), p.main, "ball", edge=0.6)
    c.tone(stroke("M 470 420 L 470 492", 4), p.brass.shade)
    c.solid(ellipse(470, 500, 9, 11), p.brass, "ball", edge=0.3)
    inside = ellipse(400, 420, 206, 34)
    c.tone(inside, (255, 236, 176))
    shade = drum(400, 190, 420, 122, 206, 0.15)
    c.solid(shade, p.main, "barrel", cut=ellipse(400, 432, 190, 24))
    glow = ellipse(400, 440, 190, 150)
    c.tone(glow, (255, 246, 214), 0.42, clip=shade, blur=30)
    c.tone(belt(400, 188, 204, 128, 0.16), p.accent.base, clip=shade)
    c.tone(belt(400, 400, 421, 210, 0.15), p.accent.base, clip=shade)
    c.solid(ellipse(400, 190, 122, 18), p.main, edge=0.3)
    c.tone(ellipse(400, 192, 104, 13), p.main.deep, 0.55)


def lantern(c: Canvas, p: Palette) -> None:
    """A ribbed paper lantern hanging from its cord."""
    c.contact(410, 180, 704, 0.5)
    c.tone(stroke("M 400 0 L 400 150", 6), p.wood.deep)
    c.solid(stroke("M 372 168 C 376 128 424 128 428 168", 8), p.brass, edge=0.3)
    c.tone(ellipse(400, 350, 260, 220), (255, 236, 190), 0.55, blur=40)
    body = ellipse(400, 346, 218, 176)
    c.solid(body, p.main, "ball", edge=1.3)
    c.tone(ellipse(384, 356, 104, 118), (255, 236, 180), 0.42, blur=34, clip=body)
    for y in (206, 236, 270, 306, 344, 382, 418, 452, 482):
        reach = 218 * math.sqrt(max(0.0, 1 - ((y - 346) / 176) ** 2)) - 1
        c.tone(belt(400, y, y + 4, reach, 0.05), p.main.deep, 0.55, clip=body)
        c.tone(belt(400, y + 4, y + 7, reach, 0.05), p.main.pale, 0.4, clip=body)
    c.solid(drum(400, 166, 190, 88, tilt=0.16), p.ink, "barrel", edge=0.6)
    c.solid(ellipse(400, 166, 88, 14), p.ink, edge=0.4)
    c.tone(belt(400, 184, 189, 88, 0.16), p.brass.light)
    c.solid(drum(400, 504, 528, 84, tilt=0.16), p.ink, "barrel", edge=0.6)
    c.tone(belt(400, 507, 512, 84, 0.16), p.brass.light)
    c.tone(stroke("M 400 540 L 400 570", 5), p.brass.shade)
    c.solid(ellipse(400, 576, 17, 15), p.brass, "ball", edge=0.4)
    tassel = path("M 386 590 L 414 590 L 424 686 C 410 692 390 692 376 686 Z")
    c.solid(tassel, p.main, "barrel", edge=0.6)
    for x in (388, 396, 404, 412):
        c.tone(
            stroke(
                f"M {400 + (x - 400) * 0.7:.0f} 600 L {x + (x - 400) * 0.3:.0f} 690", 3
            ),
            p.main.deep,
            0.5,
            clip=tassel,
        )
    c.solid(box(384, 590, 32, 13, 4), p.brass, "barrel", edge=0.3)


def candle(c: Canvas, p: Palette) -> None:
    """A candle burning in a glass with a label."""
    c.contact(400, 300)
    c.tone(ellipse(400, 260, 170, 170), (255, 238, 180), 0.7, blur=46)
    glass = drum(400, 342, 618, 158, 148, 0.17)
    c.solid(glass, p.paper, "barrel", edge=0.6)
    c.tone(glass, p.main.pale, 0.35)
    wax = drum(400, 406, 606, 146, 137, 0.16)
    c.solid(wax, p.main, "barrel", clip=glass, edge=0)
    c.fade(wax, ((400, 400), p.main.pale), ((400, 560), p.main.base), 0.5, clip=glass)
    pool = ellipse(400, 406, 146, 23)
    c.solid(pool, p.main, edge=0.3)
    c.tone(ellipse(400, 406, 96, 14), (255, 244, 206), 0.85, blur=6)
    c.tone(stroke("M 400 408 L 401 372", 7), p.ink.base)
    label = path(
        "M 316 470 C 350 488 450 488 484 470 L 482 572 C 450 590 350 590 318 572 Z"
    )
    c.drop(label, dx=2, dy=4, blur=3, opacity=0.3, colour=p.main.deep)
    c.solid(label, p.paper, "barrel", edge=0.4)
    c.tone(stroke("M 336 494 C 370 506 430 506 464 494", 4), p.main.shade)
    c.tone(stroke("M 400 572 C 398 550 400 530 402 516", 4), p.leaf.base)
    for leaf in (
        "M 400 556 C 376 552 366 540 364 524 C 386 526 398 538 400 556 Z",
        "M 401 544 C 424 540 436 528 436 512 C 414 514 402 526 401 544 Z",
    ):
        c.solid(path(leaf), p.leaf, edge=0.2)
    flame = path(
        "M 400 236 C 428 282 446 310 436 346 C 428 374 374 374 366 346 C 356 312 "
        "388 290 400 236 Z"
    )
    c.tone(flame, (255, 190, 70), 0.6, blur=9)
    c.tone(flame, (253, 178, 60))
    c.tone(
        path(
            "M 402 280 C 420 308 428 330 420 350 C 412 366 388 366 382 350 C 376 "
            "330 394 312 402 280 Z"
        ),
        (255, 232, 150),
    )
    c.tone(ellipse(401, 352, 11, 14), (255, 252, 236))
    rim = ellipse(400, 342, 158, 27)
    c.tone(rim, (255, 255, 252), 0.9, cut=ellipse(400, 343, 150, 23))
    c.gleam("M 264 390 L 272 590", 13, 0.7, blur=2)


OBJECTS = {
    "lamp": lamp,
    "lantern": lantern,
    "candle": candle,
}
