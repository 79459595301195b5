"""The whole mission once: from a problem at work to a certified and accounted internship, in a real browser."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import call_command

from ecett.accounts.enums import Role
from ecett.accounts.models import User
from ecett.core.clock import today
from hosts.models import Concept, Host
from tests import factories as make
from tests.journeys.person import Person
from trainees.models import Internship, Project

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.slow(seconds=100)]

PROBLEM = "People who leave our residential house lose contact with us within weeks, and we hear of relapses too late."
GOAL = "By 30 June 2027 every resident who leaves has a contact person within 14 days; now 4 of 10 have one."
PRACTICE = (
    "Each person who leaves gets one phone number that is answered for a year. Two colleagues share it, week by week, "
    "and write down every call in three lines. Nobody has to make an appointment."
)


@dataclass
class Trip:
    """What one trip is walked with."""

    someone: Callable[..., Person]
    mailbox: Callable[..., str]
    made: Callable[[str], Any]
    calendar: Any
    language: str
    javascript: bool
    host: Host

    def visitor(self, language: str = "") -> Person:
        return self.someone(locale=language or self.language, javascript=self.javascript)


@pytest.fixture
def trip(someone: Any, mailbox: Any, made: Any, calendar: Any, portal: Any) -> Callable[..., Trip]:
    def prepare(language: str, *, javascript: bool) -> Trip:
        host = make.HostFactory(
            name="Vågbrytaren",
            organisation=make.OrganisationFactory(name="Vågbrytaren AB", kind="hosting", country="SE"),
            languages=[("en", "C1"), ("fr", "B2"), ("nl", "B2")],
            spokesperson_email="maja@host.example",
        )
        host.concepts.set(Concept.objects.filter(code__in=["aftercare", "relapse-prevention"]))
        from hosts.services import index_hosts

        index_hosts([host.pk])
        return Trip(someone, mailbox, made, calendar, language, javascript, host)

    return prepare


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fr", False)])
def test_first_trip(trip: Callable[..., Trip], language: str, javascript: bool) -> None:
    walk(trip(language, javascript=javascript))


@pytest.mark.data
@pytest.mark.slow(seconds=140)
def test_first_trip_over_imported_hosts(trip: Callable[..., Trip], real_data: Path) -> None:
    """The same steps with a host from a public register: nobody speaks for it yet, the desk types whom it writes to."""
    call_command(
        "import_hosts", str(real_data / "hosts_health_eurostat.csv"), verbosity=0, stderr=io.StringIO()
    )
    assert Host.objects.count() > 14_000
    walked = trip("en", javascript=True)
    imported = Host.objects.published().filter(sectors__contains=["addiction"], country="FR").order_by("pk")
    walked.host = imported.exclude(pk=walked.host.pk)[0]
    walk(walked)


def walk(trip: Trip) -> None:
    """The nine steps."""
    look_around(trip)
    trainee = sign_up(trip)
    project = describe(trip, trainee)
    file_request(trip, trainee, project)
    propose(trip, project)
    accept(trip, project)
    internship = plan(trip, trainee, project)
    sign(trip, trainee, internship)
    trip.calendar.forward(days=10)
    confirm(trip, internship)
    evaluate(trip, trainee, internship)
    report(trip, trainee, internship)
    certificate_a(trip, trainee)
    certificate_b(trip, trainee, internship)
    account(trip, internship)


# ── 1 ──
def look_around(trip: Trip) -> None:
    visitor = trip.visitor()
    visitor.go("/")
    assert "1" in visitor.page.locator(".stat").first.inner_text()
    visitor.go(f"/hosts/?{urlencode({'q': trip.host.name})}")
    assert trip.host.name in visitor.text()
    visitor.go("/good-practices/")
    visitor.go(f"/hosts/{trip.host.public_id}/")
    assert "maja@host.example" not in visitor.text(), "a visitor does not read the spokesperson's address"


# ── 2 ──
def sign_up(trip: Trip) -> Person:
    trainee = trip.visitor()
    trainee.go("/accounts/signup/")
    trainee.submit(
        first_name="Lotte",
        last_name="Claes",
        email="lotte@house.example",
        password1="salt water candle",
        password2="salt water candle",
    )
    trainee.go(trip.mailbox("lotte@house.example", "/accounts/confirm-email/"))
    trainee.press()
    assert User.objects.get(email="lotte@house.example").role == Role.TRAINEE
    trainee.go("/trainee/profile/")
    trainee.submit(
        **{
            "profession": "Educator",
            "sector": "addiction",
            "employer_name": "De Oever vzw",
            "employer_country": "BE",
            "employer_city": "Antwerpen",
            "employer_contact": "An De Wilde",
            "employer_email": "an@house.example",
            "employer_language": trip.language,
            "languages-0-language": "nl",
            "languages-0-level": "C2",
            "languages-1-language": "en",
            "languages-1-level": "B2",
            "resume-0-title": "Educator in residential care",
            "resume-0-start_year": "2015",
        }
    )
    return trainee


def describe(trip: Trip, trainee: Person) -> Project:
    trainee.go("/trainee/start/")
    trainee.submit(title="Aftercare that stays reachable", problem=PROBLEM)
    project = Project.objects.get(trainee__email="lotte@house.example")
    trainee.go(f"/trainee/projects/{project.public_id}/goals/new/")
    trainee.submit(text=GOAL, deadline=(today() + dt.timedelta(days=200)).isoformat())
    assert project.goals.get().text == GOAL
    return project


def file_request(trip: Trip, trainee: Person, project: Project) -> None:
    make.member(
        Role.HELPDESK,
        language=trip.language,
        email="desk@ecett.example",
        first_name="Ruth",
        last_name="Ellery",
    )
    trainee.go(f"/helpdesk/projects/{project.public_id}/request/")
    trainee.submit(
        language=trip.language,
        sectors=["addiction"],
        expertise="How teams keep contact after discharge: aftercare",
        start=(today() + dt.timedelta(days=2)).isoformat(),
        end=(today() + dt.timedelta(days=9)).isoformat(),
        days="5",
        people="1",
    )
    assert project.requests.get().state == "filed"


# ── 3 ──
def propose(trip: Trip, project: Project) -> None:
    desk = trip.visitor()
    desk.sign_in("desk@ecett.example")
    request = project.requests.get()
    assert "Aftercare that stays reachable" in desk.text(), desk.text()
    desk.go(f"/helpdesk/requests/{request.public_id}/")
    assert desk.page.locator(".reasons li").count() >= 2, "ranked hosts come with their reasons"
    if not trip.host.spokesperson_email:
        desk.go(f"/helpdesk/requests/{request.public_id}/?{urlencode({'host': trip.host.name})}")
    desk.page.locator(f'[name="host"][value="{trip.host.public_id}"]').first.check(force=True)
    desk.press("button[form=propose]")
    if not trip.host.spokesperson_email:
        card = f"host-{trip.host.public_id}"
        desk.fill(**{f"{card}-contact_name": "Maja Lind", f"{card}-contact_email": "maja@host.example"})
    desk.press("main form [value=preview]")
    desk.press("main form [value=send]")
    assert request.proposals.get().state == "sent"


# ── 4 ──
def accept(trip: Trip, project: Project) -> None:
    host = trip.visitor("en")
    host.go(trip.mailbox("maja@host.example", "/helpdesk/answer/"))
    host.submit(choice="accept", words="You are welcome.")
    proposal = project.requests.get().proposals.get()
    assert (proposal.state, proposal.request.state) == ("accepted", "matched")


# ── 5 ──
def plan(trip: Trip, trainee: Person, project: Project) -> Internship:
    internship = project.internships.get()
    base = f"/trainee/stays/{internship.public_id}"
    trainee.go(f"{base}/details/")
    trainee.submit(
        logistics="A room at the house, meals with the team.", insurance="Employer's travel insurance"
    )
    trainee.go(f"{base}/programme/")
    trainee.press()
    assert internship.programme.count() >= 3, "the suggested programme is kept"
    trainee.go(f"{base}/budget/")
    prefix = trainee.page.locator('main [name$="-amount"]').first.get_attribute("name").rsplit("-", 1)[0]
    trainee.submit(
        **{f"{prefix}-head": "travel", f"{prefix}-amount": "312.50", f"{prefix}-funded_by": "grant"}
    )
    assert str(internship.budget.get().amount) == "312.50"
    return internship


def sign(trip: Trip, trainee: Person, internship: Internship) -> None:
    trainee.go(f"/trainee/stays/{internship.public_id}/agreement/")
    trainee.press()
    trip.made("agreement")
    agreement = internship.agreements.get()
    signatures = {signature.party: signature for signature in agreement.signatures.all()}
    trainee.go(f"/trainee/signatures/{signatures['trainee'].public_id}/")
    trainee.submit(typed_name="Lotte Claes", agree=True)
    for email, name in (("an@house.example", "An De Wilde"), ("maja@host.example", "Maja Lind")):
        party = trip.visitor()
        party.go(trip.mailbox(email, "/trainee/sign/"))
        party.submit(typed_name=name, agree=True)
    agreement.refresh_from_db(fields=["sealed_at"])
    internship = Internship.objects.get(pk=internship.pk)
    assert agreement.sealed_at is not None
    assert (internship.state, internship.project.state) == ("agreed", "do")
    sealed = trip.made("agreement")
    assert sealed.sealed


# ── 6 ──
def confirm(trip: Trip, internship: Internship) -> None:
    trainee = trip.visitor()
    trainee.sign_in("lotte@house.example", "salt water candle")
    trainee.go(f"/trainee/projects/{internship.project.public_id}/")
    trainee.press(f'main form[action$="/{internship.public_id}/attendance/ask/"] button')
    host = trip.visitor("en")
    host.go(trip.mailbox("maja@host.example", "/trainee/attendance/"))
    host.press("main form .btn-primary")
    internship = Internship.objects.get(pk=internship.pk)
    assert internship.state == "confirmed"
    assert internship.confirmed_days is not None
    assert internship.confirmed_days >= 3


def evaluate(trip: Trip, trainee: Person, internship: Internship) -> None:
    trainee.go(f"/trainee/stays/{internship.public_id}/look-back/")
    goal = internship.project.goals.get()
    trainee.set(f"goal-{goal.public_id}-result", "met")
    trainee.submit(usefulness="5", preparation="4", again="yes", comment="I learned to stay reachable.")
    for email, party in (("maja@host.example", "host"), ("an@house.example", "employer")):
        other = trip.visitor()
        other.go(trip.mailbox(email, f"/trainee/look-back/{party}/"))
        other.submit(usefulness="5", preparation="5", again="yes", comment="Gladly again.")
    assert internship.evaluations.count() == 3
    assert Project.objects.get(pk=internship.project_id).state == "act"


def report(trip: Trip, trainee: Person, internship: Internship) -> None:
    trainee.go(f"/trainee/stays/{internship.public_id}/practice/")
    trainee.submit(title="One phone number for a year", description=PRACTICE, anonymity_declared=True)
    practice = internship.reported_practices.get().practice
    trainee.go(f"/good-practices/{practice.public_id}/edit/")
    trainee.fill(competences_text="Staying in contact without an appointment", anonymity_declared=True)
    trainee.press('main form [value="submit"]')
    trainee.go(f"/trainee/stays/{internship.public_id}/new-host/")
    trainee.submit(
        name="Huset vid Ån", country="SE", city="Borås", summary="A day centre for adults after treatment."
    )
    card = internship.reported_hosts.get().host
    trainee.go(f"/hosts/{card.public_id}/edit/")
    trainee.fill(sectors=["addiction"])
    trainee.press('main form [value="submit"]')
    desk = trip.visitor()
    desk.sign_in("desk@ecett.example")
    expert = trip.visitor()
    expert.sign_in(make.member(Role.JUROR, email="expert@ecett.example").email)
    told, met = f"/good-practices/{practice.public_id}/", f"/hosts/{card.public_id}/"
    for reader, path, step in ((desk, told, "pass_on"), (expert, told, "publish"), (desk, met, "publish")):
        reader.go(path)
        reader.press(f'main form[action$="{path}{step}/"] button')
    visitor = trip.visitor()
    visitor.go("/good-practices/?q=phone+number")
    assert "One phone number for a year" in visitor.text()
    visitor.go("/hosts/?q=Huset+vid")
    assert "Huset vid Ån" in visitor.text()


# ── 7 ──
def certificate_a(trip: Trip, trainee: Person) -> None:
    document = trip.made("certificate")
    assert document.sealed
    trainee.go("/certification/")
    stranger = trip.visitor()
    stranger.go(f"/verify/{document.code}/")
    assert "Lotte Claes" in stranger.text()
    assert trip.host.name in stranger.text()


# ── 8 ──
def certificate_b(trip: Trip, trainee: Person, internship: Internship) -> None:
    from certification.models import Certificate, Dossier

    secretary = make.member(Role.SECRETARY, email="secretary@ecett.example")
    jurors = [
        make.member(Role.CHAIR if n == 0 else Role.JUROR, email=f"juror{n}@ecett.example") for n in range(3)
    ]
    workshop = make.WorkshopFactory()
    practice = internship.reported_practices.get().practice
    trainee.go(f"/network/workshops/{workshop.public_id}/")
    trainee.submit(practice=practice.title)
    keeper = trip.visitor()
    keeper.sign_in(secretary.email)
    presentation = workshop.presentations.get()
    keeper.go(f"/network/workshops/{workshop.public_id}/")
    keeper.press(f'main form[action$="/{presentation.public_id}/confirm/"] button')
    trainee.go("/certification/")
    trainee.press('main form[action$="/open/B/"] button')
    dossier = Dossier.objects.get(candidate__email="lotte@house.example", level="B")
    trainee.go(f"/certification/dossiers/{dossier.public_id}/")
    trainee.press('main form[action$="/submit/"] button')
    session = make.JurySessionFactory(day=today())
    for number, juror in enumerate(jurors):
        make.seat(session, juror, chair=number == 0)
    keeper.go("/certification/queue/")
    keeper.fill(chosen=[str(dossier.public_id)], session=str(session.public_id))
    keeper.press('main form[action$="/queue/"] .btn-primary')
    keeper.press('main form [name="confirm"]')
    for juror in jurors:
        voter = trip.visitor()
        voter.sign_in(juror.email)
        voter.go(f"/certification/dossiers/{dossier.public_id}/")
        voter.fill(vote="yes", reason="A practice told so that others can try it.")
        voter.press('main form[action$="/vote/"] .btn-primary')
    chair = trip.visitor()
    chair.sign_in(jurors[0].email)
    chair.go(f"/certification/dossiers/{dossier.public_id}/")
    chair.set("reason", "Told so that others can try it.")
    chair.press('main form[action$="/decide/"] .btn-primary')
    assert Dossier.objects.get(pk=dossier.pk).state == "awarded"
    certificate = Certificate.objects.get(dossier=dossier)
    document = trip.made("certificate")
    assert document.pk == certificate.document_id
    stranger = trip.visitor()
    stranger.go(f"/verify/{document.code}/")
    assert "Lotte Claes" in stranger.text()


# ── 9 ──
def account(trip: Trip, internship: Internship) -> None:
    from grants.models import Entry

    contract = make.ContractFactory(coordinator=internship.project.employer)
    make.member(Role.COORDINATOR, email="money@ecett.example")
    coordinator = trip.visitor()
    coordinator.sign_in("money@ecett.example")
    coordinator.go(f"/grants/contracts/{contract.public_id}/attach/{internship.public_id}/")
    coordinator.press('main form [value="preview"]')
    coordinator.press('main form [value="post"]')
    entries = Entry.objects.filter(transaction__contract=contract)
    assert sum(entry.amount for entry in entries) == 0
    support = {
        entry.account.head: entry.amount for entry in entries if entry.account.head.startswith("support_")
    }
    assert sorted(support.values()) == [70, 140, 140]
    coordinator.go(f"/grants/contracts/{contract.public_id}/report/")
