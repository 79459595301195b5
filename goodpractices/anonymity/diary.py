"""Names written small in diaries and notes: "leroy didn't come", "hoy vino el richi, sobrio", "potkala jsem lenku".

A sentence that begins small says nothing by its small letters; what somebody does, and how she looked, says the rest.
"""

import re

from goodpractices.anonymity.runs import RunReader, Runs
from goodpractices.anonymity.text import Text

_SHORTEST, _SHORTEST_ALONE = 2, 3
#: How many words ("has", "not", "today") may stand between somebody and what she does.
_STEPS = 3
#: Articles before a name, in languages that have them there.
_ARTICLES = {
    "es": ("el", "la"), "it": ("il", "la", "lo", "l"), "pt": ("o", "a", "ao"), "fr": ("le", "la"),
    "el": ("ο", "η", "τον", "την", "τη", "του", "τησ"), "de": ("der", "die", "den", "dem"),
}  # fmt: skip
#: … and before what somebody is called besides.
_EPITHETS = {
    "en": ("the",), "fr": ("le", "la"), "nl": ("de",), "es": ("el", "la"), "it": ("il", "la", "lo"), "pt": ("o", "a"),
    "de": ("der", "die"), "el": ("ο", "η"),
}  # fmt: skip
_ENDS = re.compile(r"[.!?…\n;]")


class Diary(RunReader):
    """Looks at words written small in a sentence that begins small. ``no_names``: words that are none."""

    def __init__(self, text: Text, runs: Runs, no_names: frozenset[str]) -> None:
        super().__init__(text, runs)
        self._no_names = no_names

    def names(self, at: int) -> bool:
        """Is the word somebody's first name, by what stands beside it?"""
        key = self.keys[at]
        known = self.known
        listed = key in known.first_names
        if not (listed or key in known.rare or key in known.doubtful) or len(key) < _SHORTEST:
            return False
        if key in self._no_names or self.text.exacts[at] in known["never"] or not self._begins_small(at):
            return False
        if self.text.text[self.words[at].end : self.words[at].end + 2].startswith(("@", "-", "_", "/", ".c")):
            return False
        word = (
            key in known["words"]
            or key in known["weak"]
            or key in known.small_words
            or key in known["places"]
        )
        article = at - 1 if at and self.keys[at - 1] in _ARTICLES.get(self.lang, ()) else at
        if self.words[at].gap not in (" ", "") and not self.text.opens(at):
            return False
        if self._speaks(article, at):
            return True
        met, does = self._met(article), self._does(at)
        bodily = self._bodily(at)
        if word or len(key) < _SHORTEST_ALONE:
            # "ha venido la luz": a word of the language needs more than one thing.
            return bodily and (met or (does and article == at and self._begins(at)))
        if article == at and not listed and self.text.before(at, known["articles_of_all"]):
            return False
        with_them = bool(self.text.before(article, known["with_them"]))
        return met or does or with_them or (listed and bodily and self._alone(at))

    def _speaks(self, article: int, at: int) -> bool:
        """ "no i wtedy jarek mówi": a word that speaks is a name, but for what has an article or an owner."""
        after = at + 1
        if article != at or after >= len(self.words) or self.words[after].gap != " ":
            return False
        if self.keys[at] not in self.known.first_names or self.keys[after] not in self.known["speaks"]:
            return False
        before = self.keys[at - 1] if at else ""
        return not any(
            before in self.known[name] for name in ("articles_of_all", "his", "whose", "determiners")
        )

    def _begins(self, at: int) -> bool:
        """Does the sentence begin with it, or with "today" before it?"""
        return self.text.opens(at) or (self.text.opens(at - 1) and self.keys[at - 1] in self.known["soon"])

    def _begins_small(self, at: int) -> bool:
        first = self.text.sentence_start(at, reach=40)
        return not self.words[first].capital

    def _met(self, at: int) -> bool:
        if at > 1 and self.keys[at - 1] in self.known["soon"] and self.words[at].gap == " ":
            at -= 1  # "είδα σήμερα τον στάθη"
        return self.words[at].gap == " " and bool(self.text.before(at, self.known["meets"]))

    def _does(self, at: int) -> bool:
        first = at + 1
        if self.lang == "en" and first < len(self.words) and self.words[first].gap in ("'", "’"):
            first += self.keys[first] == "s"
        if self._epithet(first):
            first += 2
        for place in range(first, min(first + _STEPS, len(self.words))):
            if self.words[place].gap not in (" ", "'", "’") or self.words[place].capital:
                return False
            if self.text.begins(place, self.known["does"]) or self.keys[place] in self.known["verbs"]:
                return True
            if (
                self.text.exacts[place] in self.known["acts"]
                or self.text.exacts[place] in self.known["acts_on"]
            ):
                return True
            if (
                self.keys[place] not in self.known["auxiliaries"]
                and self.keys[place] not in self.known["soon"]
            ):
                return False
        return False

    def _epithet(self, at: int) -> bool:
        """ "fatou la petite": what she is called besides."""
        if at + 2 >= len(self.words) or any(self.words[place].gap != " " for place in (at, at + 1)):
            return False
        return self.text.exacts[at] in _EPITHETS.get(self.lang, ()) and not self.words[at + 1].capital

    def _bodily(self, at: int) -> bool:
        first = self.text.sentence_start(at, reach=20)
        for place in range(first, min(at + 20, len(self.words))):
            if place > at and _ENDS.search(self.words[place].gap):
                return False
            if place != at and self.text.begins(place, self.known["bodily"]):
                return True
        return False

    def _alone(self, at: int) -> bool:
        """Does no noun's small word stand before it?"""
        before = self.keys[at - 1] if at else ""
        return not any(
            before in self.known[name] for name in ("loc", "inside", "articles_of_all", "things", "heads")
        )
