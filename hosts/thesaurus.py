"""ECETT's own thesaurus: the words of the field in ten languages, read from `hosts/data/thesaurus/*.toml`.

Pure: no Django. One file a scheme, one table a concept. The first word of a language is its label, the others
are synonyms, abbreviations and spellings that people type. A concept has the same code in every language, so
a request written in French finds a host described in Dutch.

A word after "~" is *weak*: whoever asks for it means the concept, but in a text it may mean anything
("~loss"). The folder ``read`` holds words of further languages in which cards are written, without labels.
"""

import copyreg
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ecett.core.kept import kept

LANGUAGES = ("en", "fr", "nl", "de", "es", "it", "pt", "el", "cs", "pl")
SCHEMES = ("sectors", "target_groups", "problems", "methods", "professions", "settings")
# Of two methods, or of two groups of people, somebody wants to see either; of two problems both.
EITHER = frozenset({"methods", "target_groups"})
# Before a word that means the concept only when somebody asks for it.
WEAK = "~"
FOLDER = Path(__file__).parent / "data" / "thesaurus"

_CODE = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_KEYS = frozenset({"broader", "related", "same", *LANGUAGES})
# Letters that Unicode does not take apart into a base letter and an accent.
_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "’": "'"}
    | dict(zip("абвгдезиклмнопрстуфхцъыьэіјѕљњђћ", "abvgdeziklmnoprstufhcayyeijslndc", strict=True))
    | {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "sht", "ю": "yu", "я": "ya", "є": "ye", "џ": "dzh"}
)


class ThesaurusError(ValueError):
    """The files contradict themselves; `problems` lists every fault found, one sentence each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea. `terms` maps a language to its words, the label first."""

    code: str
    scheme: str
    broader: tuple[str, ...]
    related: tuple[str, ...]
    # The same matter from another side (homelessness, homeless people): who asks for one means both.
    same: tuple[str, ...]
    terms: Mapping[str, tuple[str, ...]] = field(hash=False)
    # (language, word) of the words that mean the concept only when somebody asks for it.
    weak: frozenset[tuple[str, str]] = frozenset()

    def label(self, language: str) -> str:
        """The word to show in this language; English when ECETT has none in it."""
        return self.terms.get(language[:2], self.terms["en"])[0]

    def synonyms(self, language: str) -> tuple[str, ...]:
        """The other words for it in this language, empty for a language ECETT does not serve."""
        return self.terms.get(language[:2], ())[1:]


@dataclass(frozen=True)
class Thesaurus:
    """All concepts, with look-ups by code, scheme, word and kinship."""

    concepts: Mapping[str, Concept]
    _narrower: Mapping[str, tuple[str, ...]] = field(repr=False)
    _by_term: Mapping[str, Mapping[str, tuple[str, ...]]] = field(repr=False)
    _same: Mapping[str, tuple[str, ...]] = field(repr=False, default_factory=dict)
    _related: Mapping[str, tuple[str, ...]] = field(repr=False, default_factory=dict)
    # {language that cards are written in and the portal does not speak: {code: words, weak ones with "~"}}
    _read: Mapping[str, Mapping[str, tuple[str, ...]]] = field(repr=False, default_factory=dict)
    _nothing: Mapping[str, tuple[str, ...]] = field(repr=False, default_factory=dict)

    def __getitem__(self, code: str) -> Concept:
        return self.concepts[code]

    def __contains__(self, code: object) -> bool:
        return code in self.concepts

    def __len__(self) -> int:
        return len(self.concepts)

    def scheme(self, name: str) -> tuple[Concept, ...]:
        """The concepts of one scheme, in the order of its file; empty for an unknown name."""
        return tuple(concept for concept in self.concepts.values() if concept.scheme == name)

    def narrower(self, code: str) -> tuple[str, ...]:
        """Codes directly under this one."""
        return self._narrower.get(code, ())

    def ancestors(self, code: str) -> frozenset[str]:
        """Every code above this one, itself not included."""
        return _walk(code, lambda each: self.concepts[each].broader)

    def descendants(self, code: str) -> frozenset[str]:
        """Every code under this one, itself not included."""
        return _walk(code, self.narrower)

    def find(self, term: str, language: str | None = None) -> tuple[str, ...]:
        """Codes of the concepts with exactly this word, case and accents aside, in one language or in any."""
        folded = fold(term)
        languages = LANGUAGES if language is None else (language[:2],)
        found = (code for each in languages for code in self._by_term.get(each, {}).get(folded, ()))
        return tuple(dict.fromkeys(found))

    def same(self, code: str) -> tuple[str, ...]:
        """Codes of the same matter from another side; both ways, itself not included."""
        return self._same.get(code, ())

    def related(self, code: str) -> tuple[str, ...]:
        """Codes of what lies near; both ways, but a whole sector is not near each thing that belongs to it."""
        return self._related.get(code, ())

    def alternatives(self, one: Iterable[str], other: Iterable[str]) -> bool:
        """Whether two matters are of one kind, and of a kind of which either will do: a method or a group."""
        mine, others = ({self[code].scheme for code in codes if code in self} for codes in (one, other))
        return not (mine & others).isdisjoint(EITHER)

    def nothing(self, language: str) -> tuple[str, ...]:
        """Turns of phrase of a language that hold a word of the thesaurus and do not mean it."""
        return self._nothing.get(language, ())

    @property
    def read_languages(self) -> tuple[str, ...]:
        """Further languages in which cards are written: words without labels."""
        return tuple(self._read)

    def words_in(self, language: str) -> Iterator[tuple[str, str, bool]]:
        """(code, word, whether it is weak) of every word of a language."""
        for concept in self.concepts.values():
            for word in concept.terms.get(language, ()):
                yield concept.code, word, (language, word) in concept.weak
            for word in self._read.get(language, {}).get(concept.code, ()):
                yield concept.code, word.removeprefix(WEAK), word.startswith(WEAK)


def fold(text: str) -> str:
    """Lower case, no accents, words parted by one space: the form in which words are compared."""
    return " ".join(filter(None, map(_folded, text.split())))


@lru_cache(maxsize=100_000)
def _folded(piece: str) -> str:
    if piece.isascii():
        return " ".join(re.findall(r"\w+", piece.lower()))
    # Accents go first: the case folding of some of them (the Greek iota below) is a letter of its own.
    bare = _without_accents(_without_accents(piece).casefold().translate(_UNDECOMPOSED))
    return " ".join(re.findall(r"\w+", bare))


def build(
    tables: Mapping[str, Mapping[str, Mapping[str, list[str]]]],
    read: Mapping[str, Mapping[str, list[str]]] | None = None,
    nothing: Mapping[str, list[str]] | None = None,
) -> Thesaurus:
    """Make the thesaurus of `{scheme: {code: {"broader": […], "related": […], "same": […],
    language: [label, …]}}}` and of `{further language: {code: [word, …]}}`.

    Raises ThesaurusError with every fault: a bad, repeated or unknown code, a language without a label,
    an empty word, one label for two concepts of a scheme, a broader concept of another scheme, a circle.
    """
    problems: list[str] = []
    concepts: dict[str, Concept] = {}
    for scheme, table in tables.items():
        if scheme not in SCHEMES:
            problems.append(f"{scheme}: unknown scheme")
        for code, entry in table.items():
            if code in concepts:
                problems.append(f"{code}: in {concepts[code].scheme} and in {scheme}")
            concepts[code] = _concept(code, scheme, entry)
            problems += _faults(code, entry)
    problems += _kinship_faults(concepts) + _shared_labels(concepts) + _read_faults(concepts, read or {})
    if problems:
        raise ThesaurusError(problems)
    return _index(concepts, read or {}, nothing or {})


def load(folder: Path = FOLDER) -> Thesaurus:
    """Read every scheme of a folder. Raises ThesaurusError, also when a file is missing."""
    if missing := [scheme for scheme in SCHEMES if not (folder / f"{scheme}.toml").is_file()]:
        raise ThesaurusError(f"{scheme}.toml is missing in {folder}" for scheme in missing)
    return build(
        {scheme: tomllib.loads((folder / f"{scheme}.toml").read_text("utf-8")) for scheme in SCHEMES},
        {
            path.stem: tomllib.loads(path.read_text("utf-8"))
            for path in sorted((folder / "read").glob("*.toml"))
        },
        tomllib.loads(nothing.read_text("utf-8")) if (nothing := folder / "nothing.toml").is_file() else {},
    )


@cache
def default() -> Thesaurus:
    """The thesaurus that ships with the portal, read once a process."""
    return kept("thesaurus", load, of=(*FOLDER.rglob("*.toml"), Path(__file__)))


def _view(mapping: dict[str, Any]) -> MappingProxyType[str, Any]:
    return MappingProxyType(mapping)


# Python keeps no view of a mapping as it is.
copyreg.pickle(MappingProxyType, lambda view: (_view, (dict(view),)))


def _without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def _concept(code: str, scheme: str, entry: Mapping[str, list[str]]) -> Concept:
    return Concept(
        code=code,
        scheme=scheme,
        broader=tuple(entry.get("broader", ())),
        related=tuple(entry.get("related", ())),
        same=tuple(entry.get("same", ())),
        terms=MappingProxyType(
            {
                language: tuple(word.removeprefix(WEAK) for word in entry.get(language) or ("",))
                for language in LANGUAGES
            }
        ),
        weak=frozenset(
            (language, word.removeprefix(WEAK))
            for language in LANGUAGES
            for word in entry.get(language, ())
            if word.startswith(WEAK)
        ),
    )


def _faults(code: str, entry: Mapping[str, list[str]]) -> list[str]:
    problems = [f"{code}: unknown key {key}" for key in entry if key not in _KEYS]
    if not _CODE.fullmatch(code):
        problems.append(f"{code}: a code is written in small letters, digits and hyphens")
    for language in LANGUAGES:
        words = [fold(word) for word in entry.get(language, [])]
        if not words or not all(words):
            problems.append(f"{code}: no word or an empty word in {language}")
        elif entry[language][0].startswith(WEAK):
            problems.append(f"{code}: the label in {language} is weak")
    return problems


def _read_faults(concepts: Mapping[str, Concept], read: Mapping[str, Mapping[str, list[str]]]) -> list[str]:
    problems = [f"{language}: the portal speaks it" for language in read if language in LANGUAGES]
    for language, table in read.items():
        problems += [f"{language}: unknown concept {code}" for code in table if code not in concepts]
        problems += [
            f"{code}: an empty word in {language}"
            for code, words in table.items()
            if not words or not all(fold(word) for word in words)
        ]
    return problems


def _kinship_faults(concepts: Mapping[str, Concept]) -> list[str]:
    def above(code: str) -> tuple[str, ...]:
        return concepts[code].broader if code in concepts else ()

    problems = []
    for concept in concepts.values():
        for code in (*concept.broader, *concept.related, *concept.same):
            if code not in concepts:
                problems.append(f"{concept.code}: unknown concept {code}")
        for code in concept.broader:
            if code in concepts and concepts[code].scheme != concept.scheme:
                problems.append(f"{concept.code}: broader {code} is in another scheme")
        if concept.code in _walk(concept.code, above):
            problems.append(f"{concept.code}: is broader than itself")
    return problems


def _walk(start: str, step: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Everything that can be reached from a code; the code itself only when it lies on a circle."""
    seen: set[str] = set()
    waiting = list(step(start))
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting.extend(step(current))
    return frozenset(seen)


def _shared_labels(concepts: Mapping[str, Concept]) -> list[str]:
    owner: dict[tuple[str, str, str], str] = {}
    problems = []
    for concept in concepts.values():
        for language, words in concept.terms.items():
            first = owner.setdefault((concept.scheme, language, fold(words[0])), concept.code)
            if first != concept.code:
                problems.append(f"{concept.code}: same label as {first} in {language}: {words[0]}")
    return problems


def _index(
    concepts: dict[str, Concept],
    read: Mapping[str, Mapping[str, list[str]]],
    nothing: Mapping[str, list[str]],
) -> Thesaurus:
    narrower: defaultdict[str, list[str]] = defaultdict(list)
    by_term: dict[str, defaultdict[str, list[str]]] = {language: defaultdict(list) for language in LANGUAGES}
    for concept in concepts.values():
        for code in concept.broader:
            narrower[code].append(concept.code)
        for language, words in concept.terms.items():
            # A dict keeps a concept once under words that differ only in case or accents.
            for folded in dict.fromkeys(fold(word) for word in words):
                by_term[language][folded].append(concept.code)
    return Thesaurus(
        concepts=MappingProxyType(concepts),
        _narrower={code: tuple(codes) for code, codes in narrower.items()},
        _by_term={
            language: {term: tuple(codes) for term, codes in terms.items()}
            for language, terms in by_term.items()
        },
        _same=_sides(concepts),
        _related=_both_ways(concepts),
        _nothing={language: tuple(phrases) for language, phrases in nothing.items()},
        _read={
            language: {code: tuple(words) for code, words in table.items()}
            for language, table in read.items()
        },
    )


def _both_ways(concepts: Mapping[str, Concept]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for concept in concepts.values():
        for other in concept.related:
            found[concept.code][other] = None
            if concepts[other].scheme != "sectors":
                found[other][concept.code] = None
    return {code: tuple(others) for code, others in found.items()}


def _sides(concepts: Mapping[str, Concept]) -> dict[str, tuple[str, ...]]:
    """{code: every code that is the same matter, directly or by way of others}"""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for concept in concepts.values():
        for other in concept.same:
            near[concept.code].add(other)
            near[other].add(concept.code)
    return {code: tuple(sorted(_walk(code, near.__getitem__) - {code})) for code in list(near)}
