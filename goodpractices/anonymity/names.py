"""Personal names in a text: which words are one, by several kinds of evidence weighed together.

A run of capitals ("Jan van den Berg") is a name when its first word

- is a frequent first name (in any of our languages: people move) and no common word here;
- is one that is a common word too ("Rose"), and stands inside a sentence with a capital;
- has something beside it that only a person has: a title, "client", "mother of", "called", an age, a surname … This is
  enough for surnames, and some of it for words nobody knows.

Nothing helps a run that belongs to an institution, a street, a saint, a law, a method, the author of a book or a figure of
the field. A word that was a name once is one wherever it comes again. A name that the text itself calls invented is none.
"""

import re
from collections.abc import Iterator, Sequence

from goodpractices.anonymity.against import Against
from goodpractices.anonymity.evidence import Evidence
from goodpractices.anonymity.inflection import forms
from goodpractices.anonymity.runs import NOUNS_HAVE_CAPITALS, Run, Runs
from goodpractices.anonymity.text import Text

LONGEST_WORD = 40
#: Languages that write every authority with two letters and full stops: there only a sentence begins with initials.
ABBREVIATES = ("el",)
# Two letters with full stops that are no initials.
_ABBREVIATIONS = frozenset(
    "us uk eu un nv bv sa sl sp ad bc ps ru do la ny nb dc po aa na iq er ok gp pe tv ot cv pc wc vs zo oa id hr db dj gb pr "
    "as ks av cd dg rp rd st ee uu aj pm am ma ba bs cs os zb dh ua za xx xy yx nn mm ww fn dn".split()
)
_INITIALS = re.compile(r"(?<![\w.])([^\W\d_])\. ?-?([^\W\d_])\.(?!\w)")
_BRACKETS = re.compile(r"\(([^()\n]{1,160})\)")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d[a-z]?(?!\d)")
_CITING = frozenset("and et en und y e και a i al als de van von der den in see cf voir zie siehe vgl v ref ao".split())
# How many words after a name the text may say that it is invented.
_RENAMED_REACH = 6


def find_names(text: Text, taken: bytearray) -> list[tuple[int, int]]:
    """Start and end of each personal name; ``taken`` has a 1 for each character that is something else already."""
    return _Finder(text, taken).find()


class _Finder:
    def __init__(self, text: Text, taken: bytearray) -> None:
        self.text = text
        self.words = text.words
        self.keys = text.keys
        self.known = text.known
        self.closed = _closed(text, taken)
        self.runs = Runs(text, self.closed)
        self.evidence = Evidence(text, self.runs)
        self.against = Against(text, self.runs, self.evidence)

    def find(self) -> list[tuple[int, int]]:
        if any(self.known["all_renamed"].ends(self.keys, at) for at in range(1, len(self.keys) + 1)):
            return []
        found: dict[int, Run] = {}
        at = 0
        while at < len(self.words):
            run = self._read(at, found) if self._open(at) else None
            at = run.last + 1 if run else at + 1
        renamed = {self.keys[run.first] for run in found.values() if self._renamed(run)}
        found |= self._again(found)
        kept = [run for run in found.values() if self.keys[run.first] not in renamed]
        spans = [(self.words[run.first].start, run.end) for run in kept]
        return sorted({*spans, *self._initials(spans)})

    def _open(self, at: int) -> bool:
        word = self.words[at]
        return word.capital and not self.closed[at] and len(word.text) < LONGEST_WORD

    def _read(self, at: int, found: dict[int, Run]) -> Run | None:
        """The run at a word, put into ``found`` when it is a name; None when the next word is to be read by itself."""
        word = self.words[at]
        titled = self.runs.titled(at)
        if len(word.text) == 1:
            return self._initial(at, found)
        run = self.runs.at(at)
        if word.key in self.known["particles"]:  # only a title makes a name begin with one: "Mrs De Smet"
            if not titled or run.single:
                return None
        elif word.key in self.known["titles"] or (word.key in self.runs.stops and word.key not in self.known.first_names):
            return None
        kind = self.runs.kind(at)
        if titled:
            no_name = self.against.famous(run) or self.against.institution_after(run, titled=True) or (kind == "unknown" and word.shouted)
        elif self.against.speaks(run):
            no_name = True
        elif kind == "unknown":
            if not self.evidence.proves(run, located=self.against.located(run)):
                return None
            no_name = False
        else:
            sure = kind == "name" or (kind == "word" and self.runs.inside_sentence(at) and not self.runs.inside_name(at))
            if not sure and not self.evidence.supports(run, kind):
                return None
            no_name = False
        if not no_name:
            found[at] = run
        # An unknown word that is no name may still have one after it ("Fondation Abbé Pierre").
        return run if not no_name or kind != "unknown" or titled else None

    def _initial(self, at: int, found: dict[int, Run]) -> Run | None:
        """ "Mr K.", "client K.", "J. Peeters": an initial that stands for a person."""
        word = self.words[at]
        titled = self.runs.titled(at)
        dotted = self.text.text[word.end : word.end + 1] == "."
        if at and word.gap == "." and len(self.words[at - 1].text) == 1:
            return None  # inside "E.K.A.B."
        apostrophe = at + 1 < len(self.words) and self.words[at + 1].gap in ("'", "’")
        if not (dotted or titled or apostrophe):
            return None
        run = self.runs.at(at)
        if len(self.words[run.last].text) > 1:
            # It may be the letter of a list ("A. Introduction"), or a sentence may end with it ("level B. Two").
            if not (titled or self.runs.listed(run.last) or self.evidence.supports(run, "weak")):
                return None
            if titled or not (self.against.speaks(run) or self.words[run.last].shouted):
                found[at] = run
            return run
        person = titled or any(self.text.before(at, self.known[name]) for name in ("persons", "kin"))
        if not person or apostrophe or word.text in ("X", "Y"):
            return None
        found[at] = Run(at, run.last, self.words[run.last].end + (self.text.text[self.words[run.last].end : run.end + 1] == "."))
        return found[at]

    def _again(self, found: dict[int, Run]) -> dict[int, Run]:
        """Names that came once with good evidence, and come again."""
        inside = {place for run in found.values() for place in range(run.first, run.last + 1)}
        sure = (place for place in inside if len(self.words[place].text) > 2 and self.words[place].capital)
        keys = {form for place in sure if self.keys[place] not in self.known["particles"] for form in forms(self.keys[place], self.known.lang)}
        more: dict[int, Run] = {}
        for at, word in enumerate(self.words):
            if at in inside or word.key not in keys or not self._open(at):
                continue
            common = word.key in self.known["words"] or word.key in self.known["weak"] or word.key in self.runs.stops
            if common and (self.text.opens(at) or self.known.lang in NOUNS_HAVE_CAPITALS):
                continue
            run = self.runs.at(at)
            if not self.against.speaks(run):
                more[at] = run
                inside.update(range(run.first, run.last + 1))
        return more

    def _renamed(self, run: Run) -> bool:
        """Does the text say that the name is not the real one ("Anna (name changed)")?"""
        last = min(run.last + 1 + _RENAMED_REACH, len(self.words))
        return any(self.known["renamed"].ends(self.keys, at) for at in range(run.last + 2, last + 1))

    def _initials(self, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """ "J.K.": two initials that are no usual abbreviation."""
        inside = {place for start, end in spans for place in range(start, end)}
        places = {word.start: at for at, word in enumerate(self.words)}
        for match in _INITIALS.finditer(self.text.text):
            letters = match.group(1) + match.group(2)
            at = places.get(match.start())
            if at is None or not letters.isupper() or letters.lower() in _ABBREVIATIONS or self.closed[at] or match.start() in inside:
                continue
            after = at + 2
            if after < len(self.words) and self.words[after].capital and self.words[after].gap in (".", ". "):
                if not self.text.opens(after) or self.known.lang == "el":
                    continue  # the beginning of an institution's or of somebody's name that was read already
            if self.known.lang not in ABBREVIATES or self.text.opens(at):
                yield match.span()


def _closed(text: Text, taken: bytearray) -> list[bool]:
    """Which words may be no name: those in other marks, and authors of books."""
    flags = bytearray(taken)
    for start, end in _citations(text.text):
        flags[start:end] = b"\1" * (end - start)
    return [bool(flags[word.start]) for word in text.words]


def _citations(text: str) -> Iterator[tuple[int, int]]:
    """(Miller & Rollnick, 2013): brackets that hold nothing but capitals and a year."""
    for match in _BRACKETS.finditer(text):
        inside = match.group(1)
        words = re.findall(r"[^\W\d_]{2,}", inside)
        if words and _YEAR.search(inside) and not re.search(r"[*°†]", inside):
            if all(word[0].isupper() or word.lower() in _CITING for word in words):
                yield match.span()
