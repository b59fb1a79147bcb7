"""Evidence: what may come in, what is kept, and who may see it."""

import struct
import zlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from PIL import Image

from escrow.disputes import evidence, queries
from escrow.disputes.evidence import BadEvidence, read_pictures
from escrow.disputes.models import Dispute, Evidence
from tests.escrow.builders import (
    _user,
    a_dispute,
    a_disputed_hold,
    a_file,
    a_picture,
    a_shipped_hold,
    dana,
    fresh,
    mei,
    picture_bytes,
)

pytestmark = pytest.mark.django_db


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def a_bomb(side=30_000):
    """A PNG of a few kilobytes that says it is 900 million pixels."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    row = zlib.compress(b"\0" * (side // 8 + 1) * 1_000)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", row)
        + chunk(b"IEND", b"")
    )


def with_location():
    exif = Image.Exif()
    exif[0x010F] = "Danbao Phone"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 13.0, 48.0)})
    return picture_bytes("JPEG", exif=exif, comment=b"at home")


def refused(name, content):
    with pytest.raises(BadEvidence) as no:
        read_pictures([a_file(name, content)])
    return str(no.value.message)


def test_only_the_pixels_are_kept():
    content = with_location()
    assert b"Danbao Phone" in content

    (picture,) = read_pictures([a_file("home.jpg", content)])

    kept = Image.open(BytesIO(picture.content))
    assert (kept.format, kept.size) == ("WEBP", (60, 40))
    assert not kept.getexif()
    assert set(kept.info) <= {"loop", "background", "timestamp", "duration"}
    for trace in (b"Danbao Phone", b"at home", b"Exif", b"EXIF"):
        assert trace not in picture.content


def test_a_picture_taken_sideways_is_kept_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    (picture,) = read_pictures([a_file("x.jpg", picture_bytes("JPEG", exif=exif))])

    assert Image.open(BytesIO(picture.content)).size == (40, 60)


def test_large_pictures_are_made_smaller():
    (picture,) = read_pictures([a_picture(size=(4_000, 1_000))])

    assert Image.open(BytesIO(picture.content)).size == (3_000, 750)


def test_what_shines_through_lies_on_white():
    out = BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(out, "PNG")

    (picture,) = read_pictures([a_file("x.png", out.getvalue())])

    assert Image.open(BytesIO(picture.content)).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_content_says_what_it_is_not_the_name(kind):
    assert read_pictures([a_file("notes.txt", picture_bytes(kind))])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("crack.jpg", b"<?php echo 1; ?>"),
        ("crack.jpg", b""),
        ("crack.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 300),
        ("crack.jpg", picture_bytes("JPEG")[:200]),
        ("crack.gif", picture_bytes("GIF")),
        ("crack.bmp", picture_bytes("BMP")),
        ("crack.tiff", picture_bytes("TIFF")),
        ("crack.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("crack.pdf", b"%PDF-1.4"),
        ("crack.png", picture_bytes("PNG")[:-40]),
    ],
)
def test_other_files_are_refused_whatever_their_name(name, content):
    assert name in refused(name, content)


def test_a_picture_that_would_blow_up_is_refused_unread():
    bomb = a_bomb()
    assert len(bomb) < 100_000

    assert "crack.png" in refused("crack.png", bomb)


def test_a_smaller_bomb_is_refused_too():
    assert "pixels" in refused("crack.png", a_bomb(side=9_000))


def a_flat_png(width, height):
    """A PNG of ``width`` × ``height`` see-through pixels, in a few kilobytes."""
    squeeze = zlib.compressobj(9)
    row = bytes(1 + 4 * width)
    data = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", data)
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def nothing_is_drawn(monkeypatch):
    """Whoever decodes a pixel fails the test: the head of a file must be enough."""

    def drawn(*_):
        pytest.fail("it was decoded")

    monkeypatch.setattr(evidence, "_drawn_anew", drawn)


@pytest.mark.usefixtures("nothing_is_drawn")
@pytest.mark.parametrize("size", [(6_001, 6_000), (30_001, 10), (10, 30_001)])
def test_what_no_phone_takes_is_refused_by_its_head(size):
    assert "pixels" in refused("crack.png", a_flat_png(*size))


def test_the_largest_that_is_taken_is_read():
    assert read_pictures([a_file("x.png", a_flat_png(6_000, 600))])


def a_progressive_jpeg(scans):
    """Its last scan over and over: a few bytes each, a walk over all pixels each."""
    whole = picture_bytes("JPEG", progressive=True)
    begin = whole.rfind(b"\xff\xda")
    scan, end = whole[begin:-2], whole[-2:]
    return whole[:-2] + scan * scans + end


def test_a_progressive_picture_is_taken():
    assert read_pictures([a_file("x.jpg", a_progressive_jpeg(0))])


@pytest.mark.usefixtures("nothing_is_drawn")
@pytest.mark.parametrize("hidden", [b"", b"\xff\x01"])
def test_a_thousand_scans_are_refused_unread(hidden):
    content = a_progressive_jpeg(1_000)
    # Pillow looks as far as the first scan.
    begin = content.find(b"\xff\xda", content.find(b"\xff\xda") + 1)

    assert "read" in refused("x.jpg", content[:begin] + hidden + content[begin:])


def test_the_scans_of_a_thumbnail_inside_do_not_count():
    thumbnails = b"\xff\xda" * 1_000
    content = picture_bytes("JPEG", comment=thumbnails)

    assert read_pictures([a_file("x.jpg", content)])


@pytest.mark.usefixtures("nothing_is_drawn")
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_animation_is_refused_by_its_head(kind):
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])

    assert "animation" in refused("x.png", out.getvalue())


def test_a_phones_double_picture_is_taken():
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "MPO", save_all=True, append_images=frames[1:])

    (picture,) = read_pictures([a_file("x.jpg", out.getvalue())])

    assert Image.open(BytesIO(picture.content)).getpixel((4, 4))[0] > 200


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_way_of_storing_a_picture_is_read(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    out = BytesIO()
    Image.new("RGB", (60, 40)).convert("L" if mode == "I;16" else mode).convert(
        mode
    ).save(out, kind)

    assert read_pictures([a_file("x", out.getvalue())])


def test_uploads_are_drawn_one_after_the_other(monkeypatch):
    monkeypatch.setattr(evidence, "PATIENCE_SECONDS", 0.01)

    with evidence._drawing, pytest.raises(BadEvidence, match="again in a minute"):
        read_pictures([a_picture()])

    assert read_pictures([a_picture()])


def test_many_slow_pictures_end_in_time(monkeypatch):
    monkeypatch.setattr(evidence, "TURN_SECONDS", -1)

    with pytest.raises(BadEvidence, match="fewer or smaller pictures"):
        read_pictures([a_picture()])

    assert not evidence._drawing.locked()


def test_twenty_megabytes_and_not_a_byte_more(settings):
    content = picture_bytes("JPEG")
    most = settings.EVIDENCE_MAX_BYTES

    assert "20 MB" in refused("big.jpg", content.ljust(most + 1, b"\0"))
    assert read_pictures([a_file("big.jpg", content.ljust(most, b"\0"))])


def test_twenty_pictures_and_not_one_more(settings):
    with pytest.raises(BadEvidence, match="20"):
        read_pictures([a_picture() for _ in range(21)])

    assert len(read_pictures([a_picture() for _ in range(20)])) == 20


def test_a_bad_picture_refuses_the_whole_dispute(gateway, settings, clock):
    hold = a_shipped_hold(gateway)

    with pytest.raises(BadEvidence):
        a_dispute(hold, pictures=[a_picture(), a_file("x.jpg", b"no")])

    assert fresh(hold).release_at == hold.release_at
    assert not Dispute.objects.exists()
    assert not Evidence.objects.exists()
    assert not list(settings.PRIVATE_ROOT.rglob("*.webp"))


def test_the_file_lies_outside_the_media_folder(gateway, settings, clock):
    row = a_disputed_hold(gateway).evidence.get()

    path = evidence.file_of(row.file)

    assert path.is_file()
    assert path.is_relative_to(settings.PRIVATE_ROOT)
    assert not path.is_relative_to(settings.MEDIA_ROOT)
    assert row.sha256 == __import__("hashlib").sha256(path.read_bytes()).hexdigest()


# --- Who may see it -------------------------------------------------------------------


def link(dispute, viewer):
    return queries.evidence_url(dispute.evidence.get(), viewer)


@pytest.fixture
def dispute(gateway, clock):
    return a_disputed_hold(gateway)


@pytest.mark.parametrize("who", ["buyer", "seller", "desk"])
def test_the_two_sides_and_the_desk_see_it(who, dispute, client):
    people = {"buyer": mei(), "seller": dispute.hold.seller.user, "desk": dana()}
    viewer = people[who]
    client.force_login(viewer)

    (exhibit,) = queries.exhibits(dispute, viewer=viewer)
    answer = client.get(exhibit.url)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert "no-store" in answer["Cache-Control"]
    assert Image.open(BytesIO(answer.content)).format == "WEBP"


def test_a_stranger_gets_no_link_and_cannot_use_another_persons(dispute, client):
    stranger = _user("eve@danbao.example", "Eve")
    assert queries.exhibits(dispute, viewer=stranger) == []
    client.force_login(stranger)

    assert client.get(link(dispute, mei())).status_code == 404
    assert client.get(link(dispute, stranger)).status_code == 404


def test_a_link_is_made_for_one_person_only(dispute, client):
    client.force_login(dispute.hold.seller.user)

    assert client.get(link(dispute, mei())).status_code == 404


def test_a_visitor_is_asked_to_sign_in(dispute, client):
    answer = client.get(link(dispute, mei()))

    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]


def test_a_changed_link_opens_nothing(dispute, client):
    client.force_login(mei())
    url = link(dispute, mei())

    assert client.get(url[:-2] + "x/").status_code == 404
    assert client.get("/disputes/evidence/anything/").status_code == 404


def test_a_link_is_good_for_five_minutes(dispute, client):
    with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC), tick=False) as moment:
        client.force_login(mei())
        url = link(dispute, mei())
        moment.shift(299)
        assert client.get(url).status_code == 200
        moment.shift(2)
        assert client.get(url).status_code == 404


def test_a_link_ends_with_the_right_to_see(dispute, client):
    desk = dana()
    client.force_login(desk)
    url = link(dispute, desk)
    type(desk).objects.filter(pk=desk.pk).update(is_staff=False)

    assert client.get(url).status_code == 404
