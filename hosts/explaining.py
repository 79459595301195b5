"""Why a card answers a question, in its own words. Pure: no Django."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from hosts.gazetteer import EXACT, town_lexemes
from hosts.search import Query, Unit, place, quoted
from hosts.stems import little_words, stem, trigrams
from hosts.terms import Terms, terms
from hosts.thesaurus import fold

# Shared groups of three letters, 0 to 1, from which a word of a card counts as the one that was mistyped.
ALIKE = 0.3
# After every place of a text.
NOWHERE = 2**31
# So many pieces of texts are remembered of each language.
REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Why:
    """Why a card was found: the word asked for, and the word or concept of the card that answers it.

    ``kind``: "word" (the card says it), "concept" (the card says ``found``, which means the same), "declared"
    (the card is about concept ``code``), "near" (about a related concept), "place" (it is there), "around" (close
    by). ``read``: the known word that was read instead of a mistyped one.
    """

    kind: str
    asked: str
    found: str = ""
    code: str = ""
    read: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a card says: ``text`` with its accents, the codes its author ``declared``, where it is; ``mentions``: {code
    of a concept: the words of the text that name it}, in order of appearance.
    """

    text: str
    language: str
    declared: tuple[str, ...] = ()
    city: str = ""
    country: str = ""
    mentions: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=20_000)
def folded(piece: str) -> tuple[str, ...]:
    """The folded words of a piece of text without spaces; texts say the same words again and again."""
    return tuple(fold(piece).split())


@dataclass(frozen=True, slots=True)
class Words:
    """A text in words: ``pieces`` as written, the ``folded`` words, and from which piece each comes (``at``)."""

    pieces: Sequence[str]
    folded: Sequence[str]
    at: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Words:
        """Take a text apart."""
        pieces = text.split()
        words = [(word, place) for place, piece in enumerate(pieces) for word in folded(piece)]
        return cls(pieces, [word for word, _place in words], [place for _word, place in words])

    def shown(self, start: int, end: int) -> str:
        """The words from one to another (excluded) as they are written."""
        return shown(self.pieces[self.at[start] : self.at[end - 1] + 1])


def shown(pieces: Sequence[str]) -> str:
    """Pieces of a text as a reader sees them, without the marks around them."""
    return " ".join(pieces).strip('.,;:!?()[]{}«»“”"')


class _Vocabulary:
    """The pieces of texts in a language: how the index holds the words in each that say something (as they are, and
    their stems), and which pieces hold a word. Remembered, for texts say the same words again and again.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.words: dict[str, tuple[tuple[str, str], ...]] = {}
        self._holding: defaultdict[str, set[str]] = defaultdict(set)

    def read(self, pieces: Collection[str]) -> None:
        """Get to know pieces."""
        for piece in set(pieces).difference(self.words):
            words = [word for word in folded(piece) if word not in little_words(self.language)]
            pairs = [(key, word) for word in words for key in (EXACT + word, stem(word, self.language))]
            for key, _word in pairs:
                self._holding[key].add(piece)
            self.words[piece] = tuple(pairs)

    def holding(self, keys: Iterable[str]) -> set[str]:
        """The known pieces that hold one of some words."""
        return set().union(*(self._holding[key] for key in keys if key in self._holding))


_known: dict[str, _Vocabulary] = {}


def _vocabulary(language: str) -> _Vocabulary:
    found = _known.get(language)
    if found is None or len(found.words) > REMEMBERED:
        # Whoever reads with the full one keeps it.
        found = _known[language] = _Vocabulary(language)
    return found


class Reasons:
    """Why cards answer a question, said to a reader in ``language``. Made once for all the cards of a page."""

    def __init__(self, query: Query, *, language: str, known: Terms | None = None) -> None:
        self.query, self.language, self.known = query, language, known or terms()
        # Whether it matters in which country a card is.
        self.placed = any(unit.country or unit.around for unit in query.wanted)
        self._keys: dict[str, frozenset[str]] = {}

    def of(self, said: Said) -> tuple[Why, ...]:
        """One reason a unit, for those that the card answers."""
        reader = _Reader(self, said)
        reasons = (reader.why(unit) for unit in self.query.wanted)
        return tuple(dict.fromkeys(why for why in reasons if why))

    def keys(self, language: str) -> frozenset[str]:
        """How the index holds the words that the question asks for, and those it would ask for in a language."""
        if language not in self._keys:
            self._keys[language] = frozenset(
                key for unit in self.query.wanted for key in _keys(unit, language)
            )
        return self._keys[language]


def _keys(unit: Unit, language: str) -> Iterator[str]:
    for option in unit.lexemes:
        yield from map(_bare, option.split(" <-> "))
    if len(unit.words) > 1:
        yield from (stem(word, language) for word in unit.words)


class _Reader:
    """Looks in one card for what answers each unit; its text is taken apart no further than the question needs."""

    def __init__(self, reasons: Reasons, said: Said) -> None:
        self.query, self.language, self.known = reasons.query, reasons.language, reasons.known
        self.said, self.pieces = said, said.text.split()
        self.vocabulary = _vocabulary(said.language[:2])
        self.vocabulary.read(self.pieces)
        keys = reasons.keys(self.vocabulary.language)
        telling = self.vocabulary.holding(keys)
        # {what the index holds for a word asked for: {each word it stands for: its first piece}}
        self.places: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for at in [at for at, piece in enumerate(self.pieces) if piece in telling]:
            for key, word in self.vocabulary.words[self.pieces[at]]:
                if key in keys:
                    self.places[key].setdefault(word, at)

    @cached_property
    def stems(self) -> list[tuple[str, int]]:
        """(stem, piece) of the words that say something, in their order."""
        words = self.vocabulary.words
        return [(key, at) for at, piece in enumerate(self.pieces) for key, _word in words[piece][1::2]]

    def why(self, unit: Unit) -> Why | None:
        """The best reason for one unit."""
        found = (
            self._place(unit)
            or self._word(unit)
            or self._concept(unit, (*unit.concepts, *unit.sides), "concept")
            or self._other_words(unit)
            or self._concept(unit, self.known.near(unit.concepts), "near")
            or self._implied(unit)
            or self._alike(unit)
        )
        return replace(found, read=unit.close) if found and unit.close else found

    def _place(self, unit: Unit) -> Why | None:
        if unit.country:
            here = self.said.country.upper() == unit.country
            return Why("place", unit.shown, self.said.country) if here else None
        if unit.sure or len(unit.words) > 1:
            return None
        keys = map(quoted, town_lexemes(self.said.city))
        if any(key in unit.lexemes for key in keys):
            return Why("place", unit.shown, self.said.city)
        near = unit.around and place((fold(self.said.city), self.said.country)) in unit.around
        return Why("around", unit.shown, self.said.city) if near else None

    def _word(self, unit: Unit) -> Why | None:
        """The words themselves, as the card writes them."""
        if unit.country or (unit.close and unit.sure):
            return None
        little = little_words(self.said.language)
        if len(unit.words) == 1:
            at = min((self._first(unit, key) for key in unit.lexemes), default=NOWHERE)
            text = shown(self.pieces[at : at + 1])
        else:
            text = self._sequence(
                [stem(word, self.said.language) for word in unit.words if word not in little]
            )
        return Why("word", unit.shown, text) if text else None

    def _first(self, unit: Unit, key: str) -> int:
        """The place of the first word of the card that a key of the unit stands for."""
        words = self.places.get(_bare(key), {})
        if unit.sure and not key.startswith(f"'{EXACT}"):
            # Two words of two languages may have one stem; beside a concept only the asked word itself counts.
            words = {word: at for word, at in words.items() if word[:3] == unit.words[0][:3]}
        return min(words.values(), default=NOWHERE)

    def _other_words(self, unit: Unit) -> Why | None:
        """What ESCO calls it in another language."""
        for option in unit.lexemes if self.query.labels and unit.concepts else ():
            if text := self._sequence([_bare(key) for key in option.split(" <-> ")]):
                return Why("concept", unit.shown, text)
        return None

    def _sequence(self, keys: Sequence[str]) -> str:
        """The first run of the card's words with these stems, as it is written."""
        if not keys or not all(map(self.places.get, keys)):
            return ""
        for start in range(len(self.stems) - len(keys) + 1):
            found = self.stems[start : start + len(keys)]
            if [key for key, _at in found] == list(keys):
                return shown(self.pieces[found[0][1] : found[-1][1] + 1])
        return ""

    def _concept(self, unit: Unit, codes: Iterable[str], kind: str) -> Why | None:
        """A concept that the card names or that its author chose; a narrower one answers too."""
        for code in codes:
            if own := self._under(code, self.said.mentions):
                return Why(kind, unit.shown, self.said.mentions[own], code)
            if own := self._under(code, self.said.declared):
                label = self.query.labels.get(own) or self.known.label(own, self.language)
                return Why("declared" if kind == "concept" else kind, unit.shown, label, code)
        return None

    def _implied(self, unit: Unit) -> Why | None:
        """What a concept of the card belongs to: whoever writes of gambling works in the field of addiction."""
        for code in (*unit.concepts, *unit.sides):
            leading = self.known.leading(code)
            for own, text in self.said.mentions.items():
                if own in leading:
                    return Why("near", unit.shown, text, code)
            for own in self.said.declared:
                if own in leading:
                    return Why("near", unit.shown, self.known.label(own, self.language), code)
        return None

    def _under(self, code: str, codes: Collection[str]) -> str:
        """The first of some codes which is this one or lies under it."""
        under = self.known.under(code)
        return "" if under.isdisjoint(codes) else next(own for own in codes if own in under)

    def _alike(self, unit: Unit) -> Why | None:
        if not unit.close or len(unit.words) > 1:
            return None
        text = Words.of(self.said.text)
        words = text.folded
        best = max(range(len(words)), key=lambda place: alike(words[place], unit.words[0]), default=-1)
        if best < 0 or alike(words[best], unit.words[0]) <= ALIKE:
            return None
        return Why("word", unit.shown, text.shown(best, best + 1))


def _bare(key: str) -> str:
    """A quoted word as the index holds it."""
    return key[1:-1].replace("''", "'")


def alike(one: str, other: str) -> float:
    """How much of their groups of three letters two words share, 0 to 1."""
    ours, theirs = trigrams(one), trigrams(other)
    return len(ours & theirs) / len(ours | theirs)
