"""What speaks against a name: institutions, streets, saints, methods, figures of the field, towns."""

from collections.abc import Iterator

from goodpractices.anonymity.authors import Authors
from goodpractices.anonymity.days import Days
from goodpractices.anonymity.evidence import Evidence, Witness
from goodpractices.anonymity.greek import sound
from goodpractices.anonymity.houses import Houses
from goodpractices.anonymity.owners import is_owner
from goodpractices.anonymity.runs import Run, Runs
from goodpractices.anonymity.text import Text
from goodpractices.anonymity.things import Things
from goodpractices.anonymity.words import NOUNS_HAVE_CAPITALS

#: Languages in which a name after the institution's kind cannot be the subject of the sentence: the verb comes between.
VERB_SECOND = ("nl", "de")
#: Languages in which an article before a first name makes a thing of it ("la Claire Fontaine").
ARTICLE_IS_A_THING = ("en", "fr", "nl")
#: Languages in which hardly anybody is called Santa or Santo.
SAINTS_ARE_TOWNS = ("es", "pt", "fr")
#: Languages in which no surname is the word for a saint ("An Sankt Martin kochen wir").
NAMES_HAVE_NO_SAINTS = ("de", "nl", "fr", "en", "cs", "pl")
#: Languages that say "Friends Lucien's" by an ending.
GENITIVE_FRIENDS = ("cs", "pl")
#: Letters of an institution's kind that can be the last part of a longer word without being so by chance.
LONG_HEAD = 5
_HYPHENS = ("-", "‑")


class Against(Witness):
    """Looks round a run for what it belongs to."""

    def __init__(self, text: Text, runs: Runs, evidence: Evidence) -> None:
        super().__init__(text, runs, evidence)
        self.things = Things(text, runs, evidence)
        self.houses = Houses(text, runs, evidence)
        self.authors = Authors(text, runs)
        self.days = Days(text, runs)
        self._long_heads = tuple(head for head in text.known["heads"] if len(head) >= LONG_HEAD)

    def speaks(self, run: Run) -> bool:
        """Is the run no person's name, or a person's whom everybody knows?"""
        at = run.first
        if any(self._holy(place) for place in self._linked(at)):
            return True
        if not run.single and self.lang in SAINTS_ARE_TOWNS and self.keys[at] in self.known["saints"]:
            return True
        if run.last > at and self.lang in NAMES_HAVE_NO_SAINTS and self.keys[at + 1] in self.known["saints"]:
            return True
        if run.single and self.keys[at] in self.known["feasts"] and self._after_small(at):
            return True
        if (self._after_article(run) and self.runs.kind(at) == "word") or self.authors.has(run):
            return True
        if self.famous(run) or self._term(run) or self._compound(run) or self.days.has(run):
            return True
        if (
            self.things.numbered(run)
            or self.things.stop(run)
            or self._after_capital(run)
            or self._sight(at)
            or self.things.vessel(run)
            or self._honoured(run)
        ):
            return True
        theirs = self.evidence.signs.kin_follow(run)  # "goes to fetch from school Omar and his brother"
        if self.institution_after(run) or (
            not theirs and (self._institution_before(run) or self._thing(run))
        ):
            return True
        if (run.single and self._rare_town(at)) or self.houses.holds(run):
            return True
        return (
            run.single and self.keys[at] in self.known["places"] and (self.located(run) or self._at_the(run))
        )

    def _holy(self, at: int) -> bool:
        """ "St Joseph", "King Albert"; the Portuguese "são" is a verb as well."""
        if any(self.text.before(at, self.known[name]) for name in ("saints", "royals")):
            return self.lang != "pt" or self.words[at - 1].capital
        return False

    def speaks_titled(self, run: Run) -> bool:
        """Is the run, with the title before it, no person's name, or a person's whom everybody knows?"""
        if self.authors.has(run):
            return True
        if self.famous(run) or self.institution_after(run, titled=True):
            return True
        if self.things.vessel(run) or self.things.bearers.has(run) or self.things.problem(run):
            return True
        return self._honoured(run) or self.houses.holds_titled(run)

    def _honoured(self, run: Run) -> bool:
        """ "Il centro Don Carlo Gnocchi", "Fondation Abbé Pierre": the title is part of the house's name."""
        title, house = run.first - 1, run.first - 2
        if house < 0 or not self.text.joined(run.first) or self.keys[title] not in self.known["honours"]:
            return False
        if not self.words[title].capital and (run.single or self.keys[title] != "don"):
            return False
        if run.single and self.lang in NOUNS_HAVE_CAPITALS:
            return False
        if self.words[title].gap not in (" ", ". ") or not self.text.joined(title):
            return False
        if self.keys[house] not in self.known["heads"] and self.keys[house] not in self.known["homes"]:
            return False
        return self.lang not in NOUNS_HAVE_CAPITALS or self._begins(house)

    def _after_capital(self, run: Run) -> bool:
        """ "Elm Ward": the kind of house after its name."""
        at = run.first
        return (
            run.single
            and at > 0
            and self.keys[at] in self.known["after"]
            and self.keys[at] not in self.known.first_names
            and self.words[at].gap == " "
            and self.words[at - 1].capital
            and self.runs.kind(at - 1) == "unknown"
            and self.keys[at - 1] not in self.known["titles"]
        )

    def _sight(self, at: int) -> bool:
        """ "the boat Halina", "jezioro Halina"."""
        return (
            at > 0
            and self.words[at].gap in (" ", " «", " “", " „")
            and self.keys[at - 1] in self.known["sights"]
        )

    def _rare_town(self, at: int) -> bool:
        """ "in Jena", "v Karlíně": what is seldom a name, after a word for inside."""
        return (
            at > 0
            and self.words[at].gap == " "
            and (self.keys[at - 1] in self.known["inside"] or self._czech_from(at))
            and (
                self.keys[at] in self.known.rare
                or (self.keys[at] in self.known.doubtful and self.keys[at] not in self.known.first_names)
            )
        )

    def _czech_from(self, at: int) -> bool:
        """ "z Charkova": where from, and nobody's."""
        return self.lang == "cs" and self.keys[at - 1] in ("z", "ze", "do")

    def _at_the(self, run: Run) -> bool:
        """Portuguese towns have an article: "na Maia", "o centro da Maia", and not "a mãe da Maia"."""
        if self.lang != "pt" or not run.first or self.keys[run.first - 1] not in ("na", "no", "da", "do"):
            return False
        return not self.evidence.supports(run, "weak")

    def _after_small(self, at: int) -> bool:
        """ "à Noël", "l'Ascension", "il Natale"."""
        if not at or self.words[at - 1].capital:
            return False
        word = self.keys[at - 1]
        return self.words[at].gap in ("'", "’") or word in self.known["small"] or word in self.known["loc"]

    def _after_article(self, run: Run) -> bool:
        """ "la Claire Fontaine", "the Abraham Lincoln school"."""
        at = run.first
        return (
            self.lang in ARTICLE_IS_A_THING
            and at > 0
            and self.words[at].gap == " "
            and self.keys[at - 1] in self.known["articles"]
        )

    def _linked(self, at: int) -> Iterator[int]:
        """The place itself, and those before what links it to the left ("Virgen del Carmen", "św. Brata Alberta")."""
        yield at
        place = at
        while (
            at - place < 2
            and place > 1
            and self.words[place].gap == " "
            and self.words[place - 1].capital
            and not self.text.opens(place - 1)
        ):
            place -= 1
            yield place
        place = at
        while (
            place > 1
            and at - place < 2
            and (self.keys[place - 1] in self.known["of"] or self.keys[place - 1] in self.known["particles"])
        ):
            place -= 1
        if place < at:
            yield place

    def famous(self, run: Run) -> bool:
        """A figure of the field, with the title before it or the word after it ("Don Bosco", "Carl Rogers")."""
        keys = self.keys
        pairs = {(keys[run.first], keys[run.last]), tuple(keys[run.first : run.first + 2])}
        if run.first and self.text.joined(run.first):
            pairs.add((keys[run.first - 1], keys[run.first]))
        return not pairs.isdisjoint(self.known.figures)

    def _term(self, run: Run) -> bool:
        """A method, a network or a brand that looks like a name ("Marte Meo", "Red Cross")."""
        terms = self.known["terms"]
        if run.single and self._of_a_school(run.first):
            return True
        if run.first and " ".join(self.keys[run.first - 1 : run.first + 1]) in terms:
            return True
        after = self.runs.next(run)
        if (
            after is not None
            and self.words[after].gap == " "
            and " ".join(self.keys[run.last : after + 1]) in terms
        ):
            return True
        if run.single:
            return self.keys[run.first] in terms
        return any(" ".join(self.keys[run.first : run.first + length]) in terms for length in (2, 3))

    def _of_a_school(self, at: int) -> bool:
        """ "ψυχόδραμα του Μορένο", "lo psicodramma di Moreno": by the last name of a figure of the field alone."""
        if self.known.figure_sounds:
            heard = sound(self.keys[at])
            if heard not in self.known.figure_sounds:
                return False
            if heard not in self.known.sounds:
                return True
        elif self.keys[at] not in self.known.figure_last:
            return False
        length = self.text.before(at, self.known["of"])
        return bool(self.text.before(at - length, self.known["schools"]))

    def _compound(self, run: Run) -> bool:
        """ "Balint-Gruppe", "Anna-style": a hyphen and a word that is no name."""
        for place in range(run.first + 1, run.last + 1):
            if self.words[place].gap in _HYPHENS:
                word = self.keys[place]
                if word in self.known["heads"] or word in self.known["after"] or word in self.known["things"]:
                    return True
                if self.keys[place - 1] in self.known["terms"]:
                    return True
        after = self.runs.next(run)
        if after is None or self.words[after].gap not in _HYPHENS or self.words[after].capital:
            return False
        surname = (
            not run.single
            and self.keys[after] in self.known["particles"]
            and self.words[min(after + 1, len(self.words) - 1)].capital
        )
        return not surname  # "Samira Oulad-van Dam"

    def institution_after(self, run: Run, *, titled: bool = False) -> bool:
        """ "Anna House", "Anna's House", "Anna-Freud-Schule", "Vincentiushuis".

        ``titled``: after a title a surname may end in -haus.
        """
        at = run.last + 1
        if (
            not run.single
            and self.keys[run.last] in self.known["after"]
            and self.runs.kind(run.first) != "name"
        ):
            return True  # Victoria Hall: a surname after a first name only
        if at + 1 < len(self.words) and self.keys[at] == "s" and self.words[at].gap in ("'", "’"):
            at += 1
        if (
            at < len(self.words)
            and self.keys[at] in self.known["after"]
            and self.words[at].gap in (" ", *_HYPHENS)
        ) and (
            self.words[at].capital
            or self.words[at].gap != " "
            or self.lang == "cs"
            or self._after_article(run)
        ):
            return True
        if self.lang not in ("de", "nl"):
            return False
        ends = tuple(end for end in self.known["after"] if len(end) > (5 if titled else 3))
        keys = (self.keys[place] for place in range(run.first, run.last + 1))
        return any(
            word.endswith(ends) and word not in self.known.surnames and word not in ends for word in keys
        )

    def _institution_before(self, run: Run) -> bool:
        """ "centre Jean Moulin", "Fondation de Marie", "centre d'accueil Anne", "rue Marie": it is the place's name."""
        at = run.first
        if not self.text.joined(at):
            return False
        if self.words[at].gap == ": " and not run.single and self.runs.listed(at):
            return False  # "who leads the group of peers: Koldo Ibarra, 644 …"
        quoted = self.words[at].gap.strip(" .-'’") != ""
        for place, linked in self._kinds_before(at):
            word = self.keys[place]
            proper = (
                self.words[place].capital
                and self.lang not in NOUNS_HAVE_CAPITALS
                and not self.text.opens(place)
            )
            if word in self.known["streets"] or (
                (linked or self.lang in GENITIVE_FRIENDS) and self._friends(place)
            ):
                return True
            formal = word in self.known["heads"] or self._compound_of_a_head(word)
            if not (formal or word in self.known["homes"]) or (linked and not (formal or proper)):
                continue
            if proper or quoted or not run.single or self.lang in VERB_SECOND or not self._acts(run):
                return True
            if self._begins(place):
                return True  # "La cooperativa Aurora vende": it is what does it
        return False

    def _friends(self, at: int) -> bool:
        """ "the Friends of Lucien": an association is called so."""
        if self.keys[at] not in self.known["friends"] or not self.words[at].capital or self.text.opens(at):
            return False
        return self.lang not in NOUNS_HAVE_CAPITALS or self.keys[at - 1] in self.known["things"]

    def _begins(self, at: int) -> bool:
        """Does the sentence begin with this word, or with its article?"""
        article = at > 0 and self.keys[at - 1] in self.known["articles_of_all"] and self.words[at].gap == " "
        return self.text.opens(at) or (article and self.text.opens(at - 1))

    def _compound_of_a_head(self, word: str) -> bool:
        """ "herstelmodel", "Kinderkrankenhaus"."""
        return self.lang in VERB_SECOND and word.endswith(self._long_heads)

    def _kinds_before(self, at: int) -> Iterator[tuple[int, bool]]:
        """Places that may hold the institution's kind; True when a small word links the name to it."""
        for place in self._linked(at):
            yield place - 1, place < at
        small = self.known["small"]
        if at >= 2 and self.keys[at - 1] in self.known["kinds"] and self.text.joined(at - 1):
            yield at - 2, False  # "centre hospitalier Jean Moulin"
        if (
            (
                at >= 3
                and not self.words[at - 1].capital
                and self.keys[at - 2] in small
                and not self._verb_or_who(at - 2)  # "l'équipe a invité Inès T."
                and self.keys[at - 1] not in small
            )
            and self.text.joined(at - 1)
            and self.text.joined(at - 2)
        ):
            yield at - 3, False

    def _verb_or_who(self, at: int) -> bool:
        return self.keys[at] in self.known["auxiliaries"] or self.keys[at] in self.known["relatives"]

    def _acts(self, run: Run) -> bool:
        """Does a verb seem to follow ("en el centro Marta cocina"), not a small word or the end of a clause?"""
        after = self.runs.next(run)
        if after is None or self.words[after].gap not in (" ", "\u00a0"):
            return False
        return not self.words[after].capital and self.keys[after] not in self.known["small"]

    def _thing(self, run: Run) -> bool:
        """ "a dog called Max", "our dog Max,", "the dog, Max", "a cat that is called Max", also in a list."""
        if is_owner(self.text, run):
            return False
        if self.things.named(run):
            return True
        after = self.runs.next(run)
        if (
            after is not None
            and self.lang in VERB_SECOND
            and run.first > 1
            and self.keys[after] in self.known["called"]
            and self.keys[run.first - 1] in ("die", "dat", "der", "das")
        ):
            return self.keys[run.first - 2] in self.known["things"]
        if self.text.before(run.first, self.known["called"]):
            return False
        if not self.text.before(run.first, self.known["things"]):
            return False
        return not self._acts(run) or self._begins(run.first - 1)

    def located(self, run: Run) -> bool:
        """Is the word in the place of a town: "in X", "in A, X and B", or beside a capital nobody knows?"""
        at = run.first
        for _step in range(6):
            if self.text.before(at, self.known["loc"]):
                return True
            gap = self.words[at].gap
            if at > 1 and gap == " " and self.keys[at - 1] in self.known["and_all"]:
                at -= 2
            elif at and gap == ", ":
                at -= 1
            else:
                break
            if not self.words[at].capital:
                break
            if self.runs.kind(at) == "unknown" and not self.text.opens(at):
                return True
        after = self.runs.next(run)
        if after is not None and self.words[after].gap == " " and self.keys[after] in self.known["and_all"]:
            after = after + 1 if after + 1 < len(self.words) else None
        elif after is not None and self.words[after].gap != ", ":
            after = None
        return after is not None and self.words[after].capital and self.runs.kind(after) == "unknown"
