"""Homes that are visited: "on a home visit, 12 Mill Lane", "via dei Pini 4, int. 6".

An address is somebody's home when one goes there to see them, when it has a flat or a door, or when the text goes on
with what one finds at home; not when an institution is told of beside it.
"""

import re
from collections.abc import Iterable, Iterator

from goodpractices.anonymity.streets import (
    BIG,
    FLOOR_BEHIND,
    ITS_FLAT,
    LIKE_NUMBER_FIRST,
    LIKE_NUMBER_LAST,
    NUMBER_FIRST,
)
from goodpractices.anonymity.text import Text
from goodpractices.anonymity.words import NOUNS_HAVE_CAPITALS

#: How many words before an address a visit may be told of, and after it what one finds at somebody's.
_BEFORE, _AFTER = 14, 26
#: How many words may tell, right behind an address, that it is a house's ("12 Mill Lane, the drop-in centre").
_APPOSITION = 4
_HOUSES = ("heads", "things", "desks_of", "placed")
#: Words with a capital between a visit and its address that name no institution.
_NOBODYS = (
    "persons",
    "kin",
    "titles",
    "dwellings",
    "at_home",
    "visits",
    "comes",
    "somebody",
    "particles",
    "months",
)
_ENDS = re.compile(r"[.!?…\n]")
_ENDS_OR_PARTS = re.compile(r"[.!?;\n]")
#: How many words after it somebody may be named who lives there.
_FOLLOWS = 7
#: Lists whose words begin no street.
_NO_STREETS = (
    "months", "persons", "kin", "titles", "small", "things", "heads", "desks_of", "places", "he", "files", "papers",
    "terms", "peoples", "numbers", "dwellings", "homes", "visits", "comes", "file_numbers", "id_words", "live",
    "phone_words",
)  # fmt: skip
#: Floors that are plans or instruments as well.
_FLOORS = ("piano", "piso", "planta", "stock", "andar", "etage", "patro", "pietro")
#: What German streets begin and end with that have no other word for a street.
_GERMAN_FIRST = (
    "am",
    "an",
    "auf",
    "im",
    "in",
    "zum",
    "zur",
    "unter",
    "hinter",
    "vor",
    "bei",
    "alte",
    "alter",
    "neue",
)
_GERMAN_LAST = (
    "hof", "feld", "berg", "bach", "grund", "garten", "brucke", "tor", "winkel", "siedlung", "park", "hohe", "hang",
    "blick", "eck", "zeile", "wall", "graben", "leite", "reihe", "twiete", "deich", "kamp", "stieg", "anger",
    "wiese", "wiesen",
    "bleiche", "muhle", "heide", "busch", "bruch", "horst", "rain", "weiher", "teich", "steig", "gang", "weg", "ring",
)  # fmt: skip
#: What stands right before a street that has no word for one.
_RIGHT_BEFORE = (
    "in", "at", "to", "au", "a", "rue", "de", "aan", "op", "naar", "bij", "der", "den", "dem", "die", "am",
    "en", "na",
    "no", "w", "v", "ve", "przy", "do", "z", "στην", "στη", "στο", "στον", "του", "την", "τη", "the",
)  # fmt: skip


def is_a_home(text: Text, at: int, end: int, found: str) -> bool:
    """Is the address ``found``, which begins with the word ``at`` and goes to ``end``, where somebody lives?"""
    if _a_house_follows(text, end):
        return False
    first = _told_from(text, at)
    visit = _visit(text, first, at)
    between = range(first if visit is None else visit, at)
    if any(_of_a_house(text, place) for place in between) or _is_placed(text, between):
        return False
    if _house_named_before(text, at):
        return False
    homely = _at_home_after(text, end) or _kin_follow(text, end)
    door = bool(ITS_FLAT.search(found) or FLOOR_BEHIND.match(text.text, end))
    if visit is None:
        ours = any(text.keys[place] in text.known[name] for place in between for name in ("we", "our"))
        return not ours and (homely or door)
    named = [place for place in between if _named(text, place)]
    if named and not door and (at - 1 in named or text.known.lang not in NOUNS_HAVE_CAPITALS):
        return False  # "we went to Emmaus, 12 Mill Lane"
    if homely or door:
        return True
    return not named and (not _is_weak(text, visit) or any(_somebody(text, place) for place in between))


def find_streets_visited(text: Text) -> Iterator[tuple[int, int]]:
    """Streets without a word for one, where somebody is visited: "op huisbezoek, Vlierhof 23", "v Nádražní 12"."""
    if text.known.lang == "fr":
        return  # every street has a word for it there
    pattern = LIKE_NUMBER_FIRST if text.known.lang in NUMBER_FIRST else LIKE_NUMBER_LAST
    for match in pattern.finditer(text.text):
        last = text.word_at(match.end())
        first = text.word_at(match.start())
        if match.group()[0].isdigit():
            if _may_be_a_street(text, first, last) and _somebodys(text, first, match):
                yield match.span()
            continue
        # "Huisbezoek Vlierhof 23", "Rano na Mickiewicza 112a": the first word may be no part of the street.
        for at in range(first, last):
            if _may_be_a_street(text, at, last) and _somebodys(text, at, match):
                yield text.words[at].start, match.end()
                break


def _somebodys(text: Text, at: int, match: re.Match[str]) -> bool:
    return is_a_home(text, at, match.end(), match.group()) or of_who_follows(text, match.end())


def of_who_follows(text: Text, end: int) -> bool:
    """ "they drive to Kirchgasse 8, to a woman who keeps ducks": somebody whom nobody knows yet."""
    at = text.word_at(end)
    for place in range(at, min(at + _FOLLOWS, len(text.words))):
        gap = text.words[place].gap
        if _ENDS_OR_PARTS.search(gap.removeprefix(".") if place == at else gap):
            return False
        if text.keys[place] in text.known["somebody"]:
            return text.keys[place - 1] in text.known["a"] and place > at
    return False


def _may_be_a_street(text: Text, at: int, last: int) -> bool:
    first = text.keys[at]
    if (
        not text.words[at].capital
        and not text.text[text.words[at].start - 2 : text.words[at].start - 1].isdigit()
    ):
        return False
    if text.words[at].shouted:
        return False
    if text.known.lang in NOUNS_HAVE_CAPITALS:
        if not (first in _GERMAN_FIRST and last - at > 1) and not text.keys[last - 1].endswith(_GERMAN_LAST):
            return False
    elif any(first in text.known[name] for name in (*_NO_STREETS, "districts")):
        return False
    before = text.keys[at - 1] if at else ""
    if (
        at
        and text.opens(at - 1)
        and "/" in text.text[text.words[last - 1].end : text.words[last - 1].end + 12]
    ):
        return True  # "Potem Jarzębinowa 15/4"
    gap = text.words[at].gap
    if _BIG_GAP.search(gap):
        return True  # ", Vlierhof 23", ": Horní Lhota 45"
    return before in _RIGHT_BEFORE or before in text.known["visits"].lasts or before in text.known["comes"]


#: Before the house that has the address.
_AT = ("chez", "bij", "bei", "at", "presso")
_BIG_GAP = re.compile(rf"[,:(–—] ?(?:\d|{BIG}|$)|[,:(–—]\s?$|\d")


def _told_from(text: Text, at: int) -> int:
    """Where the sentence begins that tells of an address; the one before, when it begins with it."""
    first = text.sentence_start(max(at - 1, 0), reach=_BEFORE)
    if first and first >= at - 1 and text.opens(at):
        first = text.sentence_start(first - 1, reach=_BEFORE)
    return first


def _visit(text: Text, first: int, at: int) -> int | None:
    """Behind which word a visit is told of, the nearest before an address."""
    for place in range(at, first, -1):
        length = text.known["visits"].ends(text.keys, place) or text.keys[place - 1] in text.known["comes"]
        if length and not any(
            text.keys[word] in text.known["meant_for"] for word in range(max(place - 2 - length, 0), place)
        ):
            return place
    return None


def _is_weak(text: Text, place: int) -> bool:
    return not text.known["visits"].ends(text.keys, place)


def _of_a_house(text: Text, place: int) -> bool:
    key = text.keys[place]
    if key in text.known["crews"] or (place and text.keys[place - 1] in text.known["whose"]):
        return False
    if any(key in text.known[name] for name in _HOUSES):
        return True
    return key.endswith(tuple(text.known["site_ends"])) and key not in text.known["no_sites"]


def _is_placed(text: Text, between: Iterable[int]) -> bool:
    return any(text.known["placed"].ends(text.keys, place + 1) for place in between)


def _somebody(text: Text, place: int) -> bool:
    key = text.keys[place]
    return any(
        key in text.known[name] for name in ("persons", "kin", "he", "titles", "somebody", "dwellings")
    )


def _named(text: Text, place: int) -> bool:
    """Is it a word with a capital that may be an institution's name?"""
    key = text.keys[place]
    if not text.words[place].capital or text.opens(place) or len(key) < 2:
        return False
    after = place + 1  # "the FACT-team"
    if after < len(text.words) and text.words[after].gap == "-" and text.keys[after] in text.known["crews"]:
        return False
    known = any(key in text.known[name] for name in _NOBODYS)
    return not known and key not in text.known.first_names and key not in text.known.surnames


def _a_house_follows(text: Text, end: int) -> bool:
    first = text.word_at(end)
    if not re.match(r"\s?[,(–—-]", text.text[end : end + 2]):
        first_gap = text.text[end : text.words[first].start] if first < len(text.words) else "."
        if first_gap != " ":
            return False
        # "12 Mill Lane is an office", "opens"
        return bool(text.begins(first, text.known["placed"]))
    if first + 1 < len(text.words) and text.keys[first] in _AT and _named(text, first + 1):
        return True  # "4 rue des Lilas, chez Emmaüs"
    for place in range(first, min(first + _APPOSITION, len(text.words))):
        if place > first and _ENDS.search(text.words[place].gap):
            return False
        if text.keys[place] in _FLOORS or text.keys[place] in text.known["crews"]:
            return False
        if _of_a_house(text, place) or text.begins(place, text.known["placed"]):
            return True
    return False


def _house_named_before(text: Text, at: int) -> bool:
    """ "a visit to the CSAPA, 12 Mill Lane, second floor", "the Business Park (12 Mill Lane)"."""
    if not at or not _named(text, at - 1):
        return False
    # A number before the street stands in the gap.
    gap = text.words[at].gap.split("\n")[0]
    return gap.startswith((",", " (")) and (
        text.known.lang not in NOUNS_HAVE_CAPITALS or text.words[at - 1].shouted
    )


def _kin_follow(text: Text, end: int) -> bool:
    """ "12 Mill Lane, a grandmother with three boys": who lives there stands behind the comma."""
    first = text.word_at(end)
    if text.text[end : end + 2] != ", ":
        return False
    near = range(first, min(first + 2, len(text.words)))
    if text.begins(first, text.known["at_whose"]) and first + 2 < len(text.words):
        return any(text.keys[first + 2] in text.known[name] for name in ("persons", "kin", "somebody"))
    return all(text.words[place].gap == " " for place in near[1:]) and any(
        text.keys[place] in text.known[name] for place in near for name in ("kin", "somebody")
    )


def _at_home_after(text: Text, end: int) -> bool:
    """Is what one finds at somebody's told of in this sentence or the next?"""
    first = text.word_at(end)
    ends = 0
    for place in range(first, min(first + _AFTER, len(text.words))):
        gap = text.words[place].gap if place > first else text.text[end : text.words[place].start]
        ends += bool(_ENDS.search(gap)) and text.opens(place)
        if ends > 1 or "\n" in gap:
            return False
        if text.begins(place, text.known["at_home"]):
            return True
    return False
