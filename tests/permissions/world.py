"""Two tenants with one of everything, and one person a role in the first: who may see what of whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from certification.models import JuryVote, PaperEvidence
from certification.services import issue_internship_certificate
from ecett.accounts.enums import Role
from ecett.accounts.models import SavedSearch, User
from ecett.core import links
from ecett.core.clock import now, today
from ecett.core.models import ExportJob, ImportJob, Notification
from goodpractices.models import Adoption, Innovation, InnovationPicture, PracticeTranslation
from grants import ledger
from grants.models import Mobility
from grants.postings import as_sources
from grants.rates import RateRow
from hosts.models import HostCheck, HostInvitation, HostPhoto
from hosts.services import merge_hosts
from hosts.services.duplicates import pair_up
from tests import factories as make
from trainees.models import BudgetLine, Evaluation, Goal, ProgrammeItem, TraineeProfile
from trainees.services import make_agreement

ROLES = (
    "anonymous",
    "trainee",
    "employer",
    "host",
    "helpdesk",
    "juror",
    "chair",
    "secretary",
    "coordinator",
    "admin",
)

SHARE = RateRow("2024/exceptional_share/usual", 2024, 2025, "exceptional_share", "usual", Decimal("0.8"))
COST_SOURCE = {"real": "100.00", "why": "A train", "rates": as_sources([SHARE])}
PAPER_STAY = {
    "host": "A house of before",
    "city": "Porto",
    "country": "PT",
    "start": "2024-05-06",
    "end": "2024-05-08",
    "confirmed_days": 3,
}


@dataclass
class Tenant:
    """One of everything that has an address; ``thing["project"]`` and so on."""

    thing: dict[str, Any] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.thing[name]


def build(language: str) -> Tenant:
    """A tenant whose helpdesk speaks ``language``: its own organisations, people and papers."""
    tenant = Tenant()
    employer, hosting, signatory = (
        make.OrganisationFactory(kind="sending"),
        make.OrganisationFactory(kind="hosting", country="SE"),
        make.OrganisationFactory(
            kind="signatory", country="PL", city="Gdańsk", latitude=54.35, longitude=18.65
        ),
    )
    people = {
        "trainee": make.person(Role.TRAINEE),
        "employer": make.person(Role.EMPLOYER, organisation=employer),
        "host": make.person(Role.HOST, organisation=hosting),
        "helpdesk": make.person(Role.HELPDESK, language=language),
        "juror": make.person(Role.JUROR),
        "chair": make.person(Role.CHAIR),
        "secretary": make.person(Role.SECRETARY),
        "coordinator": make.person(Role.COORDINATOR, organisation=signatory),
        "admin": make.person(Role.ADMIN),
    }
    trainee = people["trainee"]
    TraineeProfile.objects.create(user=trainee, employer=employer)
    host = make.HostFactory(organisation=hosting, created_by=people["host"])
    check = HostCheck.objects.create(
        host=host, email=host.spokesperson_email, asked_on=today(), last_letter_on=today()
    )
    invitation = HostInvitation.objects.create(
        host=host, email="invited@example.org", language="en", last_letter_on=today()
    )
    member = people["host"]
    suggestion = make.suggestion(host, trainee)
    host_draft = make.HostFactory(moderation="draft", created_by=trainee)
    photo = make.picture(HostPhoto, host_draft)
    duplicate = pair_up(host=host, other=host_draft)
    merge = merge_hosts(host=make.HostFactory(), into=make.HostFactory(), actor=people["helpdesk"])
    project = make.ProjectFactory(trainee=trainee, employer=employer)
    goal = Goal.objects.create(project=project, text="By June every resident has a contact person.")
    internship = make.InternshipFactory(
        project=project, host=host, logistics="A room", insurance="Travel insurance"
    )
    programme = ProgrammeItem.objects.create(
        internship=internship, day=internship.start, time=dt.time(9), activity="Welcome"
    )
    budget = BudgetLine.objects.create(internship=internship, head="travel", amount="120.00")
    over = make.confirmed_internship(
        project=make.ProjectFactory(trainee=trainee, employer=employer, state="check"), host=host
    )
    past = make.confirmed_internship(
        project=make.ProjectFactory(trainee=trainee, employer=employer, state="act"), host=host
    )
    evaluation = Evaluation.objects.create(
        internship=past, party="trainee", author_name="Ada", usefulness=4, preparation=4, comment="Calm."
    )
    agreement = make_agreement(internship=internship, actor=trainee)
    signature = agreement.signatures.get(party="trainee")
    document = agreement.document
    draft_request = make.RequestFactory(
        project=make.ProjectFactory(trainee=trainee, employer=employer), language=language, state="draft"
    )
    fresh = make.ProjectFactory(trainee=trainee, employer=employer)
    request = make.RequestFactory(
        project=make.ProjectFactory(trainee=trainee, employer=employer), language=language, state="proposed"
    )
    proposal = make.ProposalFactory(request=request, host=host)
    practice = make.authored_practice(trainee, state="published")
    practice_draft = make.authored_practice(trainee, state="draft")
    adoption = Adoption.objects.create(
        practice=practice, reported_by=trainee, reporter_name="Ada", organisation="De Oever", country="BE",
        since=internship.start, outcome="kept",
    )  # fmt: skip
    translation = PracticeTranslation.objects.create(
        practice=practice, language=language, translator=trainee, translator_name="Ada", texts={"title": "…"}
    )
    innovation = Innovation.objects.create(
        adoption=adoption, title="A phone that stays open", answers={"done": "Everybody answers it."}
    )
    picture = make.picture(InnovationPicture, innovation)
    attachment = make.attachment(practice_draft, trainee)
    workshop = make.WorkshopFactory()
    presentation = make.PresentationFactory(workshop=workshop, practice=practice, presenter=trainee)
    session = make.JurySessionFactory()
    make.seat(session, people["juror"])
    make.seat(session, people["chair"], chair=True)
    dossier = make.DossierFactory(candidate=trainee, state="jury", session=session)
    dossier_draft = make.DossierFactory(candidate=trainee, level="C")
    paper = PaperEvidence.objects.create(
        dossier=dossier, kind="stay", record=PAPER_STAY, note="An old certificate"
    )
    vote = JuryVote.objects.create(dossier=dossier, juror=people["juror"])
    certificate = issue_internship_certificate(internship=over, holder=trainee)
    contract = make.ContractFactory(coordinator=signatory)
    mobility = Mobility.objects.create(
        contract=contract,
        internship=over,
        participant=trainee,
        participant_name="Ada",
        rank=1,
        mob_id=f"{trainee.pk:06d}-MOB-00001",
        start=over.start,
        end=over.end,
    )
    lines = [ledger.Line("exceptional", Decimal(80), COST_SOURCE), ledger.Line("grant", Decimal(-80))]
    cost = ledger.post(
        key=f"cost:{mobility.pk}", kind="cost", contract=contract, lines=lines, mobility=mobility
    )
    letter = Notification.objects.create(
        kind="test",
        email=trainee.email,
        language="en",
        subject_line="Hello",
        text="Hello",
        html="<p>Hello</p>",
    )
    job = ImportJob.objects.create(
        kind="hosts", filename="hosts.csv", requested_by=people["helpdesk"], state="done", finished_at=now()
    )
    export = ExportJob.objects.create(
        kind="hosts", form="csv", columns=["name"], language="en", digest="x", requested_by=trainee,
        state="failed", error="Away", asked_at=now(), finished_at=now(),
    )  # fmt: skip
    search = SavedSearch.objects.create(
        user=trainee, kind="host", address="country=SE", name="North", alert="daily", checked_at=now()
    )
    tenant.people = people
    tenant.thing = {
        name: value for name, value in locals().items() if name not in ("tenant", "people", "language")
    }
    return tenant


def token(purpose: str, subject: Any) -> str:
    """A valid signed link for an object."""
    return links.make(purpose=purpose, subject=subject, email="maja@example.org", name="Maja", days=10)
