"""Office documents (OOXML and OpenDocument) without what they say of their makers. Pure: no Django.

Both are ZIP archives. The parts that hold properties are written anew and empty; all others are copied, photographs
without where they were taken. What cannot be taken away without changing the work is told in `notes`.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from ecett.core.cleaning.photo import without_origin
from ecett.core.cleaning.unfit import Unfit

#: A document that unfolds into more, or into more parts, is none that somebody wrote.
MOST_BYTES = 100 * 1024 * 1024
MOST_PARTS = 4_000
_OPENXML = b"application/vnd.openxmlformats-officedocument."
#: What the list of contents of a document calls its main part.
_MAIN = {
    "docx": _OPENXML + b"wordprocessingml.document.main+xml",
    "xlsx": _OPENXML + b"spreadsheetml.sheet.main+xml",
    "pptx": _OPENXML + b"presentationml.presentation.main+xml",
}
_MIMETYPE = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
FORMATS = (*_MAIN, *_MIMETYPE)
_XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = b"http://schemas.openxmlformats.org/package/2006/"
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/"
_OASIS = b"urn:oasis:names:tc:opendocument:xmlns:"
#: Parts that hold nothing but who, when and with what.
_EMPTIED = {
    "docProps/core.xml": _XML + b'<cp:coreProperties xmlns:cp="' + _PACKAGE + b'metadata/core-properties"/>',
    "docProps/app.xml": _XML + b'<Properties xmlns="' + _OFFICE + b'extended-properties"/>',
    "docProps/custom.xml": _XML + b'<Properties xmlns="' + _OFFICE + b'custom-properties"/>',
    "word/_rels/settings.xml.rels": _XML + b'<Relationships xmlns="' + _PACKAGE + b'relationships"/>',
    "meta.xml": _XML.replace(b' standalone="yes"', b"")
    + b'<office:document-meta xmlns:office="'
    + _OASIS
    + b'office:1.0" office:version="1.3"><office:meta/></office:document-meta>',
}
#: Inside parts: the path where the file lay at home, the template that lay beside it, who locked it.
_CUT = (
    (re.compile(r"xl/workbook\.xml"), re.compile(rb"<(?:\w+:)?(?:absPath|fileSharing)\b[^>]*?/>")),
    (
        re.compile(r"word/settings\.xml"),
        re.compile(rb"<w:(?:attachedTemplate|mailMerge|attachedSchema)\b[^>]*?/>"),
    ),
)
#: What a reader should look at: (note, name of the part, words in it).
_NOTES = (
    ("comments", re.compile(r"word/comments\.xml"), re.compile(rb"<w:comment\b")),
    ("comments", re.compile(r"(xl|ppt)/(threadedComments|comments)/?.*\.xml"), re.compile(rb"<")),
    ("comments", re.compile(r"content\.xml"), re.compile(rb"<office:annotation\b")),
    ("changes", re.compile(r"word/[a-z]+\d*\.xml"), re.compile(rb"<w:(ins|del|moveFrom|moveTo)\b")),
    ("changes", re.compile(r"xl/revisions/.*"), re.compile(rb"<")),
    ("changes", re.compile(r"content\.xml"), re.compile(rb"<text:tracked-changes\b|<table:tracked-changes\b")),
    ("hidden", re.compile(r"xl/workbook\.xml"), re.compile(rb'state="(hidden|veryHidden)"')),
    ("hidden", re.compile(r"ppt/slides/slide\d+\.xml"), re.compile(rb'<p:sld\b[^>]*\bshow="(0|false)"')),
    ("hidden", re.compile(r"content\.xml"), re.compile(rb'table:display="false"|presentation:visibility="hidden"')),
    ("speaker", re.compile(r"ppt/notesSlides/.*\.xml"), re.compile(rb"<")),
    ("embedded", re.compile(r"(word|xl|ppt)/embeddings/.+"), re.compile(rb"")),
)  # fmt: skip
_PROGRAMS = re.compile(r"(.*/)?vbaProject\.bin|(Basic|Scripts)/(?!.*script-l[bc]\.xml).*[^/]", re.IGNORECASE)
_DAMAGED = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
    RuntimeError, KeyError,
)  # fmt: skip


def clean_office(data: bytes, kind: str) -> tuple[bytes, list[str]]:
    """(document, notes): the document of this kind without its makers, and what a reader should look at in it.

    Raises `Unfit`.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _look(archive)
            _check_kind(archive, kind)
            return _made_anew(archive)
    except _DAMAGED as error:
        raise Unfit("damaged") from error


def _look(archive: zipfile.ZipFile) -> None:
    """Refuse by the archive's own list, before anything is unfolded."""
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise Unfit("huge")
    if any(part.flag_bits & 1 for part in parts):
        raise Unfit("protected")
    if any(_PROGRAMS.fullmatch(name) for name in names):
        raise Unfit("programs")
    strange = any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names)
    packed = {part.compress_type for part in parts}
    if strange or len(set(names)) < len(names) or packed - {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Unfit("damaged")


def _check_kind(archive: zipfile.ZipFile, kind: str) -> None:
    names = set(archive.namelist())
    if kind in _MAIN:
        if "[Content_Types].xml" not in names:
            raise Unfit("other")
        contents = archive.read("[Content_Types].xml")
        if b"macroEnabled" in contents:
            raise Unfit("programs")
        if _MAIN[kind] not in contents:
            raise Unfit("other")
        return
    if "mimetype" not in names or archive.read("mimetype").strip() != _MIMETYPE[kind]:
        raise Unfit("other")
    if "content.xml" not in names:
        # An encrypted one has it too, but says so in its list.
        raise Unfit("damaged")
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unfit("protected")


def _made_anew(archive: zipfile.ZipFile) -> tuple[bytes, list[str]]:
    file, notes = BytesIO(), dict[str, None]()
    with zipfile.ZipFile(file, "w") as anew:
        for part in archive.infolist():
            name = part.filename
            content = archive.read(part)
            for note, where, words in _NOTES:
                if where.fullmatch(name) and words.search(content):
                    notes[note] = None
            # Always the same moment: it says nothing, and the same document has the same bytes.
            written = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            # What is packed already (a photograph) is not packed again, and the first part of an OpenDocument never.
            loose = name == "mimetype" or part.compress_size * 10 > part.file_size * 9
            written.compress_type = zipfile.ZIP_STORED if loose else zipfile.ZIP_DEFLATED
            anew.writestr(written, _cleaned(name, content))
    return file.getvalue(), list(notes)


def _cleaned(name: str, content: bytes) -> bytes:
    if name in _EMPTIED:
        return _EMPTIED[name]
    for where, words in _CUT:
        if where.fullmatch(name):
            content = words.sub(b"", content)
    return without_origin(content)
