"""Finished stays of earlier years, in bulk: what statistics and hosts' records are made of.

Written as rows, not walked through the services: nobody will act on them any more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random

from ecett.accounts.enums import Role
from ecett.accounts.models import Organisation, User
from ecett.core.clock import today
from ecett.core.search import sort_key
from ecett.portal import demo
from ecett.portal.demo import DemoPerson
from ecett.portal.seeding.accounts import NO_ENTRY
from ecett.portal.seeding.past import days_ago
from hosts.enums import HostStatus
from hosts.models import Host
from trainees.enums import GoalResult, InternshipState, Party, ProjectState
from trainees.models import AttendanceDay, Evaluation, Goal, Internship, InternshipLog, Project
from trainees.services import hide_evaluation
from trainees.services.records import count_stays

# Stays begun in each of the last years, the present one last (it is not over).
STAYS_A_YEAR = (31, 18, 27, 38, 44, 47)
# To some hosts many want to go: of a hundred stays so many are with one of these few.
KNOWN, TO_KNOWN = 24, 55
# Of a hundred trainees so many had agreed on another stay before, which was called off.
CALLED_OFF = 9
# Of a hundred goals of the past so many were met (the network's own count: 87).
MET = 0.87


def make_history(
    rng: Random,
    people: Sequence[DemoPerson],
    employers: Sequence[Organisation],
    hosts: Sequence[Host],
    *,
    favourite: Host | None = None,
) -> int:
    """Stays of people who have travelled and come back; how many. Each person travels once, many of them to one of the
    same few hosts: ``favourite`` is one of these.
    """
    partners = [
        host for host in hosts if host.status == HostStatus.PARTNER and host.moderation == "published"
    ]
    known = [*([favourite] * 3 if favourite else []), *partners[:KNOWN]]
    chance = Random(len(partners))
    day = today()
    travellers = iter(people)
    made = 0
    for years_back, wanted in zip(range(len(STAYS_A_YEAR) - 1, -1, -1), STAYS_A_YEAR, strict=True):
        year = day.year - years_back
        last = min(dt.date(year, 12, 10), day - dt.timedelta(days=75))
        if last <= dt.date(year, 1, 10):
            continue
        share = (last - dt.date(year, 1, 1)).days / 365
        with days_ago((day - last).days):
            made += _year(
                rng, chance, year, last, round(wanted * share), travellers, employers, partners, known
            )
    count_stays([host.pk for host in (*known, *partners)])
    return made


def _year(
    rng: Random,
    chance: Random,
    year: int,
    last: dt.date,
    wanted: int,
    travellers: Iterator[DemoPerson],
    employers: Sequence[Organisation],
    hosts: Sequence[Host],
    known: Sequence[Host],
) -> int:
    chosen = [next(travellers) for _ in range(wanted)]
    users = User.objects.bulk_create(_user(person) for person in chosen)
    projects = Project.objects.bulk_create(
        _project(rng, f"{year}-{place}", user, rng.choice(employers))
        for place, user in enumerate(users, start=1)
    )
    stays = Internship.objects.bulk_create(
        _stay(rng, project, _chosen(chance, _abroad(rng, project, hosts), project, known), last)
        for project in projects
    )
    _call_off(chance, stays, hosts)
    AttendanceDay.objects.bulk_create(
        AttendanceDay(internship=stay, day=stay.start + dt.timedelta(days=at), amount=Decimal(1))
        for stay in stays
        for at in range((stay.end - stay.start).days + 1)
    )
    Evaluation.objects.bulk_create(
        _evaluation(rng, stay, party)
        for stay in stays
        for party in (Party.TRAINEE, Party.HOST, Party.EMPLOYER)
    )
    goals = []
    for project in projects:
        for place, goal in enumerate(demo.problem(rng, project.language, last).goals):
            result = GoalResult.MET if rng.random() < MET else GoalResult.PARTLY
            goals.append(
                Goal(project=project, position=place, text=goal.text, deadline=goal.deadline, result=result)
            )
    Goal.objects.bulk_create(goals)
    return len(stays)


def _user(person: DemoPerson) -> User:
    return User(
        email=person.email,
        first_name=person.first_name,
        last_name=person.last_name,
        sort_name=sort_key(f"{person.last_name} {person.first_name}")[:220],
        language=person.language,
        password=NO_ENTRY,
        is_demo=True,
    )


def _project(rng: Random, number: str, user: User, employer: Organisation) -> Project:
    told = demo.problem(rng, user.language, today())
    return Project(
        number=number,
        trainee=user,
        title=told.title,
        state=ProjectState.DONE,
        language=user.language,
        problem=told.text,
        employer=employer,
        is_demo=True,
    )


def _abroad(rng: Random, project: Project, hosts: Sequence[Host]) -> Host:
    """A host in another country than the employer's, if there is one."""
    home = project.employer.country if project.employer else ""
    return rng.choice([host for host in hosts if host.country != home] or hosts)


def hide_words(host: Host, desk: User) -> None:
    """The desk has hidden what one trainee wrote of a host."""
    written = Evaluation.objects.filter(internship__host=host, party=Party.TRAINEE).exclude(comment="")
    said = written.order_by("pk").first()
    if said is not None:
        with days_ago(60):
            hide_evaluation(evaluation=said, reason="names a person", actor=desk)


def _chosen(chance: Random, host: Host, project: Project, known: Sequence[Host]) -> Host:
    """This host, or one of those to whom many go."""
    return host if chance.randrange(100) >= TO_KNOWN else _abroad(chance, project, known)


def _call_off(chance: Random, stays: Sequence[Internship], hosts: Sequence[Host]) -> None:
    """Some had agreed with another host before; one of the two could not."""
    before = [
        (stay, _abroad(chance, stay.project, hosts)) for stay in stays if chance.randrange(100) < CALLED_OFF
    ]
    cancelled = Internship.objects.bulk_create(
        Internship(
            project=stay.project,
            host=host,
            state=InternshipState.CANCELLED,
            start=stay.start - dt.timedelta(days=28),
            end=stay.end - dt.timedelta(days=28),
            host_contact=host.spokesperson_name,
            host_email=host.spokesperson_email,
            host_language=host.spokesperson_language,
            is_demo=True,
        )
        for stay, host in before
    )
    logs = InternshipLog.objects.bulk_create(_calling_off(chance, stay) for stay in cancelled)
    for log, stay in zip(logs, cancelled, strict=True):
        log.at = dt.datetime.combine(stay.start - dt.timedelta(days=9), dt.time(10), dt.UTC)
    InternshipLog.objects.bulk_update(logs, ["at"])


def _calling_off(chance: Random, stay: Internship) -> InternshipLog:
    """The trainee or, less often, the host."""
    trainee = stay.project.trainee if chance.random() < 0.6 else None
    return InternshipLog(
        subject=stay,
        step="cancel",
        from_state=InternshipState.AGREED,
        to_state=InternshipState.CANCELLED,
        actor=trainee,
        actor_name=str(trainee or stay.host_contact),
        actor_role=Role.TRAINEE if trainee else Role.HOST,
        comment=demo.reply(chance, stay.project.language if trainee else stay.host_language, "decline"),
    )


def _evaluation(rng: Random, stay: Internship, party: Party) -> Evaluation:
    project = stay.project
    name, email, language = {
        Party.TRAINEE: (str(project.trainee), project.trainee.email, project.language),
        Party.HOST: (stay.host_contact, stay.host_email, stay.host_language),
        Party.EMPLOYER: (str(project.employer), "", project.language),
    }[party]
    return Evaluation(
        internship=stay,
        party=party,
        author_name=name,
        author_email=email,
        usefulness=rng.choice((3, 4, 4, 5, 5)),
        preparation=rng.choice((2, 3, 4, 4, 5)),
        again=rng.random() < 0.93,
        comment=demo.evaluation(rng, language, party),
    )


def _stay(rng: Random, project: Project, host: Host, last: dt.date) -> Internship:
    length = rng.choice((2, 3, 3, 4, 5, 5))
    first = dt.date(last.year, 1, 8)
    start = first + dt.timedelta(days=rng.randrange(max(1, (last - first).days - length)))
    start -= dt.timedelta(days=start.weekday())
    end = start + dt.timedelta(days=length - 1)
    return Internship(
        project=project,
        host=host,
        state=InternshipState.CONFIRMED,
        start=start,
        end=end,
        host_contact=host.spokesperson_name,
        host_email=host.spokesperson_email,
        host_language=host.spokesperson_language,
        confirmed_days=Decimal(length),
        confirmed_at=dt.datetime.combine(end + dt.timedelta(days=2), dt.time(10), dt.UTC),
        is_demo=True,
    )
