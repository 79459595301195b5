"""Texts whose letters were lost on the way: put right where only one reading is possible. Pure: no Django.

Lists of beneficiaries passed through the wrong code page more than once: accented letters became a pair of
replacement characters (U+FFFD), or a stray mark that still tells which letter it was. `repair` gives the text
as it was, or raises `Damaged` with the first place that can be read in several ways: then nobody should
guess.
"""

from __future__ import annotations

import re

import simplemma

LOST = "\ufffd"
# Marks that stand, without exception in these files, for one letter or sign each.
_MARKS = {
    "\u0329": "é", "\u032c": "è", "\u0326": "ö", "\u0322": "â", "\u033b": "ê", "\u033c": "ú",
    f"{LOST}\u06ea": "’", f"{LOST}\u06dd": "”", f"{LOST}\u06e2": "• ",
}  # fmt: skip
_CANDIDATES = ("ë", "ï", "é", "è", "ö", "ü", "ê", "á", "ó", "à", "ñ", "ç", "ä")
_EURO = re.compile(rf"(?<![\d{LOST}])(?<!\d ){LOST}{{3}}(?=\s*\d)")
_OPENING = re.compile(rf"(?:(?<=[\s(\[])|^){LOST}{{3}}(?=\w)")
# A space that does not break is a pair too; between lines, numbers and signs it is nothing else.
_SPACE = re.compile(
    rf"(?<![^\W\d_])(?:{LOST}{{2}})+(?!{LOST})|(?<!{LOST})(?:{LOST}{{2}})+(?![^\W\d_]|{LOST})"
)
_INSIDE = re.compile(rf"([^\W\d_]+){LOST}{{2,4}}([^\W\d_]+)")
# Words that no longer word begins or ends with across a lost letter: a space was lost beside them.
_BEFORE = "als bij dat te de die een en het in is kan met om ook op van voor waarbij wordt zijn"
_AFTER = "als beter dat het is met op van voor wordt zijn zullen"
_ALONE_BEFORE, _ALONE_AFTER = frozenset(_BEFORE.split()), frozenset(_AFTER.split())
_GAP = re.compile(rf"([^\W\d_]*){LOST}{{2}}([^\W\d_]*)")


class Damaged(ValueError):
    """A text that cannot be put right; ``place`` shows the spot."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def repair(text: str, language: str) -> str:
    """The text as it was written. Raises `Damaged`."""
    if LOST not in text and not any(mark in text for mark in _MARKS):
        return text
    for mark in sorted(_MARKS, key=len, reverse=True):
        text = text.replace(mark, _MARKS[mark]) if language == "nl" else text
    text = _EURO.sub("€", text)
    text = _OPENING.sub("‘", text)
    # Words first: what is known in one reading only is that; then what can only be a space.
    text = _INSIDE.sub(lambda match: _word(match, language), text)
    text = _GAP.sub(lambda match: _edge(match, language), text)
    text = _SPACE.sub(" ", text)
    if LOST in text:
        at = text.index(LOST)
        raise Damaged(text[max(0, at - 20) : at + 20].replace("\n", " "))
    return text


def _word(match: re.Match[str], language: str) -> str:
    """Two halves of a word with a letter lost between them, or two words with a space lost."""
    before, after = match[1], match[2]
    readings = {
        before + letter + after for letter in _CANDIDATES if _known(before + letter + after, language)
    }
    if len(readings) == 1:
        return readings.pop()
    if not readings:
        alone = language == "nl" and (before.lower() in _ALONE_BEFORE or after.lower() in _ALONE_AFTER)
        if alone or (
            min(len(before), len(after)) > 2 and _known(before, language) and _known(after, language)
        ):
            return f"{before} {after}"
        if (guess := _dutch(before, after)) and language == "nl":
            return guess
    raise Damaged(match[0])


def _edge(match: re.Match[str], language: str) -> str:
    """A pair at an end of a word: a letter if that makes a word, else a space beside one."""
    before, after = match[1], match[2]
    if before and after:
        return match[0]
    word = before or after
    if not word:
        return " "
    readings = [letter for letter in _CANDIDATES if _known(before + letter + after, language)]
    if _known(word, language) and not readings:
        return f"{before} {after}"
    if len(readings) == 1 and not _known(word, language):
        return before + readings[0] + after
    if not readings and (word[0].isupper() or len(word) == 1):
        return f"{before} {after}"
    raise Damaged(match[0])


def _dutch(before: str, after: str) -> str:
    """Where Dutch spelling leaves one choice: a trema parts vowels. ``ge|nstalleerd`` → ï, ``commerci|le`` →
    ë.
    """
    if before[-2:] in ("ee", "ie") and after == "n":
        return f"{before}ën"
    if len(before) > 2 and before[-1:] == "i" and after[0] in "nlrsetm":
        return f"{before}ë{after}"
    if before[-1:] == "e" and after[:2] in (
        "mp",
        "nt",
        "nv",
        "ns",
        "nf",
        "nd",
        "nb",
        "ng",
        "so",
        "nj",
        "nc",
        "ni",
    ):
        return f"{before}ï{after}"
    if before.lower().endswith(("ge", "be", "cre")) and after[:1] in "rxv":
        return f"{before}ë{after}"
    return ""


def _known(word: str, language: str) -> bool:
    return bool(simplemma.is_known(word, lang=language) or simplemma.is_known(word.lower(), lang=language))
