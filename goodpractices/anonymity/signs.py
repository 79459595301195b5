"""Ways of writing that only a person's name has: "ANNA PEETERS", "Xhevdet B.", "the story of Xhevdet"."""

from goodpractices.anonymity.runs import Run, RunReader
from goodpractices.anonymity.words import NOUNS_HAVE_CAPITALS

#: How many small words may stand between a name and "his mother".
_KIN_REACH = 4
#: What may follow an initial inside a sentence.
_GOES_ON = (",", ":", ";", ")")
_NO_SURNAMES = ("heads", "things", "after", "homes", "terms", "places", "streets", "saints")


class Signs(RunReader):
    """Looks at how a run is written, and at the words round it."""

    def shouted(self, run: Run) -> bool:
        """ "when LOTHAR BRENDEL packed": a first name we know and another word, alone in capitals in their line."""
        if run.single or run.last - run.first > 2 or self.text.headings[run.first]:
            return False
        words = self.words[run.first : run.last + 1]
        if not all(word.shouted and len(word.text) > 2 for word in words):
            return False
        around = (run.first - 1, run.last + 1)
        if any(0 <= at < len(self.words) and self.words[at].shouted for at in around):
            return False
        if any(word.key in self.known[name] for word in words[1:] for name in _NO_SURNAMES):
            return False
        last = words[-1].key
        listed = last in self.known.first_names or last in self.known.surnames
        return words[0].key in self.known.first_names or (listed and words[0].key not in self.runs.stops)

    def with_initial(self, run: Run) -> bool:
        """ "the call to Xhevdet B.: they talked"."""
        if run.last - run.first != 1 or len(self.words[run.last].text) > 1 or self.words[run.first].odd:
            return False
        if self.lang in NOUNS_HAVE_CAPITALS or not self.runs.inside_sentence(run.first):
            return False
        first = self.words[run.first]
        if len(first.text) < 3 or first.key in self.runs.stops or first.key in self.known["terms"]:
            return False
        if self.text.text[run.end - 1 : run.end] != "." or self.words[run.last].gap[-1:].isdigit():
            return False  # "Ward 7C."
        rest = self.text.text[run.end : run.end + 2]
        return rest.startswith(_GOES_ON) or (rest[:1] == " " and rest[1:].islower())

    def story(self, at: int) -> bool:
        """ "the story of Xhevdet", "el caso de J.M.P.", "příběh L.Š."."""
        stories = self.known["stories"]
        if self.words[at].gap not in (" ", "'", "’"):
            return False
        if self.text.before(at, stories):
            return self.lang not in ("fr", "es", "it", "pt", "nl", "en")
        length = self.text.before(at, self.known["of"])
        return bool(length and self.text.before(at - length, stories))

    def told(self, run: Run) -> bool:
        """The story of a word nobody knows, which is nowhere a town."""
        if run.last - run.first > 2 or not self.story(run.first) or self.lang in NOUNS_HAVE_CAPITALS:
            return False
        word = self.keys[run.first]
        return not any(
            key == word and self.text.before(at, self.known["loc"]) and not self.story(at)
            for at, key in enumerate(self.keys)
        )

    def whose_kin(self, run: Run) -> bool:
        """ "Xhevdet, whose daughter", "Xhevdet, cuya hija mayor"."""
        after = run.last + 1
        if after + 1 >= len(self.words) or self.words[after].gap not in (", ", " "):
            return False
        for length in (1, 2):
            if self.known["whose_is"].ends(self.keys, after + length) >= length:
                last = min(after + length + 3, len(self.words))
                return any(self.keys[at] in self.known["kin"] for at in range(after + length, last))
        return False

    def kin_follow(self, run: Run) -> bool:
        """ "Jordan a choisi sa grand-mère", "Omar e suo fratello": for a first name that is something else too."""
        for at in range(run.last + 1, min(run.last + 2 + _KIN_REACH, len(self.words) - 1)):
            word = self.words[at]
            if word.gap not in (" ", "’", "'") or (word.capital and self.lang not in NOUNS_HAVE_CAPITALS):
                return False
            if word.key in self.known["whose"] and self.words[at + 1].gap == " ":
                ends = (at + 2, min(at + 3, len(self.keys)))
                return any(self.known["kin"].ends(self.keys, end) >= end - at - 1 for end in ends)
        return False

    def quoted_or_filed(self, run: Run) -> bool:
        """ "I read «J.M.R., Friday»", "the file of J.M.R.", "of a boy, J.M.R.,"."""
        at = run.first
        gap = self.words[at].gap.rstrip()
        goes_on = self.text.text[run.end : run.end + 1] in (",", " ", ":")
        if gap.endswith(("«", "“", "„", '"', "»", "‘", "「")) and goes_on:
            return True
        for place in range(at - 1, max(at - 3, -1), -1):
            key = self.keys[place]
            if (
                key in self.known["files"]
                or key in self.known["papers"]
                or (key in self.known["persons"] and self.words[at].gap in (" ", ", "))
            ):
                return True
            if self.words[place].gap.strip():
                return False
        return False
