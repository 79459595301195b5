"""Checking a document by its code, for anybody: what is true of it, and whether a file is the one we made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ecett.core.documents import sealing
from ecett.core.documents.selectors import Standing, find_by_code, verification
from ecett.core.limits import count_question
from ecett.core.models import Document
from ecett.core.permissions import public_view
from ecett.core.uploads import check_upload

#: More than any document of ours.
MAX_BYTES = 10 * 1024 * 1024
#: Questions from one address in so many seconds; codes have 72 bits, this only keeps machines from knocking.
MOST, WINDOW = 60, 60
CODE_LENGTH = 60


class CodeForm(forms.Form):
    """A code as people type it."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=CODE_LENGTH,
        help_text=gettext_lazy(
            "It stands beside the QR code: K7QMR-4T2XB-91VBN. Small letters and spaces are all right."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class FileForm(forms.Form):
    """The file somebody was given."""

    file = forms.FileField(
        label=gettext_lazy("The PDF you were given"),
        help_text=gettext_lazy("It is compared and thrown away again; at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        check_upload(upload, allowed=("pdf",), max_bytes=MAX_BYTES)
        return upload


@dataclass(frozen=True)
class FileAnswer:
    """What a file is: ``kind`` "same", "other" (ours, with the code ``code``), "altered" or "foreign"."""

    kind: str
    code: str = ""


def compare(document: Document, content: bytes) -> FileAnswer:
    """Whether a file is the document, by its hash; if not, what its seal says."""
    if document.sha256 and hashlib.sha256(content).hexdigest() == document.sha256:
        return FileAnswer("same")
    report = sealing.verify(content)
    if report.genuine:
        return FileAnswer("other", report.code)
    if report.sealed and (report.trusted or report.code == document.code):
        return FileAnswer("altered")
    return FileAnswer("altered" if report.code == document.code else "foreign")


def too_many(request: HttpRequest) -> bool:
    """Count the questions of an address; true when there are too many. Without a cache none is counted."""
    return count_question(request, scope="verify", most=MOST, window=WINDOW).spent


def _slow_down(request: HttpRequest) -> HttpResponse:
    response = render(request, "portal/verify_wait.html", {"seconds": WINDOW}, status=429)
    response["Retry-After"] = str(WINDOW)
    return response


@public_view
@never_cache
@require_safe
def verify_form(request: HttpRequest) -> HttpResponse:
    """The field to type a code; a known one leads to its page."""
    if "code" not in request.GET:
        return render(request, "portal/verify.html", {"form": CodeForm()})
    if too_many(request):
        return _slow_down(request)
    form = CodeForm(request.GET)
    if form.is_valid():
        document = find_by_code(form.cleaned_data["code"])
        if document is not None:
            return redirect("portal:verify", document.code)
        form.add_error("code", _("No document has this code. Compare it with the paper, letter by letter."))
    return render(request, "portal/verify.html", {"form": form}, status=404)


@public_view
@never_cache
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What is true of a code; with a file (POST), whether it is the one we made."""
    if too_many(request):
        return _slow_down(request)
    document = find_by_code(code[:CODE_LENGTH])
    if document is None:
        typed = CodeForm(initial={"code": code[:CODE_LENGTH]})
        return render(
            request, "portal/verify_unknown.html", {"code": code[:CODE_LENGTH], "form": typed}, status=404
        )
    if document.code != code and request.method != "POST":
        return redirect("portal:verify", document.code)
    answer, status = None, 200
    form = FileForm()
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            answer = compare(document, form.cleaned_data["file"].read())
        else:
            status = 422
    found = verification(document)
    context = {
        "found": found,
        "standing": _standing(found),
        "form": form,
        "answer": answer,
    }
    return render(request, "portal/verify_document.html", context, status=status)


def _standing(found: Any) -> dict[str, Any]:
    """Badge, words and warmth of a verdict."""
    if found.standing == Standing.VALID and found.facts.under_review:
        return {
            "shape": "half",
            "label": _("Under review"),
            "warm": True,
            "text": _(
                "This document was issued by ECETT-Networks, but doubts about it are being looked into."
            ),
        }
    if found.standing == Standing.VALID and found.facts.for_signature:
        return {
            "shape": "waiting",
            "label": _("Not signed"),
            "warm": False,
            "text": _("This document was made by ECETT-Networks to be signed. On its own it binds nobody."),
        }
    return {
        Standing.VALID: {
            "shape": "done", "label": _("Valid"), "warm": False,
            "text": _("This document was issued by ECETT-Networks and holds."),
        },
        Standing.SUPERSEDED: {
            "shape": "waiting", "label": _("Replaced"), "warm": True,
            "text": _("This document was issued by ECETT-Networks and has been replaced by a newer one."),
        },
        Standing.REVOKED: {
            "shape": "declined", "label": _("Revoked"), "warm": True,
            "text": _("This document was issued by ECETT-Networks and no longer holds."),
        },
        Standing.UNFINISHED: {
            "shape": "waiting", "label": _("Being made"), "warm": False,
            "text": _("This document has been asked for and is being made. Try again in a minute."),
        },
    }[found.standing]  # fmt: skip
