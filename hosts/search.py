"""What a question asks for: its words, concepts and places, and how much each of them counts. Pure: no Django.

A question is cut into *units*: a group of words that names a concept of the thesaurus in any of its languages
("réduction des risques"), a place ("Gand", "belges"), a phrase in quotes, or a single word. Cards are indexed
by the concepts that their authors chose and that their text names (`hosts.terms`), so a French question finds
a Dutch card, and the same question in another language is the same question.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from ecett.core.search import clean
from hosts.gazetteer import CASE, EXACT, PLACE, country_lexeme, country_named, romanised, town_asked
from hosts.stems import common_words, joining_words, little_words, silent_words, stem
from hosts.terms import NOTHING, Codes, Terms, Token, terms
from hosts.thesaurus import fold

# A question has few words; whoever pastes a page is answered for its beginning.
MAX_CHARACTERS = 600
MAX_UNITS = 12
# Before the code of a concept in the index; no word begins with it.
CONCEPT = "§"
# A word of another language than the asker's has so many letters: shorter ones mean too many things.
FOREIGN = 4

_PIECES = re.compile(r'(?P<minus>(?<!\S)-(?=[\w"]))?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_OPERATORS = frozenset(
    {"AND", "OR", "ET", "OU", "EN", "OF", "UND", "ODER", "Y", "O", "E", "I", "LUB", "NEBO"}
)
_WITHOUT = frozenset({"NOT", "SAUF", "NIET", "NICHT"})
_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟＂", '"'))


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing asked for.

    ``shown``: as typed; ``words``: folded; ``concepts``: codes (of ECETT or ESCO); ``sides``: codes of the same
    matters from another side; ``country``: a code;
    ``lexemes``: alternatives of the words themselves, as PostgreSQL reads them; ``close``: the known word
    that was read instead of a mistyped one; ``weight``: how much it counts, 0 to 1; ``optional``: it ranks,
    but no card needs it; ``rare``: a name or a word that few cards have; ``town``: it names one; ``around``: the places
    around it, as PostgreSQL reads them; ``weak``: it may mean something else than its concept; ``joined``: it is of the
    same kind as the one before it, with "and" or "or" between them.
    """

    shown: str
    words: tuple[str, ...]
    concepts: Codes = ()
    sides: Codes = ()
    country: str = ""
    lexemes: tuple[str, ...] = ()
    excluded: bool = False
    close: str = ""
    weight: float = 1.0
    optional: bool = False
    rare: bool = False
    town: bool = False
    around: tuple[str, ...] = ()
    weak: bool = False
    joined: bool = False

    @property
    def phrase(self) -> str:
        """The words as one text, folded."""
        return " ".join(self.words)

    @property
    def typed(self) -> str:
        """As it was typed, with quotes and a minus."""
        # Running words are one unit only when they name something.
        quoted_words = len(self.words) > 1 and not self.concepts and not self.country
        return ("-" if self.excluded else "") + (f'"{self.shown}"' if quoted_words else self.shown)

    @property
    def sure(self) -> bool:
        """Whether it names a concept of our own or a country: the same in every language."""
        return bool(self.country) or any("/" not in code for code in self.concepts)


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood; ``language`` is the asker's.

    ``condition``: the ``tsquery`` that cards must fulfil; ``relaxed``: no or few cards answer all of it, so
    others that answer most are among them, ``full`` are the ids of those that answer all (None: all of them do);
    ``labels``: words to show for codes that the thesaurus does not know. No units: nothing was asked.
    """

    text: str
    language: str
    units: tuple[Unit, ...] = ()
    condition: str = ""
    relaxed: bool = False
    full: tuple[int, ...] | None = None
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def wanted(self) -> tuple[Unit, ...]:
        """The units that cards should answer."""
        return tuple(unit for unit in self.units if not unit.excluded)

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return not self.wanted

    @property
    def typed(self) -> str:
        """What somebody would type to ask for these units."""
        return " ".join(dict.fromkeys(unit.typed for unit in self.units))


def parse(
    text: str, language: str, *, corrections: Mapping[str, str] | None = None, known: Terms | None = None
) -> Query:
    """Cut a question into units; anything typed is understood somehow, nothing raises.

    ``corrections``: {folded word as typed: known word to read instead}.
    """
    reader = _Reader(language[:2].lower(), corrections or {}, known or terms())
    asked = " ".join(clean(text[:MAX_CHARACTERS]).translate(_QUOTES).split())
    units: list[Unit] = []
    run: list[str] = []
    without = False
    for match in _PIECES.finditer(asked):
        phrase, word = match["phrase"], match["word"]
        if phrase is None and word in _OPERATORS:
            continue
        if phrase is None and word in _WITHOUT and (run or units):
            without = True
            continue
        if phrase is None and not match["minus"] and not without:
            run.append(word)
            continue
        units += reader.units(run)
        run = []
        units += reader.one(phrase if phrase is not None else word, excluded=bool(match["minus"]) or without)
        without = False
    units += reader.units(run)
    once = {(unit.phrase, unit.concepts, unit.country, unit.excluded): unit for unit in units}
    return Query(asked, language, tuple(once.values())[:MAX_UNITS])


@dataclass(frozen=True)
class _Reader:
    """Reads words as units, in the asker's language first."""

    language: str
    corrections: Mapping[str, str]
    known: Terms

    def units(self, typed: Sequence[str]) -> list[Unit]:
        """Units of running words."""
        words, origin, close = self._words(typed)
        if not words:
            return []
        rows = {language: self._tokens(words, language) for language in self._languages()}
        little = little_words(self.language)
        joining = joining_words(self.language)
        found: list[Unit] = []
        at = ended = 0
        while at < len(words):
            end, codes, country, weak = self._match(words, rows, at)
            if end == at:
                end = at + 1
                if words[at] in little:
                    at = end
                    continue
            if NOTHING in codes:
                at = end
                continue
            group = tuple(words[at:end])
            shown = _as_typed(typed, origin[at], origin[end - 1])
            read = " ".join(self.known.spelled(words[place]) for place in range(at, end))
            unit = Unit(
                shown,
                group,
                codes,
                self.known.same(codes),
                country,
                close=read if any(close[at:end]) else "",
                weak=weak,
            )
            between = words[ended:at]
            joined = bool(found and between) and between[0] in joining and little.issuperset(between)
            unit = replace(
                unit, joined=joined and self.known.thesaurus.alternatives(found[-1].concepts, codes)
            )
            found.append(replace(unit, lexemes=self._lexemes(unit)))
            at = ended = end
        if not found:
            # Only words that say nothing: they are asked for all the same.
            found = [
                replace(unit, lexemes=self._lexemes(unit))
                for unit in (Unit(word, (word,)) for word in dict.fromkeys(words))
            ]
        return found

    def one(self, text: str, *, excluded: bool) -> list[Unit]:
        """A phrase in quotes, or a word that is not wanted, is one unit whatever it names."""
        group = tuple(fold(text).split())
        if not group:
            return []
        codes: Codes = ()
        for language in self._languages():
            end, codes = self.known.asked(self._tokens(group, language), 0, language)
            if codes and end == len(group):
                break
            codes = ()
        unit = Unit(text.strip(), group, codes, self.known.same(codes), excluded=excluded)
        return [replace(unit, lexemes=self._lexemes(unit))]

    def _languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.language, *self.known.languages)))

    def _words(self, typed: Sequence[str]) -> tuple[list[str], list[int], list[str]]:
        """(folded words, which typed word each comes from, the known word that was read instead)"""
        words: list[str] = []
        origin: list[int] = []
        close: list[str] = []
        small = _latin_little() if self._greek_in_latin() else {}
        for place, piece in enumerate(typed):
            for word in fold(piece).split():
                read = self.corrections.get(word, small.get(word, word))
                parts = self.known.parts(read, self.language, whole=True)
                if parts and read == word and (meant := self.known.compound_meant(word, self.language)):
                    read, parts = meant, ()
                for language in self.known.languages:
                    if not parts and not self.known.knows(read, self.language):
                        parts = self.known.parts(read, language, whole=True)
                if parts and country_named((read,), 0, self.language)[1]:
                    parts = ()  # "Deutschland" is no compound
                for part in parts or tuple(read.split()):
                    words.append(part)
                    origin.append(place)
                    close.append(part if read != word else "")
        return words, origin, close

    def _greek_in_latin(self) -> bool:
        return self.language == "el" and any("α" <= read[:1] <= "ω" for read in self.corrections.values())

    def _tokens(self, words: Sequence[str], language: str) -> list[Token]:
        little = silent_words(language)
        return [Token(word, stem(word, language), word in little, at) for at, word in enumerate(words)]

    def _match(
        self, words: Sequence[str], rows: Mapping[str, Sequence[Token]], at: int
    ) -> tuple[int, Codes, str, bool]:
        """(end, codes, country, weak) of the longest thing named; the asker's language before a place before others."""
        language = self.language
        best, codes = self.known.asked(rows.get(language, ()), at, language) if rows else (at, ())
        country = ""
        end, code = country_named(words, at, language)
        # "Suíça" only shares its stem with "suicida".
        alike = end == best == at + 1 and words[at] not in self.known.words_of(language)
        if end > best or alike:
            best, codes, country = end, (), code
        if best == at and words[at] in little_words(language):
            return at, (), "", False
        for other, tokens in rows.items():
            if other != self.language and len(words[at]) >= FOREIGN:
                end, others = self.known.asked(tokens, at, other)
                if NOTHING in others or (end == at + 1 and not self.known.stands(words[at], other)):
                    end = at  # what another language would only make of it by cutting endings
                if end > best:
                    best, codes, country, language = end, others, "", other
                if best == at and len(words[at]) > FOREIGN + 1:
                    end, code = country_named(words, at, other, as_listed=True)
                    if end > best:
                        best, codes, country = end, (), code
        unknown = best == at and words[at] not in common_words(self.language)
        if unknown and (codes := self.known.family(words[at], self.language)):
            return at + 1, codes, "", False
        return best, codes, country, bool(codes) and not self.known.firm(rows[language], at, best, language)

    def _lexemes(self, unit: Unit) -> tuple[str, ...]:
        """The words themselves as alternatives: stems in every language, names of a town."""
        if unit.country:
            return (quoted(country_lexeme(unit.country)),)
        languages = (*self._languages(), "")
        if len(unit.words) > 1:
            groups = dict.fromkeys(
                tuple(stem(word, language) for word in unit.words if word not in little_words(language))
                for language in languages
            )
            return tuple(" <-> ".join(quoted(key) for key in keys) for keys in groups if keys)
        word = unit.words[0]
        if unit.concepts:
            # The concept speaks for all languages, the word for the asker's.
            return (quoted(stem(word, self.language)),)
        stems = dict.fromkeys(
            key
            for form in (word, romanised(word))
            for each in languages
            if 2 * len(key := stem(form, each)) > len(form)
        )
        towns = town_asked(word, self.language)
        exact = [EXACT + name.removeprefix(PLACE) for name in towns if not name.startswith(CASE)]
        return tuple(map(quoted, (*stems, *towns, *exact)))


@cache
def _latin_little() -> Mapping[str, str]:
    """{little word of Greek in Latin letters: in Greek ones}"""
    return {romanised(word): word for word in sorted(little_words("el"))}


def _as_typed(typed: Sequence[str], first: int, last: int) -> str:
    return " ".join(typed[first : last + 1]).strip(".,;:!?()[]{}'’\"/\\")


def lexeme(code: str) -> str:
    """How a concept stands in the index; of an ESCO address the last part."""
    return CONCEPT + code.rsplit("/", 1)[-1]


def quoted(word: str) -> str:
    """A word as PostgreSQL reads it inside a ``tsquery`` or ``tsvector``."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def place(town: tuple[str, str]) -> str:
    """A town of a country, (folded name, code), as PostgreSQL reads it: there may be one of its name elsewhere."""
    name, country = town
    keys = (*(PLACE + word for word in name.split()), country_lexeme(country))
    return f"({' & '.join(map(quoted, keys))})"
