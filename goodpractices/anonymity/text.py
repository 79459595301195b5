"""A text cut into words that know where they stand."""

import re
from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

from goodpractices.anonymity.words import Phrases, Words, exact, key

_WORD = re.compile(r"[^\W\d_]+")
_ENDS_SENTENCE = re.compile(r"[.!?…:\n\r\u2028\u2029]|[-•*]\s*$")
_JOINS = re.compile(r"[ \u00a0]?[.:]?[ \u00a0\u202f]?[\"'’‘«»“”„‹›(\[]*[ \u00a0\u202f]?|-|‑|['’]")
#: What may stand between the words of a phrase.
_STEPS = (" ", "-", "'", "’")
_OPENS = "\"'«“„‘‹"
#: A line of at least so many long words, of which most have capitals, is a heading: capitals say nothing there.
_HEADING_WORDS, _HEADING_SHARE = 4, 0.8


class Word(NamedTuple):
    """One run of letters. ``gap``: what stands between the word before and this one; ``capital``: begins with one."""

    text: str
    start: int
    end: int
    gap: str
    key: str
    capital: bool

    @property
    def odd(self) -> bool:
        """Small letters and capitals mixed ("PowerPoint"), but not like "McNally"."""
        return (
            not self.text[1:].islower()
            and not self.shouted
            and not self.text.startswith(("Mc", "Mac", "De", "Di", "Van", "Fitz"))
        )

    @property
    def shouted(self) -> bool:
        """All capitals, more than one."""
        return len(self.text) > 1 and self.text.isupper()


class Text:
    """A text, its words and what a word's place says. Positions are indexes into ``words``."""

    def __init__(self, text: str, known: Words) -> None:
        self.text = text
        self.known = known
        self.words: list[Word] = []
        end = 0
        for match in _WORD.finditer(text):
            word, (start, after) = match.group(), match.span()
            capital = word[0].isupper() or word[0].istitle()
            self.words.append(Word(word, start, after, text[end:start], key(word), capital))
            end = after
        self.keys = [word.key for word in self.words]

    @cached_property
    def exacts(self) -> list[str]:
        """The words in small letters with their accents."""
        return [exact(word.text) for word in self.words]

    @cached_property
    def headings(self) -> list[bool]:
        """Of each word: does it stand in a line where nearly every word has a capital?"""
        flags: list[bool] = []
        line: list[Word] = []
        for word in (*self.words, None):
            if word is None or "\n" in word.gap or "\r" in word.gap:
                flags += [self._is_heading(line)] * len(line)
                line = []
            if word is not None:
                line.append(word)
        return flags

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    def word_at(self, place: int) -> int:
        """The first word that begins at a place of the text or after it."""
        return bisect_left(self._starts, place)

    def _is_heading(self, line: list[Word]) -> bool:
        long = [word for word in line if len(word.text) > 3]
        if len(long) < _HEADING_WORDS or self.text[line[-1].end : line[-1].end + 1] == ".":
            return False
        return sum(word.capital for word in long) >= _HEADING_SHARE * len(long)

    def opens(self, at: int) -> bool:
        """Does a sentence, or words that are quoted, begin with this word?"""
        if at == 0:
            return True
        gap = self.words[at].gap
        if gap == " ":  # nearly always
            return False
        if gap.rstrip()[-1:] in _OPENS and gap.strip() and not gap.startswith(("'", "’")):
            return True
        if self.known.lang == "el" and (";" in gap or "·" in gap):
            return True
        if not _ENDS_SENTENCE.search(gap):
            return False
        return not (
            gap.startswith(".")
            and "\n" not in gap
            and not re.search(r"[!?…:]", gap)
            and self.is_short(at - 1)
        )

    def is_short(self, at: int) -> bool:
        """Is this word written with a full stop that ends no sentence (an initial, a title)?"""
        word = self.words[at]
        saint = len(word.text) <= 3 and word.key in self.known["saints"]
        return (
            len(word.text) == 1
            or saint
            or word.key in self.known["short"]
            or word.key in self.known["dotted"]
        )

    def is_abbreviation(self, at: int) -> bool:
        """ "Max. 12"."""
        word = self.words[at]
        return word.key in self.known["short"] and self.text[word.end : word.end + 1] == "."

    def joined(self, at: int) -> bool:
        """Is there nothing but a blank, a quotation mark or an abbreviation's stop before this word?"""
        if at == 0 or not _JOINS.fullmatch(self.words[at].gap):
            return False
        return not self.words[at].gap.startswith(".") or self.is_short(at - 1)

    def before(self, at: int, phrases: Phrases) -> int:
        """The length of the phrase that stands directly before a word; 0 when none does."""
        if not at or self.keys[at - 1] not in phrases.lasts or not self.joined(at):
            return 0
        length = phrases.ends(self.keys, at)
        return length if all(self.joined(place) for place in range(at - length + 1, at)) else 0

    def begins(self, at: int, phrases: Phrases) -> int:
        """The length of the phrase that begins with a word; 0 when none does."""
        for length in range(min(phrases.longest, len(self.keys) - at), 0, -1):
            if " ".join(self.keys[at : at + length]) in phrases and all(
                self.words[place].gap in _STEPS for place in range(at + 1, at + length)
            ):
                return length
        return 0

    def sentence_start(self, at: int, reach: int = 20) -> int:
        """The first word of the sentence that holds this one, looking back ``reach`` words at most."""
        for place in range(at, max(at - reach, 0), -1):
            if re.search(r"[.!?…\n]", self.words[place].gap) and self.opens(place):
                return place
        return max(at - reach, 0)


class Reader:
    """What whoever reads a text has at hand."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.words = text.words
        self.keys = text.keys
        self.known = text.known
        self.lang = text.known.lang
