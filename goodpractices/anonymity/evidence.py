"""What makes a name of a word: something beside it that only a person has."""

from collections.abc import Callable

from goodpractices.anonymity.ages import GERMAN_NOUN, Ages
from goodpractices.anonymity.calls import Calls
from goodpractices.anonymity.hails import Hails
from goodpractices.anonymity.roles import Roles
from goodpractices.anonymity.runs import Run, RunReader, Runs
from goodpractices.anonymity.signs import Signs
from goodpractices.anonymity.text import Text
from goodpractices.anonymity.told import Told
from goodpractices.anonymity.words import NOUNS_HAVE_CAPITALS

#: Languages in which "client Xhevdet" has no case ending, so that an unknown word can be told from a genitive.
WITHOUT_CASES = ("en", "fr", "nl", "es", "it", "pt")
#: Languages in which the verb may come before its subject inside a sentence ("dann weinte Xhevdet") …
BEFORE_ITS_SUBJECT = ("nl", "de", "es", "it", "pt", "cs", "pl")
#: … and those in which the first word of a sentence is its subject no more often than not.
SUBJECT_MAY_FOLLOW = ("nl", "de")
#: Small words of German after which a noun stands.
BEFORE_NOUNS = (
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "zum", "zur",
    "im", "am", "von", "mit",
)  # fmt: skip
#: Before somebody's kin without an article, when nobody's in particular are meant ("a meeting of parents of …").
BARE_OF = {"en": ("of",), "fr": ("de", "d"), "nl": ("van",), "es": ("de",), "it": ("di",), "pt": ("de",)}
#: Articles of German nouns that no name has but in some dialects.
ARTICLES_OF_NOUNS = (
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "kein", "keine",
    "keinen", "im", "am", "zum", "zur", "vom", "beim", "ins", "ans", "dieser", "diese", "diesen", "diesem", "jeder",
    "jede", "jeden", "jedem", "mein", "meine", "meinem", "sein", "seine", "seinem", "ihr", "ihre", "ihrem", "unser",
    "unsere", "unserem",
)  # fmt: skip


#: Languages that put an article before what somebody is called besides.
ARTICLES_OF_NICKNAMES = ("es", "pt", "it")


class Evidence(RunReader):
    """Looks round a run. ``located``: is it in the place of a town (`against.Against.located`)?"""

    def __init__(self, text: Text, runs: Runs, numbers: frozenset[int] = frozenset()) -> None:
        super().__init__(text, runs)
        self._ages = Ages(text, runs)
        self.signs = Signs(text, runs)
        self.calls = Calls(text, runs)
        self.told = Told(text, runs, self.calls, numbers)
        self.roles = Roles(text, runs)
        self._hails = Hails(text, runs)
        self._openers = text.known["openers"]
        self._acting = text.known.of_lists("acts", "acts_on")

    def supports(self, run: Run, kind: str) -> bool:
        """For a first name that is a common word, or a surname: is it a person's?"""
        at = run.first
        if kind == "weak" and self._a_noun(run):
            return False
        if any(self.text.before(at, self.known[name]) for name in ("persons", "kin")):
            return True
        if self._kin_of(run) or self.calls.called(run) or self._ages.told(run):
            return True
        if self.signs.shouted(run) or self.signs.whose_kin(run) or self.signs.kin_follow(run):
            return True
        if self.signs.told(run) or self.signs.with_initial(run) or self.told.for_sure(run):
            return True
        if self._hails.hailed(run) or self._hails.in_quotes(run) or self._hails.greeted(run):
            return True
        others = range(at + 1, run.last + 1)  # Rose Dubois, Novák Petr
        if not self.text.headings[at] and any(self.runs.listed(place) for place in others):
            return True
        if kind == "weak" and self._beside_name(run):
            return True
        if self.calls.nicknamed(run) or self._acts(run, lambda _run: False) or self._relative_after(run):
            return True
        after = self.runs.next(run)
        if after is None:
            return False
        if self.words[after].gap == ", ":
            return self.keys[after] in self.known["relatives"]
        return (
            self.words[after].gap == " "
            and not self.words[after].capital
            and self.keys[after] in self.known["verbs"]
        )

    def _a_noun(self, run: Run) -> bool:
        """ "Der Meister sagt", "Im Winter schläft er": German surnames that are nouns, with their article."""
        if self.lang not in NOUNS_HAVE_CAPITALS or not run.single or self.words[run.first].gap != " ":
            return False
        if self.keys[run.first - 1] not in ARTICLES_OF_NOUNS:
            return False
        return not (self.calls.called(run) or self.calls.nicknamed(run) or self.calls.so_called(run))

    def proves(self, run: Run, located: Callable[[Run], bool]) -> bool:
        """For a word nobody knows: is there what leaves hardly another reading?"""
        first = self.words[run.first]
        if run.single and first.key in self.known["peoples"]:
            return False  # "un jeune Guinéen"
        if self.signs.shouted(run) or self.told.shouted(run) or self.told.proves(run, located):
            return True
        if self.roles.before(run):
            return True
        if first.shouted and not run.single and not self.text.headings[run.first] and self.calls.called(run):
            return True
        if first.shouted or self.text.headings[run.first]:
            return False
        if self.calls.called(run) or self.calls.nicknamed(run) or self._aged_for_sure(run, located):
            return True
        if self._hails.hailed(run) or self._hails.in_quotes(run) or self._hails.greeted(run, known=False):
            return True
        if self.signs.whose_kin(run) or (
            self.signs.with_initial(run) or (self.signs.told(run) and not located(run))
        ):
            return True
        if self._acts(run, located) or self._relative_after(run) or self._kin_before(run) or self._led(run):
            return True
        if self.lang not in NOUNS_HAVE_CAPITALS and self._belongs(run, located):
            return True
        if self.lang not in NOUNS_HAVE_CAPITALS and self._kin_of(run):
            # "Temi's brother" says whose he is wherever it stands; "Fathers of …" would not.
            return not self.text.opens(run.first) or self._genitive(run)
        if self.lang in WITHOUT_CASES:
            return self._after_person(run) or self._apposition(run)
        return self._family(run)

    def of_initials(self, run: Run) -> bool:
        """For "J.M.R.": is there a person beside it?"""
        if any(self.text.before(run.first, self.known[name]) for name in ("persons", "kin", "titles")):
            return True
        rest = self.text.text[run.end : run.end + 60]
        if (
            self._ages.of_initials(rest)
            or self._ages.born(run)
            or self._kin_of(run)
            or self._relative_after(run)
        ):
            return True
        if self.signs.quoted_or_filed(run) or self.signs.story(run.first):
            return True
        after = run.last + 1
        if after >= len(self.words) or self.words[after].gap not in (". ", "."):
            return False
        if run.first and self.keys[run.first - 1] in self.known["articles_of_names"] and self.lang != "el":
            return False
        word = self.text.exacts[after]
        return word in self._acting or self.keys[after] in self.known["verbs"]

    def aged_or_kin(self, run: Run) -> bool:
        """For a name written small."""
        return self._ages.small(run) or self._kin_of(run) or self._relative_after(run)

    def _led(self, run: Run) -> bool:
        """ "she drove Xhevdet home", "llevó a Xhevdet al juzgado": an object that hardly anything but a person is."""
        at = run.first
        if at == 0 or self.text.opens(at) or not self._short(run):
            return False
        if self.lang in NOUNS_HAVE_CAPITALS and not self.runs.listed(at):
            return False  # "brachte Tee"
        if self.text.before(at, self.known["leads"]):
            return True
        article = self.keys[at - 1] in self.known["articles_of_names"] and self.words[at].gap == " "
        return article and bool(self.text.before(at - 1, self.known["leads"]))

    def _acts(self, run: Run, located: Callable[[Run], bool]) -> bool:
        """ "Xhevdet cried", "Xhevdet had smiled"; a verb of what nobody but a person does."""
        if not run.single and run.last - run.first > 2:
            return False
        if self.keys[run.first] in self._openers:
            return False
        if self.lang in BEFORE_ITS_SUBJECT and self._acts_before(run):
            return True
        after = self.runs.next(run)
        for _step in range(3):
            if after is None or after >= len(self.words) or self.words[after].gap not in (" ", "’", "'"):
                return False
            if self.words[after].capital:
                return False
            word = self.text.exacts[after]
            if word in self._acting:
                break
            if self.keys[after] not in self.known["auxiliaries"]:
                return False
            after += 1
        else:
            return False
        opens = self.text.opens(run.first)
        if opens and self.keys[run.last + 1] in self.known["articles"]:
            return False  # "Confier la cuisine": an order, with its object
        if opens and (
            self.lang in SUBJECT_MAY_FOLLOW or (self.lang == "en" and self.keys[run.last].endswith("s"))
        ):
            return False
        if self.lang in NOUNS_HAVE_CAPITALS:
            before = self.keys[run.first - 1] if run.first else ""
            return before in self.known["small"] and before not in BEFORE_NOUNS
        return opens or not located(run)

    def _acts_before(self, run: Run) -> bool:
        """ "dann weinte Xhevdet", "lloraba Xhevdet"."""
        if run.first == 0 or self.text.opens(run.first) or self.words[run.first].gap != " ":
            return False
        verb = run.first - 1
        if (
            verb > 1
            and self.lang in ARTICLES_OF_NICKNAMES
            and self.keys[verb] in self.known["nickname_articles"]
        ):
            verb -= 1  # "me ha saludado el Chato"
        return self.text.exacts[verb] in self.known["acts"] and not self.text.opens(verb)

    def _relative_after(self, run: Run) -> bool:
        """ "Xhevdet and his wife", "Xhevdet et sa petite sœur", "o Xhevdet e a mãe dele", "Rocío y su perro"."""
        after = run.last + 1
        if after + 2 >= len(self.words) or self.words[after].gap != " ":
            return False
        if self.keys[after] not in self.known["and_all"]:
            return False
        his = self.keys[after + 1] in self.known["his"] or self.keys[after + 1] in self.known["his_own"]
        for kin in range(after + 2, min(after + 4, len(self.words))):
            if self.words[kin].gap != " ":
                return False
            his = his or self.keys[kin - 1] in self.known["whose"]
            if self.keys[kin] in self.known["kin"] or self.keys[kin] in self.known["bearers"]:
                theirs = kin + 1 < len(self.words) and self.keys[kin + 1] in self.known["theirs"]
                small = not self.words[kin].capital ^ (self.lang in NOUNS_HAVE_CAPITALS)
                return (his or theirs) and small
        return False

    def _kin_before(self, run: Run) -> bool:
        """ "seine Frau Xhevdete", "jeho žena Xhevdete", in languages with cases: no town follows one's wife."""
        if self.lang in WITHOUT_CASES or run.first < 2 or self.words[run.first].gap != " ":
            return False
        kin = run.first - 1
        his = kin - 1
        if self.lang == "el" and self.keys[kin] in ("του", "τησ", "μου"):
            kin, his = kin - 1, kin
        return (
            kin >= 0
            and self.keys[kin] in self.known["kin"]
            and self.keys[his] in self.known["his_own"]
            and self._short(run)
            and not self.keys[run.first].endswith(GERMAN_NOUN if self.lang == "de" else ())
        )

    def _belongs(self, run: Run, located: Callable[[Run], bool]) -> bool:
        """ "Xhevdet's birthday", "el cumpleaños de Xhevdet", "narozeniny Xhevdeta"."""
        if self.text.opens(run.first) and self.lang != "en":
            return False
        after = run.last + 1
        if self.lang == "en":
            genitive = (
                after + 1 < len(self.words)
                and self.words[after].gap in ("'", "’")
                and self.keys[after] == "s"
            )
            return genitive and self.keys[after + 1] in self.known["belongings"]
        if not self._short(run):
            return False
        length = self.text.before(run.first, self.known["of"])
        if self.lang in ("cs", "pl"):
            return bool(self.text.before(run.first, self.known["belongings"]))
        if (
            length
            and self.words[run.first - length - 1].capital
            and not self.text.opens(run.first - length - 1)
        ):
            return False  # "Kamer van Koophandel"
        return bool(length and self.text.before(run.first - length, self.known["belongings"]))

    def _after_person(self, run: Run) -> bool:
        """ "client Xhevdet", and not "client Housing First" or "Youth Centre"."""
        for name in ("persons", "kin"):
            length = self.text.before(run.first, self.known[name])
            if not length or self.words[run.first].gap != " ":
                continue
            noun = run.first - length
            if not self.words[noun].capital or self.text.opens(noun):
                return self._short(run)
        return False

    def _family(self, run: Run) -> bool:
        """ "Familie Öztürk", "rodzina Lewandowskich"; not "der Familie Hilfe anbieten"."""
        if (
            run.first == 0
            or self.words[run.first].gap != " "
            or self.keys[run.first - 1] not in self.known["family"]
        ):
            return False
        return not (run.first > 1 and self.keys[run.first - 2] in self.known["determiners"]) and self._short(
            run
        )

    def _short(self, run: Run) -> bool:
        """At most three words, and no capital after them."""
        after = self.runs.next(run)
        follows = after is not None and self.words[after].capital and self.words[after].gap in (" ", "-")
        return run.last - run.first < 3 and not follows

    def _apposition(self, run: Run) -> bool:
        """ "our psychologist, Xhevdet Berisha, knows": between commas after a person."""
        if (
            self.words[run.first].gap != ", "
            or run.single
            or self.text.text[run.end : run.end + 1] not in (",", ")", "")
        ):
            return False
        return any(
            self.keys[place] in self.known["persons"] for place in range(max(run.first - 2, 0), run.first)
        )

    def _genitive(self, run: Run) -> bool:
        key = self.keys[run.first]
        common = any(key in self.known[name] for name in ("openers", "persons", "kin", "crowd", "small"))
        return self.lang == "en" and not common and self.words[run.last + 1].gap in ("'", "’")

    def _kin_of(self, run: Run) -> bool:
        """ "the mother of Xhevdet", "Xhevdet's mother"."""
        length = self.text.before(run.first, self.known["of"])
        kin = self.text.before(run.first - length, self.known["kin"]) if length else 0
        if kin:
            # "a meeting of parents of Viseu": a town's, when no article makes them somebody's.
            whose = run.first - length - kin
            return not (whose and self.keys[whose - 1] in BARE_OF.get(self.lang, ()))
        after = run.last + 1
        genitive = (
            after + 1 < len(self.words) and self.words[after].gap in ("'", "’") and self.keys[after] == "s"
        )
        return genitive and self.keys[after + 1] in self.known["kin"] and not self.words[after + 1].capital

    def _aged_for_sure(self, run: Run, located: Callable[[Run], bool]) -> bool:
        born = self._ages.born(run) and self.calls.subject(run.first, reach=8) != "thing"
        return born or self._ages.sure(run, located)

    def _beside_name(self, run: Run) -> bool:
        """ "Anna and April": beside a first name that is nothing else."""
        for place, between in ((run.first - 2, run.first - 1), (run.last + 2, run.last + 1)):
            if (
                0 <= place < len(self.words)
                and self.keys[between] in self.known["and"]
                and (
                    self.words[place].capital
                    and self.runs.kind(place) == "name"
                    and self.runs.inside_sentence(run.first)
                )
            ):
                return True
        return False


class Witness(RunReader):
    """Who looks round the runs for more than this evidence."""

    def __init__(self, text: Text, runs: Runs, evidence: Evidence) -> None:
        super().__init__(text, runs)
        self.evidence = evidence
