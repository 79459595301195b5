"""Stays that may become mobilities of a contract, and why others may not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from ecett.accounts.enums import Role
from ecett.accounts.models import Organisation, User
from ecett.accounts.rules import is_network_coordinator
from ecett.core.clock import today
from ecett.core.components.formats import date_range
from grants.enums import ContractKind, MobilityState
from grants.models import Contract, Mobility
from grants.places import placed
from grants.pricing import Place
from grants.rates import RateSet
from grants.selectors.rates import programmes_of
from grants.wording import country_name
from trainees.enums import InternshipState
from trainees.models import Internship

READY = (InternshipState.AGREED, InternshipState.CONFIRMED)
#: Stays that cannot be attached are shown with their reasons, the latest first, up to so many.
MOST_REFUSED = 40


@dataclass(frozen=True)
class Participant:
    """Somebody on a stay; ``name`` is unique on it. ``contract``: the code of the one she is on already."""

    name: str
    user: User | None
    contract: str = ""


@dataclass(frozen=True)
class Candidate:
    """A stay with the people on it; ``reasons`` is empty when it may be attached."""

    internship: Internship
    people: tuple[Participant, ...]
    reasons: tuple[str, ...] = ()

    @property
    def free(self) -> tuple[Participant, ...]:
        return tuple(person for person in self.people if not person.contract)


def with_people(stays: QuerySet[Internship]) -> QuerySet[Internship]:
    """Stays with all that a candidate asks for (three queries)."""
    on_contract = Mobility.objects.filter(state=MobilityState.POSTED).select_related("contract")
    return stays.select_related("project__trainee", "project__employer", "host").prefetch_related(
        "companions__user", Prefetch("mobilities", queryset=on_contract, to_attr="posted_mobilities")
    )


def people_of(internship: Internship) -> tuple[Participant, ...]:
    """The trainee, then her companions; namesakes get a number. The stay comes from `with_people`."""
    taken = {mobility.participant_name: mobility.contract.code for mobility in internship.posted_mobilities}  # type: ignore[attr-defined]
    trainee = internship.project.trainee
    named: list[tuple[str, User | None]] = [(str(trainee), trainee)]
    named += [(each.name, each.user) for each in internship.companions.all()]
    found: list[Participant] = []
    for name, user in named:
        used = [person.name for person in found]
        unique, number = name[:190], 2
        while unique in used:
            unique, number = f"{name[:190]} ({number})", number + 1
        found.append(Participant(unique, user, taken.get(unique, "")))
    return tuple(found)


def organisations_of(contract: Contract) -> set[int]:
    """The organisations whose staff travel on a contract."""
    if contract.kind != ContractKind.CONSORTIUM:
        return {contract.coordinator_id}
    return {contract.coordinator_id, *(member.organisation_id for member in contract.members.all())}


def candidate(contract: Contract, internship: Internship, organisations: Collection[int]) -> Candidate:
    """A stay held against a contract, with every reason against it."""
    people = people_of(internship)
    return Candidate(internship, people, tuple(_reasons(contract, internship, people, organisations)))


def _reasons(
    contract: Contract,
    internship: Internship,
    people: Iterable[Participant],
    organisations: Collection[int],
) -> Iterable[str]:
    employer = internship.project.employer
    if internship.state == InternshipState.CANCELLED:
        yield _("This stay was cancelled.")
    elif internship.state not in READY:
        yield _("The agreement is not signed by all three yet.")
    if employer is None:
        yield _("The project names no employer: it is the organisation that sends.")
    elif employer.pk not in organisations:
        if contract.kind == ContractKind.CONSORTIUM:
            yield _("%(name)s is not a member of this consortium.") % {"name": employer}
        else:
            yield _("This contract is for %(own)s alone; %(name)s sends.") % {
                "own": contract.coordinator,
                "name": employer,
            }
    elif employer.country == internship.host.country:
        yield _("Sender and host are both in %(country)s.") % {"country": country_name(employer.country)}
    if internship.start < contract.start or internship.end > contract.end:
        yield _("The stay lies outside the contract: %(dates)s.") % {
            "dates": date_range(contract.start, contract.end)
        }
    on_contract = {person.contract for person in people}
    if "" not in on_contract:
        yield _("Already on %(code)s.") % {"code": ", ".join(sorted(on_contract))}


def outside(stay: Internship, programme: RateSet) -> str:
    """Why no call pays this stay, whatever is agreed about it; empty when it takes part."""
    employer = stay.project.employer
    for country in (employer.country if employer else None, stay.host.country):
        if country and not programme.takes_part(str(country)):
            return _("%(country)s is not in the programme of call %(call)s.") % {
                "country": country_name(country),
                "call": programme.call_year,
            }
    return ""


def own_candidates(contract: Contract, stays: QuerySet[Internship]) -> list[Candidate]:
    """Agreed stays that the contract's organisations send, held against it; oldest first (five queries)."""
    organisations = organisations_of(contract)
    programme = programmes_of([contract])[contract.pk]
    found = []
    for stay in with_people(stays.filter(_may(organisations))).order_by("start", "pk"):
        each = candidate(contract, stay, organisations)
        reason = "" if each.reasons else outside(stay, programme)
        found.append(replace(each, reasons=(reason,)) if reason else each)
    return found


def _may(organisations: Collection[int]) -> Q:
    return Q(project__employer__in=organisations, state__in=READY)


def candidates(contract: Contract, user: Any, words: str = "") -> tuple[list[Candidate], list[Candidate]]:
    """Stays that may be attached (oldest first), and others with their reasons (latest first; at most 40)."""
    organisations = organisations_of(contract)
    stays = stays_in_reach(contract, user)
    if words.strip():
        for word in words.split():
            stays = stays.filter(
                Q(project__trainee__first_name__icontains=word)
                | Q(project__trainee__last_name__icontains=word)
                | Q(project__number__icontains=word)
                | Q(host__name__icontains=word)
            )
    mine = own_candidates(contract, stays)
    others = with_people(stays.exclude(_may(organisations))).order_by("-start", "-pk")[:MOST_REFUSED]
    ready = [each for each in mine if not each.reasons]
    refused = [each for each in mine if each.reasons]
    refused += [candidate(contract, stay, organisations) for stay in others]
    return ready, refused[:MOST_REFUSED]


def stays_in_reach(contract: Contract, user: Any) -> QuerySet[Internship]:
    """Stays a person who keeps the contract may look at: those its organisations send; all for ECETT."""
    if sees_every_contract(user):
        return Internship.objects.all()
    return Internship.objects.filter(project__employer__in=organisations_of(contract))


def sees_every_contract(user: Any) -> bool:
    """ECETT's own coordinators and the administrator."""
    return user.role == Role.ADMIN or is_network_coordinator.test(user)


def unattached(user: Any) -> QuerySet[Internship]:
    """Stays that could be accounted for and are not.

    They are agreed or confirmed, lie within a running contract of hers whose organisations send them, and
    nobody of them is posted yet.
    """
    sender = OuterRef("project__employer")
    sends = Q(coordinator=sender) | Q(kind=ContractKind.CONSORTIUM, members__organisation=sender)
    covering = running_contracts(user).filter(sends, start__lte=OuterRef("start"), end__gte=OuterRef("end"))
    return (
        Internship.objects.filter(Exists(covering.order_by()), state__in=READY)
        .exclude(mobilities__state=MobilityState.POSTED)
        .select_related("project__trainee", "project__employer", "host")
        .order_by("start", "pk")
    )


def running_contracts(user: Any) -> QuerySet[Contract]:
    """Her contracts that have not ended, the earliest first."""
    return Contract.objects.visible_to(user).filter(end__gte=today()).order_by("start", "pk")


def sending_place(organisation: Organisation) -> Place:
    """The town of the organisation that sends."""
    return placed(str(organisation.country), organisation.city, organisation.latitude, organisation.longitude)


def receiving_place(host: Any) -> Place:
    """The town of the host."""
    return placed(str(host.country), host.city, host.latitude, host.longitude)
