"""The agreement (2a) with the activity programme (2b), as it is printed and as signers read it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django_countries import countries

from ecett.core.components.formats import date_range, day, moment, number
from ecett.core.documents.registry import DocumentKind, Said, VerifyFacts, register
from ecett.core.languages import name as language_name
from ecett.core.models import Document
from trainees.enums import AgreementState, Party
from trainees.models import Agreement, Internship, Signature, TraineeProfile


def agreement_context(agreement: Agreement) -> dict[str, Any]:
    """Everything the agreement says, in words of the active language; see the template for the shape."""
    internship = (
        Internship.objects.select_related("project__trainee", "project__employer", "host")
        .prefetch_related("companions", "programme", "project__goals", "host__languages")
        .get(pk=agreement.internship_id)
    )
    project = internship.project
    profile = TraineeProfile.objects.filter(user=project.trainee).prefetch_related(
        "languages"
    ).first() or TraineeProfile(user=project.trainee)
    signatures = list(agreement.signatures.all())
    sealed = agreement.state == AgreementState.SEALED
    return {
        "number": project.number,
        "version": agreement.version,
        "lead": _("%(trainee)s joins the team of %(host)s in %(city)s as an intern, %(dates)s.")
        % {
            "trainee": project.trainee.get_full_name(),
            "host": internship.host.name,
            "city": internship.host.city,
            "dates": date_range(internship.start, internship.end),
        },
        "parties": _parties(internship, profile),
        "stay": _stay(internship, profile),
        "goals": [_goal(goal) for goal in project.goals.all()],
        "duties": _duties(),
        "programme": _programme(internship),
        "signatures": [_signature(signature) for signature in signatures],
        "sealed": sealed,
        "signed_text": signatures[0].signed_sha256 if sealed else "",
    }


def _parties(internship: Internship, profile: TraineeProfile) -> list[dict[str, Any]]:
    project, host = internship.project, internship.host
    employer = project.employer
    qualification = profile.get_qualification_display() if profile.qualification else ""
    return [
        {
            "label": _("Trainee"),
            "name": project.trainee.get_full_name(),
            "lines": _said(profile.profession, qualification),
        },
        {
            "label": _("Employer and sending organisation"),
            "name": str(employer or ""),
            "lines": _said(
                f"{employer.city}, {countries.name(str(employer.country))}" if employer else "",
                project.employer_contact,
            ),
        },
        {
            "label": _("Host"),
            "name": host.name,
            "lines": _said(
                host.address, f"{host.city}, {countries.name(str(host.country))}", internship.host_contact
            ),
        },
    ]


def _said(*lines: str) -> list[str]:
    return [line for line in lines if line]


def _stay(internship: Internship, profile: TraineeProfile) -> list[dict[str, str]]:
    days = (internship.end - internship.start).days + 1
    dates = _("%(dates)s: %(n)s days") % {
        "dates": date_range(internship.start, internship.end),
        "n": number(days),
    }
    if internship.travel_days:
        dates += ", " + _("and %(n)s days of travel") % {"n": internship.travel_days}
    travel = _("mostly by train, bus, bicycle or shared car") if internship.green_travel else ""
    rows = [
        (_("Dates"), dates),
        (_("Languages"), _languages(internship, profile)),
        (_("Together with"), ", ".join(companion.name for companion in internship.companions.all())),
        (_("Travel"), travel),
        (_("Logistics"), internship.logistics),
        (_("Insurance"), internship.insurance),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _languages(internship: Internship, profile: TraineeProfile) -> str:
    """What both sides speak: "English (trainee B2, host C1)"."""
    spoken = {row.language: row.level for row in profile.languages.all()} if profile.pk else {}
    shared = [row for row in internship.host.languages.all() if row.language in spoken]
    return "; ".join(
        _("%(language)s (trainee %(own)s, host %(host)s)")
        % {"language": language_name(row.language), "own": spoken[row.language], "host": row.level}
        for row in shared
    )


def _goal(goal: Any) -> dict[str, str]:
    return {
        "text": goal.text,
        "deadline": _("by %(day)s") % {"day": day(goal.deadline)} if goal.deadline else "",
    }


def _duties() -> list[dict[str, str]]:
    """Who owes what (source: the charter of the network)."""
    return [
        {
            "label": _("The trainee"),
            "text": _(
                "is an intern in the host's team, follows its rules and ethics, keeps all that concerns "
                "clients to herself, and stays the main actor of her learning."
            ),
        },
        {
            "label": _("The employer"),
            "text": _("approves the departure and lets the trainee try out at work what she has learned."),
        },
        {
            "label": _("The host"),
            "text": _(
                "receives the trainee with the programme below. Its duty to its own clients comes first: "
                "it may postpone or change an activity."
            ),
        },
        {
            "label": _("All three"),
            "text": _(
                "look back after the stay. The host confirms the days of presence; they are recognised by "
                "the network's certificate."
            ),
        },
    ]


def _programme(internship: Internship) -> list[dict[str, Any]]:
    rows, last = [], None
    for item in internship.programme.all():
        rows.append(
            {
                "date": item.day.isoformat(),
                "day": day(item.day, "weekday") if item.day != last else "",
                "time": f"{item.time:%H:%M}",
                "activity": item.activity,
                "place": item.place,
                "guide": item.guide,
            }
        )
        last = item.day
    return rows


def _signature(signature: Signature) -> dict[str, Any]:
    side = str(Party(signature.party).label)
    when = moment(signature.signed_at) if signature.signed_at else ""
    asked = _("asked on %(day)s") % {"day": day(signature.asked_at)} if signature.asked_at else ""
    return {
        "name": signature.name,
        "role": f"{side}, {signature.organisation}" if signature.organisation else side,
        "hand": signature.signed_name,
        "when": when or asked,
        "open": signature.signed_at is None,
    }


def agreement_title(agreement: Agreement) -> str:
    """In the active language."""
    return _("Learning agreement, %(name)s") % {"name": agreement.internship.project.trainee.get_full_name()}


def may_read_agreement(user: Any, document: Document) -> bool:
    """Whoever may see the stay."""
    agreement = Agreement.objects.filter(pk=document.object_id).first()
    return (
        agreement is not None
        and Internship.objects.visible_to(user).filter(pk=agreement.internship_id).exists()
    )


def verify_agreement(document: Document) -> VerifyFacts:
    """Project, version and who signed when: no more than the paper says."""
    said = document.context
    facts: list[tuple[str, str]] = [(_("Project"), str(said["number"])), (_("Version"), str(said["version"]))]
    facts += [(Said(row["role"]), Said(row["when"])) for row in said["signatures"] if not row["open"]]
    # The file itself always carries the portal's seal: what is missing here are the three people's names.
    note = (
        ""
        if said["sealed"]
        else _(
            "This is the text for signature, without signatures. The signed agreement has a code of its own."
        )
    )
    return VerifyFacts(facts=tuple(facts), note=note, for_signature=not said["sealed"])


register(
    DocumentKind(
        name="agreement",
        title=agreement_title,
        template="documents/agreement.html",
        context=agreement_context,
        may_read=may_read_agreement,
        sealed=True,
        verify=verify_agreement,
    )
)
