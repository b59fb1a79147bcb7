"""The drawn code is the code: it is read back off its drawing, seal and all."""

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from payments import qr

SCALE = 12
# The least that a scanner is to manage, and what the page shows.
SMALL, LARGE = 120, 264
PAYLOAD = "https://qr.alipay.com/bax03431ljhokirwl38f00a7"
# The seal as the grey that a scanner sees, and as nothing at all.
VERMILION, PAPER = 100, 255


def drawn(svg, *, pixels, seal=VERMILION):
    """The drawing as a picture of ``pixels`` by ``pixels``, softened as screens do."""
    size = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    image = Image.new("L", (size * SCALE, size * SCALE), 255)
    draw = ImageDraw.Draw(image)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg):
        left, top = int(x) * SCALE, int(y) * SCALE
        right = left + int(length) * SCALE - 1
        draw.rectangle((left, top, right, top + SCALE - 1), fill=0)
    place, scale = re.search(
        r"translate\(([\d.]+) [\d.]+\) scale\(([\d.]+)\)", svg
    ).groups()
    begin, side = float(place) * SCALE, float(scale) * 32 * SCALE
    draw.rectangle((begin, begin, begin + side, begin + side), fill=seal)
    return image.resize((pixels, pixels), Image.Resampling.LANCZOS)


def read(image):
    """What a scanner reads off a picture."""
    return [found.text for found in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("seal", [VERMILION, PAPER, 0])
@pytest.mark.parametrize("pixels", [SMALL, LARGE])
def test_a_scanner_reads_it_small_with_the_seal_in_the_middle(pixels, seal):
    assert read(drawn(qr.svg(PAYLOAD), pixels=pixels, seal=seal)) == [PAYLOAD]


@pytest.mark.parametrize("payload", ["http://192.0.2.7:8001/bax0", "x" * 300])
def test_any_payload_is_read_at_the_size_of_the_page(payload):
    assert read(drawn(qr.svg(payload), pixels=LARGE)) == [payload]


def test_a_part_may_be_dirty_besides():
    picture = drawn(qr.svg(PAYLOAD), pixels=LARGE)
    ImageDraw.Draw(picture).rectangle((180, 180, 205, 205), fill=255)

    assert read(picture) == [PAYLOAD]


def test_the_seal_stands_in_the_middle_and_touches_no_module():
    svg = qr.svg(PAYLOAD)
    size = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    place, scale = re.search(
        r"translate\(([\d.]+) [\d.]+\) scale\(([\d.]+)\)", svg
    ).groups()
    begin, end = float(place), float(place) + float(scale) * 32

    assert begin + end == pytest.approx(size, abs=0.01)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg):
        apart_x = int(x) >= end or int(x) + int(length) <= begin
        apart_y = int(y) >= end or int(y) + 1 <= begin
        assert apart_x or apart_y


def test_the_drawing_is_plain_and_small():
    svg = qr.svg(PAYLOAD)

    assert len(svg) < 12_000
    assert "style" not in svg
    assert "<text" not in svg
