"""What makes a name of a word: something beside it that only a person has."""

import re
from collections.abc import Callable

from goodpractices.anonymity.runs import NOUNS_HAVE_CAPITALS, Run, Runs
from goodpractices.anonymity.text import Text
from goodpractices.anonymity.words import key

#: Languages in which "client Xhevdet" has no case ending, so that an unknown word can be told from a genitive.
WITHOUT_CASES = ("en", "fr", "nl", "es", "it", "pt")
#: Languages in which "se llama Xhevdet" needs no pronoun.
WITHOUT_PRONOUN = ("es", "it", "pt", "cs", "pl", "el")
# How far before "called" the word may stand that says what is called so.
_THING_REACH = 4
_AGE = re.compile(r"\s?,?\s?\(?\s?(\d{1,3})(?!\d)[-‑ ]?([^\W\d_]+)")
_AGE_IN_BRACKETS = re.compile(r"\s?\(\s?\d{1,2}\s?\)")
_AGE_BETWEEN_COMMAS = re.compile(r", \d{1,2}(?:,| )")
_AGE_BEFORE = re.compile(r"(?<!\d)\d{1,2}[- ‑]?([^\W\d_]+)(?:[- ]([^\W\d_]+))? $")
_LIST_OF_COUNTS = re.compile(r"\s?\(\d{1,2}\)(?:,| [^\W\d_]{1,3}) [^\W\d_]+ \(\d")


class Evidence:
    """Looks round a run. ``located``: is it in the place of a town (`against.Against.located`)?"""

    def __init__(self, text: Text, runs: Runs) -> None:
        self.text = text
        self.runs = runs
        self.words = text.words
        self.keys = text.keys
        self.known = text.known
        self.lang = text.known.lang

    def supports(self, run: Run, kind: str) -> bool:
        """For a first name that is a common word, or a surname: is it a person's?"""
        at = run.first
        if any(self.text.before(at, self.known[name]) for name in ("persons", "kin")):
            return True
        if self._kin_of(run) or self._called(run) or self._aged(run):
            return True
        others = range(at + 1, run.last + 1)  # Rose Dubois, Novák Petr
        if not self.text.headings[at] and any(self.runs.listed(place) for place in others):
            return True
        if kind == "weak" and self._beside_name(run):
            return True
        after = self.runs.next(run)
        if after is None:
            return False
        if self.words[after].gap == ", ":
            return self.keys[after] in self.known["relatives"]
        return (
            self.words[after].gap == " "
            and not self.words[after].capital
            and self.keys[after] in self.known["verbs"]
        )

    def proves(self, run: Run, located: Callable[[Run], bool]) -> bool:
        """For a word nobody knows: is there what leaves hardly another reading?"""
        first = self.words[run.first]
        if first.shouted or self.text.headings[run.first]:
            return False
        if self._called(run) or self._aged_for_sure(run, located):
            return True
        if self.lang not in NOUNS_HAVE_CAPITALS and self._kin_of(run) and not self.text.opens(run.first):
            return True
        if self.lang in WITHOUT_CASES:
            return self._after_person(run) or self._apposition(run)
        return self._family(run)

    def subject(self, at: int, reach: int = _THING_REACH) -> str:
        """Whom the words before ``at`` are about: ``thing`` (near), ``person`` (in the sentence) or ""."""
        for place in range(at - 1, self.text.sentence_start(at) - 1, -1):
            word = self.keys[place]
            if ";" in self.words[place + 1].gap:
                reach = 0
            if word in self.known["persons"] or word in self.known["kin"] or word in self.known["he"]:
                return "person"
            if at - place <= reach and (word in self.known["things"] or word in self.known["heads"]):
                return "thing"
        return ""

    def _after_person(self, run: Run) -> bool:
        """ "client Xhevdet", and not "client Housing First" or "Youth Centre"."""
        for name in ("persons", "kin"):
            length = self.text.before(run.first, self.known[name])
            if not length or self.words[run.first].gap != " ":
                continue
            noun = run.first - length
            if not self.words[noun].capital or self.text.opens(noun):
                return self._short(run)
        return False

    def _family(self, run: Run) -> bool:
        """ "Familie Öztürk", "rodzina Lewandowskich"; not "der Familie Hilfe anbieten"."""
        if (
            run.first == 0
            or self.words[run.first].gap != " "
            or self.keys[run.first - 1] not in self.known["family"]
        ):
            return False
        return not (run.first > 1 and self.keys[run.first - 2] in self.known["determiners"]) and self._short(
            run
        )

    def _short(self, run: Run) -> bool:
        """At most three words, and no capital after them."""
        after = self.runs.next(run)
        follows = after is not None and self.words[after].capital and self.words[after].gap in (" ", "-")
        return run.last - run.first < 3 and not follows

    def _apposition(self, run: Run) -> bool:
        """ "our psychologist, Xhevdet Berisha, knows": between commas after a person."""
        if (
            self.words[run.first].gap != ", "
            or run.single
            or self.text.text[run.end : run.end + 1] not in (",", ")", "")
        ):
            return False
        return any(
            self.keys[place] in self.known["persons"] for place in range(max(run.first - 2, 0), run.first)
        )

    def _kin_of(self, run: Run) -> bool:
        """ "the mother of Xhevdet", "Xhevdet's mother"."""
        length = self.text.before(run.first, self.known["of"])
        if length and self.text.before(run.first - length, self.known["kin"]):
            return True
        after = run.last + 1
        genitive = (
            after + 1 < len(self.words) and self.words[after].gap in ("'", "’") and self.keys[after] == "s"
        )
        return genitive and self.keys[after + 1] in self.known["kin"]

    def _called(self, run: Run) -> bool:
        """ "a boy named Kofi", and not "a house named Kofi"."""
        length = self.text.before(run.first, self.known["called"])
        if not length:
            return False
        who = self.subject(run.first - length)
        return who == "person" or (
            who == "" and (self.runs.listed(run.first) or self.lang in WITHOUT_PRONOUN)
        )

    def _aged(self, run: Run) -> bool:
        """ "Rose (17)", "Rose, 17,", "Rose, 17 ans", "17-year-old Rose", "Rose, née le"."""
        rest = self.text.text[run.end : run.end + 30]
        if self._born(run) or _AGE_IN_BRACKETS.match(rest) or _AGE_BETWEEN_COMMAS.match(rest):
            return True
        return self._with_unit(rest) or self._aged_before(run)

    def _aged_for_sure(self, run: Run, located: Callable[[Run], bool]) -> bool:
        """The same for a word nobody knows: "Gent (12), Antwerp (4)" is a list of towns."""
        rest = self.text.text[run.end : run.end + 60]
        if self._born(run) and self.subject(run.first, reach=8) != "thing":
            return True
        if self._with_unit(rest) or (self.lang not in NOUNS_HAVE_CAPITALS and self._aged_before(run)):
            return True
        in_brackets = _AGE_IN_BRACKETS.match(rest) and not _LIST_OF_COUNTS.match(rest)
        return bool(in_brackets) and self.runs.inside_sentence(run.first) and not located(run)

    def _born(self, run: Run) -> bool:
        after = self.runs.next(run)
        return (
            after is not None
            and self.words[after].gap in (", ", " (")
            and self.text.exacts[after] in self.known["born"]
        )

    def _with_unit(self, rest: str) -> bool:
        match = _AGE.match(rest)
        return match is not None and int(match.group(1)) < 111 and key(match.group(2)) in self.known["ages"]

    def _aged_before(self, run: Run) -> bool:
        start = self.words[run.first].start
        match = _AGE_BEFORE.search(self.text.text[max(start - 24, 0) : start])
        return match is not None and any(key(part) in self.known["aged"] for part in match.groups() if part)

    def _beside_name(self, run: Run) -> bool:
        """ "Anna and April": beside a first name that is nothing else."""
        for place, between in ((run.first - 2, run.first - 1), (run.last + 2, run.last + 1)):
            if (
                0 <= place < len(self.words)
                and self.keys[between] in self.known["and"]
                and (
                    self.words[place].capital
                    and self.runs.kind(place) == "name"
                    and self.runs.inside_sentence(run.first)
                )
            ):
                return True
        return False
