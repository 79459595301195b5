"""What a text tells of somebody: "told me about Xhevdet", "Xhevdet, a fisherman,", "Xhevdet, 3/2/1981".

For words nobody knows, and for first names that are something else as well (`evidence.Evidence`).
"""

import re
from collections.abc import Callable

from goodpractices.anonymity.ages import GERMAN_NOUN
from goodpractices.anonymity.calls import Calls
from goodpractices.anonymity.greek import sound
from goodpractices.anonymity.runs import Run, RunReader, Runs
from goodpractices.anonymity.text import Text
from goodpractices.anonymity.words import NOUNS_HAVE_CAPITALS

#: Languages in which a subject has an article unless it is a name.
WITH_ARTICLES = ("en", "fr", "nl", "es", "it", "pt")
#: Languages in which no article parts a relative from a name ("z bratem Dawidem").
KIN_WITHOUT_ARTICLE = ("cs", "pl")
#: Languages that put an article before a person's name, and what it is.
ARTICLES = {
    "el": ("ο", "η", "τον", "την", "τη", "του", "τησ", "στον", "στην", "στη"),
    "pt": ("o", "a", "ao", "do", "da", "pelo", "pela"),
}
#: Greek words with a capital that begin the name of an office, a country or a place.
_GREEK_ADJECTIVES = (
    "ικη", "ικο", "ικου", "ικησ", "ικοσ", "ινη", "ινησ", "αια", "αιασ", "ιακη", "ιακο", "ειο", "ειου",
)  # fmt: skip
_GREEK_PARTS = (
    "νεα", "νεασ", "νεοσ", "αγιοσ", "αγια", "αγιασ", "αγιου", "ανω", "κατω", "παλαια", "παλαιο", "μεγαλη", "μεγαλησ",
    "ερυθροσ",
)  # fmt: skip
_GOES_ON = ("small", "of", "relatives", "loc", "and_all", "who")
_NO_SURNAMES = (
    "heads", "things", "after", "homes", "terms", "streets", "saints", "months", "royals", "peoples", "openers",
)  # fmt: skip
#: Between a name and the number or the date that is its: a few small words.
_LABEL = re.compile(
    r"\s?(?:[,:;(–-]\s?|(?:with|con|com|avec|mit|met|z|ze|s|se|με) )"
    r"(?:[^\W\d_]+[.']?[ :-]{0,2}){0,4}(?:n[.°ºr]{1,2} ?)?"
)
#: How long that may be, and how far before its owner a file is told of.
_LABEL_REACH, _FILE_REACH = 34, 12
_SHORTEST, _LONG = 3, 5
#: How many words may stand between "one of" and the end of whom it counts.
_ONE_OF_REACH = 3
#: What surnames of many peoples end with …
_SURNAMES = (
    "owska", "owski", "owskiego", "owskiej", "owskim", "ewska", "ewski", "inska", "inski", "icka", "icki",
    "ickiego", "ickiej", "owicz", "ewicz", "owicza", "czyk", "czyka", "czak", "czaka", "czuk", "chuk", "enko",
    "ovych", "kova", "ckova", "nova", "lova", "skaya", "skaja", "skij", "shvili", "adze", "idze", "ovic", "evic",
    "opoulos", "opoulou", "oglu", "escu", "akis", "akidis", "sson", "stra", "ersen", "elli", "etti", "ucci",
    "acci", "uzzi", "azzo", "eira", "ovski", "ovska", "evska", "yan", "kjær",
)  # fmt: skip
#: … and so do words that say where a town or a house lies.
_REGIONS = (
    "laski", "polski", "polska", "wielkopolski", "mazowiecki", "mazowiecka", "slaski", "slaska", "pomorski",
    "warszawski", "krakowski", "krakowska", "warszawska", "lubelski", "gdanski", "gdanska", "jagiellonski",
    "niemiecki", "miejski", "miejska", "panstwowa",
)  # fmt: skip


class Told(RunReader):
    """Looks round a run. ``numbers``: where the births and the identity numbers of the text begin."""

    def __init__(self, text: Text, runs: Runs, calls: Calls, numbers: frozenset[int]) -> None:
        super().__init__(text, runs)
        self.calls = calls
        self._people = tuple(
            word[:-1] for name in ("persons", "kin") for word in text.known[name] if len(word) >= _LONG
        )
        self.numbers = numbers
        self._acting = text.known.of_lists("acts", "acts_on")

    def proves(self, run: Run, located: Callable[[Run], bool]) -> bool:
        """Is it somebody's, though nobody knows the word?"""
        if self.lang in NOUNS_HAVE_CAPITALS and self._named_so(run) and self._apposed(run):
            return True
        if not self._may_be_one(run):
            return False
        if self.numbered(run) or self.calls.so_called(run) or self._apposed(run):
            return True
        if self.lang in NOUNS_HAVE_CAPITALS:
            return False
        if self.introduced(run) or self.told_of(run) or self._whose_file(run):
            return True
        if self._speaks(run) or self._kin_right_before(run) or self._by_its_case(run):
            return True
        if located(run):
            return False
        if self._surnamed(run):
            return True
        return self._who_follows(run) or self._trade(run) or self._after_article(run)

    def shouted(self, run: Run) -> bool:
        """ "found DESMOND TIERNEY, who": two words in capitals, of whom the text goes on to tell."""
        words = self.words[run.first : run.last + 1]
        if not 1 < len(words) < 4 or not all(word.shouted and len(word.text) >= _SHORTEST for word in words):
            return False
        if words[0].key in self.known["norms"] or words[-1].key in self.known["reigned"]:
            return False  # "SGB VIII, die Leistungen"
        around = (run.first - 1, run.last + 1)
        if any(0 <= at < len(self.words) and self.words[at].shouted for at in around) or not self._named_so(
            run
        ):
            return False
        if self.numbered(run) or self.introduced(run) or self.told_of(run):
            return True
        after = self.runs.next(run)
        if after is None or self.words[after].gap not in (", ", " "):
            return False
        if self.words[after].gap == " ":
            return self.keys[after] in self.known["verbs"] or self.text.exacts[after] in self._acting
        return self.keys[after] in self.known["relatives"] or self.text.exacts[after] in self.known["born"]

    def for_sure(self, run: Run) -> bool:
        """For a first name that is something else as well."""
        if not self._named_so(run):
            return False
        if self.numbered(run) or self.calls.so_called(run) or self.introduced(run) or self._apposed(run):
            return True
        return self.lang not in NOUNS_HAVE_CAPITALS and (self.told_of(run) or self._kin_right_before(run))

    def numbered(self, run: Run) -> bool:
        """ "Xhevdet Berisha, 3 February 1981", "Berisha, NHS number 485 …"."""
        at = run.first
        if self.text.before(at, self.known["loc" if run.single else "inside"]) or (
            run.single and (self.text.opens(at) or self._is_label(at))
        ):
            return False
        if self.text.exacts[at] in self.known["born"] or self._is_label(run.last):
            return False
        rest = self.text.text[run.end : run.end + _LABEL_REACH]
        match = _LABEL.match(rest)
        if match is None:
            return False
        places = (run.end + place for place in range(1, len(match.group()) + 1))
        found = next((place for place in places if place in self.numbers), None)
        if found is None:
            return False
        if (
            self.lang in NOUNS_HAVE_CAPITALS
            and not self.runs.listed(at)
            and self.words[run.last].end + 2 < found
        ):
            return False
        between = range(run.last + 1, self.text.word_at(found))
        return not any(
            self.words[at].capital and len(self.keys[at]) > 1 and self._is_thing(at) for at in between
        ) and not any(self.keys[at] in self.known["verbs"] for at in between)

    def introduced(self, run: Run) -> bool:
        """ "bonjour, je suis Xhevdet", "hier ist Xhevdet": at the beginning of what somebody says."""
        length = self.text.before(run.first, self.known["introduces"])
        if not length or self.words[run.first].gap not in (" ", ", ", ": "):
            return False
        first = run.first - length
        if self.text.opens(first) or first == 0:
            return True
        return re.search(r"[,:;«„“‘\"–-]", self.words[first].gap) is not None or (
            self.keys[first - 1] in self.known["greetings"]
        )

    def told_of(self, run: Run) -> bool:
        """ "told me about Xhevdet", "erzählte mir von Xhevdet"."""
        return self.words[run.first].gap == " " and bool(self.text.before(run.first, self.known["tells_of"]))

    def _may_be_one(self, run: Run) -> bool:
        first = self.words[run.first]
        if (
            len(first.text) < _SHORTEST
            or first.odd
            or self.text.headings[run.first]
            or run.last - run.first > 3
        ):
            return False
        if first.shouted:
            return False
        after = self.runs.next(run)
        if after is not None and self.words[after].capital and self.words[after].gap == " ":
            return False
        return not (run.single and self._of_the_field(run.first)) and self._named_so(run)

    def _of_the_field(self, at: int) -> bool:
        """ "we talked about Winnicott"."""
        key = self.keys[at]
        return key in self.known.figure_last or (
            bool(self.known.figure_sounds) and sound(key) in self.known.figure_sounds
        )

    def _named_so(self, run: Run) -> bool:
        """Does no word of it belong to an institution, a people, a day?"""
        return not any(
            self.keys[at] in self.known[name]
            for at in range(run.first, run.last + 1)
            for name in _NO_SURNAMES
            if not (at > run.first and self.runs.listed(at))
        )

    def _is_label(self, at: int) -> bool:
        """ "Her file, HX-204": what a number is called."""
        lists = ("files", "papers", "dwellings", "born", "persons", "kin", "titles", "openers", "small")
        if any(self.keys[at] in self.known[name] for name in lists) or self.keys[at].endswith("nummer"):
            return True
        return any(self.keys[at] in self.known[name].lasts for name in ("file_numbers", "id_words", "plates"))

    def _is_thing(self, at: int) -> bool:
        return any(self.keys[at] in self.known[name] for name in ("heads", "things", "after"))

    def _speaks(self, run: Run) -> bool:
        """ "Xhevdet told me": whom the author met."""
        after = run.last + 1
        if (
            after >= len(self.words)
            or self.words[after].gap != " "
            or not self.text.begins(after, self.known["tells_me"])
        ):
            return False
        if self.text.before(run.first, self.known["loc"]):
            return False  # "the officer in Sligo told me"
        if not self.text.opens(run.first):
            return True
        return (
            self.lang in WITH_ARTICLES
            and (self.lang != "nl" or not run.single)
            and len(self.keys[run.first]) > 3
        )

    def _who_follows(self, run: Run) -> bool:
        """ "Xhevdet, who"; "Xhevdet, que dormía"."""
        after = run.last + 1
        if after + 1 >= len(self.words) or self.words[after].gap != ", ":
            return False
        if run.single and self.text.opens(run.first):
            return False
        if self.text.begins(after, self.known["who"]):
            return True
        if self.keys[after] not in self.known["relatives"]:
            return False
        for place in range(after + 1, min(after + 4, len(self.words))):
            if self.words[place].gap not in (" ", "'", "’"):
                return False
            if self.text.exacts[place] in self._acting or self.keys[place] in self.known["verbs"]:
                return True
            if self.keys[place] not in self.known["auxiliaries"]:
                return False
        return False

    def _trade(self, run: Run) -> bool:
        """ "Xhevdet, a retired fisherman,"."""
        after = run.last + 1
        if (
            after >= len(self.words)
            or self.words[after].gap not in (", ", " (")
            or (run.single and self.text.opens(run.first))
        ):
            return False
        for at in range(after, min(after + 4, len(self.words))):
            if at > after and self.words[at].gap != " ":
                return False
            length = max(self.text.begins(at, self.known[name]) for name in ("trades", "persons", "kin"))
            if length and (not self.words[at].capital or self.lang in NOUNS_HAVE_CAPITALS):
                end = at + length
                if (
                    end >= len(self.words)
                    or self.words[end].gap != " "
                    or any(self.keys[end] in self.known[name] for name in _GOES_ON)
                ):
                    return True
            if self.words[at].capital:
                return False
        return False

    def _apposed(self, run: Run) -> bool:
        """ "a mother, Xhevdete, how she"."""
        at, end = run.first, run.end
        if at and self.keys[at - 1] in ARTICLES.get(self.lang, ()) and self.words[at].gap == " ":
            at -= 1  # "um deles, o Iúri,"
        if self.lang in NOUNS_HAVE_CAPITALS and run.single and run.last + 1 < len(self.words):
            after = self.words[run.last + 1]
            end = after.end if after.capital and after.gap == " " else end
        if at == 0 or self.words[at].gap != ", " or self.text.text[end : end + 1] not in (",", ")", ".", ""):
            return False
        if self.lang in NOUNS_HAVE_CAPITALS and (
            self.text.text[end : end + 1] != "," or (end == run.end and self.keys[at].endswith(GERMAN_NOUN))
        ):
            return False
        if run.single and self.text.text[run.end : run.end + 2] == ", " and self._listed_on(run):
            return False
        if any(self.known[name].ends(self.keys, at) for name in ("persons", "kin")) or self._one_of(at):
            return True
        if run.single or self.lang in NOUNS_HAVE_CAPITALS:
            return False
        for place in range(at - 2, max(at - 5, -1), -1):  # "a woman in her fifties, Bridget Ann Molloy,"
            if self.words[place + 1].gap != " ":
                return False
            if self.keys[place] in self.known["persons"]:
                return True
        return False

    def _one_of(self, at: int) -> bool:
        """ "one of the girls, X": does that stand before this word?"""
        for first in range(at - 1, max(at - 2 - _ONE_OF_REACH, 0), -1):
            if self.text.before(first, self.known["one_of"]):
                return any(self._somebody(place) for place in range(first, at))
            if self.words[first].gap not in (" ", "'", "’"):
                return False
        return False

    def _somebody(self, at: int) -> bool:
        """Is the word one for people, in any number and case?"""
        return self.keys[at] in self.known["little_ones"] or self.keys[at].startswith(self._people)

    def _listed_on(self, run: Run) -> bool:
        """Is it a member of a list of capitals ("the client, Youth, Family and …")?"""
        after = run.last + 1
        return after < len(self.words) and self.words[after].capital and self.lang not in NOUNS_HAVE_CAPITALS

    def _kin_right_before(self, run: Run) -> bool:
        """ "z bratem Dawidem": in languages without articles."""
        at = run.first
        return (
            self.lang in KIN_WITHOUT_ARTICLE
            and at > 0
            and self.words[at].gap == " "
            and self.keys[at - 1] in self.known["kin"]
            and self.keys[at - 1] not in self.known["family"]
        )

    def _by_its_case(self, run: Run) -> bool:
        """ "u Zenka" in Polish, "Matyášovi" in Czech: at somebody's, to somebody; no town has these."""
        at = run.first
        if at == 0 or not self.runs.inside_sentence(at) or self.runs.inside_name(at):
            return False
        if self.lang == "pl":
            return self.keys[at - 1] == "u" and self.words[at].gap == " "
        return (
            self.lang == "cs" and run.single and len(self.keys[at]) > _LONG and self.keys[at].endswith("ovi")
        )

    def _surnamed(self, run: Run) -> bool:
        """ "Sviatlana Dubrouskaya": two words of which the last ends as hardly anything but a surname does."""
        if run.last - run.first != 1 or self.text.headings[run.first]:
            return False
        last = self.words[run.last]
        return (
            len(last.text) > _LONG
            and last.text[1:].islower()
            and self.words[run.last].gap == " "
            and last.key.endswith(_SURNAMES)
            and not last.key.endswith(_REGIONS)
            and len(self.keys[run.first]) >= _SHORTEST
            and self.keys[run.first] not in self.runs.stops
        )

    def _whose_file(self, run: Run) -> bool:
        """ "the file HA/2291 belongs to Xhevdet"."""
        length = self.text.before(run.first, self.known["belongs_to"])
        if not length or self.words[run.first].gap != " ":
            return False
        first = self.text.sentence_start(run.first - length, reach=_FILE_REACH)
        if any(self.keys[at] in self.known["files"] for at in range(first, run.first)):
            return True
        return any(self.words[first].start <= place < self.words[run.first].start for place in self.numbers)

    def _after_article(self, run: Run) -> bool:
        """Greek and Portuguese: "Ο Χαμίντ Ραχιμί το χτυπά", "a Iara perguntou"."""
        at = run.first
        if self.lang not in ARTICLES or at == 0 or self.words[at].gap != " ":
            return False
        if self.keys[at - 1] not in ARTICLES[self.lang] or self.keys[at] in self.known["places"]:
            return False
        after = self.runs.next(run)
        if (
            after is not None
            and self.words[after].gap == " "
            and (self.keys[after] in self.known["verbs"] or self.text.exacts[after] in self._acting)
        ):
            return self.keys[at - 1] in ("ο", "η", "o", "a")
        if self.lang != "el" or run.last - run.first != 1 or self.words[run.last].shouted:
            return False
        first = self.keys[at]
        return not first.endswith(_GREEK_ADJECTIVES) and first not in _GREEK_PARTS
