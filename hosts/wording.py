"""The words for why a card was found, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hosts.search import Why


def say_why(why: Why) -> str:
    """One reason as a clause: ``“toxicomanie” → addiction``."""
    if why.kind == "word":
        return _("it says “%(found)s”") % {"found": why.found}
    if why.kind == "declared":
        return _("“%(asked)s” → %(found)s, which it declares") % {"asked": why.asked, "found": why.found}
    if why.kind == "near":
        return _("“%(asked)s” → %(found)s, which is related") % {"asked": why.asked, "found": why.found}
    if why.kind == "spelling":
        return _("“%(asked)s” is spelled like “%(found)s”") % {"asked": why.asked, "found": why.found}
    return _("“%(asked)s” → “%(found)s”, which means the same") % {"asked": why.asked, "found": why.found}
