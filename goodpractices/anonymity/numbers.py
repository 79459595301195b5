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
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{1,4}){3,8}(?![A-Za-z0-9])")
_ID = re.compile(r"(?<![\w.,/-])[A-Z]{0,6}[0-9](?:(?:[ /-]{0,2}|[.,]|[.,] (?=\d))[0-9A-Z]){5,20}(?![\w])")
# What stands after "file number": shorter, and with letters in it.
_FILE_NUMBER = re.compile(
    r"(?<![\w.,/-])(?:[^\W\d_a-zα-ω]{1,5}[ ./-]?){0,2}\d(?:[ ./-]?(?:\d|[^\W\d_a-zα-ω]{1,2}(?![^\W\d_]))){2,20}(?!\w)"
)
_FILE_DIGITS = 4
# A court's or an office's: "17 Nc 2231/2022", "51-HzE-2291/22", "III RNs 2231/22".
_COURT_NUMBER = re.compile(
    r"(?<![\w.,/-])(?:\d{1,4}[ ./-]|[IVX]{1,4} )?[^\W\d_a-zß-ÿ][^\W\d_]{0,4}[ ./-]\d{1,6}[/-]\d{2,4}(?!\w)"
)
# The plate of a car, where the words before it say so.
_BIG = r"[^\W_a-zß-ÿα-ωά-ώ]"
_PLATE = re.compile(rf"(?<![\w-]){_BIG}{{1,7}}(?:[ -]{_BIG}{{1,5}}){{0,3}}(?![\w-])")
_HANDLE = re.compile(r"(?<![\w.@/])@[\w](?:[\w.]{1,28}[\w])")
# How far before a plate, or a name on a network, the words for it may stand.
_PLATE_REACH, _HANDLE_REACH = 30, 40
_NEW_SENTENCE = re.compile(r"[.!?]\s+[^\W\d_]")
_SIGNS = ("n°", "nº", "№", "§")
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
_LOOKS_LIKE_DATES = re.compile(
    r"(?:1[89]|20)\d\d[ /](?:1[89]|20)\d\d|\d{1,4}/(?:19|20)\d\d|\d{1,2}[./-] ?\d{1,2}[./-] ?(?:\d{4}|\d{2})(?!\d)"
    r"|(?:19|20)\d\d ?[-–/] ?(?:19|20)?\d\d|\d{4}-\d{2}-\d{2}.*"
)
_GROUPED = re.compile(r"\d{1,3}(?:[ .\u00a0]\d{3})+")


def find_emails(text: Text) -> Iterator[tuple[int, int]]:
    """Mailboxes, but those of a desk (info@…)."""
    for match in _EMAIL.finditer(text.text):
        if not _of_a_desk(match.group().partition("@")[0], text.known["desks"]):
            start = match.start() + len(match.group()) - len(match.group().lstrip(".-+%"))
            yield start, match.start() + len(match.group().rstrip("-_"))


def _of_a_desk(mailbox: str, desks: Phrases) -> bool:
    """ "info", "info.gent" and "helpline2", not "anna.info"."""
    parts = [key(part) for part in re.split(r"[._+-]|\d+", mailbox) if part]
    return bool(parts) and (parts[0] in desks or " ".join(parts) in desks)


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
    for match in _ID.finditer(text.text):
        found = match.group()
        bare = re.sub(r"[^0-9A-Za-z]", "", found)
        if sum(char.isdigit() for char in bare) < 6:
            continue
        if _named(text, match.start(), text.known["id_words"], 25) or _proves_itself(found, text.known.lang):
            yield match.span()


def find_file_numbers(text: Text) -> Iterator[tuple[int, int]]:
    """What a file, a case, a client or a card is counted by: "case number HX-20417", "dossier n° 4512"."""
    signs = text.known["number_signs"]
    for match in (*_COURT_NUMBER.finditer(text.text), *_FILE_NUMBER.finditer(text.text)):
        found = match.group()
        if sum(char.isdigit() for char in found) < _FILE_DIGITS or _LOOKS_LIKE_DATES.fullmatch(found):
            continue
        at, start = text.word_at(match.start()), match.start()
        while (
            at + 1 < len(text.words)
            and start <= text.words[at].start < match.end()
            and (text.keys[at] in text.known["file_numbers"] or text.keys[at] in text.known["files"])
        ):
            at += 1  # "ΑΔΤ ΑΒ 123456": the words for it have capitals too
            start = text.words[at].start if text.words[at].start < match.end() else start
        signed = text.text[max(match.start() - 3, 0) : match.start()].rstrip(" :").endswith(_SIGNS)
        for place in range(at, max(at - 4, 0), -1):
            between = text.text[text.words[place - 1].end : match.start()]
            if re.search(r"[!?;\n]", between):
                break
            if text.known["file_numbers"].ends(text.keys, place) or (
                (signed or place < at) and text.known["files"].ends(text.keys, place)
            ):
                yield start, match.end()
                break
            if text.keys[place - 1] not in signs:
                break


def find_plates(text: Text) -> Iterator[tuple[int, int]]:
    """Number plates of cars: "his car, reg. CX19 KTD"."""
    for match in _PLATE.finditer(text.text):
        found = re.sub(r"[ -]", "", match.group())
        if (
            4 < len(found) < 10
            and any(char.isdigit() for char in found)
            and any(char.isalpha() for char in found)
            and _named(text, match.start(), text.known["plates"], _PLATE_REACH)
        ):
            yield match.span()


def find_handles(text: Text) -> Iterator[tuple[int, int]]:
    """Somebody's name on a network ("her instagram, @leyla_92"), not a house's ("follow us")."""
    for match in _HANDLE.finditer(text.text):
        at = text.word_at(match.start())
        if not _named(text, match.start(), text.known["networks"], _HANDLE_REACH):
            continue
        before = text.keys[text.sentence_start(max(at - 1, 0)) : at]
        lists = ("things", "heads", "we", "our", "desks_of")
        if not any(word in text.known[name] for word in before for name in lists):
            yield match.span()


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
        called = _named(text, start, text.known["phone_words"], 30)
        if not plus and not called:
            if (
                (
                    _named(text, start, text.known["not_phone"], 4, keys=text.exacts)
                    and not _rings(found, regions)
                )
                or _MONEY_BEFORE.search(before)
                or _MONEY_AFTER.match(after)
            ):
                continue
            if _GROUPED.fullmatch(found) and not found.startswith("0") and len(re.sub(r"\D", "", found)) < 9:
                continue
        if _LOOKS_LIKE_DATES.fullmatch(found) or "--" in found:
            continue
        end = _phone_end(phonenumbers, found, regions, lenient=plus or called)
        if end:
            yield start, start + end


def _rings(found: str, regions: tuple[str, ...]) -> bool:
    """Whether it is written in groups as a mobile phone's number ("number 07700 900 418")."""
    digits = re.sub(r"\D", "", found)
    mobile = any(re.fullmatch(_MOBILES.get(region, "-"), digits) for region in regions)
    return mobile and digits.startswith("0") and bool(_IN_GROUPS.fullmatch(found))


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


def _named(text: Text, start: int, phrases: Phrases, reach: int, keys: Sequence[str] | None = None) -> bool:
    """Does one of these phrases end at most ``reach`` characters before ``start``, in the same sentence?"""
    keys = text.keys if keys is None else keys
    for place in range(text.word_at(start), 0, -1):
        end = text.words[place - 1].end
        if end < start - reach:
            break
        if phrases.ends(keys, place):
            return not _NEW_SENTENCE.search(text.text[end:start])
    return text.text[max(start - 3, 0) : start].rstrip(" :").endswith(_SIGNS) and _SIGNS[0] in phrases


def _proves_itself(found: str, lang: str) -> bool:
    return any(
        (langs is None or lang in langs) and re.fullmatch(written, found) and _check(name)(found)
        for name, written, langs in _CHECKED
    )


@cache
def _check(name: str) -> Any:
    return import_module(f"stdnum.{name}").is_valid
