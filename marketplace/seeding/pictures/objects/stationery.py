"""Paper and the desk."""

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette
from marketplace.seeding.pictures.geometry import (
    belt,
    box,
    drum,
    ellipse,
    path,
    polygon,
    stroke,
)


def notebook(c: Canvas, p: Palette) -> None:
    """A cloth notebook with an elastic, a ribbon and a paper label."""
    with c.turned(-7):
        pages = box(232, 146, 356, 520, 12)
        c.hang(pages)
        c.tone(stroke("M 330 650 L 330 716 L 318 702", 13), p.accent.base)
        c.solid(pages, p.cream, edge=0.4)
        for x in (576, 581):
            c.tone(box(x, 152, 2, 508), p.cream.deep, 0.5)
        cover = box(216, 140, 358, 518, 16)
        c.solid(cover, p.main, "plane", edge=1.2)
        c.tone(box(216, 140, 46, 518, 16), p.main.deep, 0.35, clip=cover)
        c.tone(box(258, 140, 4, 518), p.main.pale, 0.35)
        label = box(330, 228, 168, 110, 8)
        c.drop(label, dx=2, dy=4, blur=3, opacity=0.35, colour=p.main.deep)
        c.solid(label, p.paper, edge=0.4)
        for y, width in ((264, 116), (288, 116), (312, 70)):
            c.tone(box(356, y, width, 4, 2), p.main.shade, 0.8)
        elastic = box(524, 138, 18, 522, 4)
        c.drop(
            elastic, dx=4, dy=2, blur=3, opacity=0.35, colour=p.main.deep, clip=cover
        )
        c.solid(elastic, p.accent, "barrel", edge=0.3)


def book(c: Canvas, p: Palette) -> None:
    """An open picture book, mountains over both pages."""
    c.contact(400, 560, 616)
    cover = path(
        "M 92 262 L 396 296 L 404 296 L 708 262 C 718 262 722 268 722 276 L 722 586 "
        "C 722 596 718 600 708 602 L 410 634 L 390 634 L 92 602 C 82 600 78 596 78 586 "
        "L 78 276 C 78 268 82 262 92 262 Z"
    )
    c.solid(cover, p.main, "plane", edge=1)
    for lift in (0, 7, 14):
        left = path(
            f"M 400 {300 - lift} C 350 {240 - lift} 220 {228 - lift} 104 {244 - lift} "
            f"L 104 {584 - lift} C 220 {568 - lift} 350 {580 - lift} 400 {626 - lift} Z"
        )
        right = [[(800 - x, y) for x, y in left[0]]]
        for page in (left, right):
            c.solid(page, p.cream if lift < 14 else p.paper, edge=0.3)
    pages = left + right
    c.fade(right, ((400, 300), p.cream.shade), ((470, 300), p.paper.base), 0.9)
    c.fade(left, ((330, 300), p.paper.base), ((400, 300), p.cream.shade), 0.9)
    art = path(
        "M 132 260 C 230 250 340 258 396 300 L 404 300 C 460 258 570 250 668 260 "
        "L 668 470 C 570 456 460 466 404 506 L 396 506 C 340 466 230 456 132 470 Z"
    )
    c.fade(
        art, ((300, 240), p.main.pale), ((300, 480), p.cream.light), 0.85, clip=pages
    )
    c.tone(ellipse(556, 322, 38), p.accent.base, clip=art)
    c.tone(
        path(
            "M 120 440 L 230 330 L 290 390 L 372 300 L 470 420 L 540 370 L 690 "
            "450 L 690 520 L 120 520 Z"
        ),
        p.main.light,
        clip=art,
    )
    c.tone(
        path("M 372 300 L 336 340 L 360 352 L 376 338 L 396 356 L 410 346 Z"),
        p.paper.light,
        clip=art,
    )
    c.tone(
        path(
            "M 120 480 C 200 410 280 410 350 450 C 440 420 560 400 690 470 L 690 "
            "540 L 120 540 Z"
        ),
        p.main.base,
        clip=art,
    )
    c.tone(
        path(
            "M 120 500 C 240 450 330 470 400 490 C 480 470 600 460 690 490 L 690 "
            "540 L 120 540 Z"
        ),
        p.main.deep,
        0.8,
        clip=art,
    )
    c.tone(stroke("M 400 288 L 400 612", 16), p.main.deep, 0.32, blur=7, clip=pages)
    for y, width in ((490, 190), (514, 190), (538, 120)):
        for side in (1, -1):
            x = 150 if side == 1 else 458
            line = (
                f"M {x} {y + (0 if side == 1 else 6)} L {x + width} "
                f"{y + (8 if side == 1 else -2)}"
            )
            c.tone(stroke(line, 5), p.ink.pale, 0.75)


def pencil_case(c: Canvas, p: Palette) -> None:
    """A zipped canvas case with pencils and a ruler looking out."""
    c.contact(400, 470)
    ruler = box(470, 190, 62, 260, 4)
    with c.turned(9, (500, 440)):
        c.solid(ruler, p.wood, edge=0.5)
        for i in range(10):
            c.tone(box(470, 206 + i * 20, 24 if i % 2 == 0 else 14, 4), p.wood.deep)
    for x, lean, ramp, tip in (
        (260, -10, p.accent, 168),
        (330, -3, p.main, 140),
        (400, 4, p.leaf, 176),
    ):
        with c.turned(lean, (x, 460)):
            shaft = box(x - 21, tip + 58, 42, 320)
            cone = polygon((x - 21, tip + 60), (x + 21, tip + 60), (x, tip))
            c.solid(cone, p.cream, edge=0.4)
            c.solid(
                polygon((x - 7, tip + 19), (x + 7, tip + 19), (x, tip)), ramp, edge=0.1
            )
            c.solid(shaft, ramp, "barrel", edge=0.3)
            c.tone(box(x - 7, tip + 58, 14, 320), ramp.light, 0.6)
    bag = path(
        "M 180 372 C 250 360 550 360 620 372 C 660 378 672 404 672 440 L 666 590 "
        "C 664 630 644 648 604 648 L 196 648 C 156 648 136 630 134 590 L 128 440 "
        "C 128 404 140 378 180 372 Z"
    )
    c.drop(bag, dx=0, dy=-5, blur=6, opacity=0.3)
    c.solid(bag, p.main, "plane", edge=1.8)
    zipper = path(
        "M 128 424 C 250 404 550 404 672 424 L 672 452 C 550 432 250 432 128 452 Z"
    )
    c.tone(zipper, p.ink.base, clip=bag)
    for i in range(26):
        x = 146 + i * 20
        y = 438 - 15 * (1 - ((x - 400) / 272) ** 2)
        c.tone(box(x, y - 8, 8, 16, 2), p.brass.light)
    c.solid(box(562, 414, 34, 22, 6), p.brass, edge=0.4)
    pull = path("M 578 428 L 594 432 L 598 500 C 596 512 578 512 574 500 Z")
    c.drop(pull, dx=3, dy=5, blur=3, opacity=0.4, colour=p.main.deep)
    c.solid(pull, p.leather, edge=0.5)
    c.tone(stroke("M 146 622 C 300 630 500 630 654 622", 4), p.main.pale, 0.55)
    patch = box(214, 510, 118, 76, 8)
    c.drop(patch, dx=2, dy=4, blur=3, opacity=0.35, colour=p.main.deep)
    c.solid(patch, p.leather, edge=0.6)
    c.tone(path("M 240 566 L 264 532 L 280 552 L 290 540 L 308 566 Z"), p.leather.pale)


def fountain_pen(c: Canvas, p: Palette) -> None:
    """A fountain pen, uncapped, with the line it has just drawn."""
    c.tone(
        stroke(
            "M 120 640 C 180 586 214 600 204 638 C 196 672 250 668 288 628 C 314 "
            "602 330 640 360 640 C 410 640 420 600 470 606",
            7,
            4,
        ),
        p.main.deep,
        0.9,
    )
    with c.turned(-47, (400, 400)):
        whole = box(120, 362, 566, 76, 38)
        c.hang(whole)
        barrel = path(
            "M 300 358 L 660 362 C 690 366 706 384 706 400 C 706 416 690 434 660 "
            "438 L 300 442 Z"
        )
        c.solid(barrel, p.main, edge=1.6)
        c.gleam("M 330 372 L 650 375", 13, 0.5, blur=1)
        c.solid(box(282, 356, 22, 88, 5), p.brass, edge=0.5)
        c.solid(box(612, 359, 13, 82, 4), p.brass, edge=0.4)
        section = path(
            "M 188 374 C 220 380 250 366 284 364 L 284 436 C 250 434 220 420 188 426 Z"
        )
        c.solid(section, p.ink, edge=0.9)
        nib = path("M 188 372 C 150 372 110 390 74 400 C 110 410 150 428 188 428 Z")
        c.solid(nib, p.brass, edge=0.6)
        c.tone(
            path("M 188 388 C 160 390 140 394 120 400 C 140 406 160 410 188 412 Z"),
            p.steel.light,
        )
        c.tone(stroke("M 84 400 L 152 400", 3), p.ink.base)
        c.tone(ellipse(156, 400, 7), p.ink.base)
        c.gleam("M 206 384 L 272 376", 6, 0.4)


def scissors(c: Canvas, p: Palette) -> None:
    """A pair of scissors, open, with round handles."""
    pivot = (400.0, 372.0)
    blade = path(
        "M 380 420 L 376 330 C 380 220 394 130 414 96 C 422 180 424 300 422 420 Z"
    )
    edge = path(
        "M 414 96 C 422 180 424 300 422 420 L 408 420 C 412 300 414 180 414 96 Z"
    )
    loop = stroke([*ellipse(348, 588, 64, 82)[0], (412, 588)], 34)
    neck = path(
        "M 376 386 L 424 386 C 426 440 420 480 410 548 L 340 522 C 366 490 378 "
        "450 376 386 Z"
    )
    for side in (1, -1):
        with c.turned(side * 19, pivot):
            half = [
                [[(400 + side * (x - 400), y) for x, y in part] for part in outline]
                for outline in (blade, edge, loop, neck)
            ]
            c.hang(half[0])
            c.hang(half[2] + half[3])
            c.solid(half[0], p.steel, edge=0.8)
            c.tone(half[1], p.steel.pale)
            c.solid(half[3] + half[2], p.main, edge=1.3)
    c.solid(ellipse(400, 372, 19), p.steel, "ball", edge=0.5)
    c.tone(stroke("M 390 378 L 410 366", 4), p.steel.deep)


def paper_tape(c: Canvas, p: Palette) -> None:
    """Three rolls of paper tape: two lying, a striped one standing before them."""
    c.contact(340, 400, 636)
    for top, ramp in ((520, p.accent), (410, p.cream)):
        roll = drum(330, top, top + 104, 190, tilt=0.22)
        c.drop(roll, dx=0, dy=5, blur=5, opacity=0.3)
        c.solid(roll, ramp, "barrel")
        c.tone(belt(330, top + 98, top + 104, 190, 0.22), ramp.deep, 0.4, clip=roll)
    for i in range(9):
        for row in range(2):
            x = 158 + i * 44 + row * 22
            dip = 42 * (1 - ((x - 330) / 190) ** 2) ** 0.5 if abs(x - 330) < 188 else 0
            c.tone(ellipse(x, 444 + row * 40 + dip, 10), p.main.base, clip=roll)
    c.solid(ellipse(330, 410, 190, 42), p.cream, edge=0.5)
    for k in (0.93, 0.86, 0.79, 0.72):
        ring = ellipse(330, 410, 190 * k, 42 * k)
        c.tone(ring, p.cream.deep, 0.4, cut=ellipse(330, 410, 190 * k - 3, 42 * k - 2))
    c.solid(ellipse(330, 411, 122, 27), p.wood, edge=0.4)
    c.fade(
        ellipse(330, 413, 106, 22),
        ((240, 410), p.wood.deep),
        ((420, 416), p.wood.light),
    )
    c.contact(560, 200, 654)
    tape = path(
        "M 560 646 C 640 650 680 636 724 640 L 730 654 C 690 650 640 664 560 660 Z"
    )
    face = ellipse(560, 512, 146)
    back = ellipse(526, 508, 142, 144)
    c.drop(face, dx=-8, dy=6, blur=10, opacity=0.32)
    c.solid(back, p.main, edge=0.6)
    c.solid(tape, p.main, edge=0.4)
    c.solid(face, p.main, edge=1)
    for i in range(18):
        with c.turned(20 * i, (560, 512)):
            stripe = polygon((552, 360), (568, 360), (590, 424), (574, 424))
            c.tone(stripe, p.paper.light, 0.85, clip=face)
    c.tone(ellipse(560, 512, 116), p.main.shade, cut=ellipse(560, 512, 112))
    c.solid(ellipse(560, 512, 92), p.wood, edge=0.5)
    hole = ellipse(560, 512, 78)
    c.fade(hole, ((500, 450), p.wood.deep), ((620, 580), p.wood.light))


OBJECTS = {
    "notebook": notebook,
    "book": book,
    "pencil_case": pencil_case,
    "fountain_pen": fountain_pen,
    "scissors": scissors,
    "paper_tape": paper_tape,
}
