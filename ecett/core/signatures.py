"""What a file is, by its first bytes. Pure: no Django."""

from dataclasses import dataclass

from ecett.core.words import mark as _


@dataclass(frozen=True)
class Format:
    """A file format: the words for it, the endings of its names, and the bytes it begins with.

    ``inside``: what stands at byte 30 of a ZIP archive that says what it is: name and content of its first file.
    ``like``: the format whose first bytes it has; only its content tells which of both it is.
    """

    label: str
    extensions: tuple[str, ...] = ()
    begins: tuple[bytes, ...] = ()
    inside: bytes = b""
    like: str = ""


_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
# Looked through in this order: the first that begins alike wins. "text" and "binary" have no beginning of
# their own.
FORMATS: dict[str, Format] = {
    "pdf": Format(_("a PDF document"), (".pdf",), (b"%PDF-",)),
    "odt": Format(_("an OpenDocument text (ODT)"), (".odt",), inside=_OPEN_DOCUMENT + b"textPK"),
    "ods": Format(_("an OpenDocument sheet (ODS)"), (".ods",), inside=_OPEN_DOCUMENT + b"spreadsheetPK"),
    "odp": Format(
        _("an OpenDocument presentation (ODP)"), (".odp",), inside=_OPEN_DOCUMENT + b"presentationPK"
    ),
    "docx": Format(_("a Word text (DOCX)"), (".docx",), like="xlsx"),
    "pptx": Format(_("a PowerPoint presentation (PPTX)"), (".pptx",), like="xlsx"),
    "xlsx": Format(
        _("an Excel workbook (XLSX) or another ZIP archive"), (".xlsx",), (b"PK\x03\x04", b"PK\x05\x06")
    ),
    "xls": Format(_("an old Excel workbook (XLS)"), (".xls",), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)),
    "png": Format(_("a PNG picture"), (".png",), (b"\x89PNG\r\n\x1a\n",)),
    "jpeg": Format(_("a JPEG picture"), (".jpg", ".jpeg"), (b"\xff\xd8\xff",)),
    "gzip": Format(_("a GZIP archive"), (".gz",), (b"\x1f\x8b",)),
    "html": Format(_("a web page"), (".html", ".htm"), (b"<!doctype html", b"<html")),
    "xml": Format(_("an XML document"), (".xml",), (b"<?xml",)),
    "text": Format(_("plain text"), (".csv", ".tsv", ".txt")),
    "binary": Format(_("a file that is not text")),
}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def extensions_of(name: str) -> tuple[str, ...]:
    """The endings of names of a format, with the dot, lower case."""
    return FORMATS[name].extensions


def signature(head: bytes) -> str:
    """The format (a key of `FORMATS`) of a file whose first bytes (a few kB) are ``head``.

    Text that holds many NUL bytes counts as binary, unless it opens with the mark of UTF-16.
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")[:64]
    for name, form in FORMATS.items():
        if any(text.startswith(form.begins) for text in (head, start, start.lower())):
            return name
        if form.inside and head.startswith(b"PK\x03\x04") and head.startswith(form.inside, 30):
            return name
    if head.startswith(_UTF16_MARKS):
        return "text"
    return "binary" if head.count(0) > len(head) // 50 + 2 else "text"
