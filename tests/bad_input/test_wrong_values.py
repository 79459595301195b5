"""Days that do not exist, ends before starts, numbers that are none, control characters: in every form there is."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.db import transaction
from django.test import Client

from tests.bad_input.conftest import starts_of
from tests.bad_input.crawl import Form, crawl
from tests.permissions.world import Tenant

NO_DAYS = ("2027-02-30", "31/12/2027", "0000-00-00", "2027-1-1\x00")
#: Days there are, but no plan reaches: they may be refused or taken, and must not break a sum of days.
FAR_DAYS = ("0001-01-01", "9999-12-31")
NO_NUMBERS = ("abc", "1e400", "NaN", "9" * 40, "\x00")
CONTROL = "a\x00b\x1f\u200bc\ud7ff\u202ed"


def forms_by_view(visitor: Client, tenant: Tenant, role: str) -> list[Form]:
    """One form of each kind."""
    found: dict[tuple[str, tuple[str, ...]], Form] = {}
    for page in crawl(visitor, starts_of(tenant, role), a_kind=1):
        for form in page.forms:
            found.setdefault((form.view, tuple(sorted({one.name for one in form.fields}))), form)
    return list(found.values())


def send(visitor: Client, form: Form, **changes: Any) -> tuple[int, str]:
    """(status, text) of one form, without what it changed."""
    with transaction.atomic():
        answer = visitor.post(form.action, form.data(**changes))
        text = "" if answer.streaming else unescape(answer.content.decode())
        transaction.set_rollback(True)
    return answer.status_code, text


def test_every_form_survives_what_no_field_means(visitor: Client, tenant: Tenant, role: str) -> None:
    faults: list[str] = []
    for form in forms_by_view(visitor, tenant, role):
        days = [one.name for one in form.fields if one.type == "date"]
        numbers = [one.name for one in form.fields if one.type == "number"]
        choices = [one.name for one in form.fields if one.type in ("select", "radio", "checkbox", "hidden")]
        where = f"{form.view} on {form.page}"
        for value in NO_DAYS if days else ():
            status, text = send(visitor, form, **dict.fromkeys(days, value))
            if status not in (200, 422):
                faults.append(f"{where}: {days} = {value!r} gives {status}")
            elif not any(f"id_{name}_error" in text for name in days):
                faults.append(f"{where}: {days} = {value!r} is not told")
        for value in FAR_DAYS if days else ():
            if send(visitor, form, **dict.fromkeys(days, value))[0] >= 500:
                faults.append(f"{where}: {days} = {value} breaks")
        for value in NO_NUMBERS if numbers else ():
            if send(visitor, form, **dict.fromkeys(numbers, value))[0] >= 500:
                faults.append(f"{where}: {numbers} = {value!r} breaks")
        for names, value in (
            (form.typed, CONTROL),
            (choices, "no such choice"),
            (choices, "\x00"),
            (choices, "9" * 30),
        ):
            wanted = [name for name in names if name != "csrfmiddlewaretoken"]
            if wanted and send(visitor, form, **dict.fromkeys(wanted, value))[0] >= 500:
                faults.append(f"{where}: {wanted} = {value!r} breaks")
        if send(visitor, Form(form.page, form.action, "post"))[0] >= 500:
            faults.append(f"{where}: an empty form breaks")
    assert not faults, "\n".join(faults)


def test_end_before_start_is_told_beside_the_end(visitor: Client, tenant: Tenant, role: str) -> None:
    tested, faults = 0, []
    for form in forms_by_view(visitor, tenant, role):
        names = {one.name for one in form.fields if one.type == "date"}
        ends = [
            name for name in names if name.endswith("end") and name.removesuffix("end") + "start" in names
        ]
        for end in ends:
            start = f"{end.removesuffix('end')}start"
            button = (
                {"choice": "counter", "words": "Later"}
                if "choice" in {one.name for one in form.fields}
                else {}
            )
            status, text = send(visitor, form, **{start: "2027-05-10", end: "2027-05-03", **button})
            tested += 1
            if status not in (200, 422) or f"id_{end}_error" not in text:
                faults.append(f"{form.view} on {form.page}: {start}, {end}: {status}")
            elif 'value="2027-05-10"' not in text or 'value="2027-05-03"' not in text:
                faults.append(f"{form.view} on {form.page}: what was typed is gone")
    assert not faults, "\n".join(faults)
    if role in ("anonymous", "trainee", "helpdesk", "coordinator", "host"):
        assert tested, "there must be a form with two days"
