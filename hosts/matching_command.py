"""One case of ``match_request``: the JSON as `Request`, the ranking as JSON. The caller brings the hosts.

``concepts`` and ``target_groups`` are codes or words in any of our languages, inflected or joined by hyphens or
underscores as they may be; a word nobody knows stays as it is and matches nothing. Concepts named in
``problem`` and ``goals`` count too, for less. ``accessibility`` is true or a list of needs; ``logistics`` a list
of, or an object with, meals, transport, accommodation; ``budget`` euros.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ecett.core import jsonlines
from ecett.core.languages import spoken
from ecett.core.words import Gettext, mark
from ecett.core.words import mark as _
from hosts.matching import LEVELS, HostFacts, Ranking, Request, rank
from hosts.terms import Terms, terms
from hosts.thesaurus import Thesaurus, fold

KEYS = (
    *("id", "lang", "problem", "goals", "sectors", "target_groups", "concepts", "countries", "start", "end"),
    *("slack_days", "people", "languages", "accessibility", "logistics", "budget"),
)
SECTORS = ("addiction", "social_work", "youth", "psychiatry")
LOGISTICS = {"meals": _("meals"), "transport": _("local transport"), "accommodation": _("accommodation")}
MOST_SLACK, MOST_PEOPLE = 366, 1000
#: Years in which a stay can be meant.
EARLIEST, LATEST = 2000, 2100


def answer(
    case: Mapping[str, Any],
    hosts: Iterable[HostFacts],
    today: date,
    gettext: Gettext = mark,
    known: Terms | None = None,
) -> dict[str, Any]:
    """The contract's answer to one case, or ``{"id", "error", "text"}``. Never raises."""
    words = known or terms()

    def work(found: Mapping[str, Any]) -> dict[str, Any]:
        request = read_request(found, words)
        return as_answer(rank(request, hosts, today), gettext, labels(words.thesaurus, request.lang, gettext))

    return jsonlines.settle(case, work, KEYS)


def read_request(case: Mapping[str, Any], known: Terms) -> Request:
    """The case as `Request`. Raises CaseError ("bad_input") naming the field."""
    lang = jsonlines.text_of(case, "lang").strip().lower()[:2]
    sectors = jsonlines.list_of(case, "sectors")
    if unknown := sorted(set(sectors) - set(SECTORS)):
        jsonlines.refuse(f"Unknown sector: {', '.join(unknown)}. Known: {', '.join(SECTORS)}.")
    start, end = jsonlines.day_of(case, "start", None), jsonlines.day_of(case, "end", None)
    for name, day in (("start", start), ("end", end)):
        if day and not EARLIEST <= day.year <= LATEST:
            jsonlines.refuse(f"“{name}” must lie between {EARLIEST} and {LATEST}.")
    if start and end and end < start:
        jsonlines.refuse(f"The request ends on {end}, before it starts on {start}.")
    slack = jsonlines.whole_of(case, "slack_days", 0)
    if not 0 <= slack <= MOST_SLACK:
        jsonlines.refuse(f"“slack_days” must be between 0 and {MOST_SLACK}.")
    people = jsonlines.whole_of(case, "people", 1)
    if not 1 <= people <= MOST_PEOPLE:
        jsonlines.refuse(f"“people” must be between 1 and {MOST_PEOPLE}.")
    concepts = _codes(jsonlines.list_of(case, "concepts"), known, lang)
    groups = _codes(jsonlines.list_of(case, "target_groups"), known, lang)
    text = "\n".join([jsonlines.text_of(case, "problem", ""), *jsonlines.list_of(case, "goals")])
    hints = frozenset(known.topics(text, lang)) - concepts - groups - set(sectors)
    return Request(
        sectors=frozenset(sectors),
        target_groups=groups,
        concepts=concepts,
        hints=hints,
        near={code: near_concepts(code, known.thesaurus) for code in concepts | hints},
        countries=frozenset(
            jsonlines.country_of({"countries": one}, "countries")
            for one in jsonlines.list_of(case, "countries")
        ),
        start=start,
        end=end,
        slack_days=slack,
        people=people,
        languages=_languages(case),
        lang=lang,
        step_free=_needs_access(case.get("accessibility")),
        logistics=_logistics(case.get("logistics")),
        budget=_budget(case),
    )


def as_answer(ranking: Ranking, gettext: Gettext = mark, label: Callable[[str], str] = str) -> dict[str, Any]:
    """A ranking with the contract's keys; texts by ``gettext``."""
    return {
        "hosts": [
            {
                "id": match.host.id,
                "name": match.host.name,
                "country": match.host.country,
                "sectors": sorted(match.host.sectors),
                "score": match.score,
                "reasons": [
                    {"rule": reason.rule, "points": reason.points, "text": reason.say(gettext, label)}
                    for reason in match.reasons
                ],
            }
            for match in ranking.matches
        ],
        "excluded": dict(ranking.excluded),
    }


def labels(thesaurus: Thesaurus, lang: str, gettext: Gettext = mark) -> Callable[[str], str]:
    """A function that names a code in a language; a code the thesaurus does not know names itself."""

    def label(code: str) -> str:
        if code in LOGISTICS:
            return gettext(LOGISTICS[code])
        return thesaurus[code].label(lang) if code in thesaurus else code

    return label


def near_concepts(code: str, thesaurus: Thesaurus) -> frozenset[str]:
    """Concepts that stand close enough to be offered instead: above, below and related ones."""
    if code not in thesaurus:
        return frozenset()
    concept = thesaurus[code]
    return frozenset((*concept.broader, *concept.related)) | thesaurus.descendants(code)


def _codes(words: Iterable[str], known: Terms, lang: str) -> frozenset[str]:
    found: set[str] = set()
    for word in filter(None, map(str.strip, words)):
        apart = word.replace("_", " ").replace("-", " ")
        code = "-".join(apart.lower().split())
        if word in known.thesaurus or code in known.thesaurus:
            found.add(word if word in known.thesaurus else code)
        else:
            named = known.named(fold(apart).split(), lang)
            found.update(known.thesaurus.find(word) or known.thesaurus.find(apart) or named or (word,))
    return frozenset(found)


def _languages(case: Mapping[str, Any]) -> dict[str, str]:
    """The better level of each language; B2 where the case gives none."""
    found: list[tuple[str, str]] = []
    for entry in jsonlines.list_of(case, "languages", dict):
        jsonlines.refuse_unknown_keys(entry, ("lang", "level"), "languages")
        code = jsonlines.text_of(entry, "lang").strip().lower().replace("_", "-").split("-")[0]
        level = jsonlines.text_of(entry, "level", "B2").strip().upper()
        if level not in LEVELS:
            jsonlines.refuse(f"“level” must be one of: {', '.join(LEVELS)}.")
        found.append((code, level))
    return spoken(found)


def _needs_access(value: Any) -> bool:
    if value is not None and not isinstance(value, bool | list | str):
        jsonlines.refuse("“accessibility” must be true, false or a list of needs.")
    return bool(value)


def _logistics(value: Any) -> frozenset[str]:
    wanted = [name for name, wish in value.items() if wish] if isinstance(value, dict) else value or []
    if not isinstance(wanted, list) or any(name not in LOGISTICS for name in wanted):
        jsonlines.refuse(f"“logistics” must be a list of: {', '.join(LOGISTICS)}.")
    return frozenset(wanted)


def _budget(case: Mapping[str, Any]) -> Decimal | None:
    budget: Decimal | None = jsonlines.amount_of(case, "budget", None)
    return budget
