"""Runs of capitals: where a name would begin and end, and what its first word is."""

from collections.abc import Sequence
from dataclasses import dataclass

from goodpractices.anonymity.greek import sound
from goodpractices.anonymity.text import Reader, Text
from goodpractices.anonymity.words import NOUNS_HAVE_CAPITALS

LONGEST = 7
#: Letters of a Greek word that may be known as a name by its sound.
SHORTEST_SOUND = 5
#: Endings of surnames that hardly anything else has.
SURNAME_ENDINGS = {
    "cs": ("ová", "ové", "ovou"),
    "el": (
        "όπουλος",
        "όπουλο",
        "οπούλου",
        "όπουλου",
        "ίδης",
        "ίδη",
        "ίδου",
        "άκης",
        "άδης",
        "άδου",
        "ιάδη",
    ),
}
#: How many particles a surname has.
_PARTICLES = 3
# German nouns that no surname ends like.
_GERMAN_NOUN = ("ung", "heit", "keit", "schaft", "tion", "innen", "ismus")
_STOPS = (
    "months",
    "heads",
    "homes",
    "after",
    "things",
    "streets",
    "persons",
    "kin",
    "titles",
    "small",
    "royals",
)
_APOSTROPHES = ("'", "’")
_HYPHENS = ("-", "‑")
_BLANKS = (" ", "\u00a0", "\u202f")


@dataclass(frozen=True, slots=True)
class Run:
    """Words ``first`` to ``last`` that may be one name; ``end`` in the text (an initial's stop is its own)."""

    first: int
    last: int
    end: int

    @property
    def single(self) -> bool:
        return self.first == self.last


class Runs(Reader):
    """The runs of one text. ``closed``: words that can be no name."""

    def __init__(self, text: Text, closed: Sequence[bool]) -> None:
        super().__init__(text)
        self.closed = closed
        self.stops = text.known.of_lists(*_STOPS) - text.known["dotted"]

    def kind(self, at: int) -> str:
        """``name``, ``word`` (a first name that is a common word or a town too), ``weak`` or ``unknown``."""
        word = self.words[at]
        if self.text.exacts[at] in self.known["never"] or self.text.is_abbreviation(at):
            return "unknown"
        listed = word.key in self.known.first_names
        if word.key in self.known["weak"] or (listed and word.key in self.known["months"]):
            return "weak"
        if (listed or word.key in self.known.doubtful) and word.shouted and not self.text.headings[at]:
            return "weak"  # JESSICA is a fund
        if word.odd:
            return "unknown"
        if listed and word.key not in self.known["words"] and word.key not in self.known["places"]:
            return "name"
        if listed or word.key in self.known.doubtful:
            return "word"
        if word.key in self.known.surnames:
            return "weak"
        if self._sounds_foreign(word.key):
            return "word"
        if len(word.text) > 4 and word.text.endswith(SURNAME_ENDINGS.get(self.lang, ())):
            return "weak"
        return "unknown"

    def _sounds_foreign(self, word: str) -> bool:
        """Greek: a name of another people in Greek letters ("Λεονόρα")."""
        return (
            bool(self.known.sounds)
            and len(word) >= SHORTEST_SOUND
            and word not in self.stops
            and sound(word) in self.known.sounds
        )

    def listed(self, at: int) -> bool:
        """Is the word a first name or a surname we know?"""
        word = self.keys[at]
        return word in self.known.first_names or word in self.known.surnames or word in self.known.doubtful

    def inside_sentence(self, at: int) -> bool:
        """Does the capital of this word say that it is a name of something?"""
        return not (self.lang in NOUNS_HAVE_CAPITALS or self.text.opens(at) or self.text.headings[at])

    def inside_name(self, at: int) -> bool:
        """Is the word the second of a name that began with a word nobody knows ("Den Helder", "Cruz Roja")?"""
        before = at - 1
        if (
            at > 1
            and self.keys[before] in self.known["and_all"]
            and self.words[at].gap == " " == self.words[before].gap
        ):
            before -= 1  # "Vida e Paz"
            return (
                self.words[before].capital and self.kind(before) == "unknown" and not self.text.opens(before)
            )
        if (
            at == 0
            or self.words[at].gap not in _BLANKS
            or not self.words[before].capital
            or self.text.opens(before)
        ):
            return False
        return self.kind(before) == "unknown" and not any(
            self.text.before(at, self.known[name]) for name in ("persons", "kin", "titles")
        )

    def titled(self, at: int) -> bool:
        """Does a title stand before the word ("Mrs"), or before the particles of a surname ("Frau von Thun")?"""
        if at and self.keys[at - 1] in self.known["particles"] and not self.words[at - 1].capital:
            return self._titled_before_particles(at)
        if not self.text.before(at, self.known["titles"]) or self.words[at].gap in (
            *_HYPHENS,
            *_APOSTROPHES,
        ):
            return False
        title = self.words[at - 1]
        # "M." and "D." are titles, "m" and "d" are not; "κ." is one in small letters.
        capital = title.capital or self.lang not in ("fr", "es", "pt")
        return len(title.text) > 1 or (capital and self.words[at].gap.startswith((".", "ª")))

    def _titled_before_particles(self, at: int) -> bool:
        """ "Mevrouw van der Bosch", "la Sra. de la Fuente"; not "die Frau von der Caritas", "la signora di Napoli"."""
        first = at
        while first and at - first < _PARTICLES and self._is_particle(first - 1):
            first -= 1
        key = self.keys[at]
        if key in self.stops or key in self.known["places"] or key.endswith(tuple(self.known["site_ends"])):
            return False
        if not self.words[at].capital or any(
            self.words[place].gap != " " for place in range(first + 1, at + 1)
        ):
            return False
        length = self.text.before(first, self.known["titles"])
        if not length or self.words[first].gap not in (" ", ". "):
            return False
        title = first - length
        if self.words[first].gap == ". " or self.keys[first - 1] in self.known["dotted"]:
            return len(self.keys[first - 1]) > 1 or self.words[first - 1].capital
        if self.lang not in ("nl", "de"):
            return False
        return not title or self.keys[title - 1] not in self.known["articles_of_all"]

    def _is_particle(self, at: int) -> bool:
        return self.keys[at] in self.known["particles"] and not self.words[at].capital

    def next(self, run: Run) -> int | None:
        """The word after a run."""
        return run.last + 1 if run.last + 1 < len(self.words) else None

    def at(self, first: int) -> Run:
        """The run that begins with a word."""
        last = first
        while last + 1 < len(self.words) and last - first < LONGEST:
            step = self._step(first, last)
            if not step:
                break
            last += step
        end = self.words[last].end
        if last > first and len(self.words[last].text) == 1 and self.text.text[end : end + 1] == ".":
            end += 1
        return Run(first, last, end)

    def _step(self, first: int, last: int) -> int:
        """How many words more belong to the name; 0 when it ends."""
        word, after = self.words[last], self.words[last + 1]
        gap = after.gap
        if self.closed[last + 1]:
            return 0
        if gap in _HYPHENS:
            return int(after.capital)
        if gap in _APOSTROPHES:  # O'Connor, De l'Isle
            return int(after.capital and (len(word.text) == 1 or word.key in ("dell", "dall", "de")))
        if gap in (".", ". ", ".\u00a0", ".-"):  # J. Peeters
            return int(
                len(word.text) == 1 and word.capital and after.capital and self._surname(first, last + 1)
            )
        if gap not in _BLANKS:
            return 0
        if len(after.text) == 1 and after.capital:
            if self.text.text[after.end : after.end + 1] == ".":  # Nadia B.
                return 1
            apostrophe = last + 2 < len(self.words) and self.words[last + 2].gap in _APOSTROPHES
            return 2 if apostrophe and self.words[last + 2].capital else 0
        if after.key in self.known["particles"]:
            return self._particles(first, last)
        return int(after.capital and self._surname(first, last + 1))

    def _particles(self, first: int, last: int) -> int:
        """The small words of a surname with the word after them."""
        at = last + 1
        while (
            at < len(self.words)
            and at - last <= 3
            and self.keys[at] in self.known["particles"]
            and self.words[at].gap in (*_BLANKS, "’", "'")
        ):
            at += 1
        follows = (
            at < len(self.words)
            and self.words[at].gap in (*_BLANKS, "’", "'")
            and self.words[at].capital
            and not self.closed[at]
        )
        if not follows:
            # "El", "Ben" and the like may be the surname itself.
            return int(self.words[last + 1].capital and self._surname(first, last + 1))
        small = not self.words[last + 1].capital
        if small and (
            self.keys[at] in self.known["places"] or self.keys[last + 1] in self.known["no_particles"]
        ):
            return 0
        return at - last if self._surname(first, at) else 0

    def _surname(self, first: int, at: int) -> bool:
        """May this word with a capital be the next part of a name?"""
        word = self.words[at]
        listed = self.listed(at)
        if word.shouted and self.words[first].shouted and self.keys[at - 1] in self.known["particles"]:
            return True  # "Mme DE LA TOUR"
        if word.key in self.stops and (
            not listed or word.key in self.known["small"] or word.key in self.known["months"]
        ):
            return False
        if word.shouted and not self.words[first].shouted and not listed:
            return False
        if self.text.headings[at]:
            return listed
        if self.lang in NOUNS_HAVE_CAPITALS and not listed:
            if word.shouted and self.words[first].shouted:
                return True
            known = self.keys[first] in self.known.first_names
            if len(self.words[first].text) == 1 and self._after_initial(first, at):
                return not word.key.endswith(_GERMAN_NOUN)
            return known and not word.key.endswith(_GERMAN_NOUN) and self._before_verb(first)
        return True

    def _after_initial(self, first: int, at: int) -> bool:
        """German: is it the next initial ("H.-P."), or the surname after them ("sprach O. Querfurth")?"""
        if len(self.words[at].text) == 1 or (len(self.words[at - 1].text) == 1 and at - first > 1):
            return True
        return (
            first > 0
            and not self.text.opens(first)
            and (self.keys[first - 1] in self.known["verbs"] or self._before_verb(first))
        )

    def _before_verb(self, first: int) -> bool:
        """German: is the verb still to come after the run ("mit Anna Lehmkuhl"), so that no object follows?"""
        if (
            self.text.opens(first)
            or self.titled(first)
            or "," in self.words[first].gap
            or self.keys[first - 1] in self.known["before_a_name"]
        ):
            return True
        return any(
            self.text.before(first, self.known[name]) for name in ("persons", "kin", "loc", "called", "of")
        )


class RunReader(Reader):
    """… who looks round the runs of capitals in it."""

    def __init__(self, text: Text, runs: Runs) -> None:
        super().__init__(text)
        self.runs = runs
