"""Every address × every role × own and other organisation's object has an expected status, read and written.

The expectations stand in ``tests/permissions/expected.tsv``: one line an address and method, one cell a role,
``own/other`` (one figure where the address names no object). A status that differs fails, and so does an address
without a line. With ``ECETT_WRITE_MATRIX=FILE`` the answers of now are written to a file, to be read line by line
before it replaces the expectations.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions.arguments import ARGUMENTS
from tests.permissions.world import ROLES, Tenant, build

EXPECTED = Path(__file__).parent / "permissions" / "expected.tsv"
WRITE_TO = os.environ.get("ECETT_WRITE_MATRIX")
METHODS = ("GET", "POST")
# What answers somebody who is not signed in: directories, links in letters, the demonstration's mailbox.
PUBLIC = {
    "accounts:search_stop",
    "api:concept_detail",
    "api:concept_list",
    "api:country_list",
    "api:host_detail",
    "api:host_list",
    "api:nothing",
    "api:openapi",
    "api:page",
    "api:practice_detail",
    "api:practice_list",
    "api:sector_list",
    "core:demo_mail",
    "core:demo_mail_detail",
    "core:demo_mail_html",
    "goodpractices:attachment_file",
    "goodpractices:practice_atom",
    "goodpractices:practice_detail",
    "goodpractices:practice_json",
    "goodpractices:practice_list",
    "goodpractices:picture_file",
    "goodpractices:practice_print",
    "helpdesk:proposal_answer",
    "hosts:check_answer",
    "hosts:invitation_edit",
    "hosts:invitation_open",
    "hosts:invitation_photos",
    "hosts:check_edit",
    "hosts:check_photos",
    "hosts:host_detail",
    "hosts:host_geojson",
    "hosts:host_list",
    "hosts:photo_file",
    "hosts:town_find",
    "portal:accessibility",
    "portal:gallery",
    "portal:health_live",
    "portal:health_ready",
    "portal:home",
    "portal:privacy",
    "portal:search",
    "portal:statistics",
    "portal:statistics_export",
    "portal:verify",
    "portal:verify_form",
    "trainees:attendance",
    "trainees:look_back_by_link",
    "trainees:sign",
}


def addresses() -> list[str]:
    """The name of every address of the project; Django's admin and the sign-in library test their own."""
    return sorted(set(_walk(get_resolver(), "")))


def _walk(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from _walk(pattern, ":".join(part for part in (namespace, pattern.namespace) if part))
        elif isinstance(pattern, URLPattern):
            name = ":".join(part for part in (namespace, pattern.name) if part)
            if not name.startswith(("account_", "mfa_", "admin")):
                yield name


def expected() -> dict[tuple[str, str], dict[str, str]]:
    """{(address, method): {role: cell}} from the file."""
    lines = EXPECTED.read_text().splitlines()
    heads = lines[0].split("\t")[2:]
    rows = (line.split("\t") for line in lines[1:])
    return {(cells[0], cells[1]): dict(zip(heads, cells[2:], strict=True)) for cells in rows}


@pytest.fixture(scope="module")
def tenants(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Tenant, Tenant]]:
    """Two tenants, made once and undone at the end; each request undoes what it changed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build("en"), build("fr")
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def sessions(tenants: tuple[Tenant, Tenant], django_db_blocker: Any) -> dict[str, str]:
    """{role: the session of its person of the first tenant}: who asks has signed in once, not for each address."""
    found = {}
    with django_db_blocker.unblock():
        for role, person in tenants[0].people.items():
            client = Client()
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            found[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


def answer(name: str, method: str, arguments: dict[str, Any], session: str | None) -> int:
    """The status of one request, without what it changed."""
    client = Client(raise_request_exception=True)
    if session is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    with transaction.atomic():
        response = client.generic(method, reverse(name, kwargs=arguments))
        if response.streaming:
            # A download streams from a file that is closed once it has been read.
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response.status_code


def cell(name: str, method: str, session: str | None, tenants: tuple[Tenant, Tenant]) -> str:
    """``own/other`` statuses of one address for whom a session of the first tenant belongs to."""
    make = ARGUMENTS.get(name)
    if make is None or make(tenants[0]) == make(tenants[1]):
        return str(answer(name, method, make(tenants[0]) if make else {}, session))
    return "/".join(str(answer(name, method, make(tenant), session)) for tenant in tenants)


def test_every_address_has_its_lines() -> None:
    assert sorted(expected()) == [(name, method) for name in addresses() for method in sorted(METHODS)]


def test_nothing_but_sign_in_for_visitors_unless_said() -> None:
    """What answers a visitor at all is listed here: a page made public by mistake fails."""
    public = {
        name for (name, _method), cells in expected().items() if cells["anonymous"][:3] not in ("302", "405")
    }
    assert public == PUBLIC


@pytest.mark.django_db
@pytest.mark.parametrize("name", addresses())
def test_address_answers_each_role_as_expected(
    name: str, tenants: tuple[Tenant, Tenant], sessions: dict[str, str]
) -> None:
    for method in METHODS:
        found = {role: cell(name, method, sessions.get(role), tenants) for role in ROLES}
        if WRITE_TO:
            with Path(WRITE_TO).open("a") as file:
                file.write("\t".join([name, method, *found.values()]) + "\n")
        else:
            assert found == expected()[name, method]
