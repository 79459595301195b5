"""A script in every text field of every object: no page, letter, list of rows or printed paper lets it out."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.test import Client
from pypdf import PdfReader

from ecett.core.documents import registry, rendering
from ecett.core.documents.services import request_document
from ecett.core.models import Document, Notification
from tests.bad_input.conftest import link_pages, signed_in, starts_of
from tests.bad_input.crawl import crawl, post
from tests.permissions.world import Tenant

SCRIPT = "<script>alert(1)</script>"
PICTURE = '"><img src=x onerror=alert(2)>'
OUT = re.compile(r"<script>\s*alert|<img src=x", re.IGNORECASE)
APPS = (
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
#: Written by the portal, not by people.
WRITTEN_BY_THE_PORTAL = {
    "public_id",
    "code",
    "number",
    "mob_id",
    "email",
    "password",
    "language",
    "sha256",
    "large",
    "small",
    "lease",
    "kind",
    "sort_key",
    "name_key",
    "subject_line",
    "text",
    "html",
    "file",
    "template",
    "level",
    "state",
    "uri",
}
SHORTEST = len("<script>alert(1)")


def text_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields of a model that hold what people typed."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.EmailField | models.FileField | ArrayField)
        and type(field).__name__ not in ("FSMField", "CountryField")
        and not field.choices
        and not field.unique
        and field.name not in WRITTEN_BY_THE_PORTAL
        and not field.name.endswith(("_language", "_email", "_key", "_id"))
        and (field.max_length is None or field.max_length >= SHORTEST)
    ]


def infect() -> dict[str, int]:
    """Put the script into every text of every row; {model: number of fields}."""
    done = {}
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            name = model.__name__
            if name.endswith("Event") or name in ("Notification", "Rate"):
                continue
            fields = text_fields(model)
            values = {
                field.name: (f"{SCRIPT}{PICTURE} Ada" if (field.max_length or 999) >= 60 else SCRIPT)[
                    : field.max_length
                ]
                for field in fields
            }
            if values and model._default_manager.exists():
                model._base_manager.update(**values)
                done[name] = len(values)
    for document in Document.objects.all():
        Document.objects.filter(pk=document.pk).update(context=_in_every_text(document.context))
    return done


def _in_every_text(value: Any, key: str = "") -> Any:
    """A frozen context with the script in all its words."""
    if isinstance(value, dict):
        return {name: _in_every_text(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_in_every_text(item, key) for item in value]
    if (
        isinstance(value, str)
        and value
        and key not in ("code", "kind", "level", "verify_url", "verify_site", "party")
    ):
        return f"{SCRIPT}{PICTURE} {value}"
    return value


@pytest.fixture
def infected(tenant: Tenant) -> dict[str, int]:
    with transaction.atomic():
        return infect()


def test_script_is_in_every_text_there_is(infected: dict[str, int]) -> None:
    assert sum(infected.values()) > 80
    for model, at_least in {
        "Host": 8,
        "GoodPractice": 8,
        "Project": 4,
        "HelpRequest": 2,
        "Dossier": 2,
    }.items():
        assert infected[model] >= at_least, model


def test_no_page_lets_a_script_out(
    infected: dict[str, int], visitor: Client, tenant: Tenant, role: str
) -> None:
    faults, shown = [], 0
    for page in crawl(visitor, starts_of(tenant, role), a_kind=2):
        shown += page.html.count("&lt;script&gt;alert(1)")
        if page.status >= 500:
            faults.append(f"{page.path}: {page.status}")
        for found in OUT.finditer(page.html):
            around = page.html[max(0, found.start() - 80) : found.end() + 30]
            faults.append(f"{page.view} {page.path}: {around!r}")
    assert not faults, "\n".join(faults)
    assert shown > 0, "there must be something to let out"


def test_no_letter_lets_a_script_out(infected: dict[str, int], tenant: Tenant) -> None:
    """Every button that writes to somebody is pressed, with a script as the comment."""
    pressed = 0
    for role, person in [("anonymous", None), *tenant.people.items()]:
        visitor = signed_in(person)
        starts = list(link_pages(tenant).values()) if person is None else starts_of(tenant, role)
        forms = {
            form.view + form.page: form for page in crawl(visitor, starts, a_kind=1) for form in page.forms
        }
        for form in forms.values():
            typed = {
                name: f"{SCRIPT} because"
                for name in form.typed
                if not name.endswith(("email", "website", "url"))
            }
            with transaction.atomic():
                answer = post(visitor, form.action, form.data(**typed))
                letters = list(Notification.objects.exclude(kind="test"))
                transaction.set_rollback(True)
            assert answer.status_code < 500, f"{role} {form.view} on {form.page}"
            for letter in letters:
                pressed += 1
                assert not OUT.search(letter.html), f"{letter.kind}: {letter.html}"
                assert "\n" not in letter.subject_line
    assert pressed > 5, "buttons must have written letters"


def test_lists_of_rows_hold_no_formula(tenant: Tenant, infected: dict[str, int]) -> None:
    """A name that begins with = is a text in every sheet."""
    from hosts.models import Host

    Host.objects.update(name="=cmd|' /C calc'!A0", summary="+SUM(1)", city="@here")
    visitor = signed_in(tenant.people["admin"])
    answer = visitor.get("/hosts/export/", {"format": "csv"})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = content.decode("utf-8-sig")
    assert "cmd|" in text
    for line in text.splitlines()[1:]:
        for cell in re.split(r"[;,\t]", line):
            assert not cell.strip('"').startswith(("=", "@")), line


#: Every kind of paper the portal prints, and what it is printed of.
PRINTED = {
    "agreement": "agreement",
    "certificate": "certificate",
    "grant_report": "contract",
    "jury_minutes": "session",
    "practice": "practice",
}


def test_no_kind_of_paper_is_forgotten() -> None:
    assert {name for name in registry.names() if not name.startswith("test")} == set(PRINTED)


@pytest.mark.slow
@pytest.mark.parametrize("kind", PRINTED)
def test_printed_paper_shows_a_script_as_words(
    infected: dict[str, int], tenant: Tenant, assets: Any, kind: str
) -> None:
    """Typed into every field the paper is made of: it is read as text, and nothing of it runs or is fetched."""
    document = request_document(kind=kind, subject=tenant[PRINTED[kind]], language="fr")
    template = registry.get(kind).template
    html = rendering.render_html(template=template, context=document.context, language="fr")
    assert not OUT.search(html), html[max(0, OUT.search(html).start() - 80) :][:200]  # type: ignore[union-attr]
    assert html.count("&lt;script&gt;alert(1)") > 0, "there must be something to let out"
    # A picture or a script that was let out would be fetched, which stops the run.
    pdf = rendering.render_pdf(template=template, context=document.context, language="fr")
    reader = PdfReader(io.BytesIO(pdf))
    words = "".join("".join(page.extract_text().split()) for page in reader.pages)
    assert "<script>alert(1)" in words
    catalogue = reader.trailer["/Root"]
    assert "/OpenAction" not in catalogue
    assert "/AA" not in catalogue
    assert "/JavaScript" not in catalogue.get("/Names", {})
    for page in reader.pages:
        for annotation in page.get("/Annots", ()):
            target = str(annotation.get_object().get("/A", {}).get("/URI", ""))
            assert target.startswith(("http://", "https://")), target
            assert "script" not in target
