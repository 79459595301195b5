"""One trip from the problem to what changed at home, walked through the services up to a stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from random import Random

from django.utils import translation
from django.utils.translation import gettext as _

from ecett.accounts.models import User
from ecett.core.actors import Actor
from ecett.core.clock import today
from ecett.core.documents import services as documents
from ecett.core.notifications.letters import known_language
from ecett.portal import demo
from ecett.portal.demo import DemoPractice, DemoProblem
from ecett.portal.seeding.past import days_ago
from goodpractices.models import GoodPractice
from goodpractices.services import clear_marks, pass_on_practice, publish_practice, submit_practice
from helpdesk import services as desk_services
from helpdesk.links import PROPOSAL
from helpdesk.models import HelpRequest, Proposal
from helpdesk.selectors.ranking import rank_for
from helpdesk.services import Ask
from hosts.models import Host
from trainees import links, services
from trainees.enums import GoalResult, InternshipState, Party, ProjectState
from trainees.models import Agreement, Internship, Project
from trainees.services.internships import usual_programme


class Stage(IntEnum):
    """How far a trip has come; each stage holds all before it."""

    STARTED = 0
    DRAFTED = 1
    FILED = 2
    ASKED = 3
    MATCHED = 4
    PLANNED = 5
    SIGNING = 6
    AGREED = 7
    CONFIRMED = 8
    LOOKED_BACK = 9
    SUBMITTED = 10
    PUBLISHED = 11
    DONE = 12


# Days after the beginning on which each stage is reached; from the stay on they count from its last day.
BEGUN = {
    Stage.DRAFTED: 1,
    Stage.FILED: 3,
    Stage.ASKED: 6,
    Stage.MATCHED: 11,
    Stage.PLANNED: 15,
    Stage.SIGNING: 18,
    Stage.AGREED: 24,
}
STAY_AFTER = 52
AFTER_STAY = {
    Stage.CONFIRMED: 2,
    Stage.LOOKED_BACK: 10,
    Stage.SUBMITTED: 20,
    Stage.PUBLISHED: 31,
    Stage.DONE: 60,
}
# Trips begun earlier (days ago) have their agreement on paper, as it was before the portal: no PDF is made.
PAPER_BEFORE = 200
BUDGET = (("travel", 280), ("stay", 420), ("meals", 190), ("local", 45))


@dataclass
class Trip:
    """`began`: how many days ago; `stage`: how far it goes. `host` None takes the best of the ranking."""

    trainee: User
    desk: User
    expert: User
    rng: Random
    began: int
    stage: Stage
    language: str
    host: Host | None = None
    days: int = 5
    sector: str | None = None
    title: str = ""
    companions: str = ""
    signed_by: Sequence[Party] = tuple(Party)
    # Practices in the trip's language, to report after the stay.
    tales: Iterator[DemoPractice] = field(default_factory=lambda: iter(()))
    looked_back: Sequence[Party] = tuple(Party)
    countries: Sequence[str] = ()
    project: Project = field(init=False)
    request: HelpRequest = field(init=False)
    told: DemoProblem = field(init=False)
    dates: tuple[dt.date, dt.date] = field(init=False)
    proposals: list[Proposal] = field(default_factory=list)
    internship: Internship | None = None
    agreement: Agreement | None = None
    practice: GoodPractice | None = None
    # False where no PDF can be made: a trip then stops before the signatures.
    paper: bool = True

    def __post_init__(self) -> None:
        """The stay begins on a Monday some weeks after the beginning and lasts so many working days."""
        start = today() - dt.timedelta(days=self.began - STAY_AFTER)
        start += dt.timedelta(days=-start.weekday() % 7)
        self.dates = start, start + dt.timedelta(days=self.days - 1 + 2 * ((self.days - 1) // 5))

    def walk(self) -> Trip:
        """Go as far as the stage says, each step on its own day."""
        steps = (
            (Stage.STARTED, self.start),
            (Stage.DRAFTED, self.draft),
            (Stage.FILED, self.file),
            (Stage.ASKED, self.ask),
            (Stage.MATCHED, self.match),
            (Stage.PLANNED, self.plan),
            (Stage.SIGNING, self.make_agreement),
            (Stage.AGREED, self.sign),
            (Stage.CONFIRMED, self.confirm),
            (Stage.LOOKED_BACK, self.look_back),
            (Stage.SUBMITTED, self.report),
            (Stage.PUBLISHED, self.publish),
            (Stage.DONE, self.finish),
        )
        for stage, step in steps:
            if stage > self.stage or not self.paper:
                break
            with days_ago(self.ago(stage)):
                step()
        return self

    def ago(self, stage: Stage) -> float:
        """How many days ago a stage was reached; never in the future."""
        if stage in AFTER_STAY:
            return max(0.05, (today() - self.dates[1]).days - AFTER_STAY[stage])
        return max(0.1, self.began - BEGUN.get(stage, 0))

    # ── Plan ──
    def start(self) -> None:
        told = demo.problem(self.rng, self.language, today(), sector=self.sector)
        self.told = told
        self.project = services.start_project(
            trainee=self.trainee,
            title=self.title or told.title,
            language=self.language,
            problem=told.text,
            is_demo=True,
        )
        for goal in told.goals if self.stage > Stage.STARTED else ():
            services.add_goal(project=self.project, text=goal.text, deadline=goal.deadline)

    def draft(self) -> None:
        start, end = self.dates
        self.request = desk_services.start_request(
            project=self.project,
            actor=self.trainee,
            language=self.language,
            sectors=[self.told.sector],
            target_groups=list(self.told.target_groups),
            concepts=self.told.concepts,
            expertise=self.told.seeks,
            countries=list(self.countries),
            start=start - dt.timedelta(days=7),
            end=end + dt.timedelta(days=21),
            days=self.days,
            people=1 + len(self.companions.splitlines()),
            companions=self.companions,
            share_problem=True,
            is_demo=True,
        )

    def file(self) -> None:
        self.request = desk_services.file_request(request=self.request, actor=self.trainee)

    def ask(self) -> None:
        start, end = self.dates
        asks = []
        if self.host is not None:
            asks.append(Ask(self.host, start, end, score=82))
        else:
            fits = rank_for(self.request, limit=3).fits
            asks += [Ask(fit.host, start, end, score=fit.score, reasons=fit.frozen) for fit in fits]
        self.proposals = desk_services.propose(
            request=self.request,
            hosts=asks,
            message=self.words_to_host(asks[0].host),
            answer_days=20,
            actor=self.desk,
        )
        self.request.refresh_from_db()

    def words_to_host(self, host: Host) -> str:
        """The desk's words, in the language of the host's spokesperson."""
        with translation.override(known_language(host.spokesperson_language)):
            return _(
                "A colleague with a clear question would like to see how you work. Her goals are below. "
                "Would these days suit you? Other days are possible too."
            )

    def spokesperson(self, proposal: Proposal) -> Actor:
        """Who answers for the host, by her link."""
        return Actor.link(
            purpose=PROPOSAL,
            subject=proposal.pk,
            name=proposal.contact_name,
            role="host",
            email=proposal.contact_email,
            organisation=proposal.host.name,
        )

    def match(self) -> None:
        proposal = self.proposals[0]
        desk_services.accept_proposal(
            proposal=proposal,
            actor=self.spokesperson(proposal),
            answer=demo.reply(self.rng, proposal.contact_language, "accept"),
        )
        self.internship = Internship.objects.get(project=self.project)
        self.host = self.internship.host

    def plan(self) -> None:
        stay = self._stay()
        services.save_stay(
            internship=stay,
            logistics=stay.logistics,
            insurance="AG 4711-08",
            green_travel=self.rng.random() < 0.5,
            travel_days=2,
        )
        services.save_programme(internship=stay, items=usual_programme(stay))
        services.save_budget(
            internship=stay,
            lines=[
                {"head": head, "amount": Decimal(amount), "funded_by": "grant"} for head, amount in BUDGET
            ],
        )

    def _stay(self) -> Internship:
        self.internship = Internship.objects.select_related("project", "host").get(project=self.project)
        return self.internship

    # ── Do ──
    def make_agreement(self) -> None:
        if self.began > PAPER_BEFORE:
            return
        self.agreement = services.make_agreement(internship=self._stay(), actor=self.trainee)
        # One signs what one has seen: the worker is not running yet.
        assert self.agreement.document_id is not None
        self.paper = documents.render(self.agreement.document_id)
        if self.paper and self.stage == Stage.SIGNING:
            self._sign(self.signed_by)

    def sign(self) -> None:
        if self.agreement is not None:
            self._sign(tuple(Party))
            return
        Internship.objects.filter(project=self.project).update(state=InternshipState.AGREED)
        Project.objects.filter(pk=self.project.pk).update(state=ProjectState.DO)

    def _sign(self, parties: Sequence[Party]) -> None:
        assert self.agreement is not None
        for signature in self.agreement.signatures.filter(signed_at=None).order_by("pk"):
            if signature.party in parties:
                own = signature.party == Party.TRAINEE
                services.sign(
                    signature=signature,
                    typed_name=signature.name,
                    actor=self.trainee if own else self._party(links.SIGN, signature.pk, signature.party),
                )

    def _party(self, purpose: str, subject: int, party: str) -> Actor:
        """Host or employer, by link."""
        stay = self._stay()
        name, email, where = (
            (stay.host_contact, stay.host_email, stay.host.name)
            if party == Party.HOST
            else (self.project.employer_contact, self.project.employer_email, str(self.project.employer))
        )
        return Actor.link(
            purpose=purpose, subject=subject, name=name, role=party, email=email, organisation=where
        )

    # ── Check ──
    def confirm(self) -> None:
        stay = self._stay()
        days = [stay.start + dt.timedelta(days=at) for at in range((stay.end - stay.start).days + 1)]
        self.internship = services.confirm_attendance(
            internship=stay,
            days={day: Decimal(1) for day in days if day.weekday() < 5},
            actor=self._party(links.ATTENDANCE, stay.pk, Party.HOST),
        )
        if self.stage == Stage.CONFIRMED:
            self._evaluate(self.looked_back)

    def look_back(self) -> None:
        self._evaluate(tuple(Party))
        self.project.refresh_from_db()
        for at, goal in enumerate(self.project.goals.all()):
            result = GoalResult.MET if at == 0 or self.rng.random() < 0.7 else GoalResult.PARTLY
            services.judge_goal(goal=goal, result=result)

    def _evaluate(self, parties: Sequence[Party]) -> None:
        stay = self._stay()
        languages = {
            Party.TRAINEE: self.language,
            Party.HOST: stay.host_language,
            Party.EMPLOYER: self.project.employer_language,
        }
        for party in parties:
            own = party == Party.TRAINEE
            services.evaluate(
                internship=stay,
                party=party,
                usefulness=self.rng.choice((4, 4, 5, 5, 3)),
                preparation=self.rng.choice((3, 4, 4, 5)),
                again=True,
                comment=demo.evaluation(self.rng, languages[party], party),
                actor=self.trainee if own else self._party(links.EVALUATE[party], stay.pk, party),
            )

    # ── Act ──
    def report(self) -> None:
        stay = self._stay()
        seen = next(self.tales)
        self.practice = services.report_practice(
            internship=stay,
            author=self.trainee,
            title=seen.title,
            description=seen.description,
            objectives=seen.objectives,
            resources=seen.resources,
            steps=seen.steps,
            results=seen.results,
            transfer=seen.transfer,
            sectors=list(seen.sectors),
            concepts=seen.concepts,
            keywords=list(seen.keywords),
            competences_text=demo.competences(self.rng, self.language),
            anonymity_declared=True,
        )
        # Told by nobody about nobody: what looks like a name here is a house or a month.
        looked_at = [(passage.kind, passage.text) for passage in self.practice.passages()]
        clear_marks(practice=self.practice, actor=self.trainee, marks=looked_at)
        self.practice = submit_practice(practice=self.practice, actor=self.trainee)

    def publish(self) -> None:
        assert self.practice is not None
        read = pass_on_practice(practice=self.practice, actor=self.desk)
        self.practice = publish_practice(practice=read, actor=self.expert)

    def finish(self) -> None:
        project = services.edit_project(project=self.project, action_plan=self.told.goals[-1].text)
        self.project = services.finish_project(project=project, actor=self.trainee)
