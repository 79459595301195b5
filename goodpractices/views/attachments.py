"""The documents of a card: their page for those who write it, what the desk says of them, and their files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecett.core import languages
from ecett.core.cleaning.kinds import KEPT_AS
from ecett.core.permissions import check, public_view
from ecett.core.views.comments import comment_of
from ecett.core.views.pictures import FOR_EVER
from ecett.core.views.steps import attempt, perform_or_message
from ecett.core.workflow import available, perform
from goodpractices.enums import AttachmentNote
from goodpractices.forms_attachment import AttachmentForm, AttachmentWordsForm, limit_text
from goodpractices.models import Attachment, GoodPractice
from goodpractices.selectors.attachments import attachment_with_file, attachments_of
from goodpractices.services.attachments import (
    add_attachment,
    describe_attachment,
    file_name,
    move_attachment,
    remove_attachment,
)
from goodpractices.views.paths import crumbs_to, visible_practice

STEPS = ("show", "leave_out", "look_again")


@require_http_methods(["GET", "HEAD", "POST"])
def practice_attachments(request: HttpRequest, public_id: str) -> HttpResponse:
    """Those who write the card add documents, name them, put them in order and take them away."""
    practice = visible_practice(request, public_id)
    check(request.user, "goodpractices.edit_practice", practice)
    if not request.user.has_perm("goodpractices.add_attachment", practice):
        messages.info(request, _("Your card is being read. To change it, take it back first."))
        return redirect("goodpractices:practice_detail", public_id=practice.public_id)
    rows = attachments_of(request.user, practice)
    if request.method != "POST":
        return _page(request, practice, rows)
    intent = request.POST.get("intent", "")
    if intent in ("", "add"):
        return _add(request, practice, rows)
    attachment = next((row for row in rows if row.public_id == request.POST.get("attachment")), None)
    if attachment is None:
        messages.warning(request, _("This attachment is no longer there."))
        return redirect(_page_url(practice))
    if intent == "describe":
        form = AttachmentWordsForm(
            request.POST, prefix=attachment.public_id, practice=practice, known=attachment.cleared
        )
        if not form.is_valid():
            return _page(request, practice, rows, words={attachment.public_id: form}, status=422)
        describe_attachment(attachment=attachment, **form.words())
        messages.success(request, _("Saved."))
    elif intent in ("up", "down"):
        move_attachment(attachment=attachment, by=-1 if intent == "up" else 1)
    elif intent == "remove":
        return perform_or_message(
            request,
            lambda: remove_attachment(attachment=attachment, actor=request.user),
            said=_("The attachment is gone."),
            then=_page_url(practice),
        )
    return redirect(_page_url(practice))


def _add(request: HttpRequest, practice: GoodPractice, rows: list[Attachment]) -> HttpResponse:
    form = AttachmentForm(request.POST, request.FILES, practice=practice)
    if form.is_valid():
        values = form.cleaned_data
        outcome = attempt(
            lambda: add_attachment(
                practice=practice,
                actor=request.user,
                file=values["file"],
                anonymity_declared=values["anonymity_declared"],
                **form.words(),
            )
        )
        if outcome.done:
            messages.success(
                request, _("The document is kept. The helpdesk looks at it before others get it.")
            )
            return redirect(_page_url(practice))
        outcome.tell(form)
    return _page(request, practice, rows, form=form, status=422)


def _page(
    request: HttpRequest,
    practice: GoodPractice,
    rows: list[Attachment],
    *,
    form: AttachmentForm | None = None,
    words: dict[str, AttachmentWordsForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "practice": practice,
        "crumbs": crumbs_to(practice),
        "here": _page_url(practice),
        "rows": [
            {**row, "form": _words_form(row["attachment"], practice, words or {})}
            for row in attachment_rows(rows)
        ],
        "form": form or AttachmentForm(practice=practice),
        "limit": limit_text(),
        "full": len(rows) >= settings.PRACTICE_ATTACHMENTS,
    }  # fmt: skip
    return render(request, "goodpractices/practice_attachments.html", context, status=status)


def _words_form(
    attachment: Attachment, practice: GoodPractice, sent: dict[str, AttachmentWordsForm]
) -> AttachmentWordsForm:
    return sent.get(attachment.public_id) or AttachmentWordsForm(
        prefix=attachment.public_id,
        practice=practice,
        initial={"title": attachment.title, "language": attachment.language},
    )


def attachment_rows(attachments: Iterable[Any], user: Any = None) -> list[dict[str, Any]]:
    """What a list of attachments shows of each; with ``user`` the buttons she has."""
    return [
        {
            "attachment": one,
            "language": languages.name(one.language),
            "notes": [AttachmentNote(note).label for note in one.notes],
            "actions": available(one, user) if user is not None else [],
            "why": one.said if one.state == Attachment.State.LEFT_OUT else "",
        }
        for one in attachments
    ]


@require_POST
def attachment_step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """The desk shows an attachment, or leaves it out and says why."""
    attachment = get_object_or_404(
        Attachment.objects.visible_to(request.user).select_related("practice"), public_id=public_id
    )
    if step not in STEPS:
        raise Http404
    comment = comment_of(request, limit=2000)
    page = reverse("goodpractices:practice_detail", args=[attachment.practice.public_id])
    return perform_or_message(
        request,
        lambda: perform(attachment, step, actor=request.user, comment=comment),
        said=_("Done."),
        then=f"{page}#attachments",
    )


@public_view
@require_safe
def attachment_file(request: HttpRequest, sha256: str, ending: str) -> HttpResponseBase:
    """The file, to be kept: never shown inside the portal."""
    attachment = attachment_with_file(request.user, sha256, ending)
    if attachment is None:
        raise Http404
    try:
        file = default_storage.open(file_name(sha256, attachment.kind))
    except OSError as error:
        raise Http404 from error
    name = f"{slugify(attachment.title, allow_unicode=True)[:80] or 'document'}.{ending}"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=KEPT_AS[attachment.kind][1])
    response["X-Content-Type-Options"] = "nosniff"
    # Not for caches between: it may be taken away, and then it is gone.
    response["Cache-Control"] = f"private, {FOR_EVER}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _page_url(practice: GoodPractice) -> str:
    return reverse("goodpractices:practice_attachments", args=[practice.public_id])
