"""Animals and things that have names: "our dog Max", "the boats Halina and Ewa", "Rose and Iris are the two lamps"."""

import re
from collections.abc import Iterator
from functools import cached_property

from goodpractices.anonymity.bearers import LONGEST_CLAUSE, Bearers
from goodpractices.anonymity.calls import COMPOUNDS
from goodpractices.anonymity.evidence import Evidence, Witness
from goodpractices.anonymity.inflection import alike
from goodpractices.anonymity.owners import is_owner
from goodpractices.anonymity.runs import Run, Runs
from goodpractices.anonymity.text import Text

#: How many members of a list of things' names are looked over ("os grupos Paz, Vida e Amália").
LONGEST_LIST = 5
#: How many words may stand before what is counted ("are the names of the three").
LONGEST_COUNT = 6
#: How many words may stand between a boat and the last of its name.
LONGEST_NAME = 3
#: Letters that are the last part of a longer word by chance.
SHORTEST_LAST = 3
_BEFORE_A_NAME = (" ", " «", " “", " „", " »", ' "', " '")
#: Lists of those words.
_COUNTING = ("small", "numbers", "articles_of_all", "name_words")
_DOSE = re.compile(r" \d{1,4}(?:[.,]\d{1,3})? ?(?:mg|ml|mcg|µg|μg|mikrogramm|IE|UI)(?!\w)(?! [^\W\d_a-z])")
#: How many words before "as far as" the tram may stand.
_RIDE_REACH = 6
_SOMEBODY = ("him", "her", "hem", "haar", "ihn", "ihm")
_GLUED_STREETS = (
    "plein",
    "straat",
    "laan",
    "weg",
    "kade",
    "gracht",
    "strasse",
    "platz",
    "allee",
    "gasse",
    "ring",
)
_QUOTES, _CLOSING = ("«", "“", "„", '"', "'", "‘", "»"), tuple("»”“\"'’«")
_SENTENCE_END = re.compile(r"[.!?;\n]")


class Things(Witness):
    """Looks round a run for the thing or the animal that it names."""

    def __init__(self, text: Text, runs: Runs, evidence: Evidence) -> None:
        super().__init__(text, runs, evidence)
        self._vessels = text.known.long_words(SHORTEST_LAST + 1, "vessels")
        self._several = text.known.of_lists("herds", "named_things")
        self.bearers = Bearers(text, runs)

    def named(self, run: Run) -> bool:
        """Is it what one or several of them are called, here or where the text names them?"""
        return self._named_here(run) or (
            run.single and self._named_so(run.first) and not self._somebodys(run.first)
        )

    def _named_so(self, at: int) -> bool:
        key = self.keys[at]
        return key in self._names or any(alike(key, name, self.lang) for name in self._names)

    @cached_property
    def _names(self) -> frozenset[str]:
        """What the text calls animals and things: "the mowers are Max and Ida; Ida is broken"."""
        if not any(self.bearers.is_one(at) for at in range(len(self.words))):
            return frozenset()
        runs = (
            self.runs.at(at)
            for at, word in enumerate(self.words)
            if word.capital
            and (self.runs.listed(at) or word.key in self.known.rare or word.key in self.known.doubtful)
        )
        return frozenset(self.keys[run.first] for run in runs if run.single and self._named_here(run))

    def _somebodys(self, at: int) -> bool:
        return any(self.text.before(at, self.known[name]) for name in ("persons", "kin", "titles"))

    def _named_here(self, run: Run) -> bool:
        if is_owner(self.text, run):
            return False
        if self._animal(run.first) or self._animal_after(run) or self.bearers.has(run):
            return True
        if any(self.keys[at - 1] in self.known["herds"] for at in self._list_before(run.first) if at):
            return True  # "the goats Rosalie and Blanche"
        if self._list_of_things(run) or self._lies_there(run):
            return True
        for at in self._list_before(run.first):
            length = self.text.before(at, self.known["called"])
            if length and self.evidence.calls.subject(at - length) == "thing":
                return True
        return False

    def numbered(self, run: Run) -> bool:
        """ "Ward 7C", "Flur 2"; "Pipam 15 mg", where the word is hardly a name."""
        if not run.single:
            return False
        key, rest = self.keys[run.first], self.text.text[run.end : run.end + 16]
        if (key in self.known["heads"] or key in self.known["after"]) and re.match(r" \d", rest):
            return True
        sure = key in self.known.first_names and key not in self.known["weak"]
        sure = sure and key not in self.known.rare and key not in self.known.small_words
        return not sure and _DOSE.match(rest) is not None

    def vessel(self, run: Run) -> bool:
        """ "the schooner Anna Katharina", "Het schip Vrouwe Johanna", "the van, Matilda,", "D. Fernando II"."""
        after = run.last + 1
        reigned = after < len(self.words) and self.words[after].gap == " " and self.words[after].shouted
        if reigned and self.keys[after] in self.known["reigned"]:
            return True
        at = run.first
        for _step in range(LONGEST_NAME):
            if not at:
                return False
            before = self.words[at - 1]
            if self.words[at].gap in _BEFORE_A_NAME and self._sails(before.key):
                return True
            joined = self.words[at].gap == " " or (self.words[at].gap == ". " and self.text.is_short(at - 1))
            if not joined or not before.capital or self.text.opens(at - 1):
                break
            at -= 1
        return self._apposed(run)

    def _sails(self, word: str) -> bool:
        return word in self.known["vessels"] or (self.lang in COMPOUNDS and word.endswith(self._vessels))

    def _apposed(self, run: Run) -> bool:
        """ "the van, Matilda, has a kettle"."""
        if self.words[run.first].gap != ", " or self.text.text[run.end : run.end + 1] != ",":
            return False
        if run.first > 1 and self.keys[run.first - 2] in self.known["of"]:
            return False  # "un chauffeur de bus, Lamine,"
        before = self.keys[run.first - 1]
        return before in self.known["vehicles"] or self._sails(before)

    def _list_of_things(self, run: Run) -> bool:
        """ "Rose, Iris and Violet are the three lamps", "the kitchens are called Rosemary, Basil and Sage"."""
        first = min(self._list_before(run.first))
        if first and self.text.opens(first - 1) and self.words[first].gap == ", ":
            first -= 1  # a list that begins its sentence begins with a capital anyhow
        length = self.text.before(first, self.known["called"])
        if length and self.keys[first - length - 1] in self._several:
            return True
        last = self._list_end(run.last)
        for step in (1, 2):
            if (
                last + 1 + step <= len(self.keys)
                and last > first
                and self.known["are_called"].ends(self.keys, last + 1 + step) == step
            ):
                return self._counted(last + 1 + step)
        return False

    def _lies_there(self, run: Run) -> bool:
        """ "Who has a dog may bring it: Tommy and Bess have a basket by the stove"."""
        first = min(self._list_before(run.first))
        if first > 1 and self.keys[first - 1] in self.known["and_all"] and self.text.opens(first - 2):
            first -= 2
        near = self.keys[run.last + 1 : run.last + 1 + LONGEST_COUNT]
        if not self.text.opens(first) or self.known["lairs"].isdisjoint(near):
            return False
        return not self.known["bearers"].isdisjoint(self.keys[max(first - LONGEST_CLAUSE, 0) : first])

    def _counted(self, at: int) -> bool:
        """ "the names of the three lamps": nothing but small words and a number before the things."""
        for place in range(at, min(at + LONGEST_COUNT, len(self.words))):
            if _SENTENCE_END.search(self.words[place].gap):
                return False
            if self.keys[place] in self._several:
                return True
            if not any(self.keys[place] in self.known[name] for name in _COUNTING):
                return False
        return False

    def _list_end(self, at: int) -> int:
        """The last word of the list of capitals that goes on after a place: of "A, B and C" from A to C."""
        for _step in range(LONGEST_LIST):
            if at + 2 < len(self.words) and self.keys[at + 1] in self.known["and_all"]:
                further = at + 2
            elif at + 1 < len(self.words) and self.words[at + 1].gap == ", ":
                further = at + 1
            else:
                return at
            if not self.words[further].capital:
                return at
            at = further
        return at

    def _animal(self, at: int) -> bool:
        """ "the dog, Max"."""
        return at > 0 and self.words[at].gap in (" ", ", ") and self.keys[at - 1] in self.known["animals"]

    def _animal_after(self, run: Run) -> bool:
        """ "Max, the therapy dog, is deaf"."""
        after = self.runs.next(run)
        if (
            after is None
            or self.words[after].gap != ", "
            or self.keys[after] not in self.known["articles_of_all"]
        ):
            return False
        near = range(after + 1, min(after + 4, len(self.words)))
        nouns = [
            place
            for place in near
            if all(not self.words[at].gap.strip() for at in range(after + 1, place + 1))
        ]
        return any(self.keys[place] in self.known["animals"] for place in nouns)

    def _list_before(self, at: int) -> Iterator[int]:
        """The place itself, and those of the capitals before it in one list: of "A, B and C" from C to A."""
        yield at
        for _step in range(LONGEST_LIST):
            if at > 1 and self.words[at].gap == " " and self.keys[at - 1] in self.known["and_all"]:
                at -= 2
            elif at and self.words[at].gap in (", ", "; "):
                at -= 1
            else:
                return
            if not self.words[at].capital or self.text.opens(at):
                return
            yield at

    def stop(self, run: Run) -> bool:
        """ "We took the tram as far as Jean-Jaurès": where one gets out."""
        if self._street_goes_on(run):
            return True
        length = self.text.before(run.first, self.known["as_far_as"])
        if not length:
            return False
        end = run.first - length
        return any(self.keys[at] in self.known["rides"] for at in range(max(end - _RIDE_REACH, 0), end))

    def _street_goes_on(self, run: Run) -> bool:
        """ "Anna P.J. Smitplein": initials, and a street at the end of them."""
        at = run.last + 1
        while (
            at < len(self.words) and len(self.words[at].text) == 1 and self.words[at].gap in (".", ". ", " ")
        ):
            at += 1
        if at == run.last + 1 or at >= len(self.words) or self.words[at].gap not in (".", ". "):
            return False
        return self.words[at].capital and self.keys[at].endswith(_GLUED_STREETS)

    def problem(self, run: Run) -> bool:
        """ "Das Problem bekam einen Namen: »Herr Grübel«": what a family calls its trouble, in quotation marks."""
        title = run.first - 1
        if title < 1 or not self.words[title].gap.rstrip().endswith(_QUOTES):
            return False
        if self.text.text[run.end : run.end + 2].strip()[:1] not in _CLOSING:
            return False
        if any(word in _SOMEBODY for word in self.keys[max(title - 3, 0) : title]):
            return False  # "the problem is that they call him …"
        first = self.text.sentence_start(title, reach=25)
        return any(self.keys[at] in self.known["troubles"] for at in range(first, title))
