"""Initials that stand for somebody: "J.K.", "L.v.D.", and "J.M.R." beside what only a person has."""

import re
from collections.abc import Iterator, Sequence

from goodpractices.anonymity.evidence import Evidence
from goodpractices.anonymity.runs import Run
from goodpractices.anonymity.text import Text

#: Languages that write every authority with two letters and full stops: there initials need a person beside them.
ABBREVIATES = ("el",)
_PARTICLE = r"(?:v|d|vd|v\. ?d|van|von|de|del|dos|zu|el|ten|ter)"
_INITIALS = re.compile(
    rf"(?<![\w.])[^\W\d_]\. ?-?(?:(?P<particle>{_PARTICLE}(?:\. ?{_PARTICLE})?)\.? ?)?[^\W\d_]\."
    r"(?: ?-?[^\W\d_]\.)?(?!\w)"
)
#: "J. M. R.", "M.-C. V."
_APART = re.compile(r"[^\W\d_]\.(?: -?|-)[^\W\d_]\. [^\W\d_]\.")
_CAPITALS = re.compile(r"[^\W\d_]")


def find_initials(
    text: Text, closed: Sequence[bool], spans: Sequence[tuple[int, int]], evidence: Evidence
) -> Iterator[tuple[int, int]]:
    """Start and end of each; ``spans``: the names that were found, ``closed``: words that may be no name."""
    inside = {place for start, end in spans for place in range(start, end)}
    sure: set[str] = set()  # who was told of once is meant again
    places = {word.start: at for at, word in enumerate(text.words)}
    for match in _INITIALS.finditer(text.text):
        at = places.get(match.start())
        if at is None or closed[at] or match.start() in inside:
            continue
        last = text.word_at(match.end()) - 1
        small = match.group("particle")
        letters = [
            text.words[place].text
            for place in range(at, last + 1)
            if not (small and text.words[place].text in small)
        ]
        if not all(letter.isupper() for letter in letters) or _goes_on(text, last + 1):
            continue
        run = Run(at, last, match.end())
        found = "".join(letters)
        if small or found in sure or _stands_for_a_person(text, run, letters, evidence):
            sure.add(found)
            yield match.span()


def _stands_for_a_person(text: Text, run: Run, letters: Sequence[str], evidence: Evidence) -> bool:
    if "".join(letters).lower() in text.known["two_letters"]:
        # "TV" is written in one, somebody's letters may stand apart: "T. V. lives".
        return text.words[run.last].gap == ". " and evidence.of_initials(run)
    if len(letters) == 2 and (text.known.lang not in ABBREVIATES or text.opens(run.first)):
        return True
    if len(letters) == 2 and text.known.lang == "el" and _after_article_of_somebody(text, run):
        return True
    if (
        len(letters) > 2
        and text.known.lang not in ABBREVIATES
        and _APART.fullmatch(text.text, *_span(text, run))
    ):
        return True  # an office is written without blanks
    if len(letters) > 2 and text.known.lang in ABBREVIATES and _after_article_of_somebody(text, run):
        return bool(_APART.fullmatch(text.text, *_span(text, run)))
    return evidence.of_initials(run)


def _span(text: Text, run: Run) -> tuple[int, int]:
    return text.words[run.first].start, run.end


def _after_article_of_somebody(text: Text, run: Run) -> bool:
    """Greek: "τον Γ.Δ. τον ξέρω", with the article of a man or a woman before it and small letters after it."""
    rest = text.text[run.end : run.end + 2]
    return (
        run.first > 0
        and text.words[run.first].gap == " "
        and text.keys[run.first - 1] in ("ο", "τον", "στον", "του", "η", "την", "στην", "τησ")
        and (rest[:1] in (",", ";", ":", ")") or rest[1:].islower())
    )


def _goes_on(text: Text, after: int) -> bool:
    """Is there a capital after initials, so that they begin a name that was read already or an institution's?"""
    if after >= len(text.words) or not text.words[after].capital or text.words[after].gap not in (".", ". "):
        return False
    return not text.opens(after) or text.known.lang in ABBREVIATES
