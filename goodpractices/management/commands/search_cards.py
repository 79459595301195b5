"""Answer searches of hosts and good practices: JSON lines in, JSON lines out."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, TextIO, cast

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from ecett.core import jsonlines
from goodpractices.models import GoodPractice
from goodpractices.selectors import practice_page, read_practice_filter
from goodpractices.selectors.listing import KINDS as PRACTICE_KINDS
from hosts.models import Host
from hosts.search import Why, terms
from hosts.selectors import host_page, read_filter
from hosts.selectors.filtering import KINDS as HOST_KINDS
from hosts.selectors.filtering import CardFilter
from hosts.wording import say_why

KEYS = ("id", "lang", "query", "kind", "filters", "limit")
FILTERS = (*dict.fromkeys((*HOST_KINDS, *PRACTICE_KINDS)), "sort")
MOST = 1000


class Command(BaseCommand):
    help = (
        "Reads searches as JSON lines on standard input (id, lang, query, kind: host, practice "
        "or both, filters as in "
        "the address of the list, limit) and writes one answer a line. Exit status 1 when a line "
        "was not answered."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pretty", action="store_true", help="indented, for people")

    def handle(self, *args: Any, **options: Any) -> None:
        if status := jsonlines.run(sys.stdin, cast(TextIO, self.stdout), answer, KEYS, options["pretty"]):
            sys.exit(status)


def answer(case: Mapping[str, Any]) -> dict[str, Any]:
    """One search. Raises CaseError for what cannot be answered."""
    language = jsonlines.text_of(case, "lang").strip().lower()[:2]
    query = jsonlines.text_of(case, "query", "")
    kind = jsonlines.choice_of(case, "kind", ("host", "practice", "both"), "both")
    limit = jsonlines.whole_of(case, "limit", 25)
    if not 1 <= limit <= MOST:
        jsonlines.refuse(f"“limit” must be between 1 and {MOST}.")
    given = _filters(jsonlines.object_of(case, "filters", {}))
    values = {**given, "q": [query]}
    total = 0
    results: list[dict[str, Any]] = []
    with translation.override(language):
        for name, search, kinds in (("host", _hosts, HOST_KINDS), ("practice", _practices, PRACTICE_KINDS)):
            # A filter that only the other kind of card has leaves none of this kind.
            if kind in (name, "both") and all(key in (*kinds, "sort") for key in given):
                found, rows = search(values, language, limit)
                total, results = total + found, results + rows
    results.sort(key=lambda row: -row["score"])
    return {"total": total, "results": results[:limit]}


def _filters(given: Mapping[str, Any]) -> dict[str, list[str]]:
    jsonlines.refuse_unknown_keys(given, FILTERS, "filters")
    found = {}
    for name, value in given.items():
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(one, str | int | bool) for one in values):
            jsonlines.refuse(f"“{name}” in “filters” must be a text or a list of texts.")
        found[name] = [str(one) for one in values]
    return found


def _hosts(values: Mapping[str, list[str]], language: str, limit: int) -> tuple[int, list[dict[str, Any]]]:
    wanted = read_filter(values)
    _refuse_unknown(wanted)
    page = host_page(wanted, language=language, size=limit)
    return page.total, [
        _row("host", card, card.name, page.why.get(card.pk, ()), page.ranks[card.pk]) for card in page.hosts
    ]


def _practices(
    values: Mapping[str, list[str]], language: str, limit: int
) -> tuple[int, list[dict[str, Any]]]:
    wanted = read_practice_filter(values)
    _refuse_unknown(wanted)
    page = practice_page(wanted, language=language, size=limit)
    return page.total, [
        _row("practice", card, card.title, page.why.get(card.pk, ()), page.ranks[card.pk])
        for card in page.practices
    ]


def _row(
    kind: str, card: Host | GoodPractice, title: str, why: tuple[Why, ...], rank: float
) -> dict[str, Any]:
    known = terms()
    declared = [code for code in (*card.sectors, *card.target_groups) if code in known.thesaurus]
    named = known.mentions(
        f"{title} {getattr(card, 'summary', '') or getattr(card, 'description', '')}", card.language
    )
    return {
        "kind": kind,
        "id": card.public_id,
        "title": title,
        "country": str(card.country),
        "lang": card.language,
        "sectors": list(card.sectors),
        "target_groups": list(card.target_groups),
        "concepts": list(dict.fromkeys((*declared, *named))),
        "score": round(rank, 6),
        "why": [say_why(reason) for reason in why],
    }


def _refuse_unknown(wanted: CardFilter) -> None:
    if wanted.unknown:
        listed = ", ".join(f"{kind}={value}" for kind, value in wanted.unknown)
        jsonlines.refuse(f"Unknown filter value: {listed}.")
