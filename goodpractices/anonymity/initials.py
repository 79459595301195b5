"""Initials that stand for somebody: "J.K.", "L.v.D.", and "J.M.R." beside what only a person has."""

import re
from collections.abc import Iterator, Mapping, Sequence

from goodpractices.anonymity.against import Against
from goodpractices.anonymity.evidence import Evidence
from goodpractices.anonymity.runs import Run
from goodpractices.anonymity.text import Text
from goodpractices.anonymity.words import key

#: Languages that write every authority with two letters and full stops: there initials need a person beside them.
ABBREVIATES = ("el",)
_PARTICLE = r"(?:v|d|vd|v\. ?d|van|von|de|del|dos|zu|el|ten|ter)"
_INITIALS = re.compile(
    rf"(?<![\w.])[^\W\d_]\. ?-?(?:(?P<particle>{_PARTICLE}(?:\. ?{_PARTICLE})?)\.? ?)?[^\W\d_]\."
    r"(?: ?-?[^\W\d_]\.)?(?!\w)"
)
#: "J. M. R.", "M.-C. V."
_APART = re.compile(r"[^\W\d_]\.(?: -?|-)[^\W\d_]\.[ -][^\W\d_]\.")
#: "o.t.", as people sign who write all small.
_SMALL = re.compile(r"(?<![\w.@/-])([^\W\d_])\.([^\W\d_])\.(?![\w.@/])")
#: Two small letters with full stops that stand for words.
_SMALL_WORDS = (
    "eg", "ie", "zb", "dh", "ua", "oa", "od", "uä", "oä", "so", "su", "id", "ev", "zt", "pm", "am", "mi", "tj",
    "nl", "va", "sv", "pa", "bv", "iv", "pe", "po", "nb", "cq", "rk", "cd", "πχ", "δσ", "μμ", "πμ", "κα", "μχ",
    "νπ", "οε", "np", "pn", "ad", "mn", "zo", "ir", "em", "ca", "ao", "bc", "kl", "st", "nr", "ps", "pp", "ss",
    "vv", "td", "tv", "bd", "cf", "pj", "ef", "sp", "ok", "uk", "us", "ns", "es", "io", "oo", "mw", "uu",
)  # fmt: skip
#: "J. McA.", "F. O'D."
_LONG_LAST = re.compile(r"(?<![\w.])[^\W\d_]\. ?(?:Mc|Mac|O['’]|Fitz|D['’])[A-Z]\.(?!\w)")
#: Letters that are an abbreviation in some languages only.
_ONLY_IN = {"vs": ("nl",), "ot": ("en", "nl"), "do": ("es", "pt"), "sa": ("nl",), "st": ("de",)}


def find_initials(
    text: Text, closed: Sequence[bool], spans: Sequence[tuple[int, int]], against: Against
) -> Iterator[tuple[int, int]]:
    """Start and end of each; ``spans``: the names that were found, ``closed``: words that may be no name."""
    evidence = against.evidence
    inside = {place for start, end in spans for place in range(start, end)}
    sure: set[str] = set()  # who was told of once is meant again
    places = {word.start: at for at, word in enumerate(text.words)}
    yield from (match.span() for match in _LONG_LAST.finditer(text.text) if match.start() not in inside)
    yield from _small(text, closed, evidence, places)
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
        if against.houses.of_initials(run):
            continue
        if small or found in sure or _stands_for_a_person(text, run, letters, evidence):
            sure.add(found)
            yield match.span()


def _small(
    text: Text, closed: Sequence[bool], evidence: Evidence, places: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """ "a woman, o.t., did not want to": beside a person or before what one does; and wherever they come again."""
    found = list(_SMALL.finditer(text.text))
    sure: set[str] = set()
    for match in found:
        letters = match[1] + match[2]
        at = places.get(match.start())
        if at is None or closed[at] or not letters.islower() or key(letters) in _SMALL_WORDS:
            continue
        if at and text.words[at].gap not in (" ", ", ", ": ", "«", "“", "„"):
            continue
        run = Run(at, at + 1, match.end())
        if _beside_a_person(text, run) or evidence.of_initials(run):
            sure.add(match.group())
    yield from (match.span() for match in found if match.group() in sure)


def _beside_a_person(text: Text, run: Run) -> bool:
    """Does "a woman" stand before it, or a verb of what people do after it?"""
    at, after = run.first, run.last + 1
    apposed = text.words[at].gap == ", " and text.text[run.end : run.end + 1] in (",", " ")
    if apposed and any(text.known[name].ends(text.keys, at) for name in ("persons", "kin")):
        return True
    if any(text.before(at, text.known[name]) for name in ("persons", "kin", "titles")):
        return True
    for place in range(after, min(after + 3, len(text.words))):
        if text.words[place].gap not in (". ", " ", "'", "’"):
            return False
        if text.keys[place] in text.known["verbs"] or text.exacts[place] in text.known["acts"]:
            return True
        if text.keys[place] not in text.known["auxiliaries"]:
            return False
    return False


def _stands_for_a_person(text: Text, run: Run, letters: Sequence[str], evidence: Evidence) -> bool:
    pair = "".join(letters).lower()
    if len(letters) == 2 and text.known.lang == "el" and _after_his_article(text, run):
        return True
    if text.known.lang not in _ONLY_IN.get(pair, (text.known.lang,)):
        return True
    if key(pair) in text.known["two_letters"]:
        if text.before(run.first, text.known["with_them"]) and not text.opens(run.first - 1):
            return True  # "I do not talk with A.D."
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
    return _told_who(text, run) or evidence.of_initials(run)


def _told_who(text: Text, run: Run) -> bool:
    """ "T.J.O., a man of fifty": who it is stands behind a comma."""
    if text.text[run.end : run.end + 2] != ", ":
        return False
    near = range(run.last + 1, min(run.last + 4, len(text.words)))
    return any(text.keys[place] in text.known[name] for place in near for name in ("persons", "kin"))


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


def _after_his_article(text: Text, run: Run) -> bool:
    """Greek: "ο Δ.Κ. έμενε": offices are hardly ever masculine."""
    at, after = run.first, run.last + 1
    if at == 0 or text.words[at].gap != " " or text.keys[at - 1] not in ("ο", "τον", "στον"):
        return False
    return after < len(text.words) and text.words[after].gap in (". ", " ") and not text.words[after].capital


def _goes_on(text: Text, after: int) -> bool:
    """Is there a capital after initials, so that they begin a name that was read already or an institution's?"""
    if after >= len(text.words) or not text.words[after].capital or text.words[after].gap not in (".", ". "):
        return False
    return not text.opens(after) or text.known.lang in ABBREVIATES
