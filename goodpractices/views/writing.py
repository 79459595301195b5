"""Writing a card and what the desk does with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecett.core import languages
from ecett.core.clock import now
from ecett.core.editing import Meeting, meet, parts_of
from ecett.core.permissions import check, requires
from ecett.core.versions import version
from ecett.core.views.comments import comment_of
from ecett.core.views.editing import meeting_context, note_saved, sent_again
from ecett.core.views.steps import perform_or_message
from ecett.core.workflow import StaleTransition, available, can, perform
from goodpractices.enums import IN_READING
from goodpractices.forms import PracticeForm
from goodpractices.models import GoodPractice
from goodpractices.passages import Passage, find_passages
from goodpractices.selectors.attachments import attachments_of, attachments_to_look_at
from goodpractices.selectors.cards import authors_of, own_practices
from goodpractices.selectors.readings import (
    is_late,
    open_remarks,
    question_of,
    reading_queue,
    remarks_by_field,
)
from goodpractices.selectors.translations import own_translations, translations_to_read
from goodpractices.services import clear_marks, create_practice, submit_practice, update_practice
from goodpractices.views.attachments import attachment_rows
from goodpractices.views.paths import crumbs_to, visible_practice
from goodpractices.wording import passage_rows, remark_rows
from hosts.forms import finds

STEPS = ("submit", "pass_on", "publish", "ask_changes", "reject", "take_back", "withdraw", "reopen")
FORM_METHODS = ["GET", "HEAD", "POST"]


@requires("goodpractices.add_practice")
@require_http_methods(FORM_METHODS)
def practice_create(request: HttpRequest) -> HttpResponse:
    """A new card."""
    return _write(request, None)


@require_http_methods(FORM_METHODS)
def practice_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a card."""
    practice = visible_practice(request, public_id)
    check(request.user, "goodpractices.edit_practice", practice)
    if practice.state in IN_READING and not request.user.has_perm("goodpractices.moderate_practice"):
        # What readers have before them does not change under their eyes.
        messages.info(request, _("Your card is being read. To change it, take it back first."))
        return redirect("goodpractices:practice_detail", public_id=practice.public_id)
    return _write(request, practice)


def _write(request: HttpRequest, practice: GoodPractice | None) -> HttpResponse:
    intent = "find" if finds(request.POST) else request.POST.get("intent", "draft")
    # A card that is public already must stay whole, whoever changes it.
    whole = intent == "submit" or (practice is not None and practice.state in ("published", *IN_READING))
    meeting = _meet(request, practice) if practice and request.method == "POST" else None
    data = (meeting.data if meeting else request.POST) or None
    form = PracticeForm(data, instance=practice, submitted=whole or intent == "find")
    if practice and meeting and meeting.clashes and sent_again(request):
        return redirect("goodpractices:practice_detail", public_id=practice.public_id)
    if request.method == "POST" and (intent == "find" or (meeting and meeting.clashes)):
        form.forgive()
    elif request.method == "POST" and form.is_valid():
        values = form.card_fields()
        passages = _passages(practice, values)
        said = _said_no_client(request, passages)
        if whole and any(passage.code not in said and not passage.cleared for passage in passages):
            return _form_page(
                request, form, practice, meeting=meeting, passages=passages, said=said, status=422
            )
        if practice:
            try:
                saved = update_practice(
                    practice=practice, actor=request.user, seen=version(practice), **values
                )
            except StaleTransition:
                # Somebody saved while this was read: hold it against the card as it is by now.
                return _write(request, visible_practice(request, practice.public_id))
            if meeting:
                note_saved(request, meeting)
        else:
            saved = create_practice(author=request.user, **values)
        new = [(passage.kind, passage.text) for passage in passages if passage.code in said]
        clear_marks(practice=saved, actor=request.user, marks=new)
        page = reverse("goodpractices:practice_detail", args=[saved.public_id])
        if intent == "submit" and can(saved, "submit", request.user):
            thanks = _("Thank you. The helpdesk reads your card and writes to you.")
            return perform_or_message(
                request, lambda: submit_practice(practice=saved, actor=request.user), said=thanks, then=page
            )
        messages.success(request, _("Saved."))
        if intent == "attach":
            return redirect("goodpractices:practice_attachments", public_id=saved.public_id)
        return redirect(page)
    failed = request.method == "POST" and intent != "find"
    # Whoever comes from a first report sees at once what the checker would ask on sending.
    passages = practice.passages() if practice and "check" in request.GET and not form.is_bound else []
    status = 409 if meeting and meeting.clashes else 422
    return _form_page(
        request, form, practice, meeting=meeting, passages=passages, status=status if failed else 200
    )


def _meet(request: HttpRequest, practice: GoodPractice) -> Meeting:
    """What she sent, held against the card as it is now."""
    now = parts_of(PracticeForm(instance=practice))
    return meet(now=now, data=request.POST, build=lambda data: PracticeForm(data, instance=practice))


def _form_page(
    request: HttpRequest,
    form: PracticeForm,
    practice: GoodPractice | None,
    *,
    meeting: Meeting | None = None,
    passages: Collection[Passage] = (),
    said: Collection[str] = (),
    status: int = 200,
) -> HttpResponse:
    remarks = list(open_remarks(practice)) if practice else []
    to_read = [passage for passage in passages if not passage.cleared]
    form.remarks = remarks_by_field(remarks)
    form.noted = [*form.remarks, *(one.field for one in to_read)]
    context = {
        "form": form,
        "practice": practice,
        **meeting_context(request, practice, form, meeting),
        "may_submit": practice is None
        or any(action.name == "submit" for action in available(practice, request.user)),
        "crumbs": crumbs_to(practice)
        if practice
        else [(_("Good practices"), reverse("goodpractices:practice_list"))],
        "passages": passage_rows(to_read, form, said),
        "attachments": attachment_rows(attachments_of(request.user, practice)) if practice else [],
        "asked": status == 422,
        "question": question_of(practice) if practice else None,
        "remarks": remark_rows([one for one in remarks if not one.field]),
        "remarked": [form[name] for name in form.fields if name in form.remarks],
    }
    return render(request, "goodpractices/practice_form.html", context, status=status)


def _passages(practice: GoodPractice | None, values: Mapping[str, Any]) -> list[Passage]:
    """What of the text she sends may say who somebody is."""
    cleared = {(row.kind, row.text) for row in practice.cleared_marks.all()} if practice else set()
    host = values["host"]
    places = (values["city"], values["host_name"], host.name if host else "")
    return find_passages(values, values["language"], cleared, places=places)


def _said_no_client(request: HttpRequest, passages: Collection[Passage]) -> set[str]:
    """The passages she has ticked; only those that are there."""
    codes = {passage.code for passage in passages}
    return codes if request.POST.get("no_client_at_all") else codes & set(request.POST.getlist("no_client"))


@require_POST
def practice_step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """A button of the card's life."""
    practice = visible_practice(request, public_id)
    if step not in STEPS:
        raise Http404
    data: dict[str, Any] = {"at": now()} if step == "publish" else {}
    comment = comment_of(request, limit=2000)
    then = reverse("goodpractices:practice_detail", args=[practice.public_id])
    return perform_or_message(
        request,
        lambda: perform(practice, step, actor=request.user, comment=comment, **data),
        said=_("Done."),
        then=then,
    )


@requires("goodpractices.see_readings")
@require_safe
def practice_moderation(request: HttpRequest) -> HttpResponse:
    """Cards that wait for this reader, oldest first."""
    waiting = reading_queue(request.user).prefetch_related("authors__user")[:100]
    rows = [
        {"practice": card, "authors": authors_of(card), "late": is_late(card.since)}  # type: ignore[attr-defined]
        for card in waiting
    ]
    translations = [
        {"translation": one, "into": languages.name(one.language)}
        for one in translations_to_read(request.user)[:100]
    ]
    context = {
        "rows": rows,
        "translations": translations,
        "attachments": attachments_to_look_at(request.user)[:100],
    }
    return render(request, "goodpractices/practice_moderation.html", context)


@require_safe
def practice_mine(request: HttpRequest) -> HttpResponse:
    """The cards she wrote."""
    translations = [
        {"translation": one, "into": languages.name(one.language)}
        for one in own_translations(request.user)[:200]
    ]
    context = {"practices": own_practices(request.user)[:200], "translations": translations}
    return render(request, "goodpractices/practice_mine.html", context)
