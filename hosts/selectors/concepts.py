"""Concepts to choose from: found by any of their words, shown in the reader's language."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from hosts.enums import Scheme
from hosts.models import Concept, ConceptLabel
from hosts.thesaurus import fold

FEWEST_LETTERS = 3
MOST = 12
# Among so many rows that hold the word the best ones are looked for.
LOOKED_AT = 300


@dataclass(frozen=True)
class ConceptChoice:
    """A concept as a person chooses it. ``found``: the word that was typed, when it is not the label."""

    code: str
    label: str
    scheme: str
    found: str = ""


def find_concept_choices(
    text: str, *, language: str, schemes: Collection[str] = (), leave_out: Collection[str] = ()
) -> list[ConceptChoice]:
    """Concepts with a word that holds the typed one, the closest first; [] for fewer than three letters."""
    wanted = fold(text[:100])
    if len(wanted) < FEWEST_LETTERS:
        return []
    rows = ConceptLabel.objects.filter(folded__contains=wanted).select_related("concept")
    if schemes:
        rows = rows.filter(concept__scheme__in=schemes)
    if leave_out:
        rows = rows.exclude(concept__code__in=leave_out)
    best: dict[str, tuple[tuple[int, int, int, str], str]] = {}
    for row in rows[:LOOKED_AT]:
        for word in row.folded.split("\n"):
            if wanted in word:
                # Whole words first, then beginnings; the reader's own language first; short before long.
                fit = 0 if word == wanted else 1 if word.startswith(wanted) else 2
                score = (fit, 0 if row.language == language else 1, len(word), word)
                if row.concept.code not in best or score < best[row.concept.code][0]:
                    best[row.concept.code] = (score, word)
    codes = sorted(best, key=lambda code: best[code][0])[:MOST]
    labelled = {choice.code: choice for choice in concept_choices(codes, language=language)}
    return [
        ConceptChoice(
            code,
            labelled[code].label,
            labelled[code].scheme,
            _other_word(labelled[code].label, best[code][1]),
        )
        for code in codes
        if code in labelled
    ]


def concept_choices(codes: Iterable[str], *, language: str) -> list[ConceptChoice]:
    """These concepts with their labels (the reader's language, else English, else any), in their order."""
    wanted = _possible(codes)
    if not wanted:
        return []
    found: dict[str, dict[str, str]] = {}
    schemes: dict[str, str] = {}
    for code, scheme, spoken, label in ConceptLabel.objects.filter(
        Q(language__in=(language, "en")) | ~Q(concept__scheme=Scheme.ECETT), concept__code__in=wanted
    ).values_list("concept__code", "concept__scheme", "language", "label"):
        found.setdefault(code, {})[spoken] = label
        schemes[code] = scheme
    return [
        ConceptChoice(
            code,
            found[code].get(language) or found[code].get("en") or next(iter(found[code].values())),
            schemes[code],
        )
        for code in wanted
        if code in found
    ]


def known_codes(codes: Iterable[str]) -> set[str]:
    """Those of the codes that name a concept."""
    return set(Concept.objects.filter(code__in=_possible(codes)).values_list("code", flat=True))


def _possible(codes: Iterable[str]) -> list[str]:
    """Each once; what no database takes is no code."""
    return [code for code in dict.fromkeys(codes) if "\x00" not in code]


def _other_word(label: str, word: str) -> str:
    return "" if fold(label) == word else word
