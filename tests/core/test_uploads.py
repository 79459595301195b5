"""What people may send."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from ecett.core.signatures import signature
from ecett.core.uploads import check_upload


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\r\n%PDF-1.7", "pdf"),
        (b"PK\x03\x04", "xlsx"),
        (b"\xef\xbb\xbfname,city", "text"),
        ("näme;x".encode("windows-1252"), "text"),
        ("x;y".encode("utf-16"), "text"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (b"  <HTML>", "html"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"", "text"),
    ],
)
def test_formats_are_known_by_their_first_bytes(head, found):
    assert signature(head) == found


def refusal(name: str, content: bytes, allowed=("text", "xlsx"), **options) -> tuple[str, str]:
    with pytest.raises(ValidationError) as caught:
        check_upload(SimpleUploadedFile(name, content), allowed=allowed, **options)
    return caught.value.code, caught.value.message


def test_refusals_say_why():
    assert refusal("a.csv", b"x" * 2000, max_bytes=1000) == (
        "too_large",
        "This file has 2\xa0KB; at most 1000\xa0bytes can be sent.",
    )
    assert refusal("a.csv", b"") == ("empty", "This file is empty.")
    assert refusal("a.exe", b"MZ") == (
        "extension",
        "Files of this kind are not accepted here. Accepted: .csv, .tsv, .txt, .xlsx.",
    )
    assert refusal("a.pdf", b"hello, I am no PDF", allowed=("pdf",)) == (
        "signature",
        "The name of this file ends in .pdf, but its content is not: it looks like plain text.",
    )
    assert refusal("a.csv", b"%PDF-1.7")[0] == "signature"


def test_sound_file_is_taken_and_left_at_its_beginning():
    upload = SimpleUploadedFile("Hosts.CSV", b"name\nNamur\n")
    assert check_upload(upload, allowed=("text", "xlsx")) == "text"
    assert upload.read() == b"name\nNamur\n"
    assert check_upload(SimpleUploadedFile("x.xlsx", b"PK\x03\x04..."), allowed=("xlsx",)) == "xlsx"


@pytest.mark.django_db
def test_body_that_announces_too_much_meets_a_page_and_not_the_disk(client, settings, monkeypatch):
    settings.UPLOAD_MAX_BYTES = 10_000
    monkeypatch.setattr("ecett.core.uploads.FORM_ALLOWANCE", 1_000)
    monkeypatch.setattr(
        "django.http.request.MultiPartParser",
        lambda *args: pytest.fail("the body was parsed before its size was seen"),
    )
    answer = client.post("/imports/", {"file": SimpleUploadedFile("big.csv", b"x" * 50_000)})
    assert answer.status_code == 413
    text = answer.content.decode()
    assert "This file is too large" in text
    assert "at most 9.8\xa0KB can be sent" in text
