"""The agreement: written, signed by three, sealed by the last; or made void when the plan changes.

Locks are always taken in the same order: internship, agreement, signature, project. So two who sign at once,
and one who signs while another changes the plan, wait for each other and never deadlock.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecett.core import clock
from ecett.core.actors import LINK, Actor
from ecett.core.components.formats import day
from ecett.core.documents import services as documents
from ecett.core.models import Document
from ecett.core.models.document import DocumentState
from ecett.core.notifications.letters import known_language
from ecett.core.workflow import Blocked, Denied, StaleTransition, perform
from trainees import links
from trainees.enums import AgreementState, InternshipState, Party
from trainees.models import Agreement, Internship, Project, Signature
from trainees.selectors.gaps import agreement_gaps
from trainees.services import letters

PLAN_CHANGED = gettext_lazy("The plan was changed; a new version will be made.")
#: How long a silent signer is left in peace before she may be reminded (again).
REMIND_AFTER = dt.timedelta(days=3)


def common_language(internship: Internship) -> str:
    """The language for a document three people read: theirs if they share one, else English."""
    project = internship.project
    spoken = {project.language, project.employer_language, internship.host_language}
    return known_language(spoken.pop()) if len(spoken) == 1 else "en"


def _locked(internship_id: int) -> Internship:
    related = ("project", "project__trainee", "project__employer", "host")
    rows = Internship.objects.select_for_update(of=("self",)).select_related(*related)
    return rows.get(pk=internship_id)


@transaction.atomic
def make_agreement(*, internship: Internship, actor: Any, language: str = "") -> Agreement:
    """Write the next version of the agreement, ask for its document, and send the signers their links.

    `Blocked` with everything that is missing. When it is already being signed, that version is the answer.
    """
    fresh = _locked(internship.pk)
    if fresh.state == InternshipState.SIGNING:
        return fresh.agreements.get(state=AgreementState.SIGNING)
    gaps = agreement_gaps(fresh)
    if gaps:
        raise Blocked(*(gap.text for gap in gaps))
    signing = perform(fresh, "ask_signatures", actor=actor)
    last = fresh.agreements.aggregate(last=Max("version"))["last"] or 0
    agreement = Agreement.objects.create(
        internship=signing,
        version=last + 1,
        language=known_language(language or common_language(fresh)),
    )
    project, host, asked_at = fresh.project, fresh.host, clock.now()
    trainee = project.trainee
    signatures = [
        Signature(
            agreement=agreement,
            party=Party.TRAINEE,
            name=trainee.get_full_name() or trainee.email,
            email=trainee.email,
            language=trainee.language,
            user=trainee,
            asked_at=asked_at,
        ),
        Signature(
            agreement=agreement,
            party=Party.EMPLOYER,
            name=project.employer_contact,
            email=project.employer_email,
            language=project.employer_language or trainee.language,
            organisation=str(project.employer or ""),
            asked_at=asked_at,
        ),
        Signature(
            agreement=agreement,
            party=Party.HOST,
            name=fresh.host_contact,
            email=fresh.host_email,
            language=fresh.host_language,
            organisation=host.name,
            asked_at=asked_at,
        ),
    ]
    for signature in signatures:
        signature.save()
    agreement.document = documents.request_document(
        kind="agreement",
        subject=agreement,
        language=agreement.language,
        requested_by=Actor.of(actor).user,
    )
    agreement.save(update_fields=["document", "changed_at"])
    for signature in signatures[1:]:
        letters.sign_request(signature)
    return agreement


def may_sign(signature: Signature, actor: Actor) -> bool:
    """The holder of this signature's own link, the trainee herself, or who speaks for that side."""
    if actor.via == LINK:
        return actor.purpose == links.SIGN and actor.subject == signature.pk
    return actor.user is not None and actor.user.has_perm("trainees.sign", signature)


@transaction.atomic
def sign(*, signature: Signature, typed_name: str, actor: Any) -> Signature:
    """Sign the document as it was shown. The last signature seals the agreement and begins the stay.

    Signing twice changes nothing. `StaleTransition` when this version is void, `Blocked` while the document
    is still being made or the name is missing, `Denied` for anybody else.
    """
    who = Actor.of(actor)
    internship = _locked(
        Agreement.objects.values_list("internship_id", flat=True).get(pk=signature.agreement_id)
    )
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=signature.agreement_id)
    agreement.internship = internship
    fresh = Signature.objects.select_for_update().get(pk=signature.pk)
    fresh.agreement = agreement
    if not may_sign(fresh, who):
        raise Denied(_("This signature is asked of %(name)s.") % {"name": fresh.name})
    if fresh.signed_at is not None:
        return fresh
    if agreement.state != AgreementState.SIGNING:
        raise StaleTransition(_("This version of the agreement was withdrawn. It can no longer be signed."))
    shown = Document.objects.get(pk=agreement.document_id or 0)
    if shown.state != DocumentState.READY:
        raise Blocked(_("The agreement is still being made. Try again in a moment."))
    if not typed_name.strip():
        raise Blocked(_("Type your name to sign."))
    fresh.signed_name, fresh.signed_at, fresh.signed_sha256 = (
        typed_name.strip()[:200],
        clock.now(),
        shown.sha256,
    )
    fresh.user = who.user or fresh.user
    fresh.save()
    if not agreement.signatures.filter(signed_at=None).exists():
        _seal(agreement, shown)
    return fresh


def _seal(agreement: Agreement, shown: Document) -> None:
    """All three have signed: the sealed document with the signatures takes the place of the one shown."""
    system = Actor.system()
    internship = agreement.internship
    sealed = perform(agreement, "seal", actor=system, at=clock.now())
    sealed.sealed_document = documents.request_document(
        kind="agreement", subject=sealed, language=sealed.language, supersedes=shown
    )
    sealed.save(update_fields=["sealed_document", "changed_at"])
    perform(internship, "agree", actor=system)
    perform(Project.objects.get(pk=internship.project_id), "begin_stay", actor=system)
    letters.agreement_sealed(sealed)


@transaction.atomic
def remind_signer(*, signature: Signature, actor: Any) -> Signature:
    """Send a silent signer her link again, at most once in three days (`Blocked` says from when on)."""
    fresh = Signature.objects.select_for_update().get(pk=signature.pk)
    internship = fresh.agreement.internship
    who = Actor.of(actor)
    if who.user is None or not who.user.has_perm("trainees.edit_internship", internship):
        raise Denied(_("Only the trainee reminds her signers."))
    if fresh.agreement.state != AgreementState.SIGNING:
        raise StaleTransition(_("This version of the agreement was withdrawn. It can no longer be signed."))
    if fresh.signed_at is not None:
        raise Blocked(_("%(name)s has already signed.") % {"name": fresh.name})
    if fresh.user_id == who.user.pk:
        raise Blocked(_("It is you who signs."))
    last = fresh.reminded_at or fresh.asked_at
    if last and clock.now() - last < REMIND_AFTER:
        again = {"name": fresh.name, "day": day(last), "again": day(last + REMIND_AFTER)}
        raise Blocked(_("%(name)s was asked on %(day)s. You can remind again from %(again)s.") % again)
    fresh.reminded_at = clock.now()
    fresh.save(update_fields=["reminded_at", "changed_at"])
    letters.sign_request(fresh, again=True)
    return fresh


@transaction.atomic
def replan(*, internship: Internship, actor: Any) -> Internship:
    """Change the plan: the open agreement becomes void, and those who were asked to sign are told."""
    planned = perform(internship, "replan", actor=actor)
    agreement = void_agreement(planned, reason=PLAN_CHANGED)
    if agreement is not None:
        letters.agreement_void(agreement)
    return planned


def void_agreement(internship: Internship, *, reason: Promise) -> Agreement | None:
    """Make the living agreement void and revoke its documents, each with the reason in its own language.

    Call it with the internship locked."""
    agreement = internship.agreements.exclude(state=AgreementState.VOID).first()
    if agreement is None:
        return None
    void = perform(agreement, "make_void", actor=Actor.system(), comment=str(reason))
    for document in (agreement.document, agreement.sealed_document):
        if document is not None and document.revoked_at is None:
            with translation.override(document.language):
                documents.revoke(document=document, reason=str(reason), actor=Actor.system())
    return void
