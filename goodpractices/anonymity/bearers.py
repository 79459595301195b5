"""What a house has given people's names to: "the goats are Rosa and Emil", "Fritz and Hedwig, two old donkeys"."""

import re
from dataclasses import dataclass
from functools import cache

from goodpractices.anonymity.calls import COMPOUNDS
from goodpractices.anonymity.owners import is_owner
from goodpractices.anonymity.runs import Run, RunReader, Runs
from goodpractices.anonymity.text import Text
from goodpractices.anonymity.words import Words

#: How many members of a list, words of a name, words before a verb and words before a noun are looked over.
LONGEST_LIST, LONGEST_NAME, LONGEST_CLAUSE, LONGEST_NOUN = 6, 3, 10, 5
#: Letters of a noun that may be the last part of a longer one ("Therapiehündin").
SHORTEST_LAST = 4
#: Languages whose last noun of several is what the others belong to ("a dog walker").
LAST_IS_HEAD = ("en", "nl", "de")
#: Languages that say "Dolly the alpaca".
NAME_FIRST = ("en", "fr")
#: Languages without articles.
WITHOUT_ARTICLES = ("cs", "pl")
#: Before those to whom a name is given, and prepositions without their vowel.
_TO = ("a", "ai", "agli", "alle", "aos", "as", "aux")
_ELIDED = ("d", "all", "dell", "nell", "sull", "dall")
#: "a peacock *that*".
_WHICH = ("die", "dat", "der", "das", "den", "deren", "dessen")
_CLAUSE = re.compile(r"[.!?;:,\n()–—]")
_INSIDE_NOUN = re.compile(r"[ \d]*|-|['’]")
_CLOSED = re.compile(r"[\"»”“’']?(?:[,.;:!?)\n]| [–—-]|$)")
_APART = (",", ":", "–", "—", "-", "(", ";")


@dataclass(frozen=True, slots=True)
class _List:
    """Names in one row, from the first word to the last, with the first one's article; ``several`` of them?"""

    start: int
    last: int
    several: bool


@cache
def _around_nouns(known: Words) -> tuple[frozenset[str], ...]:
    """Articles; these and numbers; who is no thing; and what a noun with its adjectives does not begin with."""
    articles = known.of_lists("articles_of_all", "naming", "a") - known["joins"]
    before = articles | known["numbers"]
    somebody = known.of_lists("persons", "kin", "he", "relatives") - before - known["of"]
    no_noun = known.of_lists("of", "loc", "small", "verbs", "joins").union(_ELIDED) - before
    return articles, before, somebody, no_noun


class Bearers(RunReader):
    """Looks round a run for the animal, the boat, the machine or the room that is called so."""

    def __init__(self, text: Text, runs: Runs) -> None:
        super().__init__(text, runs)
        self._lasts = text.known.long_words(SHORTEST_LAST, "bearers", "rooms")
        self._whose = text.known["whose"]
        self._people = text.known.of_lists("persons", "kin")
        self._titles = text.known.of_lists("titles", "honours", "particles") - text.known.of_lists(
            "naming", "joins", "of"
        )
        self._articles, self._before_nouns, self._somebody, self._no_noun = _around_nouns(text.known)

    def has(self, run: Run) -> bool:
        """Is the run the name of such a thing, by itself or in a list?"""
        if is_owner(self.text, run):
            return False
        if self._goes_on(run.last) and self._joined_to_another(run.first):
            return False  # "The dog is called Max and Anna laughs"
        row = self._row(run)
        after = row.last + 1
        if after < len(self.words) and self.keys[after] == "s" and self.words[after].gap in ("'", "’"):
            return False  # "the goats are Sandra's idea"
        if self._said_of_it(row) or self._it_is_apposed_to(row) or self._it_follows(row):
            return True
        alone = _List(run.first, run.last, several=False)  # the German noun before it has a capital too
        return self._verb_last(row) or self._kept(row) or self._kept(alone)

    def _kept(self, row: _List) -> bool:
        """ "They keep a tortoise at the centre, Gertie, who …", "mají ovci Lucii"."""
        gap = self.words[row.start].gap if row.start else ""
        right_before = gap == " " and self.lang in WITHOUT_ARTICLES
        if not right_before and (gap != ", " or not _CLOSED.match(self.text.text, self.words[row.last].end)):
            return False
        for noun in range(row.start - 1, max(row.start - 2 - LONGEST_NOUN * (not right_before), -1), -1):
            if self.keys[noun] in self.known["bearers"]:
                first, _counted = self._noun_start(noun)
                return any(self.known["kept"].ends(self.keys, at) for at in (first, first + 1) if at <= noun)
            apart = self._joins(noun) or self.words[noun].gap not in (" ", "'", "’")
            if apart or self.keys[noun] in self._people:
                return False
        return False

    def is_one(self, at: int) -> bool:
        """Is the word such a thing, or the last of those that are ("guinea pigs", "Lastkahn")?"""
        word = self.keys[at]
        if any(self.known[name].ends(self.keys, at + 1) for name in ("bearers", "rooms")):
            return True
        return self.lang in COMPOUNDS and word.endswith(self._lasts)

    def _joins(self, at: int) -> bool:
        """And, or: "e" is, with an accent it is a verb."""
        return self.text.exacts[at] in self.known["joins"]

    def _row(self, run: Run) -> _List:
        first, last, members = self._before_title(run.first), run.last, 1
        while members < LONGEST_LIST:
            first = self._name_start(first)
            end = self._member_before(first)
            if end is None:
                break
            first, members = end, members + 1
        first = self._name_start(first)
        while members < LONGEST_LIST and (further := self._member_after(last)) is not None:
            last, members = further, members + 1
        return _List(first - self._article(first), last, members > 1)

    def _before_title(self, at: int) -> int:
        """The title before a name, or the name's first word."""
        while at and self.words[at].gap in (" ", ". "):
            particle = (
                self.keys[at - 1] in self.known["particles"] and self.keys[max(at - 2, 0)] in self._titles
            )
            if self.keys[at - 1] not in self._titles and not particle:
                break
            at -= 1
        return at

    def _article(self, at: int) -> int:
        """1 when an article stands before a name."""
        return int(at > 0 and self.words[at].gap == " " and self.keys[at - 1] in self.known["naming"])

    def _name_start(self, at: int) -> int:
        """The first capital of a name of several words ("Lady Margaret")."""
        for _step in range(LONGEST_NAME - 1):
            if not at or self.words[at].gap != " " or not self.words[at - 1].capital or self._noun(at - 1):
                break
            if self.text.opens(at - 1) and not self.runs.listed(at - 1):
                break
            at -= 1
        return at

    def _noun(self, at: int) -> bool:
        return self.is_one(at) or self.keys[at] in self.known["naming"] or self.lang == "de"

    def _member_before(self, at: int) -> int | None:
        """The last word of the name before this one in the list."""
        at -= self._article(at)
        if at > 1 and self.words[at].gap == " " and self._joins(at - 1):
            end = at - 2
        elif at and self.words[at].gap == ", ":
            end = at - 1
        else:
            return None
        return end if self.words[end].capital and not self.is_one(end) else None

    def _member_after(self, at: int) -> int | None:
        """The last word of the name after this one in the list."""
        at += 1
        if at + 1 < len(self.words) and self.words[at].gap == " " and self._joins(at):
            at += 1
        elif at >= len(self.words) or self.words[at].gap != ", ":
            return None
        if at + 1 < len(self.words) and self.keys[at] in self.known["naming"]:
            at += 1
        while (
            at + 1 < len(self.words)
            and self.keys[at] in self._titles
            and self.words[at + 1].gap in (" ", ". ")
        ):
            at += 1
        if not self.words[at].capital or self.is_one(at) or self.words[at].gap not in (" ", ", ", ". "):
            return None
        last = self.runs.at(at).last
        return None if self._goes_on(last) else last

    def _joined_to_another(self, at: int) -> bool:
        return self._member_before(self._name_start(at)) is not None

    def _goes_on(self, at: int) -> bool:
        """Does what may be a verb stand behind a name?"""
        after = at + 1
        if after >= len(self.words) or self.words[after].gap != " " or self.words[after].capital:
            return False
        known = (self.known[name] for name in ("small", "loc", "of", "named_last"))
        if self.keys[after] in _TO or self._joins(after):
            return False
        return not any(self.keys[after] in words for words in known)

    def _said_of_it(self, row: _List) -> bool:
        """ "The goats are Rosa and Emil", "the barge with the red sail bears the name Rosa"."""
        exacts, known = self.text.exacts, self.known["are_named"]
        for start in (row.start, row.start + 1):
            length = known.ends(exacts, start) if start <= row.last else 0
            if length and self.text.joined(start):
                after = row.last + 1
                if after < len(self.words) and self.words[after].gap == " " and self.keys[after] in _TO:
                    return self._is_noun_of(after + 1)  # "han llamado Rosa y Emilio a los corderos"
                there = length == 1 and self.words[start - 1].gap in ("'", "’")  # "c'è Silvia"
                return not there and self._is_subject(start - length)
        return False

    def _is_subject(self, verb: int) -> bool:
        """Is such a thing the subject before a verb?"""
        if not verb:
            return False
        at, taken_up = (
            verb,
            self.words[verb].gap == ", ",
        )  # "la camionnette, c'est Josette", "the van, nicknamed Bob"
        while at and verb - at < LONGEST_CLAUSE:
            apart = _CLAUSE.search(self.words[at].gap) and not (at == verb and taken_up)
            if apart or self.text.opens(at) or self._new_clause(at):
                break
            at -= 1
        which = any(self.keys[place] in self.known["relatives"] for place in range(at, min(at + 2, verb)))
        if which and at and self.words[at].gap == ", " and self.is_one(at - 1):
            return self._begins_clause(at - 1)  # "El autobús, al que llaman Manolo,"
        noun = self._noun_from(at, verb)
        people = self._people
        return noun is not None and not any(self.keys[place] in people for place in range(noun, verb))

    def _new_clause(self, at: int) -> bool:
        """ "… and the boat": another subject begins."""
        return self._joins(at - 1) and not self.words[at].capital

    def _noun_from(self, at: int, end: int, *, possessed: bool = True) -> int | None:
        """Where such a noun stands that begins at a place: its article, a number and adjectives at most before it."""
        described = False
        for place in range(at, min(at + LONGEST_NOUN, end, len(self.words))):
            if place > at and not _INSIDE_NOUN.fullmatch(self.words[place].gap):
                return None
            key = self.keys[place]
            if not possessed and key in self._whose:
                return None
            if self.is_one(place) and not self._more_follows(place):
                return place
            if key in self._before_nouns or key in self.known["determiners"] or key in self._whose:
                if described and key in self._articles:
                    return None  # "are come to see the hives"
                continue
            if key in self._no_noun or key in self._somebody:
                return None
            described = True
            if self.words[place].capital and place > at and self.runs.listed(place) and self.lang != "de":
                return None
        return None

    def _more_follows(self, at: int) -> bool:
        """Is it only the first part of what is meant ("a dog walker", "the guinea pigs")?"""
        after = at + 1
        if (
            self.lang not in LAST_IS_HEAD
            or after >= len(self.words)
            or self.words[after].gap not in (" ", "-")
        ):
            return False
        if self.lang != "en":
            return self.words[after].gap == "-"
        if self.is_one(after):
            return True
        word = self.keys[after]
        return not self.words[after].capital and not any(
            word in self.known[name]
            for name in ("small", "loc", "of", "relatives", "joins", "verbs", "are_named", "auxiliaries")
        )

    def _verb_last(self, row: _List) -> bool:
        """ "een pauw die Karel heet", "der Bus, von den Kindern Berta getauft"."""
        after, before = row.last + 1, row.start - 1
        if (
            self.lang not in COMPOUNDS
            or before < 1
            or after >= len(self.words)
            or self.words[after].gap != " "
        ):
            return False
        if self.keys[after] in self.known["called"] and self.keys[before] in _WHICH:
            return self.is_one(before - 1)
        if self.keys[after] not in self.known["named_last"]:
            return False
        start = self.text.sentence_start(before)
        return self._noun_from(start, row.start) is not None

    def _it_is_apposed_to(self, row: _List) -> bool:
        """ "Our hens in the yard, Ada and Bice, lay little", "the old collie Tom"."""
        if not row.start:
            return False
        gap = self.words[row.start].gap.strip()
        if gap == "" and self.words[row.start].gap:
            return self._stands_before(row)
        if gap not in _APART or not _CLOSED.match(self.text.text, self.words[row.last].end):
            return False
        for noun in range(row.start - 1, max(row.start - 1 - LONGEST_NOUN, -1), -1):
            if self.is_one(noun) and self._may_have_names(noun, several=row.several, gap=gap):
                return True
            if noun and _CLAUSE.search(self.words[noun].gap):
                return False
            if self.keys[noun] in self._somebody or (self.words[noun].capital and self.lang != "de"):
                return False
        return False

    def _stands_before(self, row: _List) -> bool:
        """ "The old collie Tom", "named the lambs Toby and Grace", "… is called Rosa and the stove Ida"."""
        noun = row.start - 1
        if not self.is_one(noun):
            return False
        if self.keys[noun] not in self.known["bearers"]:  # "Kwabena's room" is "pokoj Kwabeny"
            return self._begins_clause(noun) and self._named_before(noun)
        first, _counted = self._noun_start(noun)
        before = self.keys[first - 1] if first else ""
        if row.several and first < noun and (before not in self._no_noun or self._joins(first - 1)):
            return not self._goes_on(row.last)
        return self._begins_clause(noun) or self.known["are_named"].ends(self.text.exacts, first) > 0

    def _named_before(self, at: int) -> bool:
        """Was another such thing given its name in this sentence?"""
        ends = range(self.text.sentence_start(at), at)
        return any(self.known["are_named"].ends(self.text.exacts, end) > 1 for end in ends)

    def _begins_clause(self, noun: int) -> bool:
        first, _counted = self._noun_start(noun)
        if not first or self.text.opens(first) or _CLAUSE.search(self.words[first].gap):
            return True
        return self._joins(first - 1)

    def _noun_start(self, noun: int) -> tuple[int, bool]:
        """Where a noun's articles, numbers and adjectives begin; True when they count or own it."""
        first, counted = noun, False
        while first and self.words[first].gap in (" ", "'", "’") and noun - first < LONGEST_NOUN:
            key = self.keys[first - 1]
            plain = (
                key not in self._no_noun and key not in self._somebody and not self.words[first - 1].capital
            )
            if not (key in self._before_nouns or key in self._whose or plain or self.text.opens(first - 1)):
                break
            if self.text.opens(first - 1) and key in self._no_noun:
                break
            first -= 1
            counted = counted or key in self.known["numbers"] or key in self._whose
            if key in self._articles:
                break
        return first, counted

    def _may_have_names(self, noun: int, *, several: bool, gap: str) -> bool:
        if gap in (":", "(") or self._begins_clause(noun):
            return True
        return several and self._noun_start(noun)[1]

    def _it_follows(self, row: _List) -> bool:
        """ "Fritz and Hedwig, two donkeys,", "Winston is our tortoise", "A, B and C: so the three hens are called"."""
        at = row.last + 1
        if at + 1 >= len(self.words):
            return False
        gap = self.words[at].gap.strip()
        length = self._phrase(at)
        if length and (self.words[at].gap == " " or (gap in _APART and length > 1)):
            return self._is_noun_of(at + length)
        if self.words[at].gap == " " and self.lang in NAME_FIRST:
            return self._name_first(row, at)
        if gap not in _APART or gap in (":", ";"):
            return False
        if (
            self.lang not in WITHOUT_ARTICLES
            and self.keys[at] not in self._before_nouns
            and not self._ours(at)
        ):
            return False
        return self._is_noun_of(at)

    def _name_first(self, row: _List, at: int) -> bool:
        """ "Dolly the alpaca", and not "gave Dolly the alpaca"."""
        if row.several or self.keys[at] not in self.known["naming"]:
            return False
        before = row.start - 1
        if not (self.text.opens(row.start) or before < 0 or self.keys[before] in self._no_noun):
            return False
        noun = self._noun_from(at, len(self.words))
        return noun is not None and self.keys[noun] in self.known["bearers"]

    def _ours(self, at: int) -> bool:
        return self.keys[at] in self.known["our"] or self.keys[at] in self.known["determiners"]

    def _is_noun_of(self, at: int) -> bool:
        noun = self._noun_from(at, len(self.words), possessed=False)
        if noun is None:
            return False
        after = noun + 1
        return not (after < len(self.words) and self.words[after].gap == " " and self._joins(after))

    def _phrase(self, at: int) -> int:
        """The length of "that is what" and the like that begins with a word."""
        known, exacts = self.known["so_named"], self.text.exacts
        for length in range(min(known.longest, len(exacts) - at), 0, -1):
            if " ".join(exacts[at : at + length]) in known:
                return length
        return 0
