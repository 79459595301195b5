"""Days that do not exist, ends before starts, numbers that are none, control characters, a megabyte of words: in every
form there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.bad_input.crawl import Form, post
from tests.bad_input.every_form import GROUPS, each_kind
from tests.permissions.world import Tenant

NO_DAYS = ("2027-02-30", "31/12/2027", "0000-00-00", "2027-1-1\x00")
#: Days there are, but no plan reaches: they may be refused or taken, and must not break a sum of days.
FAR_DAYS = ("0001-01-01", "9999-12-31")
NO_NUMBERS = ("abc", "1e400", "NaN", "9" * 40, "\x00")
MEGABYTE = "word " * 200_000
#: Fields sent too long together: a whole form may not be larger than 4 MB.
TOGETHER = 3
CONTROL = "a\x00b\x1f\u200bc\ud7ff\u202ed"


def send(visitor: Client, form: Form, **changes: Any) -> tuple[int, str]:
    """(status, text) of one form, without what it changed."""
    with transaction.atomic():
        answer = post(visitor, form.action, form.data(**changes))
        text = "" if answer.streaming else unescape(answer.content.decode())
        transaction.set_rollback(True)
    return answer.status_code, text


def faults_of_values(visitor: Client, form: Form) -> Iterator[str]:
    """What goes wrong when fields hold what none of them can mean."""
    days = [one.name for one in form.fields if one.type == "date"]
    numbers = [one.name for one in form.fields if one.type == "number"]
    choices = [one.name for one in form.fields if one.type in ("select", "radio", "checkbox", "hidden")]
    where = f"{form.view} on {form.page}"
    for value in NO_DAYS if days else ():
        status, text = send(visitor, form, **dict.fromkeys(days, value))
        if status not in (200, 422):
            yield f"{where}: {days} = {value!r} gives {status}"
        elif not any(f"id_{name}_error" in text for name in days):
            yield f"{where}: {days} = {value!r} is not told"
    for value in FAR_DAYS if days else ():
        if send(visitor, form, **dict.fromkeys(days, value))[0] >= 500:
            yield f"{where}: {days} = {value} breaks"
    for value in NO_NUMBERS if numbers else ():
        if send(visitor, form, **dict.fromkeys(numbers, value))[0] >= 500:
            yield f"{where}: {numbers} = {value!r} breaks"
    for names, value in (
        (form.typed, CONTROL),
        (choices, "no such choice"),
        (choices, "\x00"),
        (choices, "9" * 30),
    ):
        wanted = [name for name in names if name != "csrfmiddlewaretoken"]
        if wanted and send(visitor, form, **dict.fromkeys(wanted, value))[0] >= 500:
            yield f"{where}: {wanted} = {value!r} breaks"
    if send(visitor, Form(form.page, form.action, "post"))[0] >= 500:
        yield f"{where}: an empty form breaks"


def ends_of(form: Form) -> list[str]:
    """The fields of last days whose first day stands in the same form."""
    names = {one.name for one in form.fields if one.type == "date"}
    return [name for name in names if name.endswith("end") and name.removesuffix("end") + "start" in names]


def faults_of_ends(visitor: Client, form: Form) -> Iterator[str]:
    """What goes wrong when a last day lies before its first."""
    for end in ends_of(form):
        start = f"{end.removesuffix('end')}start"
        is_answer = "choice" in {one.name for one in form.fields}
        button = {"choice": "counter", "words": "Later"} if is_answer else {}
        status, text = send(visitor, form, **{start: "2027-05-10", end: "2027-05-03", **button})
        if status not in (200, 422) or f"id_{end}_error" not in text:
            yield f"{form.view} on {form.page}: {start}, {end}: {status}"
        elif 'value="2027-05-10"' not in text or 'value="2027-05-03"' not in text:
            yield f"{form.view} on {form.page}: what was typed is gone"


def faults_of_length(visitor: Client, form: Form) -> Iterator[str]:
    """What goes wrong when a megabyte is pasted into the fields that take words."""
    for at in range(0, len(form.typed), TOGETHER):
        names = form.typed[at : at + TOGETHER]
        status, text = send(visitor, form, **dict.fromkeys(names, MEGABYTE))
        where = f"{form.view} {names} (on {form.page})"
        if status not in (200, 422):
            yield f"{where}: {status}"
            continue
        for name in names:
            if f"id_{name}_error" not in text and "at most" not in text:
                yield f"{where}: {status} no error at {name}"
        if len(text) < len(MEGABYTE):
            yield f"{where}: {status} the words are gone"


@pytest.mark.parametrize("group", GROUPS)
def test_every_form_tells_what_it_cannot_take_and_keeps_what_was_typed(tenant: Tenant, group: str) -> None:
    faults: list[str] = []
    tested = spans = 0
    for visitor, form in each_kind(tenant, group):
        tested, spans = tested + 1, spans + len(ends_of(form))
        for check in (faults_of_values, faults_of_ends, faults_of_length):
            faults += check(visitor, form)
    assert not faults, "\n".join(faults)
    assert tested >= 20, "the crawl must meet the forms of its group"
    assert spans >= 2, "there must be forms with a first and a last day"
