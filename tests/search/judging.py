"""How an answer is judged: what is relevant to a need, by facts of cards, and how good a ranking is. Pure.

The words and stems of the search are not used here: a card is judged by what its author chose, where it is, and by
patterns on its text that were written for the judging (`judged/needs.toml`), put right by eye (`judged/read.tsv`).
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2
from pathlib import Path

FOLDER = Path(__file__).parent / "judged"
GRADES = (3, 2, 1)
# From this grade on a card is an answer.
RELEVANT = 2
FIRST = 10


@dataclass(frozen=True)
class Asked:
    """One question put to the search. ``half``: A was looked at while the search was made, B was not;
    ``says``: the same for questions that say the same in different languages.
    """

    need: str
    half: str
    cards: str
    lang: str
    kind: str
    says: str
    query: str


@dataclass(frozen=True)
class Facts:
    """What is known of a card, whatever the search makes of it."""

    key: str
    kind: str
    title: str
    text: str
    country: str
    city: str
    sectors: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    plain: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, **given: object) -> Facts:
        """The facts with title and text made plain once."""
        facts = cls(**given)  # type: ignore[arg-type]
        title = plain(facts.title)
        return cls(**given, plain={"title": title, "text": f"{title}\n{plain(facts.text)}"})  # type: ignore[arg-type]


Test = Callable[[Facts], bool]


@dataclass(frozen=True)
class Need:
    """What somebody wants; ``grades``: (grade, tests of which one must hold), the best first."""

    name: str
    text: str
    grades: tuple[tuple[int, tuple[Test, ...]], ...]

    def grade(self, card: Facts) -> int:
        """0 to 3 by the facts."""
        return next((grade for grade, tests in self.grades if any(test(card) for test in tests)), 0)


def plain(text: str) -> str:
    """Small letters without accents, in one line."""
    decomposed = unicodedata.normalize("NFKD", " ".join(text.split()).casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.replace("ł", "l").replace("ø", "o").replace("ς", "σ")


def read_needs(path: Path = FOLDER / "needs.toml") -> dict[str, Need]:
    """{name: need} of a file. Raises ValueError for a line that is no rule."""
    tables = tomllib.loads(path.read_text("utf-8"))
    words = tables.pop("words", {})
    return {
        name: Need(
            name,
            table["need"],
            tuple(
                (grade, tuple(_line(line, words) for line in table[str(grade)]))
                for grade in GRADES
                if str(grade) in table
            ),
        )
        for name, table in tables.items()
    }


def read_queries(path: Path = FOLDER / "queries.tsv") -> list[Asked]:
    """The questions of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Asked(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def read_by_eye(path: Path = FOLDER / "read.tsv") -> dict[tuple[str, str], int]:
    """{(need, card): grade} where reading the card said otherwise than the rule."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["need"], row["card"]): int(row["grade"]) for row in rows}


def _line(line: str, words: Mapping[str, str]) -> Test:
    tests = [_fact(fact.strip(), words) for fact in line.split(" & ")]
    return lambda card: all(test(card) for test in tests)


def _fact(fact: str, words: Mapping[str, str]) -> Test:
    match = re.fullmatch(r"(title|text)~(.+)|(sector|group|concept|country|city|kind):(.+)", fact)
    if not match:
        raise ValueError(f"no fact: {fact}")
    if match[1]:
        where, pattern = match[1], match[2]
        pattern = words[pattern[1:]] if pattern.startswith("@") else pattern
        found = re.compile(pattern.replace("ς", "σ"))
        return lambda card: bool(found.search(card.plain[where]))
    values = frozenset(match[4].split("|"))
    read: Callable[[Facts], Iterable[str]] = {
        "sector": lambda card: card.sectors,
        "group": lambda card: card.groups,
        "concept": lambda card: card.concepts,
        "country": lambda card: (card.country,),
        "city": lambda card: (card.city,),
        "kind": lambda card: (card.kind,),
    }[match[3]]
    return lambda card: not values.isdisjoint(read(card))


# ── How good a ranking is
def recall(ranking: Sequence[str], grades: Mapping[str, int], first: int = FIRST) -> float:
    """Of the answers that the first places could hold, the part that they do hold; 1 when there are none."""
    answers = {key for key, grade in grades.items() if grade >= RELEVANT}
    most = min(first, len(answers))
    return len(answers & set(ranking[:first])) / most if most else 1.0


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], first: int = FIRST) -> float:
    """Discounted cumulative gain of the first places beside that of the best order; 1 when nothing can be gained."""
    best = _gain(sorted(grades.values(), reverse=True)[:first])
    return _gain([grades.get(key, 0) for key in ranking[:first]]) / best if best else 1.0


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))


def overlap(one: Sequence[str], other: Sequence[str], first: int = FIRST) -> float:
    """The part of the first places that two rankings share, in whatever order; 1 for two empty ones."""
    most = max(len(set(one[:first])), len(set(other[:first])))
    return len(set(one[:first]) & set(other[:first])) / most if most else 1.0
