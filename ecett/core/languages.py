"""Languages people speak and write, named in the reader's language (source: Unicode CLDR, through babel)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language, to_locale

#: ISO 639-1 codes: the languages of Europe and some widely spoken by people the network works with.
CODES = (
    "ar", "be", "bg", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi",
    "fr", "ga", "gl", "hr", "hu", "is", "it", "lb", "lt", "lv", "mk", "mt", "nb", "nl", "nn", "no", "pl", "pt",
    "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk",
)  # fmt: skip


# Two ways of writing one spoken language: whoever understands one understands the other.
_SPOKEN = {"nb": "no", "nn": "no"}


def spoken(levels: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What somebody speaks, out of (code, CEFR level) pairs: the better level of each language, Norwegian being one."""
    found: dict[str, str] = {}
    for written, level in levels:
        code = _SPOKEN.get(written, written)
        found[code] = max(level, found.get(code, level))
    return found


@lru_cache(maxsize=32)
def _names(reader: str) -> dict[str, str]:
    locale = Locale.parse(to_locale(reader))
    return {code: str(locale.languages.get(code, code)) for code in CODES}


def name(code: str) -> str:
    """The name of a language in the reader's language, with a capital; the code itself if unknown."""
    found = _names(get_language() or settings.LANGUAGE_CODE).get(code.split("-")[0].lower(), code)
    return found[:1].upper() + found[1:]


def word(code: str) -> str:
    """The name as it stands inside a sentence: "anglais" in French, "English" in English."""
    return _names(get_language() or settings.LANGUAGE_CODE).get(code.split("-")[0].lower(), code)


def choices() -> list[tuple[str, str]]:
    """(code, name) by name: pass the function itself to a form field, so that each reader gets her own."""
    from ecett.core.search import sort_key

    return sorted(((code, name(code)) for code in CODES), key=lambda pair: sort_key(pair[1]))


def portal_choices() -> list[tuple[str, str]]:
    """The languages the portal itself speaks: those letters and documents are written in."""
    return [(code, name(code)) for code, _label in settings.LANGUAGES]
