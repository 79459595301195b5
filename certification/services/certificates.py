"""Certificates: issued once, announced when their PDF is there, questioned, revoked, made again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from certification.enums import CertificateState, Level
from certification.models import Certificate, Dossier
from certification.services import kinds
from ecett.accounts.models import User
from ecett.core import clock, links
from ecett.core.actors import Actor
from ecett.core.documents import services as documents
from ecett.core.models import Document
from ecett.core.models.document import DocumentState
from ecett.core.notifications.letters import known_language
from ecett.core.notifications.services import notify
from ecett.core.numbers import next_number
from ecett.core.workflow import Blocked, Denied, perform
from trainees.enums import InternshipState
from trainees.models import Internship

log = structlog.get_logger(__name__)


@transaction.atomic
def issue_internship_certificate(*, internship: Internship, holder: User) -> Certificate:
    """Certificate A for one person of a confirmed stay; the same one however often it is asked for.

    `Blocked` when the host has not confirmed the stay, or not this person's.
    """
    stay = Internship.objects.select_for_update(of=("self",)).select_related("project").get(pk=internship.pk)
    known = Certificate.objects.filter(level=Level.A, internship=stay, holder=holder).first()
    if known is not None:
        return known
    if stay.state != InternshipState.CONFIRMED or not stay.confirmed_days:
        raise Blocked(_("The host has not confirmed this stay."))
    if holder.pk != stay.project.trainee_id and not stay.companions.filter(user=holder).exists():
        raise Blocked(_("%(name)s did not take part in this stay.") % {"name": holder})
    return _issue(level=Level.A, holder=holder, internship=stay, is_demo=stay.is_demo)


def issue_for_stay(*, internship: Internship) -> list[Certificate]:
    """Certificate A for the trainee and for each companion with an account."""
    companions = internship.companions.filter(user__isnull=False).select_related("user")
    people = [internship.project.trainee, *(one.user for one in companions if one.user is not None)]
    unique = {person.pk: person for person in people}
    return [issue_internship_certificate(internship=internship, holder=person) for person in unique.values()]


def issue_for_dossier(*, dossier: Dossier) -> Certificate:
    """The certificate of an awarded dossier; call it in the transaction of the decision."""
    known = Certificate.objects.filter(dossier=dossier).first()
    return known or _issue(
        level=dossier.level, holder=dossier.candidate, dossier=dossier, is_demo=dossier.is_demo
    )


def _issue(*, level: str, holder: User, is_demo: bool, **stands_on: Any) -> Certificate:
    certificate = Certificate.objects.create(
        number=next_number(Certificate, prefix=f"{level}-"),
        level=level,
        holder=holder,
        holder_name=holder.get_full_name() or holder.email,
        awarded_on=clock.today(),
        is_demo=is_demo,
        **stands_on,
    )
    certificate.document = documents.ensure_document(
        kind=kinds.CERTIFICATE, subject=certificate, language=known_language(holder.language)
    )
    certificate.save(update_fields=["document", "changed_at"])
    return certificate


@transaction.atomic
def announce(*, certificate_id: int) -> bool:
    """Tell the holder that her certificate is there, once; False when its PDF is not ready or she knows."""
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("holder", "document")
    certificate = rows.filter(
        pk=certificate_id, announced_at=None, document__state=DocumentState.READY
    ).first()
    if certificate is None or certificate.document is None:
        return False
    holder = certificate.holder
    with translation.override(known_language(holder.language)):
        title = certificate_title(certificate)
    notify(
        kind=kinds.CERTIFICATE_READY,
        to=holder,
        context={
            "title": title,
            "level": certificate.level,
            "number": certificate.number,
            "verify_url": links.absolute(documents.VERIFY_PATH.format(code=certificate.document.code)),
        },
        subject=certificate,
        action_url=document_url(certificate.document),
    )
    certificate.announced_at = clock.now()
    certificate.save(update_fields=["announced_at", "changed_at"])
    return True


def announce_waiting(*, limit: int = 200) -> int:
    """Tell everybody whose certificate has become ready meanwhile; how many."""
    ready = Certificate.objects.filter(announced_at=None, document__state=DocumentState.READY)
    return sum(
        announce(certificate_id=pk) for pk in ready.order_by("pk").values_list("pk", flat=True)[:limit]
    )


def certificate_title(certificate: Certificate) -> str:
    """In the active language."""
    if certificate.level == Level.A:
        return _("Internship certificate")
    return _("Certificate of level %(level)s") % {"level": certificate.level}


def document_url(document: Document) -> str:
    """The page of a document, as it stands in letters."""
    return links.absolute(reverse("core:document_page", args=[document.public_id]))


# ── What happens to a certificate later ─────────────────────────────────────────────────────────────────
@transaction.atomic
def change_certificate(*, certificate: Certificate, step: str, actor: Any, comment: str) -> Certificate:
    """Question, confirm or revoke; its holder is told, and so is whoever checks its code."""
    changed = perform(certificate, step, actor=actor, comment=comment)
    if changed.state == CertificateState.REVOKED and changed.document_id is not None:
        document = Document.objects.get(pk=changed.document_id)
        if document.revoked_at is None:
            documents.revoke(document=document, reason=comment, actor=Actor.of(actor))
    holder = changed.holder
    with translation.override(known_language(holder.language)):
        state, title = _public_label(changed), certificate_title(changed)
    notify(
        kind=kinds.CERTIFICATE_CHANGED,
        to=holder,
        context={"title": title, "number": changed.number, "state": state, "comment": comment.strip()},
        subject=changed,
        action_url=links.absolute(reverse("certification:home")),
    )
    return changed


@transaction.atomic
def reissue_certificate(*, certificate: Certificate, actor: Any) -> Certificate:
    """Make the document again after a correction of the holder's name or language; the old code says so."""
    fresh = (
        Certificate.objects.select_for_update(of=("self",)).select_related("holder").get(pk=certificate.pk)
    )
    who = Actor.of(actor)
    if who.user is None or not who.user.has_perm("certification.keep_certificates", fresh):
        raise Denied(_("Only the secretary makes a certificate again."))
    if fresh.state != CertificateState.VALID or fresh.document_id is None:
        raise Blocked(_("Only a valid certificate can be made again."))
    old = Document.objects.get(pk=fresh.document_id)
    if old.state != DocumentState.READY:
        return fresh
    fresh.holder_name = fresh.holder.get_full_name() or fresh.holder.email
    fresh.announced_at = None
    fresh.save(update_fields=["holder_name", "announced_at", "changed_at"])
    fresh.document = documents.supersede(
        document=old, requested_by=who.user, language=known_language(fresh.holder.language)
    )
    fresh.save(update_fields=["document", "changed_at"])
    return fresh


def _public_label(certificate: Certificate) -> str:
    return next(str(state.public_label) for state in CertificateState if state == certificate.state)


def review_since(certificate: Certificate) -> dt.datetime | None:
    """Since when doubts are looked into; None when they are not."""
    if certificate.state != CertificateState.REVIEW:
        return None
    asked = certificate.log.filter(to_state=CertificateState.REVIEW).order_by("-at", "-pk").first()
    return asked.at if asked else None
