"""Dates of birth: a date, a month or a year to which a text ties somebody's birth."""

import re
from collections.abc import Iterator
from functools import cache

from goodpractices.anonymity.text import Text
from goodpractices.anonymity.words import Phrases, Words

#: How many words may stand between "born" and the date: more for a whole date, which is hardly ever something else.
_REACH = {"day": 15, "month": 8, "year": 6}
#: The verb comes last in these languages ("1987 in Gent geboren").
_VERB_LAST = ("nl", "de")
#: Nobody of whom a practice tells was born after it, and no list of a meeting is older.
_LAST_YEAR = 2012
_BESIDE = re.compile(r"\.?(?:[,:;]? |: ?| ?[–—-] ?| ?\()\s?|\t")
_BESIDE_OR_BLANK = re.compile(rf" |{_BESIDE.pattern}")
_RANGE = re.compile(r"\s?[–—-]\s?\d")
#: Between somebody and the year she was born in.
_OF_YEAR = {
    "fr": ("de",), "nl": ("van", "uit"), "de": ("von", "aus"), "es": ("de", "del"), "it": ("del",), "pt": ("de",),
    "el": ("του",), "cs": ("z",), "pl": ("z",),
}  # fmt: skip
_FIGURES = re.compile(r"\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?((?:19|20)\d\d)")
_FIRST_YEAR = 1915
#: How far before a birthday one turns so old, and letters of an age in words ("ten" may be anything).
_BIRTHDAY_REACH, SHORTEST_AGE = 8, 3
_AFTER_AN_AGE = ("years", "small", "numbers", "tens", "before_a_date")
#: Of those whose life is written down.
_LAST_OLD_YEAR = 1965
#: "Is", where it differs from "and" by its accent alone.
_IS = ("è", "é")
_FOUR = re.compile(r"(?:18|19|20)\d\d")
#: Languages in which "his" stands before what is his.
_OWNER_BEFORE = ("en", "fr", "nl", "de", "es", "cs", "pl")
_SIGN = re.compile(r"(?:^|[\s(\[,;])[*°†]\s?$|(?:^|[\n(])[bn]\. ?$|, [bn]\. ?$")


#: How many words behind a date may say that it is a birth's.
_APPOSITION = 5


def find_births(text: Text) -> Iterator[tuple[int, int]]:
    """Start and end of each date of birth."""
    yield from _spelled(text)
    for match in dates(text.known).finditer(text.text):
        precision = match.lastgroup or "year"
        at = text.word_at(match.start())
        if precision == "feast":
            if _born_before(text, at, match.start(), "day") or _born_after(text, at, match.end(), "day"):
                yield match.span()
            continue
        if (
            _of_that_year(text, at, match)
            or (precision == "day" and _birthday(text, at))
            or (precision == "day" and (_own_date(text, at, match) or _in_a_life_story(text, at, match)))
            or (
                _SIGN.search(text.text[max(match.start() - 5, 0) : match.start()])
                and "†" not in text.text[match.start() - 2 : match.start()]
            )
            or _born_before(text, at, match.start(), precision)
            or _born_after(text, at, match.end(), precision)
            or (precision == "day" and _said_to_be_a_birth(text, at, match))
            or (precision == "day" and (_after_name(text, at, match) or _of_old(text, at, match)))
        ):
            yield match.span()


def _spelled(text: Text) -> Iterator[tuple[int, int]]:
    """ "born on the third of May nineteen eighty-seven": the words of a year after a month, the day before it."""
    known = text.known
    for at, key in enumerate(text.keys):
        if key not in known["months"]:
            continue
        last = at
        for place in range(at + 1, min(at + 9, len(text.words))):
            word = text.keys[place]
            if text.words[place].gap.strip(" -‑"):
                break
            if word in known["number_words"] or word.startswith(tuple(known["year_words"])):
                last = place
            elif word not in known["between_numbers"]:
                break
        years = text.keys[at + 1 : last + 1]
        if last == at or not any(word.startswith(tuple(known["year_words"])) for word in years):
            continue
        first = at
        while (
            first
            and at - first < 4
            and not text.words[first].gap.strip(" -")
            and (text.keys[first - 1] in known["day_words"] or text.keys[first - 1] in known["of"])
        ):
            first -= 1
        while first < at and text.keys[first] in known["of"]:
            first += 1
        if _born_before(text, first, text.words[first].start, "day") or _born_after(
            text, first, text.words[last].end, "day"
        ):
            yield text.words[first].start, text.words[last].end


def _after_name(text: Text, at: int, match: re.Match[str]) -> bool:
    """ "Jan Novák, 3. 3. 1987", "patient (12/05/1999)": right after a person, too long ago for a meeting."""
    year = re.search(r"(?:18|19|20)\d\d", match.group())
    gap = text.text[text.words[at - 1].end : match.start()] if at else ""
    if not year or int(year.group()) > _LAST_YEAR or not _BESIDE.fullmatch(gap):
        return False
    if _RANGE.match(text.text, match.end()):  # a figure's life: (11 March 1924 – 29 August 1980)
        return False
    place = at
    while place and at - place < 3 and text.words[place - 1].capital:
        place -= 1
        key = text.keys[place]
        if (
            key in text.known.first_names
            and key not in text.known["weak"]
            and key not in text.known["months"]
        ):
            return True
        if not place or text.words[place].gap not in (" ", ". ", "-"):
            break
    return text.keys[at - 1] in text.known["persons"]


def _of_old(text: Text, at: int, match: re.Match[str]) -> bool:
    """ "his papers give 14/02/2008": a whole date in figures, of long ago, where somebody's papers are told of."""
    year = _FIGURES.fullmatch(match.group())
    if (
        year is None
        or not _FIRST_YEAR <= int(year.group(1)) <= _LAST_YEAR
        or _RANGE.match(text.text, match.end())
    ):
        return False
    words = range(text.sentence_start(max(at - 1, 0), reach=25), min(at + 8, len(text.words)))
    if any(text.keys[place] in text.known["not_births"] for place in words):
        return False
    return any(text.keys[place] in text.known["tells_age"] for place in words)


def _year(match: re.Match[str]) -> int:
    """The year of a date; 0 when it has none of four figures."""
    year = _FOUR.search(match.group())
    return int(year.group()) if year else 0


def _year_of(figures: str) -> int:
    return int(figures) if figures.isdigit() else 0


def _of_that_year(text: Text, at: int, match: re.Match[str]) -> bool:
    """ "she is from 1967", "zelf is ze van 5-8-1967"."""
    beside = at > 0 and text.text[text.words[at - 1].end : match.start()] == " "
    if not beside or _year(match) > _LAST_YEAR:
        return False
    return bool(text.known["is_of"].ends(text.keys, at)) or _patient_of(text, at, match.end())


def _patient_of(text: Text, at: int, end: int) -> bool:
    """ "bed 4: paziente del 1979, calm": one person, and nothing said of her time."""
    if at < 2 or text.words[at - 1].gap != " " or not re.match(r"[,.;)\n]|$", text.text[end : end + 1]):
        return False
    somebody = text.keys[at - 2]
    if (
        text.keys[at - 1] not in _OF_YEAR.get(text.known.lang, ())
        or text.exacts[at - 2] in text.known["crowd"]
    ):
        return False
    return somebody in text.known["persons"] and somebody not in text.known["plural"]


def _own_date(text: Text, at: int, match: re.Match[str]) -> bool:
    """ "cut his date, 17/3/1968, into the stone"; "came as a baby with a date only, 27 September 2019"."""
    known, last = text.known, at - 1
    if last < 1:
        return False
    sentence = [text.keys[place] for place in range(text.sentence_start(last), at)]
    if not known["date_words"].isdisjoint(sentence) and not known["babies"].isdisjoint(sentence):
        return True
    if text.keys[last] in known["before_a_date"] and text.words[last].gap == ", ":
        last -= 1  # "sa date, le 17 mars"
    elif not _BESIDE_OR_BLANK.fullmatch(text.text[text.words[last].end : match.start()]):
        return False
    if not _FIRST_YEAR <= _year(match) <= _LAST_YEAR:
        return False
    dated, before = text.keys[last] in known["date_words"], text.keys[last - 1]
    if text.known.lang not in _OWNER_BEFORE and before in known["date_words"]:
        return text.keys[last] in known["whose"]
    return dated and before in known["whose"]


def _birthday(text: Text, at: int) -> bool:
    """ "turned eighteen on 4 May 2024", "fez dezoito anos a 4 de maio"; not "turned ten people away on …"."""
    start = max(text.sentence_start(max(at - 1, 0)), at - _BIRTHDAY_REACH)
    for place in range(start, at - 1):
        age = text.keys[place + 1]
        if (
            text.keys[place] in text.known["turns"]
            and len(age) > SHORTEST_AGE
            and age in text.known["numbers"]
        ):
            between = range(place + 2, at)
            return all(any(text.keys[word] in text.known[name] for name in _AFTER_AN_AGE) for word in between)
    return False


def _in_a_life_story(text: Text, at: int, match: re.Match[str]) -> bool:
    """ "He writes his life story. It begins with »12 February 1939, frost«": in this sentence or the one before."""
    if not _FIRST_YEAR <= _year(match) <= _LAST_OLD_YEAR or not at:
        return False
    start = text.sentence_start(at - 1)
    before = text.sentence_start(start - 1, reach=30) if start else 0
    end = min(at + 8, len(text.keys))
    if any(text.keys[place] in text.known["not_births"] for place in range(start, end)):
        return False
    return any(text.known["life_stories"].ends(text.keys, place) for place in range(before + 1, end))


def _born_before(text: Text, at: int, start: int, precision: str) -> bool:
    """ "born in Ghent on 3 March 1987": going back from the date to the word of birth, in one sentence."""
    known = text.known
    between: list[int] = []
    gap_after = text.text[text.words[at - 1].end : start] if at else ""
    if not at or _breaks(gap_after, text, at - 1):
        return False
    for place in range(at - 1, max(at - 2 - _REACH[precision], -1), -1):
        if length := known["born"].ends(text.exacts, place + 1):
            if (
                text.keys[place] in known["of_the_year"]
                and _year_of(text.text[start : start + 4]) > _LAST_YEAR
            ):
                return False  # of a school
            first = place + 1 - length
            return is_personal(text, first, between, precision, born=first)
        if precision != "day" and text.keys[place] in known["year_sign"] and not between:
            return _after_person(text, place)
        if text.keys[place] in known["and"] and text.exacts[place] not in _IS and precision != "day":
            return False
        between.append(place)
        if place and _breaks(text.words[place].gap, text, place - 1):
            return False
    return False


def _said_to_be_a_birth(text: Text, at: int, match: re.Match[str]) -> bool:
    """ "3 September 2005, his birthday": what a date is stands behind its comma."""
    if not text.text.startswith(",", match.end()):
        return False
    first = text.word_at(match.end())
    for place in range(first, min(first + _APPOSITION, len(text.words))):
        if place > first and _breaks(text.words[place].gap, text, place - 1):
            return False
        if text.known["born"].ends(text.exacts, place + 1):
            # A centre has birthdays too: somebody is named whose it is.
            near = text.keys[first : place + 4]
            return any(key in text.known[name] for key in near for name in ("whose", "persons", "kin"))
    return False


def _born_after(text: Text, at: int, end: int, precision: str) -> bool:
    """ "im März 1962 in einem Dorf geboren"."""
    if text.known.lang not in _VERB_LAST:
        return False
    place = at
    while place < len(text.words) and text.words[place].start < end:
        place += 1
    between: list[int] = []
    for here in range(place, min(place + _REACH[precision], len(text.words))):
        gap = text.words[here].gap if here > place else text.text[end : text.words[here].start]
        if re.search(r"[.!?;\n]", gap) or re.search(r"\d", gap):
            return False
        if text.known["born"].ends(text.exacts, here + 1):
            before = list(range(max(at - 3, 0), at))
            return is_personal(text, at, [*between, *before], precision, born=here)
        if text.keys[here] in text.known["and"]:
            return False
        between.append(here)
    return False


def is_personal(text: Text, start: int, between: list[int], precision: str, *, born: int) -> bool:
    """Not a project's birth, and not a generation's ("young people born after 2005"). Reads back from ``start``."""
    known = text.known
    if precision != "day":
        if any(text.keys[place] in known["cohort"] for place in between):
            return False
        if text.exacts[born] in known["crowd"]:
            return any(
                text.keys[place] in known["we"]
                for place in range(max(born - 4, 0), min(born + 4, len(text.keys)))
            )
    for place in range(start - 1, text.sentence_start(min(start, len(text.words) - 1), reach=14) - 1, -1):
        word = text.keys[place]
        if place < start and ":" in text.words[place + 1].gap:
            return True
        if (
            text.words[place].capital
            and word in known.first_names
            and not any(word in known[name] for name in ("words", "weak", "places", "things"))
        ):
            return True  # somebody is named, nearer than any thing
        house = word in known["heads"] or word.endswith(tuple(known["site_ends"]))
        if (house or word in known["things"]) and not (
            word in known["dwellings"] or word in known["streets"]
        ):
            return False
        if text.exacts[place] in known["crowd"] and precision != "day":
            return False
        if precision != "day" and word in known["whose"]:
            continue  # "the centre has its birthday"
        if word in known["persons"] or word in known["kin"] or word in known["he"] or word in known["titles"]:
            return True
    return True


def _after_person(text: Text, place: int) -> bool:
    """The Czech "r. 1975" (year) is one's birth after a person: "starší muž, r. 1943"."""
    gap = text.words[place].gap
    return place > 0 and ("," in gap or "(" in gap or text.keys[place - 1] in text.known["persons"])


def _breaks(gap: str, text: Text, before: int) -> bool:
    if re.search(r"[!?;\n]", gap):
        return True
    return (
        "." in gap
        and bool(re.search(r"\.\s", gap))
        and not (text.is_short(before) or text.exacts[before] in text.known["born"])
    )


def _phrases(phrases: Phrases) -> str:
    """A pattern of these, the longest first, with what may stand between their words."""
    longest = sorted(map(re.escape, phrases), key=len, reverse=True)
    return "|".join(longest).replace(r"\ ", r"[\s'’-]")


@cache
def dates(known: Words) -> re.Pattern[str]:
    """Every way to write a date, the longest first; the group's name says how exact it is."""
    months = "|".join(sorted(map(re.escape, known["months"]), key=len, reverse=True))
    month = rf"(?:{months})\.?"
    of = r"(?:\s(?:of|de|del|du|του|d['’]))?"
    ordinal = r"(?:\.|st|nd|rd|th|er|º|ª|°|ste|de|e|η)?"
    year = r"(?:18|19|20)\d\d"
    tail = r"(?:\sr\.)?" if known.lang == "pl" else ""
    apart = r"(?: ?[./-] ?)"
    day = rf"\d{{1,2}}{ordinal}\s?{of}\s?{month}"
    feast, beside = _phrases(known["birth_feasts"]), _phrases(known["beside_feasts"])
    ways = {
        # "the week before Christmas 1938", "an Ostern 1941"
        "feast": (rf"(?:(?:{beside})[\s'’])?(?:{feast}),?{of}\s{year}",),
        "day": (
            rf"{day},?{of}\s?{year}{tail}",
            rf"{month}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{year}",
            rf"{year}[-/.]\d{{1,2}}[-/.]\d{{1,2}}",
            rf"\d{{1,2}}{apart}\d{{1,2}}{apart}(?:{year}|\d\d)",
            rf"\d{{1,2}}(?:{ordinal}\s?|[./-])[IVX]{{1,4}}(?:\.?\s|[./-]){year}",
            rf"\d{{1,2}} \d{{1,2}} {year}",
        ),
        "month": (rf"{month}{of}\s{year}{tail}", rf"\d{{1,2}}/{year}", rf"{day}(?!\w)"),
        "year": (rf"{year}{tail}",),
    }
    every = "|".join(f"(?P<{name}>{'|'.join(patterns)})" for name, patterns in ways.items())
    return re.compile(rf"(?<![\w./,-])(?:{every})(?![\w]|[.,/:-]\d)", re.IGNORECASE)
