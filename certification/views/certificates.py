"""The secretary's list of certificates, and what she does with one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from certification import services
from certification.enums import CertificateState
from certification.forms.jury import CertificateFilter
from certification.models import Certificate
from certification.selectors.jury import certificates_for
from certification.views.base import crumbs, find_certificate
from ecett.core.components.lists import active_filters
from ecett.core.permissions import requires
from ecett.core.views.comments import comment_of
from ecett.core.views.steps import perform_or_message
from ecett.core.workflow import available

PER_PAGE = 25


@require_safe
@requires("certification.keep_certificates")
def certificate_list(request: HttpRequest) -> HttpResponse:
    """All certificates; an unknown filter finds nothing and says so."""
    form = CertificateFilter(request.GET)
    found: QuerySet[Certificate] = Certificate.objects.none()
    if form.is_valid():
        data = form.cleaned_data
        found = certificates_for(request.user, query=data["q"], level=data["level"], state=data["state"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "chips": active_filters(form, request.GET),
        "page_obj": page,
        "crumbs": crumbs((_("Certificates"), "")),
    }
    return render(request, "certification/certificate_list.html", context)


@require_safe
def certificate_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One certificate: what it says, its document, what happened to it."""
    certificate = find_certificate(request, public_id)
    keeps = request.user.has_perm("certification.keep_certificates")
    context = {
        "certificate": certificate,
        "next": _next(certificate, keeps=keeps),
        "actions": available(certificate, request.user),
        "keeps": keeps,
        "log": list(certificate.log.all()),
        "crumbs": crumbs(
            *([(_("Certificates"), reverse("certification:certificate_list"))]
              if keeps else []),
            (certificate.number, ""),
        ),
    }  # fmt: skip
    return render(request, "certification/certificate_detail.html", context)


def _next(certificate: Certificate, *, keeps: bool) -> tuple[str, str, bool]:
    """What happens next with a certificate, a note, and whether it is the reader's turn."""
    if certificate.state == CertificateState.REVOKED:
        return _("nothing: it was revoked. Whoever checks its code reads so."), "", False
    if certificate.state == CertificateState.REVIEW:
        note = _("Until then whoever checks its code reads that it is under review.")
        if keeps:
            return _("look again, then confirm or revoke it."), note, True
        return _("ECETT looks at this certificate again."), note, False
    return _("nothing: it is valid. Anybody can check it by its code."), "", False


@require_POST
def certificate_step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """Put under review, confirm, revoke: always with a reason."""
    if step not in ("question", "confirm", "revoke"):
        raise Http404
    certificate = find_certificate(request, public_id, "certification.keep_certificates")
    comment = comment_of(request, limit=2000)
    return perform_or_message(
        request,
        lambda: services.change_certificate(
            certificate=certificate, step=step, actor=request.user, comment=comment
        ),
        said=_("Done; the holder is told."),
        then=reverse("certification:certificate_detail", args=[public_id]),
    )


@require_POST
def certificate_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make the document again with the holder's present name and language."""
    certificate = find_certificate(request, public_id, "certification.keep_certificates")
    return perform_or_message(
        request,
        lambda: services.reissue_certificate(certificate=certificate, actor=request.user),
        said=_("The certificate is being made again."),
        then=reverse("certification:certificate_detail", args=[public_id]),
    )
