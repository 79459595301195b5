"""Personal names in a text: which words are one, by several kinds of evidence weighed together.

A run of capitals ("Jan van den Berg") is a name when its first word

- is a frequent first name (in any of our languages: people move) and no common word here;
- is one that is a common word too ("Rose"), and stands inside a sentence with a capital;
- has something beside it that only a person has: a title, "client", "mother of", "called", an age, a surname … This is
  enough for surnames, and some of it for words nobody knows.

Nothing helps a run that belongs to an institution, a street, a saint, a law, a method, the author of a book or a figure
of the field. A word that was a name once is one wherever it comes again. A name that the text itself calls invented
is none.
"""

import re
from collections.abc import Iterable, Iterator

from goodpractices.anonymity.against import Against
from goodpractices.anonymity.evidence import Evidence
from goodpractices.anonymity.inflection import forms
from goodpractices.anonymity.initials import find_initials
from goodpractices.anonymity.lower import find_lower, find_lower_again
from goodpractices.anonymity.runs import Run, Runs
from goodpractices.anonymity.text import Reader, Text
from goodpractices.anonymity.words import NOUNS_HAVE_CAPITALS, key

LONGEST_WORD = 40
#: Letters of a surname in capitals after a title.
SHORTEST_SHOUTED = 5
#: Between two people.
AND = {
    "en": ("and",), "fr": ("et",), "nl": ("en",), "es": ("y", "e"), "it": ("e", "ed"), "pt": ("e",),
    "el": ("και", "κι"), "cs": ("a", "i"), "pl": ("i", "oraz", "a"),
}  # fmt: skip
#: What verbs end with that may begin a sentence, and names seldom.
VERB_ENDINGS = {
    "cs": ("va", "ji", "il", "ila", "al", "ala", "el", "ela", "la", "me", "ne", "ni", "ost", "ek"),
    "pl": ("je", "al", "ala", "il", "ila", "yl", "yla", "uje", "my", "nie", "osc"),
    "es": ("ar", "er", "ir", "an", "en", "mos", "cion"),
    "it": ("are", "ere", "ire", "ano", "ono", "mo", "zione"),
    "pt": ("ar", "er", "ir", "am", "em", "mos", "cao"),
    "el": ("ει", "ουν", "με", "αν", "ση"),
}
_BRACKETS = re.compile(r"\(([^()\n]{1,160})\)")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d[a-z]?(?!\d)")
#: Lists of what may stand before "O. Peeters" inside a sentence.
_BEFORE_INITIALS = ("small", "beside", "verbs")
# How many words after a name the text may say that it is invented.
_RENAMED_REACH = 6


def find_names(
    text: Text, taken: bytearray, places: Iterable[str] = (), numbers: frozenset[int] = frozenset()
) -> list[tuple[int, int]]:
    """Start and end of each personal name; ``taken`` has a 1 for each character that is something else already.

    ``places``: names that are a town's or a house's. ``numbers``: where births and identity numbers begin.
    """
    return _Finder(text, taken, places, numbers).find()


class _Finder(Reader):
    def __init__(self, text: Text, taken: bytearray, places: Iterable[str], numbers: frozenset[int]) -> None:
        super().__init__(text)
        self.towns, own = _places(text, places)
        self.closed = [shut or at in own for at, shut in enumerate(_closed(text, taken))]
        self.runs = Runs(text, self.closed)
        self.evidence = Evidence(text, self.runs, numbers)
        self.against = Against(text, self.runs, self.evidence)

    def find(self) -> list[tuple[int, int]]:
        if any(self.known["all_renamed"].ends_in(self.keys)):
            return []
        found: dict[int, Run] = {}
        at = 0
        while at < len(self.words):
            run = self._read(at, found) if self._open(at) else None
            at = run.last + 1 if run else at + 1
        found |= self._beside(found)
        found |= {run.first: run for run in find_lower(self.text, self.runs, self.evidence)}
        renamed = {self.keys[run.first] for run in found.values() if self._renamed(run)}
        found |= self._again(found)
        keys = {
            form
            for run in found.values()
            if self.keys[run.first] in self.known.first_names
            or self.keys[run.first] not in self.known.surnames
            for form in forms(self.keys[run.first], self.known.lang)
        }
        again = find_lower_again(self.text, self.runs, self.evidence, keys)
        found |= {run.first: run for run in again if run.first not in found}
        kept = [run for run in found.values() if self.keys[run.first] not in renamed]
        spans = [(self.words[run.first].start, run.end) for run in kept]
        return sorted({*spans, *find_initials(self.text, self.closed, spans, self.against)})

    def _open(self, at: int) -> bool:
        word = self.words[at]
        return word.capital and not self.closed[at] and len(word.text) < LONGEST_WORD

    def _read(self, at: int, found: dict[int, Run]) -> Run | None:
        """The run at a word, put into ``found`` when it is a name; None when the next word is to be read by itself."""
        word = self.words[at]
        titled = self.runs.titled(at)
        if len(word.text) == 1:
            return self._initial(at, found)
        if word.key in self.known["he"] and self.text.exacts[at] in self.known["never"]:
            return None  # "Ella, nacida en 1979"
        run = self.runs.at(at)
        if not run.single and self.text.opens(at) and word.key in self.known["schools"]:
            return None  # "Według Rogersa": what opens the sentence is no first name
        if titled and run.single and word.key in self.known["offices"]:
            return None  # "the Lord Advocate"
        if (
            word.key in self.known["particles"]
        ):  # only a title or a role makes a name begin with one: "Mrs De Smet"
            if run.single or not (titled or self.evidence.roles.before(run)):
                return None
        elif (
            (word.key in self.known["titles"] or word.key in self.known["persons"])
            and run.single
            and self.evidence.calls.nicknamed(run)
        ):
            found[at] = run  # "they call him the Professor"
            return run
        elif word.key in self.known["titles"] or (
            word.key in self.runs.stops
            and word.key not in self.known.first_names
            and not (titled and word.key in self.known.surnames)  # "Frau Kaiser"
        ):
            return None
        kind = self.runs.kind(at)
        is_name = self._is_name(run, kind, titled=titled)
        if is_name:
            found[at] = run
        # An unknown word that is no name may still have one after it ("Fondation Abbé Pierre").
        return run if is_name or titled or kind != "unknown" else None

    def _is_name(self, run: Run, kind: str, *, titled: bool) -> bool:
        if titled:
            return not (self.against.speaks_titled(run) or (kind == "unknown" and self._an_office(run)))
        if kind == "unknown":  # most capitals are: nothing is asked of them that is not needed
            return self.evidence.proves(run, self.against.located) and not self.against.speaks(run)
        if self.against.speaks(run):
            return False
        if (
            run.single and self.words[run.first].key in self.towns
        ):  # Florence may be the town, or somebody in it
            return self.evidence.supports(run, "weak")
        inside = self.runs.inside_sentence(run.first) and not self.runs.inside_name(run.first)
        inside = inside and not self._and_a_word(run.first)
        return kind == "name" or (kind == "word" and inside) or self.evidence.supports(run, kind)

    def _an_office(self, run: Run) -> bool:
        """ "Frau BAMF" is none; a surname in capitals is long ("Madame VAN HOECKE")."""
        words = self.words[run.first : run.last + 1]
        if any(word.key in self.known["particles"] for word in words[:-1]):
            return False
        return words[0].shouted and all(len(word.text) < SHORTEST_SHOUTED for word in words)

    def _and_a_word(self, at: int) -> bool:
        """ "Faith and Hope are rooms": the first may be any word, and so may the second then."""
        if at < 2 or self.keys[at - 1] not in self.known["and_all"] or not self.text.opens(at - 2):
            return False
        first = self.runs.kind(at - 2)
        are = at + 1 < len(self.words) and self.keys[at + 1] in self.known["are"]
        return first == "word" or (first == "unknown" and are)

    def _initial(self, at: int, found: dict[int, Run]) -> Run | None:
        """ "Mr K.", "client K.", "J. Peeters": an initial that stands for a person."""
        word = self.words[at]
        titled = self.runs.titled(at)
        dotted = self.text.text[word.end : word.end + 1] == "."
        if at and ((word.gap == "." and len(self.words[at - 1].text) == 1) or word.gap[-1:].isdigit()):
            return None  # inside "E.K.A.B.", "Ward 7C. Nobody slept"
        apostrophe = at + 1 < len(self.words) and self.words[at + 1].gap in ("'", "’")
        if not (dotted or titled or apostrophe):
            return None
        run = self.runs.at(at)
        if len(self.words[run.last].text) > 1:
            # It may be the letter of a list ("A. Introduction"), or a sentence may end with it ("level B. Two").
            if word.key in self.known["titles"] and self.words[run.last].shouted:
                return None  # "M. BEN YOUSSEF"
            sure = titled or self.runs.listed(run.last) or self._initials_and_surname(run)
            if not (sure or self.evidence.supports(run, "weak")):
                return None
            houses = self.against.houses
            if not (
                houses.holds_titled(run)
                if titled
                else self.against.speaks(run) or self.words[run.last].shouted
            ):
                found[at] = run
            return run
        person = titled or any(self.text.before(at, self.known[name]) for name in ("persons", "kin"))
        person = person or (dotted and self._speaks(at))
        if not person or apostrophe or word.text in ("X", "Y") or self.against.houses.holds_titled(run):
            return None
        end = self.words[run.last].end
        found[at] = Run(at, run.last, end + (self.text.text[end : end + 1] == "."))
        return found[at]

    def _speaks(self, at: int) -> bool:
        """ "Und was meint der S. dazu?", "la K. dice que no": an initial with its article, that speaks."""
        after = at + 1
        if at < 1 or self.keys[at - 1] not in self.known["nickname_articles"] or self.words[at].gap != " ":
            return False
        if after >= len(self.words) or self.words[after].capital or self.words[after].gap != ". ":
            return False
        beside = {self.keys[after], self.keys[at - 2] if at > 1 and self.words[at - 1].gap == " " else ""}
        return any(key in self.known["speaks"] for key in beside)

    def _initials_and_surname(self, run: Run) -> bool:
        """ "why T. M. Cabeças came", "with J. Kowalczuk": no list counts so inside a sentence."""
        first, last = run.first, self.words[run.last]
        if self.text.opens(first) or not last.text[1:].islower() or self.text.headings[first]:
            return False
        initials = sum(len(self.words[at].text) == 1 for at in range(first, run.last))
        if initials > 1:
            return True
        word = self.keys[first - 1]
        return self.words[first].gap == " " and any(word in self.known[name] for name in _BEFORE_INITIALS)

    def _beside(self, found: dict[int, Run]) -> dict[int, Run]:
        """Words nobody knows beside a name: "Anna and Xhevdet", "com o Xhevdet e a Anna"."""
        more: dict[int, Run] = {}
        if self.known.lang in NOUNS_HAVE_CAPITALS:
            return more
        sure = [run for run in found.values() if self.keys[run.first] in self.known.first_names]
        ends, starts = {run.last for run in sure}, {run.first for run in sure}
        for at in range(1, len(self.words) - 1):
            if self.keys[at] not in self.known["and_all"] or self.words[at].gap != " ":
                continue
            after = at + 1
            if self.keys[after] in self.known["articles_of_names"] and after + 1 < len(self.words):
                after += 1
            if self.words[after].gap != " " or not self.words[after].capital:
                continue
            if at - 1 in ends and after not in found:
                self._take(after, more)
            elif after in starts and at - 1 not in ends:
                first = at - 1
                opens = self.text.opens(first)
                if opens and (
                    self.text.exacts[at] not in AND[self.known.lang] or self.runs.kind(after) != "name"
                ):
                    continue
                if self.words[first].capital and (opens or not self.words[first - 1].capital):
                    self._take(first, more)
        return more

    def _take(self, at: int, more: dict[int, Run]) -> None:
        """A word nobody knows as a name, when nothing speaks against it."""
        if (
            not self._open(at)
            or self.runs.kind(at) not in ("unknown", "weak")
            or len(self.words[at].text) < 3
        ):
            return
        run = self.runs.at(at)
        if self.words[at].shouted or self.words[at].odd or not run.single or self.runs.closed[at]:
            return
        if self.keys[at] in self.runs.stops or self.against.located(run) or self.text.headings[at]:
            return
        if self.text.opens(at) and (
            self.keys[at] in self.known["openers"] or self._may_be_a_verb(at) or len(self.keys[at]) < 4
        ):
            return
        if not self.against.speaks(run):
            more[at] = run

    def _may_be_a_verb(self, at: int) -> bool:
        """ "Zpívá a Petr hraje", "Salta y Ana ríe": a sentence may begin with its verb where it needs no pronoun."""
        known = self.known
        if any(self.keys[at] in known[name] for name in ("verbs", "peoples", "months", "places")):
            return True
        if self.text.exacts[at] in known["acts"] or self.text.exacts[at] in known["acts_on"]:
            return True
        return self.keys[at].endswith(VERB_ENDINGS.get(known.lang, ()))

    def _again(self, found: dict[int, Run]) -> dict[int, Run]:
        """Names that came once with good evidence, and come again."""
        inside = {place for run in found.values() for place in range(run.first, run.last + 1)}
        sure = (place for place in inside if len(self.words[place].text) > 2 and self.words[place].capital)
        keys = {
            form
            for place in sure
            if self.keys[place] not in self.known["particles"]
            for form in forms(self.keys[place], self.known.lang)
        }
        more: dict[int, Run] = {}
        for at, word in enumerate(self.words):
            if at in inside or not self._open(at):
                continue
            # Either may be the form: "Oliwce" first, "Oliwka" then.
            if word.key not in keys and forms(word.key, self.known.lang).isdisjoint(keys):
                continue
            common = (
                word.key in self.known["words"]
                or word.key in self.known["weak"]
                or word.key in self.runs.stops
            )
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


def _closed(text: Text, taken: bytearray) -> list[bool]:
    """Which words may be no name: those in other marks, and authors of books."""
    flags = bytearray(taken)
    for start, end in _citations(text):
        flags[start:end] = b"\1" * (end - start)
    return [bool(flags[word.start]) for word in text.words]


def _places(text: Text, places: Iterable[str]) -> tuple[set[str], set[int]]:
    """Of places that are known: names of one word, and where the text says one of several (or the end of it, as
    "del Puerto de Santa María" does)."""
    names = [[key(word) for word in re.findall(r"[^\W\d_]+", place)] for place in places]
    ends = {tuple(name[at:]) for name in names for at in range(len(name) - 1)}
    longest = max(map(len, ends), default=0)
    own = {
        place
        for at in range(len(text.keys))
        for length in range(2, longest + 1)
        if tuple(text.keys[at : at + length]) in ends
        for place in range(at, at + length)
    }
    return {name[0] for name in names if len(name) == 1}, own


def _citations(text: Text) -> Iterator[tuple[int, int]]:
    """(Miller & Rollnick, 2013): brackets that hold nothing but capitals and a year."""
    for match in _BRACKETS.finditer(text.text):
        inside = match.group(1)
        words = re.findall(r"[^\W\d_]{2,}", inside)
        cited = all(word[0].isupper() or word.lower() in text.known["citing"] for word in words)
        if words and cited and _YEAR.search(inside) and not re.search(r"[*°†]", inside):
            yield match.span()
