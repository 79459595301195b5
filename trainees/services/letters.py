"""The letters of the journey: each to one person, in her language, with one thing to do."""

from __future__ import annotations

from ecett.accounts.models import User
from ecett.core.actors import Actor
from ecett.core.models import Notification
from ecett.core.notifications.services import Address, notify
from hosts.links import card_url
from trainees import links
from trainees.enums import InternshipState, Party
from trainees.models import Agreement, Evaluation, Internship, Project, Signature

SIGN_REQUEST = "trainees.sign_request"
SIGN_REMINDER = "trainees.sign_reminder"
AGREEMENT_SEALED = "trainees.agreement_sealed"
AGREEMENT_VOID = "trainees.agreement_void"
STAY_CANCELLED = "trainees.stay_cancelled"
PROJECT_DROPPED = "trainees.project_dropped"
ATTENDANCE_REQUEST = "trainees.attendance_request"
ATTENDANCE_CONFIRMED = "trainees.attendance_confirmed"
EVALUATION_REQUEST = "trainees.evaluation_request"
ALL_LOOKED_BACK = "trainees.all_looked_back"
EVALUATION_HIDDEN = "trainees.evaluation_hidden"


def _host(internship: Internship) -> Address:
    return Address(internship.host_email, internship.host_contact, internship.host_language)


def _employer(project: Project) -> Address | None:
    if not project.employer_email:
        return None
    language = project.employer_language or project.trainee.language
    return Address(project.employer_email, project.employer_contact, language)


def _stay(internship: Internship) -> dict[str, object]:
    """What every letter about a stay may say."""
    return {
        "trainee": str(internship.project.trainee),
        "host": internship.host.name,
        "city": internship.host.city,
        "start": internship.start,
        "end": internship.end,
        "project": internship.project.title,
    }


def sign_request(signature: Signature, *, again: bool = False) -> Notification:
    """The link to read and sign the agreement."""
    internship = signature.agreement.internship
    return notify(
        kind=SIGN_REMINDER if again else SIGN_REQUEST,
        to=Address(signature.email, signature.name, signature.language),
        context={**_stay(internship), "is_host": signature.party == Party.HOST},
        subject=internship,
        action_url=links.sign_url(signature),
    )


def agreement_sealed(agreement: Agreement) -> None:
    """All three have signed: everybody gets the sealed document."""
    internship = agreement.internship
    document = agreement.sealed_document
    if document is None:
        raise ValueError("an agreement without its sealed document cannot be sent")
    for signature in agreement.signatures.select_related("user"):
        outside = signature.party != Party.TRAINEE
        url = (
            links.document_url(document, email=signature.email, name=signature.name)
            if outside
            else links.project_url(internship)
        )
        to = (
            Address(signature.email, signature.name, signature.language)
            if outside
            else internship.project.trainee
        )
        notify(
            kind=AGREEMENT_SEALED,
            to=to,
            context={**_stay(internship), "outside": outside},
            subject=internship,
            action_url=url,
        )


def agreement_void(agreement: Agreement) -> None:
    """The plan changed: those outside who were asked to sign need not any more."""
    internship = agreement.internship
    for signature in agreement.signatures.exclude(party=Party.TRAINEE):
        notify(
            kind=AGREEMENT_VOID,
            to=Address(signature.email, signature.name, signature.language),
            context={**_stay(internship), "had_signed": signature.signed_at is not None},
            subject=internship,
        )


def stay_cancelled(internship: Internship, who: Actor, comment: str, *, tell_trainee: bool = True) -> None:
    """Host, employer and companions read who cancels and why; the trainee too unless it was she."""
    project = internship.project
    context = {**_stay(internship), "who": who.name, "reason": comment.strip()}
    people: list[Address | User | None] = [_host(internship), _employer(project)]
    people += [
        companion.user or Address(companion.email, companion.name, project.language)
        for companion in internship.companions.select_related("user")
        if companion.user or companion.email
    ]
    if tell_trainee and (who.user is None or who.user.pk != project.trainee_id):
        people.append(project.trainee)
    for person in people:
        if person is not None and person.email and person.email != who.email:
            notify(kind=STAY_CANCELLED, to=person, context=context, subject=internship)


def project_dropped(project: Project, comment: str) -> None:
    """The employer, who had a part in it, reads that the project was given up; hosts read of their stay."""
    told = project.internships.filter(state=InternshipState.CANCELLED).exists()
    employer = _employer(project)
    if employer is not None and not told and project.internships.exists():
        context = {"trainee": str(project.trainee), "project": project.title, "reason": comment.strip()}
        notify(kind=PROJECT_DROPPED, to=employer, context=context, subject=project)


def attendance_request(internship: Internship) -> Notification:
    """The host's link to confirm the days."""
    return notify(
        kind=ATTENDANCE_REQUEST,
        to=_host(internship),
        context=_stay(internship),
        subject=internship,
        action_url=links.attendance_url(internship),
    )


def attendance_confirmed(internship: Internship) -> Notification:
    """The trainee reads which days count, and is asked to look back."""
    return notify(
        kind=ATTENDANCE_CONFIRMED,
        to=internship.project.trainee,
        context={**_stay(internship), "days": internship.confirmed_days},
        subject=internship,
        action_url=links.project_url(internship),
    )


def evaluation_request(internship: Internship, party: str) -> Notification | None:
    """The link of host or employer to look back; None for an employer nobody can write to."""
    to = _host(internship) if party == Party.HOST else _employer(internship.project)
    if to is None:
        return None
    return notify(
        kind=EVALUATION_REQUEST,
        to=to,
        context={**_stay(internship), "is_host": party == Party.HOST},
        subject=internship,
        action_url=links.evaluation_url(internship, party),
    )


def all_looked_back(internship: Internship) -> Notification:
    """The trainee reads that all three have looked back and what comes now."""
    return notify(
        kind=ALL_LOOKED_BACK,
        to=internship.project.trainee,
        context=_stay(internship),
        subject=internship,
        action_url=links.project_url(internship),
    )


def evaluation_hidden(evaluation: Evaluation, reason: str) -> None:
    """The author reads why her words are no longer on the host's card."""
    stay = evaluation.internship
    notify(
        kind=EVALUATION_HIDDEN,
        to=stay.project.trainee,
        context={**_stay(stay), "reason": reason.strip(), "words": evaluation.comment},
        subject=stay,
        action_url=card_url(stay.host),
    )
