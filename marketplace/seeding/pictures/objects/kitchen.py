"""Things of the kitchen."""

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette
from marketplace.seeding.pictures.geometry import (
    belt,
    box,
    drum,
    ellipse,
    mirrored,
    path,
    stroke,
)


def kettle(c: Canvas, p: Palette) -> None:
    """An enamelled stove kettle with a wooden grip."""
    c.contact(410, 380)
    c.solid(
        stroke("M 282 428 C 276 270 330 214 410 214 C 490 214 544 270 538 428", 18),
        p.steel,
    )
    c.solid(stroke("M 330 226 C 370 206 450 206 490 226", 40), p.wood, edge=0.8)
    spout = path(
        "M 282 520 C 220 500 200 452 176 404 L 150 392 C 160 374 196 366 214 376 "
        "C 238 412 262 430 312 436 Z"
    )
    c.solid(spout, p.main)
    c.tone(
        path("M 150 392 C 162 375 194 368 213 376 C 200 388 172 394 150 392 Z"),
        p.main.deep,
    )
    body = mirrored(
        "M 410 372 C 500 372 566 410 590 490 C 604 544 604 600 592 634 "
        "C 588 646 560 650 410 650",
        410,
    )
    c.solid(body, p.main, "ball", edge=1.2)
    c.tone(belt(410, 596, 604, 210, 0.04), p.main.deep, 0.35, clip=body)
    lid = mirrored("M 410 336 C 470 338 508 360 514 394 C 480 408 440 411 410 411", 410)
    c.drop(lid, dx=3, dy=8, blur=5, opacity=0.4, colour=p.main.deep, clip=body)
    c.solid(lid, p.main, "ball")
    c.solid(ellipse(410, 324, 26, 23), p.wood, "ball", edge=0.6)
    c.gleam("M 256 560 C 256 500 276 450 318 424", 22, 0.5, blur=3)


def pan(c: Canvas, p: Palette) -> None:
    """A frying pan with an egg in it."""
    c.contact(330, 400, 600)
    c.solid(stroke("M 540 456 L 600 426", 34, 28), p.steel, edge=0.7)
    c.solid(stroke("M 606 423 L 716 366", 40, 48), p.wood, edge=1)
    c.tone(ellipse(712, 368, 9, 7), p.wood.deep, 0.8)
    side = path("M 94 470 C 100 560 200 618 334 618 C 468 618 568 560 574 470 Z")
    c.solid(side, p.main, "barrel")
    c.solid(ellipse(334, 470, 241, 104), p.main, edge=0.6)
    floor = ellipse(334, 482, 218, 88)
    c.solid(floor, p.ink, edge=0)
    c.fade(floor, ((160, 400), p.ink.deep), ((500, 560), p.ink.light), 0.8)
    white = path(
        "M 216 492 C 190 458 236 436 280 440 C 310 412 372 412 396 436 C 452 432 "
        "474 470 "
        "440 494 C 452 530 398 552 358 538 C 320 560 262 552 254 524 C 234 520 "
        "224 508 216 492 Z"
    )
    c.drop(white, dx=4, dy=7, blur=4, opacity=0.5, colour=p.ink.deep)
    c.solid(white, p.paper, edge=0.8)
    yolk = ellipse(338, 482, 56, 40)
    c.drop(yolk, dx=3, dy=5, blur=3, opacity=0.3, colour=p.brass.deep)
    c.tone(yolk, (244, 176, 52))
    c.tone(ellipse(328, 472, 40, 26), (252, 206, 92), 0.8, blur=7)
    c.tone(ellipse(318, 464, 13, 7), (255, 250, 230), 0.9)
    c.gleam("M 118 520 C 136 566 190 596 250 606", 11, 0.4, blur=2)


def knife(c: Canvas, p: Palette) -> None:
    """A cook's knife lying aslant, three rivets in its handle."""
    blade = path(
        "M 96 436 C 180 372 300 350 520 352 L 520 448 L 500 448 C 480 470 300 "
        "476 96 436 Z"
    )
    handle = path(
        "M 530 350 C 590 346 650 350 694 360 C 716 366 722 392 712 416 C 704 432 "
        "684 432 "
        "660 420 C 620 404 570 402 530 404 Z"
    )
    with c.turned(-38, (400, 400)):
        c.hang(blade + handle)
        c.solid(blade, p.steel, edge=0.8)
        edge = path(
            "M 96 436 C 200 448 400 446 500 424 L 520 424 L 520 448 L 500 448 C "
            "480 470 300 476 96 436 Z"
        )
        c.tone(edge, p.steel.pale, 0.85, clip=blade)
        for x in range(0, 320, 20):
            wave = ellipse(180 + x, 442 - x * 0.03, 9, 5)
            c.tone(wave, p.steel.shade, 0.5, clip=blade, cut=edge)
        c.solid(box(508, 346, 30, 64, 6), p.brass, edge=0.5)
        c.solid(handle, p.main, edge=1)
        for x, y in ((570, 376), (620, 380), (670, 390)):
            c.solid(ellipse(x, y, 9), p.brass, "ball", edge=0.3)
        c.gleam("M 548 360 C 600 356 640 358 680 366", 7, 0.45, blur=1)


def cutting_board(c: Canvas, p: Palette) -> None:
    """A board standing on its edge, a chilli and a lemon before it."""
    c.contact(380, 330)
    board = path(
        "M 256 300 C 256 276 270 262 294 262 L 344 262 C 356 262 360 254 360 244 "
        "L 360 176 C 360 148 376 132 400 132 C 424 132 440 148 440 176 L 440 244 "
        "C 440 254 444 262 456 262 L 506 262 C 530 262 544 276 544 300 L 544 612 "
        "C 544 634 530 646 508 646 L 292 646 C 270 646 256 634 256 612 Z"
    )
    hole = ellipse(400, 178, 17)
    c.drop(board, dx=16, dy=4, blur=13, opacity=0.28)
    c.solid(board, p.main, edge=1.3, cut=hole)
    for line in (
        "M 300 270 C 308 380 290 500 304 640",
        "M 346 262 C 352 400 336 520 350 640",
        "M 404 214 C 396 360 410 520 398 640",
        "M 452 270 C 446 400 462 520 450 640",
        "M 500 270 C 506 400 490 520 502 640",
    ):
        c.tone(stroke(line, 4), p.main.shade, 0.55, clip=board)
    c.solid(stroke("M 400 182 C 366 200 352 240 360 290", 8), p.leather, edge=0.3)
    c.contact(560, 150, 652, 0.8)
    lemon = ellipse(566, 592, 72, 70)
    c.drop(lemon, dx=-2, dy=4, blur=8, opacity=0.3, colour=p.main.deep, clip=board)
    c.tone(lemon, (246, 200, 66))
    c.tone(ellipse(566, 592, 63, 61), (255, 246, 214))
    c.tone(ellipse(566, 592, 56, 54), (250, 218, 104))
    for x, y in (
        (566, 538),
        (604, 554),
        (620, 592),
        (604, 630),
        (566, 646),
        (528, 630),
        (512, 592),
        (528, 554),
    ):
        c.tone(stroke([(566, 592), (x, y)], 5), (255, 246, 214))
    c.contact(300, 150, 656, 0.7)
    chilli = path(
        "M 214 636 C 250 660 330 664 388 630 C 396 618 388 600 374 604 C 330 634 "
        "270 640 214 636 Z"
    )
    c.tone(chilli, (200, 62, 48))
    c.gleam("M 366 618 C 330 640 290 646 260 644", 8, 0.5)
    c.solid(stroke("M 382 610 C 396 600 404 588 400 572", 12, 8), p.leaf, edge=0.4)


def steamer(c: Canvas, p: Palette) -> None:
    """Two tiers of a bamboo steamer, four buns on top."""
    c.contact(400, 420)
    for top in (512, 396):
        tier = drum(400, top, top + 106, 236, tilt=0.17)
        c.drop(tier, dx=0, dy=6, blur=5, opacity=0.3, colour=p.main.deep)
        c.solid(tier, p.main, "barrel")
        for y in (top + 18, top + 84):
            strip = belt(400, y, y + 20, 236, 0.17)
            c.solid(strip, p.main, "barrel", clip=tier, edge=0)
            c.tone(belt(400, y, y + 4, 236, 0.17), p.main.pale, 0.8, clip=tier)
            c.tone(belt(400, y + 18, y + 23, 236, 0.17), p.main.deep, 0.5, clip=tier)
        for x in (300, 316, 484, 500):
            c.tone(box(x, top + 50, 7, 48, 2), p.main.deep, 0.55, clip=tier)
    c.solid(ellipse(400, 396, 236, 40), p.main, edge=0.5)
    inside = ellipse(400, 400, 214, 33)
    c.fade(inside, ((200, 400), p.main.deep), ((600, 400), p.main.shade))
    front = mirrored(
        "M 400 200 L 700 200 L 700 400 L 612 400 C 600 424 500 434 400 434"
    )
    for x, y, r in ((400, 352, 78), (300, 366, 84), (500, 366, 84), (400, 384, 88)):
        bun = mirrored(
            f"M {x} {y - r} C {x + r * 0.62:.0f} {y - r * 0.92:.0f} {x + r} "
            f"{y - r * 0.3:.0f} {x + r} {y + r * 0.3:.0f} C {x + r} {y + r * 0.7:.0f} "
            f"{x + r * 0.5:.0f} {y + r * 0.8:.0f} {x} {y + r * 0.8:.0f}",
            x,
        )
        c.drop(bun, dx=6, dy=4, blur=6, opacity=0.35, colour=p.main.deep, clip=front)
        c.solid(bun, p.paper, "ball", clip=front, edge=1.2)
        for spread in (-0.5, -0.2, 0.14, 0.46):
            fold = (
                f"M {x + spread * 10:.0f} {y - r * 0.86:.0f} Q "
                f"{x + spread * r * 0.7:.0f} "
                f"{y - r * 0.7:.0f} {x + spread * r:.0f} {y - r * 0.3:.0f}"
            )
            c.tone(stroke(fold, 6, 2), p.cream.shade, 0.7)


def noodle_bowl(c: Canvas, p: Palette) -> None:
    """A deep bowl of noodles with an egg, greens and chopsticks."""
    c.contact(400, 240)
    for line in ("M 470 384 L 690 130", "M 500 392 L 726 158"):
        c.solid(stroke(line, 17, 21), p.wood, edge=0.5)
    foot = drum(400, 600, 634, 96, tilt=0.12)
    c.solid(foot, p.main, "barrel")
    body = mirrored(
        "M 400 390 L 640 386 C 632 500 560 600 470 622 C 448 628 424 628 400 628"
    )
    c.solid(body, p.main, "barrel", edge=1.2)
    c.tone(belt(400, 448, 462, 250, 0.2), p.accent.light, 0.9, clip=body)
    c.tone(belt(400, 470, 475, 250, 0.2), p.accent.light, 0.9, clip=body)
    c.solid(ellipse(400, 388, 240, 66), p.main, edge=0.5)
    inside = ellipse(400, 392, 220, 55)
    c.tone(inside, (196, 128, 62))
    c.fade(inside, ((190, 392), (150, 88, 44)), ((600, 400), (222, 160, 88)), 0.8)
    within = path(
        "M 160 200 L 640 200 L 640 392 C 620 430 520 449 400 449 C 280 449 190 "
        "428 178 392 Z"
    )
    noodles = (
        "M 210 400 C 240 360 290 380 320 404 C 350 428 400 424 420 396",
        "M 226 380 C 270 350 320 366 350 394 C 380 420 430 420 460 398",
        "M 250 420 C 290 386 340 392 376 414 C 420 438 470 424 500 404",
        "M 300 366 C 350 352 390 372 410 392 C 440 418 500 416 530 396",
        "M 290 436 C 340 406 390 414 440 432 C 480 440 520 430 560 410",
        "M 380 366 C 420 352 470 366 500 386 C 530 402 560 402 590 388",
    )
    for noodle in noodles:
        c.tone(stroke(noodle, 19), (206, 150, 72), clip=within)
        c.tone(stroke(noodle, 13), (250, 222, 156), clip=within)
    for line in (
        "M 250 352 C 240 390 262 410 300 412",
        "M 300 346 C 280 380 300 402 334 404",
    ):
        c.solid(stroke(line, 24, 12), p.leaf, clip=within, edge=0.6)
    c.solid(ellipse(500, 376, 62, 38), p.paper, clip=within, edge=0.8)
    c.tone(ellipse(500, 378, 36, 21), (240, 166, 48))
    c.tone(ellipse(492, 373, 18, 8), (255, 212, 120), 0.9, blur=2)
    for x, y in (
        (380, 404),
        (402, 390),
        (424, 410),
        (360, 386),
        (440, 430),
        (344, 424),
    ):
        c.solid(ellipse(x, y, 9, 6), p.leaf, edge=0.2)
    c.gleam("M 190 452 C 206 510 246 560 296 588", 16, 0.45, blur=3)


def chopsticks(c: Canvas, p: Palette) -> None:
    """Two pairs, inlaid at the ends, on a rest shaped like a hill."""
    with c.turned(-24, (400, 430)):
        rest = path(
            "M 210 250 C 240 236 262 262 258 300 C 252 340 250 360 254 384 "
            "C 260 430 262 500 240 516 C 216 526 196 500 200 460 "
            "C 204 420 208 400 204 380 C 198 340 184 268 210 250 Z"
        )
        c.hang(rest)
        c.solid(rest, p.paper, "barrel", edge=1.2)
        for y in (300, 344, 424, 468):
            stick = path(
                f"M 84 {y - 6} L 700 {y - 14} C 708 {y - 14} 712 {y - 8} 712 {y} "
                f"C 712 {y + 8} 708 {y + 14} 700 {y + 14} L 84 {y + 6} "
                f"C 76 {y + 4} 76 {y - 4} 84 {y - 6} Z"
            )
            ramp = p.main if y < 400 else p.accent
            c.hang(stick)
            c.drop(stick, dx=2, dy=7, blur=4, opacity=0.35, clip=rest)
            c.solid(stick, ramp, edge=0.7)
            c.solid(box(600, y - 20, 28, 40), p.brass, clip=stick, edge=0.2)
            c.solid(box(640, y - 20, 90, 40), p.cream, clip=stick, edge=0.4)
            c.tone(box(652, y - 20, 6, 40), ramp.deep, 0.8, clip=stick)
            c.gleam(f"M 140 {y - 3} L 590 {y - 8}", 5, 0.45)


OBJECTS = {
    "kettle": kettle,
    "pan": pan,
    "knife": knife,
    "cutting_board": cutting_board,
    "steamer": steamer,
    "noodle_bowl": noodle_bowl,
    "chopsticks": chopsticks,
}
