"""A JPEG inside a document: where, when and by whom it was taken goes, the picture stays as it is. Pure: no Django."""

from __future__ import annotations

import struct
from io import BytesIO

from PIL import Image

ORIENTATION = 0x0112
# Application segments that a decoder needs: JFIF, the colour profile, Adobe's colour transform.
_NEEDED = (0xE0, 0xE2, 0xEE)
_COMMENT, _SCAN = 0xFE, 0xDA


def without_origin(jpeg: bytes) -> bytes:
    """The same picture without EXIF (but for the way it is turned), XMP, IPTC and comments; what is no JPEG comes back
    as it is."""
    if not jpeg.startswith(b"\xff\xd8\xff"):
        return jpeg
    kept, at = [b"\xff\xd8"], 2
    turned = _turned(jpeg)
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker == _SCAN:
            break
        end = at + 2 + struct.unpack_from(">H", jpeg, at + 2)[0]
        if not (0xE0 <= marker <= 0xEF or marker == _COMMENT) or marker in _NEEDED:
            kept.append(jpeg[at:end])
        if turned and len(kept) == 2:
            # After JFIF, which comes first.
            kept.append(turned)
            turned = b""
        at = end
    return b"".join(kept) + jpeg[at:]


def _turned(jpeg: bytes) -> bytes:
    """An EXIF segment that holds the way the picture is turned and nothing else; empty when it stands upright."""
    try:
        with Image.open(BytesIO(jpeg), formats=["JPEG"]) as image:
            way = image.getexif().get(ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError, TypeError, Image.DecompressionBombError):
        return b""
    if way == 1 or not isinstance(way, int) or not 1 <= way <= 8:
        return b""
    exif = Image.Exif()
    exif[ORIENTATION] = way
    data = exif.tobytes()
    return b"\xff\xe1" + struct.pack(">H", len(data) + 2) + data
