"""What programmes may ask of the list of hosts: the same words and filters as on the page, read strictly."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecett.core.api.questions import Parameter, bad_question, faults_of, wrong
from ecett.core.api.records import COUNTRY, DAY, TEXT, Schema, one_of
from hosts.selectors.filtering import (
    KINDS,
    MAX_QUERY,
    MOST_KM,
    MOST_PEOPLE,
    SORTS,
    CardFilter,
    known_values,
    read_filter,
)
from hosts.thesaurus import LANGUAGES

# Longer lists of values are told of in words.
MOST_ENUM = 50
WORDS = Parameter("q", gettext_lazy("words to look for, in any of the languages below"), longest=MAX_QUERY)
LANGUAGE = Parameter(
    "lang", gettext_lazy("the language of the words; en when it is not said"), one_of(LANGUAGES)
)
ABOUT: Mapping[str, str | Promise] = {
    "sector": gettext_lazy("sector"),
    "country": gettext_lazy("country, two letters (ISO 3166-1; EL is read as GR)"),
    "target": gettext_lazy("who comes there: a code of the concepts target_groups"),
    "expertise": gettext_lazy(
        "a code of the concepts methods, problems or professions; narrower ones count too"
    ),
    "language": gettext_lazy("language, two letters; en-B2 asks for that level or better"),
    "offer": gettext_lazy("what is on offer; several must all be there"),
    "status": gettext_lazy("status"),
    "fresh": gettext_lazy("when the card was last confirmed"),
    "practices": gettext_lazy("with good practices to read"),
    "area": gettext_lazy("a square of one degree in a country, by its south-western corner: BE-N50E004"),
}
PLACED = (
    Parameter("near", gettext_lazy("a town, with its country where several have the name: Namur, BE")),
    Parameter(
        "km",
        gettext_lazy("at most so far from there"),
        {"type": "integer", "minimum": 1, "maximum": MOST_KM},
    ),
    Parameter("from", gettext_lazy("free from this day on"), DAY),
    Parameter("to", gettext_lazy("free until this day"), DAY),
    Parameter(
        "people",
        gettext_lazy("so many visitors at once"),
        {"type": "integer", "minimum": 1, "maximum": MOST_PEOPLE},
    ),
)
# What says something only beside another.
BESIDE = {"km": ("near",), "people": ("from", "to")}


@dataclass(frozen=True)
class Question:
    """What is asked of a list: the filter, the language of its words, and all values as they were given."""

    wanted: CardFilter
    language: str
    given: Mapping[str, Sequence[str]]

    @property
    def asked(self) -> str:
        """What a place in the list belongs to."""
        text = f"{self.language} {self.wanted.canonical()}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def whole_address(wanted: CardFilter, language: str) -> str:
    """The question of a page as exports of the whole list take it."""
    return urlencode([*wanted.pairs(), *([("lang", language)] if wanted.q else [])])


def schema_of(kind: str, values: frozenset[str] | None = None) -> Schema:
    """The values of a filter, listed when they are few."""
    if kind == "country":
        return COUNTRY
    known = values if values is not None else frozenset() if kind == "area" else known_values(kind)
    return one_of(sorted(known)) if 0 < len(known) <= MOST_ENUM else TEXT


def filters(
    kinds: Sequence[str],
    sorts: Sequence[str],
    known: Mapping[str, frozenset[str]] | None = None,
    about: Mapping[str, str | Promise] | None = None,
) -> tuple[Parameter, ...]:
    """The parameters of a list. ``known``, ``about``: values and words where they are not those of hosts."""
    words = {**ABOUT, **(about or {})}
    chosen = [
        Parameter(kind, words.get(kind, ""), schema_of(kind, (known or {}).get(kind)), many=True)
        for kind in kinds
    ]
    order = Parameter(
        "sort", gettext_lazy("the order; the first of these when it is not said"), one_of(sorts)
    )
    return (WORDS, LANGUAGE, *chosen, order)


HOST_PARAMETERS = (*filters(KINDS, SORTS), *PLACED)


def unordered(parameters: Sequence[Parameter]) -> tuple[Parameter, ...]:
    """Without the order: for exports of a whole list."""
    return tuple(parameter for parameter in parameters if parameter.name != "sort")


HOSTS_WHOLE = unordered(HOST_PARAMETERS)


def host_question(given: QueryDict, parameters: Sequence[Parameter]) -> Question:
    """A question about hosts. Raises Problem."""
    return read_question(given, parameters, read_filter)


def read_question(
    given: QueryDict,
    parameters: Sequence[Parameter],
    read: Callable[[Mapping[str, Sequence[str]]], CardFilter],
) -> Question:
    """The filter of an address of which every name and value is understood. Raises Problem."""
    errors = faults_of(given, parameters)
    told = {error["parameter"] for error in errors}
    values = {name: list(each) for name, each in given.lists()}
    wanted = read(values)
    errors += [error for error in _not_meant(wanted, values) if error["parameter"] not in told]
    if errors:
        raise bad_question(errors)
    return Question(wanted, values.get("lang", ["en"])[0], values)


def _not_meant(wanted: CardFilter, values: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """What the list itself does not understand of an address."""
    errors = [wrong(kind, value, _("This value is not known.")) for kind, value in wanted.unknown]
    if wanted.towns:
        several = wrong("near", values["near"][0], _("Several places have this name: say which."))
        errors.append({**several, "choices": [town.label for town in wanted.towns]})
    for name, others in BESIDE.items():
        if name in values and not any(other in values for other in others):
            text = _("It says something only beside %(name)s.") % {"name": others[0]}
            errors.append(wrong(name, values[name][0], text))
    if values.get("sort", [wanted.sort]) != [wanted.sort] and not errors:
        errors.append(wrong("sort", values["sort"][0], _("Name a place with near first.")))
    return errors
