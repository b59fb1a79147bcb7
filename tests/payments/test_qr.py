"""The drawn code is the code: it is read back off its drawing."""

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from payments import qr

SCALE = 6


def read(svg):
    """What a scanner reads off the drawing."""
    size = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    image = Image.new("L", (size * SCALE, size * SCALE), 255)
    draw = ImageDraw.Draw(image)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg):
        left, top = int(x) * SCALE, int(y) * SCALE
        right = left + int(length) * SCALE - 1
        draw.rectangle((left, top, right, top + SCALE - 1), fill=0)
    return [found.text for found in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize(
    "payload",
    [
        "https://qr.alipay.com/bax03431ljhokirwl38f00a7",
        "http://192.0.2.7:8001/bax0",
        "x" * 300,
    ],
)
def test_a_scanner_reads_what_was_drawn(payload):
    assert read(qr.svg(payload)) == [payload]


def test_the_drawing_is_plain_and_small():
    svg = qr.svg("https://qr.alipay.com/bax03431ljhokirwl38f00a7")

    assert len(svg) < 10_000
    assert svg.count("<") == 3
    assert "style" not in svg
