"""What anybody may know of a host: the fields of the interface and of the public exports.

Never in it: the spokesperson, who wrote the card, notes beside periods, and whatever else names a person.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecett.core.api import records
from ecett.core.api.records import Field, Record, holding, many, one_of, or_null
from ecett.core.clock import today
from hosts.enums import Cefr, HostStatus, Offer, PeriodKind, PriceUnit, Sector
from hosts.logistics import ITEMS
from hosts.models import Host, HostPeriod
from hosts.models.logistics import terms_of

OFFER = one_of(["", *(value for value in Offer.values if value)])


def _label(name: str) -> str | Promise:
    """What a field is called on the form: described once, in all languages."""
    return Host._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def _terms(item: str) -> tuple[Field, ...]:
    offer, price, unit, note = terms_of(item)
    return (
        Field(offer, OFFER, _label(offer)),
        Field(price, or_null(records.EUROS), _label(price)),
        Field(unit, one_of(["", *PriceUnit.values]), _label(unit)),
        Field(note, records.TEXT, _label(note)),
    )


def _languages(host: Host) -> list[dict[str, str]]:
    return [{"language": row.language, "level": row.level} for row in host.languages.all()]


def _periods(host: Host) -> list[dict[str, str]]:
    return [
        {"kind": row.kind, "start": row.start.isoformat(), "end": row.end.isoformat()}
        for row in host.periods.all()
    ]


def _replies(host: Host) -> dict[str, Any]:
    return {
        "asked": host.asked_count,
        "replied": host.replied_count,
        "median_days": host.median_reply_days,
    }


def host_address(host: Host) -> str:
    """The page of a card, for ever."""
    return settings.PORTAL_URL + reverse("hosts:host_detail", args=[host.public_id])


_FIELDS = (
    Field("id", records.TEXT, _("public id, the same for ever"), "public_id"),
    Field("url", records.ADDRESS, _("the page of the card"), host_address),
    Field("name", records.TEXT, _label("name")),
    Field("status", one_of(HostStatus.values), _label("status")),
    Field("country", records.COUNTRY, _label("country"), "country.code"),
    Field("city", records.TEXT, _label("city")),
    Field("address", records.TEXT, _label("address")),
    Field("postcode", records.TEXT, _label("postcode")),
    Field("latitude", or_null(records.NUMBER), _("degrees north (WGS 84)")),
    Field("longitude", or_null(records.NUMBER), _("degrees east (WGS 84)")),
    Field("website", records.TEXT, _label("website")),
    Field("sectors", many(one_of(Sector.values)), _("sectors")),
    Field("target_groups", many(records.TEXT), _("who comes there: codes of concepts")),
    Field(
        "concepts",
        many(records.TEXT),
        _("methods, problems and professions: codes of concepts, ESCO’s as their addresses"),
        lambda host: [concept.code for concept in host.concepts.all()],
    ),
    Field("language", records.TEXT, _label("language")),
    Field(
        "languages",
        many(holding(language=records.TEXT, level=one_of(Cefr.values))),
        _("working languages, with the level spoken in the team"),
        _languages,
    ),
    Field("summary", records.TEXT, _label("summary")),
    Field("expertise", records.TEXT, _label("expertise")),
    Field("learning", records.TEXT, _label("learning")),
    Field("programme", records.TEXT, _label("programme")),
    Field("capacity", or_null(records.WHOLE), _label("capacity")),
    Field("step_free", or_null({"type": "boolean"}), _label("step_free")),
    *(field for item in ITEMS for field in _terms(item)),
    Field("day_price", or_null(records.EUROS), _label("day_price")),
    Field(
        "periods",
        many(holding(kind=one_of(PeriodKind.values), start=records.DAY, end=records.DAY)),
        _("when it is open or closed to visitors from today on, both days included"),
        _periods,
    ),
    Field("charter_accepted_on", or_null(records.DAY), _label("charter_accepted_on")),
    Field("last_confirmed_on", or_null(records.DAY), _label("last_confirmed_on")),
    Field(
        "replies",
        holding(asked=records.WHOLE, replied=records.WHOLE, median_days=or_null(records.NUMBER)),
        _("how many requests it was asked, how many it answered, and in how many days"),
        _replies,
    ),
    Field("source", records.TEXT, _label("source_note"), "source_note"),
    Field("changed_at", records.MOMENT, _label("changed_at")),
)
HOST = Record("Host", _FIELDS)


def with_all(hosts: QuerySet[Host]) -> QuerySet[Host]:
    """Cards with all that their records need, however many they are."""
    periods = Prefetch("periods", HostPeriod.objects.filter(end__gte=today()).order_by("start", "pk"))
    return hosts.defer("search", "marks").prefetch_related("languages", "concepts", periods)
