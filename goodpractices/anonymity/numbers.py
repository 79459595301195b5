"""E-mail addresses, identity and account numbers, phone numbers."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from goodpractices.anonymity.text import Text
from goodpractices.anonymity.words import Phrases, key

# Every repetition has an end, so that no text makes the search slow.
_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
# Spelled so that no machine reads it: "anna.b (at) haven.example", "anna arroba casa punto example".
_AT = (
    r"(?: ?[(\[{] ?(?:at|arroba|chiocciola|apenstaartje|arobase|zavináč|małpa|παπάκι|ät) ?[)\]}] ?"
    r"| (?:arroba|chiocciola|apenstaartje|arobase|zavináč|malpa|małpa|παπάκι|klammeraffe) )"
)
_DOT = (
    r"(?:\.| (?:dot|point|punt|punkt|punto|ponto|tečka|kropka|τελεία) "
    r"| ?[(\[](?:dot|point|punt|punkt|punto|ponto)[)\]] ?)"
)
_SPELLED = re.compile(
    rf"(?<![\w.+%-])(?:[\w.+%-]{{2,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{2,63}}){{1,3}}"
    rf"|(?:[\w+%-]{{1,30}}(?:\.| dot )){{0,2}}[\w+%-]{{1,30}} at [\w-]{{1,63}}(?: dot [\w-]{{2,63}}){{1,3}}"
    rf"|[\w+%-]{{1,30}}[._][\w.+%-]{{1,30}} at [\w-]{{1,63}}(?:\.[\w-]{{2,63}}){{1,3}})(?![\w@])",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{1,4}){3,8}(?![A-Za-z0-9])")
_ID = re.compile(r"(?<![\w.,/-])[A-Z]{0,6}[0-9](?:(?:[ /-]{0,2}|[.,]|[.,] (?=\d))[0-9A-Z]){5,20}(?![\w])")
# On a passport, a card of identity or of an insurance.
_PAPER = re.compile(
    r"(?<![\w.,/-])(?:[^\W\d_a-zß-ÿα-ωά-ώ]{1,4}[ -]?)?\d(?:[ .-]?[0-9A-Z]){3,15}(?:/[0-9A-Z]{1,6})?(?![\w]|[./-]\d)"
)
_PAPER_DIGITS, _BARE_DIGITS, _PAPER_REACH = 4, 6, 34
_YEAR_ONLY = re.compile(r"[^\W\d]{0,3} ?(?:19|20)\d\d")
# The plate of a car, where the words before it say so.
_BIG = r"[^\W_a-zß-ÿα-ωά-ώ]"
_PLATE = re.compile(rf"(?<![\w-]){_BIG}{{1,7}}(?:[ -]{_BIG}{{1,5}}){{0,3}}(?![\w-])")
_HANDLE = re.compile(r"(?<![\w.@/])@[\w](?:[\w.]{1,28}[\w])")
# Without the sign it has what no word has inside: a digit, a line or a full stop.
_PLAIN_HANDLE = re.compile(r"(?<![\w.@/:-])(?=[^\s]{0,29}?[\d_.]\w)[^\W\d_](?:[\w.]{1,28}\w)(?![\w@/-])")
# How far before a plate, or a name on a network, the words for it may stand.
_PLATE_REACH, _HANDLE_REACH = 30, 40
# … and before a number the switchboard.
_DESK_REACH = 26
#: What the mailbox of a desk begins with, in one word with whom it is for.
_DESK_BEGINS = ("info", "contact", "kontakt", "secretari", "sekretari", "segreteri", "helpdesk")
_NEW_SENTENCE = re.compile(r"[.!?]\s+[^\W\d_]")
SIGNS = ("n°", "nº", "№", "§")
#: Numbers that prove themselves when they are written as people write them: a check of the python-stdnum package, the
#: way of writing, and the languages of texts in which it counts (None: all, since nothing else looks like it).
_CHECKED: tuple[tuple[str, str, tuple[str, ...] | None], ...] = (
    ("be.nn", r"\d{2}\.\d{2}\.\d{2}[- .]\d{3}[.-]\d{2}", None),
    ("be.nn", r"\d{11}", ("nl", "fr", "de")),
    ("fr.nir", r"[12] ?\d\d ?\d\d ?\d[\dAB] ?\d{3} ?\d{3} ?\d\d", None),
    ("es.dni", r"\d{8}[- ]?[A-Z]", None),
    ("es.nie", r"[XYZ][- ]?\d{7}[- ]?[A-Z]", None),
    ("it.codicefiscale", r"[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]", None),
    ("pl.pesel", r"\d{11}", ("pl",)),
    ("gr.amka", r"\d{11}", ("el",)),
    ("de.idnr", r"\d{2} \d{3} \d{3} \d{3}|\d{11}", ("de",)),
    ("cz.rc", r"\d{6}/\d{3,4}", None),
    ("pt.cc", r"\d{8} ?\d ?[A-Z]{2}\d", None),
    ("ch.ssn", r"756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}", None),
    ("fi.hetu", r"\d{6}[-+A]\d{3}[0-9A-Y]", None),
    ("ro.cnp", r"\d{13}", None),
    ("ie.pps", r"\d{7}[A-W][A-IW]?", None),
    ("at.vnr", r"\d{4} ?\d{6}", ("de",)),
    ("nl.bsn", r"\d{9}|\d{4}[. ]\d{2}[. ]\d{3}", ("nl",)),
    ("pt.nif", r"[123]\d{8}|[123]\d{2} \d{3} \d{3}", ("pt",)),
    ("gr.vat", r"\d{9}", ("el",)),
    ("gb.nhs", r"\d{3} \d{3} \d{4}", ("en",)),
    ("bg.egn", r"\d{10}", None),
    ("hr.oib", r"\d{11}", None),
    ("se.personnummer", r"\d{6}[-+]\d{4}", None),
    ("dk.cpr", r"\d{6}-\d{4}", None),
    ("ee.ik", r"[1-6]\d{10}", None),
    ("tr.tckimlik", r"[1-9]\d{10}", None),
)
#: … and those whose shape nothing else has: the German pension's, the Greek identity card's, the British insurance's.
_BY_SHAPE = (
    (re.compile(r"(?<![\w.,/-])\d{2} ?[0-3]\d[01]\d{3} ?[A-Z] ?\d{3}(?!\w)"), ("de",)),
    (re.compile(r"(?<![\w.,/-])[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧABEZHIKMNOPTYX]{2} ?\d{6}(?!\w)"), ("el",)),
    (re.compile(r"(?<![\w.,/-])[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)"), ("en",)),
    # The Italian tax code and the Spanish card of identity, also with a slip of the pen.
    (re.compile(r"(?<![\w.,/-])[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?!\w)"), ("it",)),
    (re.compile(r"(?<![\w.,/-])\d{1,2}\.\d{3}\.\d{3} ?-? ?[A-HJ-NP-TV-Z](?!\w)"), ("es",)),
    (re.compile(r"(?<![\w.,/-])(?:STP|ENI) ?\d{13}(?!\w)"), ("it",)),
    # A British prisoner's, the German health insurance's, the Italian identity card's.
    (re.compile(r"(?<![\w.,/-])A\d{4}[A-Z]{2}(?!\w)"), ("en",)),
    (re.compile(r"(?<![\w.,/-])[A-Z]\d{9}(?!\w)"), ("de",)),
    (re.compile(r"(?<![\w.,/-])C[A-Z]\d{5}[A-Z]{2}(?!\w)"), ("it",)),
    # A Portuguese and a Czech court's.
    (re.compile(r"(?<![\w.,/-])\d{1,7}/\d{2}\.\d[A-Z0-9]{2,3}[A-Z]{3}(?!\w)"), ("pt",)),
    # A Czech birth number, also with a slip of the pen: its month is one, with 50 for women.
    (re.compile(r"(?<![\w.,/-])\d\d[0156]\d[0-3]\d/\d{3,4}(?![\w/])"), ("cs",)),
    (re.compile(r"(?<![\w.,/-])\d{1,3} (?:P(?: a Nc)?|Nc|T|C|EXE?) \d{1,6}/(?:19|20)\d\d(?!\w)"), ("cs",)),
)
#: Where a number without a country code may be from, by the language of the text.
_REGIONS = {
    "en": ("GB", "IE", "MT"), "fr": ("FR", "BE", "CH", "LU"), "nl": ("NL", "BE"), "de": ("DE", "AT", "CH", "BE", "LU"),
    "es": ("ES",), "it": ("IT", "CH"), "pt": ("PT",), "el": ("GR", "CY"), "cs": ("CZ", "SK"), "pl": ("PL",),
}  # fmt: skip
#: Where a number at home begins with 0; in the others it has so many digits.
_TRUNK = frozenset(("GB", "IE", "FR", "BE", "CH", "NL", "DE", "AT", "SK"))
_DIGITS = {"ES": 9, "PT": 9, "CZ": 9, "PL": 9, "GR": 10, "CY": 99, "MT": 99, "IT": 9, "LU": 99}
_PHONE = re.compile(r"(?<![\w@])(?:\+|00)?\(?\d[\d \u00a0()./-]{5,24}\d(?!\w)")
#: Mobile phones of each region, of which the numbering plan holds some back (for films, for later).
_MOBILES = {
    "GB": r"07\d{9}", "IE": r"08\d{8}", "FR": r"0[67]\d{8}", "BE": r"04\d{8}", "NL": r"06\d{8}", "LU": r"6\d{8}",
    "DE": r"01[567]\d{8,9}", "AT": r"06[5-9]\d{7,10}", "CH": r"07[4-9]\d{7}", "ES": r"[67]\d{8}", "IT": r"3[2-9]\d{8}",
    "PT": r"9[1236]\d{7}", "GR": r"69\d{8}", "CY": r"9\d{7}", "CZ": r"[67]\d{8}", "SK": r"09\d{8}",
    "PL": r"(?:4[5-9]|5[0137]|6[069]|7[2389]|88)\d{7}",
}  # fmt: skip
#: Written as the French do: hardly anything else is.
_PAIRS = re.compile(r"0[1-9](?:[ .-]\d\d){4}")
_IN_GROUPS = re.compile(r"\d{2,5}(?:[ ./-]\d{2,6}){1,4}")
_MONEY_BEFORE = re.compile(r"(?:[€£$¥]|\b(?:eur|euros?|kč|zł|chf|gbp|usd|pln|czk))\s?$", re.I)
_MONEY_AFTER = re.compile(
    r"\s?(?:[€£$%‰°]|(?:eur|euros?|kč|zł|chf|gbp|usd|pln|czk|km|kg|m²|m2|lei|ευρώ)\b)|[.,:]\d", re.I
)
LOOKS_LIKE_DATES = re.compile(
    r"(?:1[89]|20)\d\d[ /](?:1[89]|20)\d\d|\d{1,4}/(?:19|20)\d\d|\d{1,2}[./-] ?\d{1,2}[./-] ?(?:\d{4}|\d{2})(?!\d)"
    r"|(?:19\d\d|20[0-3]\d) ?[-–/] ?(?:19|20)?\d\d|\d{4}-\d{2}-\d{2}.*"
)
_GROUPED = re.compile(r"\d{1,3}(?:[ .\u00a0]\d{3})+")


def find_emails(text: Text) -> Iterator[tuple[int, int]]:
    """Mailboxes, but those of a desk (info@…)."""
    for match in _EMAIL.finditer(text.text):
        if not _of_a_desk(match.group().partition("@")[0], text):
            start = match.start() + len(match.group()) - len(match.group().lstrip(".-+%"))
            yield start, match.start() + len(match.group().rstrip("-_"))
    for match in _SPELLED.finditer(text.text):
        if not _of_a_desk(re.split(r"[ (\[{]", match.group(), maxsplit=1)[0], text):
            yield match.span()


def _of_a_desk(mailbox: str, text: Text) -> bool:
    """ "info", "info.gent", "helpline2", "contactparents" and what is a house or a room ("club"), not "anna.info"."""
    desks = text.known["desks"]
    parts = [key(part) for part in re.split(r"[._+-]|\d+", mailbox) if part]
    if not parts:
        return False
    if parts[0] in desks or " ".join(parts) in desks:
        return True
    if parts[0] in text.known.first_names or parts[0] in text.known.surnames:
        return False
    house = len(parts) == 1 and any(parts[0] in text.known[name] for name in ("heads", "things"))
    return house or parts[0].startswith(_DESK_BEGINS)


def find_ibans(text: str) -> Iterator[tuple[int, int]]:
    """Bank accounts whose check digits fit."""
    valid = _check("iban")
    for match in _IBAN.finditer(text):
        found = match.group()
        while len(found) > 14:  # the words after it may have been taken along
            if valid(found, check_country=False):  # a bank that has merged is somebody's all the same
                yield match.start(), match.start() + len(found)
                break
            found = found.rpartition(" ")[0]


def find_ids(text: Text) -> Iterator[tuple[int, int]]:
    """National identity numbers that prove themselves, and any number that the words before it call one."""
    for shape, langs in _BY_SHAPE:
        if text.known.lang in langs:
            yield from (match.span() for match in shape.finditer(text.text))
    for match in _ID.finditer(text.text):
        found = match.group()
        bare = re.sub(r"[^0-9A-Za-z]", "", found)
        if sum(char.isdigit() for char in bare) < 6:
            continue
        if named(text, match.start(), text.known["id_words"], 25) or _proves_itself(found, text.known.lang):
            yield match.span()
    yield from _papers(text)


def _papers(text: Text) -> Iterator[tuple[int, int]]:
    """The number of a passport, an identity card, an insurance, a prisoner: by the words for them, in any case."""
    stems = tuple(text.known["papers_of"])
    for match in _PAPER.finditer(text.text):
        found, start = match.group(), match.start()
        digits = sum(char.isdigit() for char in found)
        coded = any(char.isalpha() for char in found)
        if digits < (_PAPER_DIGITS if coded else _BARE_DIGITS) or LOOKS_LIKE_DATES.fullmatch(found):
            continue
        if _YEAR_ONLY.fullmatch(found) or text.text[max(start - 1, 0) : start] == "+":
            continue
        for place in range(text.word_at(start), 0, -1):
            word = text.words[place - 1]
            if word.end < start - _PAPER_REACH or word.start >= start:
                if word.end < start - _PAPER_REACH:
                    break
                continue
            between = text.text[word.end : start]
            if re.search(r"[!?;\n\d]|\.\s+[^\W\d_]", between.removeprefix(".")):
                break
            if text.keys[place - 1].startswith(stems):
                yield match.span()
                break


def find_plates(text: Text) -> Iterator[tuple[int, int]]:
    """Number plates of cars: "his car, reg. CX19 KTD"."""
    for match in _PLATE.finditer(text.text):
        found = re.sub(r"[ -]", "", match.group())
        if (
            4 < len(found) < 10
            and any(char.isdigit() for char in found)
            and any(char.isalpha() for char in found)
            and named(text, match.start(), text.known["plates"], _PLATE_REACH)
        ):
            yield match.span()


def find_handles(text: Text) -> Iterator[tuple[int, int]]:
    """Somebody's name on a network ("her instagram, @leyla_92", "signs as leyla_92"), not a house's ("follow us")."""
    seen: set[str] = set()
    for match in (*_HANDLE.finditer(text.text), *_PLAIN_HANDLE.finditer(text.text)):
        if match.group() in seen:
            yield match.span()
            continue
        marked = match.group().startswith("@")
        lists = ("networks", "signs") if marked else ("signs",)
        if not any(named(text, match.start(), text.known[name], _HANDLE_REACH) for name in lists):
            continue
        if not marked and not _is_a_handle(match.group()):
            continue
        at = text.word_at(match.start())
        before = text.keys[text.sentence_start(max(at - 1, 0)) : at]
        ours = ("we", "our", "desks_of", *(("things", "heads") if marked else ()))
        if not any(word in text.known[name] for word in before for name in ours):
            seen.add(match.group())
            yield match.span()


def _is_a_handle(found: str) -> bool:
    """ "leyla_92", "leyla.b", not "www.leyla.be", "J.B", "10.30" or "B12"."""
    small = found[0].islower() or "_" in found or found[-1].isdigit()
    letters = sum(char.isalpha() for char in found)
    return small and letters > 3 and not found.startswith("www.") and not re.search(r"\.[a-z]{2}$", found)


def find_phones(text: Text) -> Iterator[tuple[int, int]]:
    """Numbers that ring at somebody's: no free or paid lines, no amounts, dates, codes."""
    import phonenumbers

    regions = _REGIONS[text.known.lang]
    for match in _PHONE.finditer(text.text):
        found, start = match.group(), match.start()
        if found.startswith("(") and ")" not in found:
            found, start = found[1:], start + 1
        before, after = (
            text.text[max(match.start() - 40, 0) : match.start()],
            text.text[match.end() : match.end() + 12],
        )
        plus = found.startswith("+")
        called = named(text, start, text.known["phone_words"], 30)
        if not plus and not called:
            if (
                (
                    named(text, start, text.known["not_phone"], 4, keys=text.exacts)
                    and not _rings(found, regions)
                )
                or _MONEY_BEFORE.search(before)
                or _MONEY_AFTER.match(after)
            ):
                continue
            if _GROUPED.fullmatch(found) and not found.startswith("0") and len(re.sub(r"\D", "", found)) < 9:
                continue
        if LOOKS_LIKE_DATES.fullmatch(found) or "--" in found:
            continue
        end = _phone_end(phonenumbers, found, regions, lenient=plus or called)
        if end and not _of_a_house(text, start, found, regions):
            yield start, start + end


def _of_a_house(text: Text, start: int, found: str, regions: tuple[str, ...]) -> bool:
    """ "Switchboard: 020 …", "la portineria risponde allo 02 …": nearer than whose number it is else."""
    digits = re.sub(r"\D", "", found)
    french = _PAIRS.fullmatch(found) and digits[1] not in "67"  # a Belgian mobile phone has the same digits
    if not french and any(re.fullmatch(_MOBILES.get(region, "-"), digits) for region in regions):
        return False
    for place in range(text.word_at(start), 0, -1):
        word = text.words[place - 1]
        between = text.text[word.end : start]
        if word.end < start - _DESK_REACH or re.search(r"[;!?\n\d]", between):
            return False
        if text.known["switchboards"].ends(text.keys, place):
            return True
        whose = (
            word.key in text.known["whose"]
            or word.key in text.known["persons"]
            or word.key in text.known["kin"]
        )
        if whose or (word.capital and word.key in text.known.first_names):
            return False
    return False


def _rings(found: str, regions: tuple[str, ...]) -> bool:
    """Whether it is written in groups as a mobile phone's number ("number 07700 900 418")."""
    digits = re.sub(r"\D", "", found)
    mobile = any(re.fullmatch(_MOBILES.get(region, "-"), digits) for region in regions)
    return mobile and bool(_IN_GROUPS.fullmatch(found))


def _phone_end(phonenumbers: Any, found: str, regions: tuple[str, ...], *, lenient: bool) -> int:
    """How much of it is a phone number; 0 when nothing is."""
    kinds = phonenumbers.PhoneNumberType
    shared = (kinds.TOLL_FREE, kinds.SHARED_COST, kinds.PREMIUM_RATE, kinds.UAN, kinds.VOICEMAIL)
    whole = found.rstrip(" ./-(\u00a0")
    if whole.count("(") > whole.count(")"):
        return 0
    digits = re.sub(r"\D", "", whole)
    possible = False
    for region in regions:
        try:
            number = phonenumbers.parse(re.sub(r"[./\u00a0]", " ", whole), region)
        except phonenumbers.NumberParseException:
            continue
        at_home = digits.startswith("0") if region in _TRUNK else len(digits) >= _DIGITS[region]
        if phonenumbers.is_valid_number(number) and (at_home or lenient):
            return 0 if phonenumbers.number_type(number) in shared else len(whole)
        possible = possible or (phonenumbers.is_possible_number(number) and len(digits) > 8)
        if re.fullmatch(_MOBILES.get(region, "-"), digits) and (lenient or _IN_GROUPS.fullmatch(whole)):
            possible = lenient = True
    if _PAIRS.fullmatch(whole):
        return len(whole)
    # Only now: what is merely possible in one country may be a free line of the next.
    return len(whole) if lenient and possible else 0


def named(text: Text, start: int, phrases: Phrases, reach: int, keys: Sequence[str] | None = None) -> bool:
    """Does one of these phrases end at most ``reach`` characters before ``start``, in the same sentence?"""
    keys = text.keys if keys is None else keys
    for place in range(text.word_at(start), 0, -1):
        end = text.words[place - 1].end
        if end < start - reach:
            break
        if phrases.ends(keys, place):
            return not _NEW_SENTENCE.search(text.text[end:start])
    return text.text[max(start - 3, 0) : start].rstrip(" :").endswith(SIGNS) and SIGNS[0] in phrases


def _proves_itself(found: str, lang: str) -> bool:
    return any(
        (langs is None or lang in langs) and re.fullmatch(written, found) and _check(name)(found)
        for name, written, langs in _CHECKED
    )


@cache
def _check(name: str) -> Any:
    return import_module(f"stdnum.{name}").is_valid
