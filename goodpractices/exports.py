"""The list of practices as a sheet. Its headings are our own layout: `goodpractices/imports/maps/ecett.toml`
reads
them back."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from ecett.core.exports import Column
from ecett.core.imports.mapping import joined
from goodpractices.models import GoodPractice


def _codes(concepts: Any) -> str:
    return ";".join(concept.code for concept in concepts.all())


# Codes, the same in every language: a sheet that is brought back must mean the same.
PRACTICE_COLUMNS = (
    Column("id", "public_id", width=16),
    Column("title", "title", width=50),
    Column("kind", "kind", width=10),
    Column("language", "language", width=9),
    Column("country", lambda card: card.country.code or "", width=9),
    Column("city", "city", width=20),
    Column("host_name", "host_name"),
    Column("author_name", "author_name"),
    Column("sectors", lambda card: ";".join(card.sectors), width=22),
    Column("target_groups", lambda card: ";".join(card.target_groups)),
    Column("concepts", lambda card: _codes(card.concepts)),
    Column("competences", lambda card: _codes(card.competences)),
    Column("competences_text", "competences_text"),
    Column("description", "description", width=60),
    Column("objectives", "objectives", width=40),
    Column("resources", "resources", width=40),
    Column("steps", "steps", width=40),
    Column("results", "results", width=40),
    Column("transfer", "transfer", width=40),
    Column("keywords", lambda card: joined(card.keywords)),
    Column("source", "source"),
    Column("source_key", "source_key"),
    Column("source_note", "source_note"),
)


def export_rows(practices: QuerySet[GoodPractice]) -> QuerySet[GoodPractice]:
    """The cards with all that a line of the sheet needs, however many they are."""
    return practices.prefetch_related("concepts", "competences").defer("search", "marks")
