"""Words of the portal about cards, in the reader's language: why one was found, how far it can be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from babel import Locale
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext, to_locale
from django.utils.translation import gettext as _

from ecett.core.components.formats import money
from hosts.enums import Offer, PriceUnit, Sector
from hosts.explaining import Why
from hosts.freshness import Age, Replies, Stays

#: The items of logistics, as a card names them.
ITEM_LABELS = {
    "meals": gettext_lazy("Meals"),
    "transport": gettext_lazy("Local transport"),
    "accommodation": gettext_lazy("Bed"),
}


def labelled(label: str, text: str) -> str:
    """One thing said of another, punctuated as the reader's language does."""
    return _("%(label)s: %(text)s") % {"label": label, "text": text}


def say_step(what: str | Promise, who: str, comment: str) -> str:
    """A line of a card's history: what happened, who did it and what she wrote."""
    line = f"{what} · {who or '–'}"
    return labelled(line, comment) if comment else line


def sector_names(sectors: Sequence[str]) -> str:
    """Sectors in one line, as words of a text: the first with a capital."""
    return capfirst(", ".join(str(Sector(sector).label).lower() for sector in sectors))


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
    if why.kind == "around":
        return _("“%(asked)s” → it is in %(place)s, close by") % {"asked": asked, "place": why.found}
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


def merged_reason(host: Any) -> str:
    """Why somebody may not change a card any more that she could change before."""
    return _(
        "This card was merged into “%(name)s”, which others look after. You can suggest a change there."
    ) % {"name": host.name}


def say_age(age: Age) -> str:
    """How old the card's truth is."""
    months = age.months
    if months is None:
        return _("Never confirmed by the team")
    if not age.fresh:
        return _("Not confirmed for %(n)s months") % {"n": months}
    if months < 1:
        return _("Confirmed this month")
    return ngettext("Confirmed %(n)s month ago", "Confirmed %(n)s months ago", months) % {"n": months}


def say_replies(replies: Replies) -> str:
    """How the team answers, with its base."""
    if not replies.asked:
        return _("Not asked yet")
    if not replies.replied:
        return ngettext(
            "Has not answered %(asked)s request", "Has answered none of %(asked)s requests", replies.asked
        ) % {"asked": replies.asked}
    text = _("Replies to %(replied)s of %(asked)s requests") % {
        "replied": replies.replied,
        "asked": replies.asked,
    }
    if replies.days is None:
        return text
    days = round(replies.days)
    if days <= 1:
        return text + _(", usually within a day")
    return text + ngettext(", usually in %(n)s day", ", usually in %(n)s days", days) % {"n": days}


def say_cancelled(stays: Stays) -> str:
    """Which stays were called off, and by whom, of how many; empty before the first one."""
    if not stays.agreed:
        return ""
    agreed = ngettext("%(n)s stay agreed", "%(n)s stays agreed", stays.agreed) % {"n": stays.agreed}
    clauses = []
    if stays.by_host:
        clauses.append(_("%(n)s called off by the team") % {"n": stays.by_host})
    if stays.by_trainee:
        clauses.append(_("%(n)s called off by the trainee") % {"n": stays.by_trainee})
    return ", ".join([agreed, *(clauses or [_("none called off")])])


def say_cancelled_shortly(stays: Stays) -> str:
    """The same for a list: what the team did is what its reader chooses by."""
    return say_cancelled(Stays(stays.agreed, stays.by_host, 0)) if stays.by_host else ""


def say_price(price: Any, unit: str) -> str:
    """€12 a night; empty without a price."""
    if price is None:
        return ""
    per = str(PriceUnit(unit).label) if unit in PriceUnit.values else ""
    return f"{money(price, 'whole') or price} {per}".strip()


def say_terms(offer: str, price: Any = None, unit: str = "", note: str = "") -> str:
    """How one item of logistics is settled: “at a price: €12 a night (breakfast included)”; empty when nobody knows."""
    words = str(Offer(offer).label) if offer in Offer.values and offer else ""
    if price is not None:
        amount = say_price(price, unit)
        words = labelled(words, amount) if words else amount
    return f"{words} ({note})" if words and note else words or note


def things(model: type[Model]) -> str:
    """What the rows that hang on a card are called, many of them."""
    words = {
        "internship": _("Internships"),
        "proposal": _("Proposals"),
        "goodpractice": _("Good practices"),
        "hostlanguage": _("Working languages"),
        "hostperiod": _("Open and closed periods"),
        "hostreport": _("Reports of trainees"),
        "hostsuggestion": _("Suggestions"),
        "hostphoto": _("Photographs"),
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
