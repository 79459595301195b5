"""A double click on every button: one effect, and a page that says so."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.test import Client

from tests.bad_input.conftest import starts_of
from tests.bad_input.crawl import Field, Form, crawl, post
from tests.permissions.world import Tenant

ROOMS = (
    "core",
    "accounts",
    "hosts",
    "goodpractices",
    "trainees",
    "helpdesk",
    "network",
    "certification",
    "grants",
)
PLAUSIBLE = {
    "email": "maja@example.org", "url": "https://example.org", "date": "2027-03-01", "time": "09:00", "number": "1",
    "text": "Aftercare", "search": "Aftercare", "textarea": "Aftercare that stays reachable.", "tel": "+32 2 555",
}  # fmt: skip


# Rows that the database writes of itself at every change, also at one that changes nothing.
NOTES = ("Event", "CardChange")


def rows() -> dict[str, int]:
    """The number of rows of each table that people fill."""
    return {
        model._meta.label: model._base_manager.count()
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if not model.__name__.endswith(NOTES) and issubclass(model, models.Model)
    }


def filled(form: Form) -> dict[str, list[str]]:
    """The form as it stands, with something plausible in what is empty."""
    changes: dict[str, Any] = {}
    for one in form.fields:
        if not one.value:
            changes.setdefault(one.name, _guess(one))
    sent = form.data(**{name: value for name, value in changes.items() if value})
    for one in form.fields:
        if one.type == "radio" and one.name not in sent:
            sent[one.name] = [one.value]
    return sent


def _guess(one: Field) -> str:
    if one.type == "select":
        return next((value for value in one.options if value), "")
    return PLAUSIBLE.get(one.type, "")


def test_each_form_sent_twice_has_one_effect(visitor: Client, tenant: Tenant, role: str) -> None:
    tested: set[tuple[str, str]] = set()
    faults, effects = [], 0
    for page in crawl(visitor, starts_of(tenant, role), a_kind=2):
        for form in page.forms:
            key = (form.view, form.page if "step" in form.view else "")
            if key in tested:
                continue
            tested.add(key)
            with transaction.atomic():
                before = rows()
                data = filled(form)
                first = post(visitor, form.action, data)
                once = rows()
                second = post(visitor, form.action, data)
                twice = rows()
                transaction.set_rollback(True)
            effects += before != once
            where = f"{form.view} on {form.page}"
            if first.status_code >= 500 or second.status_code >= 500:
                faults.append(f"{where}: {first.status_code}, then {second.status_code}")
            doubled = {name: (once[name], count) for name, count in twice.items() if count > once[name]}
            if doubled:
                faults.append(f"{where}: {first.status_code}, then {second.status_code}: rows {doubled}")
    assert not faults, "\n".join(faults)
    if role in ("trainee", "helpdesk", "coordinator", "secretary"):
        assert effects >= 2, "forms must have had an effect"
