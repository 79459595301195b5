"""Files that are too large, not what their name says, or in another encoding."""

from __future__ import annotations

import io
import resource
import socket
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from ecett.core import clock
from ecett.core.imports import registry, services
from ecett.core.models import Document, ImportJob
from goodpractices.models import GoodPractice
from grants.models import Rate
from hosts.models import Concept, Host
from tests.bad_input.conftest import signed_in
from tests.permissions.world import Tenant

MEGABYTE = 1024 * 1024
BOUNDARY = "----a-boundary"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/imports/new/hosts/", "/verify/AAAA-BBBB-CCCC/"])
def test_two_hundred_megabytes_meet_a_page_and_not_the_memory(live_server: Any, path: str) -> None:
    """A real server and a real connection; memory is that of server and test together."""
    address = urlsplit(live_server.url)
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n%PDF-1.7\r\n"
    ).encode()
    length = 200 * MEGABYTE + len(head)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with socket.create_connection((address.hostname, address.port), timeout=60) as connection:
        connection.sendall(
            f"POST {path} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Length: {length}\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nConnection: close\r\n\r\n".encode()
            + head
        )
        piece = bytes(MEGABYTE)
        for _number in range(200):
            connection.sendall(piece)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert answer.startswith(b"HTTP/1.1 413"), answer[:200]
    text = answer.decode()
    assert "This file is too large" in text
    assert "200\xa0MB" in text
    assert grown < 60 * 1024, f"{grown / 1024:.0f} MB"


@pytest.fixture
def agreement(tenant: Tenant) -> str:
    """The verify page of a finished document."""
    Document.objects.update(state="ready", sha256="a" * 64, size=1234, ready_at=clock.now())
    return reverse("portal:verify", args=[tenant["agreement"].document.code])


NOT_A_PDF = {
    "letter.pdf": b"Dear Madam, this is no PDF.",
    "page.pdf": b"<html><script>alert(1)</script></html>",
    "table.pdf": b"PK\x03\x04 a sheet",
    "picture.pdf": b"\xff\xd8\xff\xe0 a picture",
}


@pytest.mark.parametrize("name", sorted(NOT_A_PDF))
def test_pdf_that_is_none_is_told_beside_the_field(client: Client, agreement: str, name: str) -> None:
    answer = client.post(agreement, {"file": SimpleUploadedFile(name, NOT_A_PDF[name], "application/pdf")})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "The name of this file ends in .pdf, but its content is not" in text
    assert "<script>alert(1)" not in text


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"%PDF-1.7\nbroken", "Not our file"), (b"%PDF-1.7" + b"\x00" * 20_000, "Not our file")],
)
def test_damaged_pdf_is_answered(client: Client, agreement: str, content: bytes, words: str) -> None:
    answer = client.post(agreement, {"file": SimpleUploadedFile("a.pdf", content, "application/pdf")})
    assert answer.status_code == (422 if not content else 200)
    assert words in answer.content.decode()


def test_no_file_at_all_is_told(client: Client, agreement: str) -> None:
    answer = client.post(agreement)
    assert answer.status_code == 422
    assert "This field is required" in answer.content.decode()


# ── Imports ─────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("hosts.csv", "name;town\nMünchen;Köln\n".encode("windows-1252"), "Line 2 of"),
        ("hosts.csv", "name,city\nŁódź,Łódź\n".encode("iso-8859-2"), "Line 2 of"),
        ("hosts.csv", b"\xff\xfen\x00\n\x00\x00\xd8\x00\xd8", "is not UTF-16"),
    ],
)
def test_file_in_another_encoding_names_the_line_and_writes_nothing(
    tenant: Tenant, name: str, content: bytes, words: str
) -> None:
    before = Host.objects.count()
    admin = signed_in(tenant.people["admin"])
    answer = admin.post(
        reverse("imports:import_new", args=["hosts"]), {"file": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code == 302
    job = ImportJob.objects.order_by("-pk")[0]
    services.run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    text = admin.get(answer.headers["Location"]).content.decode()
    assert words in unescape(text)
    assert Host.objects.count() == before


WRITTEN = {"hosts": Host, "practices": GoodPractice, "rates": Rate, "esco": Concept}
#: (encoding, a word of it): none of them is UTF-8.
ENCODINGS = [("windows-1252", "Zürich"), ("iso-8859-2", "Łódź"), ("iso-8859-7", "Αθήνα"), ("cp437", "Málaga")]


def table_in(encoding: str, word: str, kind: str) -> bytes:
    """A file of the kind's first layout: a good line in ASCII, then one in the encoding."""
    layout = registry.get(kind).layouts()[0]
    lines = [layout.headings, ["Namur"] * len(layout.headings), [word] * len(layout.headings)]
    return "\r\n".join(",".join(cells) for cells in lines).encode(encoding)


def test_no_importer_is_forgotten() -> None:
    assert {importer.kind for importer in registry.every()} == set(WRITTEN)


@pytest.mark.parametrize(("encoding", "word"), ENCODINGS)
@pytest.mark.parametrize("kind", WRITTEN)
def test_every_importer_names_the_line_in_another_encoding(
    tenant: Tenant, kind: str, encoding: str, word: str, tmp_path: Path
) -> None:
    """From the page and from the command line: line and way out are said, nothing is half imported."""
    content = table_in(encoding, word, kind)
    before = WRITTEN[kind].objects.count()
    admin = signed_in(tenant.people["admin"])
    answer = admin.post(
        reverse("imports:import_new", args=[kind]), {"file": SimpleUploadedFile("table_en.csv", content)}
    )
    assert answer.status_code == 302, answer.content.decode()
    job = ImportJob.objects.order_by("-pk")[0]
    services.run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    said = unescape(admin.get(answer.headers["Location"]).content.decode())
    assert "Line 3 of “table_en.csv” is not UTF-8 text" in said
    assert "choose “CSV UTF-8” when saving" in said
    path = tmp_path / "table_en.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=r"Line 3 of “table_en\.csv” is not UTF-8 text"):
        call_command(f"import_{kind}", str(path), stdout=io.StringIO(), stderr=io.StringIO())
    assert WRITTEN[kind].objects.count() == before


def test_encoding_named_in_a_column_map_is_read(tenant: Tenant, tmp_path: Path) -> None:
    """The way out that the message names."""
    (tmp_path / "table.csv").write_bytes("Name,Town,Land\nMaison de l’été,Zürich,CH\n".encode("windows-1252"))
    (tmp_path / "map.toml").write_text(
        'name = "mine"\nversion = 1\nkind = "hosts"\n[file]\nencoding = "windows-1252"\n'
        '[match]\nheadings = ["Name", "Town", "Land"]\n'
        '[columns]\nname = "Name"\ncity = "Town"\ncountry = "Land"\n',
        encoding="utf-8",
    )
    call_command(
        "import_hosts", str(tmp_path / "table.csv"), "--map", str(tmp_path / "map.toml"), stdout=io.StringIO()
    )
    assert Host.objects.get(name="Maison de l’été").city == "Zürich"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("hosts.exe", b"MZ", "not accepted here"),
        ("hosts.csv", b"", "empty"),
        ("hosts.csv", b"%PDF-1.7", "its content is not"),
        ("hosts.xlsx", b"name,city\n", "its content is not"),
    ],
)
def test_file_of_another_kind_is_refused_beside_its_field(
    tenant: Tenant, name: str, content: bytes, words: str
) -> None:
    admin = signed_in(tenant.people["admin"])
    before = ImportJob.objects.count()
    answer = admin.post(
        reverse("imports:import_new", args=["hosts"]), {"file": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code in (200, 422)
    assert words in answer.content.decode()
    assert ImportJob.objects.count() == before
