"""The list of hosts and one card: public pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ecett.core import languages, mapproj, slots
from ecett.core.components.formats import day, money, number
from ecett.core.permissions import public_view
from ecett.core.towns import suggest
from ecett.core.workflow import available
from hosts.enums import HostStatus, Moderation
from hosts.forms import StatusForm, reader
from hosts.freshness import Record
from hosts.logistics import ITEMS
from hosts.models import Host
from hosts.models.logistics import terms_of
from hosts.selectors import CardFilter, host_page, read_filter
from hosts.selectors.cards import (
    former_card,
    host_for_page,
    lacks_of,
    periods_by_now,
    record_of,
    related_hosts,
    surviving,
    taken_back,
)
from hosts.selectors.concepts import concept_choices
from hosts.selectors.duplicates import pairs_of_card, standing_merges
from hosts.selectors.listing import HostPage
from hosts.selectors.people import contacts_of
from hosts.selectors.standing import last_check, silence_rules
from hosts.selectors.suggestions import waiting_on_card
from hosts.silence import rests_on
from hosts.terms import terms
from hosts.views import lists
from hosts.wording import (
    ITEM_LABELS,
    say_age,
    say_cancelled,
    say_cancelled_shortly,
    say_replies,
    say_step,
    say_terms,
    sector_names,
)

LABELS = {**dict(Moderation.choices), **dict(HostStatus.choices)}
ORDER = (
    "sector", "country", "language", "target", "expertise", "offer", "fresh", "status", "practices", "area",
)  # fmt: skip


@public_view
@require_safe
def host_list(request: HttpRequest) -> HttpResponse:
    """Find a host: words, filters with counts, a map, and why each card was found."""
    wanted = read_filter(dict(request.GET.lists()))
    body = lists.body(
        request,
        Host,
        wanted,
        "hosts/_list_body.html",
        lambda version: _list_context(request, wanted, version),
    )
    kept = [(name, value) for name, value in wanted.pairs() if name != "q"]
    save = lists.to_save(request, wanted, "host")
    return render(
        request,
        "hosts/host_list.html",
        {
            "wanted": wanted,
            "body": body,
            "kept": kept,
            "save": save,
            "geojson_url": lists.whole_url("hosts:host_geojson", wanted),
            "export_url": _export_url(request),
        },
    )


@public_view
@require_safe
def town_find(request: HttpRequest) -> HttpResponse:
    """Towns that begin as typed, to choose from (a fragment for pages with JavaScript)."""
    found = suggest(request.GET.get("near", "")[:120])
    return render(request, "hosts/_towns.html", {"found": found})


@public_view
@require_safe
def host_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One card. A merged one leads to the card that stayed."""
    host = host_for_page(request.user, public_id)
    if host is None:
        return _gone(request, public_id)
    if host.moderation == Moderation.MERGED:
        kept = surviving(host)
        if kept.moderation != Moderation.PUBLISHED:
            return _gone(request, kept.public_id)
        address = reverse("hosts:host_detail", args=[kept.public_id])
        return HttpResponsePermanentRedirect(f"{address}?{urlencode({'was': host.public_id})}")
    former = former_card(host, request.GET["was"]) if "was" in request.GET else None
    return render(request, "hosts/host_detail.html", {**host_context(request, host), "former": former})


def _gone(request: HttpRequest, public_id: str) -> HttpResponse:
    """Since when a card is not shown any more, and teams of its country; of one that never was nothing is said."""
    row = taken_back(public_id)
    if row is None:
        raise Http404
    where = lists.country_name(str(row.subject.country))
    gone = {
        "title": _("This host card is not shown any more"),
        "label": _("Hosts: %(country)s") % {"country": where} if where else _("All hosts"),
        "url": _country_url(row.subject) if where else reverse("hosts:host_list"),
    }
    status = 410 if row.subject.moderation == Moderation.REJECTED else 404
    return render(request, "hosts/card_gone.html", {"gone": gone, "at": row.at}, status=status)


def _export_url(request: HttpRequest) -> str:
    """Where the list is taken away as a sheet."""
    return f"{reverse('hosts:export_choose')}{lists.address(request)}"


def _list_context(request: HttpRequest, wanted: CardFilter, version: int) -> dict[str, Any]:
    page = host_page(wanted, language=reader(), number=lists.page_number(request), version=version)
    return {
        "wanted": wanted,
        "page": page,
        "results": [_result(host, page) for host in page.hosts],
        "facets": lists.facets(wanted, page.listing.counts, ORDER),
        "chips": lists.chips(request, wanted),
        "unknown": lists.unknown_values(request, wanted),
        "give_up": lists.give_up(request, page.listing),
        "towns": lists.towns_meant(request, wanted),
        "typed": lists.typed(request),
        "placed": True,
        "corrections": lists.corrections(page.listing.query),
        **_map(request, page),
        "pager_page": lists.page_of(page.total, page.number),
        "sorts": lists.sort_links(request, _sorts(wanted)),
        "export_url": _export_url(request),
        "geojson_url": lists.whole_url("hosts:host_geojson", wanted),
    }


def host_context(request: HttpRequest, host: Host) -> dict[str, Any]:
    """All that the page of a card shows."""
    user, record = request.user, record_of(host)
    known = user.is_authenticated
    moderates = known and user.has_perm("hosts.moderate_host", host)
    edits = known and user.has_perm("hosts.edit_host", host)
    sees_contact = known and user.has_perm("hosts.see_contact", host)
    current, over = periods_by_now(host)
    return {
        "host": host,
        "crumbs": [
            (_("Hosts"), reverse("hosts:host_list")),
            (lists.country_name(str(host.country)), _country_url(host)),
        ],
        "sectors": sector_names(host.sectors),
        "groups": [terms().label(code, reader()) for code in host.target_groups],
        "concepts": concept_choices([concept.code for concept in host.concepts.all()], language=reader()),
        "facts": _facts(host),
        "logistics": _logistics(host),
        "periods": current,
        # What is over helps those who write the next one; visitors plan with what is to come.
        "past_periods": over if edits else [],
        "record": record,
        "trust": trust_facts(host, record),
        "photos": list(host.photos.all()),
        "related": [
            {"host": other, "place": lists.place_of(other.city, other.country)}
            for other in related_hosts(host)
        ]
        if host.moderation == Moderation.PUBLISHED
        else [],
        "next_step": slots.first("host_next", host, user),
        "former": None,
        "may_edit": edits,
        "lacks": lacks_of(host) if edits and not moderates else [],
        "may_moderate": moderates,
        "sees_contact": sees_contact,
        "may_invite": known and user.has_perm("hosts.invite_people", host),
        "contacts": contacts_of(host) if sees_contact else [],
        "may_suggest": known and user.has_perm("hosts.suggest_host", host),
        "suggestions": waiting_on_card(user, host) if known else [],
        "actions": available(host, user) if known else [],
        "status_form": StatusForm(initial={"status": host.status}) if moderates else None,
        "silence": _silence(host) if edits else None,
        "events": _events(host) if edits else [],
        "pairs": pairs_of_card(user, host) if moderates else [],
        "merges": standing_merges(host) if moderates else [],
    }


def to_card(host: Host) -> HttpResponse:
    """Back to the card after a change."""
    return redirect("hosts:host_detail", public_id=host.public_id)


def trust_facts(host: Host, record: Record) -> list[tuple[str, str]]:
    """How far the card can be trusted, as facts with their base."""
    confirmed = say_age(record.age)
    if host.last_confirmed_on:
        confirmed = f"{confirmed} ({day(host.last_confirmed_on)})"
    return [
        (_("The card"), confirmed),
        (_("Answers"), say_replies(record.replies)),
        (_("Stays"), say_cancelled(record.stays)),
    ]


def _result(host: Host, page: HostPage) -> dict[str, Any]:
    record = record_of(host)
    return {
        "host": host,
        "place": lists.place_of(host.city, host.country),
        "sectors": sector_names(host.sectors),
        "text": host.summary or host.expertise,
        "freshness": say_age(record.age),
        "stale": record.age.months is not None and not record.age.fresh,
        "replies": say_replies(record.replies) if record.replies.asked else "",
        "cancelled": say_cancelled_shortly(record.stays),
        "far": _far(page.metres.get(host.pk)),
        "why": lists.reasons(page.why.get(host.pk, ())),
    }


def _far(metres: int | None) -> str:
    if metres is None:
        return ""
    return _("less than 1 km away") if metres < 1000 else _("%(km)s km away") % {"km": number(metres // 1000)}


def _map(request: HttpRequest, page: HostPage) -> dict[str, Any]:
    """The map: discs that do not lie over each other, each a link to the hosts it stands for; and the countries that
    lie elsewhere.
    """
    spots = page.listing.spots
    gathered = mapproj.gather([(spot.latitude, spot.longitude, spot.count) for spot in spots])
    dots = []
    for group in gathered.groups:
        members = [spots[at] for at in group.members]
        values = [spot.value for spot in members]
        names = [lists.value_label(spot.kind, spot.value) for spot in members]
        dots.append(
            {
                "lat": group.latitude,
                "lon": group.longitude,
                "label": ", ".join(names),
                "count": group.count,
                "url": lists.address_of(request, members[0].kind, values),
            }
        )
    away = [
        {
            "label": lists.value_label(spots[at].kind, spots[at].value),
            "count": spots[at].count,
            "url": lists.address_of(request, spots[at].kind, [spots[at].value]),
        }
        for at in gathered.outside
    ]
    return {"dots": dots, "away": away, "view": gathered.view}


def _sorts(wanted: CardFilter) -> list[tuple[str, str]]:
    first = _("relevance") if wanted.q else _("partners first")
    sorts = [("relevance", first), ("name", _("name")), ("fresh", _("last confirmed"))]
    return [*sorts, ("distance", _("distance"))] if wanted.near else sorts


def _country_url(host: Host) -> str:
    return f"{reverse('hosts:host_list')}?country={host.country}"


def _facts(host: Host) -> list[tuple[str, str]]:
    spoken = ", ".join(f"{languages.word(row.language)} {row.level}" for row in host.languages.all())
    where = ", ".join(
        filter(
            None,
            (host.address, f"{host.postcode} {host.city}".strip(), lists.country_name(str(host.country))),
        )
    )
    free = {True: _("yes"), False: _("no"), None: ""}[host.step_free]
    return [
        (_("Where"), where),
        (_("Works in"), capfirst(spoken)),
        (_("Visitors at once"), str(host.capacity) if host.capacity is not None else ""),
        (_("Reachable without steps"), free),
        (_("Charter accepted"), day(host.charter_accepted_on)),
    ]


def _logistics(host: Host) -> list[dict[str, Any]]:
    """Each item in words and the host's note on it, in its own language."""
    rows = [
        {
            "label": ITEM_LABELS[item],
            "text": say_terms(*(getattr(host, name) for name in terms_of(item)[:3])),
            "note": getattr(host, f"{item}_note"),
        }
        for item in ITEMS
    ]
    if host.day_price is not None:
        text = _("%(amount)s a day") % {"amount": money(host.day_price, "whole")}
        rows.append({"label": _("All together"), "text": text, "note": ""})
    return [row for row in rows if row["text"] or row["note"]]


def _silence(host: Host) -> dict[str, Any]:
    """The last question to the team, and what its silence did or will do."""
    check, rules = last_check(host), silence_rules()
    waiting = check is not None and check.answered_on is None
    return {
        "check": check,
        "waiting": waiting,
        "was": LABELS.get(host.silent_from, ""),
        "rests_on": rests_on(check.doubted_on, rules) if check and waiting and check.doubted_on else None,
        "rules": rules,
    }


def _events(host: Host) -> list[dict[str, Any]]:
    return [
        {
            "when": row.at,
            "text": say_step(LABELS.get(row.to_state, row.to_state), row.actor_name, row.comment),
        }
        for row in host.log.all()
    ]
