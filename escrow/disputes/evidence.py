"""Pictures as evidence: what may come in, what is kept, and where it lies.

A picture is told by its content, never by its name; it is drawn anew without any of
its metadata (no place, no camera) and kept below ``PRIVATE_ROOT``, where no web server
looks. Files are written before their rows commit: one without a row is harmless.
"""

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image, ImageOps

from kernel import references
from kernel.errors import Refusal

FORMATS = ("JPEG", "PNG", "WEBP")
# Pillow knows its formats only once it is told to look for them.
Image.init()
# More than any phone takes; what a small file can blow up to is refused unread.
MAX_PIXELS = 60_000_000
# Kept no larger than what a person can look at closely.
MAX_SIDE = 3_000
QUALITY = 85
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


def read_pictures(uploads: Sequence[UploadedFile]) -> list[Picture]:
    """Every upload as a clean picture; nothing is written yet.

    :raises BadEvidence: when one of them, or their number, is not allowed.
    """
    most = settings.EVIDENCE_MAX_FILES
    if len(uploads) > most:
        raise BadEvidence(
            ngettext("At most %(n)d picture.", "At most %(n)d pictures.", most)
            % {"n": most}
        )
    return [_read(upload) for upload in uploads]


def keep(picture: Picture) -> None:
    """Write ``picture`` below ``PRIVATE_ROOT``."""
    target = file_of(picture.path)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.write_bytes(picture.content)


def file_of(path: str) -> Path:
    return Path(settings.PRIVATE_ROOT) / path


def _read(upload: UploadedFile) -> Picture:
    name = upload.name or _("the picture")
    most = settings.EVIDENCE_MAX_BYTES
    if upload.size is None or upload.size > most:
        raise BadEvidence(
            _("%(name)s is larger than %(size)d MB.")
            % {"name": name, "size": most // (1024 * 1024)}
        )
    try:
        upload.seek(0)
        with Image.open(upload, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise BadEvidence(_("%(name)s has too many pixels.") % {"name": name})
            content = _drawn_anew(image)
    except UNREADABLE as unreadable:
        raise BadEvidence(
            _("%(name)s is not a JPEG, PNG or WebP picture that can be read.")
            % {"name": name}
        ) from unreadable
    return Picture(references.new("EVD"), content)


def _drawn_anew(image: Image.Image) -> bytes:
    """The pixels alone, upright, on white, as WebP."""
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    pixels = upright.convert("RGBA")
    clean = Image.new("RGB", pixels.size, "white")
    clean.paste(pixels, mask=pixels.getchannel("A"))
    out = BytesIO()
    clean.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()
