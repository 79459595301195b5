"""The list of hosts as a sheet: what is filtered, the columns that were chosen, and what a wrong address gives."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from ecett.core.exports import orders, services
from ecett.core.imports.engine import UnusableFile, import_file
from ecett.core.models import ExportJob
from hosts.exports import HOSTS
from hosts.imports.importer import HostImporter
from hosts.models import ContactExport, Host
from hosts.services import index_hosts, load_thesaurus
from tests.export_page import ExportPage, rows_of, text_of
from tests.factories import HostFactory, person

pytestmark = pytest.mark.django_db
PAGE = reverse("hosts:export_choose")
SCRIPT = reverse("hosts:host_export")
CHOOSER = ExportPage(PAGE, ("name", "city"))
press = CHOOSER.press
PEOPLE = (
    "spokesperson_name",
    "spokesperson_email",
    "spokesperson_phone",
    "spokesperson_language",
    "contacts",
)


@pytest.fixture
def trainee(client: Client, settings: Any, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path / "media"
    user = person("trainee")
    client.force_login(user)
    return user


@pytest.fixture
def hosts() -> None:
    HostFactory(name="Vågbrytaren", country="SE", city="Lund", sectors=["youth"])
    HostFactory(name="De Haven", country="BE", city="Gent", sectors=["addiction"])
    HostFactory(name="Huis ten Halve", country="BE", city="Gent", sectors=["youth"])
    HostFactory(name="A draft", country="BE", moderation="draft")


def ticked(text: str) -> list[str]:
    return re.findall(r'name="column" value="(\w+)" checked', text)


# ── The page ────────────────────────────────────────────────────────────────────────────────────────────────
def test_list_leads_to_it_with_its_filters(client: Client, trainee: Any, hosts: None) -> None:
    text = text_of(client.get(f"{reverse('hosts:host_list')}?country=BE&page=1"))
    assert f'href="{PAGE}?country=BE"' in text
    assert "Export these 2 hosts" in text


def test_page_says_how_many_and_which_filters(client: Client, trainee: Any, hosts: None) -> None:
    text = text_of(client.get(f"{PAGE}?country=BE&sector=youth"))
    assert "exactly what your list shows: 1 card." in text
    assert "Belgium" in text
    assert "Youth" in text
    assert f"{reverse('hosts:host_geojson')}?country=BE&sector=youth" in text
    assert set(ticked(text)) == set(HOSTS.usual())
    assert "This sheet can be brought back by import." in text
    assert "No filter is on" in text_of(client.get(PAGE))


def test_preview_shows_the_first_rows_of_the_chosen_columns(client: Client, trainee: Any) -> None:
    for at in range(7):
        HostFactory(name=f"Host {at}", summary="word " * 40)
    text = text_of(client.get(f"{PAGE}?column=name&column=summary"))
    assert ticked(text) == ["name", "summary"]
    preview = text[text.index('<table class="sheet">') :]
    assert re.findall(r"<th[^>]*>(\w+)</th>", preview) == ["name", "summary"]
    assert re.findall(r"<td>(Host \d)</td>", preview) == [f"Host {at}" for at in range(5)]
    assert "<td>word word" in preview
    assert max(map(len, re.findall(r"<td>(.*?)</td>", preview))) == 60
    assert "This sheet cannot be brought back by import. It lacks:" in text


def test_preview_without_and_with_a_script(client: Client, trainee: Any, hosts: None) -> None:
    answer = press(client, "?country=BE", go="preview")
    assert answer.status_code == 302
    assert answer["Location"] == f"{PAGE}?country=BE&format=csv&column=name&column=city#preview"
    text = text_of(client.get(answer["Location"]))
    assert re.findall(r'name="format" value="(\w+)" checked', text) == ["csv"]
    part = client.post(
        f"{PAGE}?country=BE", {"format": "csv", "column": "city"}, headers={"HX-Request": "true"}
    )
    assert re.findall(r"<td>(.*?)</td>", text_of(part)) == ["Gent", "Gent"]
    assert "<html" not in text_of(part)
    none = client.post(PAGE, {"format": "csv"}, headers={"HX-Request": "true"})
    assert "Choose at least one column." in text_of(none)


def test_short_list_is_an_address(client: Client, trainee: Any, hosts: None) -> None:
    text = text_of(client.get(f"{PAGE}?country=BE"))
    short = re.search(r'href="([^"#]+)#columns">Choose a short list', text)
    assert short is not None
    assert ticked(text_of(client.get(short[1]))) == list(HOSTS.short)


def test_thirty_cards_ask_no_more_than_one(client: Client, trainee: Any) -> None:
    HostFactory(country="SE", languages=[("sv", "C2")])
    CHOOSER.questions(client, "?country=SE")
    one = CHOOSER.questions(client, "?country=SE")
    for _at in range(29):
        HostFactory(country="SE", languages=[("sv", "C2"), ("en", "B2")])
    assert CHOOSER.questions(client, "?country=SE") == one


# ── The sheet ───────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_sheet_holds_what_is_filtered_and_chosen(
    client: Client, trainee: Any, hosts: None, form: str
) -> None:
    answer = press(client, "?country=BE", format=form, column=["city", "name"])
    assert f"hosts.{form}" in answer["Content-Disposition"]
    if form == "csv":
        rows: list[Any] = [tuple(row.items()) for row in rows_of(answer)]
        assert rows == [(("name", name), ("city", "Gent")) for name in ("De Haven", "Huis ten Halve")]
    else:
        page = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))["hosts"]
        cells = [tuple(cell.value for cell in row) for row in page.iter_rows()]
        assert cells == [("name", "city"), ("De Haven", "Gent"), ("Huis ten Halve", "Gent")]
    assert not ExportJob.objects.exists()


def test_words_narrow_the_sheet_as_they_narrow_the_list(client: Client, trainee: Any, hosts: None) -> None:
    load_thesaurus()
    index_hosts()
    assert [row["name"] for row in rows_of(press(client, "?q=vagbrytaren"))] == ["Vågbrytaren"]


def test_large_sheet_becomes_a_job(
    client: Client, trainee: Any, hosts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "AT_ONCE", 1)
    assert "made in the background" in text_of(client.get(f"{PAGE}?country=BE"))
    once = re.search(r'name="once" value="(\w+)"', text_of(client.get(PAGE)))
    assert once is not None
    first = press(client, "?country=BE", once=once[1])
    assert press(client, "?country=BE", once=once[1])["Location"] == first["Location"]
    job = ExportJob.objects.get()
    assert first["Location"] == reverse("exports:export_detail", args=[job.public_id])
    assert (job.address, job.filters, job.columns) == ("country=BE", ["Belgium"], ["name", "city"])
    text = text_of(client.get(first["Location"]))
    assert "Waiting for a worker" in text
    assert "Belgium" in text
    again = re.search(rf'href="({re.escape(PAGE)}[^"]+)"', text)
    assert again is not None
    assert again[1] == f"{PAGE}?country=BE&format=csv&column=name&column=city"
    assert first["Location"] in text_of(client.get(PAGE))


def test_script_gets_the_file_of_a_large_sheet_once_it_is_made(
    client: Client, trainee: Any, hosts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "AT_ONCE", 1)
    address = f"{SCRIPT}?format=csv&country=BE"
    first = client.get(address)
    assert client.get(address)["Location"] == first["Location"]
    job = ExportJob.objects.get()
    assert first["Location"] == reverse("exports:export_detail", args=[job.public_id])
    assert services.run_job(job.pk)
    answer: Any = client.get(address, follow=True)
    rows = rows_of(answer)
    assert [row["name"] for row in rows] == ["De Haven", "Huis ten Halve"]
    assert tuple(rows[0]) == HOSTS.usual()


# ── People ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_people_are_for_the_desk_and_never_chosen_at_first(client: Client, trainee: Any, hosts: None) -> None:
    assert "spokesperson_email" not in text_of(client.get(PAGE))
    answer = press(client, column=["name", "spokesperson_email"])
    assert answer.status_code == 422
    assert "spokesperson_email" in text_of(answer)
    client.force_login(person("helpdesk"))
    text = text_of(client.get(PAGE))
    assert "spokesperson_email" in text
    assert not set(ticked(text)).intersection(PEOPLE)
    assert client.get(f"{SCRIPT}?format=csv&column=spokesperson_email").status_code == 422
    assert not ContactExport.objects.exists()


def test_whoever_takes_people_is_written_down(
    client: Client, trainee: Any, hosts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = person("helpdesk")
    client.force_login(desk)
    rows_of(press(client, "?country=BE"))
    assert not ContactExport.objects.exists()
    rows = rows_of(press(client, "?country=BE", column=["name", "contacts", "spokesperson_email"]))
    assert all(row["spokesperson_email"] for row in rows)
    note = ContactExport.objects.get()
    assert (note.taken_by, note.cards, note.address) == (desk, 2, "country=BE")
    monkeypatch.setattr(services, "AT_ONCE", 1)
    press(client, column=["name", "contacts"])
    assert ContactExport.objects.count() == 1
    assert services.run_job(ExportJob.objects.get().pk)
    assert ContactExport.objects.order_by("-pk")[0].cards == 3


# ── What is wrong ───────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("?country=XX", "XX"),
        ("?contry=BE", "contry"),
        ("?near=Nowhere%20at%20all", "Nowhere at all"),
        ("?format=pdf", "pdf"),
        ("?column=colour", "colour"),
        ("?country=%00BE%3Cb%3E", "BE<B>"),
    ],
)
def test_what_is_not_known_is_named_and_nothing_is_exported(
    client: Client, trainee: Any, hosts: None, query: str, named: str
) -> None:
    text = text_of(client.get(f"{PAGE}{query}"))
    assert f"<b>{named}</b>" in text
    assert "Nothing is exported before the address is right." in text
    assert 'name="column"' not in text
    script = client.get(f"{SCRIPT}{query}")
    assert script.status_code == 422
    assert f"<b>{named}</b>" in text_of(script)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"column": []}, "Choose at least one column."),
        ({"column": ["name", "colour"]}, "colour"),
        ({"format": "pdf"}, "pdf"),
        ({"format": ""}, "Choose the form of the file."),
        ({"column": ["\x00"]}, "Nothing was exported"),
    ],
)
def test_what_cannot_be_made_is_refused_and_the_choice_is_kept(
    client: Client, trainee: Any, hosts: None, sent: dict[str, Any], told: str
) -> None:
    answer = press(client, "?country=BE", **sent)
    assert answer.status_code == 422
    text = text_of(answer)
    assert told in text
    assert ticked(text) == [name for name in sent.get("column", ["name", "city"]) if name in HOSTS.usual()]


def test_wrong_filter_and_a_press_give_nothing(client: Client, trainee: Any, hosts: None) -> None:
    answer = press(client, "?country=XX")
    assert (answer.status_code, answer.streaming) == (422, False)


def test_filter_that_leaves_nothing_says_so(client: Client, trainee: Any, hosts: None) -> None:
    text = text_of(client.get(f"{PAGE}?country=MT"))
    assert "There is nothing to export" in text
    assert 'name="column"' not in text


def test_workbook_that_is_too_small(
    client: Client, trainee: Any, hosts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ecett.core.views.exports.MAX_XLSX_ROWS", 2)
    monkeypatch.setattr(orders, "MAX_XLSX_ROWS", 2)
    for answer in (press(client, format="xlsx"), client.get(f"{SCRIPT}?format=xlsx")):
        assert answer.status_code == 422
        assert "Choose CSV, or narrow the filters." in text_of(answer)
    assert len(rows_of(press(client))) == 3


# ── Brought back ────────────────────────────────────────────────────────────────────────────────────────────
def test_page_knows_what_the_import_needs(client: Client, trainee: Any, hosts: None, tmp_path: Path) -> None:
    load_thesaurus()
    path = tmp_path / "hosts.csv"
    needed = sorted(HOSTS.needed)
    path.write_bytes(b"".join(press(client, column=needed).streaming_content))
    Host.objects.update(capacity=7)
    report = import_file(HostImporter(), path)
    assert report.counts["updated"] == 3
    for left_out in ("id", "city", "source_note"):
        columns = [name for name in needed if name != left_out]
        query = "&".join(f"column={name}" for name in columns)
        text = text_of(client.get(f"{PAGE}?{query}"))
        assert re.search(rf"It lacks:\s*<span[^>]*>{left_out}</span>", text)
        path.write_bytes(b"".join(press(client, column=columns).streaming_content))
        with pytest.raises(UnusableFile):
            import_file(HostImporter(), path)
