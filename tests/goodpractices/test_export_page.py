"""The list of good practices as a sheet. What the page does with any list stands in tests/hosts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecett.core.exports import services
from ecett.core.models import ExportJob
from goodpractices.exports import PRACTICES
from tests.export_page import ExportPage, rows_of, text_of
from tests.factories import PracticeFactory, person

pytestmark = pytest.mark.django_db
PAGE = reverse("goodpractices:export_choose")
SCRIPT = reverse("goodpractices:practice_export")
CHOOSER = ExportPage(PAGE, ("title", "country"))
press = CHOOSER.press


@pytest.fixture(autouse=True)
def cards(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    client.force_login(person("trainee"))
    PracticeFactory(title="Night café", country="BE", kind="trainee")
    PracticeFactory(title="Garden work", country="SE", kind="reported")
    PracticeFactory(title="A draft", country="BE", state="draft")


def test_list_leads_to_the_page_and_the_page_to_the_sheet(client: Client) -> None:
    listed = text_of(client.get(f"{reverse('goodpractices:practice_list')}?country=BE"))
    assert f'href="{PAGE}?country=BE"' in listed
    text = text_of(client.get(f"{PAGE}?country=BE"))
    assert "exactly what your list shows: 1 card." in text
    assert set(re.findall(r'name="column" value="(\w+)" checked', text)) == set(PRACTICES.usual())
    assert "This sheet can be brought back by import." in text
    for other in ("practice_json", "practice_atom"):
        assert f"{reverse(f'goodpractices:{other}')}?country=BE" in text
    assert rows_of(press(client, "?country=BE")) == [{"title": "Night café", "country": "BE"}]


@pytest.mark.parametrize(
    ("query", "named"),
    [("?kind=novel", "novel"), ("?near=Gent", "near"), ("?offer=meals", "offer"), ("?format=ods", "ods")],
)
def test_what_is_not_known_of_practices_is_named(client: Client, query: str, named: str) -> None:
    for address, status in ((PAGE, 200), (SCRIPT, 422)):
        answer = client.get(f"{address}{query}")
        assert answer.status_code == status
        assert f"<b>{named}</b>" in text_of(answer)


def test_address_of_scripts_gives_all_columns_and_leads_to_a_job(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = rows_of(client.get(f"{SCRIPT}?format=csv"))
    assert [row["title"] for row in rows] == ["Garden work", "Night café"]
    assert tuple(rows[0]) == PRACTICES.usual()
    monkeypatch.setattr(services, "AT_ONCE", 1)
    answer = client.get(f"{SCRIPT}?format=csv")
    job = ExportJob.objects.get()
    assert answer["Location"] == reverse("exports:export_detail", args=[job.public_id])
    assert services.run_job(job.pk)
    made: Any = client.get(f"{SCRIPT}?format=csv", follow=True)
    assert rows_of(made) == rows


def test_thirty_cards_ask_no_more_than_one(client: Client) -> None:
    PracticeFactory(country="FR")
    CHOOSER.questions(client, "?country=FR")
    one = CHOOSER.questions(client, "?country=FR")
    for _at in range(29):
        PracticeFactory(country="FR")
    assert CHOOSER.questions(client, "?country=FR") == one
