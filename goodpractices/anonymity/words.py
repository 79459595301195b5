"""The words by which a checker of anonymity reads a text: one file a language, one for all, one of first names.

A list of a language's file (``goodpractices/data/anonymity``) holds words or phrases that stand

before a name    ``titles`` (Mrs), ``persons`` (client), ``kin`` (mother), ``of`` (mother *of*), ``called``
before a birth   ``born``, ``year_sign`` (the Czech “r.”; after a person only)
round a name     ``relatives`` (who), ``verbs`` of what only people do, ``ages`` (years old)
against a name   ``things`` that have names too, ``heads`` of institutions, methods, laws (Hospital …), ``homes``
                 (House …), ``after`` (… Foundation), ``streets``, ``saints``, ``royals``, ``loc`` (before a town),
                 ``renamed`` and ``all_renamed`` (the text says that names are invented)
against a birth  ``things``, ``cohort`` (born *after* 2005), ``crowd`` (*children* born in 2005), ``and``
before a home    ``live``
and besides      ``small`` (words that are never names and may follow the name of an institution), ``months``, ``he``

Of first names ``never`` are none when they are written with just these accents ("řeka" is no Reka), ``words`` are
common words too (a capital inside a sentence makes them names), ``weak`` ones need more than a capital, and so do
``surnames``. ``places`` are towns as well. What the lists of ``shared.toml``, ``houses.toml`` and
``visits.toml`` mean stands beside them; ``diaries.toml`` is for names written small,
``speech.toml`` for direct speech.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from goodpractices.anonymity.greek import sounds
from goodpractices.anonymity.inflection import forms, pet

DATA = Path(__file__).parent.parent / "data" / "anonymity"
LANGUAGES = ("en", "fr", "nl", "de", "es", "it", "pt", "el", "cs", "pl")
#: Files whose lists stand in them by language, and those whose lists are for all.
BY_LANGUAGE = ("told", "bearers", "days")
OF_ALL = ("shared", "houses", "visits", "diaries", "speech", "roles")
#: Words that change their sense with an accent ("né", "ne"): compared with their accents.
EXACT = (
    "born",
    "crowd",
    "never",
    "not_phone",
    "acts",
    "acts_on",
    "are_named",
    "so_named",
    "joins",
    "birth_feasts",
    "beside_feasts",
)
#: The group of first names that a language gives its own endings to, however short they are.
NATIVE = {"cs": "Czech", "pl": "Polish", "el": "Greek"}
#: Lists whose words have all their cases.
INFLECTED = {
    "el": ("words", "weak", "places", "bearers", "rooms"),
    "cs": ("bearers", "rooms"),
    "pl": ("bearers", "rooms"),
}
#: Languages that change a name by an s only.
GENITIVE_ONLY = ("de", "nl")
#: Letters a foreign name needs to get endings, and a form of one's own to be as sure as the name.
SHORTEST_FOREIGN, SHORTEST_FORM = 5, 6
#: … and of a rare one to get endings at all.
SHORTEST_RARE = 4
#: Shorter ones ("Tó") are names in their own language only.
SHORTEST_ELSEWHERE = 3
#: Languages into whose small letters hardly an English word comes that is a first name ("nelson", "jerry").
OWN_SMALL_WORDS = ("pt", "el", "cs", "pl")
#: Languages whose nouns have capitals: there a capital says nothing.
NOUNS_HAVE_CAPITALS = ("de",)


class _Bare(dict[int, str | None]):
    """What each character is without its accents; an accent by itself is nothing. Fills itself as characters come."""

    def __missing__(self, code: int) -> str | None:
        self[code] = None if unicodedata.combining(chr(code)) else chr(code)
        return self[code]


_OTHER = {"ß": "ss", "ł": "l", "ø": "o", "œ": "oe", "æ": "ae", "đ": "d", "ς": "σ", "ı": "i"}
_BARE = _Bare({ord(char): bare for char, bare in _OTHER.items()})


def key(word: str) -> str:
    """What a word is compared by: small letters without accents, one sigma."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKD", word.casefold()).translate(_BARE)


def exact(word: str) -> str:
    """Small letters, accents kept."""
    return unicodedata.normalize("NFC", word.lower())


class Phrases(frozenset[str]):
    """Words and phrases, and whether one ends at a place in a row of keys."""

    def __init__(self, _phrases: Iterable[str]) -> None:
        self.longest = max((phrase.count(" ") + 1 for phrase in self), default=0)
        self.lasts = frozenset(phrase.rsplit(" ", 1)[-1] for phrase in self)

    def ends(self, keys: Sequence[str], end: int) -> int:
        """How many words before ``end`` are one of the phrases (the longest); 0 when none is."""
        if not end or keys[end - 1] not in self.lasts:
            return 0
        for length in range(min(self.longest, end), 0, -1):
            if " ".join(keys[end - length : end]) in self:
                return length
        return 0

    def ends_in(self, keys: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Each place where one ends, and how many words it has: as `ends` tells of one place."""
        for end, key in enumerate(keys, start=1):
            if key in self.lasts and (length := self.ends(keys, end)):
                yield end, length


@dataclass(frozen=True, eq=False)
class Words:
    """What is known of one language, all of it as keys.

    ``first_names`` as they are in the lists and in the long forms that the language makes of its own names;
    ``rare``: those that are too often common words as they are; ``sounds``: how all of them sound in Greek
    letters, for Greek; ``doubtful``: these and the other
    forms, which are too often common words ("Marce", "Rady"). ``figures``: first and last name
    of each; ``figure_last``: the last names, ``figure_sounds``: how they sound in Greek letters;
    ``small_words``: first names that are words when they are written small (``small_words.toml``).
    """

    lang: str
    lists: dict[str, Phrases]
    first_names: frozenset[str]
    doubtful: frozenset[str]
    rare: frozenset[str]
    sounds: frozenset[str]
    surnames: frozenset[str]
    figures: frozenset[tuple[str, str]]
    figure_last: frozenset[str]
    figure_sounds: frozenset[str]
    small_words: frozenset[str]

    def __getitem__(self, name: str) -> Phrases:
        return self.lists[name]

    def of_lists(self, *names: str) -> frozenset[str]:
        """The words of several lists."""
        return _of_lists(self, names)

    def long_words(self, shortest: int, *names: str) -> tuple[str, ...]:
        """Those of at least so many letters: what longer words may end with."""
        return _long_words(self, shortest, names)


# Both once a language, not once a text.
@cache
def _of_lists(known: Words, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(known.lists[name] for name in names))


@cache
def _long_words(known: Words, shortest: int, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for name in names for word in known.lists[name] if len(word) >= shortest)


@cache
def load(lang: str) -> Words:
    """The words of one language with those all share. Raises KeyError for a language we have no words for."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    own = dict(_read(lang))
    for name in BY_LANGUAGE:
        own |= _part(name, lang)
    for name in OF_ALL:
        own |= _read(name)
    own["persons"] += " " + own["roles"]
    apart = ("surnames", "figures")
    lists = {name: Phrases(_phrases(text, name)) for name, text in own.items() if name not in apart}
    for name in ("terms", "peoples", *INFLECTED.get(lang, ())):
        lists[name] = Phrases(form for word in _phrases(own[name], name) for form in forms(word, lang))
    figures = (figure.split("_") for figure in own["figures"].split())
    pairs = {
        (first, last)
        for words in figures
        for first in forms(key(words[0]), lang)
        for last in forms(key(words[-1]), lang)
    }
    # With and without their accents: dates are looked for in the text as it is.
    lists["months"] = Phrases({*lists["months"], *map(exact, own["months"].split())})
    first_names, doubtful = _names_of(lang, lists["weak"])
    # A surname of another language's list is a surname here too; of "van den Berg" it is the last word.
    surnames = {
        key(word.rpartition("_")[2]) for code in LANGUAGES for word in _read(code)["surnames"].split()
    }
    rare = frozenset(name for members in _first_names("rare_names").values() for name in members)
    figure_last = frozenset(last for _first, last in pairs if len(last) >= SHORTEST_FOREIGN)
    return Words(
        lang=lang,
        lists=lists,
        first_names=first_names,
        doubtful=doubtful - first_names,
        rare=rare,
        sounds=sounds(first_names | rare) if lang == "el" else frozenset(),
        surnames=frozenset(surnames),
        figures=frozenset(pairs),
        figure_last=figure_last,
        figure_sounds=sounds(figure_last) if lang == "el" else frozenset(),
        small_words=frozenset(
            # English words are at home in every language's reports.
            map(
                key,
                " ".join(
                    _read("small_words")[code] + " " + _read(code)["words"]
                    for code in ({lang} if lang in OWN_SMALL_WORDS else {lang, "en"})
                ).split(),
            )
        ),
    )


def _names_of(lang: str, weak: Phrases) -> tuple[frozenset[str], frozenset[str]]:
    names: set[str] = set()
    doubtful: set[str] = set()
    for group, members in _first_names("first_names").items():
        native = group == NATIVE.get(lang)
        for name in members:
            names.add(name)
            if lang in GENITIVE_ONLY:
                names |= forms(name, lang)
            elif native or len(name) >= SHORTEST_FOREIGN:
                more = forms(name, lang)
                names.update(form for form in more if native and len(form) >= SHORTEST_FORM)
                doubtful |= more | pet(name, lang)
    for group, members in _first_names("rare_names").items():
        native = group.startswith(NATIVE.get(lang, "-"))
        if group.startswith("Portuguese") and lang == "pt":
            doubtful |= {name for name in members if len(name) < SHORTEST_ELSEWHERE}
        members = tuple(name for name in members if len(name) >= SHORTEST_ELSEWHERE)
        for name in members:
            if lang in NOUNS_HAVE_CAPITALS and len(name) >= SHORTEST_RARE and name not in weak:
                names |= forms(name, lang)  # a capital says nothing: it is a noun of the language, or a name
            doubtful |= forms(name, lang) if native or len(name) >= SHORTEST_RARE else {name}
    return frozenset(names), frozenset(doubtful)


def _phrases(text: str, name: str) -> Iterator[str]:
    fold = exact if name in EXACT else key
    for phrase in text.split():
        yield " ".join(re.split(r"[_'’-]+", fold(phrase)))


@cache
def _read(name: str) -> dict[str, str]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _part(name: str, lang: str) -> dict[str, str]:
    """The lists for one language of a file that has them by language."""
    lists: dict[str, dict[str, str]] = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return lists[lang]


@cache
def base_names() -> frozenset[str]:
    """The first names of all lists, as they stand there."""
    files = ("first_names", "rare_names")
    return frozenset(name for file in files for members in _first_names(file).values() for name in members)


@cache
def _first_names(file: str) -> dict[str, tuple[str, ...]]:
    """The keys of the first names of a file by the group they are listed in."""
    groups: dict[str, list[str]] = {}
    group = ""
    for line in (DATA / f"{file}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            group = line[2:]
        else:
            groups.setdefault(group, []).extend(map(key, line.split()))
    return {name: tuple(members) for name, members in groups.items()}
