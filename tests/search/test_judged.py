"""The judged set: what should come, comes, in ten languages (`judged/`, read first: `judging.py`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import mean

import pytest

from ecett.core.imports.engine import import_file
from ecett.core.imports.report import Report
from ecett.portal import demo
from ecett.portal.seeding.hosts import make_hosts
from ecett.portal.seeding.practices import make_practices
from ecett.portal.seeding.run import HOSTS, PRACTICES, SEED, TALES
from goodpractices.imports.importer import PracticeImporter
from goodpractices.management.commands.search_cards import answer
from goodpractices.models import GoodPractice
from goodpractices.services import practice_text
from hosts.imports.importer import HostImporter
from hosts.models import Host
from hosts.services import count_terms, load_thesaurus
from hosts.services.indexing import host_text
from tests.search.judging import (
    FIRST,
    Asked,
    Facts,
    ndcg,
    overlap,
    read_by_eye,
    read_needs,
    read_queries,
    recall,
)

RECALL, NDCG, OVERLAP = 0.9, 0.8, 0.7

pytestmark = [pytest.mark.django_db, pytest.mark.slow(seconds=140)]


def test_demonstration_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    load_thesaurus()
    rng = Random(SEED)
    drafts = list(demo.hosts(rng, HOSTS - 1))
    cards = make_hosts(drafts)
    make_practices(list(demo.practices(rng, PRACTICES + TALES, drafts))[TALES:], cards)
    judge("demo", capsys)


@pytest.mark.data
def test_real_data_are_all_accounted_for_and_found(
    real_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_thesaurus()
    hosts = import_file(HostImporter(), real_data / "hosts_health_eurostat.csv")
    assert tally(hosts) == (15_181, {"created": 14_230, "merged": 939, "refused": 12})
    assert refused(hosts) == {"city"}
    assert Host.objects.filter(sectors__contains=["psychiatry"]).count() > 1_500

    practices = import_file(PracticeImporter(), real_data / "practices_eu_social_funds.csv")
    assert tally(practices) == (5_878, {"created": 3_012, "merged": 2_747, "refused": 119})
    assert refused(practices) == {"title", "description", "organisation"}
    assert not GoodPractice.objects.filter(description__contains="\ufffd").exists()

    judge("real", capsys)


def tally(report: Report) -> tuple[int, dict[str, int]]:
    """(rows, {outcome: rows})."""
    return report.read, {name: number for name, number in report.counts.items() if number}


def refused(report: Report) -> set[str]:
    """The fields for which rows were refused."""
    return {note.field for note in report.notes if note.outcome == "refused"}


def judge(cards: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Ask everything, print the figures by half and language, and hold the aims for each half of the demonstration
    and for the real cards as a whole, which are few questions.
    """
    for model in (Host, GoodPractice):
        count_terms(model, force=True)
    facts = {card.key: card for card in _facts()}
    names = {key: f"{card.kind}:{card.title}" for key, card in facts.items()}
    needs, by_eye = read_needs(), read_by_eye()
    queries = [one for one in read_queries() if one.cards == cards]
    rankings = {one: _ranking(one) for one in queries}
    scores = {}
    for name in dict.fromkeys(one.need for one in queries):
        grades = {
            key: grade
            for key, card in facts.items()
            if (grade := by_eye.get((name, names[key]), needs[name].grade(card)))
        }
        for one in queries:
            if one.need == name:
                scores[one] = (recall(rankings[one], grades), ndcg(rankings[one], grades))
    with capsys.disabled():
        print(f"\n{cards}: {len(queries)} questions\nhalf lang   n  recall  nDCG")
        for half, lang in sorted({(one.half, one.lang) for one in queries}):
            own = [scores[one] for one in queries if (one.half, one.lang) == (half, lang)]
            print(f"{half:4} {lang:4} {len(own):3}  {_mean(own, 0):.3f}  {_mean(own, 1):.3f}")
    for half in ("A", "B") if cards == "demo" else ("AB",):
        own = [scores[one] for one in queries if one.half in half]
        shared = [overlap(rankings[one], rankings[other]) for one, other in _pairs(queries, half)]
        with capsys.disabled():
            print(
                f"{half}: recall {_mean(own, 0):.3f}, nDCG {_mean(own, 1):.3f}, "
                f"overlap {mean(shared):.3f} of {len(shared)} pairs"
            )
        assert _mean(own, 0) >= RECALL
        assert _mean(own, 1) >= NDCG
        assert mean(shared) >= OVERLAP


def _mean(scores: Sequence[tuple[float, float]], which: int) -> float:
    return mean(score[which] for score in scores)


def _ranking(asked: Asked) -> list[str]:
    found = answer({"id": 1, "lang": asked.lang, "query": asked.query, "limit": FIRST})
    return [row["id"] for row in found["results"]]


def _pairs(queries: Sequence[Asked], half: str) -> Iterator[tuple[Asked, Asked]]:
    """Questions that say the same in two languages; names of organisations are the same in all."""
    said: defaultdict[str, list[Asked]] = defaultdict(list)
    for one in queries:
        if one.half in half and one.kind != "organisation":
            said[one.says].append(one)
    for several in said.values():
        yield from combinations(several, 2)


def _facts() -> Iterator[Facts]:
    for host in Host.objects.published().prefetch_related("concepts"):
        yield Facts.of(
            key=host.public_id,
            kind="host",
            title=host.name,
            text=host_text(host),
            country=str(host.country),
            city=host.city,
            sectors=tuple(host.sectors),
            groups=tuple(host.target_groups),
            concepts=tuple(concept.code for concept in host.concepts.all()),
        )
    for practice in GoodPractice.objects.published().prefetch_related("concepts"):
        yield Facts.of(
            key=practice.public_id,
            kind="practice",
            title=practice.title,
            text=practice_text(practice),
            country=str(practice.country),
            city=practice.city,
            sectors=tuple(practice.sectors),
            groups=tuple(practice.target_groups),
            concepts=tuple(concept.code for concept in practice.concepts.all()),
        )
