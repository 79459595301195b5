"""Reporting what became of a practice elsewhere, and telling an innovation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ecett.core.permissions import check
from ecett.core.views.comments import comment_of
from ecett.core.views.steps import attempt, perform_or_message
from goodpractices.forms_adoption import AdoptionForm, InnovationForm
from goodpractices.models import Adoption, GoodPractice
from goodpractices.selectors.adoptions import adoption_of
from goodpractices.services.adoptions import (
    hide_adoption,
    report_adoption,
    show_adoption,
    tell_innovation,
    update_adoption,
)

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def adoption_report(request: HttpRequest, public_id: str) -> HttpResponse:
    """We tried it: somebody says what became of it."""
    practice = get_object_or_404(
        GoodPractice.objects.published().defer("search", "marks"), public_id=public_id
    )
    check(request.user, "goodpractices.report_adoption", practice)
    hat: Any = getattr(request.user, "hat", None)
    home = hat.organisation if hat else None
    known = {"organisation": home.name, "country": home.country, "city": home.city} if home else {}
    form = AdoptionForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        outcome = attempt(lambda: report_adoption(practice=practice, actor=request.user, **form.report()))
        if outcome.done:
            messages.success(request, _("Thank you. Others learn from what you tried."))
            return redirect(_page_of(practice))
        outcome.tell(form)
    return _form(request, "goodpractices/adoption_form.html", practice, form)


@require_http_methods(FORM_METHODS)
def adoption_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Months later one knows more: change one's report."""
    adoption = _found(request, public_id, "goodpractices.edit_adoption")
    form = AdoptionForm(request.POST if request.method == "POST" else None, instance=adoption)
    if request.method == "POST" and form.is_valid():
        update_adoption(adoption=adoption, **form.report())
        messages.success(request, _("Saved."))
        return redirect(_page_of(adoption.practice))
    return _form(request, "goodpractices/adoption_form.html", adoption.practice, form, adoption)


@require_http_methods(FORM_METHODS)
def innovation_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was kept has become lasting: the interview."""
    adoption = _found(request, public_id, "goodpractices.edit_adoption")
    form = InnovationForm(
        request.POST if request.method == "POST" else None, innovation=getattr(adoption, "innovation", None)
    )
    if request.method == "POST" and form.is_valid():
        outcome = attempt(lambda: tell_innovation(adoption=adoption, **form.story()))
        if outcome.done:
            messages.success(request, _("Saved."))
            return redirect(_page_of(adoption.practice))
        outcome.tell(form)
    return _form(request, "goodpractices/innovation_form.html", adoption.practice, form, adoption)


@require_POST
def adoption_hide(request: HttpRequest, public_id: str) -> HttpResponse:
    """The desk hides a report, or shows it again; the page says that it did and why."""
    adoption = _found(request, public_id, "goodpractices.hide_adoption")
    reason = comment_of(request, limit=500)
    change = (
        (lambda: show_adoption(adoption=adoption))
        if adoption.hidden_at
        else (lambda: hide_adoption(adoption=adoption, reason=reason))
    )
    return perform_or_message(request, change, said=_("Done."), then=_page_of(adoption.practice))


def _page_of(practice: GoodPractice) -> str:
    return reverse("goodpractices:practice_detail", args=[practice.public_id]) + "#elsewhere"


def _found(request: HttpRequest, public_id: str, permission: str) -> Adoption:
    adoption = adoption_of(request.user, public_id)
    if adoption is None:
        raise Http404
    check(request.user, permission, adoption)
    return adoption


def _form(
    request: HttpRequest, template: str, practice: GoodPractice, form: Any, adoption: Adoption | None = None
) -> HttpResponse:
    crumbs = [
        (_("Good practices"), reverse("goodpractices:practice_list")),
        (practice.title, reverse("goodpractices:practice_detail", args=[practice.public_id])),
    ]
    context = {
        "form": form, "practice": practice, "adoption": adoption, "crumbs": crumbs,
        "asks_names": "no_client" in form.errors or bool(form["no_client"].value()),
    }  # fmt: skip
    return render(request, template, context, status=422 if form.is_bound else 200)
