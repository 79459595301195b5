"""From the file that somebody sends to the one that is kept: checked by its name, its first bytes and its content,
then made anew without what it says of its maker."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecett.core.cleaning import office
from ecett.core.cleaning.office import clean_office
from ecett.core.cleaning.unfit import Unfit
from ecett.core.pictures import sizes
from ecett.core.pictures.sizes import make_sizes
from ecett.core.uploads import check_upload

ACCEPTED = ("pdf", *sizes.ACCEPTED, *office.FORMATS)
REFUSALS: dict[str, Promise] = {
    "damaged": _("This file cannot be read: it is damaged, or its content is not what its name says."),
    "other": _("The name of this file says one thing and its content another. Save it again in its own program."),
    "protected": _("This file is locked with a password. Send one that everybody can open."),
    "programs": _("This file holds programs (macros). Save it without them, for example as DOCX, XLSX or PDF."),
    "parts": _("This PDF holds too many parts to be looked through. Send only the pages that are needed."),
    "huge": _("This file would unfold into far more than a document holds. Save it as a PDF and send that."),
}  # fmt: skip


@dataclass(frozen=True)
class CleanFile:
    """A document as it is kept. ``notes``: codes of what its reader should look at."""

    kind: str
    data: bytes
    notes: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)


def make_clean(upload: Any, *, max_bytes: int) -> CleanFile:
    """Check a sent file and make it anew; raises ``ValidationError`` in words."""
    kind = check_upload(upload, allowed=ACCEPTED, max_bytes=max_bytes)
    if kind in sizes.ACCEPTED:
        return CleanFile("picture", make_sizes(upload).large.data)
    upload.seek(0)
    try:
        data, notes = _clean_pdf(upload.read()) if kind == "pdf" else clean_office(upload.read(), kind)
    except Unfit as error:
        raise ValidationError(str(REFUSALS[error.code]), code=error.code) from error
    return CleanFile(kind, data, tuple(notes))


def _clean_pdf(data: bytes) -> tuple[bytes, list[str]]:
    # What reads PDFs takes half a second to import: only in processes that get one.
    from ecett.core.cleaning.pdf import clean_pdf

    return clean_pdf(data)
