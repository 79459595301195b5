"""A document's page with its progress, and its file. For people with an account who may read it, and for
people outside with a signed link (``?key=``, purpose "document")."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import structlog
from csp.decorators import csp_exempt
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ecett.core import links
from ecett.core.documents import registry, services
from ecett.core.models import Document
from ecett.core.models.document import DocumentState
from ecett.core.permissions import public_view
from ecett.core.views.links import link_problem

log = structlog.get_logger(__name__)

LINK_PURPOSE = "document"
# How often a page without scripts looks again, seconds.
REFRESH_SECONDS = 3


def document_url(document: Document, *, name: str = "document_page", key: str = "") -> str:
    """The path of a document's page or file, with the key of a person outside."""
    path = reverse(f"core:{name}", args=[document.public_id])
    return f"{path}?{urlencode({'key': key})}" if key else path


def _readable(request: HttpRequest, public_id: str) -> Document | HttpResponse:
    """The document if the visitor may read it, else the answer for her; raises Http404."""
    key = request.GET.get("key", "")
    document = Document.objects.filter(public_id=public_id).first()
    if key:
        try:
            claim = links.read(key, purpose=LINK_PURPOSE, model=Document)
        except links.LinkProblem as error:
            return link_problem(request, error)
        if document is None or claim.subject_pk != document.pk:
            raise Http404
        return document
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if document is None or not registry.get(document.kind).may_read(request.user, document):
        raise Http404
    return document


def _page_context(request: HttpRequest, document: Document) -> dict[str, Any]:
    key = request.GET.get("key", "")
    return {
        "document": document,
        "key": key,
        "waiting": document.state in (DocumentState.QUEUED, DocumentState.RENDERING),
        "failed": document.state == DocumentState.FAILED,
        "unavailable": document.error.startswith("PdfUnavailable"),
        "file_url": document_url(document, name="document_file", key=key),
        "poll_url": document_url(document, name="document_progress", key=key),
        "retry_url": document_url(document, name="document_retry", key=key),
        "newer": Document.objects.filter(supersedes=document).first(),
        "refresh": REFRESH_SECONDS,
    }


@public_view
@never_cache
@require_GET
def document_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Progress while it is made, then the link to the file; what went wrong and another try if it failed."""
    found = _readable(request, public_id)
    if isinstance(found, HttpResponse):
        return found
    return render(request, "core/documents/page.html", _page_context(request, found))


@public_view
@never_cache
@require_GET
def document_progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """The part of the page that changes, for htmx; a visitor who comes by herself is sent to the page."""
    found = _readable(request, public_id)
    if isinstance(found, HttpResponse):
        return found
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(document_url(found, key=request.GET.get("key", "")))
    return render(request, "core/documents/_progress.html", _page_context(request, found))


@public_view
@never_cache
@require_POST
def document_retry(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a failed document again."""
    found = _readable(request, public_id)
    if isinstance(found, HttpResponse):
        return found
    services.retry(document=found)
    return redirect(document_url(found, key=request.GET.get("key", "")))


@public_view
@never_cache
# It is no page, and browsers' PDF viewers stumble over the rules of pages.
@csp_exempt()  # type: ignore[arg-type]
@require_GET
def document_file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The PDF; its page while it is being made; 503 with the reason when this machine cannot make or find
    it."""
    found = _readable(request, public_id)
    if isinstance(found, HttpResponse):
        return found
    if found.state != DocumentState.READY:
        if found.state == DocumentState.FAILED:
            reason = _("This document could not be made. Its page says why, and lets you try again.")
            return render(request, "errors/503.html", {"reason": reason}, status=503)
        return redirect(document_url(found, key=request.GET.get("key", "")))
    try:
        file = found.file.open("rb")
    except OSError as error:
        log.error("document_file_missing", document=found.public_id, file=found.file.name, error=str(error))
        reason = _(
            "The file of this document cannot be found just now. The people who run the portal can see this."
        )
        return render(request, "errors/503.html", {"reason": reason}, status=503)
    name = registry.get(found.kind).filename(found)
    response = FileResponse(file, as_attachment=False, filename=name, content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    return response
