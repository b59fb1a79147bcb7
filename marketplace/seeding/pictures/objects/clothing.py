"""Clothes."""

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette
from marketplace.seeding.pictures.geometry import (
    Outline,
    belt,
    box,
    dashes,
    ellipse,
    mirrored,
    path,
    polygon,
    stroke,
)


def t_shirt(c: Canvas, p: Palette) -> None:
    """A straight T-shirt with a chest pocket and visible stitches."""
    shirt = mirrored(
        "M 400 208 C 446 208 470 186 478 158 C 520 164 556 176 584 196 C 630 226 "
        "664 288 "
        "690 352 C 656 378 622 390 586 396 L 566 344 C 560 430 562 560 570 650 "
        "C 510 664 460 666 400 666"
    )
    c.hang(shirt)
    c.tone(
        mirrored("M 400 150 C 440 150 466 152 478 158 C 470 200 440 214 400 214"),
        p.main.deep,
    )
    c.solid(shirt, p.main, "plane", edge=1.7)
    collar = stroke("M 316 160 C 326 244 474 244 484 160", 17)
    c.solid(collar, p.main, edge=0.5)
    c.tone(stroke("M 306 174 C 322 262 478 262 494 174", 3), p.main.deep, 0.55)
    for side in (1, -1):

        def x(value: float, flip: int = side) -> float:
            return 400 + flip * (value - 400)

        c.tone(
            stroke(f"M {x(566)} 344 C {x(556)} 300 {x(548)} 250 {x(556)} 190", 5, 3),
            p.main.deep,
            0.45,
        )
        c.tone(
            dashes(
                f"M {x(592)} 380 C {x(624)} 374 {x(650)} 364 {x(678)} 346", 3, 10, 6
            ),
            p.main.pale,
            0.9,
        )
        c.tone(
            stroke(f"M {x(556)} 372 C {x(540)} 420 {x(530)} 470 {x(534)} 540", 20, 4),
            p.main.deep,
            0.24,
            blur=8,
            clip=shirt,
        )
    c.tone(dashes("M 240 640 C 340 652 460 652 562 640", 3, 10, 6), p.main.pale, 0.9)
    c.tone(
        stroke("M 340 300 C 350 420 330 520 344 620", 26, 8),
        p.main.pale,
        0.28,
        blur=12,
        clip=shirt,
    )
    pocket = path("M 446 306 L 526 306 L 526 388 L 486 408 L 446 388 Z")
    c.drop(pocket, dx=3, dy=4, blur=3, opacity=0.4, colour=p.main.deep)
    c.solid(pocket, p.main, edge=0.6)
    c.tone(box(446, 306, 80, 13), p.accent.base)
    c.tone(
        dashes("M 452 324 L 452 384 L 486 401 L 520 384 L 520 324", 3, 8, 5),
        p.main.pale,
        0.9,
    )


def scarf(c: Canvas, p: Palette) -> None:
    """A scarf in a loose loop, its striped ends hanging with their fringe."""

    def end(tail: Outline, left: float, width: float, top: float, foot: float) -> None:
        for i in range(9):
            x = left + width * (i + 0.5) / 9
            fringe = (
                f"M {x:.0f} {foot - 6} C {x + 5:.0f} {foot + 14} {x - 4:.0f} "
                f"{foot + 26} {x + 1:.0f} {foot + 44}"
            )
            c.solid(stroke(fringe, 11, 7), p.main, edge=0.3)
        c.hang(tail)
        c.solid(tail, p.main, "barrel", edge=1.4)
        for y, height, ramp in (
            (foot - 104, 30, p.accent),
            (foot - 60, 12, p.cream),
            (foot - 36, 12, p.cream),
        ):
            stripe = box(left - 40, y, width + 80, height)
            c.fade(
                stripe,
                ((left, y), ramp.light),
                ((left + width, y), ramp.shade),
                clip=tail,
            )
        for i in range(1, 8):
            x = left + width * i / 8
            c.tone(
                stroke(f"M {x:.0f} {top} L {x:.0f} {foot}", 3),
                p.main.deep,
                0.20,
                clip=tail,
            )

    back = path(
        "M 436 360 L 566 350 C 574 440 570 520 580 596 L 456 604 C 450 520 446 "
        "440 436 360 Z"
    )
    end(back, 456, 124, 380, 600)
    front = path(
        "M 268 370 L 412 380 C 404 460 396 560 392 648 L 254 640 C 262 550 262 "
        "460 268 370 Z"
    )
    end(front, 256, 136, 400, 644)
    far = path(
        "M 214 250 C 250 150 550 150 586 250 C 566 290 500 300 400 300 C 300 300 "
        "234 290 214 250 Z"
    )
    c.solid(far, p.main, edge=1)
    c.tone(
        path("M 250 244 C 300 196 500 196 550 244 C 530 300 270 300 250 244 Z"),
        p.main.deep,
    )
    near = path(
        "M 216 246 C 180 300 200 372 262 402 C 340 438 460 438 538 402 "
        "C 600 372 620 300 584 246 C 572 274 510 292 400 292 "
        "C 290 292 228 274 216 246 Z"
    )
    c.drop(
        near, dx=4, dy=14, blur=9, opacity=0.5, colour=p.main.deep, clip=front + back
    )
    c.solid(near, p.main, "ball", edge=1.6)
    for fold in (
        "M 214 290 C 250 350 340 372 430 370 C 500 368 556 350 586 308",
        "M 222 332 C 280 392 380 402 450 398 C 500 394 540 384 568 362",
        "M 240 274 C 290 326 360 340 440 340",
    ):
        c.tone(stroke(fold, 13, 4), p.main.deep, 0.32, clip=near, blur=4)
    c.gleam("M 226 286 C 250 326 300 346 360 352", 13, 0.35, blur=4)
    knot = path(
        "M 256 350 C 300 336 380 346 420 368 C 428 400 416 420 396 430 C 350 440 "
        "290 430 262 414 C 246 396 246 366 256 350 Z"
    )
    c.drop(
        knot, dx=4, dy=8, blur=6, opacity=0.45, colour=p.main.deep, clip=near + front
    )
    c.solid(knot, p.main, edge=1.3)
    for x in (292, 330, 368):
        c.tone(
            stroke(f"M {x} 350 C {x - 8} 376 {x - 8} 400 {x - 2} 426", 5, 3),
            p.main.deep,
            0.32,
            clip=knot,
        )


def hat(c: Canvas, p: Palette) -> None:
    """A woven sun hat with a ribbon."""
    c.contact(400, 500, 560)
    brim = path(
        "M 84 506 C 100 440 240 420 400 420 C 560 420 700 440 716 506 "
        "C 716 552 570 590 400 590 C 230 590 84 552 84 506 Z"
    )
    c.solid(brim, p.main, "plane", edge=1.3)
    for i in range(5):
        ring = ellipse(400, 506, 300 - i * 28, 78 - i * 9)
        c.tone(ring, p.main.deep, 0.34, cut=ellipse(400, 506, 297 - i * 28, 75 - i * 9))
    crown = mirrored(
        "M 400 216 C 440 216 456 228 500 226 C 560 232 580 300 588 390 L 598 494 "
        "C 590 526 500 544 400 544"
    )
    c.drop(crown, dx=14, dy=8, blur=14, opacity=0.45, colour=p.main.deep, clip=brim)
    c.solid(crown, p.main, "barrel", edge=1.2)
    for y in range(236, 440, 18):
        c.tone(belt(400, y - 16, y - 12.5, 200, 0.13), p.main.deep, 0.34, clip=crown)
    for i in range(17):
        x = 400 + (i - 8) * 25
        c.tone(
            stroke(f"M {400 + (x - 400) * 0.72:.0f} 224 L {x} 530", 2),
            p.main.deep,
            0.22,
            clip=crown,
        )
    ribbon = belt(400, 420, 496, 202, 0.2)
    c.solid(ribbon, p.accent, "barrel", clip=crown, edge=0.5)
    bow = path("M 536 474 C 566 452 602 450 612 470 C 618 496 590 510 560 504 Z")
    c.solid(
        path("M 540 490 L 590 560 L 566 562 L 552 574 L 522 502 Z"), p.accent, edge=0.6
    )
    c.drop(bow, dx=3, dy=6, blur=4, opacity=0.4, colour=p.accent.deep)
    c.solid(bow, p.accent, edge=0.7)
    c.solid(box(520, 462, 34, 50, 10), p.accent, edge=0.6)
    c.gleam("M 262 250 C 244 290 236 330 230 386", 18, 0.35, blur=5)


def glasses(c: Canvas, p: Palette) -> None:
    """Round glasses, the temples folded behind."""
    temples = (
        "M 120 400 C 160 350 300 330 560 470 C 600 494 640 500 660 520",
        "M 680 400 C 640 350 500 330 240 470 C 200 494 160 500 140 520",
    )
    for temple in temples:
        c.drop(stroke(temple, 14), dx=10, dy=20, blur=11, opacity=0.28)
        c.solid(stroke(temple, 15, 20), p.main, edge=0.5)
    for cx in (252, 548):
        lens = ellipse(cx, 410, 116, 112)
        ring = stroke([*ellipse(cx, 410, 124, 120)[0], (cx + 124, 410)], 25)
        c.hang(ring)
        c.fade(
            lens,
            ((cx - 90, 310), (255, 255, 255)),
            ((cx + 70, 510), p.accent.pale),
            0.72,
        )
        shine = polygon((cx - 70, 520), (cx - 20, 520), (cx + 70, 290), (cx + 20, 290))
        c.tone(shine, (255, 255, 255), 0.55, clip=lens)
        thin = polygon((cx - 4, 520), (cx + 12, 520), (cx + 102, 290), (cx + 86, 290))
        c.tone(thin, (255, 255, 255), 0.5, clip=lens)
        c.solid(ring, p.main, edge=0.9)
    bridge = stroke("M 364 372 C 384 344 416 344 436 372", 23)
    c.drop(bridge, dx=8, dy=16, blur=8, opacity=0.26)
    c.solid(bridge, p.main, edge=0.7)
    for x in (122, 678):
        c.solid(box(x - 17, 380, 34, 26, 8), p.main, edge=0.6)
        c.solid(ellipse(x, 393, 6), p.brass, "ball", edge=0.2)
    c.gleam("M 146 356 C 168 318 204 296 246 292", 8, 0.5, blur=1)
    c.gleam("M 442 356 C 464 318 500 296 542 292", 8, 0.5, blur=1)


OBJECTS = {
    "t_shirt": t_shirt,
    "scarf": scarf,
    "hat": hat,
    "glasses": glasses,
}
