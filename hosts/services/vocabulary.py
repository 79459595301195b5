"""ECETT's thesaurus from its files into the tables of concepts, beside ESCO."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from hosts.enums import Scheme
from hosts.models import Concept, ConceptLabel
from hosts.stems import stems
from hosts.thesaurus import LANGUAGES, Thesaurus, default, fold


@dataclass(frozen=True)
class Loaded:
    """What a loading changed: concepts in all, and rows made, changed and removed."""

    concepts: int
    created: int
    updated: int
    removed: int


@transaction.atomic
def load_thesaurus(thesaurus: Thesaurus | None = None) -> Loaded:
    """Make the tables say what the files say; a second run changes nothing.

    A concept that left the files goes, with its labels; cards keep their other concepts.
    """
    source = thesaurus or default()
    removed, _by_model = (
        Concept.objects.filter(scheme=Scheme.ECETT).exclude(code__in=source.concepts).delete()
    )
    known = {concept.code: concept for concept in Concept.objects.filter(scheme=Scheme.ECETT)}
    fresh = [
        Concept(scheme=Scheme.ECETT, code=concept.code, group=concept.scheme)
        for concept in source.concepts.values()
        if concept.code not in known
    ]
    Concept.objects.bulk_create(fresh)
    known.update({concept.code: concept for concept in fresh})
    moved = [known[each.code] for each in source.concepts.values() if known[each.code].group != each.scheme]
    for concept in moved:
        concept.group = source[concept.code].scheme
    Concept.objects.bulk_update(moved, ["group"])
    made, changed = _load_labels(source, known)
    _load_kinship(source, known)
    return Loaded(len(source), len(fresh) + made, len(moved) + changed, removed)


def _load_labels(source: Thesaurus, known: dict[str, Concept]) -> tuple[int, int]:
    rows = ConceptLabel.objects.filter(concept__scheme=Scheme.ECETT).select_related("concept")
    have = {(row.concept.code, row.language): row for row in rows}
    create, update = [], []
    for concept in source.concepts.values():
        for language in LANGUAGES:
            label, *others = concept.terms[language]
            folded, keys = folded_lines(label, others), word_keys(language, label, others)
            row = have.get((concept.code, language))
            if row is None:
                create.append(
                    ConceptLabel(
                        concept=known[concept.code],
                        language=language,
                        label=label,
                        alternatives=others,
                        folded=folded,
                        keys=keys,
                    )
                )
            elif (row.label, row.alternatives, row.folded, row.keys) != (label, others, folded, keys):
                row.label, row.alternatives, row.folded, row.keys = label, others, folded, keys
                update.append(row)
    ConceptLabel.objects.bulk_create(create, batch_size=2000)
    ConceptLabel.objects.bulk_update(update, ["label", "alternatives", "folded", "keys"], batch_size=500)
    return len(create), len(update)


def _load_kinship(source: Thesaurus, known: dict[str, Concept]) -> None:
    through = Concept.broader.through
    wanted = {
        (known[each.code].pk, known[above].pk) for each in source.concepts.values() for above in each.broader
    }
    links = through.objects.filter(from_concept__scheme=Scheme.ECETT)
    have = set(links.values_list("from_concept_id", "to_concept_id"))
    for below, above in have - wanted:
        links.filter(from_concept_id=below, to_concept_id=above).delete()
    through.objects.bulk_create(
        [through(from_concept_id=below, to_concept_id=above) for below, above in wanted - have]
    )


def folded_lines(label: str, others: list[str] | tuple[str, ...]) -> str:
    """All words for a concept in the form that searches compare, one a line."""
    return "\n".join(dict.fromkeys(filter(None, (fold(word) for word in (label, *others)))))


def word_keys(language: str, label: str, others: list[str] | tuple[str, ...]) -> list[str]:
    """Each word for a concept as the stems that a question is compared with."""
    keys = (" ".join(stems(word, language)) for word in (label, *others))
    return list(dict.fromkeys(key for key in keys if key))
