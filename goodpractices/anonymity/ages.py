"""Somebody's age beside a name: "Rose (17)", "17-year-old Rose"."""

import re
from collections.abc import Callable

from goodpractices.anonymity.runs import Run, RunReader
from goodpractices.anonymity.words import NOUNS_HAVE_CAPITALS, key

#: What German nouns end with, and names hardly ever.
GERMAN_NOUN = (
    "er", "e", "in", "ung", "heit", "keit", "schaft", "tion", "ent", "ant", "ist", "or", "ling", "innen", "chen",
    "gruppe", "gruppen", "arbeit", "hilfe", "hilfen", "dienst", "dienste", "stellen",
)  # fmt: skip
_AGE = re.compile(r"\s?,?\s?\(?\s?(\d{1,3})(?!\d)[-‑ ]?([^\W\d_]+)")
_AGE_IN_BRACKETS = re.compile(r"\s?\(\s?\d{1,2}\s?\)")
_AGE_BETWEEN_COMMAS = re.compile(r", \d{1,2}(?:,| )")
_AGE_AS_APPOSITION = re.compile(r", [1-9]\d, (?=[^\W\d_])")
# After "(17)" the sentence goes on with its verb.
_GOES_ON = re.compile(r"\s?\(\s?[1-9]\d\s?\),? [a-zß-ÿα-ωά-ώ]")
_DATE_AFTER = re.compile(r"(?:, |: | ?\()\d{1,2}[./-] ?\d{1,2}[./-] ?(?:19\d\d|200\d)")
_AGE_BEFORE = re.compile(r"(?<!\d)\d{1,2}[- ‑]?([^\W\d_]+)(?:[- ]([^\W\d_]+))? $")
# "Noor, eleven years,": the age in words, and no "two years later".
_SPELLED_AGE = re.compile(r"\s?[,(]\s?((?:[^\W\d_]+[ -]){1,3})([^\W\d_]+)(?:[,.;:)]| (?:old|oud|alt)\b)")
# "Emre, vierzehn, dreimal weggelaufen"; shorter words are small numbers or none.
_NUMBER_ALONE = re.compile(r", ([^\W\d_]{6,})(?:, [^\W\d_]{3}|\.)")
_LIST_OF_COUNTS = re.compile(r"\s?\(\d{1,2}\)(?:,| [^\W\d_]{1,3}) [^\W\d_]+ \(\d")


class Ages(RunReader):
    """Looks round a run for an age."""

    def told(self, run: Run) -> bool:
        """ "Rose (17)", "Rose, 17,", "Rose, 17 ans", "17-year-old Rose", "Rose, née le"."""
        rest = self.text.text[run.end : run.end + 45]
        if self.born(run) or _AGE_IN_BRACKETS.match(rest) or _AGE_BETWEEN_COMMAS.match(rest):
            return True
        if not run.single and _DATE_AFTER.match(rest):
            return True
        return self.with_unit(rest) or self.before(run)

    def sure(self, run: Run, located: Callable[[Run], bool]) -> bool:
        """The same for a word nobody knows: "Gent (12), Antwerp (4)" is a list of towns."""
        rest = self.text.text[run.end : run.end + 60]
        if self.with_unit(rest):
            # "After 32 months" begins a sentence, and is nobody of that age.
            return self.keys[run.first] not in self.known["openers"]
        common = self.lang in NOUNS_HAVE_CAPITALS and self.keys[run.first].endswith(GERMAN_NOUN)
        if self.before(run):
            return not common and self.keys[run.first] not in self.runs.stops
        if common or located(run) or self.keys[run.first] in self.known["openers"]:
            return False
        if _AGE_AS_APPOSITION.match(rest):
            return self.lang not in NOUNS_HAVE_CAPITALS
        in_brackets = _AGE_IN_BRACKETS.match(rest) and not _LIST_OF_COUNTS.match(rest)
        if not in_brackets or self.lang in NOUNS_HAVE_CAPITALS:
            return False
        return self.runs.inside_sentence(run.first) or (
            self.text.opens(run.first) and _GOES_ON.match(rest) is not None
        )

    def of_initials(self, rest: str) -> bool:
        """For what stands after initials."""
        return bool(_AGE_IN_BRACKETS.match(rest) or _AGE_AS_APPOSITION.match(rest)) or self.with_unit(rest)

    def small(self, run: Run) -> bool:
        """For a name written small."""
        rest = self.text.text[run.end : run.end + 45]
        return self.born(run) or self.with_unit(rest) or bool(_AGE_IN_BRACKETS.match(rest))

    def born(self, run: Run) -> bool:
        """ "Rose, née le"."""
        after = self.runs.next(run)
        return (
            after is not None
            and self.words[after].gap in (", ", " (")
            and self.text.exacts[after] in self.known["born"]
        )

    def with_unit(self, rest: str) -> bool:
        """ "17 ans"."""
        match = _AGE.match(rest)
        if match is not None:
            return int(match.group(1)) < 111 and key(match.group(2)) in self.known["ages"]
        alone = _NUMBER_ALONE.match(rest)
        if alone is not None and self._counts(key(alone.group(1))):
            return True
        spelled = _SPELLED_AGE.match(rest)
        return (
            spelled is not None
            and key(spelled.group(2)) in self.known["ages"]
            and all(self._counts(key(word)) for word in re.split(r"[ -]", spelled.group(1)) if word)
        )

    def _counts(self, word: str) -> bool:
        """Is it a number in words?"""
        known = self.known
        return word in known["numbers"] or word in known["and_all"] or word.endswith(tuple(known["tens"]))

    def before(self, run: Run) -> bool:
        """ "17-year-old Rose"."""
        start = self.words[run.first].start
        match = _AGE_BEFORE.search(self.text.text[max(start - 24, 0) : start])
        return match is not None and any(key(part) in self.known["aged"] for part in match.groups() if part)
