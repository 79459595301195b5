"""What the services of the journey write, and what they refuse."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from ecett.accounts.enums import Role
from ecett.core.actors import Actor
from ecett.core.clock import now, today
from ecett.core.models import Notification
from ecett.core.workflow import Blocked, Denied, StaleTransition
from tests.factories import (
    HostFactory,
    InternshipFactory,
    OrganisationFactory,
    ProfileFactory,
    ProjectFactory,
    UserFactory,
    person,
)
from tests.trainees.conftest import agreed_stay, confirmed_stay, planned_stay, signing
from trainees import links, services, signals
from trainees.models import Agreement, Goal, Internship, Project, Signature

pytestmark = pytest.mark.django_db


def letters(kind: str) -> list[tuple[str, str]]:
    """(address, language) of the letters of a kind, in order."""
    found = Notification.objects.filter(kind=f"trainees.{kind}").order_by("pk")
    return list(found.values_list("email", "language"))


def by_link(signature: Signature) -> Actor:
    return Actor.link(
        purpose=links.SIGN,
        subject=signature.pk,
        name=signature.name,
        role=signature.party,
        email=signature.email,
    )


# ── Profile and project ───────────────────────────────────────────────────────────────────────────────
def test_profile_replaces_rows_and_fills_open_projects() -> None:
    trainee = person(Role.TRAINEE)
    project = services.start_project(trainee=trainee, title="Aftercare", language="nl")
    employer = OrganisationFactory(name="De Oever vzw")
    services.save_profile(user=trainee, languages=[("en", "B1"), ("nl", "C2")])
    profile = services.save_profile(
        user=trainee,
        languages=[("en", "B2")],
        resume=[{"kind": "work", "title": "Educator", "start_year": 2019}],
        employer=employer,
        employer_contact="An De Wilde",
        employer_email="an@oever.example",
        employer_language="nl",
    )
    assert list(profile.languages.values_list("language", "level")) == [("en", "B2")]
    assert list(profile.resume.values_list("title", "start_year")) == [("Educator", 2019)]
    project.refresh_from_db()
    assert (project.employer, project.employer_contact) == (employer, "An De Wilde")


def test_profile_leaves_a_project_with_another_employer_alone() -> None:
    profile = ProfileFactory()
    project = services.start_project(trainee=profile.user, title="Aftercare", language="en")
    services.save_profile(user=profile.user, employer=OrganisationFactory(), employer_contact="New Boss")
    project.refresh_from_db()
    assert project.employer == profile.employer
    assert project.employer_contact == "Ann Boss"


def test_start_project_twice_begins_one() -> None:
    trainee = person(Role.TRAINEE)
    first = services.start_project(trainee=trainee, title="Aftercare", language="en")
    second = services.start_project(trainee=trainee, title="Aftercare", language="en")
    assert first.pk == second.pk
    assert first.number.startswith(f"{today().year}-")


def test_employer_is_found_by_name_and_town_or_added_with_coordinates() -> None:
    known = OrganisationFactory(name="De Oever", country="BE", city="Gent")
    assert services.find_or_add_employer(name="de oever", country="BE", city="gent") == known
    new = services.find_or_add_employer(name="De Oever", country="BE", city="Antwerpen")
    assert new != known
    assert (round(new.latitude or 0, 1), round(new.longitude or 0, 1)) == (51.2, 4.4)


def texts(project: Project) -> list[str]:
    return [goal.text for goal in Goal.objects.filter(project=project)]


def test_goals_are_put_in_another_order() -> None:
    project = ProjectFactory()
    one, two, three = (services.add_goal(project=project, text=text) for text in ("one", "two", "three"))
    for goal, place, order in (
        (three, 0, ["three", "one", "two"]),
        (three, 0, ["three", "one", "two"]),
        (one, 2, ["three", "two", "one"]),
        (two, 99, ["three", "one", "two"]),
        (two, 1, ["three", "two", "one"]),
    ):
        services.place_goal(goal=goal, place=place)
        assert texts(project) == order, (goal.text, place)
    services.delete_goal(goal=two)
    services.place_goal(goal=one, place=0)
    assert texts(project) == ["one", "three"]
    assert services.add_goal(project=project, text="four").position > three.position
    stay = planned_stay()
    goal = services.add_goal(project=stay.project, text="Another")
    services.make_agreement(internship=stay, actor=stay.project.trainee)
    with pytest.raises(Blocked, match="already says this"):
        services.place_goal(goal=goal, place=0)


def test_goals_are_refused_once_the_agreement_is_written() -> None:
    stay = planned_stay()
    goal = services.add_goal(project=stay.project, text="One more goal", deadline=today())
    assert services.add_goal(project=stay.project, text="One more goal", deadline=today()) == goal
    signing(stay)
    with pytest.raises(Blocked, match="Change the plan"):
        services.add_goal(project=stay.project, text="Too late")
    with pytest.raises(Blocked, match="Change the plan"):
        services.delete_goal(goal=goal)


# ── The stay ──────────────────────────────────────────────────────────────────────────────────────────
def test_create_internship_knows_companions_and_says_so(project: Project) -> None:
    heard: list[Internship] = []

    def listen(sender: object, internship: Internship, **kwargs: object) -> None:
        heard.append(internship)

    signals.internship_created.connect(listen)
    try:
        jonas = UserFactory(email="jonas@example.org")
        stay = services.create_internship(
            project=project,
            host=HostFactory(meals="free", accommodation="no"),
            start=today(),
            end=today() + dt.timedelta(days=4),
            host_contact="Maja Lind",
            host_email="maja@example.org",
            host_language="sv",
            companions=[("Jonas Peeters", "Jonas@example.org"), ("Eva", "")],
        )
    finally:
        signals.internship_created.disconnect(listen)
    assert heard == [stay]
    assert [(row.name, row.user) for row in stay.companions.all()] == [
        ("Jonas Peeters", jonas),
        ("Eva", None),
    ]
    assert stay.logistics == "Meals: free, offered by the host\nNights: not offered by the host"
    with pytest.raises(Blocked, match="already has a host"):
        services.create_internship(
            project=project, host=HostFactory(), start=today(), end=today(), host_contact="B",
            host_email="b@example.org", host_language="en",
        )  # fmt: skip


def test_usual_programme_leaves_weekends_out() -> None:
    from trainees.services.internships import usual_programme

    friday = dt.date(2027, 2, 12)
    stay = InternshipFactory(start=friday, end=friday + dt.timedelta(days=3))
    assert [row["day"] for row in usual_programme(stay)] == [
        friday,
        dt.date(2027, 2, 15),
        dt.date(2027, 2, 15),
    ]
    stay.start = stay.end = dt.date(2027, 2, 13)
    assert {row["day"] for row in usual_programme(stay)} == {dt.date(2027, 2, 13)}


def test_programme_outside_the_stay_is_refused_and_nothing_lost() -> None:
    stay = planned_stay()
    before = list(stay.programme.values_list("day", "activity"))
    with pytest.raises(Blocked, match="outside the stay"):
        services.save_programme(
            internship=stay,
            items=[{"day": stay.end + dt.timedelta(days=1), "time": dt.time(9), "activity": "Late"}],
        )
    assert list(stay.programme.values_list("day", "activity")) == before


# ── The agreement ─────────────────────────────────────────────────────────────────────────────────────
def test_agreement_says_everything_that_is_missing() -> None:
    stay = InternshipFactory(project__employer=None, project__employer_email="")
    with pytest.raises(Blocked) as refused:
        services.make_agreement(internship=stay, actor=stay.project.trainee)
    assert refused.value.reasons == [
        "Set at least one goal.",
        "Say in your profile who employs you.",
        "Say who approves your departure, with an e-mail address.",
        "Write the programme of the days.",
        "Say how you are insured during the stay.",
    ]
    assert not Agreement.objects.exists()


def test_agreement_asks_the_outsiders_in_their_language_and_once() -> None:
    stay = planned_stay(employer_language="nl", employer_email="an@oever.example")
    stay.host_language = "fr"
    stay.save()
    first = services.make_agreement(internship=stay, actor=stay.project.trainee)
    second = services.make_agreement(
        internship=Internship.objects.get(pk=stay.pk), actor=stay.project.trainee
    )
    assert first == second
    assert first.version == 1
    assert letters("sign_request") == [("an@oever.example", "nl"), ("maja@example.org", "fr")]
    assert first.document.context["parties"][0]["name"] == stay.project.trainee.get_full_name()
    assert first.language == "en"


def test_only_the_trainee_makes_the_agreement() -> None:
    stay = planned_stay()
    with pytest.raises(Denied):
        services.make_agreement(internship=stay, actor=person(Role.TRAINEE))


def test_last_signature_seals_and_begins_the_stay() -> None:
    agreement = signing()
    trainee, employer, host = agreement.signatures.order_by("pk")
    services.sign(signature=host, typed_name="Maja Lind", actor=by_link(host))
    services.sign(signature=trainee, typed_name="Ada", actor=trainee.user)
    agreement.refresh_from_db()
    assert agreement.state == "signing"
    services.sign(signature=employer, typed_name="Ann Boss", actor=by_link(employer))
    agreement = Agreement.objects.get(pk=agreement.pk)
    stay = agreement.internship
    assert (agreement.state, stay.state, stay.project.state) == ("sealed", "agreed", "do")
    assert set(agreement.signatures.values_list("signed_sha256", flat=True)) == {"a" * 64}
    assert agreement.sealed_document.supersedes == agreement.document
    said = agreement.sealed_document.context
    assert [row["hand"] for row in said["signatures"]] == ["Ada", "Ann Boss", "Maja Lind"]
    assert said["signed_text"] == "a" * 64
    assert len(letters("agreement_sealed")) == 3


def test_sign_twice_changes_nothing() -> None:
    agreement = signing()
    signature = agreement.signatures.get(party="host")
    first = services.sign(signature=signature, typed_name="Maja Lind", actor=by_link(signature))
    again = services.sign(signature=signature, typed_name="Somebody Else", actor=by_link(signature))
    assert (again.signed_name, again.signed_at) == ("Maja Lind", first.signed_at)


def test_sign_is_refused_to_everybody_else() -> None:
    agreement = signing()
    trainee, employer, host = agreement.signatures.order_by("pk")
    for actor in (by_link(employer), trainee.user, person(Role.HOST, organisation=OrganisationFactory())):
        with pytest.raises(Denied):
            services.sign(signature=host, typed_name="X", actor=actor)
    spokesperson = person(Role.HOST, organisation=agreement.internship.host.organisation)
    assert services.sign(signature=host, typed_name="Maja", actor=spokesperson).signed_at is not None


def test_sign_waits_for_the_document() -> None:
    stay = planned_stay()
    agreement = services.make_agreement(internship=stay, actor=stay.project.trainee)
    signature = agreement.signatures.get(party="host")
    with pytest.raises(Blocked, match="still being made"):
        services.sign(signature=signature, typed_name="Maja", actor=by_link(signature))


def test_replan_voids_the_agreement_tells_the_signers_and_allows_a_new_version() -> None:
    agreement = signing()
    host = agreement.signatures.get(party="host")
    services.sign(signature=host, typed_name="Maja", actor=by_link(host))
    stay = Internship.objects.get(pk=agreement.internship_id)
    services.replan(internship=stay, actor=stay.project.trainee)
    agreement.refresh_from_db()
    assert agreement.state == "void"
    assert agreement.document.__class__.objects.get(pk=agreement.document_id).revoked_at is not None
    assert len(letters("agreement_void")) == 2
    employer = agreement.signatures.get(party="employer")
    with pytest.raises(StaleTransition, match="withdrawn"):
        services.sign(signature=employer, typed_name="Ann", actor=by_link(employer))
    new = services.make_agreement(internship=Internship.objects.get(pk=stay.pk), actor=stay.project.trainee)
    assert new.version == 2


def test_remind_signer_once_in_three_days() -> None:
    agreement = signing()
    host = agreement.signatures.get(party="host")
    trainee = agreement.internship.project.trainee
    with pytest.raises(Blocked, match="You can remind again from"):
        services.remind_signer(signature=host, actor=trainee)
    Signature.objects.filter(pk=host.pk).update(asked_at=now() - dt.timedelta(days=4))
    services.remind_signer(signature=host, actor=trainee)
    assert letters("sign_reminder") == [("maja@example.org", "en")]
    with pytest.raises(Blocked, match="You can remind again from"):
        services.remind_signer(signature=host, actor=trainee)


def test_cancel_after_sealing_tells_everybody_and_reopens_planning() -> None:
    stay = agreed_stay(start=today() + dt.timedelta(days=20))
    services.cancel_internship(internship=stay, actor=stay.project.trainee, comment="I am ill.")
    stay.refresh_from_db()
    assert (stay.state, Project.objects.get(pk=stay.project_id).state) == ("cancelled", "plan")
    assert stay.agreements.get().state == "void"
    row = stay.log.get(step="cancel")
    assert (row.actor, row.comment) == (stay.project.trainee, "I am ill.")
    assert len(letters("stay_cancelled")) == 2
    assert "I am ill." in Notification.objects.filter(kind="trainees.stay_cancelled")[0].text


def test_drop_cancels_the_open_stay() -> None:
    stay = agreed_stay(start=today() + dt.timedelta(days=20))
    services.drop_project(project=stay.project, actor=stay.project.trainee, comment="New job")
    stay.refresh_from_db()
    project = Project.objects.get(pk=stay.project_id)
    assert (stay.state, project.state) == ("cancelled", "dropped")
    assert services.resume_project(project=project, actor=project.trainee).state == "plan"


# ── Check ─────────────────────────────────────────────────────────────────────────────────────────────
def test_attendance_counts_halves_and_moves_to_check() -> None:
    stay = agreed_stay()
    host = person(Role.HOST, organisation=stay.host.organisation)
    days = {stay.start: Decimal(1), stay.start + dt.timedelta(days=1): Decimal("0.5"), stay.end: Decimal(0)}
    services.confirm_attendance(internship=stay, days=days, actor=host)
    stay = Internship.objects.get(pk=stay.pk)
    assert stay.confirmed_days == Decimal("1.5")
    assert list(stay.attendance.values_list("amount", flat=True)) == [Decimal("1.0"), Decimal("0.5")]
    assert stay.project.state == "check"
    assert len(letters("evaluation_request")) == 2
    assert len(letters("attendance_confirmed")) == 1
    with pytest.raises(StaleTransition):
        services.confirm_attendance(internship=stay, days=days, actor=host)


@pytest.mark.parametrize(
    ("offset", "amount", "text"),
    [(9, "1", "outside"), (0, "0.25", "whole, half"), (0, "0", "at least half"), (-1, "1", "outside")],
)
def test_attendance_refuses_what_cannot_be(offset: int, amount: str, text: str) -> None:
    stay = agreed_stay()
    host = person(Role.HOST, organisation=stay.host.organisation)
    with pytest.raises(Blocked, match=text):
        services.confirm_attendance(
            internship=stay, days={stay.start + dt.timedelta(days=offset): Decimal(amount)}, actor=host
        )


def test_attendance_waits_for_the_last_day() -> None:
    stay = agreed_stay(start=today() - dt.timedelta(days=1))
    host = person(Role.HOST, organisation=stay.host.organisation)
    with pytest.raises(Blocked, match="not over yet"):
        services.confirm_attendance(internship=stay, days={stay.start: Decimal(1)}, actor=host)
    with pytest.raises(Blocked, match="not over yet"):
        services.ask_attendance(internship=stay, actor=stay.project.trainee)


def test_due_hosts_are_asked_once_and_again_after_a_week() -> None:
    agreed_stay()
    agreed_stay(start=today())
    assert services.ask_due_attendance() == 1
    assert services.ask_due_attendance() == 0
    Notification.objects.update(created_at=now() - dt.timedelta(days=8))
    assert services.ask_due_attendance() == 1


def test_three_looks_back_move_to_act() -> None:
    stay = confirmed_stay()
    complete: list[Internship] = []

    def listen(sender: object, internship: Internship, **kwargs: object) -> None:
        complete.append(internship)

    signals.evaluations_complete.connect(listen)
    try:
        host = Actor.link(
            purpose="evaluate_host", subject=stay.pk, name="Maja Lind", role="host", email="maja@example.org"
        )
        employer = person(Role.EMPLOYER, organisation=stay.project.employer)
        marks = {"usefulness": 5, "preparation": 4, "again": True}
        first = services.evaluate(internship=stay, party="host", actor=host, comment="Fine", **marks)
        again = services.evaluate(internship=stay, party="host", actor=host, comment="Other", **marks)
        assert (again.pk, again.comment) == (first.pk, "Fine")
        with pytest.raises(Denied):
            services.evaluate(internship=stay, party="employer", actor=host, **marks)
        services.evaluate(internship=stay, party="employer", actor=employer, **marks)
        services.evaluate(internship=stay, party="trainee", actor=stay.project.trainee, **marks)
    finally:
        signals.evaluations_complete.disconnect(listen)
    assert complete == [stay]
    assert Project.objects.get(pk=stay.project_id).state == "act"
    assert len(letters("all_looked_back")) == 1


def test_goals_are_judged_after_the_stay_only() -> None:
    early = planned_stay().project.goals.get()
    with pytest.raises(Blocked, match="once the host"):
        services.judge_goal(goal=early, result="met")
    goal = confirmed_stay().project.goals.get()
    assert services.judge_goal(goal=goal, result="partly", comment="7 of 10").result == "partly"


# ── Act ───────────────────────────────────────────────────────────────────────────────────────────────
def test_new_host_is_a_draft_of_the_trainee() -> None:
    stay = confirmed_stay()
    host = services.report_host(
        internship=stay, author=stay.project.trainee, name="Kotisatama", country="FI", city="Helsinki"
    )
    assert (host.moderation, host.created_by) == ("draft", stay.project.trainee)
    assert [report.host for report in stay.reported_hosts.all()] == [host]


def test_practice_knows_the_host() -> None:
    stay = confirmed_stay()
    practice = services.report_practice(
        internship=stay,
        author=stay.project.trainee,
        title="One phone number",
        description="It stays open.",
        anonymity_declared=True,
    )
    assert (practice.kind, practice.host, practice.country.code) == ("trainee", stay.host, "SE")
    assert practice.authors.get().user == stay.project.trainee
    same = services.report_practice(internship=stay, author=stay.project.trainee, title="One phone number")
    assert same == practice


def test_finish_only_from_act() -> None:
    stay = confirmed_stay()
    with pytest.raises(StaleTransition):
        services.finish_project(project=Project.objects.get(pk=stay.project_id), actor=stay.project.trainee)
