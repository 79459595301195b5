"""Whether two cards speak of the same team: facts in, a score from 0 to 1 and its reasons out. Pure: no Django.

Only facts count: name, town, country, place on the map, address, postcode, website, e-mail. The score is how far the
names agree times how far the places agree. Symmetric; 1 for a card and itself; never higher for a word more that only
one of the two has, nor for a greater distance (tests/hosts/test_duplicates.py).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from ecett.core.search import normalise, sort_key
from hosts.gazetteer import town_names
from hosts.names import KIND, TOWN, WORD, Word, pieces, sound, word_of
from hosts.stems import distance

# From here on a pair is shown to people (docs/decisions/0008 says how it was chosen).
LIKELY = 0.72
# The same name, town and country: what the import takes for one host. It is always worth a look.
SAME_KEY = 0.8
EARTH_KM = 6371.0088

# One name has a word for a part of a house that the other has not: two teams, most likely.
OTHER_PART = 0.65
# Each name has words of its own: two houses of one owner, or two parts of a house.
OWN_NAMES = 0.75
# Names that have little in common but the town and the kind of house say little.
SAYS_LITTLE = 0.65
NUMBERS_DIFFER, NUMBER_MISSING = 0.4, 0.6
SAME_CONTACT = 0.3
# (km, agreement of places), between them a straight line.
NEAR = ((0.1, 1.0), (0.5, 0.92), (2.0, 0.75), (10.0, 0.5), (50.0, 0.2), (100.0, 0.0))
SAME_DOT, NEXT_DOOR = 0.1, 0.25
FAR_NAMESAKE, FAR_RELATED = 50.0, 15.0
SAME_TOWN, SOMEWHERE_IN_TOWN, OTHER_SITE = 0.8, 0.9, 0.7
SAME_POSTCODE, SAME_ADDRESS, ELSEWHERE = 0.9, 0.97, 0.3

_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|er|ere|eme|e|o|a|os|as)")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_STREET = re.compile(
    r"\b(?:rue|avenue|av|ave|boulevard|bd|bld|place|pl|chemin|route|impasse|allee|quai|street|st|road|rd|lane|via|viale|"
    r"piazza|corso|v|calle|c|avda|avenida|plaza|ul|ulica|ulitsa|aleja|al|odos|leoforos|utca|ut|str|nr|no|num|bis)\b"
)
_STREET_END = re.compile(
    r"(?:strasse|str|gasse|straat|laan|weg|vegen|veien|gatan|gata|katu|iela|gatve|platz)\b"
)


@dataclass(frozen=True)
class Facts:
    """What is known of a team. Degrees; ``country`` ISO 3166-1; ``key`` names the card and plays no part."""

    key: str
    name: str
    city: str
    country: str
    address: str = ""
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None
    website: str = ""
    email: str = ""


@dataclass(frozen=True)
class Reason:
    """One thing that two cards have in common; ``detail`` is a figure or word for the sentence."""

    kind: str
    detail: str = ""


@dataclass(frozen=True)
class Likeness:
    """How alike two cards are (0 to 1) and why."""

    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Prepared:
    """A card's facts made comparable, once for all its pairs."""

    facts: Facts
    words: tuple[Word, ...]
    numbers: frozenset[str]
    whole: str
    title: tuple[str, str]
    town: frozenset[str]
    street: frozenset[str]
    door: frozenset[str]
    postcode: str
    website: str
    email: str


def prepare(facts: Facts) -> Prepared:
    """Make the facts of a card comparable."""
    named = pieces(facts.name)
    numbers: set[str] = set()
    words: dict[str, Word] = {}
    for at, piece in enumerate(named):
        ordinal = _ORDINAL.fullmatch(piece)
        last_letter = len(piece) == 1 and at == len(named) - 1 and at > 0 and piece.isalpha()
        if piece == facts.postcode:
            continue
        if not piece.isalpha() or piece in _ROMAN:
            number = _ROMAN.get(piece) or (ordinal[1] if ordinal else piece)
            numbers.add(number.lstrip("0") or "0")
        elif last_letter:
            numbers.add(piece)
        elif found := word_of(piece):
            # A name that names a town twice says more than one that names it once.
            again = found.key in words and found.weight == WORD
            words.setdefault(f"{found.key}/2" if again else found.key, found)
    if not words:
        words = {heard: Word(heard, piece, heard, WORD) for piece in named if (heard := sound(piece))}
    words = {key: replace(word, key=key) for key, word in words.items()}
    street = pieces(_STREET.sub(" ", " ".join(pieces(facts.address))))
    return Prepared(
        facts=facts,
        words=tuple(words.values()),
        numbers=frozenset(numbers),
        whole="".join(sound(piece) for piece in named),
        title=(sort_key(facts.name), sort_key(facts.city)),
        town=town_of(facts.city),
        street=frozenset(
            heard
            for piece in street
            if not piece[0].isdigit()
            and len(piece) > 2
            and (heard := sound(_STREET_END.sub("", piece) or piece))
        ),
        door=frozenset(re.sub(r"\D.*", "", piece) for piece in street if piece[0].isdigit()),
        postcode=re.sub(r"\W", "", normalise(facts.postcode)),
        website=_site(facts.website),
        email=facts.email.strip().lower(),
    )


@lru_cache(maxsize=50_000)
def town_of(city: str) -> frozenset[str]:
    """The words of a town, in every name it has."""
    found: set[str] = set()
    for piece in pieces(city):
        if len(piece) > 2 and piece not in ("bad", "les", "the", "saint", "sankt", "san", "santa"):
            found.add(sound(piece))
            found.update(sound(name) for name in town_names(piece, ""))
    return frozenset(found or {sound(piece) for piece in pieces(city)} - {""})


def _site(address: str) -> str:
    """A website without what does not matter: scheme, www, slash at the end."""
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", address.strip().lower()).rstrip("/")


# ── pairs ──
def likeness(one: Facts, other: Facts) -> Likeness:
    """How alike two cards are; see `compare`."""
    return compare(prepare(one), prepare(other))


def compare(one: Prepared, other: Prepared) -> Likeness:
    """How alike two cards are, with the reasons that people can check."""
    if one.facts.country != other.facts.country:
        return Likeness(0.0)
    names = _names(one, other)
    place, reasons = _places(one, other)
    score = names * place
    for value in ("website", "email"):
        if getattr(one, value) and getattr(one, value) == getattr(other, value):
            reasons.append(Reason(value, getattr(one, value)))
            score += (min(names, place) - score) * SAME_CONTACT
    if one.title == other.title and one.title[0]:
        score = max(score, SAME_KEY)
    if _plain(one) == _plain(other):
        score = 1.0
    reasons.insert(0, Reason("name" if _same_name(one, other) else "name_alike"))
    return Likeness(min(score, 1.0), tuple(reasons))


def _plain(prepared: Prepared) -> tuple[object, ...]:
    facts = prepared.facts
    return (facts.name, facts.city, facts.address, facts.postcode, facts.latitude, facts.longitude,
            prepared.website, prepared.email)  # fmt: skip


def _same_name(one: Prepared, other: Prepared) -> bool:
    """Whether two names differ in their spelling only; no name is like none."""
    return bool(one.whole) and one.whole == other.whole and one.numbers == other.numbers


def _names(one: Prepared, other: Prepared) -> float:
    """How far two names agree."""
    if _same_name(one, other):
        return 1.0
    towns = one.town | other.town
    mine = {word.key: _weighed(word, towns) for word in one.words}
    yours = {word.key: _weighed(word, towns) for word in other.words}
    shared = left = right = 0.0
    for key in sorted(mine.keys() & yours.keys()):
        shared += 2 * min(mine.pop(key).weight, yours.pop(key).weight)
    found = sorted(_alike(mine, yours), key=lambda each: (-each[0], sorted(each[1:])))
    for close, ours, theirs in found:
        if all(key in mine for key in ours) and all(key in yours for key in theirs):
            weight = min(
                sum(mine.pop(key).weight for key in ours), sum(yours.pop(key).weight for key in theirs)
            )
            shared += 2 * weight * close
            left += weight * (1 - close)
            right += weight * (1 - close)
    left += sum(word.weight for word in mine.values())
    right += sum(word.weight for word in yours.values())
    agreement = shared / (shared + (left + right)) if shared else 0.0
    agreement *= SAYS_LITTLE + (1 - SAYS_LITTLE) * min(1.0, shared / 2)
    if _own(mine) and _own(yours):
        agreement *= OWN_NAMES
    if any(word.part for word in (*mine.values(), *yours.values())):
        agreement *= OTHER_PART
    if one.numbers != other.numbers:
        agreement *= NUMBERS_DIFFER if one.numbers and other.numbers else NUMBER_MISSING
    return agreement


def _weighed(word: Word, towns: frozenset[str]) -> Word:
    """The town in a name says nothing that the card's town does not say."""
    named = word.sound in towns or any(_case_of(word.sound, town) for town in towns)
    return replace(word, weight=TOWN, part=False) if named else word


def _case_of(heard: str, town: str) -> bool:
    """Whether a word is a town's name with the ending of a case: ``Krakowie``."""
    least = max(4, len(town) - 1)
    return len(town) >= 4 and heard[:least] == town[:least] and abs(len(heard) - len(town)) <= 3


def _own(words: Mapping[str, Word]) -> bool:
    """Whether among the words that only one name has are others than the kind of house."""
    return any(word.weight != KIND for word in words.values())


def _alike(
    mine: Mapping[str, Word], yours: Mapping[str, Word]
) -> Iterator[tuple[float, tuple[str, ...], tuple[str, ...]]]:
    """(how close, words of one, words of the other): slips, endings, abbreviations, initials, words joined."""
    for one in mine.values():
        for other in yours.values():
            if close := _close(one, other):
                yield close, (one.key,), (other.key,)
    for short, longer, turned in ((mine, yours, False), (yours, mine, True)):
        keys = tuple(longer)
        for word in short.values():
            for run in _runs(word, keys, longer):
                pair = (run, (word.key,)) if turned else ((word.key,), run)
                yield 0.95, *pair


def _runs(word: Word, keys: tuple[str, ...], words: Mapping[str, Word]) -> Iterator[tuple[str, ...]]:
    """Neighbours that a word stands for: their initials (``CHU``), or the same letters written apart."""
    for at in range(len(keys)):
        run = keys[at : at + len(word.piece)]
        if 2 <= len(word.piece) <= 6 and word.piece == "".join(words[key].piece[0] for key in run):
            yield run
        pair = keys[at : at + 2]
        if len(pair) == 2 and word.sound == "".join(words[key].sound for key in pair):
            yield pair


@lru_cache(maxsize=200_000)
def _close(one: Word, other: Word) -> float:
    """How close two different words are, 0 for not."""
    short, long = sorted((one.sound, other.sound), key=lambda heard: (len(heard), heard))
    if one.key.startswith("#") or other.key.startswith("#") or len(short) < 3:
        return 0.0
    if len(short) >= 5 and distance(short, long, 2) <= (2 if len(short) >= 9 else 1):
        return 0.9
    common = next(
        (at for at, (left, right) in enumerate(zip(short, long, strict=False)) if left != right), len(short)
    )
    if common >= 6 and common >= 0.6 * len(long):
        return 0.85
    abbreviated = long.startswith(short) and len(short) <= 4 < len(long)
    return 0.8 if abbreviated and not (one.part or other.part) else 0.0


def _places(one: Prepared, other: Prepared) -> tuple[float, list[Reason]]:
    """How far the places of two cards agree, and in what."""
    reasons: list[Reason] = []
    found = [ELSEWHERE]
    street, door = _same_street(one, other), not (one.door and other.door) or bool(one.door & other.door)
    km = kilometres(one.facts, other.facts)
    # Many towns share a word of their names, and a few the whole.
    far = FAR_NAMESAKE if one.town == other.town else FAR_RELATED
    same_town = bool(one.town & other.town) and (km is None or km <= far)
    # Two streets or two doors, and not the same dot on the map.
    apart = bool(one.street and other.street and km is not None and km > (NEXT_DOOR if street else SAME_DOT))
    apart = apart and not (street and door)
    if same_town:
        reasons.append(Reason("town", other.facts.city))
        unknown = km is None and not (one.street and other.street)
        found.append(OTHER_SITE if apart else SOMEWHERE_IN_TOWN if unknown else SAME_TOWN)
    if one.postcode and one.postcode == other.postcode:
        reasons.append(Reason("postcode", other.facts.postcode))
        if same_town and not apart:
            found.append(SAME_POSTCODE)
    if street and door and (same_town or (one.postcode and one.postcode == other.postcode)):
        reasons.append(Reason("address", other.facts.address))
        found.append(1.0 if same_town and one.postcode == other.postcode else SAME_ADDRESS)
    if km is not None:
        found.append(min(_nearness(km), OTHER_SITE) if apart else _nearness(km))
        if km <= 0.5:
            reasons.append(Reason("near", str(max(10, round(km * 100) * 10))))
        elif not same_town:
            # Two places on the map that lie apart are two places.
            found[0] = min(ELSEWHERE, _nearness(km))
    return max(found), reasons


def _same_street(one: Prepared, other: Prepared) -> bool:
    if not one.street or not other.street:
        return False
    short, long = sorted((one.street, other.street), key=lambda words: (len(words), sorted(words)))
    near = sum(
        any(word == each or (len(word) > 4 and distance(word, each, 1) <= 1) for each in long)
        for word in short
    )
    return near >= 0.6 * len(long) and near == len(short)


def _nearness(km: float) -> float:
    before, agreement = 0.0, 1.0
    for until, then in NEAR:
        if km <= until:
            return agreement + (then - agreement) * (km - before) / (until - before)
        before, agreement = until, then
    return 0.0


def kilometres(one: Facts, other: Facts) -> float | None:
    """The great circle between two cards; None where one of them has no place on the map."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    north, south = math.radians(one.latitude or 0.0), math.radians(other.latitude or 0.0)
    aside = math.radians((other.longitude or 0.0) - (one.longitude or 0.0))
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(aside / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
