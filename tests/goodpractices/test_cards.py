"""Good practices: writing, reading, publishing, finding, importing."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ecett.core.imports.engine import import_file
from ecett.core.models import Notification
from ecett.core.workflow import Blocked
from goodpractices.imports.importer import PracticeImporter
from goodpractices.models import GoodPractice
from goodpractices.selectors import practice_page, read_practice_filter
from goodpractices.services import (
    create_practice,
    index_practices,
    pass_on_practice,
    publish_practice,
    submit_practice,
    update_practice,
)
from hosts.models import Concept
from hosts.selectors.cardindex import forget
from hosts.services import load_thesaurus
from tests.factories import HostFactory, PracticeFactory, authored_practice, person

pytestmark = pytest.mark.django_db
TOLD = {
    "title": "A phone stays open",
    "country": "SE",
    "sectors": ["youth"],
    "description": "One number for a year.",
}


@pytest.fixture
def desk() -> Any:
    return person("helpdesk", language="en")


@pytest.fixture
def author() -> Any:
    return person("trainee")


def found(**address: list[str]) -> list[str]:
    return [card.title for card in practice_page(read_practice_filter(address), language="en").practices]


def detail(practice: GoodPractice, name: str = "practice_detail", *more: str) -> str:
    return reverse(f"goodpractices:{name}", args=[practice.public_id, *more])


# ── services ──
def test_practice_of_two_authors_counts_for_both(author: Any) -> None:
    other = person("trainee")
    practice = create_practice(author=author, joint_authors=[other, author], **TOLD)
    assert {(row.user, row.role) for row in practice.authors.all()} == {(author, "author"), (other, "joint")}
    assert practice in GoodPractice.objects.visible_to(other)


def test_practice_is_not_sent_before_anonymity_is_declared(author: Any) -> None:
    practice = create_practice(author=author, **TOLD)
    with pytest.raises(Blocked, match="recognised"):
        submit_practice(practice=practice, actor=author)
    update_practice(practice=practice, actor=author, anonymity_declared=True)
    assert submit_practice(practice=GoodPractice.objects.get(), actor=author).state == "submitted"


def test_practice_names_its_host_even_when_the_card_goes(author: Any) -> None:
    host = HostFactory(name="Vågbrytaren")
    practice = create_practice(author=author, host=host, **TOLD)
    assert practice.host_name == "Vågbrytaren"


def test_practice_with_an_unknown_competence_is_not_written(author: Any) -> None:
    with pytest.raises(ValueError, match="made-up"):
        create_practice(author=author, competences=["made-up"], **TOLD)
    assert not GoodPractice.objects.exists()


# ── finding ──
def test_practice_is_found_in_another_language_through_its_competence(author: Any, desk: Any) -> None:
    load_thesaurus()
    practice = create_practice(
        author=author, anonymity_declared=True, competences=["motivational-interviewing"], **TOLD
    )
    submit_practice(practice=practice, actor=author)
    read = pass_on_practice(practice=GoodPractice.objects.get(), actor=desk)
    publish_practice(practice=read, actor=person("juror"))
    label = Concept.objects.get(code="motivational-interviewing").labels.get(language="nl").label
    page = practice_page(read_practice_filter({"q": [label]}), language="nl")
    assert [card.pk for card in page.practices] == [practice.pk]
    assert page.why[practice.pk][0].kind == "declared"


def test_filters_and_unknown_values() -> None:
    PracticeFactory(title="Swede", country="SE", kind="holder")
    PracticeFactory(title="Finn", country="FI", kind="expert")
    index_practices()
    assert found(country=["FI"]) == ["Finn"]
    assert found(kind=["expert"], country=["SE"]) == []
    assert found(kind=["nobody"]) == []


@pytest.mark.parametrize("address", ["", "?q=phone", "?country=SE"])
def test_list_asks_as_many_questions_for_30_as_for_1(client: Client, address: str) -> None:
    def questions() -> int:
        # Whether the process has looked at other cards before is no matter here.
        forget()
        with CaptureQueriesContext(connection) as context:
            assert client.get(reverse("goodpractices:practice_list") + address).status_code == 200
        texts = [query["sql"] for query in context.captured_queries]
        assert len(set(texts)) == len(texts), "a question was repeated"
        return len(texts)

    PracticeFactory()
    index_practices()
    one = questions()
    for _each in range(29):
        PracticeFactory()
    index_practices()
    # Two of them only say that words are looked up in the index.
    assert questions() == one <= 15


# ── pages ──
def test_draft_is_there_for_its_authors_only(client: Client, author: Any) -> None:
    practice = create_practice(author=author, **TOLD)
    assert client.get(detail(practice)).status_code == 404
    client.force_login(person("trainee"))
    assert client.get(detail(practice)).status_code == 404
    assert client.get(detail(practice, "practice_print")).status_code == 404
    client.force_login(author)
    assert "You complete the card" in client.get(detail(practice)).content.decode()


def test_card_leads_to_its_host_and_print_view_shows_the_text(client: Client, author: Any) -> None:
    host = HostFactory(name="Vågbrytaren")
    practice = authored_practice(author, host=host, transfer="Two colleagues.")
    text = client.get(detail(practice)).content.decode()
    assert reverse("hosts:host_detail", args=[host.public_id]) in text
    printed = client.get(detail(practice, "practice_print")).content.decode()
    assert "Two colleagues." in printed
    assert f'<a class="btn" href="{detail(practice)}">Back to the card</a>' in printed, (
        "not printed: a button"
    )


def test_form_submit_needs_the_declaration_and_keeps_what_was_typed(client: Client, author: Any) -> None:
    client.force_login(author)
    response = client.post(reverse("goodpractices:practice_create"), {**TOLD, "intent": "submit"})
    assert (response.status_code, GoodPractice.objects.count()) == (422, 0)
    assert "One number for a year." in response.content.decode()
    client.post(
        reverse("goodpractices:practice_create"), {**TOLD, "anonymity_declared": "on", "intent": "submit"}
    )
    assert GoodPractice.objects.get().state == "submitted"


def test_form_finds_competences_without_losing_what_was_typed(client: Client, author: Any) -> None:
    load_thesaurus()
    client.force_login(author)
    data = {**TOLD, "intent": "find", "find": "peer support", "competences": ["aftercare"]}
    text = client.post(reverse("goodpractices:practice_create"), data).content.decode()
    assert 'value="aftercare" id="competences-1" checked' in text
    assert "peer-support" in text
    assert "One number for a year." in text
    assert not GoodPractice.objects.exists()


def test_fragment_finds_concepts_in_any_language(client: Client, author: Any) -> None:
    load_thesaurus()
    client.force_login(author)
    address = reverse("hosts:concept_find")
    assert 'value="aftercare"' in client.get(address, {"find": "nazorg"}).content.decode()
    assert (
        'value="aftercare"'
        not in client.get(address, {"find": "nazorg", "concepts": "aftercare"}).content.decode()
    )
    assert "No word like this" in client.get(address, {"find": "zzzzzz"}).content.decode()


def test_two_readers_publish_and_every_author_is_told(client: Client, desk: Any, author: Any) -> None:
    other = person("trainee")
    practice = create_practice(author=author, joint_authors=[other], anonymity_declared=True, **TOLD)
    submit_practice(practice=practice, actor=author)
    client.force_login(desk)
    assert TOLD["title"] in client.get(reverse("goodpractices:practice_moderation")).content.decode()
    client.post(detail(practice, "practice_step", "pass_on"))
    client.force_login(person("juror"))
    assert TOLD["title"] in client.get(reverse("goodpractices:practice_moderation")).content.decode()
    client.post(detail(practice, "practice_step", "publish"))
    practice = GoodPractice.objects.get()
    assert (practice.state, practice.published_at is not None) == ("published", True)
    assert set(Notification.objects.values_list("email", flat=True)) == {author.email, other.email}


def test_author_may_neither_publish_nor_see_the_queue(client: Client, author: Any) -> None:
    practice = create_practice(author=author, anonymity_declared=True, **TOLD)
    submit_practice(practice=practice, actor=author)
    client.force_login(author)
    assert client.post(detail(practice, "practice_step", "pass_on")).status_code == 403
    assert client.get(reverse("goodpractices:practice_moderation")).status_code == 403


# ── imports ──
HEAD = "lang,country,title,summary,organisation,place,start,end,amount\n"


def sheet(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "practices.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def tally(path: Path) -> tuple[dict[str, int], list[tuple[int, str]]]:
    report = import_file(PracticeImporter(), path)
    refused = [(note.line, note.field) for note in report.notes if note.outcome == "refused"]
    return {name: number for name, number in report.counts.items() if number}, refused


def test_same_text_of_several_beneficiaries_is_one_practice(tmp_path: Path) -> None:
    one = 'nl,NL,Jongeren in huis,"Opvang van\ndakloze jongeren.",{},{},01.02.2015,31/01/2016,"1.234,50 kn"'
    path = sheet(tmp_path, one.format("Huis A (12345678901)", "GRONINGEN"), one.format("Huis B", "DRENTHE"))
    assert tally(path) == ({"created": 1, "merged": 1}, [])
    practice = GoodPractice.objects.get()
    assert practice.resources.splitlines() == [
        "Huis A · Groningen · 01.02.2015 – 31.01.2016 · 1.234,50 kn",
        "Huis B · Drenthe · 01.02.2015 – 31.01.2016 · 1.234,50 kn",
    ]
    assert (practice.state, practice.kind, practice.city, practice.host_name) == (
        "published",
        "holder",
        "",
        "Huis A",
    )
    assert "youth" in practice.sectors
    assert tally(path) == ({"skipped": 2}, [])


def test_text_of_no_sector_of_ours_stays_a_draft(tmp_path: Path) -> None:
    assert tally(sheet(tmp_path, "sk,SK,Kanalizácia,Odvádzanie odpadových vôd v obci.,Obec,,,,")) == (
        {"created": 1},
        [],
    )
    assert GoodPractice.objects.get().state == "draft"


def test_damaged_letters_are_put_right_or_the_row_is_refused(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        "nl,NL,Zorg,Hulp aan pati\ufffd\ufffdnten met psychiatrische klachten.,GGZ,,,,",
        "nl,NL,Zorg,Het middel Namisol\ufffd helpt.,GGZ,,,,",
        "nl,NL,Zorg twee,Hulp voor jongeren.,GGZ,,31.02.2015,,",
    )
    assert tally(path) == ({"created": 2, "refused": 1}, [(3, "description")])
    assert (
        GoodPractice.objects.get(title="Zorg").description
        == "Hulp aan patiënten met psychiatrische klachten."
    )


def test_export_brought_back_changes_nothing(client: Client, tmp_path: Path, author: Any) -> None:
    load_thesaurus()
    practice = authored_practice(author, title="-1 step", keywords=["a", "b"], steps="1\n2")
    practice.competences.set(Concept.objects.filter(code="aftercare"))
    client.force_login(author)
    for form in ("csv", "xlsx"):
        response = client.get(reverse("goodpractices:practice_export"), {"format": form})
        path = tmp_path / f"practices.{form}"
        path.write_bytes(b"".join(response.streaming_content))  # type: ignore[arg-type]
        assert tally(path) == ({"skipped": 1}, [])
