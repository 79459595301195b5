"""What people's cameras send, and what is sent as if: refused before it unfolds, or made anew without what is nobody's
business.
"""

from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageFile

from ecett.core.pictures.sizes import LARGE, SMALL, make_sizes

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def sent(image: Image.Image, name: str = "a.jpg", **options: Any) -> SimpleUploadedFile:
    file = BytesIO()
    image.save(file, "PNG" if name.endswith("png") else "JPEG", **options)
    return SimpleUploadedFile(name, file.getvalue())


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def png_of(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG whose header says so, whatever stands behind it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(data)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.fixture(autouse=True, params=[False, True], ids=["", "beside a maker of PDFs"])
def beside(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who makes PDFs lets pictures of its process pass whose end is missing."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", request.param)


def test_two_sizes_with_their_proportions() -> None:
    sizes = make_sizes(sent(Image.new("RGB", (4000, 3000), "teal")))
    for rendition, longest in ((sizes.large, LARGE), (sizes.small, SMALL)):
        image = opened(rendition.data)
        assert image.format == "WEBP"
        assert image.size == (rendition.width, rendition.height) == (longest, longest * 3 // 4)


def test_a_small_picture_is_not_blown_up() -> None:
    sizes = make_sizes(sent(Image.new("RGB", (200, 100)), "a.png"))
    assert (sizes.large.width, sizes.large.height) == (200, 100)


def test_place_and_camera_are_gone() -> None:
    image = Image.new("RGB", (300, 200), "teal")
    exif = Image.Exif()
    exif[MAKE] = "A camera of mine"
    exif.get_ifd(GPS).update({1: "N", 2: (57.0, 42.0, 26.0), 3: "E", 4: (11.0, 58.0, 0.0)})
    upload = sent(image, exif=exif, comment=b"Maja was here")
    before = opened(upload.read())
    assert before.getexif()[MAKE]
    assert before.getexif().get_ifd(GPS)
    sizes = make_sizes(upload)
    for rendition in (sizes.large, sizes.small):
        after = opened(rendition.data)
        after.load()
        assert not after.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(after.info)
        assert b"camera" not in rendition.data
        assert b"Maja" not in rendition.data


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_picture_stands_upright(orientation: int) -> None:
    """A camera held sideways writes how to turn the picture; ours is turned."""
    upright = Image.new("RGB", (300, 200), "white")
    upright.paste("red", (0, 0, 150, 100))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    held = upright if orientation == 1 else upright.transpose(Image.Transpose(back[orientation]))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    made = opened(make_sizes(sent(held, exif=exif, quality=95)).small.data).convert("RGB")
    assert made.size == (300, 200)
    corners = [made.getpixel(spot) for spot in ((20, 20), (280, 20), (20, 180), (280, 180))]
    reds = [red > 200 and green < 80 for red, green, _blue in corners]  # type: ignore[misc]
    assert reds == [True, False, False, False]


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1"])
def test_every_kind_of_png(mode: str) -> None:
    make_sizes(sent(Image.new("RGB", (50, 50), "teal").convert(mode), "a.png"))


def test_what_is_see_through_becomes_white() -> None:
    made = opened(make_sizes(sent(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "a.png")).large.data)
    assert made.convert("RGB").getpixel((25, 25)) == (255, 255, 255)


def test_colours_of_print_and_of_a_profile() -> None:
    make_sizes(sent(Image.new("CMYK", (50, 50), (200, 10, 10, 0))))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    make_sizes(sent(Image.new("RGB", (50, 50), "teal"), icc_profile=profile))
    make_sizes(sent(Image.new("RGB", (50, 50), "teal"), icc_profile=b"no profile at all" * 20))


@pytest.mark.parametrize(
    ("width", "height"), [(40_000, 40_000), (40_000, 1), (1, 12_001), (9_000, 9_000), (2**31 - 1, 2**31 - 1)]
)
def test_a_bomb_is_refused_by_its_header(width: int, height: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def unfold(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("it must not be decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", unfold)
    with pytest.raises(ValidationError) as refused:
        make_sizes(SimpleUploadedFile("bomb.png", png_of(width, height, bytes(1000))))
    assert refused.value.code == "pixels"


def test_the_words_name_the_limits() -> None:
    with pytest.raises(ValidationError, match=r"12001 × 10 pixels\. At most 12000 pixels a side"):
        make_sizes(SimpleUploadedFile("a.png", png_of(12_001, 10)))


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.jpg", b"<script>alert(1)</script>", "signature"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "signature"),
        ("a.jpg", b"GIF89a<script>alert(1)</script>", "signature"),
        ("a.svg", b"<svg/>", "extension"),
        ("a.php", b"\xff\xd8\xff\xe0<?php", "extension"),
        ("a.jpg", b"\xff\xd8\xff<script>alert(1)</script>" * 20, "damaged"),
        ("a.png", b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", "damaged"),
        ("a.png", png_of(100, 100, b""), "damaged"),
        ("a.png", b"%PDF-1.7", "signature"),
        ("a.jpg", b"", "empty"),
        ("", b"\xff\xd8\xff", "extension"),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_in_words(name: str, data: bytes, code: str) -> None:
    upload = SimpleUploadedFile(name or "x", data)
    with pytest.raises(ValidationError) as refused:
        make_sizes(upload)
    assert refused.value.code == code
    assert str(refused.value.messages[0])


def test_a_script_behind_a_true_picture_does_not_come_along() -> None:
    upload = sent(Image.new("RGB", (80, 80), "teal"))
    both = SimpleUploadedFile("a.jpg", upload.read() + b"<script>alert(1)</script>")
    sizes = make_sizes(both)
    assert b"script" not in sizes.large.data + sizes.small.data


def test_a_file_that_is_too_heavy_is_refused(settings: Any) -> None:
    settings.PICTURE_MAX_BYTES = 1000
    with pytest.raises(ValidationError, match="at most"):
        make_sizes(SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + bytes(2000)))


_WHOLE = sent(Image.effect_noise((120, 80), 60).convert("RGB")).read()


@given(st.integers(0, len(_WHOLE)), st.integers(0, 2**32), st.booleans())
def test_broken_bytes_are_refused_or_made_anew_and_never_an_error(at: int, seed: int, cut: bool) -> None:
    data = bytearray(_WHOLE[:at] if cut else _WHOLE)
    if not cut:
        chance = random.Random(seed)
        for _byte in range(20):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
    try:
        sizes = make_sizes(SimpleUploadedFile("a.jpg", bytes(data)))
    except ValidationError:
        return
    opened(sizes.small.data).load()
