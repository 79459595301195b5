"""What people may send: how large, and whether the file is what its name says.

Two guards. `UploadLimitMiddleware` looks at the announced length before anything is parsed or stored, so a
200 MB upload meets a page in plain words and never the disk. `check_upload` looks at one file of a form.
"""

from collections.abc import Callable, Collection
from pathlib import PurePath
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ecett.core.components.formats import file_size
from ecett.core.signatures import FORMATS, extensions_of, signature

# A form's other fields and the frame around each part.
FORM_ALLOWANCE = 1024 * 1024
# A refused body is read and thrown away up to here, so that the browser gets to see the answer; beyond it we
# hang up.
DRAIN_BYTES = 1024 * 1024 * 1024


class Upload(Protocol):
    """The part of Django's uploaded file that the checks need."""

    @property
    def name(self) -> str | None: ...
    @property
    def size(self) -> int | None: ...

    def read(self, num_bytes: int = ..., /) -> bytes: ...
    def seek(self, offset: int, /) -> Any: ...


def check_upload(upload: Upload, *, allowed: Collection[str], max_bytes: int | None = None) -> str:
    """Return the format (a key of `FORMATS`) of a file of a form; raise ``ValidationError`` in words.

    Checked: not empty, at most ``max_bytes`` (default ``settings.UPLOAD_MAX_BYTES``), an extension of an
    allowed format, and first bytes that agree with the extension.
    """
    limit = settings.UPLOAD_MAX_BYTES if max_bytes is None else max_bytes
    size = upload.size or 0
    if size > limit:
        raise ValidationError(
            _("This file has %(size)s; at most %(limit)s can be sent.")
            % {"size": file_size(size), "limit": file_size(limit)},
            code="too_large",
        )
    if not size:
        raise ValidationError(_("This file is empty."), code="empty")
    extension = PurePath(upload.name or "").suffix.lower()
    wanted = ", ".join(ending for name in allowed for ending in extensions_of(name))
    expected = next((name for name in allowed if extension in extensions_of(name)), None)
    if expected is None:
        raise ValidationError(
            _("Files of this kind are not accepted here. Accepted: %(wanted)s.") % {"wanted": wanted},
            code="extension",
        )
    upload.seek(0)
    found = signature(upload.read(4096))
    upload.seek(0)
    if found not in (expected, FORMATS[expected].like):
        raise ValidationError(
            _("The name of this file ends in %(extension)s, but its content is not: it looks like %(found)s.")
            % {"extension": extension, "found": _(FORMATS[found].label)},
            code="signature",
        )
    return expected


class UploadLimitMiddleware:
    """Answers 413 with a page in words when the announced body is larger than any form of ours takes.

    Stands after the middlewares that know the person and the language, and works before any view or CSRF
    check reads the body (those do so in the view phase). Bodies without an announced length are not accepted
    by the server.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length <= settings.UPLOAD_MAX_BYTES + FORM_ALLOWANCE:
            return self.get_response(request)
        _drain(request, length)
        # The body is gone: what reads it later (a context processor, a log) must find an empty form.
        request.META["CONTENT_LENGTH"] = "0"
        context = {"size": length, "limit": settings.UPLOAD_MAX_BYTES}
        return render(request, "core/imports/too_large.html", context, status=413)


def _drain(request: HttpRequest, length: int) -> None:
    """Read and forget the body: hanging up on an unread body resets the connection, and no page is seen."""
    left = min(length, DRAIN_BYTES)
    try:
        while left > 0 and (piece := request.read(min(left, 1024 * 1024))):
            left -= len(piece)
    except OSError:
        return
