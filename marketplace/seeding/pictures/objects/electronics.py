"""Electronics."""

import math

from marketplace.seeding.pictures.canvas import Canvas
from marketplace.seeding.pictures.colour import Palette
from marketplace.seeding.pictures.geometry import (
    Outline,
    box,
    dashes,
    ellipse,
    mirrored,
    path,
    polygon,
    stroke,
)
from marketplace.seeding.pictures.objects.parts import hour_marks


def keyboard(c: Canvas, p: Palette) -> None:
    """A compact keyboard with keys of two colours, turned a little."""
    with c.turned(-9, (400, 420)):
        case = box(84, 276, 632, 292, 30)
        c.hang(case)
        c.drop(case, dx=6, dy=20, blur=3, opacity=0.75, colour=p.main.deep)
        c.solid(case, p.main, "plane", edge=1.5)
        c.tone(box(104, 296, 592, 252, 16), p.main.deep, 0.75)
        unit, top = 38.8, 302.0
        rows = (
            (1, *([1] * 12), 2),
            (1.5, *([1] * 12), 1.5),
            (1.75, *([1] * 11), 2.25),
            (2.25, *([1] * 10), 1.75, 1),
            (1.25, 1.25, 1.25, 6.25, 1, 1, 1, 1, 1),
            (),
        )
        strong = {(0, 0), (2, 12), (4, 3), (3, 12), (4, 6), (4, 7), (4, 8)}
        quiet = {
            (0, 13),
            (1, 0),
            (1, 13),
            (2, 0),
            (3, 0),
            (3, 11),
            (4, 0),
            (4, 1),
            (4, 2),
            (4, 4),
            (4, 5),
        }
        keys: dict[str, Outline] = {"letter": [], "quiet": [], "strong": []}
        tops: dict[str, Outline] = {"letter": [], "quiet": [], "strong": []}
        for r, widths in enumerate(rows):
            x = 108.0
            for i, width in enumerate(widths):
                kind = (
                    "strong"
                    if (r, i) in strong
                    else "quiet"
                    if (r, i) in quiet
                    else "letter"
                )
                y = top + r * 49
                w = width * unit
                keys[kind] += box(x + 2, y + 2, w - 4, 44, 7)
                tops[kind] += box(x + 6, y + 4, w - 12, 33, 6)
                x += w
        ramps = {"letter": p.paper, "quiet": p.main, "strong": p.accent}
        for kind, ramp in ramps.items():
            c.tone(keys[kind], ramp.deep if kind != "letter" else ramp.shade)
            c.solid(keys[kind], ramp, "plane", edge=0.45)
            c.tone(tops[kind], ramp.pale if kind == "letter" else ramp.light, 0.9)
        legends: Outline = []
        for part in tops["letter"]:
            x0 = min(px for px, _ in part)
            y0 = min(py for _, py in part)
            legends += box(x0 + 6, y0 + 7, 8, 4, 2)
        c.tone(legends, p.ink.pale, 0.9)
        c.solid(ellipse(672, 288, 6), p.accent, edge=0.2)


def phone(c: Canvas, p: Palette) -> None:
    """A small phone, its back behind and its front before."""
    with c.turned(11, (500, 400)):
        back = box(392, 140, 244, 492, 46)
        c.hang(back)
        c.solid(back, p.main, "plane", edge=1.8)
        plate = box(418, 166, 116, 116, 34)
        c.drop(plate, dx=3, dy=5, blur=4, opacity=0.4, colour=p.main.deep)
        c.solid(plate, p.main, edge=0.9)
        for x, y in ((452, 200), (500, 248)):
            c.solid(ellipse(x, y, 27), p.steel, edge=0.4)
            c.solid(ellipse(x, y, 22), p.ink, "ball", edge=0.3)
            c.tone(ellipse(x - 7, y - 8, 6), (255, 255, 255), 0.6)
        c.tone(ellipse(502, 198, 9), p.cream.light)
    with c.turned(-7, (320, 420)):
        body = box(186, 150, 258, 516, 48)
        c.hang(body)
        c.drop(body, dx=14, dy=10, blur=12, opacity=0.35)
        c.solid(body, p.main, "plane", edge=1)
        c.solid(box(193, 157, 244, 502, 42), p.ink, edge=0)
        screen = box(202, 166, 226, 484, 34)
        c.fade(screen, ((300, 166), p.main.pale), ((340, 640), p.accent.pale))
        c.tone(ellipse(352, 300, 44), (255, 250, 236), 0.95, clip=screen)
        for hill, colour, opacity in (
            (
                "M 180 480 C 240 400 300 400 350 450 C 390 410 430 410 460 440 L "
                "460 680 L 180 680 Z",
                p.main.light,
                1.0,
            ),
            (
                "M 180 540 C 240 470 290 500 340 520 C 390 480 430 500 460 520 L "
                "460 680 L 180 680 Z",
                p.main.base,
                1.0,
            ),
            (
                "M 180 590 C 250 550 320 590 380 570 C 420 560 440 570 460 580 L "
                "460 680 L 180 680 Z",
                p.main.deep,
                0.9,
            ),
        ):
            c.tone(path(hill), colour, opacity, clip=screen)
        c.tone(
            polygon((200, 160), (330, 160), (230, 660), (200, 660)),
            (255, 255, 255),
            0.16,
            clip=screen,
        )
        c.tone(ellipse(315, 186, 8), p.ink.base)
        c.tone(box(270, 632, 90, 6, 3), (255, 255, 255), 0.85)


def watch(c: Canvas, p: Palette) -> None:
    """A wrist watch with a leather strap, at ten past ten."""
    lower = path(
        "M 334 500 L 466 500 C 458 580 450 650 446 726 C 446 744 354 744 354 726 "
        "C 350 650 342 580 334 500 Z"
    )
    upper = path(
        "M 334 320 L 466 320 C 458 240 452 160 448 70 L 352 70 C 348 160 342 240 "
        "334 320 Z"
    )
    case = ellipse(400, 408, 164)
    c.hang(lower + upper + case)
    for strap in (upper, lower):
        c.solid(strap, p.main, "barrel", edge=1.4)
    c.tone(dashes("M 362 82 C 358 160 352 230 346 290", 4, 10, 7), p.main.pale, 0.85)
    c.tone(dashes("M 438 82 C 442 160 448 230 454 290", 4, 10, 7), p.main.pale, 0.85)
    c.tone(dashes("M 346 530 C 352 590 358 650 364 722", 4, 10, 7), p.main.pale, 0.85)
    c.tone(dashes("M 454 530 C 448 590 442 650 436 722", 4, 10, 7), p.main.pale, 0.85)
    for y in (612, 648, 684):
        c.tone(ellipse(400, y, 7, 9), p.main.deep)
    c.solid(stroke("M 344 96 L 344 62 L 456 62 L 456 96", 15), p.steel, edge=0.5)
    c.solid(stroke("M 400 58 L 400 110", 9), p.steel, edge=0.3)
    for x, y in ((330, 270), (470, 270), (330, 546), (470, 546)):
        c.solid(box(x - 17, y - 30, 34, 60, 12), p.steel, edge=0.6)
    c.solid(box(556, 386, 34, 44, 8), p.steel, edge=0.6)
    for y in (394, 404, 414, 424):
        c.tone(box(560, y - 2, 28, 3), p.steel.deep, 0.6)
    c.solid(case, p.steel, "ball", edge=1.2)
    c.solid(ellipse(400, 408, 144), p.steel, edge=0.5)
    dial = ellipse(400, 408, 134)
    c.solid(dial, p.cream, "plane", edge=0)
    c.tone(
        ellipse(400, 408, 140),
        p.ink.base,
        0.35,
        clip=dial,
        cut=ellipse(406, 416, 130),
        blur=7,
    )
    c.tone(hour_marks((400, 408), 120, 24, 12, 10), p.ink.base)
    for line, width, end in (
        ("M 400 408 L 342 376", 14, 9),
        ("M 400 408 L 474 340", 11, 6),
    ):
        c.drop(stroke(line, width), dx=3, dy=5, blur=3, opacity=0.35)
        c.tone(stroke(line, width, end), p.ink.base)
    c.tone(stroke("M 392 382 L 424 500", 4), p.accent.base)
    c.solid(ellipse(400, 408, 11), p.steel, "ball", edge=0.3)
    shine = polygon((280, 500), (330, 520), (440, 280), (390, 270))
    c.tone(shine, (255, 255, 255), 0.22, clip=dial)


def camera(c: Canvas, p: Palette) -> None:
    """A film camera with a silver top and a leather-grained body."""
    c.contact(400, 540)
    for x in (116, 684):
        ring = ellipse(x, 330, 17)[0]
        c.solid(stroke([*ring, ring[0]], 8), p.steel, edge=0.2)
    c.solid(box(470, 236, 92, 40, 8), p.steel, "barrel", edge=0.5)
    c.solid(box(596, 248, 54, 30, 8), p.steel, "barrel", edge=0.5)
    c.solid(ellipse(623, 248, 20, 7), p.accent, edge=0.3)
    c.solid(box(160, 240, 84, 36, 8), p.steel, "barrel", edge=0.5)
    for x in range(166, 244, 10):
        c.tone(box(x, 244, 3, 30), p.steel.deep, 0.5)
    hump = path(
        "M 300 286 L 322 226 C 326 214 334 208 346 208 L 454 208 C 466 208 474 "
        "214 478 226 L 500 286 Z"
    )
    c.solid(hump, p.steel, edge=0.9)
    body = box(124, 268, 552, 372, 44)
    c.solid(body, p.steel, "plane", edge=1.5)
    skin = box(124, 346, 552, 222)
    c.solid(skin, p.main, "plane", clip=body, edge=0.7)
    grain: Outline = []
    for row in range(14):
        for col in range(36):
            gx, gy = 136 + col * 15.4 + (row % 2) * 7.7, 356 + row * 15.4
            grain += polygon(
                (gx - 2.5, gy), (gx, gy - 2.5), (gx + 2.5, gy), (gx, gy + 2.5)
            )
    c.tone(grain, p.main.deep, 0.45, clip=body)
    c.tone(box(352, 228, 96, 44, 8), p.ink.base)
    c.fade(box(360, 234, 80, 32, 5), ((360, 234), p.ink.pale), ((440, 266), p.ink.deep))
    c.tone(box(540, 292, 76, 36, 7), p.ink.base)
    c.fade(
        box(547, 298, 62, 24, 4),
        ((547, 298), p.accent.light),
        ((609, 322), p.accent.deep),
    )
    c.tone(ellipse(190, 312, 15), p.ink.base)
    c.tone(ellipse(186, 308, 5), (255, 255, 255), 0.7)
    barrel = ellipse(400, 446, 166)
    c.drop(barrel, dx=12, dy=16, blur=13, opacity=0.5, colour=p.ink.deep, clip=body)
    c.solid(barrel, p.ink, "ball", edge=1.2)
    c.solid(ellipse(400, 446, 146), p.steel, edge=0.7)
    for i in range(48):
        a = math.radians(7.5 * i)
        tick = [
            (400 + 158 * math.cos(a), 446 + 158 * math.sin(a)),
            (400 + 164 * math.cos(a), 446 + 164 * math.sin(a)),
        ]
        c.tone(stroke(tick, 3), p.ink.pale, 0.5)
    c.solid(ellipse(400, 446, 124), p.ink, edge=0.9)
    c.tone(ellipse(400, 446, 102), p.accent.base, cut=ellipse(400, 446, 99))
    glass = ellipse(400, 446, 92)
    c.fade(glass, ((340, 380), (70, 92, 122)), ((470, 520), (16, 20, 34)))
    c.tone(ellipse(400, 446, 60), (8, 10, 20), 0.75)
    c.tone(ellipse(412, 458, 34), (84, 74, 140), 0.5, blur=9)
    c.tone(ellipse(362, 406, 27, 20), (255, 255, 255), 0.85, blur=3)
    c.tone(ellipse(440, 488, 10), (255, 255, 255), 0.6, blur=1)


def mouse(c: Canvas, p: Palette) -> None:
    """A wireless mouse from above, its wheel of another colour."""
    with c.turned(14, (400, 400)):
        body = mirrored(
            "M 400 130 C 494 130 544 196 554 300 C 568 430 566 520 532 590 C 504 "
            "648 460 674 400 674"
        )
        c.hang(body)
        c.drop(body, dx=10, dy=18, blur=4, opacity=0.55, colour=p.main.deep)
        c.solid(body, p.main, "ball", edge=2)
        c.tone(
            stroke("M 250 368 C 310 392 490 392 550 368", 5),
            p.main.deep,
            0.55,
            clip=body,
        )
        c.tone(
            stroke("M 250 373 C 310 397 490 397 550 373", 3),
            p.main.pale,
            0.8,
            clip=body,
        )
        c.tone(stroke("M 400 132 L 400 382", 5), p.main.deep, 0.55)
        c.tone(box(376, 196, 48, 120, 24), p.main.deep, 0.85)
        c.solid(box(383, 204, 34, 104, 17), p.accent, "barrel", edge=0.6)
        for y in range(216, 304, 11):
            c.tone(box(385, y, 30, 3), p.accent.deep, 0.6)
        c.tone(ellipse(400, 424, 6), p.accent.base)
        c.tone(stroke("M 256 420 C 252 480 258 530 276 572", 12, 5), p.main.deep, 0.35)
        c.gleam("M 282 300 C 286 236 308 190 346 168", 18, 0.5, blur=4)


OBJECTS = {
    "keyboard": keyboard,
    "phone": phone,
    "watch": watch,
    "camera": camera,
    "mouse": mouse,
}
