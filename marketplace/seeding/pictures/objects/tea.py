"""Things of the tea table."""

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette
from marketplace.seeding.pictures.geometry import (
    belt,
    box,
    drum,
    ellipse,
    mirrored,
    path,
    polygon,
    stroke,
)


def teapot(c: Canvas, p: Palette) -> None:
    """A round clay pot, its handle of the same clay, its knob of another."""
    c.contact(395, 330)
    handle = stroke(
        "M 540 372 C 640 326 704 396 674 474 C 652 526 596 552 548 552", 32, 26
    )
    c.solid(handle, p.main, edge=0.9)
    spout = path(
        "M 266 508 C 198 488 178 420 158 360 C 150 342 130 336 120 322 "
        "C 142 308 176 314 194 330 C 226 362 240 396 296 410 Z"
    )
    c.solid(spout, p.main)
    c.tone(
        path("M 120 322 C 140 308 176 312 192 329 C 172 334 142 333 120 322 Z"),
        p.main.deep,
    )
    body = mirrored(
        "M 400 300 C 474 300 536 326 566 398 C 596 480 566 574 504 624 "
        "C 484 640 440 648 400 648"
    )
    c.solid(body, p.main, "ball")
    for y in (566, 582):
        c.tone(belt(400, y, y + 5, 210, 0.1), p.main.deep, 0.4, clip=body)
    lid = mirrored("M 400 252 C 456 252 502 278 512 314 C 484 332 440 337 400 337")
    c.drop(lid, dx=4, dy=10, blur=6, opacity=0.42, colour=p.main.deep, clip=body)
    c.solid(lid, p.main, "ball")
    c.solid(ellipse(400, 236, 32, 28), p.accent, "ball", edge=0.6)
    c.gleam("M 264 474 C 260 420 286 374 326 348", 22, 0.42, blur=3)
    c.gleam("M 330 290 C 344 278 362 270 380 268", 11, 0.4, blur=2)


def cup(c: Canvas, p: Palette) -> None:
    """A handleless cup of tea, glazed halfway down."""
    c.contact(400, 270)
    body = mirrored(
        "M 400 308 L 612 308 C 612 452 580 556 516 606 C 508 636 478 648 400 648"
    )
    c.solid(body, p.cream, "barrel")
    glaze = path(
        "M 180 290 L 620 290 L 620 448 C 580 470 560 500 524 492 C 494 486 470 476 "
        "440 486 C 400 500 384 530 350 524 C 310 518 300 480 250 476 L 180 440 Z"
    )
    c.drop(glaze, dx=2, dy=6, blur=4, opacity=0.3, colour=p.main.deep, clip=body)
    c.solid(glaze, p.main, "barrel", clip=body, edge=0.5)
    c.solid(ellipse(400, 308, 212, 52), p.main, edge=0.5)
    inside = ellipse(400, 312, 194, 42)
    c.fade(inside, ((230, 312), p.cream.shade), ((560, 318), p.cream.pale))
    c.solid(ellipse(400, 334, 168, 32), p.brass, clip=inside, edge=0.4)
    c.tone(ellipse(340, 326, 62, 7), p.brass.pale, 0.7, clip=inside, blur=2)
    c.gleam("M 222 384 C 226 440 240 498 266 546", 18, 0.55, blur=3)


def gaiwan(c: Canvas, p: Palette) -> None:
    """A lidded bowl on its saucer, painted with bamboo in the main colour."""
    c.contact(400, 330)
    saucer = mirrored("M 400 570 L 606 574 C 590 618 520 646 400 648")
    c.solid(saucer, p.paper, "barrel")
    c.solid(ellipse(400, 576, 206, 36), p.paper, edge=0.5)
    c.tone(ellipse(400, 578, 182, 29), p.main.base, cut=ellipse(400, 579, 175, 27))
    bowl = mirrored(
        "M 400 364 L 572 356 C 572 456 532 546 470 582 C 460 592 430 594 400 594"
    )
    c.drop(bowl, dx=8, dy=6, blur=8, opacity=0.35)
    c.solid(bowl, p.paper, "barrel")
    stem = "M 352 566 C 346 510 350 450 362 404"
    c.tone(stroke(stem, 7, 5), p.main.base)
    for leaf in (
        "M 356 470 C 400 440 440 440 474 462 C 432 470 396 476 356 470 Z",
        "M 352 510 C 320 480 296 474 262 484 C 292 506 320 516 352 510 Z",
        "M 350 530 C 400 510 440 516 462 534 C 424 544 386 544 350 530 Z",
        "M 360 424 C 340 404 316 400 290 408 C 310 426 336 434 360 424 Z",
    ):
        c.solid(path(leaf), p.main, edge=0.3)
    lid = mirrored("M 400 250 C 470 254 546 292 556 356 C 510 376 450 382 400 382")
    c.drop(lid, dx=4, dy=9, blur=6, opacity=0.32, clip=bowl)
    c.solid(lid, p.paper, "ball")
    c.tone(belt(400, 322, 329, 170, 0.17), p.main.base, clip=lid)
    c.solid(drum(400, 226, 254, 40, 28, 0.22), p.main, "barrel", edge=0.5)
    c.solid(ellipse(400, 226, 40, 9), p.main, edge=0.3)
    c.gleam("M 292 336 C 304 306 324 288 350 278", 15, 0.8, blur=2)


def tea_tin(c: Canvas, p: Palette) -> None:
    """A lidded tin with a paper band and a leaf on it."""
    c.contact(400, 320)
    body = drum(400, 300, 616, 162, tilt=0.17)
    c.solid(body, p.main, "barrel")
    c.solid(belt(400, 384, 540, 162, 0.17), p.paper, "barrel", clip=body, edge=0)
    for y in (392, 529):
        c.tone(belt(400, y, y + 4, 162, 0.17), p.main.base, clip=body)
    for side in (1, -1):
        leaf = path(
            f"M 400 528 C {400 + side * 8} 490 {400 + side * 30} 468 {400 + side * 74} "
            f"454 C {400 + side * 72} 494 {400 + side * 48} 524 400 528 Z"
        )
        c.solid(leaf, p.leaf, edge=0.4)
    c.solid(
        path("M 400 500 C 376 470 378 440 400 414 C 422 440 424 470 400 500 Z"),
        p.leaf,
        edge=0.4,
    )
    lid = drum(400, 208, 304, 167, tilt=0.17)
    c.drop(lid, dx=0, dy=10, blur=6, opacity=0.4, colour=p.main.deep, clip=body)
    c.solid(lid, p.main, "barrel")
    c.solid(ellipse(400, 208, 167, 28), p.main, edge=0.4)
    c.tone(
        ellipse(400, 208, 138, 21), p.main.shade, 0.5, cut=ellipse(400, 209, 134, 20)
    )
    c.solid(box(366, 178, 68, 30, 15), p.brass, "barrel", edge=0.5)
    c.gleam("M 276 256 L 276 300", 11, 0.4, blur=2)


def honey_jar(c: Canvas, p: Palette) -> None:
    """A jar of honey under a cloth cap, with a comb on its label."""
    c.contact(400, 320)
    glass = path(
        "M 268 344 C 232 356 220 386 220 420 L 220 590 C 220 628 240 648 280 648 "
        "L 520 648 C 560 648 580 628 580 590 L 580 420 C 580 386 568 356 532 344 Z"
    )
    c.solid(glass, p.main, "barrel", edge=1.2)
    c.fade(glass, ((400, 330), p.main.pale), ((400, 640), p.main.shade), 0.42)
    label = box(278, 430, 244, 158, 14)
    c.drop(label, dx=2, dy=5, blur=4, opacity=0.3, colour=p.main.deep)
    c.solid(label, p.paper, edge=0.4)
    for x, y in (
        (400, 486),
        (364, 507),
        (436, 507),
        (400, 528),
        (364, 549),
        (436, 549),
    ):
        hexagon = polygon(
            (x - 22, y),
            (x - 11, y - 19),
            (x + 11, y - 19),
            (x + 22, y),
            (x + 11, y + 19),
            (x - 11, y + 19),
        )
        c.solid(hexagon, p.main, edge=0.4)
    cap = mirrored(
        "M 400 212 C 470 212 520 226 530 262 L 532 318 C 556 336 572 356 584 384 "
        "C 560 376 548 388 530 380 C 508 392 494 378 472 386 C 450 394 430 380 400 388"
    )
    c.drop(cap, dx=3, dy=10, blur=6, opacity=0.45, colour=p.main.deep, clip=glass)
    c.solid(cap, p.cream, "barrel")
    for x in range(240, 580, 34):
        bend = (400 - x) * 0.16
        line = f"M {x + bend * 1.6:.0f} 214 C {x} 270 {x} 330 {x - bend:.0f} 392"
        c.tone(stroke(line, 9), p.accent.light, 0.55, clip=cap)
    for y in (236, 270, 350):
        c.tone(belt(400, y, y + 9, 190, 0.1), p.accent.light, 0.55, clip=cap)
    c.solid(stroke("M 262 312 C 330 336 470 336 538 312", 13), p.leather, edge=0.4)
    c.gleam("M 244 430 L 244 574", 14, 0.6, blur=2)


OBJECTS = {
    "teapot": teapot,
    "cup": cup,
    "gaiwan": gaiwan,
    "tea_tin": tea_tin,
    "honey_jar": honey_jar,
}
