"""What somebody is called: "a boy named Kofi", "they call him the Professor", "so nennen ihn alle"."""

from goodpractices.anonymity.runs import Run, RunReader, Runs
from goodpractices.anonymity.text import Text

#: Languages in which "se llama Xhevdet" needs no pronoun.
WITHOUT_PRONOUN = ("es", "it", "pt", "cs", "pl", "el")
#: Languages that write two nouns in one word.
COMPOUNDS = ("de", "nl")
#: Lists of what has a name without being somebody.
_THINGS = ("things", "animals", "sights", "vessels", "vehicles")
# How far before "called" the word may stand that says what is called so.
_THING_REACH = 4
# … and before "known as" the person.
_KNOWN_REACH = 6
# … how far "whom" before "call", "signs" before a name, and "genannt" behind it.
_WHOM_REACH, _SIGN_REACH, _FRONT_REACH = 5, 3, 8
#: Whom others call so, behind a nickname that begins the sentence; and where the verb is in two parts.
_HIM = ("le", "lo", "la", "l", "lhe", "mu", "ji", "ho", "τον", "την", "τη", "na")
_IS_CALLED = ("wird", "wurde", "wordt", "werd")
_WHERE = (
    "on",
    "at",
    "op",
    "auf",
    "im",
    "in",
    "dans",
    "en",
    "a",
    "em",
    "na",
    "no",
    "w",
    "v",
    "ve",
    "στην",
    "στο",
    "nel",
    "nella",
)
#: "Called" and "said" in one word.
_SAID = ("detto", "detta", "dit", "dicho")
_QUOTED = (" ", " «", " “", " „", " »", ' "', " '", " ‘")


class Calls(RunReader):
    """Looks round a run for who, or what, is called so."""

    def __init__(self, text: Text, runs: Runs) -> None:
        super().__init__(text, runs)
        self._long_things = text.known.long_words(4, *_THINGS)

    def called(self, run: Run) -> bool:
        """ "a boy named Kofi", and not "a house named Kofi"."""
        length = self.text.before(run.first, self.known["known_as"])
        if length:
            near = range(
                max(run.first - length - _KNOWN_REACH, self.text.sentence_start(run.first)), run.first
            )
            return any(self.keys[at] in self.known[name] for at in near for name in ("persons", "kin"))
        length = self.text.before(run.first, self.known["called"])
        if not length or self._quoted_speech(run.first):
            return False
        who = self.subject(run.first - length)
        return who == "person" or (
            who == "" and (self.runs.listed(run.first) or self.lang in WITHOUT_PRONOUN)
        )

    def _quoted_speech(self, at: int) -> bool:
        """ "Mi ha detto: «Domani …": said, where the word for "called" is also that for "said"."""
        return ":" in self.words[at].gap and self.keys[at - 1] in _SAID

    def nicknamed(self, run: Run) -> bool:
        """ "we call him Smiffy", "le llaman el Chino", "er wird Atze genannt"."""
        at = run.first
        after = self.runs.next(run)
        if (
            after is not None
            and self.words[after].gap.strip('»“”"’ ') == ""
            and self.keys[after] in self.known["named_last"]
        ):
            before = at - 1 - (at > 1 and self.keys[at - 1] in self.known["nickname_articles"])
            return self.subject(at) == "person" or (
                before >= 0 and self.keys[before] in self.known["callers"]
            )
        if self._signed(run) or self._fronted(run) or self._whom_they_call(run):
            return True
        if after is not None and at and self.keys[after] in self.known["call_last"]:
            return self.keys[at - 1] in self.known["callers"] and self.subject(at) == "person"
        length = self._told_before(at)
        if not length and at and self.words[at].gap == " ":
            word = self.keys[at - 1]
            if word in self.known["his"] or word in self.known["nickname_articles"]:
                at -= 1  # an article, in languages that put one before a nickname
                length = self._told_before(at)
        if not length or self._quoted_speech(at):
            return False
        return self.subject(at - length, streets=False) != "thing"

    def _told_before(self, at: int) -> int:
        return self.text.before(at, self.known["calls"]) or self.text.before(at, self.known["nick_before"])

    def _whom_they_call(self, run: Run) -> bool:
        """ "a boy whom even his teachers call Skrunk", "ein Junge, den sogar die Lehrer Skrunk nennen"."""
        at = run.first
        if at and self.keys[at - 1] in self.known["nickname_articles"]:
            at -= 1
        after = self.runs.next(run)
        if after is not None and self.words[after].gap == " " and self.keys[after] in self.known["call_last"]:
            verb = at  # it comes last
        elif at and self.words[at].gap in _QUOTED and self.keys[at - 1] in self.known["call_verbs"]:
            verb = at - 1
        else:
            return False
        for place in range(verb - 1, max(verb - 2 - _WHOM_REACH, 0), -1):
            if self.keys[place] in self.known["whom"]:
                return self.subject(place) == "person"
            if "," in self.words[place].gap:
                return False
        return False

    def _signed(self, run: Run) -> bool:
        """ "a boy who signs his walls Skrunk", "signs as Skrunk"."""
        first = run.first
        if not first or self.words[first].gap not in _QUOTED or self.text.opens(first - 1):
            return False
        before = self.keys[first - 1]
        if before not in self.known["sign_as"] and (
            before in self.known["small"] or before in self.known["articles_of_all"]
        ):
            return False  # "signs the Charter", "signs in Galway"
        for place in range(first - 1, max(first - 2 - _SIGN_REACH, -1), -1):
            if self.keys[place] in self.known["sign_verbs"]:
                return self.subject(place) == "person"
            if self.words[place].capital or self.words[place].gap != " ":
                return False
        return False

    def _fronted(self, run: Run) -> bool:
        """ "Spritzi wird hier eine frühere Ärztin genannt", "Skrunk le llaman todos"."""
        after = self.runs.next(run)
        if after is None or not self.text.opens(run.first) or self.words[after].gap != " ":
            return False
        if self.keys[after] in _HIM or self.keys[after] in self.known["call_last"]:
            return self._ends_a_call(after)
        if self.keys[after] not in _IS_CALLED:
            return False
        person = False
        for place in range(after + 1, min(after + 2 + _FRONT_REACH, len(self.words))):
            if self.words[place].gap != " ":
                return False
            if self.keys[place] in self.known["named_last"]:
                return person
            person = person or any(
                self.keys[place] in self.known[name] for name in ("persons", "kin", "titles")
            )
        return False

    def _ends_a_call(self, at: int) -> bool:
        """ "… le llaman.", "… le llaman todos": and not "Todos le llaman Skrunk"."""
        length = self.text.begins(at, self.known["calls"])
        if not length or self.keys[at - 1] in self.known["everyone"]:
            return False
        end = self.words[at + length - 1].end
        if self.text.text[end : end + 1] in (".", ",", ""):
            return True
        return self.keys[at + length] in self.known["everyone"]

    def so_called(self, run: Run) -> bool:
        """ "der Zwirn, so nennen ihn alle"."""
        after = run.last + 1
        return (
            after < len(self.words)
            and self.words[after].gap.strip("»”“’\"' ") == ","
            and self.text.begins(after, self.known["so_called"]) > 0
        )

    def subject(self, at: int, reach: int = _THING_REACH, *, streets: bool = True) -> str:
        """Whom the words before ``at`` are about: ``thing`` (near), ``person`` (in the sentence) or "".

        ``streets``: are these things? "Auf der Straße kennt man ihn als" says where.
        """
        joint = at - 1
        if at > 1 and self.keys[joint] not in self.known["and_all"]:
            joint -= self.keys[joint] in self.known["auxiliaries"]  # "and is called"
        if at and self.keys[joint] in self.known["and_all"] and (opening := self._opening(at)):
            return opening
        for place in range(at - 1, self.text.sentence_start(at) - 1, -1):
            word = self.keys[place]
            if ";" in self.words[place + 1].gap:
                reach = 0
            if (
                word in self.known["persons"]
                or word in self.known["kin"]
                or word in self.known["he"]
                or word.removesuffix("s") in self.known["persons"]
            ):
                return "person"
            if (
                at - place <= reach
                and self._is_thing(word)
                and (streets or not (word in self.known["streets"] or self._is_where(place)))
            ):
                return "thing"
        return ""

    def _is_where(self, at: int) -> bool:
        """ "On the ward they call him …": where it is told."""
        before = at - 1 - (at > 1 and self.keys[at - 1] in self.known["articles_of_all"])
        if before < 0 or self.words[at].gap != " ":
            return False
        return self.keys[before] in _WHERE or self.keys[before] in self.known["inside"]

    def _opening(self, at: int) -> str:
        """What the first noun of the sentence is, when it begins with one: "The van runs daily and is called …"."""
        first = self.text.sentence_start(at)
        if not self.text.opens(first):
            return ""
        first += self.keys[first] in self.known["articles_of_all"]
        if first >= len(self.keys):
            return ""
        if self.keys[first] in self.known["persons"] or self.keys[first] in self.known["kin"]:
            return "person"
        return "thing" if self._is_thing(self.keys[first]) else ""

    def _is_thing(self, word: str) -> bool:
        if self.lang in COMPOUNDS and word.endswith(self._long_things):
            return True  # "Segelschiff"
        return any(
            word in self.known[name] or word.removesuffix("s") in self.known[name]
            for name in (*_THINGS, "heads")
        )
