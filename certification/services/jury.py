"""The jury's side: sessions, dossiers put before them, votes, recusals, decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.eligibility_command import as_answer
from certification.enums import DossierState, Level, Vote, WorkState
from certification.models import Dossier, JurySeat, JurySession, JuryVote
from certification.selectors.conflicts import conflicts, recusals
from certification.selectors.jury import tally_of
from certification.selectors.ladder import judge
from certification.services import kinds
from certification.services.certificates import issue_for_dossier
from certification.tally import NO, YES
from ecett.accounts.enums import Role
from ecett.accounts.models import Membership, User
from ecett.core import clock, links
from ecett.core.actors import Actor
from ecett.core.documents import services as documents
from ecett.core.models import Document
from ecett.core.models.document import DocumentState
from ecett.core.notifications.letters import known_language
from ecett.core.notifications.services import notify
from ecett.core.workflow import Blocked, Denied, StaleTransition, perform


def _keeper(actor: Any) -> User:
    who = Actor.of(actor)
    if who.user is None or not who.user.has_perm("certification.keep_sessions"):
        raise Denied(_("Only the jury secretary keeps sessions."))
    return who.user


@transaction.atomic
def save_session(
    *,
    actor: Any,
    title: str,
    day: dt.date,
    place: str,
    level: str,
    quorum: int,
    jurors: Iterable[User],
    chair: User,
    session: JurySession | None = None,
    is_demo: bool = False,
) -> JurySession:
    """Make a session or change one. ``jurors`` include the ``chair``.

    `Blocked` when there are fewer jurors than the quorum, one of them is no juror of the network, or a juror
    would leave who has voted already.
    """
    _keeper(actor)
    people = {person.pk: person for person in jurors}
    people.setdefault(chair.pk, chair)
    known = Membership.objects.current().filter(user__in=people, role__in=(Role.JUROR, Role.CHAIR))
    if set(known.values_list("user_id", flat=True)) != set(people):
        raise Blocked(_("Choose jurors of the network."))
    if len(people) < quorum:
        raise Blocked(
            _("%(quorum)s votes are needed, but only %(n)s jurors are chosen.")
            % {"quorum": quorum, "n": len(people)}
        )
    if session is None:
        session = JurySession(is_demo=is_demo)
    else:
        session = JurySession.objects.select_for_update().get(pk=session.pk)
        if session.level != level and session.dossiers.exists():
            raise Blocked(_("The level stays: dossiers are already before this session."))
        voted = JuryVote.objects.filter(dossier__session=session).exclude(juror__in=people).exclude(vote="")
        if voted.exists():
            raise Blocked(_("A juror who has voted cannot be taken away."))
    for name, value in {"title": title, "day": day, "place": place, "level": level, "quorum": quorum}.items():
        setattr(session, name, value)
    session.save()
    session.seats.exclude(user__in=people).delete()
    # First nobody presides, so that the one chair can change.
    session.seats.update(is_chair=False)
    for person in people.values():
        JurySeat.objects.update_or_create(
            session=session, user=person, defaults={"is_chair": person.pk == chair.pk}
        )
    return session


def why_not(dossier: Dossier, session: JurySession, seats: Iterable[JurySeat]) -> str:
    """Why a dossier cannot be put before a session; empty when it can."""
    jury = list(seats)
    if dossier.state != DossierState.SUBMITTED:
        return _("It is “%s”.") % dossier.get_state_display()
    if dossier.level != session.level:
        return _("It is of level %(level)s.") % {"level": dossier.level}
    against = conflicts([seat.user for seat in jury], [dossier.candidate])
    declared = recusals([dossier.pk])
    free = [
        seat
        for seat in jury
        if (seat.user_id, dossier.candidate_id) not in against and (seat.user_id, dossier.pk) not in declared
    ]
    if len(free) < session.quorum:
        return _("Only %(n)s jurors have no interest in the candidate; %(quorum)s votes are needed.") % {
            "n": len(free),
            "quorum": session.quorum,
        }
    if not any(seat.is_chair for seat in free):
        return _("The chair has an interest in the candidate.")
    return ""


@transaction.atomic
def schedule_dossier(*, dossier: Dossier, session: JurySession, actor: Any) -> Dossier:
    """Put a dossier before a session. `Blocked` for another level or too few jurors without an interest.

    Candidate and jurors are told, each in her language; jurors learn the number, not the name.
    """
    _keeper(actor)
    seats = list(session.seats.select_related("user"))
    if dossier.state == DossierState.SUBMITTED and (reason := why_not(dossier, session, seats)):
        raise Blocked(reason)
    scheduled = perform(dossier, "schedule", actor=actor, session=session)
    url = links.absolute(reverse("certification:dossier_detail", args=[scheduled.public_id]))
    against = conflicts([seat.user for seat in seats], [scheduled.candidate])
    judging = [seat.user for seat in seats if (seat.user_id, scheduled.candidate_id) not in against]
    letters = [
        (kinds.DOSSIER_SCHEDULED, scheduled.candidate),
        *((kinds.JUROR_ASKED, person) for person in judging),
    ]
    for kind, person in letters:
        notify(
            kind=kind,
            to=person,
            context={"number": scheduled.number, "level": scheduled.level, "session": session.title,
                     "day": session.day, "place": session.place},
            subject=scheduled,
            action_url=url,
        )  # fmt: skip
    return scheduled


def _before_jury(dossier: Dossier) -> Dossier:
    """The row, locked; `StaleTransition` when it is not before the jury (any more)."""
    rows = Dossier.objects.select_for_update(of=("self",)).select_related("candidate", "session")
    fresh = rows.get(pk=dossier.pk)
    if fresh.state != DossierState.JURY:
        raise StaleTransition(
            _("The jury is not judging this dossier: it is “%s”.") % fresh.get_state_display()
        )
    return fresh


def _check_judge(juror: User, dossier: Dossier) -> None:
    if not juror.has_perm("certification.judge_dossier", dossier):
        raise Denied(_("You do not judge this dossier."))


@transaction.atomic
def cast_vote(*, dossier: Dossier, juror: User, vote: str, reason: str = "") -> JuryVote:
    """Record a juror's decision, once: what others voted may influence a second thought.

    The same vote sent twice is one. `Blocked` without the reason for no or abstention, and for another vote
    after the first; `Denied` for whoever does not judge the dossier.
    """
    fresh = _before_jury(dossier)
    _check_judge(juror, fresh)
    if vote not in Vote.values:
        raise Blocked(_("Choose your vote."))
    if vote != Vote.YES and not reason.strip():
        raise Blocked(_("Please say why; the minutes hold your reason."))
    row, _made = JuryVote.objects.select_for_update().get_or_create(dossier=fresh, juror=juror)
    if row.vote:
        if row.vote == vote:
            return row
        raise Blocked(_("You have voted already, and a vote is final."))
    row.vote, row.reason, row.cast_at = vote, reason.strip(), clock.now()
    row.save()
    return row


@transaction.atomic
def recuse(*, dossier: Dossier, juror: User, reason: str) -> JuryVote:
    """A juror declares an interest: her vote, if any, no longer counts, and the dossier is closed to her."""
    fresh = _before_jury(dossier)
    known = JuryVote.objects.filter(dossier=fresh, juror=juror, recused=True).first()
    if known is not None:
        return known
    _check_judge(juror, fresh)
    if not reason.strip():
        raise Blocked(_("Please say why; the secretary reads it."))
    row, _made = JuryVote.objects.update_or_create(
        dossier=fresh,
        juror=juror,
        defaults={
            "recused": True,
            "recusal_reason": reason.strip(),
            "vote": "",
            "reason": "",
            "cast_at": None,
        },
    )
    return row


@transaction.atomic
def record_presentation(*, dossier: Dossier, actor: Any) -> Dossier:
    """Chair or secretary note that the project (C) or masterpiece (D) was presented to the jury."""
    fresh = _before_jury(dossier)
    user = Actor.of(actor).user
    if user is None or not (
        user.has_perm("certification.decide_dossier", fresh) or user.has_perm("certification.keep_sessions")
    ):
        raise Denied(_("The chair or the secretary record that the work was presented."))
    if fresh.level == Level.B:
        raise Blocked(_("Level B asks for no project before the jury."))
    if fresh.level == Level.C:
        fresh.execution_project = WorkState.PRESENTED
    else:
        fresh.masterpiece = WorkState.PRESENTED
    fresh.save()
    return fresh


@transaction.atomic
def decide(*, dossier: Dossier, actor: Any, reason: str = "") -> Dossier:
    """The chair turns the votes into the decision: certificate, or refusal with its reason.

    The evidence of this day is frozen with it. `Blocked` before the quorum, at a tie without the chair's
    vote, for a refusal without a reason, and when the ladder no longer holds; `StaleTransition` when it is
    decided already.
    """
    fresh = _before_jury(dossier)
    user = Actor.of(actor).user
    if user is None or not user.has_perm("certification.decide_dossier", fresh):
        raise Denied(_("Only the chair of the session decides."))
    tally = tally_of(fresh)
    if tally.reason is not None:
        raise Blocked(tally.reason.say(_))
    result = judge(fresh)
    evidence = {**as_answer(result), "rules": result.rules.version, "votes": _numbers(tally)}
    evidence["conditions"] = [{**asdict(one), "records": list(one.records)} for one in result.conditions]
    data = {"at": clock.now(), "reason": reason.strip(), "evidence": evidence}
    if tally.outcome == YES:
        if not result.eligible:
            raise Blocked(*(one.say(_) for one in result.missing))
        decided = perform(fresh, "award", actor=actor, comment=reason, **data)
        issue_for_dossier(dossier=decided)
        return decided
    assert tally.outcome == NO
    if not reason.strip():
        raise Blocked(_("A refusal needs its reason: the candidate reads it."))
    refused = perform(fresh, "refuse", actor=actor, comment=reason, **data)
    notify(
        kind=kinds.DOSSIER_REFUSED,
        to=refused.candidate,
        context={"number": refused.number, "level": refused.level, "reason": reason.strip()},
        subject=refused,
        action_url=links.absolute(reverse("certification:dossier_detail", args=[refused.public_id])),
    )
    return refused


def _numbers(tally: Any) -> dict[str, Any]:
    return {
        "yes": tally.yes, "no": tally.no, "abstain": tally.abstain, "recused": tally.recused,
        "quorum": tally.quorum, "by_chair": tally.by_chair,
    }  # fmt: skip


@transaction.atomic
def make_minutes(*, session: JurySession, actor: Any) -> Document:
    """The minutes of a session as a sealed PDF; new ones take the place of those made before."""
    user = _keeper(actor)
    locked = JurySession.objects.select_for_update().get(pk=session.pk)
    language = known_language(user.language)
    if locked.dossiers.filter(state=DossierState.JURY).exists():
        raise Blocked(_("The chair has not decided all dossiers of this session yet."))
    if not locked.dossiers.exists():
        raise Blocked(_("No dossier was put before this session."))
    old = documents.current_document(kind=kinds.MINUTES, subject=locked)
    if old is None:
        return documents.request_document(
            kind=kinds.MINUTES, subject=locked, language=language, requested_by=user
        )
    if old.state != DocumentState.READY:
        return old
    return documents.supersede(document=old, requested_by=user, language=language)
