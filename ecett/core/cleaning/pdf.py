"""A PDF without what it says of its makers, and without what would act on its own. Pure: no Django."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from ecett.core.cleaning.photo import without_origin
from ecett.core.cleaning.unfit import Unfit

#: A report of a few hundred pages has some ten thousand; so many take a few seconds to look through.
MOST_OBJECTS = 30_000
# Who, when and with what; the files and programs inside; what runs when it is opened.
_EVERYWHERE = ("/Metadata", "/PieceInfo", "/AA", "/AF")
_IN_ROOT = ("/OpenAction", "/Collection")
_IN_NAMES = ("/EmbeddedFiles", "/JavaScript")
_ACTING = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition")
_REMARKS = (
    "/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Caret", "/Ink", "/Stamp", "/Popup",
)  # fmt: skip


def clean_pdf(data: bytes) -> tuple[bytes, list[str]]:
    """(document, notes): the document without its makers, and what a reader should look at in it. Raises `Unfit`."""
    # It complains of each small thing that it mends.
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        return _made_anew(data)
    except Unfit:
        raise
    except Exception as error:
        # Bytes of a stranger's: the library stumbles over them in a hundred ways, and each means the same.
        raise Unfit("damaged") from error


def _made_anew(data: bytes) -> tuple[bytes, list[str]]:
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unfit("protected")
    root = reader.root_object
    notes = dict[str, None]()
    for thing in _things(root):
        _strip(thing, notes)
    for key in _IN_ROOT:
        # A place to open at may stay; something to do may not.
        if key in root and not isinstance(root[key], ArrayObject):
            del root[key]
    names = root.get("/Names")
    names = names.get_object() if names is not None else None
    if isinstance(names, DictionaryObject):
        for key in _IN_NAMES:
            if key in names:
                notes["parts_gone"] = None
                del names[key]
    # Only what the stripped document still leads to is copied: earlier versions and loose ends stay behind.
    writer = PdfWriter()
    writer.clone_reader_document_root(reader)
    writer.metadata = None
    writer.pdf_header = reader.pdf_header
    if not len(writer.pages):
        raise Unfit("damaged")
    file = BytesIO()
    writer.write(file)
    return file.getvalue(), list(notes)


def _things(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """Each dictionary that the document leads to, once."""
    seen: set[int] = set()
    waiting: list[Any] = [root]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in seen:
                continue
            seen.add(thing.idnum)
            if len(seen) > MOST_OBJECTS:
                raise Unfit("parts")
            thing = thing.get_object()
        if isinstance(thing, DictionaryObject):
            yield thing
            waiting.extend(thing.values())
        elif isinstance(thing, ArrayObject):
            waiting.extend(thing)


def _strip(thing: DictionaryObject, notes: dict[str, None]) -> None:
    for key in _EVERYWHERE:
        if key in thing:
            del thing[key]
    for key in ("/A", "/Next"):
        action = thing.get(key)
        action = action.get_object() if action is not None else None
        if isinstance(action, DictionaryObject) and action.get("/S") in _ACTING:
            notes["parts_gone"] = None
            del thing[key]
    if "/ByteRange" in thing and "/Contents" in thing:
        # A signature holds its signer's name, and holds no longer for a copy.
        notes["signature_gone"] = None
        for key in list(thing):
            del thing[key]
        return
    kind = thing.get("/Subtype")
    if kind in _REMARKS and "/Rect" in thing:
        if "/T" in thing:
            del thing["/T"]
        notes["comments"] = None
    elif kind == "/FileAttachment":
        notes["parts_gone"] = None
        for key in ("/FS", "/T"):
            if key in thing:
                del thing[key]
    elif isinstance(thing, StreamObject) and thing.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        thing._data = without_origin(thing._data)
        thing[NameObject("/Length")] = NumberObject(len(thing._data))
