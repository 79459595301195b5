"""The words for why a card was found, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from babel import Locale
from django.db.models import Model
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from hosts.explaining import Why


def say_why(why: Why) -> str:
    """One reason as a clause: ``“toxicomanie” → addiction``."""
    if why.read:
        reason = say_why(replace(why, asked=why.read, read=""))
        return _("“%(asked)s” was read as “%(read)s”: %(reason)s") % {
            "asked": why.asked,
            "read": why.read,
            "reason": reason,
        }
    asked = why.asked
    if why.kind == "word":
        return _("it says “%(found)s”") % {"found": why.found}
    if why.kind == "place":
        return _("“%(asked)s” → it is in %(place)s") % {"asked": asked, "place": _place(why.found)}
    if why.kind == "declared":
        return _("“%(asked)s” → %(found)s, which it declares") % {"asked": asked, "found": why.found}
    if why.kind == "near":
        return _("“%(asked)s” → %(found)s, which is related") % {"asked": asked, "found": why.found}
    return _("“%(asked)s” → “%(found)s”, which means the same") % {"asked": asked, "found": why.found}


def _place(found: str) -> str:
    """A town as the card names it; of a code of two capitals the name of the country."""
    if len(found) == 2 and found.isupper():
        return str(Locale.parse(to_locale(get_language() or "en")).territories.get(found, found))
    return found


def reason_of(kind: str, detail: str) -> str:
    """Why two cards may be the same, as a clause (`hosts.duplicates.Reason`)."""
    words = {
        "name": _("the same name"),
        "name_alike": _("names alike"),
        "town": _("the same town"),
        "postcode": _("the same postcode"),
        "address": _("the same address"),
        "website": _("the same website"),
        "email": _("the same e-mail address"),
    }
    if kind == "near":
        return _("%(metres)s m apart") % {"metres": detail}
    return words[kind]


def things(model: type[Model]) -> str:
    """What the rows that hang on a card are called, many of them."""
    words = {
        "internship": _("Internships"),
        "proposal": _("Proposals"),
        "goodpractice": _("Good practices"),
        "hostlanguage": _("Working languages"),
        "hostperiod": _("Open and closed periods"),
        "hostreport": _("Reports of trainees"),
        "concept": _("Subjects"),
    }
    plural = str(model._meta.verbose_name_plural)
    return words.get(str(model._meta.model_name)) or plural[:1].upper() + plural[1:]


@lru_cache(maxsize=16)
def _territories(language: str) -> Mapping[str, str]:
    return Locale.parse(to_locale(language)).territories


def country_name(code: str) -> str:
    """A country in the reader's language."""
    return str(_territories((get_language() or "en")[:2]).get(code, code))


def place_of(*parts: Any) -> str:
    """Town and country (the last part) as one line, in the reader's language."""
    *before, country = parts
    return ", ".join(filter(None, (*before, country_name(str(country)) if country else "")))
