"""The words of the thesaurus as texts and questions use them: inflected, in compounds, in groups. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from operator import itemgetter
from pathlib import Path
from typing import Any

from ecett.core.kept import kept
from hosts.compounds import COMMON, LINKS, LONG, split
from hosts.groups import Codes, Table, Token, make_table
from hosts.stems import (
    STOP_WORDS,
    as_they_stand,
    distance,
    little_words,
    same_letters,
    silent_words,
    stem,
    trigrams,
)
from hosts.thesaurus import FOLDER, LANGUAGES, Thesaurus, default, fold

# What a turn of phrase names that means nothing of ours.
NOTHING = ""
# Words that several languages share: the key of their table.
SHARED = ""
# A word of so few letters means too many things in other languages than the card's own.
SHORT = 5
# The last part of a compound is enough ("Augenklinik") when it has so many letters.
HEAD = 6
# A part of a compound has so many letters, unless it is a common one.
PART = 4
# An unknown word belongs to the family of a known one when they begin with so many equal letters, and so large a part
# of the longer stem (less of it where the whole known one is in it: "arbeitet" is not "arbeitslos").
FAMILY = 6
FAMILY_PART = 0.7
FAMILY_WHOLE = 0.6
# A stem of so many letters is told from others though one of them is wrong and the ending another.
HEARD = 9

# The modules whose rules make the tables of words.
RULES = ("compounds", "groups", "stems", "terms", "thesaurus")

# The words of a language that the thesaurus does not know.
_NONE = Table({}, {}, {}, {})


class Terms:
    """Finds the concepts that a text or a question names."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self.thesaurus = thesaurus
        self.languages = tuple(dict.fromkeys((*LANGUAGES, *thesaurus.read_languages)))
        self._asked: dict[str, Table] = {}
        self._read: dict[str, Table] = {}
        self._parts: dict[str, frozenset[str]] = {}
        self._alone: dict[str, frozenset[str]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._spelled: dict[str, str] = {}
        shared: defaultdict[tuple[str, ...], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for language in self.languages:
            self._take(language, shared)
        several = {
            keys: tuple(sorted(found))
            for keys, found in shared.items()
            if len(keys) > 1 or (len(keys[0]) >= SHORT and any(len(where) > 1 for where in found.values()))
        }
        self._read[SHARED] = make_table((keys, codes) for keys, codes in several.items())

    def __getstate__(self) -> dict[str, Any]:
        """The tables; the thesaurus is kept by itself."""
        return {name: value for name, value in self.__dict__.items() if name != "thesaurus"}

    def __setstate__(self, tables: dict[str, Any]) -> None:
        self.__dict__.update(tables, thesaurus=default())

    def _take(self, language: str, shared: dict[tuple[str, ...], dict[str, set[str]]]) -> None:
        asked: list[tuple[tuple[str, ...], Codes]] = []
        read: list[tuple[tuple[str, ...], Codes]] = []
        words_asked: list[tuple[str, str, str]] = []
        words_read: list[tuple[str, str, str]] = []
        exact_asked: list[tuple[str, Codes]] = []
        exact_read: list[tuple[str, Codes]] = []
        strict_asked: list[tuple[tuple[str, ...], Codes]] = []
        strict_read: list[tuple[tuple[str, ...], Codes]] = []
        parts: set[str] = {stem(word, language) for word in fold(COMMON.get(language, "")).split()}
        alone: set[str] = set()
        words: set[str] = set()
        little = silent_words(language)
        turning = little_words(language) - little
        for code, word, weak in self.thesaurus.words_in(language):
            pieces = fold(word).split()
            content = [piece for piece in pieces if piece not in little]
            keys = tuple(stem(piece, language) for piece in content)
            saying = [piece for piece in content if len(piece) >= PART and piece not in turning]
            words.update(saying)
            if len(written := re.findall(r"\w+", word)) == len(pieces):
                for piece, as_written in zip(pieces, written, strict=True):
                    self._spelled.setdefault(piece, as_written)
            # "À domicile" is not every house, nor who "does not know where he is" whoever does not know: where one word
            # alone remains, the little ones count too.
            strict = len(content) < len(pieces) and sum(piece not in turning for piece in content) < 2
            if not strict and (forms := as_they_stand(word, content, keys, language)):
                exact_asked += [(form, (code,)) for form in forms]
                if not weak:
                    exact_read += [(form, (code,)) for form in forms]
                continue
            parts.update(stem(piece, language) for piece in saying)
            if strict:
                keys = tuple(stem(piece, language) for piece in pieces)
            (strict_asked if strict else asked).append((keys, (code,)))
            if not strict and len(content) == 1:
                words_asked.append((keys[0], content[0], code))
            if not weak:
                (strict_read if strict else read).append((keys, (code,)))
                if not strict and len(content) == 1:
                    words_read.append((keys[0], content[0], code))
                if len(keys) == 1:
                    alone.add(keys[0])
                if not strict:
                    plain = tuple(stem(piece) for piece in content)
                    if plain and STOP_WORDS.isdisjoint(content):
                        shared[plain][code].add(language)
        for phrase in self.thesaurus.nothing(language):
            keys = tuple(stem(piece, language) for piece in fold(phrase).split())
            if len(keys) == 1:
                # A word that shares its stem with others.
                for groups, each in ((asked, words_asked), (read, words_read)):
                    groups.append((keys, (NOTHING,)))
                    each.append((keys[0], fold(phrase), NOTHING))
                continue
            strict_read.append((keys, (NOTHING,)))
            strict_asked.append((keys, (NOTHING,)))
        self._asked[language] = make_table(asked, strict_asked, exact_asked, words_asked)
        self._read[language] = make_table(read, strict_read, exact_read, words_read)
        self._parts[language] = frozenset(parts)
        self._alone[language] = frozenset(alone)
        self._words[language] = frozenset(words)

    # ── Texts
    def tokens(self, words: Sequence[str], language: str) -> list[Token]:
        """Folded words with their stems; long ones of a language that makes compounds also taken apart."""
        language = language[:2]
        return [Token(*piece, at) for at, word in enumerate(words) for piece in self._pieces(word, language)]

    @lru_cache(maxsize=50_000)  # noqa: B019 - one object a process
    def _pieces(self, word: str, language: str) -> tuple[tuple[str, str, bool], ...]:
        little = silent_words(language)
        parts = self.parts(word, language) or (word,)
        return tuple((part, stem(part, language), part in little) for part in parts)

    def parts(self, word: str, language: str, *, whole: bool = False) -> tuple[str, ...]:
        """The parts of a compound that the thesaurus does not know as it stands; () when it is none.

        ``whole``: only when every part is known; else the last one is enough.
        """
        language = language[:2]
        if language not in LINKS or language not in self._parts or len(word) < LONG:
            return ()
        found, sure = self._split(word, language)
        return found if sure or not whole else ()

    @lru_cache(maxsize=50_000)  # noqa: B019 - one object a process
    def _split(self, word: str, language: str) -> tuple[tuple[str, ...], bool]:
        known, alone = self._parts[language], self._alone[language]
        if stem(word, language) in known:
            return (), True
        found = split(word, language, lambda part: stem(part, language) in known)
        if found:
            return found, True
        for start in range(3, len(word) - HEAD + 1):
            if stem(word[start:], language) in alone:
                return (word[:start], word[start:]), False
        return (), True

    @lru_cache(maxsize=10_000)  # noqa: B019 - one object a process
    def compound_meant(self, word: str, language: str) -> str:
        """The known compound that a word is one letter away from, though its parts are known: "zieekenhuis" is
        no house of ill people; "" for none.
        """
        if len(word) < LONG or self.knows(word, language):
            return ""
        near = (
            other
            for far, other in self.alike(word, language, 1)
            if far == 1 and other[0] == word[0] and len(other) >= LONG
        )
        return min(near, key=lambda other: (-len(other), other), default="")

    def named(self, words: Sequence[str], language: str) -> dict[str, tuple[int, int]]:
        """{code of a concept that a text names: from which word to which (excluded)}, in order of appearance.

        Its own language, then words that mean one thing in several.
        """
        return self.named_by(self.tokens(words, language), language)

    def named_by(self, tokens: Sequence[Token], language: str) -> dict[str, tuple[int, int]]:
        """The same of words that were taken apart already."""
        own = self._read.get(language[:2], _NONE)
        shared = self._read[SHARED]
        plain: list[Token] = []
        found: dict[str, tuple[int, int]] = {}
        at = 0
        while at < len(tokens):
            token = tokens[at]
            end, codes = own.match(tokens, at) if own.begins(token.key, token.word) else (at, ())
            if not codes and shared.begins(stem(token.word), token.word):
                plain = plain or [Token(one.word, stem(one.word), one.little, one.at) for one in tokens]
                end, codes = shared.match(plain, at)
            for code in codes:
                if code != NOTHING:
                    found.setdefault(code, (tokens[at].at, tokens[end - 1].at + 1))
            at = max(end, at + 1)
        return found

    def mentions(self, text: str, language: str = "") -> Codes:
        """Codes of the concepts that a text names, in order of appearance."""
        return tuple(self.named(fold(text).split(), language))

    def topics(self, text: str, language: str = "") -> Codes:
        """The matters that a text of somebody who looks for hosts is about.

        Whom she names by a function ("with our head nurse") is not what she wants to learn: a profession counts
        as the matter that is its work (a street worker: street work), or not at all.
        """
        found: dict[str, None] = {}
        for code in self.mentions(text, language):
            person = self.thesaurus[code].scheme == "professions"
            found.update(dict.fromkeys(self.same((code,)) if person else (code,)))
        return tuple(found)

    # ── Questions
    def asked(self, tokens: Sequence[Token], start: int, language: str) -> tuple[int, Codes]:
        """(end, codes) of the longest group of words of a language that begins at a token of a question."""
        table = self._asked.get(language)
        if table is None:
            return start, ()
        end, codes = table.match(tokens, start)
        if language == "en":
            end, codes = max((end, codes), table.turned(tokens, start), key=itemgetter(0))
        # "Addicted to games of chance": the longer group that begins inside this one is what is meant.
        for at in range(start + 1, end):
            further = table.match(tokens, at)[0] if not tokens[at].little else at
            longer = _said(tokens, at, further) - _said(tokens, start, end)
            if further > end and longer >= 0:
                # As long as the first, it must make something else of the words they share, and leave something of
                # the first: "home visits" are not given up for "the home of a person".
                alone = table.match(tokens[:end], at)[1]
                rest = table.match(tokens[:at], start)
                if longer or (rest[1] and set(alone).isdisjoint(table.match(tokens, at)[1])):
                    return rest
        return end, codes

    def firm(self, tokens: Sequence[Token], start: int, end: int, language: str) -> bool:
        """Whether these words mean their concept in a text too, not only when somebody asks for it."""
        table = self._read.get(language)
        return table is not None and table.match(tokens, start)[0] >= end

    def family(self, word: str, language: str) -> Codes:
        """Codes of the known word that an unknown one is derived from: ``rückfällig``, ``Rückfall``; () for none."""
        key = stem(word, language)
        if len(key) < FAMILY:
            return ()
        best: tuple[float, Codes] = (0.0, ())
        for known, codes in self._families(language).get(key[:FAMILY], ()):
            same = same_letters(key, known)
            least = FAMILY_WHOLE if same == len(known) else FAMILY_PART
            part = same / max(len(key), len(known))
            if part >= least and part > best[0]:
                best = (part, codes)
        return best[1]

    @cache  # noqa: B019 - one object a process
    def _families(self, language: str) -> dict[str, list[tuple[str, Codes]]]:
        found: defaultdict[str, list[tuple[str, Codes]]] = defaultdict(list)
        table = self._read.get(language)
        for keys, codes in sorted(table.groups.items()) if table else ():
            if len(keys) == 1 and len(keys[0]) >= FAMILY and NOTHING not in codes:
                found[keys[0][:FAMILY]].append((keys[0], codes))
        return dict(found)

    def knows(self, word: str, language: str) -> bool:
        """Whether a folded word is one of the thesaurus's in a language, alone or in a group."""
        return language in self._parts and (
            stem(word, language) in self._parts[language] or word in self._words[language]
        )

    def alike(self, word: str, language: str, most: int) -> Iterator[tuple[float, str]]:
        """(letters that differ, word of the thesaurus) for words spelled like this one, whatever their endings."""
        letters, table = trigrams(word), self._spelling(language)
        seen: defaultdict[str, int] = defaultdict(int)
        for group in letters:
            for other in table.get(group, ()):
                seen[other] += 1
        key = stem(word, language)
        for other, shared in seen.items():
            if shared < 2:
                continue
            far = distance(word, other, most)
            if far <= most:
                yield far, other
            elif len(key) >= (FAMILY if most > 1 else HEARD) and distance(key, stem(other, language), 1) == 1:
                yield most + 0.25, other  # one letter, and an ending of another length

    @cache  # noqa: B019 - one object a process
    def _spelling(self, language: str) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words.get(language, ())):
            for group in trigrams(word):
                found[group].append(word)
        return dict(found)

    def spelled(self, word: str) -> str:
        """A folded word of the thesaurus with its accents; as it is when it is none."""
        return self._spelled.get(word, word)

    def stands(self, word: str, language: str) -> bool:
        """Whether a word is one of the thesaurus's as it stands, or nearly, in a language."""
        return word in self._words[language] or len(stem(word, language)) >= FAMILY

    def words_of(self, language: str) -> frozenset[str]:
        """Every word of the thesaurus in a language, folded, without the little ones."""
        return self._words.get(language, frozenset())

    # ── Kinship
    def broader(self, codes: Iterable[str]) -> set[str]:
        """Everything above these concepts."""
        known = [code for code in codes if code in self.thesaurus]
        return {above for code in known for above in self.thesaurus.ancestors(code)}

    def implied(self, codes: Iterable[str]) -> set[str]:
        """What a card about these concepts is about as well: everything above them, and the sector they belong to."""
        found = self.broader(codes)
        for code in (*codes, *found):
            if code in self.thesaurus:
                related = self.thesaurus[code].related
                found.update(other for other in related if self.thesaurus[other].scheme == "sectors")
        return found

    @lru_cache(maxsize=5_000)  # noqa: B019 - one object a process
    def leading(self, code: str) -> frozenset[str]:
        """The concepts that imply this one."""
        return frozenset(one for one in self.thesaurus.concepts if code in self.implied((one,)))

    def same(self, codes: Iterable[str]) -> Codes:
        """The same matters from other sides, these codes not among them."""
        found = dict.fromkeys(other for code in codes for other in self.thesaurus.same(code))
        return tuple(code for code in found if code not in set(codes))

    def near(self, codes: Iterable[str]) -> Codes:
        """Concepts that the thesaurus calls related to these, and those right above them."""
        known = [code for code in (*codes, *self.same(codes)) if code in self.thesaurus]
        found = dict.fromkeys(
            other
            for code in known
            for other in (*self.thesaurus.related(code), *self.thesaurus[code].broader)
        )
        return tuple(code for code in found if code not in known)

    @lru_cache(maxsize=5_000)  # noqa: B019 - one object a process
    def under(self, code: str) -> frozenset[str]:
        """A code with every code under it."""
        return frozenset({code}) | (self.thesaurus.descendants(code) if code in self.thesaurus else set())

    def sector(self, code: str) -> bool:
        """Whether a code is a whole field of work."""
        return code in self.thesaurus and self.thesaurus[code].scheme == "sectors"

    def label(self, code: str, language: str) -> str:
        """The word to show for a concept; the code itself when the thesaurus does not know it."""
        return self.thesaurus[code].label(language) if code in self.thesaurus else code


def _said(tokens: Sequence[Token], start: int, end: int) -> int:
    """How many words that say something."""
    return sum(not token.little for token in tokens[start:end])


@cache
def terms() -> Terms:
    """The words of the thesaurus that ships with the portal, read once a process."""
    rules = (Path(__file__).with_name(f"{name}.py") for name in RULES)
    return kept(
        "terms", lambda: Terms(default()), of=(*FOLDER.rglob("*.toml"), *rules), also=version("PyStemmer")
    )
