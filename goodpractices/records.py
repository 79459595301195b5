"""What anybody may know of a good practice: the fields of the interface, the feed and the public export.

Never in it: who wrote it, who read it, and whatever else names a person.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecett.core.api import records
from ecett.core.api.records import Field, Record, holding, many, one_of, or_null
from goodpractices.enums import AttachmentKind, PracticeKind
from goodpractices.evidence import CODES
from goodpractices.models import Attachment, GoodPractice
from goodpractices.selectors.attachments import shown_attachments
from goodpractices.services.indexing import published_translations
from hosts.enums import Moderation, Sector


def _label(name: str) -> str | Promise:
    """What a field is called on the form: described once, in all languages."""
    return GoodPractice._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def _host(practice: GoodPractice) -> dict[str, str] | None:
    host = practice.host
    if host is None or host.moderation != Moderation.PUBLISHED:
        return None
    return {"id": host.public_id, "name": host.name}


def _codes(concepts: Any) -> list[str]:
    return [concept.code for concept in concepts.all()]


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {
        "title": attachment.title,
        "language": attachment.language,
        "kind": attachment.kind,
        "size": attachment.size,
        "url": settings.PORTAL_URL + attachment.file_url,
    }


def practice_address(practice: GoodPractice) -> str:
    """The page of a card, for ever."""
    return settings.PORTAL_URL + reverse("goodpractices:practice_detail", args=[practice.public_id])


_FIELDS = (
    Field("id", records.TEXT, _("public id, the same for ever"), "public_id"),
    Field("url", records.ADDRESS, _("the page of the card"), practice_address),
    Field("title", records.TEXT, _label("title")),
    Field("kind", one_of(PracticeKind.values), _label("kind")),
    Field("language", records.TEXT, _label("language")),
    Field("country", or_null(records.COUNTRY), _label("country"), lambda card: card.country.code or None),
    Field("city", records.TEXT, _label("city")),
    Field(
        "host", or_null(holding(id=records.TEXT, name=records.TEXT)), _("the host where it was seen"), _host
    ),
    Field("host_name", records.TEXT, _label("host_name")),
    Field("sectors", many(one_of(Sector.values)), _("sectors")),
    Field("target_groups", many(records.TEXT), _("for whom: codes of concepts")),
    Field(
        "concepts",
        many(records.TEXT),
        _("methods, problems and professions: codes of concepts, ESCO’s as their addresses"),
        lambda card: _codes(card.concepts),
    ),
    Field(
        "competences",
        many(records.TEXT),
        _("what one learns to do: codes of concepts, ESCO’s as their addresses"),
        lambda card: _codes(card.competences),
    ),
    Field("competences_text", records.TEXT, _label("competences_text")),
    Field("description", records.TEXT, _label("description")),
    Field("objectives", records.TEXT, _label("objectives")),
    Field("resources", records.TEXT, _label("resources")),
    Field("steps", records.TEXT, _label("steps")),
    Field("results", records.TEXT, _label("results")),
    Field("transfer", records.TEXT, _label("transfer")),
    Field("keywords", many(records.TEXT), _("keywords"), lambda card: list(card.keywords)),
    Field(
        "attachments",
        many(
            holding(
                title=records.TEXT,
                language=records.TEXT,
                kind=one_of(AttachmentKind.values),
                size=records.WHOLE,
                url=records.ADDRESS,
            )
        ),
        _("documents that go with it; size in bytes"),
        lambda card: [_attachment(one) for one in card.to_take],
    ),
    Field(
        "evidence",
        one_of(CODES),
        _("how well it is proved elsewhere, counted from the reports of those who tried it"),
        lambda card: CODES[card.evidence_level],
    ),
    Field("published_at", or_null(records.MOMENT), _("when it was published")),
    Field("source", records.TEXT, _label("source_note"), "source_note"),
    Field("changed_at", records.MOMENT, _label("changed_at")),
)
PRACTICE = Record("Practice", _FIELDS)


def with_all(practices: QuerySet[GoodPractice]) -> QuerySet[GoodPractice]:
    """Cards with all that their records need, however many they are."""
    return (
        practices.select_related("host")
        .defer("search", "marks", "host__search", "host__marks")
        .prefetch_related("concepts", "competences", published_translations(), shown_attachments())
    )
