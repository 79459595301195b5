"""Names written small ("mr brown", "a girl called leyla"): only where something beside them leaves no other reading."""

from collections.abc import Iterator
from functools import cached_property

from goodpractices.anonymity.diary import Diary
from goodpractices.anonymity.evidence import Evidence, Witness
from goodpractices.anonymity.inflection import forms, same
from goodpractices.anonymity.runs import Run, Runs
from goodpractices.anonymity.text import Text
from goodpractices.anonymity.words import NOUNS_HAVE_CAPITALS

#: Titles that are nothing else, so that any word may follow that is not known to be another.
PLAIN_TITLES = (
    "mr", "mrs", "mme", "mlle", "mevr", "dhr", "sra", "srta", "sig", "sigra", "mevrouw", "meneer", "mijnheer",
    "monsieur", "madame", "mademoiselle",
)  # fmt: skip
#: What Polish surnames end with, after a title.
SURNAME_ENDINGS = ("ski", "ska", "skiego", "skiej", "skim", "cki", "cka", "ckiego", "ckiej", "wicz", "wicza")
SHORTEST, LONGER = 4, 5
#: Articles of what somebody has or does.
_OBJECTS = ("un", "une", "le", "la", "les", "des", "een", "het", "una", "uno")
#: What verbs end with that stand behind a title, and surnames seldom.
_VERB_ENDS = {"nl": ("de", "te", "ft", "kt"), "fr": ("ait", "aient", "erent", "ront")}
#: How many sentences a diary has at least, and the share of them that begin small.
SHORTEST_DIARY, ALL_SMALL = 3, 0.75
#: Lists whose words are no names after a title or after "called".
_NOT_NAMES = (
    "small", "titles", "persons", "kin", "verbs", "he", "heads", "homes", "things", "months", "royals", "articles",
    "openers", "acts", "acts_on", "auxiliaries", "his", "loc", "ages", "born", "live", "particles", "relatives",
)  # fmt: skip
#: What stands before the name of something else.
_NO_PERSONS = ("heads", "homes", "things", "streets", "animals", "sights", "saints")
_PART_OF_MORE = ("@", "-", "_", "/", ".c", ".e", ".o", ".n", ".b", ".f", ".i", ".p", "'", "’")


def find_lower(text: Text, runs: Runs, evidence: Evidence) -> Iterator[Run]:
    """Each name written small, with the surname after it."""
    return _Lower(text, runs, evidence).find()


def find_lower_again(text: Text, runs: Runs, evidence: Evidence, names: set[str]) -> Iterator[Run]:
    """Names written small that were found elsewhere (``names``: their keys)."""
    return _Lower(text, runs, evidence).again(names)


class _Lower(Witness):
    def __init__(self, text: Text, runs: Runs, evidence: Evidence) -> None:
        super().__init__(text, runs, evidence)
        self.no_names = text.known.of_lists(*_NOT_NAMES)
        self._diary = Diary(text, runs, self.no_names)

    def find(self) -> Iterator[Run]:
        end = -1
        for at, word in enumerate(self.words):
            if at <= end or word.capital or self.runs.closed[at]:
                continue
            if self._diary.names(at):
                end = at
                yield self._run(at)
                continue
            if len(word.text) < 3:
                continue
            listed = self._listed(at)
            if not (
                listed or self._may_be_named(at) or self._rare(at) or self.keys[at] in self.known.first_names
            ):
                continue
            run = self._run(at)
            if (
                self._met(at, listed=listed)
                or self._titled(at, listed=listed)
                or self._named(at, listed=listed)
                or (listed and self._person(run))
                or self._rare_kin(at)
                or self._little(at)
                or self._beside_commas(at, run.last)
                or (listed and self._only_a_name(at))
                or self._introduced(run)
                or self._with_kin(run)
                or self._in_a_diary(at)
            ):
                end = run.last
                yield run
            elif listed and self._opens(at):
                # What follows is rather what she does than a surname written small.
                yield Run(at, at, word.end)

    def again(self, names: set[str]) -> Iterator[Run]:
        for at, word in enumerate(self.words):
            if word.capital or len(word.key) < SHORTEST or self.runs.closed[at]:
                continue
            if (self._listed(at) or self._rare(at)) and not names.isdisjoint(same(word.key, self.known.lang)):
                yield Run(at, at, word.end)

    def _rare(self, at: int) -> bool:
        """Is it one of the rarer names or a form of one, and no word of the language?"""
        key = self.keys[at]
        return (
            (key in self.known.rare or key in self.known.doubtful)
            and key not in self.known["words"]
            and key not in self.known["weak"]
            and key not in self.no_names
            and self.text.exacts[at] not in self.known["never"]
        )

    def _listed(self, at: int) -> bool:
        """Is it a first name and no word of the language (or a surname, after a title)?"""
        key = self.keys[at]
        return (
            (key in self.known.first_names or key in self.known.surnames)
            and key not in self.known["weak"]
            and key not in self.known["words"]
            and key not in self.known["places"]
            and key not in self.no_names
            and self.text.exacts[at] not in self.known["never"]
        )

    def _may_be_named(self, at: int) -> bool:
        return (
            bool(at)
            and len(self.keys[at]) >= SHORTEST
            and self.keys[at] not in self.no_names
            and self.text.exacts[at] not in self.known["never"]
            and (
                self.keys[at - 1] in PLAIN_TITLES
                or self.keys[at] in self.known.first_names
                or self.keys[at] in self.known.surnames
                or self.keys[at] in self.known.rare
                or self.keys[at].endswith(SURNAME_ENDINGS)
                or self.keys[at - 1] in self.known["named"].lasts
            )
        )

    def _run(self, at: int) -> Run:
        last = at
        after = at + 1
        if after < len(self.words) and self.words[after].gap == " " and self._listed(after):
            last = after
        return Run(at, last, self.words[last].end)

    def _titled(self, at: int, *, listed: bool) -> bool:
        if not self.text.before(at, self.known["titles"]) or self.words[at].gap not in (" ", ". "):
            return False
        title = self.words[at - 1]
        if len(title.text) == 1 and not (title.text == "κ" and self.words[at].gap == ". "):
            return False
        if self.keys[at] in self.known["behind_titles"]:
            return False
        if listed or title.text == "κ":
            return True
        if self.keys[at - 1] in PLAIN_TITLES:
            return not self._what_they_do(at)
        if at > 1 and self.keys[at - 2] in self.known["some"]:
            return False  # "una señora morena"
        key = self.keys[at]
        return len(key) >= SHORTEST and (
            key in self.known.surnames
            or (self.keys[at - 1].startswith("pan") and key.endswith(SURNAME_ENDINGS))
            or (key in self.known.rare and len(key) >= LONGER)
            or (key in self.known.first_names and self._verb_follows(at))
        )

    def _what_they_do(self, at: int) -> bool:
        """ "Meneer deed open", "monsieur écoutait": nobody's surname; who writes "Meneer" big writes "Jansen" so."""
        known, ends = self.known, _VERB_ENDS.get(self.lang, ())
        key = self.keys[at]
        if key in known.first_names or key in known.surnames or key in known.rare:
            return False
        big = self.words[at - 1].capital and len(self.words[at - 1].text) > LONGER
        after = at + 1  # "cherche un emploi"
        objects = after < len(self.words) and self.keys[after] in _OBJECTS
        return big or objects or key.endswith(ends)

    def _named(self, at: int, *, listed: bool) -> bool:
        """ "a girl called leyla", "une fille prénommée shaïna"."""
        if self.words[at].gap.strip(" «„“\"'") or self.words[at].gap == "":
            return False
        length = self.text.before(at, self.known["named"])
        if length and self.evidence.calls.subject(at - length) == "person":
            return True
        length = self.text.before(at, self.known["called"]) or self.text.before(at, self.known["calls"])
        listed = listed or (self.keys[at] in self.known.first_names and self.keys[at] not in self.no_names)
        return bool(length) and listed and self.evidence.calls.subject(at - length) == "person"

    def _person(self, run: Run) -> bool:
        at = run.first
        first_name = self.keys[at] in self.known.first_names
        if not first_name or len(self.keys[at]) < SHORTEST:
            return False
        near = any(self.text.before(at, self.known[name]) for name in ("kin", "persons"))
        if near and self.words[at].gap == " ":
            return True
        return self.evidence.aged_or_kin(run) or (self.text.opens(at) and self._verb_follows(run.last))

    def _met(self, at: int, *, listed: bool) -> bool:
        """ "i spoke with leyla", "falei com a jandira"."""
        if len(self.keys[at]) < SHORTEST or self.words[at].gap != " " or not (listed or self._rare(at)):
            return False
        article = at > 1 and self.keys[at - 1] in self.known["articles_of_names"]
        return bool(self.text.before(at - 1 if article else at, self.known["met"]))

    def _rare_kin(self, at: int) -> bool:
        """ "her daughter ngozi", "η κόρη του νγκόζι"."""
        key = self.keys[at]
        if (
            key not in self.known.rare
            or len(key) < LONGER
            or key in self.known["words"]
            or self.words[at].gap != " "
        ):
            return False
        if self.known.lang == "el" and at > 1 and self.keys[at - 1] in ("του", "τησ", "μου"):
            at -= 1
        return bool(self.text.before(at, self.known["kin"]))

    def _little(self, at: int) -> bool:
        """ "little leni slept", "mały kubuś"."""
        return (
            at > 0
            and self.words[at].gap == " "
            and self.keys[at - 1] in self.known["little"]
            and len(self.keys[at]) >= SHORTEST
            and (self._listed(at) or self._rare(at))
        )

    def _only_a_name(self, at: int) -> bool:
        """ "führt finn das Buch": a first name that is no word of the language, and belongs to no house or street."""
        key = self.keys[at]
        if (
            len(key) < SHORTEST
            or key not in self.known.first_names
            or key in self.known.small_words
            or self.words[at].gap not in (" ", ", ", "(")
            or self.text.text[self.words[at].end : self.words[at].end + 2].startswith(_PART_OF_MORE)
        ):
            return False
        after = at + 1
        if after < len(self.words) and self.words[after].gap == " " and self.words[after].capital:
            return self.known.lang in NOUNS_HAVE_CAPITALS
        if self.text.before(at, self.known["beside"]):
            return True
        if self._to_whom(at):
            return True
        before = self.keys[max(at - 2, 0) : at]
        placed = any(word in self.known[name] for word in before[-1:] for name in ("loc", "inside", "called"))
        return not placed and not any(word in self.known[name] for word in before for name in _NO_PERSONS)

    def _to_whom(self, at: int) -> bool:
        """Spanish: "a yesica le han dado una cita"."""
        after = at + 1
        if self.lang != "es" or not at or self.keys[at - 1] != "a" or after >= len(self.words):
            return False
        return self.words[after].gap == " " and self.keys[after] in ("le", "lo", "la")

    def _introduced(self, run: Run) -> bool:
        """ "its kev braithwaite, running late", "je suis amandine verdier,": also a first name that is a word."""
        at = run.first
        if self.keys[at] not in self.known.first_names and self.keys[at] not in self.known.rare:
            return False
        if self.keys[at] in self.no_names or not self.evidence.told.introduced(run):
            return False
        after = run.last + 1
        end = self.text.text[run.end : run.end + 1]
        surname = (
            after < len(self.words)
            and self.words[after].gap == " "
            and self.keys[after] not in self.no_names
            and len(self.keys[after]) >= SHORTEST
            and self.text.text[self.words[after].end : self.words[after].end + 1] in (",", ".", "!", "")
        )
        return surname or (end in (",", ".") and self.keys[at] not in self.known.small_words)

    def _in_a_diary(self, at: int) -> bool:
        """ "oskar nie poszedł … oskarowi nikt": where all is small, a name that begins a sentence and comes again."""
        key = self.keys[at]
        if len(key) < SHORTEST or not self.all_small or not (self._listed(at) or self._rare(at)):
            return False
        first = at - (at > 0 and self.keys[at - 1] in self.known["articles_of_names"])
        if not self.text.opens(first) or (key in self.known.small_words and not self._verb_follows(at)):
            return False
        again = [
            place
            for place, word in enumerate(self.keys)
            if place != at and (word == key or word in forms(key, self.lang) or key in forms(word, self.lang))
        ]
        return bool(again) and not any(
            self.keys[place - 1] in self.known["articles_of_all"]
            and self.keys[place - 1] not in self.known["articles_of_names"]
            for place in again
        )

    def _with_kin(self, run: Run) -> bool:
        """ "naast bram en zijn vader": also a first name that is a word of the language."""
        return (
            (self.keys[run.first] in self.known.first_names or self.keys[run.first] in self.known.doubtful)
            and self.keys[run.first] not in self.no_names
            and len(self.keys[run.first]) >= SHORTEST
            and bool(self.text.before(run.first, self.known["beside"]))
            and self.evidence.aged_or_kin(run)
        )

    def _beside_commas(self, at: int, last: int) -> bool:
        """ "the boy, ryan, wrote": between commas after a person."""
        end = self.words[last].end
        if self.words[at].gap != ", " or self.text.text[end : end + 1] not in (",", ")", "."):
            return False
        if len(self.keys[at]) < SHORTEST or not (self._listed(at) or self._rare(at)):
            return False
        return any(self.known[name].ends(self.keys, at) for name in ("persons", "kin"))

    def _opens(self, at: int) -> bool:
        """ "He sat down. ryan smiled": who begins sentences with a capital leaves it out for a name written small."""
        return self.text.opens(at) and self.begins_with_capitals

    @cached_property
    def begins_with_capitals(self) -> bool:
        """Do all sentences begin with a capital, but those that begin with a name?"""
        first = [at for at in range(len(self.words)) if self.text.opens(at)]
        small = [at for at in first if not self.words[at].capital and not self._listed(at)]
        return len(first) > 1 and not small

    @cached_property
    def all_small(self) -> bool:
        """Do nearly all sentences begin small?"""
        first = [at for at in range(len(self.words)) if self.text.opens(at)]
        small = sum(not self.words[at].capital for at in first)
        return len(first) >= SHORTEST_DIARY and small >= len(first) * ALL_SMALL

    def _verb_follows(self, last: int) -> bool:
        after = last + 1
        if after >= len(self.words) or self.words[after].gap != " ":
            return False
        word = self.text.exacts[after]
        return (
            word in self.known["acts"]
            or word in self.known["acts_on"]
            or self.keys[after] in self.known["verbs"]
        )
