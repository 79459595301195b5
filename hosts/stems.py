"""Words made comparable: without accents, endings and the little words that say nothing. Pure: no Django.

Where PostgreSQL has a configuration its algorithm (Snowball) is used, on words already without accents, so
that it does not matter whether the asker typed them. Slavic languages, which have none, lose the endings of
their cases. docs/decisions/0004 has the figures.
"""

import re
import threading
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import Stemmer

from hosts.thesaurus import FOLDER, LANGUAGES, fold

_ALGORITHMS = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "et": "estonian",
    "fi": "finnish", "fr": "french", "ga": "irish", "hu": "hungarian", "it": "italian", "lt": "lithuanian",
    "nl": "dutch_porter", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "sv": "swedish", "tr": "turkish",
    "ca": "catalan", "eu": "basque",
}  # fmt: skip
# Languages whose words change so much that no form can be asked for as it stands.
INFLECTING = frozenset({"bg", "bs", "cs", "el", "hr", "mk", "pl", "sk", "sl", "sr", "ru", "uk", "be"})
_SLAVIC = INFLECTING - {"el"}

# ── Little words
LITTLE_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(fold(words).split())
    for language, words in tomllib.loads((FOLDER / "little.toml").read_text("utf-8")).items()
}
# All of them, for lists that mix languages (names of places).
STOP_WORDS = frozenset(word for words in LITTLE_WORDS.values() for word in words)
_NONE: frozenset[str] = frozenset()
# Little words that turn what stands beside them: people without work are not people at work.
_TURNING: Mapping[str, str] = {
    "en": "after out", "fr": "n ne pas", "nl": "niet zonder", "de": "nach nicht ohne", "es": "no sin", "it": "non",
    "pt": "depois nao sem", "el": "δεν", "cs": "bez po", "pl": "bez nie po", "hr": "bez", "sk": "bez po", "sl": "brez",
}  # fmt: skip
_SILENT: Mapping[str, frozenset[str]] = {
    language: words.difference(_TURNING.get(language, "").split()) for language, words in LITTLE_WORDS.items()
}

# Little words between two things of which either will do.
_JOINING: Mapping[str, str] = {
    "en": "and or", "fr": "et ou", "nl": "en of", "de": "und oder", "es": "e o u y", "it": "e ed o od", "pt": "e ou",
    "el": "και", "cs": "a i nebo", "pl": "albo i lub oraz",
}  # fmt: skip


def little_words(language: str) -> frozenset[str]:
    """Words of a language that say nothing by themselves, folded."""
    return LITTLE_WORDS.get(language[:2], _NONE)


def silent_words(language: str) -> frozenset[str]:
    """Little words that may stand or not stand inside a group of words without changing what it means."""
    return _SILENT.get(language[:2], _NONE)


def joining_words(language: str) -> frozenset[str]:
    """Words of a language that stand between two things of which either will do, folded."""
    return frozenset(_JOINING.get(language[:2], "").split())


@cache
def common_words(language: str) -> frozenset[str]:
    """The commonest words of a language, folded: whoever types "week" does not mean "weed"."""
    path = FOLDER / "common" / f"{language[:2]}.txt"
    return frozenset(fold(path.read_text("utf-8")).split()) if language[:2] in LANGUAGES else _NONE


# ── Endings
# Cases of nouns and adjectives in the Slavic languages, without accents; the longest that fits goes.
_CASES = """
a e i o u y ia ie ii iu io am em im om um ym iam iem iom iim ami emi imi ymi iami iimi ima ama ach ech ich ych och
iach iech iich ih ah eh ou oj ej iej eho emu iho imu iiho iimu ego emu iego iemu ega oga omu ow iow ov iov ev ove ovi
owi owie ovia ovima evima uv oma ema jo ju mi
"""
_SLAVIC_ENDINGS = frozenset(_CASES.split())
# The same for Greek: the library's algorithm takes so much away that autism and "this" are one.
_GREEK_CASES = """
α ασ αδεσ αδων ατα ατοσ ατων ε εα εασ εσ ετε ει εισ εωσ εων η ησ ι ο οι οσ ου ουσ ουμε ουν υ υσ ω ων
"""
_GREEK_ENDINGS = frozenset(_GREEK_CASES.split())
_VOWELS = frozenset("aeiouyαεηιουω")
# Consonants that end many plurals; after another consonant they belong to the word ("stress", "Giovanni").
_WEAK = frozenset("snxνσ")
STEM_LENGTH = 4
# An abbreviation of so few letters is compared as it stands: no word's stem is one.
ABBREVIATION = 5
# So is a word whose stem has so few letters: "aîné" is not the Ain, "Roms" not Rome.
BARE = 3
# Plurals that no rule of endings makes alike.
_IRREGULAR = {
    ("en", "children"): "child", ("en", "women"): "woman", ("en", "men"): "man", ("nl", "kinder"): "kind",
}  # fmt: skip
# Forms of frequent nouns that no rule of endings brings together: the form whose stem they take.
_IRREGULAR_FORMS: Mapping[str, Mapping[str, str]] = {
    language: {form: words.split()[0] for words in several for form in words.split()[1:]}
    for language, several in {
        "cs": (
            "hry hra hru hre her hrach hram hrami",
            "deti dite ditete diteti ditetem",
            "lide lidi lidmi lidem lidech",
        ),
        "sk": ("hry hra hru hre hier hrach hram hrami", "deti dieta dietata dietatu"),
        "pl": (
            "gry gra gre gier grach grami grom",
            "dzieci dziecko dziecka dziecku dzieckiem dziecmi",
            "ludzie ludzi ludzmi ludziom",
        ),
    }.items()
}


# A consonant that Portuguese no longer writes because nobody says it.
_SILENT_PT = re.compile("(?<=[aeiou])(?:c(?=[ct])|p(?=[ct]))")
# Words whose stem is that of others which mean something else: older people are no parents.
_APART = {("nl", "ouderen"): "oudere", ("nl", "oudere"): "oudere"}


class _Stemmers(threading.local):
    """The library's stemmers, each thread its own: they are not made to be shared."""

    def __init__(self) -> None:
        self.made: dict[str, Stemmer.Stemmer] = {}

    def __getitem__(self, algorithm: str) -> Stemmer.Stemmer:
        if algorithm not in self.made:
            self.made[algorithm] = Stemmer.Stemmer(algorithm)
        return self.made[algorithm]


_snowball = _Stemmers()


@lru_cache(maxsize=100_000)
def stem(word: str, language: str = "") -> str:
    """A folded word without its ending: ``jeunes`` → ``jeun``; without a language by a rule for all of them.

    A word of one script is never cut by the algorithm of another.
    """
    language = language[:2]
    if language in _SLAVIC:
        return _slavic(_IRREGULAR_FORMS.get(language, {}).get(word, word))
    if "α" <= word[:1] <= "ω":
        return _greek(word)
    if apart := _APART.get((language, word)):
        return apart
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None:
        return _plain(word)
    if language == "pt":
        # Written before 2009: psicoactivo, acção, adoptar.
        word = _SILENT_PT.sub("", word)
    if language == "pt" and word.endswith(("oes", "aes")) and len(word) > 5:
        # Plurals in -ões and -ães, whose accent the algorithm would need to see.
        word = word[:-3] + "ao"
    found = str(_snowball[algorithm].stemWord(word)) or word
    if language == "nl":
        found = _dutch(found)
    return _IRREGULAR.get((language, found), found)


def as_they_stand(word: str, content: Sequence[str], keys: Sequence[str], language: str) -> tuple[str, ...]:
    """The forms of a word that is not compared by its stem; () for all others."""
    if len(content) != 1 or len(keys) != 1:
        return ()
    form = content[0]
    if len(form) <= ABBREVIATION and word.strip().isupper():
        return (form,)
    if len(keys[0]) <= BARE and language not in INFLECTING:
        return tuple(dict.fromkeys((form, f"{form}s", form.removesuffix("s"))))
    return ()


def stems(text: str, language: str = "") -> list[str]:
    """The stems of a text, in order, words that say nothing left out."""
    little = little_words(language) if language else STOP_WORDS
    return [stem(word, language) for word in fold(text).split() if word not in little]


def _plain(word: str) -> str:
    end = len(word)
    while end > STEM_LENGTH and (
        word[end - 1] in _VOWELS or (word[end - 1] in _WEAK and word[end - 2] in _VOWELS)
    ):
        end -= 1
    return word[:end]


def _dutch(word: str) -> str:
    """Spelling that changes with the syllable made one: wonen, woon; gezinnen, gezin; huizen, huis."""
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in _VOWELS:
        word = word[:-1]
    if len(word) > 3 and word[-2] == word[-3] and word[-2] in "aeou" and word[-1] not in _VOWELS:
        word = word[:-2] + word[-1]
    return word[:-1] + {"z": "s", "v": "f"}.get(word[-1:], word[-1:])


def _without(word: str, endings: frozenset[str], shortest: int = 3) -> str:
    """The word without the longest of these endings that leaves enough of it."""
    for size in range(min(5, len(word) - shortest), 0, -1):
        if word[-size:] in endings:
            return word[:-size]
    return word


def _greek(word: str) -> str:
    # Neos, neoi: short words keep two letters.
    word = _without(word, _GREEK_ENDINGS, 2 if len(word) < 6 else 3)
    return word[:-1] if len(word) > 3 and word[-1] == "ι" else word


def _slavic(word: str) -> str:
    if word.endswith("scu"):
        # Croatian: ovisnošću, by dependence.
        return word[:-3] + "st"
    word = _without(word, _SLAVIC_ENDINGS)
    if len(word) > 4 and word[-2] in "ea" and word[-1] in "knctrl" and word[-3] not in _VOWELS:
        # A vowel that comes and goes: matek, matka.
        word = word[:-2] + word[-1]
    if len(word) > 3 and word[-1] == "c":
        # Matka, matce.
        word = word[:-1] + "k"
    return word


def trigrams(word: str) -> set[str]:
    """Groups of three letters, the beginning counted twice."""
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def distance(one: str, other: str, most: int = 3) -> int:
    """How many letters must be changed, added, left out or swapped with their neighbour; ``most + 1`` for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        before, last, row = row, before, [at]
        for to, letter_to in enumerate(other, start=1):
            cost = min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != letter_to))
            if at > 1 < to and letter == other[to - 2] and one[at - 2] == letter_to:
                cost = min(cost, last[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def same_letters(one: str, other: str) -> int:
    """How many letters two words begin with together."""
    return next(
        (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )
