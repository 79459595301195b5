"""Real files: what is printed, what may be fetched, and that a changed file is found out."""

from __future__ import annotations

import asyncio
import hashlib
import re
import socket
import stat
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from pypdf import PdfReader, PdfWriter

from ecett.core import qr
from ecett.core.documents import ornaments, rendering, sealing, services
from ecett.core.templatetags.printing import hand_size, name_size
from tests.core.document_kinds import test_kind
from tests.factories import UserFactory

CODE = "K7QMR-4T2XB-91VBN"
DOCUMENT = {
    "title": "Certificate, Marta Zielińska",
    "kind": "test",
    "code": CODE,
    "verify_url": f"https://portal.example/verify/{CODE}/",
    "verify_site": "portal.example/verify",
    "asked_on": "20 October 2026",
    "demo": True,
}
CERTIFICATE = {
    "document": DOCUMENT,
    "level": "b",
    "heading": "Certificate of level B",
    "holder": "Marta Zielińska",
    "sentence": "went from Gdańsk to Bologna.",
    "number": "B-2026-0041",
    "place_and_date": "Torino, 20 October 2026",
    "facts": [{"label": "Stay", "lines": ["Casa Meridiana, Bologna", "5 days"]}],
    "signers": [{"name": "Giulia Ferraris", "role": "Chair of the jury"}],
}


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.KEYS_DIR = tmp_path / "keys"
    return tmp_path


@pytest.fixture(scope="module")
def plain() -> bytes:
    """A certificate that is not sealed."""
    return rendering.render_pdf(
        template="documents/base_certificate.html", context=CERTIFICATE, language="en"
    )


@pytest.fixture
def sealed(plain: bytes) -> bytes:
    return sealing.seal(plain, reason="Certificate, Marta Zielińska")


# ── Printing ────────────────────────────────────────────────────────────────
def test_certificate_is_tagged_and_names_its_language_title_and_code(plain: bytes) -> None:
    reader = PdfReader(BytesIO(plain))
    page = reader.pages[0]
    assert len(reader.pages) == 1
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)
    assert reader.metadata is not None
    assert reader.metadata.title == "Certificate, Marta Zielińska"
    assert reader.metadata["/Keywords"] == f"verification-code: {CODE}"
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()


def test_certificate_says_who_what_and_where_to_check(plain: bytes) -> None:
    text = PdfReader(BytesIO(plain)).pages[0].extract_text()
    for words in (
        "Marta Zielińska",
        "Casa Meridiana, Bologna",
        "Giulia Ferraris",
        CODE,
        "portal.example/verify",
    ):
        assert words in text
    assert "Demonstration" in text


def test_certificate_pictures_have_words_for_those_who_cannot_see_them(plain: bytes) -> None:
    def figures(node: Any) -> Iterator[str]:
        for child in node.get("/K", []):
            found = child.get_object()
            if isinstance(found, dict):
                if found.get("/S") == "/Figure":
                    yield found["/Alt"]
                yield from figures(found)

    tree = PdfReader(BytesIO(plain)).trailer["/Root"]["/StructTreeRoot"]
    assert list(figures(tree)) == ["QR code: the page that checks this certificate"]


def test_document_speaks_the_language_it_was_asked_in() -> None:
    html = rendering.render_html(
        template="documents/base_print.html", context={"document": DOCUMENT}, language="nl"
    )
    assert '<html lang="nl">' in html


def test_script_in_a_value_is_printed_as_text() -> None:
    context = {
        **CERTIFICATE,
        "holder": "<script>alert(1)</script>",
        "sentence": '<img src="http://evil.example/x">',
    }
    html = rendering.render_html(template="documents/base_certificate.html", context=context, language="en")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    text = PdfReader(BytesIO(rendering.to_pdf(html))).pages[0].extract_text()
    assert "<script>alert(1)</script>" in re.sub(r"\s", "", text)


def test_long_names_and_texts_stay_on_one_page() -> None:
    context = {
        **CERTIFICATE,
        "holder": "Maria Guadalupe Fernández de Córdoba y Álvarez de Toledo-Bustamante y Gonzaga",
        "sentence": "went from a town with a long name to another one " * 5,
        "facts": [{"label": "Competences", "lines": ["relapse prevention, " * 12]}] * 3,
    }
    pdf = rendering.render_pdf(template="documents/base_certificate.html", context=context, language="en")
    assert len(PdfReader(BytesIO(pdf)).pages) == 1


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Marta Zielińska", ""),
        ("Αικατερίνη Παπαδημητρίου", "long"),
        ("x" * 40, "longer"),
        ("x" * 90, "longest"),
    ],
)
def test_name_size_shrinks_with_the_name(name: str, size: str) -> None:
    assert name_size(name) == size


@pytest.mark.parametrize(("letters", "size"), [(20, ""), (21, "long"), (29, "longer"), (41, "longest")])
def test_signature_shrinks_with_the_name(letters: int, size: str) -> None:
    assert hand_size("ж" * letters) == size


def test_colours_of_the_print_are_the_tokens() -> None:
    root = Path(django_settings.BASE_DIR)
    tokens = (root / "static/css/tokens.css").read_text()
    for level, colour in ornaments.LEVEL_COLOURS.items():
        assert f"--level-{level}:" in tokens
        assert colour in tokens
    mail = (root / "templates/core/mail/layout.html").read_text()
    printed = (root / rendering.STYLESHEET).read_text()
    used = set(re.findall(r"#[0-9a-f]{6}\b", mail + printed))
    used |= {ornaments.INK, ornaments.ACCENT, ornaments.SIGNAL, ornaments.FIRM, ornaments.PAPER}
    assert {colour for colour in used if colour not in tokens} == set()


def test_qr_code_names_itself_and_escapes_its_name() -> None:
    drawn = qr.svg("https://portal.example/verify/X/", title='"><script>')
    assert "<script>" not in drawn
    assert drawn.startswith("<svg")


# ── Fetching ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/x.png",
        "https://portal.example/x.png",
        "ftp://portal.example/x.png",
        "file:///etc/passwd",
        "file://elsewhere/etc/passwd",
        "../pyproject.toml",
        "%2e%2e/pyproject.toml",
        "//portal.example/x.png",
    ],
)
def test_rendering_refuses_the_network_and_files_of_others(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(rendering.FetchRefused, match="not a file of the portal"):
        rendering.to_pdf(f'<html lang="en"><title>x</title><img alt="x" src="{url}"></html>')


def test_rendering_takes_pictures_of_the_portal_and_data() -> None:
    pixel = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/%3E"
    html = (
        f'<html lang="en"><title>x</title><img alt="m" src="img/mark.svg"><img alt="p" src="{pixel}"></html>'
    )
    assert rendering.to_pdf(html).startswith(b"%PDF-")


def test_rendering_without_pango_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    plain_import = builtins.__import__

    def broken(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return plain_import(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", broken)
    with pytest.raises(rendering.PdfUnavailable, match="libpango"):
        rendering.import_weasyprint()


# ── Sealing ─────────────────────────────────────────────────────────────────
def test_sealed_file_is_genuine_and_carries_its_code(sealed: bytes) -> None:
    report = sealing.verify(sealed)
    assert report.genuine
    assert (report.code, report.reason) == (CODE, "Certificate, Marta Zielińska")
    assert report.fingerprint in sealing.known_fingerprints()
    assert report.signed_at is not None


def test_seal_is_valid_in_the_eyes_of_an_independent_validator(sealed: bytes, folders: Path) -> None:
    from asn1crypto import pem, x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    (certificate,) = (folders / "keys").glob(sealing.CERTIFICATES)
    _kind, _headers, der = pem.unarmor(certificate.read_bytes())
    context = ValidationContext(trust_roots=[x509.Certificate.load(der)], allow_fetching=False)
    signature = PdfFileReader(BytesIO(sealed)).embedded_signatures[0]
    # The validator starts an event loop: not in this thread, where a browser may keep its own.
    with ThreadPoolExecutor(1) as thread:
        status = thread.submit(validate_pdf_signature, signature, context).result()
    assert status.bottom_line
    assert status.docmdp_ok
    assert str(signature.sig_object["/SubFilter"]) == "/ETSI.CAdES.detached"


def test_seal_signs_what_pades_asks_for_and_names_its_certificate(sealed: bytes) -> None:
    from pyhanko.pdf_utils.reader import PdfFileReader

    signature = PdfFileReader(BytesIO(sealed)).embedded_signatures[0]
    signed = {row["type"].native: row["values"][0] for row in signature.signer_info["signed_attrs"]}
    # No signing time: PAdES has it in the file's own dictionary.
    assert set(signed) == {"content_type", "message_digest", "signing_certificate_v2"}
    (named,) = signed["signing_certificate_v2"]["certs"]
    # Not the default: asn1crypto takes a hundred times longer over one that is left unsaid.
    assert named["hash_algorithm"]["algorithm"].native == "sha512"
    assert named["cert_hash"].native == hashlib.sha512(signature.signer_cert.dump()).digest()
    assert named["issuer_serial"]["serial_number"].native == signature.signer_cert.serial_number


def test_seal_can_be_made_where_an_event_loop_runs(plain: bytes, folders: Path) -> None:
    async def within() -> bytes:
        return sealing.seal(plain, reason="Certificate")

    with ThreadPoolExecutor(1) as thread:
        assert sealing.verify(thread.submit(asyncio.run, within()).result()).genuine


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.8])
def test_one_changed_byte_is_found_out(sealed: bytes, place: float) -> None:
    at = int(len(sealed) * place)
    altered = sealed[:at] + bytes((sealed[at] ^ 1,)) + sealed[at + 1 :]
    assert not sealing.verify(altered).genuine


def test_something_added_after_sealing_is_found_out(sealed: bytes) -> None:
    writer = PdfWriter(BytesIO(sealed), incremental=True)
    writer.add_metadata({"/Title": "Another title"})
    out = BytesIO()
    writer.write(out)
    report = sealing.verify(out.getvalue())
    assert (report.genuine, report.intact, report.covers_whole) == (False, True, False)


def test_seal_of_somebody_else_is_not_trusted(plain: bytes, settings: Any, tmp_path: Path) -> None:
    settings.KEYS_DIR = tmp_path / "other"
    forged = sealing.seal(plain, reason="Certificate")
    settings.KEYS_DIR = tmp_path / "keys"
    sealing.seal(plain, reason="first use")
    report = sealing.verify(forged)
    assert (report.intact, report.covers_whole, report.trusted, report.genuine) == (True, True, False, False)


def test_seal_of_a_former_key_goes_on_being_trusted(plain: bytes, sealed: bytes, folders: Path) -> None:
    (folders / "keys" / sealing.KEY_FILE).unlink()
    sealing._signer.cache_clear()
    sealing.seal(plain, reason="a new key")
    assert len(sealing.known_fingerprints()) == 2
    assert sealing.verify(sealed).genuine


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\n%%EOF", b"%PDF-1.7" + b"\x00" * 1000])
def test_anything_else_is_not_sealed(content: bytes) -> None:
    assert sealing.verify(content) == sealing.SealReport(sealed=False)


def test_unsealed_file_is_told_apart(plain: bytes) -> None:
    report = sealing.verify(plain)
    assert (report.sealed, report.genuine, report.code) == (False, False, CODE)


def test_key_is_made_once_and_private(folders: Path) -> None:
    contents: list[bytes] = []
    barrier = threading.Barrier(5)
    path = folders / "keys" / sealing.KEY_FILE

    def first_use() -> None:
        barrier.wait()
        contents.append(sealing._write_once(path, sealing._new_key_file()))

    threads = [threading.Thread(target=first_use) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(contents)) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [item.name for item in path.parent.iterdir()] == [sealing.KEY_FILE]


def test_checking_makes_no_key(plain: bytes, folders: Path) -> None:
    sealing.verify(plain)
    assert not (folders / "keys").exists()


# ── The command ─────────────────────────────────────────────────────────────
@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr("psycopg2.connect", refuse)


def verify_command(path: Path) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("verify_document", str(path), stdout=out)
    except CommandError as error:
        return out.getvalue(), error.returncode
    return out.getvalue(), 0


def test_verify_document_tells_the_truth_without_database_and_network(
    sealed: bytes, tmp_path: Path, no_network: None
) -> None:
    path = tmp_path / "good.pdf"
    path.write_bytes(sealed)
    text, status = verify_command(path)
    assert status == 0
    assert f"Verification code: {CODE}" in text
    assert "Genuine" in text
    assert next(iter(sealing.known_fingerprints())) in text


def test_verify_document_finds_an_altered_file(sealed: bytes, tmp_path: Path, no_network: None) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(
        sealed.replace(b"/Type /Page", b"/Type /pagE", 1) if b"/Type /Page" in sealed else sealed[:-9]
    )
    text, status = verify_command(path)
    assert status == 1
    assert "Genuine" not in text


def test_verify_document_of_a_file_that_is_not_there_or_not_sealed(plain: bytes, tmp_path: Path) -> None:
    assert verify_command(tmp_path / "missing.pdf")[1] == 1
    path = tmp_path / "plain.pdf"
    path.write_bytes(plain)
    text, status = verify_command(path)
    assert (status, "Seal: none" in text) == (1, True)


# ── All together ────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_document_from_request_to_a_genuine_file() -> None:
    with test_kind():
        subject = UserFactory(first_name="Marta", last_name="Zielińska")
        document = services.request_document(kind="test", subject=subject, language="en")
        assert services.render(document.pk)
    document.refresh_from_db()
    report = sealing.verify(Path(document.file.path).read_bytes())
    assert (report.genuine, report.code) == (True, document.code)
