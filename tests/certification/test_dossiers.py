"""The candidate's dossier, and what her records prove."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certification import services
from certification.enums import DossierState
from certification.models import Certificate, Dossier
from certification.selectors import evidence_for, judge, ladder_of, missing_before_jury
from certification.selectors.dossier import dossier_facts
from ecett.accounts.enums import Role
from ecett.core.clock import now, today
from ecett.core.workflow import Blocked, Denied, StaleTransition
from tests.certification.scene import full_candidate, practice_of, stay_of
from tests.factories import (
    DossierFactory,
    HostFactory,
    InternshipFactory,
    PracticeFactory,
    PresentationFactory,
    ProjectFactory,
    WorkshopFactory,
    person,
)
from trainees.models import Companion

pytestmark = pytest.mark.django_db


def _rung(user: object, level: str) -> object:
    return next(rung for rung in ladder_of(user) if rung.level == level)


def test_full_candidate_has_all_that_b_asks() -> None:
    user = full_candidate()
    rung = _rung(user, "B")
    assert rung.missing == ()
    assert [line.code for line in rung.lines] == [
        "stay_days", "practice", "competences", "publication", "workshop",
    ]  # fmt: skip
    assert rung.lines[0].evidence == "Vågbrytaren, Göteborg"
    assert rung.lines[4].evidence == "The evening café run by former residents"


def test_support_that_lasted_too_long_counts_with_its_reason_until_the_day_agreed() -> None:
    """Four years after certificate C: only an extension, with its reason, helps."""
    user = full_candidate()
    start = today() - dt.timedelta(days=4 * 365)
    Certificate.objects.create(
        number="C-2022-1",
        level="C",
        holder=user,
        holder_name=str(user),
        awarded_on=start,
        dossier=DossierFactory(candidate=user, level="C", state="awarded"),
    )
    dossier = services.open_dossier(candidate=user, level="D")

    def lacks(**words: object) -> set[str]:
        services.save_dossier(
            dossier=dossier, actor=user, work_title="House", teaching_support_start=start, **words
        )
        return {one.code for one in judge(Dossier.objects.get(pk=dossier.pk)).missing}

    assert "extension_with_reason" in lacks()
    assert "extension_with_reason" in lacks(extension_reason="  ")
    assert "extension_with_reason" not in lacks(extension_reason="Parental leave.")
    until = today() - dt.timedelta(days=30)
    assert "extension_with_reason" in lacks(extension_reason="Parental leave.", extended_until=until)
    assert "extension_with_reason" not in lacks(extension_reason="Parental leave.", extended_until=today())
    fresh = Dossier.objects.get(pk=dossier.pk)
    assert (fresh.extension_reason, fresh.extended_until) == ("Parental leave.", today())


def test_ladder_says_what_c_lacks() -> None:
    user = full_candidate()
    missing = _rung(user, "C").missing
    assert missing[0] == "Confirmed days of training still missing: 5."
    assert missing[1] == "Different centres still missing: 2."
    assert missing[2] == "Published good practices from confirmed stays still missing: 2."


def test_unconfirmed_stay_and_presentation_prove_nothing() -> None:
    user = person(Role.TRAINEE)
    stay = InternshipFactory(project=ProjectFactory(trainee=user), state="agreed")
    practice = practice_of(user, stay)
    PresentationFactory(practice=practice, presenter=user)
    evidence = evidence_for(user, "B", today())
    assert evidence.stays[0].confirmed is False
    assert evidence.practices[0].presented_at_workshop is False


def test_companions_stay_counts_for_her_as_joint() -> None:
    colleague = person(Role.TRAINEE)
    stay = stay_of(person(Role.TRAINEE), days="3.0")
    Companion.objects.create(internship=stay, name="Colleague", user=colleague)
    evidence = evidence_for(colleague, "B", today())
    assert [(one.person, one.confirmed_days) for one in evidence.stays] == [("joint", 3.0)]


def test_merged_hosts_are_one_centre() -> None:
    user = person(Role.TRAINEE)
    kept = HostFactory()
    gone = HostFactory(moderation="merged", merged_into=kept)
    gone_before = HostFactory(moderation="merged", merged_into=gone)
    for number, host in enumerate((kept, gone_before)):
        stay_of(user, host=host, ago=10 + 20 * number)
    evidence = evidence_for(user, "C", today())
    assert evidence.merged == {gone_before.public_id: gone.public_id, gone.public_id: kept.public_id}
    line = next(line for line in _rung(user, "C").lines if line.code == "centres")
    assert line.have == 1


def test_draft_asks_for_nothing_and_sending_for_everything() -> None:
    user = person(Role.TRAINEE)
    dossier = services.open_dossier(candidate=user, level="B")
    services.save_dossier(dossier=dossier, actor=user, statement="Not much yet.")
    with pytest.raises(Blocked) as refusal:
        services.submit_dossier(dossier=dossier, actor=user)
    assert refusal.value.reasons[0].startswith("Confirmed days still missing in one stay")
    dossier.refresh_from_db()
    assert (dossier.state, dossier.statement) == (DossierState.DRAFT, "Not much yet.")


def test_opening_twice_gives_one_dossier() -> None:
    user = full_candidate()
    first = services.open_dossier(candidate=user, level="B")
    assert services.open_dossier(candidate=user, level="B") == first
    assert first.number == f"B-{today().year}-1"
    with pytest.raises(Blocked):
        services.open_dossier(candidate=user, level="A")


def test_complete_dossier_is_sent_and_then_closed() -> None:
    user = full_candidate()
    dossier = services.open_dossier(candidate=user, level="B")
    sent = services.submit_dossier(dossier=dossier, actor=user)
    assert sent.state == DossierState.SUBMITTED
    with pytest.raises(StaleTransition):
        services.save_dossier(dossier=sent, actor=user, statement="Too late")
    with pytest.raises(StaleTransition):
        services.submit_dossier(dossier=dossier, actor=user)


def test_only_the_candidate_writes_and_sends() -> None:
    dossier = services.open_dossier(candidate=full_candidate(), level="B")
    other = person(Role.TRAINEE)
    with pytest.raises(Denied):
        services.save_dossier(dossier=dossier, actor=other, statement="Mine now")
    with pytest.raises(Denied):
        services.submit_dossier(dossier=dossier, actor=other)


def test_chosen_practices_alone_count() -> None:
    user = full_candidate()
    unfinished = practice_of(user, stay_of(user, ago=40), title="Another", competences_text="")
    dossier = services.open_dossier(candidate=user, level="B")
    services.save_dossier(dossier=dossier, actor=user, practices=[unfinished])
    assert [one.code for one in judge(dossier).missing] == ["competences", "workshop"]
    services.save_dossier(dossier=dossier, actor=user)
    assert judge(dossier).eligible


def test_others_practices_cannot_be_chosen() -> None:
    user = full_candidate()
    dossier = services.open_dossier(candidate=user, level="B")
    with pytest.raises(Blocked, match="you wrote"):
        services.save_dossier(dossier=dossier, actor=user, practices=[PracticeFactory()])


def test_withdrawn_dossier_makes_room_for_another() -> None:
    user = full_candidate()
    first = services.open_dossier(candidate=user, level="B")
    services.withdraw_dossier(dossier=first, actor=user)
    assert services.open_dossier(candidate=user, level="B") != first


def test_project_is_needed_before_the_jury_but_presented_there() -> None:
    user = person(Role.TRAINEE)
    for number in range(3):
        practice_of(user, stay_of(user, host=HostFactory(), ago=10 + 10 * number))
    dossier = services.open_dossier(candidate=user, level="C")
    assert missing_before_jury(dossier) == [
        "The title of your project or masterpiece.", "Your project or masterpiece in a few words.",
    ]  # fmt: skip
    services.save_dossier(dossier=dossier, actor=user, work_title="Night café", work_text="Open all night.")
    dossier.refresh_from_db()
    assert missing_before_jury(dossier) == []
    assert [one.code for one in judge(dossier).missing] == ["execution_project"]


def test_paper_counts_once_two_people_have_seen_it() -> None:
    user = person(Role.TRAINEE)
    dossier = services.open_dossier(candidate=user, level="C")
    start = today() - dt.timedelta(days=400)
    record = {"host": "Old house, Namur", "country": "BE", "start": start.isoformat(),
              "end": (start + dt.timedelta(days=3)).isoformat(), "confirmed_days": 4.0}  # fmt: skip
    paper = services.add_paper(dossier=dossier, actor=user, kind="stay", record=record, note="A letter")

    def days() -> float:
        return next(one.have for one in judge(dossier).conditions if one.code == "days")

    first, second = person(Role.SECRETARY), person(Role.ADMIN)
    services.verify_paper(paper=paper, actor=first)
    services.verify_paper(paper=paper, actor=first)
    assert days() == 0
    services.verify_paper(paper=paper, actor=second)
    assert days() == 4
    facts = dossier_facts(dossier)
    assert (facts.papers[0].verified, facts.papers[0].needed) == (2, 2)
    with pytest.raises(Denied):
        services.verify_paper(paper=paper, actor=user)
    services.remove_paper(paper=paper, actor=user)
    assert days() == 0


def test_paper_that_cannot_be_read_is_refused_with_the_reason() -> None:
    user = person(Role.TRAINEE)
    dossier = services.open_dossier(candidate=user, level="C")
    record = {"host": "X", "start": "2025-02-03", "end": "2025-02-01", "confirmed_days": 1}
    with pytest.raises(Blocked, match="before it starts"):
        services.add_paper(dossier=dossier, actor=user, kind="stay", record=record, note="")


def test_ladder_takes_the_same_queries_for_one_stay_and_many() -> None:
    one, many = full_candidate(), full_candidate()
    workshop = WorkshopFactory()
    for number in range(8):
        practice = practice_of(many, stay_of(many, host=HostFactory(), ago=20 + 10 * number))
        PresentationFactory(workshop=workshop, practice=practice, presenter=many, confirmed_at=now())
    counts = []
    for user in (one, many):
        with CaptureQueriesContext(connection) as queries:
            ladder_of(user)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14


def test_dossiers_of_others_are_not_visible() -> None:
    dossier = DossierFactory()
    sent = DossierFactory(state="submitted")
    secretary, trainee, desk = person(Role.SECRETARY), person(Role.TRAINEE), person(Role.HELPDESK)
    assert set(Dossier.objects.visible_to(secretary)) == {sent}
    assert not Dossier.objects.visible_to(trainee).exists()
    assert not Dossier.objects.visible_to(desk).exists()
    assert list(Dossier.objects.visible_to(dossier.candidate)) == [dossier]
