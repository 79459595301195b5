"""Surnames right behind what somebody is: "Pfleger Brzezinka führte", "nurse HARGREAVES"."""

from goodpractices.anonymity.ages import GERMAN_NOUN
from goodpractices.anonymity.runs import Run, RunReader
from goodpractices.anonymity.words import NOUNS_HAVE_CAPITALS

#: Letters that a surname has, and one in capitals, which is no office's abbreviation.
_SHORTEST, _SHORTEST_SHOUTED = 4, 6
#: What belongs to an office in the genitive ends so, where no article tells it ("wychowawca Monaru").
_GENITIVES = {
    "pl": ("u", "ow", "y", "ii", "ej", "ego", "um", "nia", "stwa", "ctwa", "owia"),
    "cs": ("u", "y", "ho", "eho", "ou", "um", "imu"),
    "el": ("ων",),
}
#: German: what stands before a role whose name follows, when it does not begin the sentence.
_GERMAN_BEFORE = ("der", "die", "mit", "von", "und", "unser", "unsere", "bei", "durch", "fur", "war")
_NO_SURNAMES = (
    "heads", "things", "after", "homes", "terms", "streets", "saints", "months", "peoples", "persons", "kin", "titles",
    "places", "openers", "small", "speech", "crowd",
)  # fmt: skip


class Roles(RunReader):
    """Looks at the word before a run."""

    def before(self, run: Run) -> bool:
        """Does a role stand right before it, and nothing that makes an office of it?"""
        at = run.first
        if not at or self.words[at].gap != " " or run.last - run.first > 3 or self.text.headings[at]:
            return False
        length = self.text.before(at, self.known["roles"])
        if not length or not self._may_be_one(run):
            return False
        shouted = self.words[run.last].shouted
        if shouted or self.keys[at] in self.known["particles"]:
            return self._alone(run)
        if self.lang in NOUNS_HAVE_CAPITALS:
            return self._german(run, at - length)
        if self.lang in _GENITIVES:
            return self._small_follows(run) and not self.keys[run.last].endswith(_GENITIVES[self.lang])
        return False

    def _may_be_one(self, run: Run) -> bool:
        words = self.words[run.first : run.last + 1]
        last = words[-1]
        if last.odd or len(last.text) < (_SHORTEST_SHOUTED if last.shouted and run.single else _SHORTEST):
            return False
        return not any(
            word.key in self.known[name]
            for word in words
            for name in _NO_SURNAMES
            if not (word.key in self.known["particles"] and word is not last)
        )

    def _alone(self, run: Run) -> bool:
        """Does no capital go on behind it ("nurse NURSING TIMES Award")?"""
        after = run.last + 1
        return after >= len(self.words) or not self.words[after].capital or self.words[after].gap != " "

    def _small_follows(self, run: Run) -> bool:
        after = run.last + 1
        if after >= len(self.words):
            return True
        return not (self.words[after].capital and self.words[after].gap in (" ", "-"))

    def _german(self, run: Run, role: int) -> bool:
        """ "Pfleger Brzezinka führte"; not "dem Pfleger Kaffee geben", "als Pfleger Arbeit finden"."""
        key = self.keys[run.last]
        if key.endswith((*GERMAN_NOUN, *self.known["site_ends"])) or not self._small_follows(run):
            return False
        if (
            not self.text.opens(role)
            and self.keys[role - 1] not in _GERMAN_BEFORE
            and "," not in self.words[role].gap
        ):
            return False
        after = run.last + 1
        return after < len(self.words) and self.words[after].gap in (" ", ", ")
