"""Documents that people hand on: their makers' names go, what would act goes, what is no document is refused."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ecett.core.cleaning import office
from ecett.core.cleaning.handed_on import CleanFile, make_clean
from ecett.core.cleaning.kinds import KEPT_AS
from ecett.core.cleaning.office import clean_office
from ecett.core.cleaning.pdf import clean_pdf
from ecett.core.cleaning.photo import without_origin
from ecett.core.cleaning.unfit import Unfit
from ecett.core.signatures import signature
from tests.core.documents_sent import WHO, archive, jpeg, open_document, openxml, parts_of, pdf, read

MOST = 10 * 1024 * 1024
NAME = WHO.encode()


def sent(name: str, data: bytes) -> CleanFile:
    return make_clean(SimpleUploadedFile(name, data), max_bytes=MOST)


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        sent(name, data)
    return str(caught.value.code)


def every_byte(kind: str, data: bytes) -> bytes:
    """What one finds who looks into each part."""
    return data if kind in ("pdf", "picture") else b"".join(parts_of(data).values())


# ── who made it ──
@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx", "odt", "ods", "odp", "pdf"])
def test_properties_do_not_name_who_wrote_it(kind: str) -> None:
    made = {"pdf": pdf}.get(kind) or (
        lambda: (openxml if kind in ("docx", "xlsx", "pptx") else open_document)(kind)
    )
    data = made()
    assert NAME in every_byte(kind, data)
    kept = sent(f"Plan.{kind.upper()}", data)
    assert (kept.kind, kept.notes) == (kind, ())
    assert NAME not in every_byte(kind, kept.data)
    assert kind in KEPT_AS


def test_a_document_keeps_all_its_parts_and_their_content() -> None:
    data = openxml("docx", "<body>Monday</body>", word__styles_dot_xml="<styles/>")
    before, after = parts_of(data), parts_of(sent("a.docx", data).data)
    assert list(after) == list(before)
    assert after["word/document.xml"] == b"<body>Monday</body>"
    assert after["word/styles.xml"] == b"<styles/>"


def test_an_open_document_still_says_first_what_it_is() -> None:
    kept = sent("a.odt", open_document("odt"))
    assert signature(kept.data[:200]) == "odt"


def test_the_same_document_is_the_same_file() -> None:
    data = openxml("xlsx")
    assert sent("a.xlsx", data).sha256 == sent("b.xlsx", data).sha256


def test_where_the_file_lay_at_home_goes() -> None:
    book = (
        '<workbook><x15ac:absPath url="C:\\Users\\maria\\Desktop\\" xmlns:x15ac="x"/>'
        '<fileSharing userName="maria"/><sheets/></workbook>'
    )
    kept = parts_of(sent("a.xlsx", openxml("xlsx", book)).data)["xl/workbook.xml"]
    assert kept == b"<workbook><sheets/></workbook>"
    word = openxml(
        "docx",
        word__settings_dot_xml='<w:settings><w:attachedTemplate r:id="rId1"/><w:zoom/></w:settings>',
        word___rels__settings_dot_xml_dot_rels='<Relationships><Relationship Target="file:///C:/maria"/></Relationships>',
    )
    kept_word = sent("a.docx", word).data
    assert parts_of(kept_word)["word/settings.xml"] == b"<w:settings><w:zoom/></w:settings>"
    assert b"maria" not in every_byte("docx", kept_word)


def test_a_photograph_inside_does_not_say_who_took_it() -> None:
    photo = jpeg(turned=6)
    assert NAME in photo
    kept = parts_of(sent("a.docx", openxml("docx", word__media__image1_dot_jpeg=photo)).data)
    inside = kept["word/media/image1.jpeg"]
    assert NAME not in inside
    with Image.open(BytesIO(photo)) as before, Image.open(BytesIO(inside)) as after:
        assert after.getexif()[0x0112] == 6
        assert after.tobytes() == before.tobytes()


def test_a_picture_is_encoded_anew() -> None:
    kept = sent("a.jpg", jpeg())
    assert kept.kind == "picture"
    assert NAME not in kept.data
    with Image.open(BytesIO(kept.data)) as image:
        assert (image.format, image.size) == ("WEBP", (40, 30))


@given(st.binary(max_size=400))
def test_bytes_that_are_no_photograph_do_no_harm(data: bytes) -> None:
    assert without_origin(data) == data or data.startswith(b"\xff\xd8\xff")
    without_origin(b"\xff\xd8\xff\xe1" + data)


@given(st.sampled_from(range(1, 9)), st.binary(min_size=1, max_size=60))
def test_whatever_a_camera_adds_the_picture_stays(turned: int, added: bytes) -> None:
    photo = jpeg(turned=turned)
    segment = b"\xff\xed" + struct.pack(">H", len(added) + 2) + added
    cleaned = without_origin(photo[:2] + segment + photo[2:])
    with Image.open(BytesIO(photo)) as before, Image.open(BytesIO(cleaned)) as after:
        assert after.tobytes() == before.tobytes()
        assert after.getexif().get(0x0112, 1) == turned
    assert NAME not in cleaned


# ── what stays in it and is told ──
@pytest.mark.parametrize(
    ("data", "note"),
    [
        (openxml("docx", word__comments_dot_xml='<w:comments><w:comment w:author="x"/></w:comments>'), "comments"),
        (openxml("docx", '<w:p><w:del w:author="x">Jan</w:del></w:p>'), "changes"),
        (openxml("docx", word__embeddings__book_dot_xlsx=b"PK"), "embedded"),
        (openxml("xlsx", '<workbook><sheet state="veryHidden"/></workbook>'), "hidden"),
        (openxml("xlsx", xl__comments1_dot_xml="<comments/>"), "comments"),
        (openxml("pptx", ppt__slides__slide2_dot_xml='<p:sld xmlns:p="x" show="0">'), "hidden"),
        (openxml("pptx", ppt__notesSlides__notesSlide1_dot_xml="<p:notes/>"), "speaker"),
        (open_document("odt", "<office:annotation>Jan?</office:annotation>"), "comments"),
        (open_document("odt", "<text:tracked-changes>Jan</text:tracked-changes>"), "changes"),
        (open_document("ods", '<s table:display="false"/>'), "hidden"),
    ],
)  # fmt: skip
def test_what_a_reader_should_look_at_is_told(data: bytes, note: str) -> None:
    kinds = [kind for kind in office.FORMATS if _is(data, kind)]
    assert clean_office(data, kinds[0])[1] == [note]


def _is(data: bytes, kind: str) -> bool:
    try:
        clean_office(data, kind)
    except Unfit:
        return False
    return True


def test_a_pdf_loses_what_acts_and_what_lies_inside() -> None:
    data = pdf(act=True)
    assert b"run me" in data
    kept, notes = clean_pdf(data)
    assert sorted(notes) == ["comments", "parts_gone"]
    assert b"run me" not in kept
    assert NAME not in kept
    again = read(kept)
    assert (len(again.pages), again.metadata, again.xmp_metadata) == (1, None, None)
    # The remark itself stays: whoever looks at the document decides.
    assert b"Shorter" in kept
    assert clean_pdf(kept)[1] == ["comments"]


def test_earlier_versions_inside_a_pdf_stay_behind() -> None:
    first = pdf()
    # What an editor appends: the page anew, the old one still in the file.
    secret = first + b"\n% erased: Jan Peeters, born 3 May\n"
    assert b"Jan Peeters" not in clean_pdf(secret)[0]


def test_a_pdf_that_anybody_can_open_is_taken_one_with_a_password_is_not() -> None:
    kept = sent("a.pdf", pdf(owner="kept from printing"))
    assert not read(kept.data).is_encrypted
    assert refusal("a.pdf", pdf(password="secret")) == "protected"


# ── what is no document ──
@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.exe", b"MZ", "extension"),
        ("a.svg", b"<svg onload='x()'/>", "extension"),
        ("a.docm", openxml("docx"), "extension"),
        ("a.pdf", b"<html><script>x()</script></html>", "signature"),
        ("a.jpg", b"<?php system('x'); ?>", "signature"),
        ("a.docx", pdf(), "signature"),
        ("a.docx", open_document("odt"), "signature"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "signature"),
        ("a.odt", openxml("docx"), "signature"),
        ("a.docx", openxml("xlsx"), "other"),
        ("a.pptx", archive({"hello.txt": "x"}), "other"),
        ("a.docx", openxml("docx", word__vbaProject_dot_bin=b"x"), "programs"),
        ("a.odt", open_document("odt", Basic__Standard__Module1_dot_xml="<m/>"), "programs"),
        ("a.odt", open_document("odt", **{"META-INF__manifest_dot_xml": "<encryption-data/>"}), "protected"),
        ("a.docx", openxml("docx")[:300], "damaged"),
        ("a.docx", openxml("docx", **{"..__evil_dot_xml": "x"}), "damaged"),
        ("a.pdf", b"%PDF-1.7\n" + b"<<" * 50_000, "damaged"),
        ("a.pdf", b"%PDF-1.4\n%%EOF", "damaged"),
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"%PDF-1.4" + b"0" * MOST, "too_large"),
    ],
)
def test_what_is_no_document_is_refused(name: str, data: bytes, code: str) -> None:
    assert refusal(name, data) == code


def test_a_bomb_is_refused_by_its_list_before_it_unfolds(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = openxml("docx", word__big_dot_xml=b"0" * (office.MOST_BYTES + 1))
    assert len(bomb) < 200_000
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *args: pytest.fail("it was unfolded"))
    assert refusal("a.docx", bomb) == "huge"


def test_a_list_that_lies_about_sizes_is_damaged() -> None:
    data = bytearray(openxml("docx", word__big_dot_xml=b"0" * 100_000))
    # The announced size in the list at the end: ten bytes instead of a hundred thousand.
    at = data.rindex(b"word/big.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    assert refusal("a.docx", bytes(data)) == "damaged"


def test_a_pdf_of_more_parts_than_can_be_looked_through_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecett.core.cleaning.pdf.MOST_OBJECTS", 20)
    assert sent("a.pdf", pdf(pages=5)).kind == "pdf"
    assert refusal("a.pdf", pdf(pages=20)) == "parts"


def test_too_many_parts_are_refused() -> None:
    many = openxml("docx", **{f"word__p{number}_dot_xml": "" for number in range(office.MOST_PARTS)})
    assert refusal("a.docx", many) == "huge"


@given(st.binary(max_size=300))
def test_strange_bytes_meet_a_refusal_and_nothing_else(data: bytes) -> None:
    for name, begin in (("a.pdf", b"%PDF-1.7\n"), ("a.docx", b"PK\x03\x04"), ("a.jpg", b"\xff\xd8\xff\xe0")):
        assert refusal(name, begin + data) in ("damaged", "pixels", "signature")
