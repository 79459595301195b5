"""Administrators keep people, roles and organisations under /admin/; nobody else comes in."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.accounts.models import Membership, User
from ecett.core.models import Notification
from tests.factories import OrganisationFactory, person

pytestmark = pytest.mark.django_db

NO_ROWS = {
    "memberships-TOTAL_FORMS": "1",
    "memberships-INITIAL_FORMS": "0",
    "memberships-MIN_NUM_FORMS": "0",
    "memberships-MAX_NUM_FORMS": "1000",
}


@pytest.fixture(autouse=True)
def plain(settings: Any) -> None:
    """Django's own templates name variables that may be missing."""
    settings.SECOND_FACTOR_ROLES = ()
    settings.TEMPLATES = copy.deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""


@pytest.fixture
def admin(client: Any) -> Any:
    client.force_login(person(Role.ADMIN, first_name="Ruth"))
    return client


def added(client: Any, **fields: str) -> Any:
    data = {"first_name": "Ana", "last_name": "Horvat", "email": "Ana@Example.org ", "language": "en"}
    return client.post(reverse("admin:accounts_user_add"), data | {"is_active": "on"} | NO_ROWS | fields)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_no_other_role_comes_in(client: Any, role: Role) -> None:
    client.force_login(person(role, organisation=OrganisationFactory()))
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403


def test_visitor_signs_in_on_the_portals_page(client: Any) -> None:
    answer = client.get("/admin/accounts/user/", follow=True)
    path, _status = answer.redirect_chain[-1]
    assert path.startswith("/accounts/login/?next=")


def test_administrator_sees_people_with_their_roles(admin: Any) -> None:
    person(Role.HELPDESK, first_name="Ciara", last_name="Byrne")
    page = admin.get(reverse("admin:accounts_user_changelist")).content.decode()
    assert "Ciara Byrne" in page
    assert "Helpdesk · English" in page
    assert "ECETT: administration" in page


def test_list_of_people_takes_as_many_queries_with_thirty(
    admin: Any, django_assert_max_num_queries: Any
) -> None:
    for _each in range(30):
        person(Role.JUROR)
    with django_assert_max_num_queries(14):
        assert admin.get(reverse("admin:accounts_user_changelist")).status_code == 200


def test_new_person_has_a_role_and_can_choose_a_password(admin: Any, client: Any) -> None:
    row = {
        "memberships-0-role": "helpdesk",
        "memberships-0-language": "fr",
        "memberships-0-starts_on": "2026-01-01",
    }
    assert added(admin, **row).status_code == 302
    ana = User.objects.get(email="ana@example.org")
    assert not ana.has_usable_password()
    assert EmailAddress.objects.get(user=ana).verified
    assert Membership.objects.get(user=ana).language == "fr"
    client.logout()
    client.post("/accounts/password/reset/", {"email": "ana@example.org"})
    assert "/accounts/password/reset/key/" in Notification.objects.get(email="ana@example.org").text


def test_an_address_is_one_persons(admin: Any) -> None:
    person(Role.JUROR, email="ana@example.org")
    answer = added(admin)
    assert answer.status_code == 200
    assert "Somebody has this address already." in answer.content.decode()


def test_helpdesk_needs_its_language(admin: Any) -> None:
    answer = added(admin, **{"memberships-0-role": "helpdesk", "memberships-0-starts_on": "2026-01-01"})
    assert answer.status_code == 200
    assert not User.objects.filter(email="ana@example.org").exists()


def test_nothing_is_deleted_and_letters_are_only_read(admin: Any) -> None:
    someone = person(Role.JUROR)
    assert admin.post(reverse("admin:accounts_user_delete", args=[someone.pk])).status_code == 403
    assert admin.get(reverse("admin:core_notification_changelist")).status_code == 200
    assert admin.get(reverse("admin:core_notification_add")).status_code == 403


def test_lists_say_what_they_hold_and_name_languages(admin: Any) -> None:
    User.objects.filter(pk=person(Role.JUROR).pk).update(language="nl")
    Notification.objects.create(
        kind="x", email="a@example.org", language="fr", subject_line="Hello", text="t", html="h"
    )
    people = admin.get(reverse("admin:accounts_user_changelist")).content.decode()
    assert "<h1>People</h1>" in people
    assert '<a href="?language=nl">Dutch</a>' in people
    assert "Show counts" not in people
    outbox = admin.get(reverse("admin:core_notification_changelist")).content.decode()
    assert "<h1>Outgoing e-mails</h1>" in outbox
    assert '<a href="?language=fr">French</a>' in outbox
    narrowed = admin.get(reverse("admin:core_notification_changelist") + "?language=en").content.decode()
    assert "Hello" not in narrowed


def test_start_page_has_one_list(admin: Any) -> None:
    page = admin.get("/admin/").content.decode()
    assert page.count("<caption>") == 1
    for word in ("Organisations</a>", "Outgoing e-mails</a>", "People</a>"):
        assert word in page


def test_person_who_may_not_sign_in_is_said_so(admin: Any) -> None:
    gone = person(Role.JUROR, first_name="Gone")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    page = admin.get(reverse("admin:accounts_user_changelist") + "?is_active__exact=0").content.decode()
    assert "Gone" in page
    assert "May sign in" in page
