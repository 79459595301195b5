"""What jurors, chair and secretary see of dossiers: queues, votes, counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from certification.enums import DossierState
from certification.models import Certificate, Dossier, JurySeat, JurySession, JuryVote
from certification.selectors.conflicts import conflicts, recusals
from certification.tally import Ballot, Tally, count
from ecett.accounts.enums import Role
from ecett.accounts.models import Membership, User


@dataclass(frozen=True)
class Seat:
    """One juror in one dossier: her vote (None when she has none yet) and why she is left out, if she is."""

    user: User
    is_chair: bool
    vote: JuryVote | None
    left_out: str = ""

    @property
    def has_voted(self) -> bool:
        return self.vote is not None and bool(self.vote.vote)


def seats_of(dossiers: Iterable[Dossier]) -> dict[int, list[Seat]]:
    """{dossier: its seats} in a constant number of queries; conflicts and recusals are marked."""
    found = list(dossiers)
    sessions = {one.session_id for one in found if one.session_id is not None}
    chairs: dict[int, list[JurySeat]] = {}
    for seat in JurySeat.objects.filter(session__in=sessions).select_related("user"):
        chairs.setdefault(seat.session_id, []).append(seat)
    votes = {
        (vote.juror_id, vote.dossier_id): vote
        for vote in JuryVote.objects.filter(dossier__in=[one.pk for one in found])
    }
    jurors = {seat.user_id: seat.user for seats in chairs.values() for seat in seats}
    against = conflicts(jurors.values(), {one.candidate_id: one.candidate for one in found}.values())
    declared = recusals([one.pk for one in found])
    result: dict[int, list[Seat]] = {}
    for dossier in found:
        result[dossier.pk] = [
            Seat(
                user=seat.user,
                is_chair=seat.is_chair,
                vote=votes.get((seat.user_id, dossier.pk)),
                left_out=against.get((seat.user_id, dossier.candidate_id), "")
                or declared.get((seat.user_id, dossier.pk), ""),
            )
            for seat in chairs.get(dossier.session_id or 0, [])
        ]
    return result


def count_seats(seats: Iterable[Seat], quorum: int) -> Tally:
    """The tally of one dossier's seats."""
    return count(
        [
            Ballot(
                vote="" if seat.left_out or seat.vote is None else seat.vote.vote,
                is_chair=seat.is_chair,
                recused=bool(seat.left_out),
            )
            for seat in seats
        ],
        quorum,
    )


def tally_of(dossier: Dossier) -> Tally:
    """The count of a dossier that is or was before a session."""
    assert dossier.session is not None
    return count_seats(seats_of([dossier])[dossier.pk], dossier.session.quorum)


def to_judge(user: Any) -> QuerySet[Dossier]:
    """Dossiers of the juror's sessions, those before the jury first; ``my_vote`` is hers."""
    mine = JuryVote.objects.filter(juror=user)
    return (
        Dossier.objects.judged_by(user)
        .select_related("session", "candidate")
        .prefetch_related(Prefetch("votes", queryset=mine, to_attr="my_votes"), "practices__practice")
        .order_by(F("decided_at").desc(nulls_first=True), "session__day", "pk")
    )


def work_of(dossier: Dossier) -> str:
    """What a jury calls a dossier by: the title of the work, else of the only practice put forward, if any."""
    if dossier.work_title:
        return dossier.work_title
    chosen = list(dossier.practices.all())
    return chosen[0].practice.title if len(chosen) == 1 else ""


def waiting_dossiers() -> QuerySet[Dossier]:
    """Sent and not yet before a session, oldest first."""
    found = Dossier.objects.filter(state=DossierState.SUBMITTED).select_related("candidate")
    return found.order_by("level", "opened_on", "pk")


def sessions_for(user: Any) -> QuerySet[JurySession]:
    """Sessions with counts: ``asked`` dossiers, ``decided`` ones, ``jurors``."""
    decided = Q(dossiers__state__in=[DossierState.AWARDED, DossierState.REFUSED])
    return (
        JurySession.objects.filter(pk__in=JurySession.objects.visible_to(user).values("pk"))
        .annotate(
            asked=Count("dossiers", distinct=True),
            decided=Count("dossiers", filter=decided, distinct=True),
            jurors=Count("seats", distinct=True),
        )
        .order_by("-day", "-pk")
    )


def possible_jurors() -> QuerySet[User]:
    """Everybody who is juror or chair today, by name."""
    seats = Membership.objects.current().filter(role__in=(Role.JUROR, Role.CHAIR))
    return User.objects.filter(pk__in=seats.values("user"), is_active=True).order_by("sort_name", "pk")


def certificates_for(
    user: Any, *, query: str = "", level: str = "", state: str = ""
) -> QuerySet[Certificate]:
    """Certificates the person may see, newest first; ``query`` looks into number and name. An unknown level
    or state finds nothing."""
    found = Certificate.objects.visible_to(user).select_related("document", "holder")
    if query:
        found = found.filter(Q(number__icontains=query) | Q(holder_name__icontains=query))
    if level:
        found = found.filter(level=level)
    if state:
        found = found.filter(state=state)
    return found
