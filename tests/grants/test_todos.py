"""What waits for a coordinator: which stays, since when, and contracts that end."""

import datetime as dt

import pytest
from django.test.utils import CaptureQueriesContext

from ecett.core.clock import now, today
from ecett.core.todo import todos
from grants.models import Contract
from grants.selectors.todos import coordinator_todos
from grants.services import attach_internship
from tests.factories import OrganisationFactory, person
from tests.grants.conftest import stay_of, url
from trainees.models import Internship, InternshipLog

pytestmark = pytest.mark.usefixtures("without_second_factor")


def test_stay_without_a_mobility_waits_for_the_coordinator(contract, stay, coordinator, ecett):
    [todo] = [each for each in todos(coordinator) if each.url == url("attach", contract, stay)]
    assert str(stay.project.trainee) in str(todo.title)
    assert todos(person("coordinator", organisation=OrganisationFactory())) == []
    assert len(todos(ecett)) == 1
    attach_internship(contract=contract, internship=stay, actor=coordinator)
    assert todos(coordinator) == []
    Internship.objects.filter(pk=stay.pk).update(state="cancelled")
    assert "Take a cancelled stay off" in str(todos(coordinator)[0].title)


def test_stay_waits_since_it_was_agreed_and_says_how_long_its_contract_runs(
    contract, stay, coordinator, signatory
):
    later = stay_of(signatory)
    for days, one in ((9, later), (3, stay)):
        InternshipLog.objects.create(subject=one, step="seal", to_state="agreed")
        InternshipLog.objects.filter(subject=one).update(at=now() - dt.timedelta(days=days))
    found = todos(coordinator)
    assert [each.url for each in found] == [url("attach", contract, later), url("attach", contract, stay)]
    assert found[0].since.date() == (now() - dt.timedelta(days=9)).date()
    assert f"Contract {contract.code} runs until {contract.end.day} " in str(found[0].text)
    assert str(stay.host) in str(found[0].text)
    assert found[0].deadline is None, "a year is no hurry"
    Contract.objects.update(end=today() + dt.timedelta(days=80))
    attach, end = todos(coordinator)[-1], todos(coordinator)[0]
    assert attach.deadline == end.deadline == today() + dt.timedelta(days=80)


@pytest.mark.parametrize(
    ("days", "title"),
    [(91, ""), (90, "ends soon"), (0, "ends soon"), (-1, "has ended"), (-60, "has ended"), (-61, "")],
)
def test_end_of_a_contract_is_said_around_its_last_day(contract, coordinator, days, title):
    Contract.objects.update(end=today() + dt.timedelta(days=days))
    found = todos(coordinator)
    assert [title in str(each.title) for each in found] == ([True] if title else [])
    if title:
        assert f"€{contract.awarded:,.2f} of €{contract.awarded:,.2f} are not committed" in str(found[0].text)
        assert todos(person("coordinator", organisation=OrganisationFactory())) == []


def test_cancelled_stay_says_what_it_still_holds(contract, stay, coordinator):
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator)
    Internship.objects.update(state="cancelled")
    [found] = todos(coordinator)
    assert f"{mobility.mob_id} still holds €1,459.00 of contract {contract.code}" in str(found.text)


def test_todos_take_as_many_queries_for_ten_stays_as_for_one(
    contract, stay, coordinator, signatory, django_assert_max_num_queries
):
    from django.db import connection

    Contract.objects.update(end=today() + dt.timedelta(days=80))
    coordinator.hats  # noqa: B018 - asked for once a request
    with CaptureQueriesContext(connection) as one:
        assert len(list(coordinator_todos(coordinator))) == 2
    for _number in range(9):
        stay_of(signatory)
    with CaptureQueriesContext(connection) as ten:
        assert len(list(coordinator_todos(coordinator))) == 11
    assert len(one) == len(ten)
