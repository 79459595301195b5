"""Who must not judge whom, and what a juror with an interest never sees."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certification import services
from certification.models import Dossier, JuryVote
from certification.selectors.conflicts import conflicts
from certification.selectors.jury import tally_of
from ecett.accounts.enums import Role
from ecett.accounts.models import Membership
from ecett.core.workflow import Blocked, Denied
from hosts.models import HostContact
from tests.certification.scene import before_jury, colleague, jury, stay_of
from tests.factories import (
    HostFactory,
    OrganisationFactory,
    ProfileFactory,
    ProjectFactory,
    person,
)
from trainees.models import Companion

pytestmark = pytest.mark.django_db


def _host_of_candidate(candidate: Any, juror: Any) -> None:
    house = OrganisationFactory()
    Membership.objects.create(user=juror, role="host", organisation=house)
    stay_of(candidate, host=HostFactory(organisation=house), ago=30)


def _spokesperson(candidate: Any, juror: Any) -> None:
    stay_of(candidate, host=HostFactory(spokesperson_email=juror.email.upper()), ago=30)


def _somebody_of_the_team(candidate: Any, juror: Any) -> None:
    stay = stay_of(candidate, host=HostFactory(), ago=30)
    HostContact.objects.create(host=stay.host, role="director", name="J", email=juror.email.upper())


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
    colleague, _host_of_candidate, _spokesperson, _somebody_of_the_team, _companion, _candidate_came_along,
    _both_came_along, _project_employer,
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
