"""A dossier: the candidate fills and sends it, secretary and jury read it, each on a page of her own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from certification import services
from certification.enums import DossierState, Level
from certification.forms.dossier import PAPER_FORMS, DossierForm, dossier_initial
from certification.models import Dossier, PaperEvidence
from certification.selectors.dossier import dossier_facts
from certification.selectors.ladder import missing_before_jury
from certification.views.base import crumbs, dossier_page, find_dossier, mine, reader
from certification.views.jury import judge_page
from ecett.accounts.enums import Role
from ecett.core.views.steps import attempt, perform_or_message
from ecett.core.workflow import available


@require_POST
def dossier_open(request: HttpRequest, level: str) -> HttpResponse:
    """Open a dossier of a level; a second click leads to the same one."""
    if level not in (Level.B, Level.C, Level.D):
        raise Http404
    dossier = services.open_dossier(candidate=reader(request), level=level)
    return redirect(dossier_page(dossier))


@require_safe
def dossier_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page that fits the reader: candidate, juror, or secretary."""
    dossier = find_dossier(request, public_id)
    if mine(request, dossier):
        return render(request, "certification/dossier_detail.html", _candidate_context(request, dossier))
    if reader(request).role in (Role.JUROR, Role.CHAIR):
        return judge_page(request, dossier)
    return render(request, "certification/dossier_staff.html", _staff_context(request, dossier))


def _candidate_context(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    draft = dossier.state == DossierState.DRAFT
    missing = missing_before_jury(dossier) if draft else []
    return {
        "dossier": dossier,
        "facts": dossier_facts(dossier),
        "draft": draft,
        "missing": missing,
        "next": _next_for_candidate(dossier, missing),
        "actions": [one for one in available(dossier, request.user) if one.name == "withdraw"],
        "certificate": getattr(dossier, "certificate", None),
        "title": _("Dossier for level %(level)s") % {"level": dossier.level},
        "crumbs": [(_("My path"), crumbs()[0][1]), (_("Dossier %(n)s") % {"n": dossier.number}, "")],
    }


def _next_for_candidate(dossier: Dossier, missing: list[str]) -> tuple[str, str, bool]:
    if dossier.state == DossierState.DRAFT:
        if missing:
            return _("complete your dossier."), _("Still missing: %(n)s.") % {"n": len(missing)}, True
        return _("send your dossier to the jury."), _("Everything the ladder asks for is there."), True
    words: dict[str, str] = {
        DossierState.SUBMITTED: _("the jury secretary puts your dossier before a session."),
        DossierState.JURY: _("the jury reads your dossier and decides."),
        DossierState.AWARDED: _("the certificate is yours."),
        DossierState.REFUSED: _("the jury's reasons are below; you can open another dossier."),
        DossierState.WITHDRAWN: _("you have withdrawn it; you can open another dossier."),
    }
    waits = dossier.state in (DossierState.SUBMITTED, DossierState.JURY)
    return words[dossier.state], _("You need not do anything.") if waits else "", False


def _staff_context(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    return {
        "dossier": dossier,
        "facts": dossier_facts(dossier),
        "may_verify": request.user.has_perm("certification.verify_paper", dossier),
        "reader": request.user,
        "certificate": getattr(dossier, "certificate", None),
        "crumbs": crumbs((_("Dossier %(n)s") % {"n": dossier.number}, "")),
    }


def dossier_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Statement, practices, project. “Save draft” asks for nothing, “Send” for everything."""
    dossier = find_dossier(request, public_id, "certification.edit_dossier")
    if dossier.state != DossierState.DRAFT:
        messages.warning(request, _("This dossier has been sent; it can no longer be changed."))
        return redirect(dossier_page(dossier))
    form = DossierForm(request.POST or None, dossier=dossier, initial=dossier_initial(dossier))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            outcome = attempt(
                lambda: services.save_dossier(dossier=dossier, actor=request.user, **form.cleaned_data)
            )
            if outcome.done:
                return _after_saving(request, dossier)
            status = outcome.status
            outcome.tell(form)
    context = {
        "form": form,
        "dossier": dossier,
        "crumbs": _below(dossier, _("Edit")),
    }
    return render(request, "certification/dossier_form.html", context, status=status)


def _below(dossier: Dossier, page: str) -> list[tuple[str, str]]:
    """Where a page of the candidate's dossier stands."""
    return [
        (_("My path"), crumbs()[0][1]),
        (_("Dossier %(n)s") % {"n": dossier.number}, dossier_page(dossier)),
        (page, ""),
    ]


def _after_saving(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    if "send" in request.POST:
        return _send(request, dossier)
    messages.success(request, _("Your dossier is saved."))
    return redirect(dossier_page(dossier))


def _send(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    return perform_or_message(
        request,
        lambda: services.submit_dossier(dossier=dossier, actor=request.user),
        said=_("Your dossier is with the jury."),
        then=dossier_page(dossier),
    )


@require_POST
def dossier_submit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send it to the jury; twice is once."""
    dossier = find_dossier(request, public_id, "certification.edit_dossier")
    if dossier.state in (DossierState.SUBMITTED, DossierState.JURY):
        messages.info(request, _("Your dossier is with the jury already."))
        return redirect(dossier_page(dossier))
    return _send(request, dossier)


@require_POST
def dossier_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take it back before the jury sees it."""
    dossier = find_dossier(request, public_id, "certification.edit_dossier")
    if dossier.state == DossierState.WITHDRAWN:
        return redirect(dossier_page(dossier))
    return perform_or_message(
        request,
        lambda: services.withdraw_dossier(dossier=dossier, actor=request.user),
        said=_("The dossier is withdrawn."),
        then=dossier_page(dossier),
    )


def paper_add(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """A stay or a certificate from before the portal."""
    if kind not in PAPER_FORMS:
        raise Http404
    dossier = find_dossier(request, public_id, "certification.edit_dossier")
    if dossier.state != DossierState.DRAFT:
        messages.warning(request, _("This dossier has been sent; it can no longer be changed."))
        return redirect(dossier_page(dossier))
    form = PAPER_FORMS[kind](request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            outcome = attempt(
                lambda: services.add_paper(
                    dossier=dossier, actor=request.user, kind=kind, record=form.record(),
                    note=form.cleaned_data["note"],
                )
            )  # fmt: skip
            if outcome.done:
                messages.success(request, _("Added. It counts once two people have verified it."))
                return redirect(dossier_page(dossier))
            status = outcome.status
            outcome.tell(form)
    context = {
        "form": form,
        "dossier": dossier,
        "kind": kind,
        "crumbs": _below(dossier, _("Evidence on paper")),
    }
    return render(request, "certification/paper_form.html", context, status=status)


def _find_paper(request: HttpRequest, public_id: str) -> PaperEvidence:
    rows = PaperEvidence.objects.filter(dossier__in=Dossier.objects.visible_to(request.user))
    return get_object_or_404(
        rows.select_related("dossier__candidate", "dossier__session"), public_id=public_id
    )


@require_POST
def paper_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a piece back."""
    paper = _find_paper(request, public_id)
    if not mine(request, paper.dossier):
        raise PermissionDenied(_("Only the candidate changes a dossier."))
    return perform_or_message(
        request,
        lambda: services.remove_paper(paper=paper, actor=request.user),
        said=_("Removed."),
        then=dossier_page(paper.dossier),
    )


@require_POST
def paper_verify(request: HttpRequest, public_id: str) -> HttpResponse:
    """One person says that she has seen the paper."""
    paper = _find_paper(request, public_id)
    return perform_or_message(
        request,
        lambda: services.verify_paper(paper=paper, actor=request.user),
        said=_("Noted: you have seen this paper."),
        then=dossier_page(paper.dossier),
    )
