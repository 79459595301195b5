"""Making the agreement, and signing it: with an account or by a signed link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ecett.core import languages
from ecett.core.actors import Actor
from ecett.core.permissions import check, public_view
from ecett.core.views.links import spoken_to
from ecett.core.views.steps import attempt, perform_or_message
from trainees import links, services
from trainees.enums import AgreementState, InternshipState
from trainees.forms.stay import AgreementForm, SignForm
from trainees.models import Internship, Signature
from trainees.selectors.gaps import agreement_gaps
from trainees.selectors.journey import signer_rows
from trainees.services.agreements import common_language
from trainees.views.base import (
    Visitor,
    crumbs,
    find_internship,
    open_link,
    project_page,
    to_project,
)
from trainees.views.documents import document_state

EDIT = "trainees.edit_internship"


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_make(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is missing, then the language; the worker makes the document while the page shows progress."""
    stay = find_internship(request, public_id, EDIT)
    form = AgreementForm(request.POST or None, initial={"language": common_language(stay)})
    if request.method == "POST" and form.is_valid():
        outcome = attempt(
            lambda: services.make_agreement(
                internship=stay, actor=request.user, language=form.cleaned_data["language"]
            )
        )
        if outcome.done:
            messages.success(
                request, _("The agreement is written; employer and host have been sent their links.")
            )
            return to_project(stay, "agreement")
        for reason in outcome.reasons:
            messages.warning(request, reason)
        return redirect(request.path if outcome.status == 422 else project_page(stay.project))
    if stay.state != InternshipState.PLANNED:
        return to_project(stay, "agreement")
    context = {
        "stay": stay,
        "form": form,
        "gaps": agreement_gaps(stay),
        "crumbs": crumbs(stay.project),
        "project": stay.project,
    }
    return render(request, "trainees/agreement_make.html", context)


# ── Signing ───────────────────────────────────────────────────────────────────────────────────────────
def _whole(signature: Signature) -> Signature:
    related = ("agreement__document", "agreement__sealed_document", "agreement__internship__project__trainee")
    return Signature.objects.select_related(*related, "agreement__internship__host").get(pk=signature.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def signature(request: HttpRequest, public_id: str) -> HttpResponse:
    """Read and sign with an account: the trainee, or who speaks for employer or host."""
    stays = Internship.objects.visible_to(request.user)
    found = get_object_or_404(Signature, public_id=public_id, agreement__internship__in=stays)
    check(request.user, "trainees.sign", found, reason=_("This signature is asked of somebody else."))
    return _sign_page(request, _whole(found), Actor.of(request.user))


@public_view
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """Read and sign by a signed link, without an account. Opening the page changes nothing."""
    visitor = open_link(request, token, links.SIGN)
    if not isinstance(visitor, Visitor):
        return visitor
    found = _whole(visitor.subject)
    with spoken_to(request, found.language):
        return _sign_page(request, found, visitor.actor, outside=True)


def _sign_page(request: HttpRequest, found: Signature, actor: Actor, outside: bool = False) -> HttpResponse:
    agreement = found.agreement
    form = SignForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data["typed_name"]
            outcome = attempt(lambda: services.sign(signature=found, typed_name=typed, actor=actor))
            if outcome.done:
                return redirect(request.path)
            status = outcome.status
            outcome.tell(form)
            found = _whole(found)
            agreement = found.agreement
    document = agreement.sealed_document or agreement.document
    said_in = document.language if document else agreement.language
    who = {"email": found.email, "name": found.name} if outside else {}
    context: dict[str, Any] = {
        "signature": found,
        "agreement": agreement,
        "stay": agreement.internship,
        "project": agreement.internship.project,
        "said": document.context if document else {},
        "said_in": said_in,
        "said_language": "" if said_in == get_language() else languages.name(said_in),
        "document": document_state(document, **who) if document else None,
        "signers": signer_rows(agreement),
        "form": form,
        "void": agreement.state == AgreementState.VOID,
        "sealed": agreement.state == AgreementState.SEALED,
        "outside": outside,
        "own": not outside and agreement.internship.project.trainee_id == request.user.pk,
    }
    return render(request, "trainees/sign.html", context, status=status)


@require_POST
def signature_remind(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send a silent signer her link again."""
    stays = Internship.objects.visible_to(request.user)
    found = get_object_or_404(Signature, public_id=public_id, agreement__internship__in=stays)
    check(request.user, EDIT, found.agreement.internship)
    return perform_or_message(
        request,
        lambda: services.remind_signer(signature=found, actor=request.user),
        said=_("The link has been sent to %(name)s again.") % {"name": found.name},
        then=project_page(found.agreement.internship.project),
    )


# ── A new link for an old one ─────────────────────────────────────────────────────────────────────────
@public_view
@never_cache
@require_POST
def link_renew(request: HttpRequest, purpose: str, token: str) -> HttpResponse:
    """Send a new link to the address of an expired one: never to an address that is typed in."""
    from django.http import Http404

    from ecett.core import links as signed
    from ecett.core.views.links import link_problem

    if purpose not in links.MODELS:
        raise Http404
    try:
        signed.read(token, purpose=purpose, model=links.MODELS[purpose])
    except signed.LinkExpired as expired:
        sent = services.renew_link(
            purpose=purpose, subject_pk=expired.claim.subject_pk, email=expired.claim.email
        )
        return render(request, "trainees/link_renewed.html", {"sent": sent})
    except signed.LinkProblem as error:
        return link_problem(request, error)
    # It is still good: nothing to send.
    return redirect(_page_of(purpose, token))


def _page_of(purpose: str, token: str) -> str:
    if purpose == links.SIGN:
        return reverse("trainees:sign", args=[token])
    if purpose == links.ATTENDANCE:
        return reverse("trainees:attendance", args=[token])
    party = next(side for side, name in links.EVALUATE.items() if name == purpose)
    return reverse("trainees:look_back_by_link", args=[party, token])
