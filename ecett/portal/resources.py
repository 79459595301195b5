"""What the interface for programmes has to offer: its addresses, their parameters and answers, as one table.

The views, the description (`openapi`) and the page for people are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecett.core.api import ROOT
from ecett.core.api.pages import CURSOR
from ecett.core.api.questions import Parameter
from ecett.core.api.records import NUMBER, TEXT, WHOLE, Field, Record, Schema, holding, many, one_of, or_null
from goodpractices.questions import PRACTICE_PARAMETERS
from goodpractices.records import PRACTICE
from hosts.questions import HOST_PARAMETERS
from hosts.records import HOST
from hosts.thesaurus import LANGUAGES, SCHEMES, Concept, default

PAGE, MOST = 25, 100
LIMIT = Parameter(
    "limit", _("how many at once, 25 when it is not said"), {"type": "integer", "minimum": 1, "maximum": MOST}
)
PAGED = (LIMIT, CURSOR)
SCHEME = Parameter("scheme", _("one part of the thesaurus"), one_of(SCHEMES))

NAMES: Schema = holding(**dict.fromkeys(LANGUAGES, TEXT))
_FOUND = (
    Field(
        "score",
        or_null(NUMBER),
        _("how well it answers the words, 0 to 1; null without words"),
        lambda row: getattr(row, "rank", None),
    ),
    Field(
        "why",
        many(TEXT),
        _("why it was found, in the language of the words as far as the portal speaks it"),
        lambda row: getattr(row, "why", []),
    ),
)
_METRES = Field(
    "metres",
    or_null(WHOLE),
    _("how far it is from the place named; null without one"),
    lambda row: getattr(row, "metres", None),
)
LISTED_HOST = Record("ListedHost", (*HOST.fields, *_FOUND, _METRES))
LISTED_PRACTICE = Record("ListedPractice", (*PRACTICE.fields, *_FOUND))


def _synonyms(concept: Concept) -> dict[str, list[str]]:
    return {language: list(concept.synonyms(language)) for language in LANGUAGES}


CONCEPT = Record(
    "Concept",
    (
        Field("id", TEXT, _("code, the same in every language"), "code"),
        Field("scheme", one_of(SCHEMES), _("part of the thesaurus")),
        Field("labels", NAMES, _("what it is called in ten languages"), lambda one: names_of(one)),
        Field(
            "synonyms",
            holding(**dict.fromkeys(LANGUAGES, many(TEXT))),
            _("other words that people use for it"),
            _synonyms,
        ),
        Field("broader", many(TEXT), _("codes of what it is a kind of"), lambda one: list(one.broader)),
        Field(
            "narrower", many(TEXT), _("codes of its kinds"), lambda one: list(default().narrower(one.code))
        ),
        Field("related", many(TEXT), _("codes of what lies near it"), lambda one: list(one.related)),
        Field(
            "same",
            many(TEXT),
            _("codes of the same matter from another side"),
            lambda one: list(default().same(one.code)),
        ),
    ),
)
_COUNTED = (
    Field("code", TEXT, _("as filters take it")),
    Field("names", NAMES, _("what it is called in ten languages")),
    Field("hosts", WHOLE, _("published hosts")),
    Field("practices", WHOLE, _("published good practices")),
)
COUNTRY = Record("Country", _COUNTED)
SECTOR = Record("Sector", _COUNTED)


def names_of(concept: Concept) -> dict[str, str]:
    """{language: its label}"""
    return {language: concept.label(language) for language in LANGUAGES}


@cache
def country_names(code: str) -> Mapping[str, str]:
    """{language: the name of a country}"""
    return {language: str(Locale.parse(language).territories.get(code, code)) for language in LANGUAGES}


@dataclass(frozen=True)
class Resource:
    """One address. ``view``: name of the view; ``record``: of one row; ``gone``: how a card that is away answers."""

    view: str
    path: str
    about: str | Promise
    record: Record
    listed: bool = True
    parameters: tuple[Parameter, ...] = ()
    gone: tuple[int, ...] = field(default=())

    @property
    def address(self) -> str:
        """From the root of the portal, with {id} where one stands."""
        return ROOT + self.path


RESOURCES = (
    Resource(
        "host_list", "hosts/", _("hosts, as on the page"), LISTED_HOST, parameters=(*HOST_PARAMETERS, *PAGED)
    ),
    Resource("host_detail", "hosts/{id}/", _("one host"), HOST, listed=False, gone=(301, 404)),
    Resource(
        "practice_list",
        "practices/",
        _("good practices, as on the page"),
        LISTED_PRACTICE,
        parameters=(*PRACTICE_PARAMETERS, *PAGED),
    ),
    Resource(
        "practice_detail", "practices/{id}/", _("one good practice"), PRACTICE, listed=False, gone=(404, 410)
    ),
    Resource(
        "concept_list",
        "concepts/",
        _("ECETT’s thesaurus: the concepts that cards carry"),
        CONCEPT,
        parameters=(SCHEME, *PAGED),
    ),
    Resource("concept_detail", "concepts/{id}/", _("one concept"), CONCEPT, listed=False, gone=(404,)),
    Resource("country_list", "countries/", _("countries with cards, and how many"), COUNTRY),
    Resource("sector_list", "sectors/", _("the four sectors, and how many cards each has"), SECTOR),
)
RESOURCE = {resource.view: resource for resource in RESOURCES}
