"""Answer searches of hosts and good practices: JSON lines in, JSON lines out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from ecett.core import jsonlines
from ecett.core.management.jsonlines import JsonLinesCommand
from goodpractices.selectors import read_practice_filter
from goodpractices.selectors.finding import KINDS, Hit, find_cards
from goodpractices.selectors.listing import KINDS as PRACTICE_FILTERS
from hosts.selectors import CardFilter, read_filter
from hosts.selectors.filtering import KINDS as HOST_KINDS
from hosts.selectors.filtering import PLACE, TIME
from hosts.wording import say_why

HOST_FILTERS = (*HOST_KINDS, *PLACE, *TIME)
KEYS = ("id", "lang", "query", "kind", "filters", "limit")
FILTERS = (*dict.fromkeys((*HOST_FILTERS, *PRACTICE_FILTERS)), "sort")
MOST = 1000


class Command(JsonLinesCommand):
    help = (
        "Reads searches as JSON lines on standard input (id, lang, query, kind: host, practice or both, "
        "filters as in the address of the list, limit) and writes one answer a line. Exit status 0 if every "
        "line was answered, 1 otherwise."
    )
    keys = KEYS

    def answerer(self, options: dict[str, Any]) -> jsonlines.Answer:
        return answer


def answer(case: Mapping[str, Any]) -> dict[str, Any]:
    """One search. Raises CaseError for what cannot be answered."""
    language = jsonlines.text_of(case, "lang").strip().lower()[:2]
    query = jsonlines.text_of(case, "query", "")
    kind = jsonlines.choice_of(case, "kind", (*KINDS, "both"), "both")
    limit = jsonlines.whole_of(case, "limit", 25)
    if not 1 <= limit <= MOST:
        jsonlines.refuse(f"“limit” must be between 1 and {MOST}.")
    given = _filters(jsonlines.object_of(case, "filters", {}))
    values = {**given, "q": [query]}
    wanted = {}
    for name, read, known in (
        ("host", read_filter, HOST_FILTERS),
        ("practice", read_practice_filter, PRACTICE_FILTERS),
    ):
        # A filter that only the other kind of card has leaves none of this kind.
        if kind in (name, "both") and all(key in (*known, "sort") for key in given):
            wanted[name] = read(values)
            _refuse_unknown(wanted[name])
    with translation.override(language):
        found = find_cards(wanted, language=language, limit=limit)
        return {"total": found.total, "results": [_row(hit) for hit in found.mixed(limit)]}


def _filters(given: Mapping[str, Any]) -> dict[str, list[str]]:
    jsonlines.refuse_unknown_keys(given, FILTERS, "filters")
    found = {}
    for name, value in given.items():
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(one, str | int | bool) for one in values):
            jsonlines.refuse(f"“{name}” in “filters” must be a text or a list of texts.")
        found[name] = [str(one) for one in values]
    return found


def _row(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "id": hit.card.public_id,
        "title": hit.title,
        "country": str(hit.card.country),
        "lang": hit.card.language,
        "sectors": list(hit.card.sectors),
        "target_groups": list(hit.card.target_groups),
        "concepts": list(hit.concepts),
        "score": round(hit.score, 4),
        "why": [say_why(reason) for reason in hit.why],
    }


def _refuse_unknown(wanted: CardFilter) -> None:
    if wanted.unknown:
        listed = ", ".join(f"{kind}={value}" for kind, value in wanted.unknown)
        jsonlines.refuse(f"Unknown filter value: {listed}.")
    if wanted.towns:
        meant = "; ".join(town.label for town in wanted.towns)
        jsonlines.refuse(f"“near” may mean several places: {meant}.")
