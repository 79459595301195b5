"""How streets, houses and flats are written in ten languages."""

import re

from goodpractices.anonymity.words import key

#: The kind of street before its name: French, Spanish, Italian, Portuguese, Polish, Czech, Greek.
_KIND_FIRST = (
    "rue", "avenue", "av", "boulevard", "bd", "place", "impasse", "chemin", "allée", "quai", "square", "route",
    "chaussée", "passage", "ruelle", "sentier", "faubourg", "venelle", "cours",
    "résidence", "lotissement", "hameau", "montée", "esplanade",
    "calle", "c/", "avenida", "avda", "plaza", "pza", "paseo", "camino", "carretera", "ctra", "ronda", "travesía",
    "callejón", "glorieta", "rambla", "pasaje", "cuesta", "urbanización", "barriada", "via",
    "viale", "v.le", "piazza", "p.zza", "p.za", "piazzale", "corso", "c.so", "largo", "vicolo", "vico", "strada",
    "contrada", "salita", "borgo", "frazione", "lungomare", "rua", "r", "travessa", "praça", "beco", "alameda",
    "estrada", "calçada", "praceta",
    "av", "ladeira", "bairro", "urbanização", "viela",
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


_ENGLISH = (
    "street", "road", "rd", "lane", "avenue", "ave", "drive", "close", "crescent", "terrace", "grove", "mews", "square",
    "gardens", "row", "walk", "bank", "court", "rise",
)  # fmt: skip


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


BIG = r"(?-i:[^\W\d_a-zß-ÿα-ωά-ώěščřžýůťňďąćęłńśźż])"
# A full stop behind a long word ends a sentence, when a word follows.
_STOP = r"(?:\.(?! [^\W\d_]))?"
_CAPITAL = rf"(?:{BIG}[^\W\d_]{{0,3}}\.|{BIG}[^\W\d_]*{_STOP})"
_WORDS = rf"{_CAPITAL}(?:[ '’-](?:[^\W\d_]{{1,3}}\.|[^\W\d_]+{_STOP})){{0,3}}"
_FIRST = rf"(?:{_any(_KIND_FIRST)})\.?[ ](?:[^\W\d_]+[.'’]?[ ]?){{1,5}}"
_LAST_WORD = rf"(?:{_any(_KIND_LAST)})(?!\w)"
# English writes two words: no "ward 4".
_GLUED = rf"(?:{_any(tuple(word for word in _KIND_LAST if word not in _ENGLISH))})(?!\w)"
_LAST = rf"{_CAPITAL}(?:[ -]{_CAPITAL}){{0,2}}?(?:[ -]{_LAST_WORD}|{_GLUED})|[^\W\d_]{{2,20}}{_GLUED}"
_HOUSE = (
    r"(?:n[.°ºro]{1,2} ?|(?:number|num[eé]ro|nummer|hausnummer|número|αριθμός|číslo|numer) "
    r"|č\. ?(?:p\. ?)?|čp\. ?|lot[et] )?(?!(?:19|20)\d\d(?!\d))\d{1,4}(?: ?(?:bis|ter|quater)\b)?"
    r"(?: ?[a-zA-ZΑ-Ω](?![\w.]))?(?:[/-](?:\d{1,4}(?!\d)|[A-Za-z](?!\w)|(?-i:[IVX]{1,4})(?!\w)))?(?![\w%€]|[.,]\d)"
)
#: What a flat, a door, a stair or a part of a house is counted by …
_UNITS = (
    "bus", "bte", "boîte", "bât", "bâtiment", "bat", "esc", "escalier", "escalera", "appartement", "apartment",
    "appt",
    "apt", "app", "apto", "flat", "unit", "room", "kamer", "m", "mieszk", "mieszkanie", "lok", "kl", "klatka", "int",
    "interno", "scala", "sc", "piano", "p", "byt", "byt č", "č. bytu", "vchod", "whg", "wohnung", "top", "tür",
    "stiege", "piso",
    "puerta", "pta", "bloque", "blq", "portal", "bl", "bloco", "lote", "fração", "porta", "διαμ", "διαμέρισμα",
    "όροφος",
)  # fmt: skip
#: … a floor, and a part of the house that needs no number.
_FLOORS = (
    "étage", "etage", "floor", "verdieping", "hoog", "stock", "stockwerk", "og", "etg", "obergeschoss", "piso",
    "planta",
    "piano", "andar", "patro", "patře", "poschodí", "podlaží", "piętro", "piętrze", "όροφος", "όροφο", "οροφος",
)  # fmt: skip
_PARTS = (
    "r/c", "rez-de-chaussée", "rdc", "sous-sol", "bajo", "bajos", "bajo izq", "entresuelo", "ático", "sótano", "cave",
    "eg", "hinterhaus", "hh", "vh", "vorderhaus", "seitenflügel", "erdgeschoss", "dachgeschoss", "dg", "hochparterre",
    "souterrain", "ισόγειο", "υπόγειο", "ημιυπόγειο", "δώμα", "parter", "suterena", "poddasze", "oficyna",
    "przyziemie",
    "přízemí", "suterén", "podkroví", "piano terra", "seminterrato", "mansarda", "basement", "ground floor", "attic",
    "begane grond", "gelijkvloers", "achterhuis",
)  # fmt: skip
_SIDES = (
    "links", "rechts", "mitte", "gauche", "droite", "izq", "izda", "izquierda", "dcha", "derecha", "esq", "esquerdo",
    "dto", "direito", "frente", "left", "right", "vlevo", "vpravo", "lewo", "prawo", "hinten", "vorne",
)  # fmt: skip
_SIDE = rf"(?:,? ?(?:(?:{_any(_SIDES)})\b\.?|(?-i:[A-F])(?![\w.])))?"
_NTH = r"\d{1,2}(?:er|e|ème|st|nd|rd|th|de|ste|ος|ου|ο)?\.? ?[ºª°]?"
_FLAT_PART = (
    rf"(?:,? ?\(?(?:(?:{_any(_UNITS)})\b\.? ?(?:\d{{1,4}}[a-z]?|(?-i:[A-Z]))(?![\w.]\w)"
    rf"|(?:{_NTH}|[IVX]{{1,4}}) ?(?:{_any(_FLOORS)})\b\.?{_SIDE}|{_NTH} (?:{_any(_SIDES)})\b\.?"
    rf"|(?:{_any(_PARTS)})\b\.?{_SIDE}))"
)
_FLAT = rf"(?:(?:, ?\d{{1,2}}\.? ?[ºª°]\.? ?[^\W\d_]{{0,9}}\.?|{_FLAT_PART}){{1,3}})?"
ITS_FLAT = re.compile(_FLAT.removesuffix("?"), re.IGNORECASE)
#: "third floor", said behind an address.
FLOOR_BEHIND = re.compile(rf",? \(?[^\W\d_]{{3,10}} (?:{_any(_FLOORS)})\b", re.IGNORECASE)
_UK_CODE = r"(?-i:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})"
_CODE = r"(?:(?-i:[A-Z]{1,2})-)?(?:\d{4} (?-i:[A-Z]{2})|\d{4}-\d{3}|\d{2}-\d{3}|\d{3} \d{2}|\d{4,5})(?!\d)"
_TOWN = (
    rf"(?:,? {_CODE},? {_CAPITAL}(?:[ -]{_CAPITAL}){{0,2}}|,? (?:{_CAPITAL},? ){{0,2}}{_UK_CODE}"
    rf"|, {_CAPITAL}(?: {_CAPITAL})? \d{{3}} ?\d{{2}}(?!\d))"
)
_BEFORE_NUMBER = r"(?:(?:flat|apartment|unit|room|appt?\.?|bât\.?) (?:\d{1,3}[a-z]?|\d/\d),? )?"
#: A street and its number, whichever comes first, with what follows.
_AFTER_NUMBER = rf"(?:{_FIRST.removesuffix('{1,5}')}{{1,4}}(?<=\w)|{_LAST})"
_STREET = rf"(?:(?:{_FIRST}|{_LAST}),? ?{_HOUSE}|{_BEFORE_NUMBER}{_HOUSE},? {_AFTER_NUMBER})"
#: What may be a street after "lives at", and is one when a postcode and a town follow.
_LIKE_A_STREET = rf"(?:{_WORDS},? {_HOUSE}|{_BEFORE_NUMBER}{_HOUSE},? {_WORDS})"
#: Languages in which the number comes first: in others it counts something ("83 Prozent der Mieter").
NUMBER_FIRST = ("en", "fr")
HOME, HOME_NUMBER_LAST = (
    re.compile(rf"(?<![\w/])(?:{_STREET}{_FLAT}(?:{_TOWN})?|{like}{_FLAT}(?:{_TOWN})?)", re.IGNORECASE)
    for like in (_LIKE_A_STREET, rf"(?:{_WORDS},? {_HOUSE})")
)
WHOLE = re.compile(
    rf"(?<![\w/])(?:{_STREET}{_FLAT}(?:{_TOWN})?|{_LIKE_A_STREET}{_FLAT}{_TOWN})", re.IGNORECASE
)
#: Streets that only what is told of them shows to be some: a capital or several, and a number.
_PLAIN = rf"{BIG}[^\W\d_]+(?:[ -](?:[^\W\d_]{{1,3}} )?{BIG}[^\W\d_]+){{0,2}}"
LIKE_NUMBER_LAST = re.compile(
    rf"(?<![\w/.-])(?:[^\W\d_]{{2,5}} (?:der |den |dem )?)?{_PLAIN},? {_HOUSE}{_FLAT}", re.IGNORECASE
)
LIKE_NUMBER_FIRST = re.compile(
    rf"(?<![\w/.,:-]){_BEFORE_NUMBER}\d{{1,3}}[a-z]?,? {BIG}[^\W\d_]+(?:['’]s)? {BIG}[^\W\d_]+{_FLAT}",
    re.IGNORECASE,
)
STREETS_SHORT = frozenset(key(word).rstrip(".") for word in (*_KIND_FIRST, *_KIND_LAST) if len(word) < 6)
FIRST_KEYS = frozenset(key(word.rstrip("/")) for word in _KIND_FIRST)
LAST_KEYS = tuple(key(word).rstrip(".") for word in _KIND_LAST)
