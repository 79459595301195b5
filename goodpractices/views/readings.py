"""What readers say about a card, and what was sent when."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ecett.core.permissions import check
from ecett.core.search import clean
from ecett.core.views.comments import comment_of
from ecett.core.views.steps import perform_or_message
from goodpractices.passages import CHECKED
from goodpractices.selectors.attachments import AttachmentChange, compare_attachments
from goodpractices.selectors.readings import compare, remarks_between, versions_of
from goodpractices.services.readings import add_remark
from goodpractices.views.paths import crumbs_to, visible_practice
from goodpractices.wording import field_labels, remark_rows


@require_POST
def remark_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """A reader says something about one place of the card."""
    practice = visible_practice(request, public_id)
    check(request.user, "goodpractices.remark_practice", practice)
    text = comment_of(request, "comment", limit=2000)
    quote = " ".join(comment_of(request, "quote", limit=500).split())
    field = clean(request.POST.get("field", ""))
    return perform_or_message(
        request,
        lambda: add_remark(
            practice=practice,
            actor=request.user,
            text=text,
            field=field if field in CHECKED else "",
            quote=quote if field in CHECKED else "",
        ),
        said=_("Your remark is kept. The author sees it with the card."),
        then=reverse("goodpractices:practice_detail", args=[practice.public_id]) + "#remarks",
    )


@require_safe
def version_compare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Two of the versions that were sent, before and after; without a choice the last two."""
    practice = visible_practice(request, public_id)
    check(request.user, "goodpractices.see_versions", practice)
    versions = versions_of(practice)
    by_number = {str(version.number): version for version in versions}
    before = by_number.get(request.GET.get("before", "")) or (versions[-2] if len(versions) > 1 else None)
    after = by_number.get(request.GET.get("after", "")) or (versions[-1] if versions else None)
    labels = field_labels()
    fields: list[dict[str, Any]] = []
    attachments: list[AttachmentChange] = []
    unanswered: list[dict[str, Any]] = []
    if before and after:
        attachments = compare_attachments(before.attachments, after.attachments)
        said = remarks_between(before, after)
        fields = [
            {"label": labels[row.field], "pieces": row.pieces, "remarks": said.pop(row.field, [])}
            for row in compare(before, after)
        ]
        unanswered = remark_rows(remark for rows in said.values() for remark in rows)
    context = {
        "practice": practice, "versions": versions, "before": before, "after": after, "fields": fields,
        "attachments": attachments, "remarks": unanswered,
        "crumbs": crumbs_to(practice),
    }  # fmt: skip
    return render(request, "goodpractices/version_compare.html", context)
