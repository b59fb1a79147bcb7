"""Bath and care."""

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


def soap(c: Canvas, p: Palette) -> None:
    """A bar of soap on a slatted dish, with bubbles."""
    c.contact(400, 500)
    for x in (220, 540):
        c.solid(box(x, 606, 44, 38, 8), p.wood, edge=0.6)
    c.solid(box(130, 576, 540, 36, 16), p.wood, "plane", edge=1)
    for x in (226, 312, 398, 484, 570):
        c.tone(box(x, 576, 7, 36), p.wood.deep, 0.55)
    side = path(
        "M 172 440 L 628 440 C 640 500 640 540 620 566 C 600 584 200 584 180 566 "
        "C 160 540 160 500 172 440 Z"
    )
    c.solid(side, p.main, "plane", edge=1.4)
    top = path(
        "M 228 348 C 330 334 470 334 572 348 C 604 354 626 400 630 440 C 632 470 "
        "616 482 580 486 "
        "C 470 498 330 498 220 486 C 184 482 168 470 170 440 C 174 400 196 354 "
        "228 348 Z"
    )
    c.solid(top, p.main, "plane", edge=1.6)
    c.tone(top, p.main.pale, 0.30)
    well = path(
        "M 262 378 C 350 366 450 366 538 378 C 560 384 568 410 570 430 C 570 448 "
        "556 452 530 456 C 450 464 350 464 270 456 C 244 452 230 448 230 430 C "
        "232 410 240 384 262 378 Z"
    )
    c.tone(well, p.main.shade, 0.45)
    c.tone(
        path(
            "M 262 382 C 350 370 450 370 538 382 C 558 388 566 412 567 432 C 567 "
            "448 552 451 530 454 C 450 462 350 462 270 454 C 248 451 233 448 233 "
            "432 C 234 412 242 388 262 382 Z"
        ),
        p.main.base,
    )
    for leaf in (
        "M 400 444 C 372 436 352 416 350 388 C 384 390 402 412 400 444 Z",
        "M 400 444 C 428 436 448 416 450 388 C 416 390 398 412 400 444 Z",
        "M 400 436 C 388 414 388 394 400 376 C 412 394 412 414 400 436 Z",
    ):
        c.solid(path(leaf), p.main, edge=0.5)
        c.tone(path(leaf), p.main.deep, 0.25)
    for x, y, r in (
        (566, 330, 54),
        (636, 290, 32),
        (520, 280, 25),
        (590, 236, 18),
        (196, 356, 30),
        (156, 306, 19),
    ):
        bubble = ellipse(x, y, r)
        c.fade(
            bubble,
            ((x - r, y - r), (255, 255, 255)),
            ((x + r, y + r), p.main.light),
            0.55,
        )
        c.tone(bubble, (255, 255, 255), 0.9, cut=ellipse(x, y, r - 3))
        c.tone(ellipse(x - r * 0.36, y - r * 0.4, r * 0.24, r * 0.17), (255, 255, 255))
        c.tone(ellipse(x + r * 0.4, y + r * 0.44, r * 0.12), (255, 255, 255), 0.8)


def perfume(c: Canvas, p: Palette) -> None:
    """A square bottle of scent with a ball stopper."""
    c.contact(400, 320)
    c.solid(box(370, 252, 60, 66, 6), p.brass, "barrel", edge=0.6)
    for y in (268, 284, 300):
        c.tone(box(370, y, 60, 3), p.brass.deep, 0.5)
    c.solid(ellipse(400, 196, 68, 66), p.accent, "ball", edge=1)
    c.tone(ellipse(376, 172, 17, 12), (255, 255, 255), 0.7, blur=2)
    glass = path(
        "M 330 312 L 470 312 C 480 312 486 318 490 328 C 540 336 574 350 578 394 "
        "L 578 606 "
        "C 578 632 562 648 536 648 L 264 648 C 238 648 222 632 222 606 L 222 394 "
        "C 226 350 260 336 310 328 C 314 318 320 312 330 312 Z"
    )
    c.solid(glass, p.paper, "plane", edge=0.6)
    c.fade(glass, ((260, 320), p.main.pale), ((540, 640), p.main.light), 0.45)
    juice = path(
        "M 250 430 C 330 440 470 420 550 430 L 550 596 C 550 612 540 620 526 620 "
        "L 274 620 C 260 620 250 612 250 596 Z"
    )
    c.solid(juice, p.main, "plane", edge=0.8)
    c.fade(juice, ((300, 430), p.main.pale), ((500, 620), p.main.base), 0.55)
    c.tone(
        path("M 250 430 C 330 440 470 420 550 430 C 470 444 330 450 250 440 Z"),
        p.main.pale,
        0.9,
    )
    c.tone(stroke("M 400 318 L 402 600", 5), (255, 255, 255), 0.5)
    label = box(316, 462, 168, 116, 6)
    c.drop(label, dx=2, dy=5, blur=4, opacity=0.35, colour=p.main.deep)
    c.solid(label, p.paper, edge=0.4)
    c.tone(box(324, 470, 152, 100, 4), p.brass.base, cut=box(327, 473, 146, 94, 3))
    c.tone(stroke("M 400 558 C 398 536 400 516 402 500", 4), p.leaf.base)
    for leaf in (
        "M 400 540 C 380 536 370 524 368 508 C 388 510 398 522 400 540 Z",
        "M 401 528 C 422 524 434 512 434 496 C 414 498 403 510 401 528 Z",
    ):
        c.solid(path(leaf), p.leaf, edge=0.2)
    c.solid(ellipse(402, 494, 12), p.main, "ball", edge=0.3)
    c.gleam("M 244 396 L 244 590", 13, 0.85, blur=2)
    c.gleam("M 556 400 L 556 600", 6, 0.5, blur=1)


def hairbrush(c: Canvas, p: Palette) -> None:
    """A paddle brush, pins towards us, lying aslant."""
    with c.turned(33, (400, 400)):
        shape = mirrored(
            "M 400 84 C 500 84 536 150 536 250 C 536 350 500 404 448 424 C 430 "
            "434 426 450 428 480 "
            "C 434 560 440 640 432 690 C 428 714 414 722 400 722"
        )
        c.hang(shape)
        c.solid(shape, p.main, "plane", edge=1.8)
        pad = ellipse(400, 246, 104, 132)
        c.tone(ellipse(400, 246, 110, 138), p.main.deep, 0.7)
        c.solid(pad, p.accent, "ball", edge=0.9)
        for row in range(9):
            y = 138 + row * 27
            count = (3, 4, 5, 6, 5, 6, 5, 4, 3)[row]
            for i in range(count):
                x = 400 + (i - (count - 1) / 2) * 32
                c.tone(
                    stroke([(x + 3, y + 9), (x + 9, y + 18)], 6),
                    p.accent.deep,
                    0.45,
                    clip=pad,
                )
                c.tone(stroke([(x, y), (x + 4, y + 10)], 6), p.wood.deep)
                c.tone(ellipse(x, y, 5.5), p.wood.pale)
        c.tone(stroke("M 400 470 C 398 540 396 620 400 680", 3), p.main.pale, 0.6)
        c.solid(ellipse(400, 694, 10), p.brass, "ball", edge=0.3)
        c.gleam("M 382 470 C 376 540 372 620 378 676", 9, 0.45, blur=2)
        c.gleam("M 278 240 C 280 170 310 118 360 104", 10, 0.45, blur=2)


def cream_jar(c: Canvas, p: Palette) -> None:
    """An open jar of cream, its wooden lid leaning on it."""
    c.contact(380, 400)
    c.contact(590, 150, 650, 0.8)
    glass = drum(370, 426, 612, 202, 190, 0.15)
    c.solid(glass, p.main, "barrel", edge=1.5)
    c.solid(drum(370, 388, 420, 180, tilt=0.15), p.paper, "barrel", edge=0.6)
    for y in (402, 416):
        c.tone(belt(370, y, y + 4, 180, 0.15), p.paper.deep, 0.5)
    rim = ellipse(370, 386, 180, 29)
    c.solid(rim, p.paper, edge=0.5)
    cream = path(
        "M 206 384 C 230 362 290 366 320 350 C 340 326 372 300 404 316 C 420 326 "
        "400 336 414 346 C 450 366 520 364 536 386 C 500 412 240 412 206 384 Z"
    )
    c.solid(cream, p.cream, "ball", edge=1)
    c.tone(
        stroke("M 270 384 C 330 396 420 392 460 378 C 440 364 380 366 350 368", 7, 3),
        p.cream.shade,
        0.8,
    )
    c.tone(stroke("M 392 318 C 370 324 360 340 372 352", 5, 2), p.cream.shade, 0.7)
    label = path(
        "M 246 486 C 310 508 430 508 494 486 L 490 586 C 430 608 310 608 250 586 Z"
    )
    c.drop(label, dx=2, dy=5, blur=4, opacity=0.35, colour=p.main.deep)
    c.solid(label, p.paper, "barrel", edge=0.4)
    c.tone(stroke("M 268 508 C 330 526 410 526 472 508", 3), p.main.shade)
    c.tone(stroke("M 270 576 C 330 594 410 594 470 576", 3), p.main.shade)
    for leaf in (
        "M 370 576 C 346 566 334 550 334 530 C 358 536 370 552 370 576 Z",
        "M 370 576 C 394 566 406 550 406 530 C 382 536 370 552 370 576 Z",
    ):
        c.solid(path(leaf), p.leaf, edge=0.3)
    with c.turned(-24, (600, 560)):
        lid = ellipse(606, 566, 58, 104)
        side = ellipse(580, 566, 58, 104) + box(580, 462, 26, 208)
        c.drop(lid, dx=-8, dy=4, blur=9, opacity=0.4)
        c.solid(side, p.wood, "plane", edge=0.8)
        c.solid(lid, p.wood, edge=1)
        for k in (0.75, 0.5, 0.25):
            c.tone(
                ellipse(606, 566, 58 * k, 104 * k),
                p.wood.deep,
                0.35,
                cut=ellipse(606, 566, 58 * k - 3, 104 * k - 3),
            )
    c.gleam("M 194 460 L 200 590", 14, 0.5, blur=2)


def towel(c: Canvas, p: Palette) -> None:
    """Three folded waffle towels in a stack, a sprig on top."""
    c.contact(400, 500)
    for y, ramp, inset in ((548, p.main, 0), (450, p.cream, 10), (352, p.main, 22)):
        left, right = 148 + inset, 652 - inset
        height = 100
        fold = path(
            f"M {left + 48} {y} L {right - 10} {y} C {right + 4} {y} {right + 8} "
            f"{y + 12} {right} {y + 20} "
            f"L {right} {y + height - 18} C {right + 8} {y + height - 8} "
            f"{right + 2} {y + height} {right - 10} {y + height} "
            f"L {left + 48} {y + height} C {left - 16} {y + height} {left - 16} "
            f"{y} {left + 48} {y} Z"
        )
        c.drop(fold, dx=2, dy=7, blur=6, opacity=0.3)
        c.solid(fold, ramp, "plane", edge=1.8)
        for k in (0.34, 0.66):
            yy = y + height * k
            c.tone(
                stroke(f"M {left + 40} {yy:.0f} L {right} {yy:.0f}", 5),
                ramp.deep,
                0.42,
                clip=fold,
            )
            c.tone(
                stroke(f"M {left + 40} {yy + 6:.0f} L {right} {yy + 6:.0f}", 4),
                ramp.pale,
                0.8,
                clip=fold,
            )
        weave = []
        for row in range(3):
            for i in range(25):
                weave += box(left + 60 + i * 18, y + 9 + row * 33, 10, 15, 3)
        c.tone(weave, ramp.shade, 0.5, clip=fold)
        band = box(right - 128, y - 4, 40, height + 8)
        other = p.accent if ramp is p.main else p.main
        c.fade(
            band,
            ((right - 128, y), other.light),
            ((right - 88, y + height), other.shade),
            clip=fold,
        )
    c.tone(stroke("M 300 344 C 380 330 470 310 560 262", 7, 4), p.leaf.deep)
    for x, y, a in (
        (350, 330, -40),
        (400, 322, 150),
        (440, 308, -46),
        (486, 298, 140),
        (520, 280, -50),
        (556, 262, 60),
    ):
        with c.turned(a + 20, (x, y)):
            leaf = path(
                f"M {x} {y} C {x - 18} {y - 16} {x - 16} {y - 48} {x} {y - 64} C "
                f"{x + 16} {y - 48} {x + 18} {y - 16} {x} {y} Z"
            )
            c.solid(leaf, p.leaf, edge=0.5)


OBJECTS = {
    "soap": soap,
    "perfume": perfume,
    "hairbrush": hairbrush,
    "cream_jar": cream_jar,
    "towel": towel,
}
