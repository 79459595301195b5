"""Certificates A to D and the minutes of a jury session, as printed and as anybody may check them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from certification.enums import CertificateState, Level, Vote
from certification.models import Certificate, Dossier, JurySession
from certification.selectors.jury import seats_of
from certification.services import kinds
from certification.services.certificates import certificate_title, review_since
from ecett.core.components.formats import date_range, day, number
from ecett.core.documents.registry import DocumentKind, Said, VerifyFacts, register
from ecett.core.models import Document
from goodpractices.models import GoodPractice
from trainees.models import Internship, TraineeProfile

#: What fits beside other things on one sheet, characters.
SHORT, LINE = 60, 90
#: Lines of one column.
MOST_LINES = 4


def certificate_context(certificate: Certificate) -> dict[str, Any]:
    """Everything a certificate says, in words of the active language (shape: base_certificate.html)."""
    page = _visit(certificate) if certificate.level == Level.A else _award(certificate)
    return {
        "level": certificate.level.lower(),
        "heading": certificate_title(certificate),
        "holder": certificate.holder_name,
        "number": _("Certificate %(number)s") % {"number": certificate.number},
        "awarded_on": day(certificate.awarded_on),
        **page,
    }


def certificate_document_title(certificate: Certificate) -> str:
    """In the active language."""
    return f"{certificate_title(certificate)}, {certificate.holder_name}"


# ── Level A: the stay ───────────────────────────────────────────────────────────────────────────────────
def _visit(certificate: Certificate) -> dict[str, Any]:
    stay = (
        Internship.objects.select_related("host", "project__trainee")
        .prefetch_related("companions__user")
        .get(certificates=certificate)
    )
    host = stay.host
    names = [stay.project.trainee.get_full_name(), *(one.name for one in stay.companions.all())]
    own = {certificate.holder_name, certificate.holder.get_full_name()}
    own |= {one.name for one in stay.companions.all() if one.user_id == certificate.holder_id}
    colleagues = [name for name in names if name and name not in own]
    facts = [
        _column(_("Host"), [_cut(host.name, SHORT), _place(host)]),
        _column(_("Stay"), [_days(stay), date_range(stay.start, stay.end)]),
    ]
    if colleagues:
        facts.append(_column(_("Together with"), _some(colleagues)))
    return {
        "sentence": _("worked beside colleagues in %(city)s and saw their work from the inside.")
        % {"city": _cut(host.city or host.name, SHORT)},
        "place_and_date": day(certificate.awarded_on),
        "facts": facts,
        "signers": [
            {
                "name": _cut(stay.host_contact, SHORT),
                "role": _("For %(host)s, who confirmed the days") % {"host": _cut(host.name, SHORT)},
            },
            _network(),
        ],
        "told": [
            [_("Host"), f"{host.name}, {_place(host)}"],
            [_("Dates"), date_range(stay.start, stay.end)],
            [_("Days confirmed by the host"), number(stay.confirmed_days)],
        ],
    }


# ── Levels B, C, D: the jury's award ────────────────────────────────────────────────────────────────────
def _award(certificate: Certificate) -> dict[str, Any]:
    dossier = Dossier.objects.select_related("session", "candidate").get(certificate=certificate)
    records = {one["code"]: one["records"] for one in dossier.evidence.get("proof", [])}
    found = {Level.B: _practice_page, Level.C: _project_page, Level.D: _masterpiece_page}
    page = found[Level(dossier.level)](dossier, records)
    session = dossier.session
    chair = session.seats.filter(is_chair=True).select_related("user").first() if session else None
    signers = [_network()]
    if chair is not None:
        signers.insert(0, {"name": chair.user.get_full_name(), "role": _("Chair of the jury")})
    place = session.place if session else ""
    awarded = day(certificate.awarded_on)
    return {
        "place_and_date": f"{_cut(place, SHORT)}, {awarded}" if place else awarded,
        "signers": signers,
        "told": [[_("Jury"), f"{session.title}, {day(session.day)}"]] if session else [],
        **page,
    }


def _practice_page(dossier: Dossier, records: Mapping[str, list[str]]) -> dict[str, Any]:
    practice = (
        GoodPractice.objects.filter(public_id__in=records.get("practice", []))
        .select_related("report__internship__host")
        .prefetch_related("competences__labels")
        .first()
    )
    stay = practice.report.internship if practice is not None and hasattr(practice, "report") else None
    facts = []
    sentence = _("worked beside colleagues elsewhere, described what they do well, and taught it to others.")
    if stay is not None:
        town = _home_town(dossier)
        sentence = (
            _(
                "went from %(home)s to %(city)s to work beside colleagues, described what they do well, and "
                "taught it to others."
            )
            % {"home": town, "city": stay.host.city}
            if town
            else sentence
        )
        facts.append(_stay_column(stay))
    if practice is not None:
        facts.append(_column(_("Good practice"), [_cut(practice.title, LINE)]))
        facts.append(_column(_("Competences"), [_competences(practice)]))
    return {"sentence": sentence, "facts": facts}


def _project_page(dossier: Dossier, records: Mapping[str, list[str]]) -> dict[str, Any]:
    stays = list(
        Internship.objects.filter(public_id__in=records.get("days", []))
        .select_related("host")
        .order_by("start")
    )
    practices = GoodPractice.objects.filter(public_id__in=records.get("practices", [])).order_by(
        "published_at"
    )
    conditions = {one["code"]: one for one in dossier.evidence.get("conditions", [])}
    days = conditions.get("days", {}).get("have", 0)
    centres = int(conditions.get("centres", {}).get("have", 0))
    return {
        "sentence": _(
            "trained for %(days)s days at %(centres)s centres, reported good practices, and presented a "
            "project to the jury."
        )
        % {"days": number(days), "centres": centres},
        "facts": [
            _column(_("Centres"), _some(list(dict.fromkeys(stay.host.name for stay in stays)))),
            _column(_("Good practices"), _some([one.title for one in practices])),
            _column(_("Execution project"), [_cut(dossier.work_title, LINE)]),
        ],
    }


def _masterpiece_page(dossier: Dossier, records: Mapping[str, list[str]]) -> dict[str, Any]:
    inspiring = list(dossier.inspired_by.all()[:MOST_LINES])
    facts = [
        _column(_("Masterpiece"), [_cut(dossier.work_title, LINE)]),
        _column(_("Inspired by"), _some([one.title for one in inspiring])),
    ]
    if dossier.teaching_support_start:
        facts.append(_column(_("Teaching support since"), [day(dossier.teaching_support_start)]))
    return {
        "sentence": _(
            "brought home what colleagues do abroad, made something new of it, and is received as "
            "ECETT Journeyman."
        ),
        "facts": facts,
    }


# ── Words ───────────────────────────────────────────────────────────────────────────────────────────────
def _column(label: str, lines: Iterable[str]) -> dict[str, Any]:
    return {"label": label, "lines": [line for line in lines if line]}


def _cut(text: str, length: int) -> str:
    return Truncator(" ".join(text.split())).chars(length)


def _some(names: list[str]) -> list[str]:
    """As many lines as fit; the last one counts the rest."""
    if len(names) <= MOST_LINES:
        return [_cut(name, SHORT) for name in names]
    rest = len(names) - MOST_LINES + 1
    return [*(_cut(name, SHORT) for name in names[: MOST_LINES - 1]), _("and %(n)s more") % {"n": rest}]


def _place(host: Any) -> str:
    return ", ".join(part for part in (host.city, str(host.country.name)) if part)


def _days(stay: Internship) -> str:
    days = stay.confirmed_days or 0
    return ngettext("%(n)s day", "%(n)s days", 1 if days == 1 else 2) % {"n": number(days)}


def _stay_column(stay: Internship) -> dict[str, Any]:
    where = (
        f"{_cut(stay.host.name, SHORT)}, {stay.host.city}" if stay.host.city else _cut(stay.host.name, SHORT)
    )
    return _column(_("Stay"), [where, f"{_days(stay)}, {date_range(stay.start, stay.end)}"])


def _home_town(dossier: Dossier) -> str:
    profile = TraineeProfile.objects.filter(user=dossier.candidate).select_related("employer").first()
    return profile.employer.city if profile is not None and profile.employer is not None else ""


def _competences(practice: GoodPractice) -> str:
    names = [_label(concept) for concept in list(practice.competences.all())[:6]]
    return _cut(", ".join(names) or practice.competences_text, LINE)


def _label(concept: Any) -> str:
    """The word for a concept in the active language, in English, or its code."""
    words = {one.language: one.label for one in concept.labels.all()}
    return words.get((get_language() or "en").split("-")[0]) or words.get("en") or str(concept)


def _network() -> dict[str, str]:
    return {"name": "ECETT-Networks", "role": _("Sealed by the network's portal")}


# ── Who may read, and what anybody may check ────────────────────────────────────────────────────────────
def may_read_certificate(user: Any, document: Document) -> bool:
    """The holder, the secretary, and whoever may see the certificate."""
    return Certificate.objects.visible_to(user).filter(pk=document.object_id).exists()


def verify_certificate(document: Document) -> VerifyFacts:
    """No more than the paper says, and whether doubts are looked into."""
    said = document.context
    certificate = Certificate.objects.filter(pk=document.object_id).first()
    facts = [
        (_("Level"), str(Level(said["level"].upper()).label)),
        (_("Holder"), said["holder"]),
        *((Said(label), Said(value)) for label, value in said["told"]),
        (_("Number"), said["number"]),
        (_("Awarded on"), Said(said["awarded_on"])),
    ]
    if certificate is not None and certificate.state == CertificateState.REVIEW:
        since = review_since(certificate)
        note = _("Doubts about this certificate are being looked into since %(day)s.") % {"day": day(since)}
        return VerifyFacts(facts=tuple(facts), note=note, under_review=True)
    return VerifyFacts(facts=tuple(facts))


register(
    DocumentKind(
        name=kinds.CERTIFICATE,
        title=certificate_document_title,
        template="documents/certificate.html",
        context=certificate_context,
        may_read=may_read_certificate,
        sealed=True,
        verify=verify_certificate,
    )
)


# ── Minutes ─────────────────────────────────────────────────────────────────────────────────────────────
def minutes_context(session: JurySession) -> dict[str, Any]:
    """Session, jurors, recusals, votes, decisions and reasons."""
    jury = list(session.seats.select_related("user"))
    dossiers = list(session.dossiers.select_related("candidate", "session").order_by("number"))
    seats = seats_of(dossiers)
    chair = next((seat.user.get_full_name() for seat in jury if seat.is_chair), "")
    return {
        "title": session.title,
        "day": day(session.day),
        "lead": _("Level %(level)s, %(place)s, %(day)s")
        % {"level": session.level, "place": session.place, "day": day(session.day)},
        "quorum": ngettext("%(n)s vote", "%(n)s votes", session.quorum) % {"n": session.quorum},
        "jurors": [
            {"role": _("Chair") if seat.is_chair else _("Juror"), "name": seat.user.get_full_name()}
            for seat in jury
        ],
        "chair": chair,
        "dossiers": [_minutes_of(dossier, seats[dossier.pk]) for dossier in dossiers],
    }


def _minutes_of(dossier: Dossier, seats: list[Any]) -> dict[str, Any]:
    numbers = dossier.evidence.get("votes", {})
    counted = _("%(yes)s yes, %(no)s no, %(abstain)s abstentions") % {
        key: numbers.get(key, 0) for key in ("yes", "no", "abstain")
    }
    if numbers.get("by_chair"):
        counted += ". " + _("The votes were equal; the chair decided.")
    rows = [
        (_("Decision"), str(dossier.get_state_display())),
        (_("Decided on"), day(dossier.decided_at)),
        (_("Count"), counted),
        (_("Reasons"), dossier.decision_reason),
        (_("Rules of the ladder"), _("version %(n)s") % {"n": dossier.evidence.get("rules", "–")}),
    ]
    return {
        "heading": _("Dossier %(number)s, %(name)s") % {"number": dossier.number, "name": dossier.candidate},
        "facts": [{"label": label, "value": value} for label, value in rows if value],
        "votes": [_vote_row(seat) for seat in seats],
    }


def _vote_row(seat: Any) -> dict[str, str]:
    name = seat.user.get_full_name()
    if seat.left_out:
        return {"name": name, "vote": _("Did not take part"), "reason": seat.left_out}
    if not seat.has_voted:
        return {"name": name, "vote": _("No vote"), "reason": ""}
    return {"name": name, "vote": str(Vote(seat.vote.vote).label), "reason": seat.vote.reason}


def may_read_minutes(user: Any, document: Document) -> bool:
    """Secretary, administrator and the jurors of the session."""
    return JurySession.objects.visible_to(user).filter(pk=document.object_id).exists()


def verify_minutes(document: Document) -> VerifyFacts:
    """That these minutes exist; their content concerns the session alone."""
    return VerifyFacts(
        facts=((_("Session"), document.context["title"]), (_("Day"), Said(document.context["day"])))
    )


register(
    DocumentKind(
        name=kinds.MINUTES,
        title=lambda session: _("Minutes, %(title)s") % {"title": session.title},
        template="documents/jury_minutes.html",
        context=minutes_context,
        may_read=may_read_minutes,
        sealed=True,
        verify=verify_minutes,
    )
)
