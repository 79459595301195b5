"""Who may not judge whom, and why: the rules of ``DossierQuerySet.judged_by`` in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from certification.models import JuryVote
from ecett.accounts.models import Membership, User
from trainees.models import Companion, Internship, TraineeProfile


@dataclass
class _Ties:
    """Where a candidate is known: organisations, hosts' organisations and addresses, people of her stays."""

    own: set[int] = field(default_factory=set)
    hosts: set[int] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    people: set[int] = field(default_factory=set)


def conflicts(jurors: Iterable[User], candidates: Iterable[User]) -> dict[tuple[int, int], str]:
    """{(juror, candidate): reason} for each pair in which the juror has an interest. Constant queries.

    Recusals are of one dossier and stand in `recusals`.
    """
    people, applicants = list(jurors), list(candidates)
    if not people or not applicants:
        return {}
    organisations: dict[int, set[int]] = defaultdict(set)
    seats = Membership.objects.current().filter(user__in=people, organisation__isnull=False)
    for user_id, organisation_id in seats.values_list("user_id", "organisation_id"):
        organisations[user_id].add(organisation_id)
    ties = _ties([one.pk for one in applicants])
    found = {}
    for juror in people:
        for candidate in applicants:
            reason = _reason(juror, organisations[juror.pk], candidate.pk, ties[candidate.pk])
            if reason:
                found[juror.pk, candidate.pk] = reason
    return found


def recusals(dossier_ids: Iterable[int]) -> dict[tuple[int, int], str]:
    """{(juror, dossier): reason} of those who have declared an interest themselves."""
    rows = JuryVote.objects.filter(dossier__in=list(dossier_ids), recused=True)
    return {(row.juror_id, row.dossier_id): row.recusal_reason for row in rows}


def _reason(juror: User, organisations: set[int], candidate_id: int, ties: _Ties) -> str:
    email = juror.email.lower()
    if juror.pk == candidate_id:
        return _("is the candidate")
    if organisations & ties.own:
        return _("works for the candidate's organisation")
    if organisations & ties.hosts or email in ties.addresses:
        return _("works for a host of the candidate")
    if juror.pk in ties.people:
        return _("went on a stay with the candidate")
    return ""


def _ties(candidate_ids: list[int]) -> dict[int, _Ties]:
    ties: dict[int, _Ties] = defaultdict(_Ties)
    memberships = Membership.objects.filter(user__in=candidate_ids, organisation__isnull=False)
    for user_id, organisation_id in memberships.values_list("user_id", "organisation_id"):
        ties[user_id].own.add(organisation_id)
    profiles = TraineeProfile.objects.filter(user__in=candidate_ids, employer__isnull=False)
    for user_id, employer_id in profiles.values_list("user_id", "employer_id"):
        ties[user_id].own.add(employer_id)
    along = Companion.objects.filter(user__in=candidate_ids).values("internship")
    stays = (
        Internship.objects.filter(Q(project__trainee__in=candidate_ids) | Q(pk__in=along))
        .select_related("host", "project")
        .prefetch_related("companions", "host__contacts")
    )
    for stay in stays:
        trainee = stay.project.trainee_id
        companions = {one.user_id for one in stay.companions.all() if one.user_id is not None}
        for person in {trainee, *companions}:
            tie = ties[person]
            if stay.host.organisation_id is not None:
                tie.hosts.add(stay.host.organisation_id)
            people = {one.email.lower() for one in stay.host.contacts.all()}
            tie.addresses |= {*people, stay.host.spokesperson_email.lower(), stay.host_email.lower()} - {""}
            tie.people |= {trainee, *companions} - {person}
        if stay.project.employer_id is not None:
            ties[trainee].own.add(stay.project.employer_id)
    # A project without a stay yet has an employer too.
    employers = User.objects.filter(pk__in=candidate_ids, projects__employer__isnull=False)
    for user_id, employer_id in employers.values_list("pk", "projects__employer"):
        ties[user_id].own.add(employer_id)
    return ties
