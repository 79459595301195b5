"""Single values of a row about a host: read, checked, put right, or refused with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from ecett.core.imports.engine import Message
from ecett.core.imports.mapping import MappedRow
from ecett.core.languages import CODES as LANGUAGES
from ecett.core.money import euros, round_half_up
from ecett.core.search import clean
from ecett.core.words import mark as _
from hosts.enums import Cefr, Offer, PeriodKind, PriceUnit
from hosts.imports import places
from hosts.logistics import ITEMS, USUAL_UNIT
from hosts.models.logistics import LONGEST_NOTE, terms_of

LONGEST = 10_000
# What the columns of prices hold.
MOST_EUROS = Decimal("999999.99")
# (kind, first day, last day)
Period = tuple[str, dt.date, dt.date]
_check_address = URLValidator(schemes=("http", "https"))


class Refused(Exception):
    """A row that cannot become a card; names the field and says why."""

    def __init__(self, name: str, message: Message) -> None:
        super().__init__(message.say())
        self.name = name
        self.message = message


def coordinates_of(
    row: MappedRow, country: str, remarks: list[tuple[str, Message]]
) -> tuple[float | None, float | None, str]:
    """Latitude, longitude and country, held against each other."""
    if row["latitude"] is None or row["longitude"] is None:
        return None, None, country
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Refused(
            "latitude", Message(_("{lat}, {lon} is no place on Earth"), {"lat": latitude, "lon": longitude})
        )
    if row["public_id"] or places.in_country(latitude, longitude, country):
        return latitude, longitude, country
    if country == "FR":
        for code in places.OVERSEAS_FRANCE:
            if places.in_country(latitude, longitude, code):
                text = _("the coordinates lie in {code}, an overseas territory: taken as its country")
                remarks.append(("country", Message(text, {"code": code})))
                return latitude, longitude, code
    params = {"lat": latitude, "lon": longitude, "country": country}
    remarks.append(("latitude", Message(_("{lat}, {lon} does not lie in {country}: left empty"), params)))
    return None, None, country


def town_of(
    latitude: float | None, longitude: float | None, country: str, remarks: list[tuple[str, Message]]
) -> str:
    """The nearest town, for a row that names none."""
    near = (
        None if latitude is None or longitude is None else places.nearest_town(latitude, longitude, country)
    )
    if near is None:
        raise Refused("city", Message(_("no town is named, and the coordinates lie within 5 km of none")))
    text = _("no town is named: taken from the coordinates, {town} ({km} km)")
    remarks.append(("city", Message(text, {"town": near[0], "km": f"{near[1]:.1f}"})))
    return near[0]


def website_of(text: str, remarks: list[tuple[str, Message]], *, whole: bool = False) -> str:
    """The first address of a cell (``whole``: it holds only one); one that is none is left out with a remark."""
    parts = [text] if whole else text.replace(",", ";").split(";")
    first = next((part.strip() for part in parts if part.strip()), "")
    if not first:
        return ""
    address = first if "://" in first else f"http://{first}"
    try:
        if len(address) > 200:
            raise ValidationError("too long")
        _check_address(address)
    except ValidationError:
        remarks.append(
            ("website", Message(_("“{text}” is no address of a page: left empty"), {"text": first[:60]}))
        )
        return ""
    return address


def offer_of(row: MappedRow, country: str) -> str:
    """What a directory says of a house, as it says it: its kind, then its specialities."""
    parts = [row["facility"] or "", ", ".join(row["specialities"] or ())]
    return "\n".join(clean(places.repaired(part, country)) for part in parts if part)[:LONGEST]


def working_languages(row: MappedRow) -> dict[str, str]:
    """``en:C1`` pairs as {"en": "C1"}."""
    found = {}
    for pair in row["working_languages"] or ():
        code, _colon, level = (part.strip() for part in pair.partition(":"))
        code, level = code.lower(), level.upper() or Cefr.B2
        if code not in LANGUAGES or level not in Cefr.values:
            text = _("“{pair}” is not a language and its level, as in en:C1")
            raise Refused("working_languages", Message(text, {"pair": pair[:40]}))
        found[code] = str(level)
    return found


def periods_of(row: MappedRow) -> tuple[Period, ...] | None:
    """``open:2027-01-01/2027-02-01`` as (kind, first day, last day); None for a sheet without such a column."""
    if row["periods"] is None:
        return None
    found = []
    for text in row["periods"]:
        kind, _colon, days = (part.strip() for part in text.partition(":"))
        try:
            start, end = (dt.date.fromisoformat(day.strip()) for day in days.split("/"))
        except ValueError:
            start, end = dt.date.max, dt.date.min
        if kind.lower() not in PeriodKind.values or end < start:
            words = _("“{text}” is no period, as in open:2027-01-01/2027-02-01")
            raise Refused("periods", Message(words, {"text": text[:40]}))
        found.append((kind.lower(), start, end))
    return tuple(sorted(found))


def codes_given(row: MappedRow, name: str, known: set[str]) -> list[str]:
    """Codes, all of them known."""
    given = list(row[name] or ())
    if unknown := [code for code in given if code not in known]:
        raise Refused(name, Message(_("not known here: {codes}"), {"codes": ", ".join(unknown)[:200]}))
    return given


def choice_of(row: MappedRow, name: str, choices: Iterable[str], default: str) -> str:
    """One of the words a column may hold."""
    value = row[name] or default
    if value not in choices:
        text = _("“{value}” is not one of: {choices}")
        params = {"value": str(value)[:40], "choices": ", ".join(filter(None, choices))}
        raise Refused(name, Message(text, params))
    return str(value)


def price_of(row: MappedRow, name: str, *, least: Decimal) -> Decimal | None:
    """Euros with whole cents, from ``least`` on."""
    value = row[name]
    if value is None:
        return None
    amount = Decimal(value)
    if not (amount.is_finite() and least <= amount <= MOST_EUROS) or amount != round_half_up(amount):
        text = _("“{value}” is no price in euros, as in 12.50")
        raise Refused(name, Message(text, {"value": str(value)[:40]}))
    return euros(amount)


def logistics_of(row: MappedRow) -> dict[str, Any]:
    """What the sheet says of meals, transport and accommodation beyond how they are offered; columns that it lacks are
    left out.
    """
    found: dict[str, Any] = {}
    for item in ITEMS:
        offer, price, unit, note = terms_of(item)
        if price in row:
            found[price] = price_of(row, price, least=Decimal("0.01"))
            found[unit] = choice_of(row, unit, ("", *PriceUnit.values), "")
            if found[price] is not None:
                found[unit] = found[unit] or USUAL_UNIT[item]
                if row[offer] != Offer.PRICE:
                    words = _("a price goes with “{offer}” only: {column} says “{value}”")
                    params = {"offer": Offer.PRICE.value, "column": offer, "value": row[offer] or "–"}
                    raise Refused(price, Message(words, params))
            elif found[unit]:
                # What a price is for says nothing without one.
                found[unit] = ""
        if note in row:
            found[note] = without_breaks(row[note] or "")
            check_length(note, found[note], LONGEST_NOTE)
    return found


def check_length(name: str, text: str, longest: int) -> None:
    """Refuse a text that does not fit its column."""
    if len(text) > longest:
        raise Refused(
            name,
            Message(_("{n} characters are more than the {max} that fit"), {"n": len(text), "max": longest}),
        )


def one_line(text: str) -> str:
    """The text without line breaks and double spaces."""
    return " ".join(text.split())


def without_breaks(text: str) -> str:
    """The text on one line, else as it is."""
    return text.replace("\n", " ")


def shortened(text: str, longest: int) -> str:
    """The text, cut with a sign that it was."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
