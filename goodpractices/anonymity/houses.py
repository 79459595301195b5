"""What is a part of the name of a house, an office or a company: "Klinik Dr. Schlemmer", "Sana Kliniken"."""

import re
from collections.abc import Iterator

from goodpractices.anonymity.evidence import Evidence, Witness
from goodpractices.anonymity.runs import SURNAME_ENDINGS, Run, Runs
from goodpractices.anonymity.text import Text
from goodpractices.anonymity.words import NOUNS_HAVE_CAPITALS

#: How far a house's name is followed from the run, in words.
REACH = 16
#: … and how far behind it for the kind of house in languages whose nouns have capitals.
SHORT_REACH = 3
#: Letters of a word that may be a longer Greek one for an office.
SHORTEST_OFFICE = 6
#: Articles of houses that no title of somebody has, and what these houses' names end with.
THE_HOUSE = {"nl": ("het", "t"), "de": ("das", "ins", "im", "zum", "am", "vom")}
PLACE_ENDS = {
    "nl": (
        "huis",
        "hof",
        "plein",
        "park",
        "klooster",
        "kanaal",
        "gebouw",
        "centrum",
        "tehuis",
        "fonds",
        "bos",
        "pad",
    ),
    "de": (
        "haus",
        "heim",
        "hof",
        "stift",
        "zentrum",
        "garten",
        "bad",
        "park",
        "platz",
        "weg",
        "ring",
        "saal",
    ),
}
#: Legal forms behind a company's name …
_FORM = re.compile(
    r",? (?:ge\w+ützige )?(?:g?GmbH|GesmbH|AG|KG|e\. ?V\.|a\. ?s\.|(?:spol\. )?s ?\.? ?r\. ?o\.|BV|NV|B\.?V\.?B\.?A\.?"
    r"|E\. ?P\. ?E\.|S\. ?[Pp]\. ?[Aa]\.|S\. ?[Rr]\. ?[Ll]\.|SRL|SPA|(?i:spółka (?:z o|akcyjna))|sp\. z|Ltd|Lda)(?!\w)"
)
#: … and those that may be somebody's initials as well ("Juan S.L.").
_LETTERS = re.compile(r",? (?:S\. ?A\.|S\. ?L\.|[BN]\. ?V\.)(?!\w)")
#: What may stand between the words of a house's name …
_JOINED = re.compile(r"[ .\"'’‘`«»“”„&+/()-]*")
#: … and at the end of one.
_ENDS = re.compile(r"\s*(?:[,.;:)/(–-]|$)")


_OPENS, _CLOSES = re.compile(r"^ [«„“‚‘\"']\s?$"), re.compile(r"\s?[»”“’‘\"']")
#: How many words may stand between a quotation mark and the name.
_QUOTED_WORDS = 4


class Houses(Witness):
    """Looks round a run for the house whose name it is part of."""

    def __init__(self, text: Text, runs: Runs, evidence: Evidence) -> None:
        super().__init__(text, runs, evidence)
        self._ends = tuple(text.known["house_ends"]) if self.lang in ("de", "nl") else ()
        self._stems = tuple(text.known["office_stems"])
        self._titles = text.known.of_lists("titles", "honours")
        self._endings = tuple(text.known["office_endings"])

    def holds(self, run: Run) -> bool:
        """Is the run, without a title, a part of a house's name, or the town behind it?"""
        return (
            self._company(run)
            or self._in_quotes(run)
            or self._office(run)
            or self._kind_follows(run)
            or self._in_capitals(run)
            or self._behind_letters(run)
            or self._patron(run)
            or self._adjective(run)
            or self._on_a_river(run)
            or self._its_town(run)
        )

    def holds_titled(self, run: Run) -> bool:
        """ "Klinik Dr. Schlemmer", "Nuestra Señora del Pilar", "im. prof. Ludwika", "Barmherzige Brüder"."""
        return (
            self._our_lady(run)
            or self._in_quotes(run)
            or self._order(run)
            or self._company(run)
            or self._in_capitals(run)
            or self._patron(run)
            or self._kind_follows(run)
            or self._doctors(run)
            or self._titled_place(run)
        )

    def _in_quotes(self, run: Run) -> bool:
        """ "the café “Mrs Dalloway”", "bar „U Pana Tadeusza”": the name of what stands before the quotation marks."""
        at, text = run.first, self.text.text
        if not _CLOSES.match(text, run.end):
            return False
        while at and run.first - at < _QUOTED_WORDS and not _OPENS.search(self.words[at].gap):
            if self.words[at].gap not in (" ", ". ", "'", "’"):
                return False
            at -= 1
        if not at or not _OPENS.search(self.words[at].gap):
            return False
        return any(self.keys[at - 1] in self.known[name] for name in ("inns", "heads", "homes"))

    def _titled_place(self, run: Run) -> bool:
        """ "ponte Dom Luís", "place du Docteur Roux", "het Dr. Poelshuis": the article is the house's."""
        at = run.first
        while at and self.keys[at - 1] in self._titles:
            at -= 1
        if at and self.lang in THE_HOUSE and self.keys[at - 1] in THE_HOUSE[self.lang]:
            return any(
                self.keys[place].endswith(PLACE_ENDS[self.lang]) for place in range(run.first, run.last + 1)
            )
        while at and (self.keys[at - 1] in self.known["of"] or self.keys[at - 1] in self.known["particles"]):
            at -= 1
        return at > 0 and self.text.joined(at) and self.keys[at - 1] in self.known["streets"]

    def is_house(self, at: int) -> bool:
        key = self.keys[at]
        return key in self.known["houses"] or key.endswith(self._ends)

    def _company(self, run: Run) -> bool:
        """ "Perry Sport B.V.", "Vividus East, s.r.o.", and not "Juan S.L."."""
        last = self._row_last(run)
        if any(self.keys[at] in self.known["legal_forms"] for at in range(run.first, last + 1)):
            return True
        if any(_FORM.match(self.text.text, end) for end in (run.end, self.words[last].end)):
            return True
        several = any(len(self.keys[at]) > 1 for at in range(run.first + 1, last + 1))
        if not several and self.runs.kind(run.first) in ("name", "word"):
            return False
        return any(_LETTERS.match(self.text.text, self.words[at].end) for at in range(run.first, last + 1))

    def of_initials(self, run: Run) -> bool:
        """Are two or three initials a house's, an office's or a company's?"""
        letters = "".join(self.keys[run.first : run.last + 1])
        before, after = run.first - 1, run.last + 1
        if letters in self.known["legal_letters"] and before >= 0:
            word = self.words[before]
            behind = word.capital and self.words[run.first].gap in (" ", ", ") and len(word.text) > 1
            if behind and self.runs.kind(before) != "name":
                return True
        if self.lang == "el" and after + 1 < len(self.words) and self.words[after + 1].capital:
            genitive = self.keys[after] in self.known["of"] and not self.words[after].capital
            if genitive and self.words[after].gap == ". ":
                return True  # "της Κ.Υ. της ΜΟΔ"
        return self._kind_follows(run)

    def _offices_letters(self, run: Run) -> bool:
        """Greek: "Δ.Κ. Μετσόβου", "Ε.Κ.Α.Β."; four letters and more are nobody's anywhere."""
        letters = ""
        for at in range(run.first, run.last + 1):
            if len(self.keys[at]) > 1:
                break
            letters += self.keys[at]
        if len(letters) > 3:
            return True
        his = run.first and self.keys[run.first - 1] in ("ο", "τον", "στον")
        return self.lang == "el" and letters in self.known["office_letters"] and not his

    def _behind_letters(self, run: Run) -> bool:
        """ "P.O. Maria SS. Addolorata"."""
        for at in range(run.first - 1, max(run.first - 1 - SHORT_REACH, 0), -1):
            if not self.words[at].capital:
                return False
            if at and self._abbreviated(at - 1):
                return True
        return False

    def _row_last(self, run: Run) -> int:
        """The last of the capitals that follow the run."""
        at = run.last
        while at + 1 < len(self.words) and at - run.last < REACH:
            after = self.words[at + 1]
            if after.gap not in (" ", "-") or not after.capital:
                break
            at += 1
        return at

    def _office(self, run: Run) -> bool:
        """Greek: "του Επιχειρησιακού Προγράμματος", "της Ε.Υ. Αρχή Πιστοποίησης"."""
        if self.lang == "el" and self.words[run.last].text.endswith(SURNAME_ENDINGS["el"]):
            return False
        if self._offices_letters(run):
            return True
        if any(self.text.before(run.first, self.known[name]) for name in ("persons", "kin", "titles")):
            return False
        if self.lang != "el" or self.runs.kind(run.first) == "name":
            return False
        if not run.single and self.text.exacts[run.last].endswith("ών"):
            return True  # "Ένταξη Μαθητών": of many
        keys = [key for key in self.keys[run.first : run.last + 1] if len(key) >= SHORTEST_OFFICE]
        return any(key.startswith(self._stems) or key.endswith(self._endings) for key in keys)

    def _kind_follows(self, run: Run) -> bool:
        """ "Helios St. Elisabeth Klinik", "Rudolf Virchow Klinikum", "Martin Gropius Krankenhaus"."""
        if self.lang not in ("de", "nl"):
            return False
        if any(self.is_house(at) for at in range(run.first + 1, run.last + 1)):
            return True
        for at in range(run.last + 1, min(run.last + 2 + SHORT_REACH, len(self.words))):
            word = self.words[at]
            after_initial = self.lang == "nl" and len(self.keys[run.last]) == 1
            if not word.capital and not (after_initial and word.key in self.known["particles"]):
                return False
            if word.gap not in (" ", "-") and not (word.gap == ". " and self.text.is_short(at - 1)):
                return False
            if word.capital and self.is_house(at):
                return True
        return False

    def _in_capitals(self, run: Run) -> bool:
        """ "HDJ ADULTES PAUL CEZANNE BRON": all of it in capitals, the kind of house before the name."""
        if not self.words[run.last].shouted or not self._shouts(run.first):
            return False
        for at in self._capitals_before(run.first):
            if self.is_house(at) or self._abbreviated(at):
                return True
        return any(self.is_house(at) for at in range(run.first, run.last + 1) if self._shouts(at))

    def _capitals_before(self, first: int) -> Iterator[int]:
        at = first
        while at and first - at < REACH and _JOINED.fullmatch(self.words[at].gap) and self._shouts(at - 1):
            at -= 1
            key = self.keys[at]
            if key in self.known["verbs"] or key in self.known["never_in_capitals"]:
                return
            yield at

    def _abbreviated(self, at: int) -> bool:
        """ "P.O.", "A.O.": two letters that are a house."""
        after = at + 1
        return (
            len(self.keys[at]) == 1
            and after < len(self.words)
            and self.words[after].gap == "."
            and self.keys[at] + self.keys[after] in self.known["houses"]
        )

    def _shouts(self, at: int) -> bool:
        return self.words[at].text.isupper()

    def _patron(self, run: Run) -> bool:
        """Polish: "im. Mikołaja Kopernika", "im. błogosławionego księdza Jerzego Popiełuszki"."""
        if self.lang != "pl":
            return False
        at = run.first
        while (
            at and self.keys[at - 1] in self.known["honoured_by"] and self.words[at].gap in (" ", ". ", ".")
        ):
            at -= 1
        if not at or self.keys[at - 1] != "im":
            return False
        if self.words[at].gap.startswith(".") or self._shouts(at - 1):
            return True
        return at < run.first and at > 1 and self.words[at - 2].capital and not self.text.opens(at - 2)

    def _adjective(self, run: Run) -> bool:
        """Czech: "Krajská zdravotní, a.s.", "Karvinská hornická nemocnice"."""
        if self.lang != "cs" or not run.single or self.runs.kind(run.first) != "unknown":
            return False
        after = run.last + 1
        if after >= len(self.words) or self.words[after].gap != " " or self.words[after].capital:
            return False
        agrees = self.text.exacts[run.first][-1] in "áéý" and self.text.exacts[after][-1] in "áéíý"
        return agrees or self.is_house(after)

    def _on_a_river(self, run: Run) -> bool:
        """ "Landsberg am Lech", "Brandenburg an der Havel"."""
        if self.lang not in NOUNS_HAVE_CAPITALS or not run.single or run.first < 2:
            return False
        at = run.first - 1
        if self.keys[at] == "der" and self.keys[at - 1] == "an":
            at -= 1
        return (self.keys[at] == "am" or at < run.first - 1) and self.words[at - 1].capital

    def _its_town(self, run: Run) -> bool:
        """ "Sanatorium Dr. Rhomberg, Lech.": what stands behind the house's whole name and a comma."""
        gap = self.words[run.first].gap
        if (
            not run.first
            or gap.strip(" .\"'’»”)") not in (",", "-")
            or not _ENDS.match(self.text.text, run.end)
        ):
            return False
        if not self._shouts(run.first) and self.evidence.supports(run, "weak"):
            return False  # "at the Day Centre, Maria, 34, cried"
        at, capitals = run.first - 1, 0
        if self.keys[at] in self.known["legal_forms"] or self.keys[at] == "odpowiedzialnoscia":
            return True
        while at >= 0 and run.first - at < REACH:
            word = self.words[at]
            capitals += word.capital
            if self.is_house(at) and word.capital and (capitals > 1 or self.lang not in NOUNS_HAVE_CAPITALS):
                return True
            if not (word.capital or word.key in self.known["particles"] or word.key in self.known["of"]):
                return False
            if not re.fullmatch(r"[ ,.\"'’-]*", word.gap):
                return False
            at -= 1
        return False

    def _our_lady(self, run: Run) -> bool:
        """ "Nuestra Señora de Guadalupe"."""
        return run.first > 1 and self.keys[run.first - 2] in self.known["our_lady"]

    def _order(self, run: Run) -> bool:
        """ "Krankenhaus der Barmherzigen Brüder Graz": the brothers are many."""
        at = run.first - 1
        if self.lang != "de" or at < 1 or self.keys[at] not in ("bruder", "schwestern"):
            return False
        adjective = self.words[at - 1].capital and len(self.keys[at - 1]) > SHORT_REACH
        return adjective and self.words[at].text in ("Brüder", "Brüdern", "Schwestern")

    def _doctors(self, run: Run) -> bool:
        """ "Klinik Dr. Schlemmer", "Hospital de Cascais Dr. José de Almeida"; nothing that he does follows."""
        at = run.first
        while at and (self.keys[at - 1] in self._titles or self.keys[at - 1] == "med"):
            at -= 1
        if not at or at == run.first or not _ENDS.match(self.text.text, self.words[self._row_last(run)].end):
            return False
        for place in range(at - 1, max(at - 1 - REACH, -1), -1):
            word = self.words[place]
            if self.is_house(place) and word.capital:
                return True
            linked = word.key in self.known["particles"] or word.key in self.known["of"]
            if not (word.capital or linked) or self.words[place + 1].gap not in (" ", ". "):
                return False
            if self.lang in NOUNS_HAVE_CAPITALS and at - place > 1:
                return self.is_house(place - 1) if place else False
        return False
