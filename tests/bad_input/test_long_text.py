"""A megabyte in a text field: the form says so beside the field, and the other fields keep what they held."""

from __future__ import annotations

from html import unescape

from django.db import transaction
from django.test import Client

from tests.bad_input.conftest import starts_of
from tests.bad_input.crawl import Form, crawl
from tests.permissions.world import Tenant

MEGABYTE = "word " * 200_000
#: Fields sent too long together: a whole form may not be larger than 4 MB.
TOGETHER = 3


def test_megabyte_in_each_text_field_is_refused_beside_it(visitor: Client, tenant: Tenant, role: str) -> None:
    tested: dict[tuple[str, tuple[str, ...]], str] = {}
    faults: list[str] = []
    for page in crawl(visitor, starts_of(tenant, role), a_kind=1):
        if page.status >= 500:
            faults.append(f"{page.path}: {page.status}")
        for form in page.forms:
            key = (form.view, tuple(form.typed))
            if form.typed and key not in tested:
                tested[key] = page.path
                faults += list(_faults(visitor, form))
    assert not faults, "\n".join(faults)


def _faults(visitor: Client, form: Form) -> list[str]:
    found = []
    for at in range(0, len(form.typed), TOGETHER):
        names = form.typed[at : at + TOGETHER]
        with transaction.atomic():
            answer = visitor.post(form.action, form.data(**dict.fromkeys(names, MEGABYTE)))
            transaction.set_rollback(True)
        where = f"{form.view} {names} (on {form.page})"
        if answer.status_code not in (200, 422):
            found.append(f"{where}: {answer.status_code} {answer.headers.get('Location', '')}")
            continue
        text = unescape(answer.content.decode())
        for name in names:
            if f"id_{name}_error" not in text and "at most" not in text:
                found.append(f"{where}: {answer.status_code} no error at {name}")
        if len(text) < len(MEGABYTE):
            found.append(f"{where}: {answer.status_code} the words are gone")
    return found
