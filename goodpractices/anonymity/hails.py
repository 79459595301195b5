"""Whom somebody calls in direct speech ("Come on, X, give me a hand"), and names in quotation marks ("»X« hieß er")."""

import re

from goodpractices.anonymity.runs import Run, RunReader
from goodpractices.anonymity.words import NOUNS_HAVE_CAPITALS

_OPENERS = "«„“\"‘'»›‚‹¡¿"
_CLOSERS = "»“”\"’'«‹›"
# What begins direct speech: a quotation mark, or a dash at the beginning of a line or a sentence.
_SPEECH = re.compile(r"[«„“\"‘»›‚]\s?|(?:^|(?<=[\s(]))'(?=\w)|(?:^|\n|[.!?…:] )[—–-] ?")
#: How many characters before it direct speech may begin, and behind it may end.
_REACH = 90
#: How many words behind a name an order may begin, and that somebody is called so.
_ORDER, _TOLD = 3, 6
_SHORTEST = 3
#: Languages in which any noun may be greeted with a capital, or has a case of its own for it.
_WITH_A_VOCATIVE = ("de", "cs", "pl", "el")
#: Who is greeted by a name nobody knows has a short one ("Ste"); towns and offices are longer.
_LONGEST_PET_NAME = 6
#: With these letters to offices begin too.
_OF_LETTERS = ("dear", "beste")
#: Lists whose words are called nobody's names.
_NOBODY = (
    "speech", "hails", "orders", "months", "titles", "kin", "persons", "peoples", "small", "verbs", "openers", "places",
    "crowd", "things", "heads", "terms", "saints",
)  # fmt: skip


class Hails(RunReader):
    """Looks round a run inside quotation marks, or behind a dash."""

    def hailed(self, run: Run) -> bool:
        """Is it somebody who is spoken to?"""
        if run.last - run.first > 1 or not self._may_be_called(run):
            return False
        speech = self._speech_before(run)
        if speech is None:
            return False
        at = run.first
        end = self.text.text[run.end : run.end + 3].lstrip("\u00a0\u202f ")[:1]
        german = self.lang in NOUNS_HAVE_CAPITALS
        if speech == self.words[at].start:
            return end == "," and self._ordered(run)
        length = self.text.before(at, self.known["hails"])
        if (
            not length
            and at
            and self.words[at].gap in (", ", ",\u00a0")
            and self.known["hails"].ends(self.keys, at)
        ):
            length = self.known["hails"].ends(self.keys, at)
        if length and self.words[at - length].start - speech < 4:
            return end == "," or (end in "!?." and end != "" and not german)
        # "Well done today, X!", "you'll be fine, X,"
        closes = re.match(rf"\s?[,.!?…]{{1,2}}\s?[{_CLOSERS}]", self.text.text[run.end :])
        if german or self.words[at].gap != ", " or not (closes or end == ","):
            return False
        words = range(self.text.word_at(speech), run.first)
        if end == "," and self._ordered(run):
            return True
        return any(self.keys[place] in self.known["you"] for place in words) and (
            bool(closes) or self._you_follow(run)
        )

    def greeted(self, run: Run, *, known: bool = True) -> bool:
        """ "Hi Hope, the letter …": a name that is a word, or is not ``known``, and a message begins."""
        first = run.first
        if not run.single or not first or self.words[first].gap != " " or not self.text.opens(first - 1):
            return False
        if (
            self.keys[first - 1] not in self.known["greetings"]
            or self.text.text[run.end : run.end + 2] != ", "
        ):
            return False
        if not known and (
            self.lang in _WITH_A_VOCATIVE
            or self.keys[first - 1] in _OF_LETTERS
            or self.keys[first].endswith("s")
            or len(self.keys[first]) > _LONGEST_PET_NAME
        ):
            return False  # "Dear Editor", "Hello Friends"
        return self.keys[first - 1] not in self.known["and_all"] and self._may_be_called(run)

    def in_quotes(self, run: Run) -> bool:
        """ "»X« hieß er bei allen", "« Le X », c'est comme ça qu'on l'appelle"."""
        first = run.first
        if first and self.keys[first - 1] in self.known["nickname_articles"] and self.words[first].gap == " ":
            first -= 1
        if not first and self.words[0].start == 0:
            return False
        before = self.text.text[: self.words[first].start].rstrip(" \u00a0\u202f")[-1:]
        after = re.match(rf"[\s\u202f]?[{_CLOSERS}],? ?", self.text.text[run.end : run.end + 5])
        if not before or before not in _OPENERS or after is None:
            return False
        start = run.last + 1
        for place in range(start, min(start + _TOLD, len(self.words))):
            if place > start and re.search(r"[.!?;\n]", self.words[place].gap):
                return False
            if self.text.begins(place, self.known["is_told"]) or self.text.begins(place, self.known["calls"]):
                return True
        return False

    def _may_be_called(self, run: Run) -> bool:
        words = self.words[run.first : run.last + 1]
        if len(words[0].text) < _SHORTEST or words[0].odd or words[0].shouted:
            return False
        known = self.runs.listed(run.first)
        return not any(
            self.keys[place] in self.known[name]
            for place in range(run.first, run.last + 1)
            for name in (_NOBODY if not known else ("speech", "months", "titles", "kin", "hails"))
        )

    def _speech_before(self, run: Run) -> int | None:
        """Where the direct speech begins that holds it."""
        start = self.words[run.first].start
        floor = max(start - _REACH, 0)
        found = None
        for match in _SPEECH.finditer(self.text.text, floor, start):
            found = match.end()
        if found is None:
            return None
        while found < start and self.text.text[found] in "¡¿ \u00a0\u202f":
            found += 1
        return found

    def _ordered(self, run: Run) -> bool:
        """Is somebody told to do something behind the comma?"""
        first = run.last + 1
        for place in range(first, min(first + _ORDER, len(self.words))):
            if place > first and self.words[place].gap not in (" ", "'", "’", "-"):
                return False
            if self.text.begins(place, self.known["orders"]):
                return True
        return False

    def _you_follow(self, run: Run) -> bool:
        near = self.keys[run.last + 1 : run.last + 6]
        return any(word in self.known["you"] for word in near)
