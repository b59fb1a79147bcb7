"""Pictures as evidence: what may come in, what is kept, and where it lies.

A picture is told by its content, never by its name; it is drawn anew without any of
its metadata (no place, no camera) and kept below ``PRIVATE_ROOT``, where no web server
looks. Files are written before their rows commit: one without a row is harmless.
"""

import hashlib
import re
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image, ImageFile, ImageOps

from kernel import references
from kernel.db import outside_transaction
from kernel.errors import Refusal

FORMATS = ("JPEG", "PNG", "WEBP")
# Pillow knows its formats only once it is told to look for them.
Image.init()
# More than any phone takes; what a small file can blow up to is refused unread.
MAX_PIXELS = {"JPEG": 60_000_000, "PNG": 36_000_000, "WEBP": 36_000_000}
# No camera and no screen is longer; a line of one pixel is no picture.
MAX_EDGE = 30_000
# A progressive JPEG comes in some ten scans; each one costs a walk over every pixel.
MAX_SCANS = 40
# Kept no larger than what a person can look at closely.
MAX_SIDE = 3_000
QUALITY = 85
# One upload is drawn at a time: at worst a picture costs 400 MB for some seconds.
# Nobody waits longer for their turn, and nobody's turn is longer, than this.
PATIENCE_SECONDS = 10
TURN_SECONDS = 30
_drawing = Lock()
# Everything Pillow raises on damaged or hostile files.
UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    Image.DecompressionBombError,
)


class BadEvidence(Refusal):
    """A file that cannot be taken: too many, too big, or no picture we can read."""

    code = "bad_evidence"


@dataclass(frozen=True, slots=True)
class Picture:
    """A re-encoded picture on its way to being kept."""

    reference: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def path(self) -> str:
        """Below ``PRIVATE_ROOT``; a few hundred folders, so that none grows large."""
        return f"evidence/{self.sha256[:2]}/{self.reference}.webp"


@outside_transaction
def read_pictures(uploads: Sequence[UploadedFile]) -> list[Picture]:
    """Every upload as a clean picture; nothing is written yet. It takes seconds.

    :raises BadEvidence: when one of them, or their number, is not allowed.
    """
    most = settings.EVIDENCE_MAX_FILES
    if len(uploads) > most:
        raise BadEvidence(
            ngettext("At most %(n)d picture.", "At most %(n)d pictures.", most)
            % {"n": most}
        )
    for upload in uploads:
        _require_small(upload)
    if not uploads:
        return []
    if not _drawing.acquire(timeout=PATIENCE_SECONDS):
        raise BadEvidence(
            _("Many pictures are being read just now. Please try again in a minute.")
        )
    try:
        ends = time.monotonic() + TURN_SECONDS
        return [_read(upload, ends=ends) for upload in uploads]
    finally:
        _drawing.release()


def keep(picture: Picture) -> None:
    """Write ``picture`` below ``PRIVATE_ROOT``."""
    target = file_of(picture.path)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.write_bytes(picture.content)


def file_of(path: str) -> Path:
    return Path(settings.PRIVATE_ROOT) / path


def _name(upload: UploadedFile) -> str:
    return upload.name or _("the picture")


def _require_small(upload: UploadedFile) -> None:
    most = settings.EVIDENCE_MAX_BYTES
    if upload.size is None or upload.size > most:
        raise BadEvidence(
            _("%(name)s is larger than %(size)d MB.")
            % {"name": _name(upload), "size": most // (1024 * 1024)}
        )


def _read(upload: UploadedFile, *, ends: float) -> Picture:
    """One upload as a clean picture, unless it is later than ``ends`` (monotonic)."""
    name = _name(upload)
    if time.monotonic() > ends:
        raise BadEvidence(
            _("Reading these takes too long. Please send fewer or smaller pictures.")
        )
    try:
        upload.seek(0)
        with Image.open(upload, formats=FORMATS) as image:
            _require_drawable(image, name)
            content = _drawn_anew(image)
    except Image.DecompressionBombError as bomb:
        raise BadEvidence(_too_many_pixels(name)) from bomb
    except UNREADABLE as unreadable:
        raise BadEvidence(
            _("%(name)s is not a JPEG, PNG or WebP picture that can be read.")
            % {"name": name}
        ) from unreadable
    return Picture(references.new("EVD"), content)


def _require_drawable(image: ImageFile.ImageFile, name: str) -> None:
    """Only its head has been read so far: what would cost too much ends here.

    :raises BadEvidence: too many pixels, or a film.
    """
    # A phone's JPEG may bring a second picture along ("MPO"): the first is meant.
    kind = image.format if image.format in MAX_PIXELS else "JPEG"
    pixels = image.width * image.height
    if max(image.size) > MAX_EDGE or pixels > MAX_PIXELS[kind]:
        raise BadEvidence(_too_many_pixels(name))
    if kind != "JPEG":
        if getattr(image, "n_frames", 1) > 1:
            raise BadEvidence(
                _("%(name)s is an animation. Please send single pictures.")
                % {"name": name}
            )
    elif _scans(image) > MAX_SCANS:
        raise ValueError("no camera writes so many scans")


def _too_many_pixels(name: str) -> str:
    return _("%(name)s has too many pixels.") % {"name": name}


# Markers with a segment behind them: no stuffed byte, no restart, no filling.
_MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd7\xff])")
_START_OF_SCAN, _END = b"\xda", b"\xd9"


def _scans(image: ImageFile.ImageFile) -> int:
    """How many scans a JPEG has, by walking over its segments; never far too many.

    What stands inside of a segment (a thumbnail's own scans) does not count.
    """
    assert image.fp is not None
    image.fp.seek(0)
    data = image.fp.read()
    scans, at = 0, len("\xff\xd8")
    while scans <= MAX_SCANS and (found := _MARKER.search(data, at)):
        if found[1] == _END:
            break
        scans += found[1] == _START_OF_SCAN
        at = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    return scans


def _drawn_anew(image: Image.Image) -> bytes:
    """The pixels alone, upright, on white, as WebP. Made small before anything else."""
    image.draft("RGB", (MAX_SIDE, MAX_SIDE))
    if image.mode in {"1", "P"}:
        # Colours of a table cannot be mixed.
        image = image.convert("RGBA")
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    pixels = ImageOps.exif_transpose(image).convert("RGBA")
    clean = Image.new("RGB", pixels.size, "white")
    clean.paste(pixels, mask=pixels.getchannel("A"))
    out = BytesIO()
    clean.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()
