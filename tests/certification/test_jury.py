"""Sessions, conflicts, blind votes, decisions."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from certification import services
from certification.enums import DossierState
from certification.models import Certificate, Dossier, JuryVote
from certification.selectors.conflicts import conflicts
from certification.selectors.jury import seats_of, sessions_for, tally_of
from certification.services import kinds
from certification.services.jury import why_not
from ecett.accounts.enums import Role
from ecett.accounts.models import Membership
from ecett.core.clock import today
from ecett.core.models import Notification
from ecett.core.workflow import Blocked, Denied, StaleTransition
from tests.certification.scene import before_jury, full_candidate, jury, practice_of, stay_of
from tests.factories import (
    DossierFactory,
    HostFactory,
    JurySessionFactory,
    OrganisationFactory,
    ProfileFactory,
    ProjectFactory,
    person,
    seat,
)
from trainees.models import Companion

pytestmark = pytest.mark.django_db


def vote_all(dossier: Dossier, people: list[Any], *votes: str) -> None:
    for juror, vote in zip(people, votes, strict=True):
        services.cast_vote(
            dossier=dossier, juror=juror, vote=vote, reason="" if vote == "yes" else "Too thin."
        )


# ── Conflicts ───────────────────────────────────────────────────────────────────────────────────────────
def _colleague(candidate: Any, juror: Any) -> None:
    # The same interest may be drawn twice; one membership says it.
    employer = candidate.trainee_profile.employer
    Membership.objects.get_or_create(user=juror, role="juror", organisation=employer)


def _host_of_candidate(candidate: Any, juror: Any) -> None:
    house = OrganisationFactory()
    Membership.objects.create(user=juror, role="host", organisation=house)
    stay_of(candidate, host=HostFactory(organisation=house), ago=30)


def _spokesperson(candidate: Any, juror: Any) -> None:
    stay_of(candidate, host=HostFactory(spokesperson_email=juror.email.upper()), ago=30)


def _companion(candidate: Any, juror: Any) -> None:
    Companion.objects.create(internship=stay_of(candidate, ago=30), name="J", user=juror)


def _candidate_came_along(candidate: Any, juror: Any) -> None:
    Companion.objects.create(internship=stay_of(juror, ago=30), name="C", user=candidate)


def _both_came_along(candidate: Any, juror: Any) -> None:
    stay = stay_of(person(Role.TRAINEE), ago=30)
    for user in (candidate, juror):
        Companion.objects.create(internship=stay, name="X", user=user)


def _project_employer(candidate: Any, juror: Any) -> None:
    house = OrganisationFactory()
    ProjectFactory(trainee=candidate, employer=house)
    Membership.objects.create(user=juror, role="employer", organisation=house)


INTERESTS = (
    _colleague, _host_of_candidate, _spokesperson, _companion, _candidate_came_along, _both_came_along,
    _project_employer,
)  # fmt: skip


@pytest.mark.parametrize("interest", INTERESTS)
def test_juror_with_an_interest_never_sees_the_dossier(interest: Any) -> None:
    found = jury()
    dossier = before_jury(found)
    assert dossier in Dossier.objects.judged_by(found.second)
    interest(dossier.candidate, found.second)
    found.second.__dict__.pop("hats", None)
    assert dossier not in Dossier.objects.judged_by(found.second)
    assert (found.second.pk, dossier.candidate_id) in conflicts([found.second], [dossier.candidate])
    assert not Dossier.objects.visible_to(found.second).exists()
    with pytest.raises(Denied):
        services.cast_vote(dossier=dossier, juror=found.second, vote="yes")


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(INTERESTS), st.integers(0, 2), st.integers(0, 1)), max_size=4))
def test_queryset_and_reasons_agree(ties: list[tuple[Any, int, int]]) -> None:
    found = jury()
    candidates = [ProfileFactory().user for _n in range(2)]
    dossiers = [before_jury(found, one) for one in candidates]
    for interest, juror, candidate in ties:
        interest(candidates[candidate], found.people[juror])
    for juror in found.people:
        juror.__dict__.pop("hats", None)
        seen = set(
            Dossier.objects.judged_by(juror).filter(session=found.session).values_list("pk", flat=True)
        )
        free = {
            one.pk for one in dossiers if (juror.pk, one.candidate_id) not in conflicts([juror], candidates)
        }
        assert seen == free


def test_recused_juror_loses_the_dossier_and_her_vote() -> None:
    found = jury()
    dossier = before_jury(found)
    services.cast_vote(dossier=dossier, juror=found.second, vote="yes")
    with pytest.raises(Blocked, match="say why"):
        services.recuse(dossier=dossier, juror=found.second, reason="  ")
    services.recuse(dossier=dossier, juror=found.second, reason="We went to school together.")
    services.recuse(dossier=dossier, juror=found.second, reason="again")
    assert dossier not in Dossier.objects.judged_by(found.second)
    tally = tally_of(dossier)
    assert (tally.recused, tally.yes) == (1, 0)
    row = JuryVote.objects.get(dossier=dossier, juror=found.second)
    assert row.recusal_reason == "We went to school together."


# ── Sessions ────────────────────────────────────────────────────────────────────────────────────────────
def _new_session(**changes: Any) -> Any:
    found = jury()
    values = {
        "actor": person(Role.SECRETARY), "title": "Jury", "day": today(), "place": "online", "level": "B",
        "quorum": 2, "jurors": found.people, "chair": found.chair, **changes,
    }  # fmt: skip
    return services.save_session(**values), found


def test_session_has_one_chair_who_can_change() -> None:
    session, found = _new_session()
    services.save_session(
        session=session, actor=person(Role.SECRETARY), title="Jury 2", day=today(), place="Torino", level="B",
        quorum=2, jurors=found.people[1:], chair=found.third,
    )  # fmt: skip
    assert [(one.user, one.is_chair) for one in session.seats.all()] == [
        (found.third, True),
        (found.second, False),
    ]


def test_session_needs_jurors_of_the_network_and_a_reachable_quorum() -> None:
    with pytest.raises(Blocked, match="jurors of the network"):
        _new_session(chair=person(Role.TRAINEE))
    with pytest.raises(Blocked, match="only 3 jurors"):
        _new_session(quorum=4)
    with pytest.raises(Denied):
        _new_session(actor=person(Role.JUROR))


def test_juror_who_has_voted_stays() -> None:
    found = jury()
    dossier = before_jury(found)
    services.cast_vote(dossier=dossier, juror=found.third, vote="yes")
    with pytest.raises(Blocked, match="cannot be taken away"):
        services.save_session(
            session=found.session, actor=person(Role.SECRETARY), title="x", day=today(), place="x", level="B",
            quorum=1, jurors=[found.chair], chair=found.chair,
        )  # fmt: skip


def test_scheduling_tells_candidate_and_jurors_without_the_name() -> None:
    found, secretary = jury(), person(Role.SECRETARY)
    user = full_candidate()
    dossier = services.submit_dossier(dossier=services.open_dossier(candidate=user, level="B"), actor=user)
    services.schedule_dossier(dossier=dossier, session=found.session, actor=secretary)
    asked = Notification.objects.filter(kind=kinds.JUROR_ASKED)
    assert {one.email for one in asked} == {one.email for one in found.people}
    assert not any("Zielińska" in one.text or "Zielińska" in one.subject_line for one in asked)
    assert Notification.objects.get(kind=kinds.DOSSIER_SCHEDULED).email == user.email
    with pytest.raises(StaleTransition):
        services.schedule_dossier(dossier=dossier, session=found.session, actor=secretary)


def test_dossier_needs_level_quorum_and_a_chair_without_interest() -> None:
    found = jury(quorum=2)
    dossier = DossierFactory(candidate=full_candidate(), state="submitted")
    seats = list(found.session.seats.select_related("user"))
    assert why_not(dossier, found.session, seats) == ""
    assert "level B" in why_not(dossier, jury(level="C").session, seats)
    _colleague(dossier.candidate, found.chair)
    assert why_not(dossier, found.session, seats) == "The chair has an interest in the candidate."
    _colleague(dossier.candidate, found.second)
    assert "Only 1 jurors" in why_not(dossier, found.session, seats)


# ── Votes ───────────────────────────────────────────────────────────────────────────────────────────────
def test_vote_is_final_and_the_same_twice_is_one() -> None:
    found = jury()
    dossier = before_jury(found)
    first = services.cast_vote(dossier=dossier, juror=found.second, vote="yes")
    assert services.cast_vote(dossier=dossier, juror=found.second, vote="yes").pk == first.pk
    with pytest.raises(Blocked, match="final"):
        services.cast_vote(dossier=dossier, juror=found.second, vote="no", reason="Second thoughts")


@pytest.mark.parametrize("vote", ["no", "abstain"])
def test_no_and_abstention_need_a_reason(vote: str) -> None:
    found = jury()
    with pytest.raises(Blocked, match="say why"):
        services.cast_vote(dossier=before_jury(found), juror=found.second, vote=vote, reason=" ")


def test_stranger_does_not_vote() -> None:
    dossier = before_jury(jury())
    with pytest.raises(Denied):
        services.cast_vote(dossier=dossier, juror=person(Role.JUROR), vote="yes")
    with pytest.raises(Denied):
        services.cast_vote(dossier=dossier, juror=dossier.candidate, vote="yes")


def test_juror_sees_neither_name_nor_votes_before_her_own(client: Client) -> None:
    found = jury()
    dossier = before_jury(found)
    services.cast_vote(dossier=dossier, juror=found.chair, vote="no", reason="The budget is missing.")
    client.force_login(found.second)
    page = f"/certification/dossiers/{dossier.public_id}/"
    before = client.get(page).content.decode()
    assert "Zielińska" not in before
    assert "The budget is missing." not in before
    assert f"Candidate {dossier.number}" in before
    client.post(f"{page}vote/", {"vote": "yes", "reason": "Clear and tried out."})
    after = client.get(page).content.decode()
    assert "Zielińska" in after
    assert "The budget is missing." in after


def test_list_of_the_jury_shows_no_name_before_the_decision(client: Client) -> None:
    found = jury()
    before_jury(found)
    client.force_login(found.second)
    html = client.get("/certification/").content.decode()
    assert "Your vote is missing" in html
    assert "Zielińska" not in html


# ── Decisions ───────────────────────────────────────────────────────────────────────────────────────────
def test_majority_awards_the_certificate_and_freezes_the_evidence() -> None:
    found = jury()
    dossier = before_jury(found)
    vote_all(dossier, found.people, "yes", "yes", "no")
    decided = services.decide(dossier=dossier, actor=found.chair, reason="Well observed.")
    certificate = Certificate.objects.get(dossier=decided)
    assert decided.state == DossierState.AWARDED
    assert (certificate.number, certificate.holder) == (f"B-{today().year}-1", dossier.candidate)
    assert decided.evidence["eligible"] is True
    assert decided.evidence["votes"] == {
        "yes": 2, "no": 1, "abstain": 0, "recused": 0, "quorum": 3, "by_chair": False,
    }  # fmt: skip
    said = certificate.document.context
    assert said["sentence"].startswith("went from Gdańsk to Göteborg")
    assert said["facts"][1]["lines"] == ["The evening café run by former residents"]
    assert said["place_and_date"].startswith("Torino, ")
    assert said["signers"][0] == {"name": "Giulia Ferraris", "role": "Chair of the jury"}


def test_refusal_needs_its_reason_and_tells_the_candidate() -> None:
    found = jury()
    dossier = before_jury(found)
    vote_all(dossier, found.people, "no", "no", "yes")
    with pytest.raises(Blocked, match="refusal needs its reason"):
        services.decide(dossier=dossier, actor=found.chair)
    services.decide(dossier=dossier, actor=found.chair, reason="Show how it went at home.")
    assert not Certificate.objects.exists()
    letter = Notification.objects.get(kind=kinds.DOSSIER_REFUSED)
    assert letter.email == dossier.candidate.email
    assert "Show how it went at home." in letter.text


def test_tie_is_broken_by_the_chairs_own_vote() -> None:
    found = jury()
    dossier = before_jury(found)
    vote_all(dossier, found.people, "yes", "no", "abstain")
    decided = services.decide(dossier=dossier, actor=found.chair)
    assert decided.state == DossierState.AWARDED
    assert decided.evidence["votes"]["by_chair"] is True


def test_tie_without_the_chairs_word_is_no_decision() -> None:
    found = jury()
    dossier = before_jury(found)
    vote_all(dossier, found.people, "abstain", "no", "yes")
    with pytest.raises(Blocked, match="votes are equal"):
        services.decide(dossier=dossier, actor=found.chair)


def test_decision_waits_for_the_quorum_and_the_chair() -> None:
    found = jury()
    dossier = before_jury(found)
    vote_all(dossier, found.people[:2], "yes", "yes")
    with pytest.raises(Blocked, match="2 of 3 votes"):
        services.decide(dossier=dossier, actor=found.chair)
    services.cast_vote(dossier=dossier, juror=found.third, vote="yes")
    with pytest.raises(Denied):
        services.decide(dossier=dossier, actor=found.second)


def test_award_is_blocked_when_the_ladder_no_longer_holds() -> None:
    found = jury()
    dossier = before_jury(found)
    vote_all(dossier, found.people, "yes", "yes", "yes")
    dossier.candidate.presentations.update(confirmed_at=None)
    with pytest.raises(Blocked, match="ECETT workshop"):
        services.decide(dossier=dossier, actor=found.chair)


def test_project_is_presented_before_c_is_awarded() -> None:
    found = jury(level="C")
    user = person(Role.TRAINEE)
    for number in range(3):
        practice_of(user, stay_of(user, host=HostFactory(name=f"House {number}"), ago=10 + 10 * number))
    dossier = before_jury(found, user, work_title="Night café", work_text="…", execution_project="started")
    vote_all(dossier, found.people, "yes", "yes", "yes")
    with pytest.raises(Blocked, match="execution project"):
        services.decide(dossier=dossier, actor=found.chair)
    with pytest.raises(Denied):
        services.record_presentation(dossier=dossier, actor=found.second)
    services.record_presentation(dossier=dossier, actor=found.chair)
    decided = services.decide(dossier=dossier, actor=found.chair)
    facts = decided.certificate.document.context["facts"]
    assert facts[0]["lines"] == ["House 2", "House 1", "House 0"]
    assert decided.certificate.document.context["sentence"].startswith("trained for 15 days at 3 centres")


def test_decided_dossier_is_not_decided_again() -> None:
    found = jury()
    dossier = before_jury(found)
    vote_all(dossier, found.people, "yes", "yes", "yes")
    services.decide(dossier=dossier, actor=found.chair)
    with pytest.raises(StaleTransition):
        services.decide(dossier=dossier, actor=found.chair)
    with pytest.raises(StaleTransition):
        services.cast_vote(dossier=dossier, juror=found.second, vote="yes")


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_make_one_certificate() -> None:
    found = jury()
    dossier = before_jury(found)
    vote_all(dossier, found.people, "yes", "yes", "yes")
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def run() -> None:
        try:
            start.wait()
            services.decide(
                dossier=Dossier.objects.get(pk=dossier.pk),
                actor=type(found.chair).objects.get(pk=found.chair.pk),
            )
            outcomes.append("decided")
        except StaleTransition:
            outcomes.append("stale")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["decided", "stale"]
    assert Certificate.objects.filter(dossier=dossier).count() == 1


# ── Minutes ─────────────────────────────────────────────────────────────────────────────────────────────
def test_minutes_hold_jurors_recusals_votes_and_reasons() -> None:
    found, secretary = jury(quorum=2), person(Role.SECRETARY)
    dossier = before_jury(found)
    with pytest.raises(Blocked, match="not decided all"):
        services.make_minutes(session=found.session, actor=secretary)
    services.recuse(dossier=dossier, juror=found.third, reason="A cousin.")
    vote_all(dossier, found.people[:2], "no", "no")
    services.decide(dossier=dossier, actor=found.chair, reason="Not yet.")
    document = services.make_minutes(session=found.session, actor=secretary)
    said = document.context
    assert [one["role"] for one in said["jurors"]] == ["Chair", "Juror", "Juror"]
    votes = said["dossiers"][0]["votes"]
    assert [(one["vote"], one["reason"]) for one in votes] == [
        ("Do not award", "Too thin."), ("Do not award", "Too thin."), ("Did not take part", "A cousin."),
    ]  # fmt: skip
    assert {"label": "Reasons", "value": "Not yet."} in said["dossiers"][0]["facts"]
    # Asked for twice while it is being made: one document.
    assert services.make_minutes(session=found.session, actor=secretary).pk == document.pk


def test_counts_of_sessions_and_seats_take_the_same_queries_for_many() -> None:
    found, secretary = jury(), person(Role.SECRETARY)
    before_jury(found)
    assert secretary.role == Role.SECRETARY
    counts = []
    for more in (0, 6):
        for _n in range(more):
            before_jury(found)
            seat(JurySessionFactory(), person(Role.JUROR))
        dossiers = list(Dossier.objects.select_related("candidate", "session"))
        with CaptureQueriesContext(connection) as queries:
            seats_of(dossiers)
            list(sessions_for(secretary))
        counts.append(len(queries))
    assert counts[0] == counts[1]
