"""Sessions, blind votes and minutes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certification import services
from certification.models import Dossier
from certification.selectors.jury import seats_of, sessions_for
from certification.services import kinds
from certification.services.jury import why_not
from ecett.accounts.enums import Role
from ecett.core.clock import today
from ecett.core.models import Notification
from ecett.core.workflow import Blocked, Denied, StaleTransition
from tests.certification.scene import before_jury, colleague, full_candidate, jury, vote_all
from tests.factories import (
    DossierFactory,
    JurySessionFactory,
    person,
    seat,
)

pytestmark = pytest.mark.django_db


# ── Sessions ────────────────────────────────────────────────────────────────────────────────────────────────
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
    colleague(dossier.candidate, found.chair)
    assert why_not(dossier, found.session, seats) == "The chair has an interest in the candidate."
    colleague(dossier.candidate, found.second)
    assert "Only 1 jurors" in why_not(dossier, found.session, seats)


# ── Votes ───────────────────────────────────────────────────────────────────────────────────────────────────
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
    assert f"candidate {dossier.number}" in before
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


# ── Minutes ─────────────────────────────────────────────────────────────────────────────────────────────────
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
