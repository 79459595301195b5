"""The numbers of files, cases, clients and cards."""

import re
from collections.abc import Iterator

from goodpractices.anonymity.numbers import LOOKS_LIKE_DATES, SIGNS, named
from goodpractices.anonymity.text import Text
from goodpractices.anonymity.words import key

# What stands after "file number": shorter, and with letters in it.
_FILE_NUMBER = re.compile(
    r"(?<![\w.,/-])(?:[^\W\d_a-zα-ω]{1,5}[ ./-]?){0,2}\d(?:[ ./-]?(?:\d|[^\W\d_a-zα-ω]{1,2}(?![^\W\d_]))){2,20}(?!\w)"
)
_FILE_DIGITS = 4
# A court's or an office's: "17 Nc 2231/2022", "51-HzE-2291/22", "III RNs 2231/22".
_COURT_NUMBER = re.compile(
    r"(?<![\w.,/-])(?:\d{1,4}[ ./-]|[IVX]{1,4} )?[^\W\d_a-zß-ÿ][^\W\d_]{0,4}[ ./-]\d{1,6}[/-]\d{2,4}(?!\w)"
    r"|(?<![\w.,/-])\d{1,4}(?:[./-]\d{1,4})?[/-][^\W\d_a-zß-ÿ][^\W\d_]{1,4}[ ./-]\d{3,6}(?![\w/-])"
)
_BIG = r"[^\W\d_a-zß-ÿα-ωά-ώ]"
# An Italian court's: "512/2024 V.G.".
_ITALIAN_COURT = re.compile(
    r"(?<![\w.,/-])\d{1,6}/(?:19|20)?\d\d ?(?:R\.?G\.?(?:N\.?R\.?|T\.?|E\.?)?|V\.?G\.?|N\.?C\.?)(?!\w)"
)
# What offices count their files by, whatever the words before it: "AB/2024/118", "PN/0382/24", "2024/DEU/0566".
_SHAPED = re.compile(
    rf"(?<![\w.,/-])(?:(?P<first>{_BIG}{{1,5}})(?:[/-]{_BIG}{{1,4}})?(?:[/-]\d{{2,6}}){{2}}"
    rf"|(?P<after>{_BIG}{{1,5}})/{_BIG}{{1,5}}/\d{{4,6}}|\d{{2,6}}[/-](?P<inside>{_BIG}{{1,5}})[/-]\d{{2,6}})(?![\w/-]|\.\d)"
)
_CODE = re.compile(
    rf"(?<![\w.,/-]){_BIG}{{1,4}}(?:[ /-]?{_BIG}{{1,3}})?[ /-]?\d{{3,10}}(?:[/-]\d{{1,4}})?(?![\w/-]|\.\d)"
)
_LONG = 7
_SEASON = re.compile(r"(?:19|20)?(\d\d)[/-](?:(?:19|20)\d\d|\d\d)$")
# How far before it the word may stand that makes it a law, a norm, a project.
_OTHER_REACH = 45
#: The number of a year, which no month is ("1187/2021").
_OF_A_YEAR = re.compile(r"(?:[1-9]\d{2,3}|1[3-9]|[2-9]\d)/(?:19|20)\d\d")
_YEAR = re.compile(r"(?:[^\W\d_]{1,5}[ ./-])?(?:19\d\d|20[0-3]\d)")
#: How many words before its number the word for a file may stand.
_SIGNS_REACH = 6
#: What may stand between the word for a file and its number.
_BESIDE = (" ", ", ", ": ", " (", " «", " “", " „")


def find_file_numbers(text: Text) -> Iterator[tuple[int, int]]:
    """By the words before them, or by their shape."""
    yield from _named_so(text)
    yield from _coded(text)
    if text.known.lang == "it":
        yield from (match.span() for match in _ITALIAN_COURT.finditer(text.text))
    for match in _SHAPED.finditer(text.text):
        found = match.group()
        letters = next(part for part in match.groups() if part)
        season = _SEASON.search(found)
        years = season is not None and int(found[-2:]) == (int(season.group(1)) + 1) % 100
        if (
            sum(char.isdigit() for char in found) < _FILE_DIGITS
            or years
            or key(letters) in text.known["norms"]
        ):
            continue
        if not named(text, match.start(), text.known["not_files"], _OTHER_REACH):
            yield match.span()


def _coded(text: Text) -> Iterator[tuple[int, int]]:
    """ "the file of a couple, number HSG-SL-20418": a code after "number" where somebody or a file is told of."""
    for match in _CODE.finditer(text.text):
        at = text.word_at(match.start())
        before = at - 1
        if before < 0 or text.text[text.words[before].end : match.start()] not in _BESIDE:
            continue
        if text.keys[before] not in text.known["says_number"] or named(
            text, match.start(), text.known["not_files"], _OTHER_REACH
        ):
            continue
        start = text.sentence_start(before)
        lists = ("files", "file_numbers", "id_words", "persons", "kin")
        long = sum(char.isdigit() for char in match.group()) >= _LONG
        if long or any(
            text.keys[place] in text.known[name] for place in range(start, before) for name in lists
        ):
            yield match.span()


def _named_so(text: Text) -> Iterator[tuple[int, int]]:
    """What a file, a case, a client or a card is counted by: "case number HX-20417", "dossier n° 4512"."""
    signs = text.known["number_signs"]
    for match in (*_COURT_NUMBER.finditer(text.text), *_FILE_NUMBER.finditer(text.text)):
        found = match.group()
        of_a_year = bool(_OF_A_YEAR.fullmatch(found))
        if sum(char.isdigit() for char in found) < _FILE_DIGITS or (
            LOOKS_LIKE_DATES.fullmatch(found) and not of_a_year
        ):
            continue
        at, start = text.word_at(match.start()), match.start()
        while (
            at + 1 < len(text.words)
            and start <= text.words[at].start < match.end()
            and (text.keys[at] in text.known["file_numbers"] or text.keys[at] in text.known["files"])
        ):
            at += 1  # "ΑΔΤ ΑΒ 123456": the words for it have capitals too
            start = text.words[at].start if text.words[at].start < match.end() else start
        coded = any(char.isalpha() for char in found)
        signed = text.text[max(match.start() - 3, 0) : match.start()].rstrip(" :").endswith(SIGNS)
        if _YEAR.fullmatch(found) and not signed:
            continue  # "the CRN 2019"
        for place in range(at, max(at - _SIGNS_REACH, 0), -1):
            between = text.text[text.words[place - 1].end : match.start()]
            if re.search(r"[!?;\n]", between):
                break
            beside = (coded or of_a_year) and between in _BESIDE  # "her file, SHV-24-1907"
            if text.known["file_numbers"].ends(text.keys, place) or (
                (signed or place < at or beside) and text.known["files"].ends(text.keys, place)
            ):
                while start == match.start() and at > place and _is_initial(text, at - 1):
                    at -= 1
                    start = text.words[at].start if not _is_initial(text, at - 1) else start
                yield start, match.end()
                break
            # "file of the CPS no. 412/2023-P", "Fascicolo L.B. 1184/2021"
            before = text.words[place - 1]
            letters = before.shouted or (before.capital and len(before.text) == 1)
            shouted = letters and (coded or of_a_year) and " " not in found
            if (
                text.keys[place - 1] not in signs
                and not shouted
                and text.keys[place - 1] not in text.known["of"]
            ):
                break


def _is_initial(text: Text, at: int) -> bool:
    """The letters before a file's number belong to it: "Fascicolo L.B. 1184/2021"."""
    word = text.words[at]
    return len(word.text) == 1 and word.capital and text.text[word.end : word.end + 1] == "."
