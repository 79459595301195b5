"""Documents as people send them, with their makers' names in all the places where programs write them."""

from __future__ import annotations

import zipfile
from io import BytesIO

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

WHO = "Maria Papadopoulou"
_MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
}
_OPEN = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}


def archive(parts: dict[str, bytes | str]) -> bytes:
    """A ZIP archive of these parts; ``mimetype`` is not packed, as OpenDocument has it."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return file.getvalue()


def openxml(kind: str, body: str = "<body>Monday</body>", **more: bytes | str) -> bytes:
    """A DOCX, XLSX or PPTX; ``more``: further parts, ``__`` for a slash and ``_dot_`` for a dot."""
    main, name = _MAIN[kind]
    contents = f"application/vnd.openxmlformats-officedocument.{name}.main+xml"
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types><Override PartName="/{main}" ContentType="{contents}"/></Types>',
        "_rels/.rels": "<Relationships/>",
        main: body,
        "docProps/core.xml": f"<p><creator>{WHO}</creator><lastModifiedBy>{WHO}</lastModifiedBy></p>",
        "docProps/app.xml": f"<p><Company>House of {WHO}</Company></p>",
        "docProps/custom.xml": f"<p>{WHO}</p>",
    }
    parts.update({key.replace("__", "/").replace("_dot_", "."): part for key, part in more.items()})
    return archive(parts)


def open_document(kind: str, content: str = "<text>Monday</text>", **more: bytes | str) -> bytes:
    """An ODT, ODS or ODP."""
    parts: dict[str, bytes | str] = {
        "mimetype": f"application/vnd.oasis.opendocument.{_OPEN[kind]}",
        "content.xml": content,
        "meta.xml": f"<m><creator>{WHO}</creator><initial-creator>{WHO}</initial-creator></m>",
        "META-INF/manifest.xml": "<manifest/>",
    }
    parts.update({key.replace("__", "/").replace("_dot_", "."): part for key, part in more.items()})
    return archive(parts)


def jpeg(*, turned: int = 1, colour: str = "teal") -> bytes:
    """A photograph that says by whom it was taken."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = turned, WHO
    file = BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "JPEG", exif=exif, comment=f"by {WHO}".encode())
    return file.getvalue()


def pdf(*, password: str | None = None, owner: str | None = None, act: bool = False, pages: int = 1) -> bytes:
    """A PDF; ``act``: with a file inside, a program that runs when it is opened, and a remark."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": WHO, "/Title": f"Plan of {WHO}"})
    writer.xmp_metadata = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><creator>{WHO}</creator></x:xmpmeta>".encode()
    if act:
        writer.add_attachment("clients.csv", WHO.encode())
        program = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("run me")}
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(program))
        remark = {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Text"),
            NameObject("/Rect"): ArrayObject(),
            NameObject("/T"): TextStringObject(WHO),
            NameObject("/Contents"): TextStringObject("Shorter, please"),
        }
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(DictionaryObject(remark))])
    if password is not None or owner is not None:
        writer.encrypt(password or "", owner_password=owner)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def read(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def parts_of(data: bytes) -> dict[str, bytes]:
    """{name: content} of an archive."""
    with zipfile.ZipFile(BytesIO(data)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}
