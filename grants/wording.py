"""Rates and the sources of figures in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from ecett.core.components.formats import day, money, number
from grants.enums import Certainty, Head, ProgrammeSector, RateKind
from grants.rates import SHARE_KINDS, parse_span

SUPPORT = (Head.SUPPORT_ECETT, Head.SUPPORT_SIGNATORY, Head.SUPPORT_HELPDESK)
_SPAN_KINDS = ("travel", "travel_green", "organisational")
_LIMITS = {
    "min_days": lambda: _("shortest stay, days of activity"),
    "max_days": lambda: _("longest stay, days of activity"),
    "travel_days": lambda: _("funded travel days, at most"),
    "travel_days_green": lambda: _("funded travel days of green travel, at most"),
    "travel_min_km": lambda: _("no travel grant below, km"),
    "max_participants": lambda: _("participants, at most"),
}


@dataclass(frozen=True)
class RateWords:
    """One rate row as people read it. ``row_id`` is its name in reports and answers."""

    row_id: str
    kind: str
    term: str
    what: str
    value: str
    calls: str
    scope: str
    validity: str
    source: str
    certainty: str
    certain: bool


def rate_words(row: Mapping[str, Any]) -> RateWords:
    """A rate row in words, from the table or as kept with a ledger entry (`grants.postings.as_sources`)."""
    valid_from = row.get("valid_from")
    since = day(_as_day(valid_from), "short") if valid_from else ""
    return RateWords(
        row_id=row["id"],
        kind=str(RateKind(row["kind"]).label),
        term=str(RateKind(row["kind"]).label) if row["kind"] == RateKind.COUNTRY_GROUP else _("Rate"),
        what=key_words(row["kind"], row["key"], row.get("first_day"), row.get("last_day")),
        value=value_words(row["kind"], row["value"]),
        calls=calls_words(row["call_from"], row.get("call_to")),
        scope=scope_words(row.get("agency") or "", row.get("sector") or "", row.get("action") or ""),
        validity=_("from %(day)s") % {"day": since} if since else "",
        source=row.get("source") or "",
        certainty=str(Certainty(row.get("certainty") or "?").label),
        certain=row.get("certainty") not in ("", None, Certainty.UNCONFIRMED),
    )


def _as_day(value: Any) -> Any:
    return datetime.fromisoformat(value).date() if isinstance(value, str) else value


def calls_words(first: int, last: int | None) -> str:
    """ "call 2020", "calls 2024 to 2025", "calls from 2026"."""
    if last is None:
        return _("calls from %(first)s") % {"first": first}
    if first == last:
        return _("call %(first)s") % {"first": first}
    return _("calls %(first)s to %(last)s") % {"first": first, "last": last}


def scope_words(agency: str, sector: str, action: str) -> str:
    """For whom a row was printed: "Belgium · Adult education · KA122"; empty when for everybody."""
    parts = [agency_words(agency), str(ProgrammeSector(sector).label) if sector else "", action]
    return " · ".join(part for part in parts if part)


def agency_words(agency: str) -> str:
    """ "Belgium" of BE; "Belgium (BE02)" of one agency among several."""
    if len(agency) <= 2:
        return country_name(agency) if agency else ""
    return f"{country_name(agency[:2])} ({agency})"


def key_words(kind: str, key: str, first_day: int | None = None, last_day: int | None = None) -> str:
    """What a row is for: "500 to 1,999 km", "country group 1, days 1 to 14", "Finland"."""
    if kind in _SPAN_KINDS:
        text = _span_words(kind, key)
    elif kind == "limit":
        text = _LIMITS[key]() if key in _LIMITS else key
    elif kind == "counts_as":
        territory, _arrow, home = key.partition(">")
        text = _("%(territory)s counts as %(country)s") % {
            "territory": country_name(territory),
            "country": country_name(home),
        }
    elif kind == "exceptional_share":
        text = _("in full, in the cases the agency names") if key == "full" else _("as a rule")
    elif key.startswith("group-"):
        text = _("country group %(group)s") % {"group": key.removeprefix("group-")}
    elif len(key) == 2:
        text = country_name(key)
    else:
        text = _("all") if key == "all" else key
    if first_day is not None:
        if last_day is None:
            text += ", " + _("from day %(first)s") % {"first": first_day}
        else:
            text += ", " + _("days %(first)s to %(last)s") % {"first": first_day, "last": last_day}
    return text


def country_name(code: Any) -> str:
    """The country's name in the reader's language; a code or a country."""
    return str(countries.name(str(code)) or code)


def band_words(key: str) -> str:
    """A distance band in words."""
    return _span_words("travel", key) if key else ""


def _span_words(kind: str, key: str) -> str:
    first, last = parse_span(key)
    ends = {"first": number(first), "last": number(last) if last is not None else ""}
    if kind == "organisational":
        if last is None:
            return _("participant %(first)s and later") % ends
        return _("participants %(first)s to %(last)s") % ends
    return _("%(first)s km and more") % ends if last is None else _("%(first)s to %(last)s km") % ends


def value_words(kind: str, value: Any) -> str:
    """The printed figure: euros with cents, shares and counts as they are."""
    amount = Decimal(str(value))
    if kind in ("country_group", "limit", "counts_as"):
        return number(amount.quantize(Decimal(1)))
    return number(amount.normalize(), 2) if kind in SHARE_KINDS else money(amount)


@dataclass(frozen=True)
class Figure:
    """One amount of a mobility with everything it stands on."""

    label: str
    amount: Decimal
    facts: tuple[tuple[str, str], ...]
    rates: tuple[RateWords, ...]


def figures(lines: Iterable[tuple[str, Decimal, Mapping[str, Any]]]) -> list[Figure]:
    """(head, amount, source) of one mobility as figures; the shares of organisational support are one."""
    found: list[Figure] = []
    support: list[tuple[str, Decimal, Mapping[str, Any]]] = []
    for head, amount, source in lines:
        if head in SUPPORT:
            support.append((head, amount, source))
        elif head != Head.GRANT:
            found.append(figure(head, amount, source))
    if support:
        whole = figure(*support[0])
        shares = ", ".join(
            f"{str(Head(head).label).partition(': ')[2]} {money(amount)}" for head, amount, _source in support
        )
        total = sum((amount for _head, amount, _source in support), Decimal(0))
        found.append(
            replace(
                whole,
                label=_("Organisational support"),
                amount=total,
                facts=(*whole.facts, (_("Who gets it"), shares)),
            )
        )
    return found


def figure(head: str, amount: Decimal, source: Mapping[str, Any]) -> Figure:
    """An amount on a head, its source in words."""
    words_of: dict[str, Callable[[Mapping[str, Any]], list[tuple[str, str]]]] = {
        Head.TRAVEL: _travel_facts,
        Head.INDIVIDUAL: _day_facts,
        Head.INCLUSION_PARTICIPANT: _cost_facts,
        Head.EXCEPTIONAL: _cost_facts,
        **dict.fromkeys(SUPPORT, _support_facts),
    }
    facts = words_of[head](source) if head in words_of else []
    shown = tuple((term, value) for term, value in facts if value)
    return Figure(str(Head(head).label), amount, shown, tuple(map(rate_words, source.get("rates", ()))))


def _travel_facts(source: Mapping[str, Any]) -> list[tuple[str, str]]:
    straight, official = source.get("km_straight"), source.get("km_official")
    ends = _("%(home)s to %(away)s") % {"home": source.get("from"), "away": source.get("to")}
    computed = ""
    if straight is not None:
        computed = _("%(ends)s, %(km)s km in a straight line") % {"ends": ends, "km": number(straight, 3)}
        if official is None:
            computed += ", " + _("floored to %(km)s") % {"km": number(source["km_floor"])}
    typed = ""
    if official is not None:
        at = datetime.fromisoformat(source["km_official_at"])
        typed = _("%(km)s km, typed by %(name)s on %(day)s; it counts, floored to %(floor)s") % {
            "km": number(official),
            "name": source.get("km_official_by") or _("the person who posts"),
            "day": day(at),
            "floor": number(source["km_floor"]),
        }
    mode = _("green, the greater part of the way") if source.get("green") else _("standard")
    return [
        (_("Distance"), computed),
        (_("Official distance"), typed),
        (_("Band"), band_words(source.get("band") or "")),
        (_("Mode"), mode),
    ]


def _day_facts(source: Mapping[str, Any]) -> list[tuple[str, str]]:
    activity, travel = source["activity_days"], source["travel_days"]
    days = ngettext("%(n)s day of activity", "%(n)s days of activity", activity) % {"n": number(activity)}
    if source.get("interruption_days"):
        days += " " + _("(%(n)s of interruption taken off)") % {"n": number(source["interruption_days"])}
    if travel:
        days += ", " + ngettext("%(n)s of travel", "%(n)s of travel", travel) % {"n": number(travel)}
    paid = _("%(days)s × %(rate)s") % {
        "days": number(source["days_full"]),
        "rate": money(source["rate_full"]),
    }
    if source.get("days_reduced"):
        paid += " + " + _("%(days)s × %(rate)s") % {
            "days": number(source["days_reduced"]),
            "rate": money(source["rate_reduced"]),
        }
    return [(_("Country"), country_name(source["country"])), (_("Days"), days), (_("Paid"), paid)]


def _cost_facts(source: Mapping[str, Any]) -> list[tuple[str, str]]:
    rate = source["rates"][0]
    paid = _("%(real)s × %(share)s") % {
        "real": money(source["real"]),
        "share": value_words(rate["kind"], rate["value"]),
    }
    return [(_("Real cost"), money(source["real"])), (_("Paid"), paid), (_("What for"), source["why"])]


def _support_facts(source: Mapping[str, Any]) -> list[tuple[str, str]]:
    split = source["split"]
    shares = " + ".join(money(split[part], "whole") for part in ("ecett", "signatory", "helpdesk"))
    whole = f"{money(source['amount'], 'whole')} = {shares}"
    by = _("the signatory") if source["helpdesk_by"] == "signatory" else _("ECETT's helpdesk")
    return [
        (_("Participant"), _("number %(rank)s of the contract") % {"rank": number(source["rank"])}),
        (_("Split"), _("%(whole)s (ECETT, signatory, helpdesk)") % {"whole": whole}),
        (_("Helpdesk's work by"), by),
    ]
