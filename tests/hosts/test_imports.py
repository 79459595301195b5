"""Host cards and ESCO from sheets: every row accounted for, a second run changes nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecett.core.imports.engine import import_file, import_files
from ecett.core.imports.report import Report
from hosts.imports.esco import EscoImporter
from hosts.imports.importer import HostImporter, card_key
from hosts.imports.places import calm, in_country, language_of, nearest_town, repaired
from hosts.imports.sectors import sectors_named
from hosts.models import Concept, ConceptLabel, Host
from hosts.selectors import host_page, read_filter
from hosts.services import load_thesaurus
from tests.factories import HostFactory, person

HEAD = (
    "id,hospital_name,site_name,lat,lon,geo_qual,street,house_number,postcode,city,cc,country,cap_beds,cap_prac,"
    "cap_rooms,emergency,facility_type,public_private,list_specs,url,ref_date,pub_date\n"
)


@pytest.fixture(autouse=True)
def towns_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An import gives the memory of the towns back, and each test would read them again."""
    monkeypatch.setattr("hosts.imports.places.forget_towns", lambda: None)


def sheet(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "hosts.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def row(
    name: str,
    *,
    city: str = "Graz",
    cc: str = "AT",
    lat: str = "47.07",
    lon: str = "15.44",
    kind: str = "",
    specs: str = "",
    url: str = "",
    street: str = "",
) -> str:
    place = f"{lat},{lon},1,{street},,8010,{city},{cc},X"
    return f'1,"{name}",,{place},,,,,"{kind}",,"{specs}",{url},01/01/20,16/04/2020'


def run(path: Path) -> Report:
    return import_file(HostImporter(), path)


def tally(report: Report) -> dict[str, int]:
    return {name: number for name, number in report.counts.items() if number}


# ── what a directory leaves unsaid (pure) ──
def test_czech_read_as_western_european_is_put_right() -> None:
    assert repaired("Léèebna pro dlouhodobì nemocné, Jindøichùv Hradec", "CZ") == (
        "Léčebna pro dlouhodobě nemocné, Jindřichův Hradec"
    )
    assert repaired("Mère et enfant", "FR") == "Mère et enfant"


def test_names_in_capitals_are_calmed_and_abbreviations_kept() -> None:
    assert calm("HOPITAL DE JOUR POUR ADULTES") == "Hopital de Jour pour Adultes"
    assert calm("CENTRE L'ETOILE CMP CATTP") == "Centre l'Etoile CMP CATTP"
    assert calm("ΨΥΧΙΑΤΡΙΚΟ") == "ΨΥΧΙΑΤΡΙΚΟ"
    assert calm("Casa di Cura") == "Casa di Cura"


def test_language_follows_the_postcode_where_there_are_several() -> None:
    codes = [
        language_of("BE", "4000"),
        language_of("BE", "9000"),
        language_of("CH", "1201"),
        language_of("CH", "8001"),
    ]
    assert codes == ["fr", "nl", "fr", "de"]


def test_coordinates_are_held_against_the_country() -> None:
    assert in_country(47.07, 15.44, "AT")
    assert not in_country(-20.94, 55.29, "FR")
    town = nearest_town(44.94, 26.02, "RO")
    assert town is not None
    assert town[0].startswith("Ploie")


def test_sectors_are_read_from_a_name() -> None:
    assert sectors_named("Klinik für Kinder- und Jugendpsychiatrie", "de") >= {"psychiatry"}
    assert sectors_named("Projekt v závislosti od podmienok", "sk") == set()
    assert sectors_named("Casa di Cura Giovanni XXIII", "it") == set()


# ── the directory ──
@pytest.mark.django_db
def test_rows_become_published_potential_hosts_that_are_found(tmp_path: Path) -> None:
    path = sheet(tmp_path, row("Psychiatrische Klinik", specs="PSY, NEU", url="www.klinik.at"))
    assert tally(run(path)) == {"created": 1}
    card = Host.objects.get()
    assert (card.status, card.moderation, card.sectors, card.website, card.language) == (
        "potential",
        "published",
        ["psychiatry"],
        "http://www.klinik.at",
        "de",
    )
    assert "Eurostat" in card.source_note
    assert [(spoken.language, spoken.level) for spoken in card.languages.all()] == [("de", "C2")]
    page = host_page(read_filter({"q": ["psychiatrie hôpital"]}), language="fr")
    assert [host.pk for host in page.hosts] == [card.pk]


@pytest.mark.django_db
def test_repeats_of_name_town_and_country_are_merged(tmp_path: Path) -> None:
    path = sheet(tmp_path, row("Spital"), row("SPITAL", street="Ring"), row("Spital", city="Wien"))
    report = run(path)
    assert tally(report) == {"created": 2, "merged": 1}
    assert Host.objects.get(city="Graz").address == "Ring"
    assert [note.reason for note in report.notes] == ["same name, town and country as line 2"]


@pytest.mark.django_db
def test_second_run_changes_nothing(tmp_path: Path) -> None:
    path = sheet(tmp_path, row("Spital"), row("Spital", street="Ring"), row("Klinik"))
    run(path)
    before = list(Host.objects.values_list("pk", "changed_at"))
    report = run(path)
    assert (tally(report), report.unchanged_count) == ({"skipped": 3}, 3)
    assert list(Host.objects.values_list("pk", "changed_at")) == before


@pytest.mark.django_db
def test_changed_row_updates_its_card_until_people_look_after_it(tmp_path: Path) -> None:
    run(sheet(tmp_path, row("Spital")))
    changed = sheet(tmp_path, row("Spital", street="Ring"))
    assert tally(run(changed)) == {"updated": 1}
    Host.objects.update(status="partner", address="By hand")
    report = run(changed)
    assert (tally(report), Host.objects.get().address) == ({"skipped": 1}, "By hand")
    assert "people look after this card" in report.notes[0].reason


@pytest.mark.django_db
def test_row_without_a_town_takes_the_nearest_or_is_refused(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        row("Spitalul Borsa", city="", cc="RO", lat="47.655", lon="24.663"),
        row("Γενικό Νοσοκομείο", city="", cc="EL", lat="39.1", lon="22.35"),
    )
    report = run(path)
    assert tally(report) == {"created": 1, "refused": 1}
    assert Host.objects.get().city == "Borşa"
    refused = [(note.line, note.field) for note in report.notes if note.outcome == "refused"]
    assert refused == [(3, "city")]


@pytest.mark.django_db
def test_country_codes_of_europe_and_overseas(tmp_path: Path) -> None:
    run(
        sheet(
            tmp_path,
            row("Alpha", city="Athina", cc="EL", lat="37.98", lon="23.72"),
            row("Beta", city="Le Port", cc="FR", lat="-20.94", lon="55.29"),
            row("Gamma", city="Les Abymes", cc="GP", lat="16.27", lon="-61.5"),
        )
    )
    assert [str(host.country) for host in Host.objects.order_by("name")] == ["GR", "RE", "GP"]


@pytest.mark.django_db
def test_bad_values_are_refused_or_left_empty_with_a_word(tmp_path: Path) -> None:
    report = run(sheet(tmp_path, row(""), row("X", cc="QQ"), row("Y", lat="95"), row("Z", url="http//none")))
    told = {(note.line, note.outcome, note.field) for note in report.notes}
    assert told == {
        (2, "refused", "name"),
        (3, "refused", "country"),
        (4, "refused", "latitude"),
        (5, "created", "website"),
    }
    assert tally(report) == {"created": 1, "refused": 3}


def test_key_of_a_very_long_name_fits_its_column() -> None:
    assert len(card_key("x" * 300, "y" * 200, "FR")) <= 200
    assert card_key("Łódź", "B", "PL") == card_key("lodz", "b", "PL")


# ── our own sheet ──
@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_brought_back_changes_nothing(client: Client, tmp_path: Path, form: str) -> None:
    load_thesaurus()
    card = HostFactory(
        name='=Team; "one"',
        summary="Two\nlines",
        day_price="45.50",
        step_free=True,
        capacity=3,
        target_groups=["unaccompanied-minors"],
        languages=[("sv", "C2"), ("en", "B2")],
    )
    card.concepts.set(Concept.objects.filter(code="aftercare"))
    HostFactory(name="Plain", latitude=None, longitude=None)
    client.force_login(person("helpdesk"))
    response = client.get(reverse("hosts:host_export"), {"format": form})
    path = tmp_path / f"hosts.{form}"
    path.write_bytes(b"".join(response.streaming_content))  # type: ignore[arg-type]
    report = run(path)
    assert (tally(report), report.unchanged_count) == ({"skipped": 2}, 2), report.notes


@pytest.mark.django_db
def test_export_holds_what_is_filtered(client: Client) -> None:
    HostFactory(name="Swede", country="SE")
    HostFactory(name="Finn", country="FI")
    client.force_login(person("trainee"))
    response = client.get(reverse("hosts:host_export"), {"country": "FI", "format": "csv"})
    text = b"".join(response.streaming_content).decode()  # type: ignore[arg-type]
    assert ("Finn" in text, "Swede" in text) == (True, False)
    unknown = client.get(reverse("hosts:host_export"), {"country": "Finland", "format": "csv"})
    assert unknown.status_code == 422
    assert "Finland" in unknown.text, "the page names what it does not know"
    assert "Finn\n" not in unknown.text


# ── ESCO ──
@pytest.mark.django_db
def test_esco_labels_of_two_languages_are_one_concept(tmp_path: Path) -> None:
    uri = "http://data.europa.eu/esco/skill/1"
    (tmp_path / "esco_skills_en.csv").write_text(
        f'conceptUri,preferredLabel,altLabels\n{uri},listen actively,"hear\nattend"\n{uri[:-1]}2,,\n'
    )
    (tmp_path / "esco_skills_fr.csv").write_text(
        f"conceptUri,preferredLabel,altLabels\n{uri},écouter activement,\n"
    )
    from ecett.core.imports.engine import files_of

    sources, _others = files_of(EscoImporter(), tmp_path)
    report = import_files(EscoImporter(), sources)
    assert tally(report) == {"created": 2, "refused": 1}
    assert ConceptLabel.objects.get(language="en").alternatives == ["hear", "attend"]
    assert ConceptLabel.objects.get(language="fr").folded == "ecouter activement"
    assert tally(import_files(EscoImporter(), sources)) == {"skipped": 2, "refused": 1}


# ── the real files (those of hosts and practices: tests/search/test_judged.py) ──
@pytest.mark.data
@pytest.mark.slow
@pytest.mark.django_db
def test_real_esco_every_row_accounted_for(real_data: Path) -> None:
    from ecett.core.imports.engine import files_of

    sources, _others = files_of(EscoImporter(), real_data)
    report: Any = import_files(EscoImporter(), sources)
    assert (report.read, tally(report)) == (49_281, {"created": 49_268, "refused": 13})
    assert Concept.objects.count() == 13_485 + 2_942
