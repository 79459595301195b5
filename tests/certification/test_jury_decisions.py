"""Decisions of a jury: majority, ties, what blocks an award, two at once."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from certification import services
from certification.enums import DossierState
from certification.models import Certificate, Dossier
from certification.services import kinds
from ecett.accounts.enums import Role
from ecett.core.clock import today
from ecett.core.models import Notification
from ecett.core.workflow import Blocked, Denied, StaleTransition
from tests.certification.scene import before_jury, jury, practice_of, stay_of, vote_all
from tests.factories import (
    HostFactory,
    person,
)

pytestmark = pytest.mark.django_db


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
