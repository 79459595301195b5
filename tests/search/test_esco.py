"""What ESCO calls a skill in one language finds a card tied to it, or one that says it, in another."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ecett.core.imports.engine import files_of, import_files
from goodpractices.management.commands.search_cards import answer
from goodpractices.services import index_practices
from hosts.imports.esco import EscoImporter
from hosts.models import Concept, ConceptLabel
from hosts.services import index_hosts
from tests.factories import HostFactory, PracticeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.data]

# Help clients cope with grief; assess social work students; provide genetic counselling.
SKILLS = (
    "5401bf12-9cb2-4c24-8293-37de2a834031",
    "81b7bab6-4662-4002-96ae-605ae26b8cb4",
    "fd4abe0c-4c20-424d-b8b7-b2e6c2ceb344",
)
# So many others beside them.
OTHERS = 400


@pytest.fixture
def some_esco(real_data: Path, tmp_path: Path) -> None:
    """These skills and some others, in the three languages of the files."""
    for path in sorted(real_data.glob("esco_skills_*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        kept = [row for at, row in enumerate(rows) if at <= OTHERS or row[0].endswith(SKILLS)]
        with (tmp_path / path.name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(kept)
    sources, _others = files_of(EscoImporter(), tmp_path)
    import_files(EscoImporter(), sources)


def found(language: str, words: str) -> list[str]:
    return [row["title"] for row in answer({"id": 1, "lang": language, "query": words})["results"]]


@pytest.mark.usefixtures("some_esco")
def test_label_of_one_language_finds_a_card_tied_to_the_skill() -> None:
    PracticeFactory(title="Other", description="Something else")
    practices = []
    for skill in SKILLS:
        practice = PracticeFactory(title=skill, description="Told without its name", language="nl")
        practice.competences.add(Concept.objects.get(code__endswith=skill))
        practices.append(practice)
    index_practices()
    labels = ConceptLabel.objects.filter(concept__code__endswith=SKILLS[1])
    assert set(labels.values_list("language", flat=True)) == {"en", "es", "fr"}
    for skill in SKILLS:
        for language, label in ConceptLabel.objects.filter(concept__code__endswith=skill).values_list(
            "language", "label"
        ):
            assert found(language, label)[:1] == [skill], (language, label)


@pytest.mark.usefixtures("some_esco")
def test_card_that_says_it_in_another_language_is_found() -> None:
    french = ConceptLabel.objects.get(concept__code__endswith=SKILLS[1], language="fr").label
    english = ConceptLabel.objects.get(concept__code__endswith=SKILLS[1], language="en").label
    HostFactory(name="École", summary=f"Ici on apprend : {french}.", expertise="", language="fr")
    HostFactory(name="Other", summary="Gardens and bicycles", expertise="", language="en")
    index_hosts()
    assert found("en", english)[:1] == ["École"]
