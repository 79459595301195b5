"""The list of hosts as a sheet. Its headings are our own layout: `hosts/imports/maps/ecett.toml` reads them
back.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from ecett.core.exports import DATE, INTEGER, MONEY, NUMBER, YES_NO, Column
from ecett.core.imports.mapping import joined
from hosts.logistics import ITEMS
from hosts.models import Host, HostContact, HostPeriod
from hosts.models.host import SPOKESPERSON
from hosts.models.logistics import terms_of


def periods_text(periods: Iterable[HostPeriod]) -> str:
    """When a host is open or closed, both days included: ``open:2027-01-01/2027-02-01;closed:…``."""
    return _joined([f"{row.kind}:{row.start.isoformat()}/{row.end.isoformat()}" for row in periods])


def _terms(item: str) -> tuple[Column, ...]:
    """How an item of logistics is offered; price, what it is for, note."""
    offer, price, unit, note = terms_of(item)
    return (
        Column(offer, offer, width=8),
        Column(price, price, MONEY),
        Column(unit, unit, width=8),
        Column(note, note),
    )


def _joined(values: list[str]) -> str:
    return ";".join(values)


# Codes and ISO dates, the same in every language: a sheet that is brought back must mean the same.
HOST_COLUMNS = (
    Column("id", "public_id", width=16),
    Column("name", "name", width=40),
    Column("status", "status", width=12),
    Column("country", "country.code", width=9),
    Column("city", "city", width=20),
    Column("address", "address"),
    Column("postcode", "postcode", width=10),
    Column("latitude", "latitude", NUMBER),
    Column("longitude", "longitude", NUMBER),
    Column("website", "website"),
    Column("sectors", lambda host: _joined(host.sectors), width=22),
    Column("target_groups", lambda host: _joined(host.target_groups)),
    Column("concepts", lambda host: _joined([concept.code for concept in host.concepts.all()])),
    Column("language", "language", width=9),
    Column(
        "working_languages",
        lambda host: _joined([f"{row.language}:{row.level}" for row in host.languages.all()]),
    ),
    Column("summary", "summary", width=60),
    Column("expertise", "expertise", width=40),
    Column("learning", "learning", width=40),
    Column("programme", "programme", width=40),
    Column("capacity", "capacity", INTEGER),
    Column("step_free", "step_free", YES_NO),
    *(column for item in ITEMS for column in _terms(item)),
    Column("day_price", "day_price", MONEY),
    Column("periods", lambda host: periods_text(host.periods.all())),
    Column("charter_accepted_on", "charter_accepted_on", DATE),
    Column("last_confirmed_on", "last_confirmed_on", DATE),
    Column("source", "source"),
    Column("source_key", "source_key"),
    Column("source_note", "source_note"),
)


def contacts_text(contacts: Iterable[HostContact]) -> str:
    """Who is who in a team: ``role=director|name=Eva Berg|email=…``, several with a semicolon between."""
    return joined(
        joined((f"{key}={value}" for key, value in _told(row).items() if value), "|") for row in contacts
    )


def _told(row: HostContact) -> dict[str, str]:
    return {
        "role": row.role,
        "name": row.name,
        "email": row.email,
        "phone": row.phone,
        "languages": ",".join(row.languages),
    }


# For the desk alone: whom to write to.
CONTACT_COLUMNS = (
    *HOST_COLUMNS,
    *(Column(name, name) for name in SPOKESPERSON),
    Column("contacts", lambda host: contacts_text(host.contacts.all()), width=60),
)


def export_rows(hosts: QuerySet[Host]) -> QuerySet[Host]:
    """The cards with all that a line of the sheet needs, however many they are."""
    return hosts.prefetch_related("languages", "concepts", "periods").defer("search", "marks")
