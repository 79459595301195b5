"""Home addresses: a street with its number, that somebody lives at or that stands beside a person.

The address of an institution is none: it is how one finds it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from goodpractices.anonymity.streets import (
    BIG,
    FIRST_KEYS,
    HOME,
    HOME_NUMBER_LAST,
    ITS_FLAT,
    LAST_KEYS,
    NUMBER_FIRST,
    STREETS_SHORT,
    WHOLE,
)
from goodpractices.anonymity.text import Text
from goodpractices.anonymity.visits import find_streets_visited, is_a_home, of_who_follows
from goodpractices.anonymity.words import NOUNS_HAVE_CAPITALS, key

#: How far after "lives at" the street may stand.
_REACH = 90
#: A number with neither a word for a street near it nor this, which ends a postcode, has no address: most are so.
_CODE_END = re.compile(rf"\d\d(?: [A-Z]{{2}})?,? {BIG}|\d{{3}} ?\d\d|\d[A-Z]{{2}}")
_NUMBERS = ("n", "nr", "num", "numero", "number", "nummer", "numer", "cislo", "αρ", "αριθμοσ", "cp", "lote")
_SIGNS = ("º", "ª")
#: Czech and Polish: "na Merhautovu 412/67" needs no word for a street.
_SLASHED = re.compile(
    rf"(?<![\w/-]){BIG}[^\W\d_]{{4,}}(?: [^\W\d_]{{4,}}| {BIG}[^\W\d_]+)? "
    r"\d{1,4}/(?!(?:19|20)\d\d)\d{1,4}[a-z]?(?![\w/]|\.\d)"
)
_BEFORE_SLASHED = {"cs": ("na", "v", "ve", "z", "ze", "do", "u"), "pl": ("na", "przy", "z", "ze", "do")}
#: German: "Am Bachrain 7b".
_GERMAN_STREET = re.compile(
    r"(?<=, )(?:Am|Im|Zum|Zur|Beim|An de[rn]|Auf de[rm]|In de[rn]|Hinter de[rm]|Unter den|Vor dem) "
    r"(?:[A-ZÄÖÜ][a-zäöüß]+ )?(?P<noun>[A-ZÄÖÜ][a-zäöüß]{3,}) \d{1,3} ?[a-h]?(?=[,;)]|\.(?! [a-zäöüß\d])| \d{5})"
)
#: Words for a person that stand for a thing as well.
_NO_PERSON = ("small", "relatives", "his", "plural")
# Where a number with a word before or after it may stand; nothing else is looked at.
_NUMBER = re.compile(r"(?<![\w.])\d{1,4}(?!\d)")
_SENTENCE_ENDS = re.compile(r"[.!?;·](?:\s|$)")
_NEXT_SENTENCE = re.compile(r"(?<=[^\W\d_]{4})\.\s")
_WORD_BESIDE = re.compile(r"[^\W\d_]{2}")
#: Lists of what has an address without being somebody.
_HOUSES = ("heads", "things", "desks_of")
#: Languages in which "his" may stand after what is his.
_WHOSE_AFTER = ("el", "it", "pt")
#: How near a word for a flat a capital and a number are a street, whatever the street is called.
_NEAR = 8
#: How many words after it somebody may be named who lives there.
_FOLLOWS = 7
#: How far before its house number an address may begin.
_LONGEST = 70


def find_addresses(text: Text) -> Iterator[tuple[int, int]]:
    """Start and end of each."""
    for start, end in (
        *_after_live(text),
        *_of_a_dwelling(text),
        *_beside_a_person(text),
        *_slashed(text),
        *_at_theirs(text),
        *_german_behind(text),
        *find_streets_visited(text),
    ):
        found = text.text[start:end]
        sentence = _NEXT_SENTENCE.search(found) if found[0].isdigit() else None
        yield start, start + len(found[: sentence.start() if sentence else None].rstrip(". "))


def _home(text: Text) -> re.Pattern[str]:
    return HOME if text.known.lang in NUMBER_FIRST else HOME_NUMBER_LAST


def _after_live(text: Text) -> Iterator[tuple[int, int]]:
    """A street soon after "lives at", "woont in" …"""
    for at, length in text.known["live"].ends_in(text.keys):
        start = text.words[at - 1].end
        match = _home(text).search(text.text[start : start + _REACH])
        if (
            match
            and not _SENTENCE_ENDS.search(_without_short(match.string[: match.start()], text))
            and _of_a_person(text, at - length, otherwise=True)
        ):
            yield start + match.start(), start + match.end()


def _of_a_dwelling(text: Text) -> Iterator[tuple[int, int]]:
    """ "her new flat, Molenstraat 12", "a letter to 12 Mill Lane": of nobody else unless the sentence says so."""
    dwellings = text.known["dwellings"]
    for at, word in enumerate(text.keys, start=1):
        if word not in dwellings:
            continue
        start = text.words[at - 1].end
        match = WHOLE.search(text.text[start : start + _REACH])
        if match is None or match.start() > _NEAR:
            match = _home(text).search(text.text[start : start + _REACH]) or match
            if match is None or (match.start() > _NEAR and not WHOLE.fullmatch(match.group())):
                continue
        between = match.string[: match.start()]
        last = text.word_at(start + match.start())
        house = any(text.keys[place] in text.known[name] for place in range(at, last) for name in _HOUSES)
        dated = any(
            text.keys[place] in text.known["months"]
            for place in range(last, text.word_at(start + match.end()))
        )
        if (
            house
            or dated
            or not _written_as_one(match.group())
            or _SENTENCE_ENDS.search(_without_short(between, text))
        ):
            continue
        # A word that is an institution's too ("σπίτι") needs somebody whose it is.
        otherwise = not any(text.keys[at - 1] in text.known[name] for name in ("homes", *_HOUSES))
        otherwise = otherwise or bool(ITS_FLAT.search(match.group()))  # no institution has a floor and a door
        if _whose(text, at - 1) or _of_a_person(text, at - 1, otherwise=otherwise):
            yield start + match.start(), start + match.end()


def _written_as_one(found: str) -> bool:
    """Does no small word stand before the number, as in "ulicy Jordana otwiera się o 7"?"""
    if found[0].isdigit():
        return True
    street = re.split(r"\d", found, maxsplit=1)[0]
    words = re.findall(r"[^\W\d_]+", street)
    if len(words) < 3 or not any(word[0].isupper() for word in words[1:]):
        return True
    last = key(words[-1])
    return words[-1][0].isupper() or words[-1] in _SIGNS or last in _NUMBERS or last.endswith(LAST_KEYS)


def _whose(text: Text, at: int) -> bool:
    """Is this thing said to be his or hers ("su futuro piso", "σπίτι του")?"""
    # The Greek "his" is an article before a noun.
    before = range(0) if text.known.lang == "el" else range(max(at - 2, 0), at)
    near = [*before, *((at + 1,) if text.known.lang in _WHOSE_AFTER else ())]
    return any(
        place < len(text.words)
        and text.keys[place] in text.known["whose"]
        and not any(re.search(r"[.!?;,:]", text.words[step].gap) for step in _between(place, at))
        for place in near
    )


def _between(one: int, other: int) -> range:
    return range(min(one, other) + 1, max(one, other) + 1)


def _beside_a_person(text: Text) -> Iterator[tuple[int, int]]:
    """A whole address in a sentence about a person ("the letter to his mother, 12 Mill Lane")."""
    end = 0
    streets = _streets(text)
    for number in _NUMBER.finditer(text.text):
        if number.start() < end or not _WORD_BESIDE.search(
            text.text, max(number.start() - 8, 0), number.end() + 8
        ):
            continue
        floor = max(number.start() - _LONGEST, end)
        floor = max(floor, text.text.rfind("\n", floor, number.start()) + 1)
        ceiling = min(number.end() + _LONGEST, len(text.text))
        if not _may_hold_one(text, streets, floor, ceiling):
            continue
        match = WHOLE.search(text.text, floor, ceiling)
        if match is None or not match.start() <= number.start() < match.end():
            continue
        at = _name_of_the_street(text, text.word_at(match.start()))
        if _written_as_one(match.group()) and (
            _right_behind_somebody(text, at)
            or _of_somebody_told_of(text, at)
            or of_who_follows(text, match.end())
            or _where_they_live(text, match.end())
            or is_a_home(text, at, match.end(), match.group())
        ):
            yield match.span()
        end = match.end()


def _at_theirs(text: Text) -> Iterator[tuple[int, int]]:
    """ "we ring at her door, 27 Quay Street,", "u ní, Nábřežní 27"."""
    for at, _length in text.known["at_theirs"].ends_in(text.keys):
        start = text.words[at - 1].end
        match = _home(text).search(text.text, start, start + _REACH)
        if (
            match
            and match.start() - start <= _NEAR
            and not re.search(r"[.!?;\n]", text.text[start : match.start()])
        ):
            yield match.span()


def _german_behind(text: Text) -> Iterator[tuple[int, int]]:
    """ "bei der Familie, Am Bachrain 7b, im Flur": a street without a word for one, right behind somebody."""
    for match in _GERMAN_STREET.finditer(text.text) if text.known.lang == "de" else ():
        at = text.word_at(match.start())
        noun = text.keys[text.word_at(match.start("noun"))]
        dated = noun.endswith(("tag", "woche", "raum", "zimmer")) or any(
            noun in text.known[name] for name in ("months", "small", *_HOUSES)
        )
        if not dated and _right_behind_somebody(text, at):
            yield match.span()


def _slashed(text: Text) -> Iterator[tuple[int, int]]:
    """ "the man who moved to Merhautovu 412/67"."""
    prepositions = _BEFORE_SLASHED.get(text.known.lang, ())
    for match in _SLASHED.finditer(text.text) if prepositions else ():
        at = text.word_at(match.start())
        if not at:
            continue
        if _right_behind_somebody(text, at):
            yield match.span()
            continue
        if text.words[at].gap != " " or text.keys[at - 1] not in prepositions:
            continue
        if any(text.keys[at] in text.known[name] for name in ("places", "months", *_HOUSES)):
            continue
        if _of_somebody_told_of(text, at):
            yield match.span()


def _streets(text: Text) -> list[int]:
    """Where the words begin that may say what kind of street it is."""
    return [
        word.start
        for at, word in enumerate(text.words)
        if word.key in FIRST_KEYS
        or word.key.endswith(LAST_KEYS)
        or (word.gap == "." and f"{text.keys[at - 1]}.{word.key}" in FIRST_KEYS)
    ]


def _may_hold_one(text: Text, streets: list[int], floor: int, ceiling: int) -> bool:
    """Is there, between two places, what no address is without? Told in no time, as `WHOLE` is not."""
    first = bisect_left(streets, floor)
    if first < len(streets) and streets[first] < ceiling:
        return True
    last = text.words[text.word_at(ceiling) - 1]  # cut at the ceiling it may end like a street
    cut = last.end > ceiling and key(text.text[last.start : ceiling]).endswith(LAST_KEYS)
    return cut or bool(_CODE_END.search(text.text, floor, ceiling))


def _where_they_live(text: Text, end: int) -> bool:
    """ "post goes to 12 Mill Lane, where her aunt lives": said behind the comma, and of no house."""
    if not text.text.startswith(", ", end):
        return False
    first = text.word_at(end)
    for at, _length in text.known["live"].ends_in(text.keys):
        if first < at <= first + _FOLLOWS:
            words = range(first, at + 2)
            return not any(
                place < len(text.keys) and text.keys[place] in text.known[name]
                for place in words
                for name in _HOUSES
            ) and not any(re.search(r"[.!?;\n]", text.words[place].gap) for place in range(first + 1, at))
    return False


def _right_behind_somebody(text: Text, at: int) -> bool:
    """ "to his brother's, 12 Mill Lane": whatever else the sentence tells of."""
    # A house number is no word: it stands in the gap.
    if not at or not text.words[at].gap.startswith(", "):
        return False
    return any(text.keys[at - 1] in text.known[name] for name in ("persons", "kin"))


def _of_a_person(text: Text, at: int, *, otherwise: bool) -> bool:
    """Is the sentence, read back from a word, about a person and no institution? ``otherwise``: if of neither."""
    person, house = _about(text, at)
    return (person or otherwise) if not house else person and otherwise


def _of_somebody_told_of(text: Text, at: int) -> bool:
    """Is the sentence about a person and no institution, or about neither and the sentence before it is?"""
    person, house = _about(text, at)
    if person or house:
        return person and not house
    start = text.sentence_start(max(at - 1, 0), reach=25)
    ours = any(text.keys[place] in text.known[name] for place in range(start, at) for name in ("we", "our"))
    if ours or not start or "\n" in text.words[start].gap:
        return False
    person, house = _about(text, start)
    return person and not house


def _about(text: Text, at: int) -> tuple[bool, bool]:
    """Whether the sentence, read back from a word, tells of a person, and of an institution (then no further)."""
    known = text.known
    person = False
    for place in range(at - 1, text.sentence_start(max(at - 1, 0), reach=25) - 1, -1):
        word = text.keys[place]
        if ";" in text.words[place + 1].gap if place + 1 < at else False:
            break
        # "Parents Hub": what ends the name of a house is one, with a capital.
        hub = text.words[place].capital and word in known["after"] and known.lang not in NOUNS_HAVE_CAPITALS
        if hub or any(word in known[name] for name in _HOUSES):
            if not _whose(text, place):
                return person, True
            person = True
        person = person or (
            word in known["persons"]
            or word in known["kin"]
            or (word in known["he"] and not any(word in known[name] for name in _NO_PERSON))
            or (len(word) > 1 and word in known["titles"])
            or text.exacts[place] in known["born"]
            or (text.words[place].capital and word in known.first_names and word not in known["words"])
            or _initials(text, place)
        )
    return person, False


def _name_of_the_street(text: Text, at: int) -> int:
    """Where the name of a street with initials begins: "Anna P.J. Smitplein 3"."""
    first = at
    if at >= len(text.words) or len(text.words[at].text) > 1:
        return at
    while at and len(text.words[at - 1].text) == 1 and text.words[at].gap in (".", ". "):
        at -= 1
    before = text.words[at - 1] if at else None
    named = before is not None and before.capital and at < first and text.words[at].gap == " "
    return at - 1 if named else at


def _initials(text: Text, at: int) -> bool:
    """Is this letter the last of somebody's: "F. B.", "R.v.D."?"""
    last = text.words[at]
    before = [word for word in text.words[max(at - 2, 0) : at] if len(word.text) == 1]
    return (
        len(last.text) == 1
        and last.capital
        and last.gap in (".", ". ")
        and text.text[last.end : last.end + 1] == "."
        and any(word.capital for word in before)
    )


def _without_short(between: str, text: Text) -> str:
    """The text without the full stops that end no sentence ("ul. Kwiatowa")."""

    def kept(match: re.Match[str]) -> str:
        word = key(match[1])
        short = len(word) == 1 or word in STREETS_SHORT
        return (
            ""
            if short or any(word in text.known[name] for name in ("short", "dotted", "saints"))
            else match[0]
        )

    return re.sub(r"\b([^\W\d_]{1,5})\.", kept, between)
