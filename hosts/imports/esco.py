"""ESCO's skills and occupations: one concept a URI, one label a language."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext_lazy

from ecett.core.imports.engine import Importer, Message, batched
from ecett.core.imports.mapping import MappedRow
from ecett.core.imports.report import Report
from ecett.core.languages import CODES as LANGUAGES
from ecett.core.words import mark as _
from hosts.models import Concept, ConceptLabel
from hosts.services.vocabulary import folded_lines, word_keys

BATCH = 4_000
LONGEST = 500


class EscoImporter(Importer):
    """A row is a concept's words in one language; known ones are brought up to date."""

    kind = "esco"
    label = gettext_lazy("ESCO skills and occupations")
    help = gettext_lazy(
        "One row holds a concept's words in one language; the file's name says which: …_fr.csv."
    )
    maps = Path(__file__).parent / "esco_maps"
    fields = frozenset({"uri", "label", "alternatives", "group", "scheme", "language"})
    required = frozenset({"uri", "label", "scheme", "language"})
    takes_folder = True

    def run(self, rows: Iterable[MappedRow], report: Report) -> None:
        """Take the rows in batches, each with two questions to the database and at most four orders."""
        for batch in batched(rows, BATCH):
            self._take(batch, report)

    def _take(self, batch: list[MappedRow], report: Report) -> None:
        concepts = {c.code: c for c in Concept.objects.filter(code__in={row["uri"] for row in batch})}
        labels = {
            (label.concept_id, label.language): label
            # In no order: sorting would join the concepts, and before the first ANALYZE that takes minutes.
            for label in ConceptLabel.objects.filter(
                concept__in=concepts.values(), language__in={r["language"] for r in batch}
            ).order_by()
        }
        sound = [row for row in batch if self._sound(row, concepts, report)]
        fresh: dict[str, Concept] = {}
        for row in sound:
            if row["uri"] not in concepts and row["uri"] not in fresh:
                fresh[row["uri"]] = Concept(scheme=row["scheme"], code=row["uri"], group=row["group"] or "")
        Concept.objects.bulk_create(fresh.values())
        concepts |= fresh
        regrouped = {
            row["uri"]: row["group"]
            for row in sound
            if row["group"] and concepts[row["uri"]].group != row["group"]
        }
        for uri, group in regrouped.items():
            concepts[uri].group = group
        Concept.objects.bulk_update([concepts[uri] for uri in regrouped], ["group"])
        create: list[ConceptLabel] = []
        update: dict[int, ConceptLabel] = {}
        for row in sound:
            concept = concepts[row["uri"]]
            others = [word for word in row["alternatives"] or () if word != row["label"]]
            folded = folded_lines(row["label"], others)
            label = labels.get((concept.pk, row["language"]))
            if label is None:
                label = ConceptLabel(
                    concept=concept,
                    language=row["language"],
                    label=row["label"],
                    alternatives=others,
                    folded=folded,
                    keys=word_keys(row["language"], row["label"], others),
                )
                labels[concept.pk, row["language"]] = label
                create.append(label)
                report.created(row)
            elif (label.label, label.alternatives) == (row["label"], others):
                if row["uri"] in regrouped:
                    report.updated(row)
                else:
                    report.unchanged(row)
            elif label.pk is None:
                report.merged(row, Message(_("the file has this concept twice in this language")), "uri")
            else:
                label.label, label.alternatives, label.folded = row["label"], others, folded
                label.keys = word_keys(row["language"], row["label"], others)
                update[label.pk] = label
                report.updated(row)
        ConceptLabel.objects.bulk_create(create, batch_size=BATCH)
        ConceptLabel.objects.bulk_update(
            update.values(), ["label", "alternatives", "folded", "keys"], batch_size=500
        )

    @staticmethod
    def _sound(row: MappedRow, concepts: dict[str, Concept], report: Report) -> bool:
        known = concepts.get(row["uri"])
        if not row["uri"].startswith(("http://", "https://")) or len(row["uri"]) > 200:
            report.refused(
                row, "uri", Message(_("“{uri}” is not the address of a concept"), {"uri": row["uri"][:60]})
            )
        elif row["language"] not in LANGUAGES:
            report.refused(
                row,
                "language",
                Message(_("“{code}” is not a language code known here"), {"code": row["language"]}),
            )
        elif known is not None and known.scheme != row["scheme"]:
            report.refused(
                row,
                "uri",
                Message(_("this concept is known as something else: {scheme}"), {"scheme": known.scheme}),
            )
        elif max(len(word) for word in (row["label"], *(row["alternatives"] or ()))) > LONGEST:
            report.refused(row, "label", Message(_("a label has more than {n} characters"), {"n": LONGEST}))
        else:
            return True
        return False
