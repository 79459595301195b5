"""The people of a team: written down with the card, carried by a merge, seen by those who need them only."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecett.core import links
from ecett.core.clock import today
from hosts.exports import HOST_COLUMNS, export_rows
from hosts.models import Host, HostCheck, HostContact
from hosts.services import merge_hosts, undo_merge, update_host
from tests.factories import (
    HostFactory,
    InternshipFactory,
    OrganisationFactory,
    ProjectFactory,
    UserFactory,
    confirmed_internship,
    person,
)
from trainees.models import Companion
from trainees.rules import CONTACT_DAYS

pytestmark = pytest.mark.django_db
ERIK = {
    "role": "logistics", "name": "Erik Berg", "email": "erik@example.org", "phone": "+46 31 123 45",
    "languages": ["sv", "en"],
}  # fmt: skip


@pytest.fixture
def host() -> Host:
    made = HostFactory(
        organisation=OrganisationFactory(kind="hosting"),
        created_by=person("trainee"),
        spokesperson_phone="+46 31 999 99",
    )
    HostContact.objects.create(host=made, **ERIK)
    return made


def seen_by(user: Any, host: Host) -> bool:
    """Whether her page names Erik; it names the spokesperson then, and nobody otherwise."""
    client = Client()
    if user is not None:
        client.force_login(user)
    text = client.get(reverse("hosts:host_detail", args=[host.public_id])).content.decode()
    told = {part in text for part in ("Erik Berg", "erik@example.org", "+46 31 123 45", "+46 31 999 99")}
    assert len(told) == 1
    return told.pop()


# ── who sees them ───────────────────────────────────────────────────────────────────────────────────────────
def test_seen_by_those_who_need_them(host: Host) -> None:
    assert seen_by(person("helpdesk"), host)
    assert seen_by(person("admin"), host)
    assert seen_by(host.created_by, host)
    assert seen_by(person("host", organisation=host.organisation), host)


def test_not_seen_by_others(host: Host) -> None:
    assert not seen_by(None, host)
    for role in ("trainee", "employer", "juror", "secretary", "coordinator"):
        assert not seen_by(person(role), host)
    assert not seen_by(person("host", organisation=OrganisationFactory()), host)


def test_seen_by_a_trainee_from_the_agreed_stay_until_some_weeks_after_it(host: Host) -> None:
    trainee, mate = person("trainee"), UserFactory()
    stay = InternshipFactory(host=host, project=ProjectFactory(trainee=trainee))
    Companion.objects.create(internship=stay, name="Mate", user=mate)
    assert seen_by(trainee, host)
    assert seen_by(mate, host)
    assert not seen_by(trainee, HostFactory(spokesperson_phone="+46 31 999 99"))
    stay.delete()
    assert not seen_by(trainee, host)


@pytest.mark.parametrize(("ago", "seen"), [(CONTACT_DAYS, True), (CONTACT_DAYS + 1, False)])
def test_a_stay_that_is_long_over_is_no_reason(host: Host, ago: int, seen: bool) -> None:
    stay = confirmed_internship(host=host, ended_days_ago=ago)
    assert seen_by(stay.project.trainee, host) is seen


def test_a_cancelled_stay_is_no_reason(host: Host) -> None:
    stay = InternshipFactory(host=host, state="cancelled")
    assert not seen_by(stay.project.trainee, host)


def test_never_in_a_sheet(host: Host) -> None:
    row = export_rows(Host.objects.filter(pk=host.pk)).get()
    told = " ".join(str(column.of(row)) for column in HOST_COLUMNS)
    for secret in ("Erik", "erik@example.org", "+46", host.spokesperson_name, host.spokesperson_email):
        assert secret not in told


# ── written down ────────────────────────────────────────────────────────────────────────────────────────────
def typed(host: Host, **changes: Any) -> dict[str, Any]:
    """What the form of this card sends."""
    sent = {
        "name": host.name, "country": "SE", "city": host.city, "sectors": ["addiction"], "language": "en",
        "summary": host.summary, "expertise": host.expertise, "lang0-language": "sv", "lang0-level": "C2",
        "spokesperson_name": host.spokesperson_name, "spokesperson_email": host.spokesperson_email,
        "spokesperson_phone": host.spokesperson_phone, "intent": "draft",
    }  # fmt: skip
    return {**sent, **changes}


def test_form_shows_keeps_changes_and_takes_away(host: Host) -> None:
    client = Client()
    client.force_login(person("helpdesk"))
    edit = reverse("hosts:host_edit", args=[host.public_id])
    assert "Erik Berg" in client.get(edit).content.decode()
    line = {"contact0-name": "Erik Berg", "contact0-role": "director", "contact0-speaks": "fi"}
    assert client.post(edit, typed(host, **line)).status_code == 302
    (row,) = host.contacts.all()
    assert (row.role, row.languages, row.email) == ("director", ["fi"], "")
    assert client.post(edit, typed(host, **line)).status_code == 302
    assert host.contacts.count() == 1
    assert client.post(edit, typed(host)).status_code == 302
    assert not host.contacts.exists()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"contact0-email": "erik@example.org"}, "Whose is this?"),
        ({"contact0-name": "Erik", "contact0-phone": "call me"}, "A telephone number is figures"),
        ({"contact0-name": "Erik", "contact0-email": "erik"}, "valid email"),
        ({"contact0-name": "Erik", "contact0-role": "king"}, "valid choice"),
        ({"contact0-name": "E" * 201}, "200 characters"),
        ({"spokesperson_phone": "<script>"}, "A telephone number is figures"),
    ],
)
def test_wrong_lines_are_refused_beside_their_field(host: Host, line: dict[str, str], words: str) -> None:
    client = Client()
    client.force_login(person("helpdesk"))
    answer = client.post(reverse("hosts:host_edit", args=[host.public_id]), typed(host, **line))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert host.contacts.get().name == "Erik Berg"


def test_the_team_changes_them_by_the_yearly_link(host: Host) -> None:
    check = HostCheck.objects.create(
        host=host, email=host.spokesperson_email, asked_on=today(), last_letter_on=today()
    )
    token = links.make(purpose="host_check", subject=check, email=check.email, role="host", days=9)
    line = {"contact0-name": "Sara Holm", "contact0-role": "guide"}
    assert Client().post(reverse("hosts:check_edit", args=[token]), typed(host, **line)).status_code == 302
    assert host.contacts.get().name == "Sara Holm"


def test_the_same_person_twice_is_one(host: Host) -> None:
    update_host(host=host, actor=person("helpdesk"), contacts=[ERIK, ERIK, {**ERIK, "role": "guide"}])
    assert sorted(host.contacts.values_list("role", flat=True)) == ["guide", "logistics"]


# ── carried by a merge ──────────────────────────────────────────────────────────────────────────────────────
def test_a_merge_carries_them_and_its_undo_takes_them_back(host: Host) -> None:
    other, desk = HostFactory(), person("helpdesk")
    sara = HostContact.objects.create(host=other, role="guide", name="Sara Holm")
    same = HostContact.objects.create(host=other, **ERIK)
    merge = merge_hosts(host=other, into=host, actor=desk)
    assert sorted(host.contacts.values_list("name", flat=True)) == ["Erik Berg", "Sara Holm"]
    undo_merge(merge=merge, actor=desk)
    assert set(other.contacts.all()) == {sara, same}
    assert host.contacts.get().name == "Erik Berg"


def test_many_contacts_cost_no_more_than_few(host: Host, django_assert_max_num_queries: Any) -> None:
    client = Client()
    client.force_login(person("helpdesk"))
    page = reverse("hosts:host_detail", args=[host.public_id])
    client.get(page)
    with django_assert_max_num_queries(200) as few:
        client.get(page)
    HostContact.objects.bulk_create(
        HostContact(host=host, role="guide", name=f"Guide {at}") for at in range(30)
    )
    with django_assert_max_num_queries(len(few)):
        client.get(page)


def test_days_after_the_stay_are_what_the_page_says() -> None:
    text = str(dt.timedelta(days=CONTACT_DAYS).days)
    host = HostFactory()
    client = Client()
    client.force_login(person("helpdesk"))
    assert (
        f"until {text} days after"
        in client.get(reverse("hosts:host_detail", args=[host.public_id])).content.decode()
    )
