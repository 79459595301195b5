"""Host cards from sheets: directories of other bodies, and our own export brought back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy
from django_countries import countries

from ecett.core.imports.engine import Importer, Message, batched
from ecett.core.imports.mapping import MappedRow
from ecett.core.imports.report import Report
from ecett.core.languages import CODES as LANGUAGES
from ecett.core.search import sort_key
from ecett.core.words import mark as _
from hosts.enums import Cefr, HostStatus, Moderation, Offer, Sector
from hosts.imports import places
from hosts.imports.people import contacts_of, spokesperson_of
from hosts.imports.sectors import sectors_named
from hosts.imports.table import (
    BATCH,
    PLAIN,
    SOMETIMES,
    Card,
    in_hand,
    known_concepts,
    known_hosts,
    new_host,
    same,
    write,
)
from hosts.imports.twins import Made, settle_twins
from hosts.imports.values import (
    LONGEST,
    Refused,
    check_length,
    choice_of,
    codes_given,
    coordinates_of,
    logistics_of,
    offer_of,
    one_line,
    periods_of,
    price_of,
    shortened,
    town_of,
    website_of,
    without_breaks,
    working_languages,
)
from hosts.logistics import ITEMS
from hosts.models import Concept, Host
from hosts.terms import terms

_LONG = ("summary", "expertise", "learning", "programme")


class HostImporter(Importer):
    """Rows become published cards; rows with the same name, town and country become one."""

    kind = "hosts"
    label = gettext_lazy("Host cards")
    help = gettext_lazy(
        "One row is one host. A host with the same name, town and country is merged with the "
        "card that exists; "
        "cards that people have taken in hand are left alone."
    )
    maps = Path(__file__).parent / "maps"
    fields = frozenset(
        {
            *PLAIN,
            "country",
            "sectors",
            "target_groups",
            "concepts",
            "working_languages",
            "periods",
            *SOMETIMES,
            "contacts",
            "public_id",
            "facility",
            "specialities",
            "sectors_of_facility",
            "sectors_of_specialities",
            "source",
            "source_key",
        }
    )
    required = frozenset({"name", "country"})

    def run(self, rows: Iterable[MappedRow], report: Report) -> None:
        """Group the rows into cards, hold them against the table, write what differs."""
        self.target_groups = set(
            Concept.objects.filter(group="target_groups").values_list("code", flat=True)
        ) or {concept.code for concept in terms().thesaurus.scheme("target_groups")}
        groups = self.grouped(rows, report)
        places.forget_towns()
        made = [each for batch in batched(groups.values(), BATCH) for each in self._settle(batch, report)]
        said = settle_twins([Made(host, rows[0]) for host, _card, rows in made], self, report)
        for host, card, rows in made:
            first, *others = rows
            twin = said.get(host.pk)
            if twin is None:
                _say(report.created, first, card)
            elif twin.joined:
                report.merged(first, twin.message, "name")
            else:
                report.created(first, twin.message, "name")
            self._repeats(others, first, report)

    def grouped(
        self, rows: Iterable[MappedRow], report: Report
    ) -> dict[tuple[str, str], tuple[Card, list[MappedRow]]]:
        """The cards of a file, each with its rows; rows that cannot become one are refused in ``report``."""
        groups: dict[tuple[str, str], tuple[Card, list[MappedRow]]] = {}
        for row in rows:
            try:
                card = self._card(row)
            except Refused as refused:
                report.refused(row, refused.name, refused.message)
                continue
            key = ("id", card.public_id) if card.public_id else card.key
            if key in groups:
                _fill(groups[key][0], card)
                groups[key][1].append(row)
            else:
                groups[key] = (card, [row])
        return groups

    # ── from a row to a card ──
    def _card(self, row: MappedRow) -> Card:
        remarks: list[tuple[str, Message]] = []
        country = self._country(row)
        latitude, longitude, country = coordinates_of(row, country, remarks)
        # Our own sheet says what the card says, and what somebody has changed on purpose.
        own_sheet = row["public_id"] is not None
        mend = without_breaks if own_sheet else partial(places.mended, country=country)
        name = mend(row["name"])
        check_length("name", name, 300)
        city = mend(row["city"] or "")
        if not city:
            city = town_of(latitude, longitude, country, remarks)
        check_length("city", city, 200)
        postcode = (without_breaks if own_sheet else one_line)(row["postcode"] or "")
        own = own_sheet or row["source"] is None
        language = row["language"] or ("en" if own else places.language_of(country, postcode))
        if language not in LANGUAGES:
            raise Refused(
                "language", Message(_("“{code}” is not a language code known here"), {"code": language})
            )
        values: dict[str, Any] = {
            "name": name,
            "country": country,
            "city": city,
            "address": shortened(mend(row["address"] or ""), 300),
            "postcode": shortened(postcode, 20),
            "latitude": latitude,
            "longitude": longitude,
            "website": website_of(row["website"] or "", remarks, whole=own_sheet),
            "language": language,
            "status": choice_of(row, "status", HostStatus.values, HostStatus.POTENTIAL),
            "capacity": row["capacity"],
            "step_free": row["step_free"],
            "day_price": price_of(row, "day_price", least=Decimal(0)),
            "charter_accepted_on": row["charter_accepted_on"],
            "last_confirmed_on": row["last_confirmed_on"],
            "source_note": shortened(row["source_note"] or "", 300),
            **{name: choice_of(row, name, Offer.values, "") for name in ITEMS},
            **{name: row[name] or "" for name in _LONG},
        }
        if values["capacity"] is not None and not 0 <= values["capacity"] <= 1000:
            raise Refused(
                "capacity", Message(_("{n} visitors at once cannot be right"), {"n": values["capacity"]})
            )
        for long in _LONG:
            check_length(long, values[long], LONGEST)
        values["expertise"] = values["expertise"] or offer_of(row, country)
        values["sectors"] = self._sectors(row, values)
        values["target_groups"] = codes_given(row, "target_groups", self.target_groups)
        source = row["source"] or ("" if row["public_id"] else "sheet")
        return Card(
            values=values,
            languages=working_languages(row) if own else {language: Cefr.C2},
            concepts=tuple(row["concepts"] or ()),
            key=(
                source,
                (row["source_key"] or "")
                if row["public_id"]
                else row["source_key"] or card_key(name, city, country),
            ),
            public_id=row["public_id"] or "",
            periods=periods_of(row),
            sometimes=logistics_of(row) | spokesperson_of(row),
            contacts=contacts_of(row),
            remarks=remarks,
        )

    def _country(self, row: MappedRow) -> str:
        code = str(row["country"]).strip()
        if code not in countries:
            raise Refused(
                "country", Message(_("“{code}” is not a country code of ISO 3166-1"), {"code": code[:40]})
            )
        return code

    def _sectors(self, row: MappedRow, values: Mapping[str, Any]) -> list[str]:
        given = codes_given(row, "sectors", set(Sector.values))
        if given or row["public_id"]:
            return given
        found = {*(row["sectors_of_facility"] or ()), *(row["sectors_of_specialities"] or ())}
        found |= sectors_named(f"{values['name']} {values['expertise']}", values["language"])
        return [sector for sector in Sector.values if sector in found]

    # ── from cards to the table ──
    def _settle(
        self, batch: list[tuple[Card, list[MappedRow]]], report: Report
    ) -> list[tuple[Host, Card, list[MappedRow]]]:
        """Write a batch and settle its rows, but for those of new cards, which are returned."""
        made = []
        known = known_hosts([card for card, _rows in batch])
        concepts = known_concepts(card for card, _rows in batch)
        fresh: list[tuple[Host, Card]] = []
        changed: list[tuple[Host, Card]] = []
        for card, rows in batch:
            first, *others = rows
            if missing := [code for code in card.concepts if code not in concepts]:
                for row in rows:
                    report.refused(
                        row,
                        "concepts",
                        Message(_("unknown concepts: {codes}"), {"codes": ", ".join(missing)}),
                    )
                continue
            host = known.get(("id", card.public_id)) or known.get(card.key)
            if host is None:
                host = new_host(card, self.actor)
                fresh.append((host, card))
                made.append((host, card, rows))
            elif host.moderation == Moderation.MERGED:
                for row in rows:
                    report.skipped(row, Message(_("this card was merged into another one")))
            elif same(host, card):
                for row in rows:
                    report.unchanged(row)
            elif not card.public_id and in_hand(host):
                for row in rows:
                    report.skipped(row, Message(_("people look after this card now; it was left as it is")))
            else:
                changed.append((host, card))
                _say(report.updated, first, card)
                self._repeats(others, first, report)
        write(fresh, changed, concepts)
        return made

    @staticmethod
    def _repeats(rows: list[MappedRow], first: MappedRow, report: Report) -> None:
        for row in rows:
            report.merged(
                row, Message(_("same name, town and country as line {line}"), {"line": first.line}), "name"
            )


def card_key(name: str, city: str, country: str) -> str:
    """What makes two rows of a directory the same host; stable between editions of the file."""
    key = f"{country}|{sort_key(city)}|{sort_key(name)}"
    return key if len(key) <= 200 else f"{key[:150]}|{hashlib.sha256(key.encode()).hexdigest()[:40]}"


def _fill(card: Card, other: Card) -> None:
    """A second row about the same host gives what the first had not."""
    for name in PLAIN:
        if card.values[name] in (None, "") and other.values[name] not in (None, ""):
            card.values[name] = other.values[name]
    card.sometimes = {**other.sometimes, **{name: value for name, value in card.sometimes.items() if value}}
    for name in ("sectors", "target_groups"):
        card.values[name] = sorted({*card.values[name], *other.values[name]})
    card.values["sectors"] = [sector for sector in Sector.values if sector in card.values["sectors"]]


def _say(settle: Any, row: MappedRow, card: Card) -> None:
    """Settle a row with what was put right in it, if anything."""
    if card.remarks:
        name, message = card.remarks[0]
        settle(row, message, name)
    else:
        settle(row)
