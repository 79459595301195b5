"""Each kind of form that a group of roles meets, once: what a form answers does not hang on which of them sends it."""

from __future__ import annotations

from collections.abc import Iterator

from django.test import Client

from tests.bad_input.conftest import signed_in, starts_of
from tests.bad_input.crawl import Form, crawl
from tests.permissions.world import ROLES, Tenant

#: A form with other fields for another role is another kind, so nothing is left out by going in two groups.
GROUPS = {
    "people": ("anonymous", "trainee", "employer", "host"),
    "staff": ("helpdesk", "juror", "chair", "secretary", "coordinator", "admin"),
}
assert sorted(role for group in GROUPS.values() for role in group) == sorted(ROLES)


def each_kind(tenant: Tenant, group: str) -> Iterator[tuple[Client, Form]]:
    """(browser of the first role that meets it, form)."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for role in GROUPS[group]:
        visitor = signed_in(tenant.people.get(role))
        for page in crawl(visitor, starts_of(tenant, role), a_kind=1):
            assert page.status < 500, f"{role} on {page.path}: {page.status}"
            for form in page.forms:
                kind = (form.view, tuple(sorted({one.name for one in form.fields})))
                if kind not in seen:
                    seen.add(kind)
                    yield visitor, form
