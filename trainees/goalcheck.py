"""Is a goal SMART? Specific, measurable, attainable, relevant, in time: each ok, weak or bad, with advice.

A helper, not a judge: it looks for the traces a good goal leaves in the text (an action, a number, a date,
the people it is for) and for those of a wish (vague verbs, absolutes). All words lie in
``trainees/data/goals``, one file a language and one for words many languages share. Accents and capitals
never matter; ``stem*`` matches inflections.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from trainees.goaldates import found_dates

DATA = Path(__file__).parent / "data" / "goals"
LANGUAGES = ("en", "fr", "nl", "es", "it", "de", "el", "cs", "pl", "pt")
LETTERS = ("S", "M", "A", "R", "T")
OK, WEAK, BAD = "ok", "weak", "bad"

#: Fewer words say nothing at all; fewer than the second number cannot be specific.
FEWEST_WORDS, FEWEST_SPECIFIC_WORDS = 3, 7
#: A learning path lasts at most five years: a later deadline is no deadline.
FARTHEST_DAYS = 5 * 366
#: Numbers of people or things beyond which a goal of one person is doubtful.
DOUBTFUL_COUNT, DOUBTFUL_PERCENT = 1000, 100


@dataclass(frozen=True)
class Verdict:
    """``state`` ok, weak or bad; ``advice`` is a key of the language's advice, empty when ok."""

    state: str
    advice: str = ""


@dataclass(frozen=True)
class Words:
    """One language: compiled patterns by category, its raw month names, and the advice sentences."""

    patterns: Mapping[str, re.Pattern[str]]
    months: tuple[re.Pattern[str], ...]
    advice: Mapping[str, str]

    def count(self, category: str, text: str) -> int:
        """How many different places of the text hold a word of the category."""
        return sum(1 for _match in self.patterns[category].finditer(text))


def plain(text: str) -> str:
    """Lower case without accents, one apostrophe and one sigma: what the patterns are matched against."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ß", "ss").casefold())
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = text.replace("œ", "oe").replace("æ", "ae")
    return text.translate(str.maketrans("ςłø\u00a0", "σlo "))


def check(text: str, deadline: date | None, lang: str, today: date) -> dict[str, Verdict]:
    """Judge a goal: letter → `Verdict`. A text plainly in another of our languages is read in that one.
    Raises KeyError for a language we have no words for."""
    load(lang)
    said = plain(text)
    words = load(text_language(said, lang))
    length = len(re.findall(r"[^\W\d_]{2,}", said))
    if length < FEWEST_WORDS:
        timing = _timing(said, deadline, words, today) if length else Verdict(BAD, "T_none")
        return {
            "S": Verdict(BAD, "S_short"), "M": Verdict(BAD, "M_none"), "A": Verdict(BAD, "A_unclear"),
            "R": Verdict(BAD, "R_none"), "T": timing,
        }  # fmt: skip
    measure = _measurable(said, words)
    specific = _specific(said, words, length, measure)
    return {
        "S": specific,
        "M": measure,
        "A": _attainable(said, words, specific, measure),
        "R": _relevant(said, words),
        "T": _timing(said, deadline, words, today),
    }


def advice(verdicts: Mapping[str, Verdict], lang: str) -> dict[str, str]:
    """The advice for each letter that is not ok, in the language asked."""
    sentences = load(lang).advice
    return {letter: sentences[found.advice] for letter, found in verdicts.items() if found.advice}


def text_language(said: str, lang: str) -> str:
    """The language the words are in: the one asked, unless the small words of another are clearly more."""
    counts = {code: load(code).count("small", said) for code in LANGUAGES}
    best = max(LANGUAGES, key=lambda code: (counts[code], code == lang))
    return best if counts[best] >= 2 * counts[lang] + 2 else lang


@cache
def load(lang: str) -> Words:
    """The words of one language with those all share. Raises KeyError for an unknown language."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    own = tomllib.loads((DATA / f"{lang}.toml").read_text(encoding="utf-8"))
    shared = tomllib.loads((DATA / "shared.toml").read_text(encoding="utf-8"))["words"]
    names = dict.fromkeys([*own["words"], *shared])
    lists = {name: _entries(own["words"].get(name, "")) + _entries(shared.get(name, "")) for name in names}
    raw = {name: "|".join(map(_regex, entries)) for name, entries in lists.items()}
    number = rf"(?:\d+(?:[.,]\d+)*|{raw['number']})"
    gap = r"[\s'-]+(?:[^\W\d_]+[\s'-]+){0,2}?"
    month = f"{raw['month']}|{raw['month_near']}"
    raw |= {
        # "with two colleagues" is company, not a measure; "a stay of five days", "within six months" time.
        "company": rf"(?:{raw['with']})\s+{number}{gap}(?:{raw['colleague']})",
        "stay_length": rf"{number}[\s-]*(?:{raw['unit_day']}|{raw['unit_long']}){gap}(?:{raw['stay']})"
        rf"|(?:{raw['stay']}){gap}{number}[\s-]*(?:{raw['unit_day']}|{raw['unit_long']})",
        "time_limit": rf"(?:{raw['limit']}){gap}{number}\s+(?:{raw['unit_long']})"
        rf"|{number}\s+(?:{raw['unit_long']})(?=\s+(?:{raw['after']})(?!\w))",
        "day_limit": rf"(?:{raw['limit']}){gap}{number}\s+(?:{raw['unit_day']})",
        "single_limit": rf"(?:{raw['within']}){gap}(?:{raw['unit_long']})",
        "edge": rf"(?:{raw['edge']}){gap}(?:{month}|{raw['unit_long']}|{raw['season']}|20\d\d)",
        "near": rf"(?:{raw['limit']}|{raw['edge']}|{raw['in']}|\d+\.?)\s+(?:{raw['joint']}\s+)?"
        rf"(?:{month}|{raw['season']})|(?:{month})\.?,?\s+(?:{raw['joint']}\s+)?\d+",
        "by_year": rf"(?:{raw['limit']}|{raw['edge']}){gap}(?:20\d\d)",
        "dated": rf"(?:{raw['season']}|{raw['unit_long']}){gap}20\d\d",
        "duration": rf"{number}\s+(?:{raw['unit_long']})",
        # "from four weeks to two" is an aim, "young people from 12 to 18 years" a description: neither is time.
        "change": rf"{number}\s+(?:[^\W\d_]+\s+)?(?:{raw['unit_long']}|{raw['unit_day']})\s+(?:{raw['to']})\s+{number}"
        rf"|{number}\s+(?:{raw['to']})\s+{number}\s+(?:{raw['unit_long']}|{raw['unit_day']})",
        "age": rf"\d{{1,2}}[\s-]*(?:(?:{raw['to']})[\s-]+)?\d{{1,2}}[\s-]*(?:{raw['years']})"
        rf"|\d{{1,2}}[\s-]*(?:{raw['aged']})",
        "numbers": number,
    }
    patterns = {name: re.compile(rf"(?<!\w)(?:{body})(?!\w)") for name, body in raw.items() if body}
    every_month = _entries(own["words"]["month_names"])
    months = tuple(re.compile("|".join(_regex(part) for part in entry.split("/"))) for entry in every_month)
    return Words(patterns, months, own["advice"])


def _entries(text: str) -> list[str]:
    return [plain(entry.strip()) for entry in text.split(",") if entry.strip()]


def _regex(entry: str) -> str:
    """``set* up`` → a pattern: ``*`` is any ending, a blank any run of blanks or a hyphen."""
    return re.escape(entry).replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+")


def _without(text: str, words: Words, *categories: str) -> str:
    for category in categories:
        text = words.patterns[category].sub(" ", text)
    return text


def _measurable(said: str, words: Words) -> Verdict:
    """A number, a share or a rhythm that is neither date, deadline, length of the stay nor company."""
    bare = re.sub(r"(?<!\w)(?:[12]\d{3}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d))(?!\w)", " ", said)
    bare = _without(bare, words, "named", "age", "company", "stay_length")
    bare = _without(bare, words, "time_limit", "edge", "near", "by_year", "dated")
    bare = re.sub(r"(?<!\w)20\d\d(?!\w)", " ", bare)
    if "%" in bare or words.count("numbers", bare) or words.count("share", bare):
        return Verdict(OK)
    if words.count("rhythm", bare) or words.count("product", bare) or words.count("measure", bare):
        return Verdict(WEAK, "M_weak")
    return Verdict(BAD, "M_none")


def _specific(said: str, words: Words, length: int, measure: Verdict) -> Verdict:
    """Who does what with whom: an action and something concrete, rather than a wish."""
    acts, wishes = words.count("action", said), words.count("vague", _without(said, words, "named"))
    things = sum(words.count(category, said) for category in ("work", "product", "topic", "our", "named"))
    points = 2 * min(acts, 2) + min(things, 3) + 2 * (measure.state == OK) - 2 * min(wishes, 2)
    points += (length >= 10) + (length >= 16)
    if length < FEWEST_SPECIFIC_WORDS:
        points -= 2
    if points >= 4:
        return Verdict(OK)
    return Verdict(WEAK, "S_vague") if points >= 1 and length >= 5 else Verdict(BAD, "S_vague")


def _attainable(said: str, words: Words, specific: Verdict, measure: Verdict) -> Verdict:
    """No absolutes, no numbers beyond one person's reach; a goal that says nothing cannot be judged."""
    doubts = 2 * words.count("impossible", said) + words.count("absolute", said)
    doubts += max(0, words.count("sweeping", said) - 1)
    # Nobody can promise what holds for each and everyone of a town or a country.
    sweeps = words.count("absolute", said) + words.count("none", said)
    doubts += 2 * bool(sweeps and words.count("area", said))
    for found in re.findall(r"\d[\d.,\s]*\d|\d", re.sub(r"(?<!\d)20\d\d(?!\d)", " ", said)):
        digits = re.sub(r"[^\d]", "", re.sub(r"[.,]\d{1,2}$", "", found.strip()))
        doubts += len(digits) < 12 and int(digits or 0) >= DOUBTFUL_COUNT and " " not in found.strip()
    for found in re.findall(
        r"(\d+)\s*(?:%|percent|per cent|procent|prozent|por ciento|por cento|per cento)", said
    ):
        doubts += int(found) >= DOUBTFUL_PERCENT
    if doubts:
        return Verdict(BAD if doubts > 1 else WEAK, "A_absolute")
    unclear = specific.state == BAD or (specific.state == WEAK and measure.state == BAD)
    return Verdict(WEAK, "A_unclear") if unclear else Verdict(OK)


def _relevant(said: str, words: Words) -> Verdict:
    """About the people and the work of the trainee, or about what the stay shows."""
    work = words.count("work", said) + words.count("topic", said)
    if words.count("private", said):
        return Verdict(WEAK if work > 1 else BAD, "R_private")
    if work + sum(words.count(category, said) for category in ("stay", "colleague", "our")):
        return Verdict(OK)
    return Verdict(WEAK, "R_none") if words.count("action", said) else Verdict(BAD, "R_none")


def _timing(said: str, deadline: date | None, words: Words, today: date) -> Verdict:
    dates = found_dates(said, words.months)
    if deadline:
        if deadline < today:
            return Verdict(BAD, "T_past")
        if (deadline - today).days > FARTHEST_DAYS:
            return Verdict(WEAK, "T_far")
        week = timedelta(days=7)
        if dates and not any(first - week <= deadline <= last + week for first, last in dates):
            return Verdict(WEAK, "T_conflict")
        return Verdict(OK)
    if dates and max(last for _first, last in dates) < today:
        return Verdict(BAD, "T_past")
    if dates and min((first - today).days for first, _last in dates) > FARTHEST_DAYS:
        return Verdict(WEAK, "T_far")
    sure = ("time_limit", "dated", "single_limit", "edge", "near", "by_year", "month")
    if dates or any(words.count(category, said) for category in sure):
        return Verdict(OK)
    loose = ("day_limit", "duration", "soon", "season", "rhythm", "after_stay")
    bare = _without(said, words, "everyday", "change", "age")
    if re.search(r"(?<!\d)20\d\d(?!\d)", bare) or any(words.count(category, bare) for category in loose):
        return Verdict(WEAK, "T_vague")
    return Verdict(BAD, "T_none")
