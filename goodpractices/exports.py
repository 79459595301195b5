"""The list of practices as a sheet. Its headings are our own layout: `goodpractices/imports/maps/ecett.toml` reads them
back.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ecett.core.exports.kinds import ExportKind, Group, named, of_field
from ecett.core.imports.mapping import joined
from goodpractices.models import GoodPractice
from goodpractices.selectors import filtered_practices, practice_listing, read_practice_filter
from goodpractices.selectors.listing import narrowed
from hosts.exports import codes_text, only_codes, rows_at

_field = partial(of_field, GoodPractice)

# Codes, the same in every language: a sheet that is brought back must mean the same.
CARD = (
    named("id", _("number of the card"), "public_id", 16),
    _field("title", width=50),
    _field("kind", width=10),
    _field("language", width=9),
    _field("country", width=9, value=lambda card: card.country.code or ""),
    _field("city", width=20),
    _field("host_name"),
    _field("author_name"),
)
SUBJECTS = (
    named("sectors", _("sectors"), lambda card: ";".join(card.sectors), 22),
    named("target_groups", _("who comes there"), lambda card: ";".join(card.target_groups)),
    named("concepts", _("methods and problems"), lambda card: codes_text(card.concepts)),
    named("competences", _("competences"), lambda card: codes_text(card.competences)),
    _field("competences_text"),
    named("keywords", _("keywords"), lambda card: joined(card.keywords)),
)
TEXT = (
    _field("description", width=60),
    _field("objectives", width=40),
    _field("resources", width=40),
    _field("steps", width=40),
    _field("results", width=40),
    _field("transfer", width=40),
)
ORIGIN = (
    named("source", _("file it came from"), "source"),
    named("source_key", _("its number in that file"), "source_key"),
    _field("source_note"),
)
PRACTICE_COLUMNS = (*CARD, *SUBJECTS, *TEXT, *ORIGIN)


def export_rows(practices: QuerySet[GoodPractice], headings: Collection[str] = ()) -> QuerySet[GoodPractice]:
    """The cards with all that a line of the sheet needs, however many they are."""
    codes = (only_codes("concepts"), only_codes("competences"))
    return practices.prefetch_related(*codes).defer("search", "marks", "mentions")


PRACTICES = ExportKind(
    name="practices",
    label=_("Good practices"),
    filename="good-practices",
    groups=(
        Group("card", _("The practice and where it was seen"), CARD),
        Group("subjects", _("What it is about"), SUBJECTS),
        Group("text", _("The text"), TEXT),
        Group("origin", _("Where the card comes from"), ORIGIN),
    ),
    rows=rows_at(
        read_practice_filter,
        by_words=lambda wanted, language: filtered_practices(
            wanted, practice_listing(wanted, language=language)
        ),
        by_filters=lambda wanted: narrowed(GoodPractice.objects.published(), wanted),
    ),
    load=export_rows,
    order=("sort_title", "pk"),
    page="goodpractices:export_choose",
    list_page="goodpractices:practice_list",
    short=("title", "country", "city", "host_name", "sectors", "description"),
    layout="ecett-practices",
)
