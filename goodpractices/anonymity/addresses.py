"""Home addresses: a street with its number, that somebody lives at or that stands beside a person.

The address of an institution is none: it is how one finds it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from goodpractices.anonymity.text import Text
from goodpractices.anonymity.words import key

#: How far after "lives at" the street may stand.
_REACH = 90
#: The kind of street before its name: French, Spanish, Italian, Portuguese, Polish, Czech, Greek.
_KIND_FIRST = (
    "rue", "avenue", "av", "boulevard", "bd", "place", "impasse", "chemin", "allée", "quai", "square", "route",
    "chaussée", "passage", "ruelle", "sentier", "faubourg", "venelle", "cours",
    "calle", "c/", "avenida", "avda", "plaza", "pza", "paseo", "camino", "carretera", "ctra", "ronda", "travesía",
    "callejón", "glorieta", "rambla", "via",
    "viale", "v.le", "piazza", "p.zza", "p.za", "piazzale", "corso", "c.so", "largo", "vicolo", "vico", "strada",
    "contrada", "salita", "rua", "r", "travessa", "praça", "beco", "alameda", "estrada", "calçada", "praceta",
    "ulica", "ulicy", "ulicę", "ul", "aleja", "alei", "aleje", "al", "plac", "placu", "pl", "osiedle",
    "osiedlu", "os", "ulice", "ulici", "náměstí", "nám", "třída", "třídě", "tř", "nábřeží", "οδός", "οδού",
    "οδό", "λεωφόρος", "λεωφόρου", "λεωφόρο", "λεωφ", "πλατεία", "πλατείας", "πάροδος",
)  # fmt: skip
#: The kind of street at the end of its name, in one word with it or as a word of its own.
_KIND_LAST = (
    "straat", "laan", "plein", "steenweg", "weg", "kaai", "dreef", "gracht", "singel", "kade", "baan", "dijk",
    "steeg", "straße", "strasse", "str.", "gasse", "gassen", "allee", "chaussee", "promenade", "steig", "pfad",
    "platz", "markt", "damm", "ufer", "ring", "stiege", "street", "road", "rd", "lane", "avenue", "ave", "drive",
    "close", "crescent", "terrace", "grove", "mews", "square", "gardens", "row", "walk", "bank", "court", "rise",
    "ulice", "ulici",
)  # fmt: skip


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_BIG = r"(?-i:[^\W\d_a-zß-ÿα-ωά-ώěščřžýůťňďąćęłńśźż])"
# A full stop behind a long word ends a sentence, when a word follows.
_STOP = r"(?:\.(?! [^\W\d_]))?"
_CAPITAL = rf"(?:{_BIG}[^\W\d_]{{0,3}}\.|{_BIG}[^\W\d_]*{_STOP})"
_WORDS = rf"{_CAPITAL}(?:[ '’-](?:[^\W\d_]{{1,3}}\.|[^\W\d_]+{_STOP})){{0,3}}"
_FIRST = rf"(?:{_any(_KIND_FIRST)})\.?[ ](?:[^\W\d_]+[.'’]?[ ]?){{1,5}}"
_LAST_WORD = rf"(?:{_any(_KIND_LAST)})(?!\w)"
_LAST = rf"{_CAPITAL}(?:[ -]{_CAPITAL}){{0,2}}?[ -]?{_LAST_WORD}|[^\W\d_]{{2,20}}{_LAST_WORD}"
_HOUSE = (
    r"(?:n[.°ºr]{1,2} ?|č\. ?)?(?!(?:19|20)\d\d(?!\d))\d{1,4}(?: ?(?:bis|ter)\b)?(?: ?[a-zA-Z](?![\w.]))?"
    r"(?:[/-]\d{1,4}(?!\d))?(?![\w%€]|[.,]\d)"
)
_FLAT = r"(?:,? (?:bus|bte|m\.|lok\.|app?t\.?|app\.|int\.|byt|whg\.) ?\d{1,4}|, \d{1,2}\.? ?[ºª°] ?[^\W\d_]{0,9}\.?)?"
_ITS_FLAT = re.compile(_FLAT.removesuffix("?"), re.IGNORECASE)
_UK_CODE = r"(?-i:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})"
_CODE = r"(?:(?-i:[A-Z]{1,2})-)?(?:\d{4} (?-i:[A-Z]{2})|\d{4}-\d{3}|\d{2}-\d{3}|\d{3} \d{2}|\d{4,5})(?!\d)"
_TOWN = (
    rf"(?:,? {_CODE},? {_CAPITAL}(?:[ -]{_CAPITAL}){{0,2}}|,? (?:{_CAPITAL},? ){{0,2}}{_UK_CODE}"
    rf"|, {_CAPITAL}(?: {_CAPITAL})? \d{{3}} ?\d{{2}}(?!\d))"
)
_BEFORE_NUMBER = r"(?:(?:flat|apartment|unit) \d{1,3}[a-z]?, )?"
#: A street and its number, whichever comes first, with what follows.
_AFTER_NUMBER = rf"(?:{_FIRST.removesuffix('{1,5}')}{{1,4}}(?<=\w)|{_LAST})"
_STREET = rf"(?:(?:{_FIRST}|{_LAST}),? ?{_HOUSE}|{_BEFORE_NUMBER}{_HOUSE},? {_AFTER_NUMBER})"
#: What may be a street after "lives at", and is one when a postcode and a town follow.
_LIKE_A_STREET = rf"(?:{_WORDS},? {_HOUSE}|{_BEFORE_NUMBER}{_HOUSE},? {_WORDS})"
#: Languages in which the number comes first: in others it counts something ("83 Prozent der Mieter").
_NUMBER_FIRST = ("en", "fr")
_HOME, _HOME_NUMBER_LAST = (
    re.compile(rf"(?<![\w/])(?:{_STREET}{_FLAT}(?:{_TOWN})?|{like}{_FLAT}(?:{_TOWN})?)", re.IGNORECASE)
    for like in (_LIKE_A_STREET, rf"(?:{_WORDS},? {_HOUSE})")
)
_WHOLE = re.compile(
    rf"(?<![\w/])(?:{_STREET}{_FLAT}(?:{_TOWN})?|{_LIKE_A_STREET}{_FLAT}{_TOWN})", re.IGNORECASE
)
_STREETS_SHORT = frozenset(key(word).rstrip(".") for word in (*_KIND_FIRST, *_KIND_LAST) if len(word) < 6)
_FIRST_KEYS = frozenset(key(word.rstrip("/")) for word in _KIND_FIRST)
_LAST_KEYS = tuple(key(word).rstrip(".") for word in _KIND_LAST)
#: A number with neither a word for a street near it nor this, which ends a postcode, has no address: most are so.
_CODE_END = re.compile(rf"\d\d(?: [A-Z]{{2}})?,? {_BIG}|\d{{3}} ?\d\d|\d[A-Z]{{2}}")
_NUMBERS = ("n", "nr", "no", "num", "numero", "number", "nummer", "numer", "cislo", "αρ", "αριθμοσ")
#: Czech and Polish: "na Merhautovu 412/67" needs no word for a street.
_SLASHED = re.compile(
    rf"(?<![\w/-]){_BIG}[^\W\d_]{{4,}}(?: [^\W\d_]{{4,}}| {_BIG}[^\W\d_]+)? "
    r"\d{1,4}/(?!(?:19|20)\d\d)\d{1,4}[a-z]?(?![\w/]|\.\d)"
)
_BEFORE_SLASHED = {"cs": ("na", "v", "ve", "z", "ze", "do", "u"), "pl": ("na", "przy", "z", "ze", "do")}
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
    ):
        found = text.text[start:end]
        sentence = _NEXT_SENTENCE.search(found) if found[0].isdigit() else None
        yield start, start + len(found[: sentence.start() if sentence else None].rstrip(". "))


def _home(text: Text) -> re.Pattern[str]:
    return _HOME if text.known.lang in _NUMBER_FIRST else _HOME_NUMBER_LAST


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
        match = _WHOLE.search(text.text[start : start + _REACH])
        if match is None or match.start() > _NEAR:
            match = _home(text).search(text.text[start : start + _REACH]) or match
            if match is None or (match.start() > _NEAR and not _WHOLE.fullmatch(match.group())):
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
        otherwise = otherwise or bool(
            _ITS_FLAT.search(match.group())
        )  # no institution has a floor and a door
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
    return words[-1][0].isupper() or last in _NUMBERS or last.endswith(_LAST_KEYS)


def _whose(text: Text, at: int) -> bool:
    """Is this thing said to be his or hers ("su futuro piso", "σπίτι του")?"""
    near = [*range(max(at - 2, 0), at), *((at + 1,) if text.known.lang in _WHOSE_AFTER else ())]
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
        match = _WHOLE.search(text.text, floor, ceiling)
        if match is None or not match.start() <= number.start() < match.end():
            continue
        at = text.word_at(match.start())
        if _written_as_one(match.group()) and (
            _right_behind_somebody(text, at)
            or _of_somebody_told_of(text, at)
            or _of_who_follows(text, match.end())
            or _where_they_live(text, match.end())
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
        if word.key in _FIRST_KEYS
        or word.key.endswith(_LAST_KEYS)
        or (word.gap == "." and f"{text.keys[at - 1]}.{word.key}" in _FIRST_KEYS)
    ]


def _may_hold_one(text: Text, streets: list[int], floor: int, ceiling: int) -> bool:
    """Is there, between two places, what no address is without? Told in no time, as `_WHOLE` is not."""
    first = bisect_left(streets, floor)
    if first < len(streets) and streets[first] < ceiling:
        return True
    last = text.words[text.word_at(ceiling) - 1]  # cut at the ceiling it may end like a street
    cut = last.end > ceiling and key(text.text[last.start : ceiling]).endswith(_LAST_KEYS)
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


def _of_who_follows(text: Text, end: int) -> bool:
    """ "they drive to Kirchgasse 8, to a woman who keeps ducks": somebody whom nobody knows yet."""
    at = text.word_at(end)
    for place in range(at, min(at + _FOLLOWS, len(text.words))):
        if re.search(
            r"[.!?;\n]", text.words[place].gap.removeprefix(".") if place == at else text.words[place].gap
        ):
            return False
        if text.keys[place] in text.known["somebody"]:
            return text.keys[place - 1] in text.known["a"] and place > at
    return False


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
        if any(word in known[name] for name in _HOUSES):
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
        short = len(word) == 1 or word in _STREETS_SHORT
        return (
            ""
            if short or any(word in text.known[name] for name in ("short", "dotted", "saints"))
            else match[0]
        )

    return re.sub(r"\b([^\W\d_]{1,5})\.", kept, between)
