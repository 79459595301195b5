"""Births told by an age or a short year: "turned eighteen on 3 May", "am 3. Mai wurde er achtzehn", "Jahrgang 79"."""

import re
from collections.abc import Iterator
from functools import cache

from goodpractices.anonymity.births import dates, is_personal
from goodpractices.anonymity.text import Text
from goodpractices.anonymity.words import Words

#: How far before or after a date one turns so old, and between turning and the age.
_REACH, _AGE_REACH = 8, 3
#: What may follow an age.
_AFTER_AN_AGE = ("years", "small", "numbers", "tens", "before_a_date", "loc", "of")
#: Letters of an age in words ("ten" may be anything).
_SHORTEST_AGE = 4
#: Nobody of whom a practice tells was born after it, or is a year of a school.
_LAST_YEAR = 2012
#: How many words may stand between a birth and "'79".
_BETWEEN = 3
_ENDS = re.compile(r"[.!?;\n]\s|[!?;\n]")
_AGE = re.compile(r"(?<![\d.,:/-])(?:[1-9]|[1-9]\d|1[01]\d)(?![\d:/%€]|[.,-]\d)")
# Behind a short year: the end of what is told, or a place.
_GOES_ON = re.compile(r"\s?(?:$|[,.;)–—\n]|-\s)")


def find_birthdays(text: Text) -> Iterator[tuple[int, int]]:
    """Start and end of each."""
    for match in dates(text.known).finditer(text.text):
        if match.lastgroup != "year" and match.group()[0].isdigit() and _turns_then(text, match):
            yield match.span()
    for match in _short_years(text.known).finditer(text.text):
        if _of_a_birth(text, match):
            yield match.start("year"), match.end("year")


def _turns_then(text: Text, match: re.Match[str]) -> bool:
    """Does somebody turn so old on that day, told before the date or after it?"""
    at, after = text.word_at(match.start()), text.word_at(match.end())
    first = max(text.sentence_start(max(at - 1, 0)), at - _REACH)
    for place in (*range(first, at), *range(after, min(after + _REACH, len(text.words)))):
        if place > after and _ENDS.search(text.words[place].gap):
            break
        length = text.begins(place, text.known["turns"]) or text.begins(place, text.known["comes_of_age"])
        weak = not text.begins(place, text.known["turns"])
        if not length:
            continue
        stop = at if place < at else len(text.words)
        aged = _aged(text, place + length, stop, weak=weak) or (
            not weak and _numeral_beside(text, place, length)
        )
        if not aged and place < at and not weak:  # "sie wird am 9. März sechzehn"
            aged = (
                after < len(text.words)
                and text.text[match.end() : text.words[after].start] == " "
                and _is_numeral(text, after)
            )
        if aged:
            return is_personal(text, place, [], "month", born=place)
    return False


def _aged(text: Text, first: int, stop: int, *, weak: bool) -> bool:
    """Does an age begin here, before the word ``stop``, with "years" when the verb may say anything ("was")?"""
    for place in range(first, min(first + _AGE_REACH, stop)):
        gap = text.words[place].gap
        if (place > first and re.search(r"[.!?;,\n]", gap)) or _is_a_thing(text, place):
            return False
        if _is_numeral(text, place) or _AGE.search(gap):
            near = text.keys[place : place + 4]
            after = place + 1 if _is_numeral(text, place) else place
            if after < stop < len(text.words) and not any(
                text.keys[after] in text.known[name] for name in _AFTER_AN_AGE
            ):
                return False  # "turned twenty people away"
            return not weak or any(key in text.known[name] for key in near for name in ("years", "of_age"))
    end = text.words[first - 1].end
    if first >= stop:
        return False
    return not weak and bool(re.match(r" \d{1,2}(?=[ ,.])", text.text[end : end + 5]))


def _is_numeral(text: Text, place: int) -> bool:
    word = text.keys[place]
    if word in text.known["numbers"]:
        return True
    return len(word) >= _SHORTEST_AGE and word.endswith(tuple(text.known["tens"]))


def _numeral_beside(text: Text, place: int, length: int) -> bool:
    """ "Šestnáct jí bude", "szesnaście lat kończy": the age stands before."""
    return any(
        place > back and _is_numeral(text, place - back - 1) and not text.words[place - back].gap.strip()
        for back in (0, 1)
    )


def _is_a_thing(text: Text, place: int) -> bool:
    word = text.keys[place]
    return any(word in text.known[name] for name in ("things", "heads")) or word.endswith(
        tuple(text.known["site_ends"])
    )


def _of_a_birth(text: Text, match: re.Match[str]) -> bool:
    """Does "'79" or "79" stand right behind what only births have before them?"""
    at = text.word_at(match.start())
    year = match.group("year")
    full = len(re.sub(r"\D", "", year)) > 2
    if full and int(re.sub(r"\D", "", year)[-4:]) > _LAST_YEAR:
        return False
    if not at or not re.fullmatch(r"\.? \(?|\(", text.text[text.words[at - 1].end : match.start()]):
        return False
    length = text.known["of_the_year"].ends(text.keys, at)
    if length and (full or _GOES_ON.match(text.text, match.end()) or _is_placed(text, match.end())):
        return is_personal(text, at - length, [], "year", born=at - 1)
    if full:
        return False
    length = text.known["is_of_year"].ends(text.keys, at)
    if length and _GOES_ON.match(text.text, match.end()) and text.opens(at - length):
        return True
    signed = "'" in year or "’" in year or match.group("month") is not None
    for place in range(at - 1, max(at - 2 - _BETWEEN, -1), -1):
        if text.known["born"].ends(text.exacts, place + 1):
            beside = place >= at - _BETWEEN
            ends = _GOES_ON.match(text.text, match.end()) or _is_placed(text, match.end())
            return bool(signed or (beside and ends)) and is_personal(text, place, [], "year", born=place)
        if re.search(r"[.!?;,\n]", text.words[place].gap):
            return False
    return False


def _is_placed(text: Text, end: int) -> bool:
    at = text.word_at(end)
    return (
        at + 1 < len(text.words)
        and text.text[end : text.words[at].start] == " "
        and text.keys[at] in text.known["loc"]
        and text.words[at + 1].capital
    )


@cache
def _short_years(known: Words) -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, known["months"]), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w./,-])(?P<year>(?P<month>(?:\d{{1,2}}\.? )?(?:d[eu] )?(?:{months})\.?(?: de| del| du| του)? )?"
        r"(?:['’´]\d\d|(?:19|20)\d\d|[3-9]\d|[01]\d))(?![\w%€]|[.,:/-]\d|['’]\d)",
        re.IGNORECASE,
    )
