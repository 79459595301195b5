"""Whom everybody may know: after whom a house is named, who thought out a method, whose statue stands somewhere."""

import re

from goodpractices.anonymity.runs import Run, RunReader, Runs
from goodpractices.anonymity.text import Text
from goodpractices.anonymity.words import NOUNS_HAVE_CAPITALS

#: How many words may stand between "as" and what the author did, and between a likeness and whose it is.
AS_REACH, LIKENESS_REACH = 7, 4
#: How many words behind two last names they may be said to have written.
WROTE_REACH = 3
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: Letters of a method that is called by its capitals ("CRAFT").
SHORTEST_METHOD = 3
#: What words for methods begin with.
_METHODS = (
    "method", "metod", "model", "technique", "tecnic", "technik", "approach", "approche",
    "approcci", "ansatz", "enfoque", "abordage", "aanpak", "podejsci", "pristup", "μεθοδ", "μοντελ", "τεχνικ",
    "προσεγγισ",
)  # fmt: skip
#: "Systemisches nach Virginia Satir".
_AFTER = "nach"


class Authors(RunReader):
    """Looks round a run of several words for what makes a public name of it."""

    def __init__(self, text: Text, runs: Runs) -> None:
        super().__init__(text, runs)
        self._between = text.known.of_lists(
            "titles", "honours", "of", "articles_of_names", "articles_of_all", "for_whom", "particles"
        )

    def has(self, run: Run) -> bool:
        """Is it somebody whom everybody may know, or the second of two?"""
        if run.single:
            return self._wrote(run)
        return any(self._public(first, run) for first in (run.first, self._other_first(run.first)))

    def _public(self, first: int, run: Run) -> bool:
        at = self._without_titles(first)
        if any(self.text.before(place, self.known["named_after"]) for place in (first, at)):
            return True
        return (
            self._of_a_method(first)
            or self._made_it(at, run)
            or self._as_made(first, run)
            or self._likeness(first)
            or self._after(at)
        )

    def _without_titles(self, at: int) -> int:
        while at and (
            self.keys[at - 1] in self.known["titles"] or self.keys[at - 1] in self.known["articles_of_names"]
        ):
            at -= 1
        return at

    def _other_first(self, first: int) -> int:
        """The first word of the name before this one: of "inspired by A B and C D" A."""
        at = first
        while at and self.keys[at - 1] in self.known["of"]:
            at -= 1
        if at < 3 or self.text.exacts[at - 1] not in self.known["joins"] or not self.words[at - 2].capital:
            return first
        at -= 2
        while (
            at
            and self.words[at].gap in (" ", "-")
            and self.words[at - 1].capital
            and not self.text.opens(at - 1)
        ):
            at -= 1
        return at

    def _made_it(self, at: int, run: Run) -> bool:
        """ "the method of …", "a method developed by …", "auf … zurückgeht"."""
        after = self.runs.next(run)
        follows = self.keys[after] if after is not None and self.words[after].gap == " " else ""
        if follows in self.known["goes_back"]:
            return True
        if not (follows in self.known["made"] or self.text.before(at, self.known["made_by"])):
            return False
        return self._tells_of_a_method(run.first)

    def _of_a_method(self, at: int) -> bool:
        """ "the method of …", "metodou Marty …"; a therapy may be a client's."""
        while at and self.words[at].gap in (" ", "'", "’") and self.keys[at - 1] in self._between:
            at -= 1
        return at > 0 and self.words[at].gap == " " and self.keys[at - 1].startswith(_METHODS)

    def _tells_of_a_method(self, before: int) -> bool:
        start = self.text.sentence_start(before)
        return any(self.keys[place] in self.known["methods"] for place in range(start, before))

    def _as_made(self, first: int, run: Run) -> bool:
        """ "CRAFT as Robert Meyers developed it", "das Genogramm, wie Monika Seidel es entwickelt hat"."""
        for at in range(first, max(first - AS_REACH, 0), -1):
            length = self.text.before(at, self.known["as_it"])
            if length:
                break
        else:
            return False
        did = range(at, min(run.last + AS_REACH, len(self.words)))
        if not any(self.keys[place] in self.known["thought_out"] for place in did):
            return False
        method = self.words[max(at - length - 1, 0)]
        called = method.shouted and len(method.text) >= SHORTEST_METHOD
        return called or self._tells_of_a_method(at - length)

    def _wrote(self, run: Run) -> bool:
        """ "what Turner and Ashby wrote in 2004": two last names, and the year of a book behind what they did."""
        first = run.first
        if first < 2 or self.words[first].key in self.known.first_names:
            return False
        other = self.words[first - 2]
        if self.keys[first - 1] not in self.known["and_all"] or not other.capital:
            return False
        if other.key in self.known.first_names:
            return False
        for at in range(first + 1, min(first + 2 + WROTE_REACH, len(self.words))):
            if self.keys[at - 1] in self.known["wrote"] and at - 1 > first:
                return any(
                    _YEAR.search(self.words[place].gap) for place in range(at, min(at + 3, len(self.words)))
                )
            if self.words[at].gap != " ":
                return False
        return False

    def _likeness(self, first: int) -> bool:
        """ "a portrait of Dr. Sousa Martins", "socha Petra Bezruče"."""
        for at in range(first - 1, max(first - 2 - LIKENESS_REACH, -1), -1):
            if self.words[at + 1].gap not in (" ", ". ", "'", "’"):
                return False
            if self.keys[at] in self.known["likenesses"]:
                return True
            if self.keys[at] not in self._between:
                return False
        return False

    def _after(self, at: int) -> bool:
        """German: "Systemisches nach Virginia Satir", "gearbeitet wird nach …", and not "sie fragte nach …"."""
        if self.lang not in NOUNS_HAVE_CAPITALS or at < 2 or self.keys[at - 1] != _AFTER:
            return False
        before = at - 2
        noun = self.words[before].capital and not self.text.opens(before) and not self.runs.listed(before)
        return noun and self.keys[before] not in self.known["persons"] and self.words[at - 1].gap == " "
