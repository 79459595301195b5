"""Objects for tests. A factory makes the smallest true thing; a test says what matters to it."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory
from PIL import Image

from certification.models import Dossier, JurySeat, JurySession
from ecett.accounts.enums import OrganisationKind, Role
from ecett.accounts.models import Membership, Organisation, User
from ecett.core.cleaning.handed_on import CleanFile
from ecett.core.clock import now, today
from ecett.core.models import Picture
from ecett.core.pictures.services import add_picture
from ecett.core.pictures.sizes import make_sizes
from goodpractices.models import Attachment, GoodPractice, PracticeAuthor
from goodpractices.services.attachments import add_attachment
from grants.models import Contract, ContractSplit
from helpdesk.models import HelpRequest, Proposal
from hosts.models import Host, HostLanguage, HostSuggestion
from hosts.services import suggest_changes
from network.models import Presentation, Workshop
from trainees.models import Goal, Internship, Project, TraineeProfile

# In how many days the stay of a test begins.
AHEAD = 60


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = OrganisationKind.SENDING
    country = "BE"
    city = "Namur"
    latitude = 50.4669
    longitude = 4.8675
    language = "fr"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = "Ada"
    last_name = factory.Sequence(lambda n: f"Person{n}")
    language = "en"

    @factory.post_generation
    def password(self: User, create: bool, extracted: str | None, **kwargs: Any) -> None:
        self.set_password(extracted or "a long password")
        self.save()


def person(role: str, *, organisation: Organisation | None = None, language: str = "", **fields: Any) -> User:
    """A person with one hat. Helpdesk people serve English unless said otherwise."""
    if role == Role.HELPDESK and not language:
        language = "en"
    user = UserFactory(**fields)
    Membership.objects.create(
        user=user, role=role, organisation=organisation, language=language, starts_on=dt.date(2020, 1, 1)
    )
    return user


def member(role: str, **fields: Any) -> User:
    """A person who can sign in: her address is confirmed."""
    user = person(role, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make(model: Any, state_field: str, state: str, **fields: Any) -> Any:
    """Make a row directly in a state: protected fields may be set at construction only."""
    return model.objects.create(**{state_field: state}, **fields)


class HostFactory(DjangoModelFactory[Host]):
    """A published partner."""

    class Meta:
        model = Host
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Host {n}")
    status = "partner"
    moderation = "published"
    country = "SE"
    city = "Göteborg"
    latitude = 57.7072
    longitude = 11.9668
    sectors = ("addiction",)
    language = "en"
    summary = "Aftercare for adults who leave residential treatment."
    expertise = "Aftercare, relapse prevention"
    capacity = 2
    spokesperson_name = "Maja Lind"
    spokesperson_email = factory.Sequence(lambda n: f"maja{n}@example.org")
    spokesperson_language = "en"

    @factory.post_generation
    def languages(self: Host, create: bool, extracted: Any, **kwargs: Any) -> None:
        for language, level in extracted or [("en", "C1")]:
            HostLanguage.objects.create(host=self, language=language, level=level)


def attachment(practice: GoodPractice, author: User, *, title: str = "", **facts: Any) -> Attachment:
    """A document of a practice that waits for the desk; each has bytes of its own."""
    number = Attachment.objects.count()
    file = CleanFile("pdf", f"%PDF-1.4 document {number} of {practice.pk}".encode())
    return add_attachment(
        practice=practice,
        actor=author,
        file=file,
        title=title or f"Plan {number}",
        language="en",
        anonymity_declared=True,
        **facts,
    )


def suggestion(host: Host, author: User, **texts: str) -> HostSuggestion:
    """A suggestion that waits: other words for some of a card's fields, its summary unless said otherwise."""
    changes = {
        name: {"before": {name: [getattr(host, name)]}, "after": {name: [text]}}
        for name, text in (texts or {"summary": "Aftercare for adults, in two houses."}).items()
    }
    return suggest_changes(host=host, author=author, changes=changes, note="I was there in March.")


def picture(album: type[Picture], owner: Any) -> Picture:
    """A picture like no other owner's."""
    file = BytesIO()
    Image.new("RGB", (40 + owner.pk % 100, 30), "teal").save(file, "PNG")
    return add_picture(
        album=album,
        owner=owner,
        sizes=make_sizes(SimpleUploadedFile("a.png", file.getvalue())),
        alt="A teal wall",
        caption="",
        actor=None,
        most=8,
    )


class PracticeFactory(DjangoModelFactory[GoodPractice]):
    """A published practice, reported by its holder."""

    class Meta:
        model = GoodPractice

    title = factory.Sequence(lambda n: f"Practice {n}")
    kind = "holder"
    state = "published"
    country = "SE"
    city = "Göteborg"
    sectors = ("addiction",)
    description = "One phone number stays open for a year after discharge."
    anonymity_declared = True
    published_at = factory.LazyFunction(now)


def authored_practice(author: User, **fields: Any) -> GoodPractice:
    """A practice written by a trainee."""
    practice = PracticeFactory(kind="trainee", **fields)
    PracticeAuthor.objects.create(practice=practice, user=author)
    return practice


class ProfileFactory(DjangoModelFactory[TraineeProfile]):
    class Meta:
        model = TraineeProfile

    user = factory.LazyFunction(lambda: person(Role.TRAINEE))
    profession = "Educator"
    sector = "addiction"
    employer = factory.SubFactory(OrganisationFactory)
    employer_contact = "Ann Boss"
    employer_email = factory.Sequence(lambda n: f"boss{n}@example.org")
    employer_language = "en"


class ProjectFactory(DjangoModelFactory[Project]):
    class Meta:
        model = Project

    number = factory.Sequence(lambda n: f"2026-{n + 5000}")
    trainee = factory.LazyFunction(lambda: person(Role.TRAINEE))
    title = "Aftercare that stays reachable"
    problem = "People who leave our house lose contact with us within weeks."
    employer = factory.SubFactory(OrganisationFactory)
    employer_contact = "Ann Boss"
    employer_email = factory.Sequence(lambda n: f"boss{n}@example.org")
    employer_language = "en"


class GoalFactory(DjangoModelFactory[Goal]):
    class Meta:
        model = Goal

    project = factory.SubFactory(ProjectFactory)
    text = "By 30 June 2027 every resident who leaves has a contact person within 14 days; now 4 of 10 have."


class RequestFactory(DjangoModelFactory[HelpRequest]):
    """A filed request to the English desk."""

    class Meta:
        model = HelpRequest

    number = factory.Sequence(lambda n: f"2026-{n + 7000}")
    project = factory.SubFactory(ProjectFactory)
    state = "filed"
    language = "en"
    sectors = ("addiction",)
    expertise = "aftercare"
    start = factory.LazyFunction(lambda: today() + dt.timedelta(days=AHEAD))
    end = factory.LazyFunction(lambda: today() + dt.timedelta(days=AHEAD + 30))
    days = 5
    filed_at = factory.LazyFunction(now)


class ProposalFactory(DjangoModelFactory[Proposal]):
    """A proposal that was sent and waits for the host."""

    class Meta:
        model = Proposal

    request = factory.SubFactory(RequestFactory, state="proposed")
    host = factory.SubFactory(HostFactory)
    state = "sent"
    start = factory.LazyFunction(lambda: today() + dt.timedelta(days=AHEAD))
    end = factory.LazyFunction(lambda: today() + dt.timedelta(days=AHEAD + 4))
    contact_name = "Maja Lind"
    contact_email = "maja@example.org"
    contact_language = "en"
    sent_at = factory.LazyFunction(now)
    answer_by = factory.LazyFunction(lambda: today() + dt.timedelta(days=10))


class InternshipFactory(DjangoModelFactory[Internship]):
    """A planned stay of five days."""

    class Meta:
        model = Internship

    project = factory.SubFactory(ProjectFactory)
    host = factory.SubFactory(HostFactory)
    start = factory.LazyFunction(lambda: today() + dt.timedelta(days=AHEAD))
    end = factory.LazyAttribute(lambda o: o.start + dt.timedelta(days=4))
    host_contact = "Maja Lind"
    host_email = "maja@example.org"
    host_language = "en"


def confirmed_internship(*, days: str = "5.0", ended_days_ago: int = 10, **fields: Any) -> Internship:
    """A stay that is over and that the host has confirmed."""
    end = today() - dt.timedelta(days=ended_days_ago)
    fields.setdefault("start", end - dt.timedelta(days=4))
    return InternshipFactory(end=end, state="confirmed", confirmed_days=days, confirmed_at=now(), **fields)


class WorkshopFactory(DjangoModelFactory[Workshop]):
    class Meta:
        model = Workshop

    title = "Spring workshop"
    day = factory.LazyFunction(lambda: today() - dt.timedelta(days=5))
    city = "Bruxelles"
    country = "BE"


class PresentationFactory(DjangoModelFactory[Presentation]):
    class Meta:
        model = Presentation

    workshop = factory.SubFactory(WorkshopFactory)
    practice = factory.SubFactory(PracticeFactory)
    presenter = factory.LazyFunction(lambda: person(Role.TRAINEE))


class DossierFactory(DjangoModelFactory[Dossier]):
    class Meta:
        model = Dossier

    number = factory.Sequence(lambda n: f"B-2026-{n + 100}")
    candidate = factory.LazyFunction(lambda: person(Role.TRAINEE))
    level = "B"
    opened_on = factory.LazyFunction(today)


class JurySessionFactory(DjangoModelFactory[JurySession]):
    class Meta:
        model = JurySession

    title = "Jury B"
    day = factory.LazyFunction(lambda: today() + dt.timedelta(days=7))
    place = "online"
    level = "B"
    quorum = 3


def seat(session: JurySession, user: User, *, chair: bool = False) -> JurySeat:
    """A juror's place in a session."""
    return JurySeat.objects.create(session=session, user=user, is_chair=chair)


class ContractFactory(DjangoModelFactory[Contract]):
    """A contract of a Polish school signatory of the call 2022, with the usual split."""

    class Meta:
        model = Contract
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"2022-1-PL01-KA121-SCH-{n:09d}")
    title = "Learning beside colleagues"
    call_year = 2022
    action = "KA121"
    sector = "SCH"
    agency = "PL01"
    coordinator = factory.SubFactory(
        OrganisationFactory, country="PL", city="Gdańsk", latitude=54.352, longitude=18.6466, kind="signatory"
    )
    start = factory.LazyFunction(lambda: today() - dt.timedelta(days=365))
    end = factory.LazyFunction(lambda: today() + dt.timedelta(days=365))
    awarded = "40000.00"

    @factory.post_generation
    def splits(self: Contract, create: bool, extracted: Any, **kwargs: Any) -> None:
        for rate, ecett, helpdesk, signatory in extracted or [("350", "140", "70", "140")]:
            ContractSplit.objects.create(
                contract=self, rate=rate, ecett=ecett, helpdesk=helpdesk, signatory=signatory
            )
