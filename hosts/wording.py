"""The words for why a card was found, in the reader's language."""

from __future__ import annotations

from dataclasses import replace

from babel import Locale
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
