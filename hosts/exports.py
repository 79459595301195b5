"""The list of hosts as a sheet. Its headings are our own layout: `hosts/imports/maps/ecett.toml` reads them
back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar
from urllib.parse import parse_qs

from django.db.models import Model, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from ecett.core.exports.kinds import ExportKind, Group, named, of_field
from ecett.core.exports.sheets import DATE, INTEGER, MONEY, NUMBER, YES_NO, Column
from ecett.core.imports.mapping import joined
from hosts.logistics import ITEMS
from hosts.models import Concept, Host, HostContact, HostPeriod
from hosts.models.host import SPOKESPERSON
from hosts.models.logistics import terms_of
from hosts.selectors import CardFilter, filtered_hosts, host_listing, read_filter
from hosts.selectors.listing import narrowed
from hosts.services.exports import note_contact_export

Card = TypeVar("Card", bound=Model)
_field = partial(of_field, Host)


def periods_text(periods: Iterable[HostPeriod]) -> str:
    """When a host is open or closed, both days included: ``open:2027-01-01/2027-02-01;closed:…``."""
    return _joined([f"{row.kind}:{row.start.isoformat()}/{row.end.isoformat()}" for row in periods])


def _terms(item: str) -> tuple[Column, ...]:
    """How an item of logistics is offered; price, what it is for, note."""
    offer, price, unit, note = terms_of(item)
    return (_field(offer, width=8), _field(price, MONEY), _field(unit, width=8), _field(note))


def _joined(values: list[str]) -> str:
    return ";".join(values)


def codes_text(concepts: Any) -> str:
    """The codes of a card's concepts."""
    return _joined([concept.code for concept in concepts.all()])


# Codes and ISO dates, the same in every language: a sheet that is brought back must mean the same.
PLACE = (
    named("id", _("number of the card"), "public_id", 16),
    _field("name", width=40),
    _field("status", width=12),
    _field("country", width=9, value="country.code"),
    _field("city", width=20),
    _field("address"),
    _field("postcode", width=10),
    _field("latitude", NUMBER),
    _field("longitude", NUMBER),
    _field("website"),
)
WORK = (
    named("sectors", _("sectors"), lambda host: _joined(host.sectors), 22),
    named("target_groups", _("who comes there"), lambda host: _joined(host.target_groups)),
    named("concepts", _("methods and problems"), lambda host: codes_text(host.concepts)),
    _field("language", width=9),
    named(
        "working_languages",
        _("working languages"),
        lambda host: _joined([f"{row.language}:{row.level}" for row in host.languages.all()]),
    ),
    _field("summary", width=60),
    _field("expertise", width=40),
    _field("learning", width=40),
    _field("programme", width=40),
)
VISIT = (
    _field("capacity", INTEGER),
    _field("step_free", YES_NO),
    *(column for item in ITEMS for column in _terms(item)),
    _field("day_price", MONEY),
    named("periods", _("open and closed periods"), lambda host: periods_text(host.periods.all())),
)
STANDING = (
    _field("charter_accepted_on", DATE),
    _field("last_confirmed_on", DATE),
    named("source", _("file it came from"), "source"),
    named("source_key", _("its number in that file"), "source_key"),
    _field("source_note"),
)
HOST_COLUMNS = (*PLACE, *WORK, *VISIT, *STANDING)


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
PEOPLE = (
    *(_field(name) for name in SPOKESPERSON),
    named("contacts", _("who is who"), lambda host: contacts_text(host.contacts.all()), 60),
)
CONTACT_COLUMNS = (*HOST_COLUMNS, *PEOPLE)


def export_rows(hosts: QuerySet[Host], headings: Collection[str] = ()) -> QuerySet[Host]:
    """The cards with all that a line of the sheet needs, however many they are. ``headings``: of its columns."""
    needed = ("contacts",) if "contacts" in headings else ()
    codes = only_codes("concepts")
    return hosts.prefetch_related("languages", codes, "periods", *needed).defer("search", "marks", "mentions")


def only_codes(relation: str) -> Prefetch[str, QuerySet[Concept], str]:
    """The concepts of cards in one order, without all that is said of them."""
    return Prefetch(relation, Concept.objects.only("code"))


def rows_at(
    read: Callable[[Mapping[str, Sequence[str]]], CardFilter],
    *,
    by_words: Callable[[CardFilter, str], QuerySet[Card]],
    by_filters: Callable[[CardFilter], QuerySet[Card]],
) -> Callable[[str, str], QuerySet[Card]]:
    """How a list of cards finds those that it shows at an address. Without words nothing needs to be counted first."""

    def rows(address: str, language: str) -> QuerySet[Card]:
        wanted = read(parse_qs(address))
        return by_words(wanted, language) if wanted.q or wanted.nothing else by_filters(wanted)

    return rows


HOSTS = ExportKind(
    name="hosts",
    label=_("Hosts"),
    filename="hosts",
    groups=(
        Group("place", _("The team and where it is"), PLACE),
        Group("work", _("What it does"), WORK),
        Group("visit", _("What a visit is like"), VISIT),
        Group("standing", _("Where the card comes from"), STANDING),
        Group(
            "people",
            _("People of the team"),
            PEOPLE,
            _(
                "Names, e-mail addresses and telephone numbers. Keep the sheet no longer than you need it; "
                "that you took it is written down."
            ),
            "hosts.export_contacts",
        ),
    ),
    rows=rows_at(
        read_filter,
        by_words=lambda wanted, language: filtered_hosts(wanted, host_listing(wanted, language=language)),
        by_filters=lambda wanted: narrowed(Host.objects.published(), wanted),
    ),
    load=export_rows,
    order=("sort_name", "pk"),
    page="hosts:export_choose",
    list_page="hosts:host_list",
    short=("name", "status", "country", "city", "website", "sectors"),
    layout="ecett-hosts",
    note=note_contact_export,
)
