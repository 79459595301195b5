"""Translating a practice beside its original, and what the desk of the language does with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ecett.core import languages
from ecett.core.permissions import check
from ecett.core.views.comments import comment_of
from ecett.core.views.steps import attempt, perform_or_message
from ecett.core.workflow import available, can, perform
from goodpractices.enums import TranslationState
from goodpractices.forms_translation import TranslationForm
from goodpractices.models import GoodPractice, PracticeTranslation
from goodpractices.selectors.readings import compare_texts
from goodpractices.selectors.translations import translation_of
from goodpractices.services import begin_translation, write_translation
from goodpractices.wording import field_labels

STEPS = ("submit", "publish", "ask_changes", "take_back")
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def translation_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """A card in one more language."""
    practice = get_object_or_404(
        GoodPractice.objects.published().select_related("host").defer("search", "marks"), public_id=public_id
    )
    check(request.user, "goodpractices.translate_practice", practice)
    return _write(request, practice, None)


@require_http_methods(FORM_METHODS)
def translation_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go on with a translation, or bring it up to date."""
    translation = _found(request, public_id, "goodpractices.edit_translation")
    if translation.state != TranslationState.DRAFT and not request.user.has_perm(
        "goodpractices.publish_translation", translation
    ):
        closed = _("This translation is with the helpdesk. To change it, take it back first.")
        if request.method == "POST":
            # Written in another window while it was sent: the words stay on the page.
            form = TranslationForm(request.POST, practice=translation.practice, translation=translation)
            form.add_error(None, closed)
            return _form_page(request, translation.practice, translation, form)
        messages.info(request, closed)
        return _reading_page(request, translation)
    return _write(request, translation.practice, translation)


@require_POST
def translation_step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """A button of the translation's life."""
    translation = _found(request, public_id, "goodpractices.edit_translation")
    if step not in STEPS:
        raise Http404
    comment = comment_of(request, limit=2000)
    return perform_or_message(
        request,
        lambda: perform(translation, step, actor=request.user, comment=comment),
        said=_("Done."),
        then=reverse("goodpractices:translation_edit", args=[translation.public_id]),
    )


def _write(
    request: HttpRequest, practice: GoodPractice, translation: PracticeTranslation | None
) -> HttpResponse:
    submits = request.POST.get("intent") == "submit"
    whole = submits or (translation is not None and translation.state != TranslationState.DRAFT)
    data = request.POST if request.method == "POST" else None
    form = TranslationForm(data, practice=practice, translation=translation, whole=whole)
    if request.method == "POST" and form.is_valid():
        outcome = attempt(lambda: _save(request.user, practice, translation, form))
        if outcome.value is not None:
            saved = outcome.value
            then = reverse("goodpractices:translation_edit", args=[saved.public_id])
            if submits and can(saved, "submit", request.user):
                return perform_or_message(
                    request,
                    lambda: perform(saved, "submit", actor=request.user),
                    said=_("Thank you. The helpdesk of this language reads it and writes to you."),
                    then=then,
                )
            messages.success(request, _("Saved."))
            return redirect(then)
        outcome.tell(form)
    return _form_page(request, practice, translation, form)


def _form_page(
    request: HttpRequest,
    practice: GoodPractice,
    translation: PracticeTranslation | None,
    form: TranslationForm,
) -> HttpResponse:
    context = {"form": form, **_context(request, practice, translation, form)}
    return render(
        request, "goodpractices/translation_form.html", context, status=422 if form.is_bound else 200
    )


def _save(
    actor: Any, practice: GoodPractice, translation: PracticeTranslation | None, form: TranslationForm
) -> PracticeTranslation:
    if translation is None:
        return begin_translation(
            practice=practice, actor=actor, language=form.cleaned_data["language"], **form.words()
        )
    return write_translation(translation=translation, **form.words())


def _reading_page(request: HttpRequest, translation: PracticeTranslation) -> HttpResponse:
    """Both texts side by side, while nobody may change them."""
    practice = translation.practice
    labels = field_labels()
    rows = [
        {"label": labels[name], "original": text, "translated": translation.texts.get(name, "")}
        for name, text in practice.texts().items()
        if text or translation.texts.get(name)
    ]
    context = {"rows": rows, **_context(request, practice, translation, None)}
    return render(request, "goodpractices/translation_form.html", context)


def _context(
    request: HttpRequest,
    practice: GoodPractice,
    translation: PracticeTranslation | None,
    form: TranslationForm | None,
) -> dict[str, Any]:
    texts, labels = practice.texts(), field_labels()
    changed = []
    if translation and translation.outdated and translation.original:
        fields = compare_texts(translation.original.texts, texts)
        changed = [{"label": labels[row.field], "pieces": row.pieces} for row in fields]
    asked = (
        translation
        and translation.state == TranslationState.DRAFT
        and translation.log.order_by("-pk").first()
    )
    return {
        "practice": practice,
        "translation": translation,
        "crumbs": [
            (_("Good practices"), reverse("goodpractices:practice_list")),
            (practice.title, reverse("goodpractices:practice_detail", args=[practice.public_id])),
        ],
        "pairs": [
            {"field": form[name], "original": text} for name, text in texts.items() if name in form.fields
        ]
        if form
        else [],
        "asks_names": form is not None and ("no_client" in form.errors or bool(form["no_client"].value())),
        "written_in": languages.word(practice.language),
        "into": languages.name(translation.language) if translation else "",
        "changed": changed,
        "asked": asked.comment if asked and asked.step == "ask_changes" else "",
        "passages": [one for one in translation.passages() if one.cleared]
        if translation and request.user.has_perm("goodpractices.publish_translation", translation)
        else [],
        # A draft is sent by the form's own button, with what stands in it.
        "actions": [one for one in available(translation, request.user) if one.name != "submit"]
        if translation
        else [],
        # The steps' addresses end with their names.
        "steps_url": reverse("goodpractices:translation_edit", args=[translation.public_id]).removesuffix(
            "edit/"
        )
        if translation
        else "",
    }


def _found(request: HttpRequest, public_id: str, permission: str) -> PracticeTranslation:
    translation = translation_of(request.user, public_id)
    if translation is None:
        raise Http404
    check(request.user, permission, translation)
    return translation
