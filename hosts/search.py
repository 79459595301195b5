"""What a search asks for, and why a card answers it. Pure: no Django.

A query is cut into *units*: a group of words that names a concept of the thesaurus in any of its languages
("réduction des risques"), a phrase in quotes, or a single word. A card answers a unit when it says the words,
or carries the concept, or names the concept by any of its other words, in whatever language it is written:
cards are indexed by the concepts that their text names (`Terms.mentions`), so a French request finds a Dutch
card.

Words are compared by `stem`: without accents and endings, the same small rule for every language.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from hosts.stems import STEM_LENGTH, STOP_WORDS, stem, stems, trigrams
from hosts.thesaurus import LANGUAGES, Thesaurus, default, fold

# A question has few words; whoever pastes a page is answered for its beginning.
MAX_CHARACTERS = 600
MAX_UNITS = 12
# Before the code of a concept in the index; no word begins with it.
CONCEPT = "§"
# How alike (shared groups of three letters, 0 to 1) a mistyped word must be to one of the thesaurus.
CLOSE_ENOUGH = 0.45
# A word of so few letters means too many things in other languages than the card's own.
SHORT = 5

_PIECES = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_OPERATORS = frozenset({"AND", "OR", "NOT", "ET", "OU", "EN", "OF", "UND", "ODER", "Y", "O", "E", "I"})
_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟＂", '"'))


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing asked for. ``words`` folded; ``concepts`` codes; ``close``: the known word that ``words`` may
    be
    a mistyping of; ``loose``: looked for among words of similar spelling."""

    shown: str
    words: tuple[str, ...]
    concepts: tuple[str, ...] = ()
    excluded: bool = False
    close: str = ""
    loose: bool = False

    @property
    def phrase(self) -> str:
        """The words as one text, folded."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed question; ``language`` is the asker's. No units: nothing was asked, or nothing that says
    something.
    """

    text: str
    language: str
    units: tuple[Unit, ...] = ()

    @property
    def wanted(self) -> tuple[Unit, ...]:
        """The units that cards should answer."""
        return tuple(unit for unit in self.units if not unit.excluded)

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return not self.wanted


@dataclass(frozen=True, slots=True)
class Why:
    """Why a card was found: the word asked for, and the word or concept of the card that answers it.

    ``kind``: "word" (the card says it), "concept" (the card says ``found``, which means the same),
    "declared" (the card is about concept ``code``), "near" (about a related concept), "spelling".
    """

    kind: str
    asked: str
    found: str = ""
    code: str = ""


@dataclass
class Terms:
    """Every word of the thesaurus by its stems: finds the concepts that a text names."""

    thesaurus: Thesaurus
    _by_stems: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    _first: dict[str, int] = field(default_factory=dict)
    _trigrams: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found: dict[str, defaultdict[tuple[str, ...], dict[str, None]]]
        found = {language: defaultdict(dict) for language in ("", *LANGUAGES)}
        letters: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for concept in self.thesaurus.concepts.values():
            for language, words in concept.terms.items():
                for word in words:
                    key = tuple(stems(word)) or tuple(fold(word).split())
                    found[language][key][concept.code] = None
                    self._first[key[0]] = max(self._first.get(key[0], 0), len(key))
                    if len(key) == 1:
                        for group in trigrams(fold(word)):
                            letters[group][fold(word)] = None
        # In a text of another language only words count that several of ours share, and groups of words: one
        # word
        # alone may mean something else there ("v závislosti od" is no addiction).
        for key in {key for language in LANGUAGES for key in found[language]}:
            tables = [found[language][key] for language in LANGUAGES if key in found[language]]
            if len(key) > 1 or (len(key[0]) >= SHORT and len(tables) > 1):
                found[""][key] = {code: None for table in tables for code in table}
        self._by_stems = {
            language: {key: tuple(codes) for key, codes in table.items()} for language, table in found.items()
        }
        self._trigrams = {group: list(words) for group, words in letters.items()}

    def named(self, key: tuple[str, ...], languages: Sequence[str]) -> tuple[str, ...]:
        """Codes of the concepts with a word of exactly these stems, in the first language that has one."""
        for language in languages:
            if codes := self._by_stems.get(language, {}).get(key):
                return codes
        return ()

    def walk(
        self, keys: Sequence[str], languages: Sequence[str]
    ) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """(start, end, codes) of the concepts named in a row of stems, the longest group first; codes may be
        ().
        """
        start = 0
        while start < len(keys):
            longest = min(self._first.get(keys[start], 0), len(keys) - start)
            for size in range(longest, 0, -1):
                if codes := self.named(tuple(keys[start : start + size]), languages):
                    yield start, start + size, codes
                    start += size
                    break
            else:
                yield start, start + 1, ()
                start += 1

    def mentions(self, text: str, language: str = "") -> tuple[str, ...]:
        """Codes of the concepts that a text names, in order of appearance."""
        keys = stems(text)
        found: dict[str, None] = {}
        for _start, _end, codes in self.walk(keys, _languages(language)):
            found.update(dict.fromkeys(codes))
        return tuple(found)

    def closest(self, word: str) -> str:
        """The word of the thesaurus most alike to a mistyped one; empty when none is close enough."""
        own = trigrams(word)
        shared: defaultdict[str, int] = defaultdict(int)
        for group in own:
            for other in self._trigrams.get(group, ()):
                shared[other] += 1
        scored = [
            (count / (len(own) + len(trigrams(other)) - count), other)
            for other, count in shared.items()
            if abs(len(other) - len(word)) <= 2
        ]
        best, other = max(scored, default=(0.0, ""))
        return other if best >= CLOSE_ENOUGH else ""

    def codes_of(self, word: str) -> tuple[str, ...]:
        """Codes of the concepts with this one folded word, in any language."""
        return self.thesaurus.find(word)

    def broader(self, codes: Iterable[str]) -> set[str]:
        """Everything above these concepts."""
        known = [code for code in codes if code in self.thesaurus]
        return {above for code in known for above in self.thesaurus.ancestors(code)}

    def near(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Concepts that the thesaurus calls related to these."""
        known = [code for code in codes if code in self.thesaurus]
        found = dict.fromkeys(other for code in known for other in self.thesaurus[code].related)
        return tuple(code for code in found if code not in known)

    def label(self, code: str, language: str) -> str:
        """The word to show for a concept; the code itself when the thesaurus does not know it."""
        return self.thesaurus[code].label(language) if code in self.thesaurus else code


@cache
def terms() -> Terms:
    """The words of the thesaurus that ships with the portal, read once a process."""
    return Terms(default())


def parse(text: str, language: str, known: Terms | None = None) -> Query:
    """Cut a question into units; anything typed is understood somehow, nothing raises."""
    known = known or terms()
    asked = " ".join(text[:MAX_CHARACTERS].translate(_QUOTES).split())
    units: list[Unit] = []
    run: list[str] = []
    for match in _PIECES.finditer(asked):
        phrase, word = match["phrase"], match["word"]
        if phrase is None and word in _OPERATORS:
            continue
        if phrase is None and not match["minus"]:
            run.append(word)
            continue
        units += _free_units(run, language, known)
        run = []
        units += _one_unit(
            phrase if phrase is not None else word, language, known, excluded=bool(match["minus"])
        )
    units += _free_units(run, language, known)
    once = {(unit.phrase, unit.excluded): unit for unit in units}
    return Query(asked, language, tuple(once.values())[:MAX_UNITS])


def relaxed(query: Query, known: Terms | None = None) -> Query:
    """The same question word by word, for when no card answers it whole: groups of words are taken apart."""
    known = known or terms()
    units: list[Unit] = []
    for unit in query.units:
        if unit.excluded or len(unit.words) == 1:
            units.append(unit)
            continue
        for word in unit.words:
            if word not in STOP_WORDS:
                codes = known.named((stem(word),), (query.language[:2], *LANGUAGES, ""))
                units.append(Unit(word, (word,), codes))
    once = {(unit.phrase, unit.excluded): unit for unit in units}
    return replace(query, units=tuple(once.values())[:MAX_UNITS])


def with_closest(unit: Unit, known: Terms | None = None) -> Unit:
    """The same unit, read as a mistyping: of a word of the thesaurus, or else of any word a card may hold."""
    known = known or terms()
    if len(unit.words) == 1 and len(unit.words[0]) >= STEM_LENGTH:
        close = known.closest(unit.words[0])
        if close:
            return replace(unit, close=close, concepts=known.codes_of(close))
        return replace(unit, loose=True)
    return unit


def expression(unit: Unit, *, wide: bool, known: Terms | None = None) -> str:
    """The unit as a PostgreSQL ``tsquery``: its words, or one of its concepts; ``wide``: related concepts
    too.
    """
    known = known or terms()
    keys = [stem(word) for word in unit.words if word not in STOP_WORDS] or [
        stem(word) for word in unit.words
    ]
    options = [" <-> ".join(quoted(key) for key in keys)] if keys else []
    if unit.close:
        options.append(quoted(stem(unit.close)))
    codes = dict.fromkeys(unit.concepts)
    if wide:
        codes.update(dict.fromkeys(known.near(unit.concepts)))
    options += [quoted(lexeme(code)) for code in codes]
    return "(" + " | ".join(f"({option})" for option in options) + ")"


def lexeme(code: str) -> str:
    """How a concept stands in the index; of an ESCO address the last part."""
    return CONCEPT + code.rsplit("/", 1)[-1]


def explain(
    query: Query,
    text: str,
    *,
    language: str,
    declared: Iterable[str],
    card_language: str,
    known: Terms | None = None,
) -> tuple[Why, ...]:
    """Why a card answers the query: one reason a unit. ``text``: its words; ``declared``: concepts its author
    chose;
    ``language``: the reader's.
    """
    known = known or terms()
    words = fold(text).split()
    keys = [stem(word) for word in words]
    chosen = list(declared)
    named: dict[str, str] = {}
    content = [(key, word) for key, word in zip(keys, words, strict=True) if word not in STOP_WORDS]
    for start, end, codes in known.walk([key for key, _word in content], _languages(card_language)):
        for code in codes:
            named.setdefault(code, " ".join(word for _key, word in content[start:end]))
    return tuple(
        why for unit in query.wanted if (why := _why(unit, keys, words, named, chosen, known, language))
    )


def _why(
    unit: Unit,
    keys: list[str],
    words: list[str],
    named: Mapping[str, str],
    chosen: list[str],
    known: Terms,
    language: str,
) -> Why | None:
    wanted = [stem(word) for word in unit.words if word not in STOP_WORDS]
    for at in range(len(keys) - len(wanted) + 1):
        if wanted and keys[at : at + len(wanted)] == wanted:
            return Why("word", unit.shown, " ".join(words[at : at + len(wanted)]))
    wide = (*unit.concepts, *known.near(unit.concepts))
    for kind, codes in (("concept", unit.concepts), ("near", wide)):
        for code in codes:
            below = [
                own
                for own in named
                if own == code or (own in known.thesaurus and code in known.thesaurus.ancestors(own))
            ]
            if below:
                return Why("spelling" if unit.close else kind, unit.shown, named[below[0]], code)
            if code in chosen or any(
                own in known.thesaurus and code in known.thesaurus.ancestors(own) for own in chosen
            ):
                return Why(
                    "declared" if kind == "concept" else kind, unit.shown, known.label(code, language), code
                )
    if unit.loose or unit.close:
        alike = max(words, key=lambda word: _alike(word, unit.words[0]), default="")
        return Why("spelling", unit.shown, alike) if alike and _alike(alike, unit.words[0]) > 0.3 else None
    return None


def _alike(one: str, other: str) -> float:
    ours, theirs = trigrams(one), trigrams(other)
    return len(ours & theirs) / len(ours | theirs)


def _free_units(words: list[str], language: str, known: Terms) -> list[Unit]:
    """Units of running words: groups that name a concept, and single words."""
    shown = [piece for word in words for piece in fold(word).split()]
    said = [word for word in shown if word not in STOP_WORDS]
    if not said:
        said = shown
    keys = [stem(word) for word in said]
    units = []
    for start, end, codes in known.walk(keys, (language[:2], *LANGUAGES, "")):
        group = tuple(said[start:end])
        units.append(Unit(_as_typed(words, group), group, codes))
    return units


def _one_unit(text: str, language: str, known: Terms, *, excluded: bool) -> list[Unit]:
    """A phrase in quotes, or a word that is not wanted, is one unit whatever it names."""
    group = tuple(fold(text).split())
    if not group:
        return []
    codes = known.named(tuple(stems(text)), (language[:2], *LANGUAGES))
    return [Unit(text.strip(), group, codes, excluded=excluded)]


def _as_typed(words: list[str], group: tuple[str, ...]) -> str:
    """The typed words behind a folded group, with their accents; stop words between them included."""
    folded = [fold(word) for word in words]
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + len(group) + 4) + 1):
            said = [piece for word in folded[start:end] for piece in word.split() if piece not in STOP_WORDS]
            if tuple(said) == group and folded[start] and folded[start].split()[0] == group[0]:
                return " ".join(words[start:end]).strip(".,;:!?()[]")
    return " ".join(group)


def _languages(language: str) -> tuple[str, ...]:
    """Where a card's own words are looked up: its language, then words that mean one thing in all of them."""
    return (language[:2], "") if language[:2] in LANGUAGES else ("",)


def quoted(word: str) -> str:
    """A word as PostgreSQL reads it inside a ``tsquery`` or ``tsvector``."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
