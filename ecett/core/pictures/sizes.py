"""From the file of somebody's camera to two small pictures that hold nothing but the picture.

What is not a picture, or would unfold into more than memory should hold, is refused by its first bytes and by its
header, before anything is decoded. What is kept is encoded by us: no place, no camera, no thumbnail of before, no
bytes of the sender's.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageFile, ImageOps

from ecett.core.uploads import check_upload

ACCEPTED = ("jpeg", "png")
#: The longer side of what is kept, pixels: to look at, and beside a text.
LARGE, SMALL = 1600, 640
QUALITY = 80
# What the decoder raises for bytes that are none of a picture.
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    struct.error,
    zlib.error,
)
_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Rendition:
    """One size of a picture, WebP."""

    data: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Sizes:
    """A picture as it is kept."""

    large: Rendition
    small: Rendition


def make_sizes(upload: Any) -> Sizes:
    """Check a sent file and make both sizes; raises ``ValidationError`` in words for what is none or too much."""
    kind = check_upload(upload, allowed=ACCEPTED, max_bytes=settings.PICTURE_MAX_BYTES)
    try:
        with _whole_files(), Image.open(upload, formats=[kind]) as image:
            _check_pixels(*image.size)
            # A camera's JPEG is read at a fraction of its size, which costs a fraction of the time and memory.
            image.draft("RGB", (2 * LARGE, 2 * LARGE))
            plain = _plain(ImageOps.exif_transpose(image))
        return Sizes(_rendition(plain, LARGE), _rendition(plain, SMALL))
    except _TOO_LARGE as error:
        raise _too_many() from error
    except _DAMAGED as error:
        raise ValidationError(
            _("This picture cannot be read: the file is damaged."), code="damaged"
        ) from error


@contextmanager
def _whole_files() -> Iterator[None]:
    """A file whose end is missing is damaged; who makes PDFs in this process lets such pictures pass."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _check_pixels(width: int, height: int) -> None:
    if max(width, height) > settings.PICTURE_MAX_SIDE or width * height > settings.PICTURE_MAX_PIXELS:
        raise _too_many(width, height)


def _too_many(width: int = 0, height: int = 0) -> ValidationError:
    values = {
        "width": width,
        "height": height,
        "side": settings.PICTURE_MAX_SIDE,
        "most": settings.PICTURE_MAX_PIXELS // 1_000_000,
    }
    text = (
        _("This picture is %(width)s × %(height)s pixels.") % values
        if width
        else _("This picture is enormous.")
    )
    limit = _(
        "At most %(side)s pixels a side and %(most)s million in all can be sent. Please make it smaller first."
    )
    return ValidationError(f"{text} {limit % values}", code="pixels")


def _plain(image: Image.Image) -> Image.Image:
    """Red, green and blue as every screen shows them; what was see-through is white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layers = image.convert("RGBA")
        paper = Image.new("RGB", layers.size, "white")
        paper.paste(layers, mask=layers.getchannel("A"))
        return paper
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            screen = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(image, own, screen, outputMode="RGB")
            if turned is not None:
                return turned
        except (ImageCms.PyCMSError, OSError):
            # A profile that is none: the colours are taken as they are.
            pass
    return image.convert("RGB")


def _rendition(image: Image.Image, longest: int) -> Rendition:
    sized = image.copy()
    sized.info.clear()
    sized.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    file = BytesIO()
    sized.save(file, "WEBP", quality=QUALITY, method=4)
    return Rendition(file.getvalue(), *sized.size)
