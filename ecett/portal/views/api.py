"""The interface for programmes, version 1: hosts, practices and concepts, for reading, without an account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ecett.core.api import ROOT
from ecett.core.api.answers import answer, api_view
from ecett.core.api.pages import next_address, place_of
from ecett.core.api.problems import Problem, not_found
from ecett.core.api.questions import values_of
from ecett.core.api.records import Record
from ecett.core.clock import day_of
from ecett.core.keyset import Key
from ecett.portal.openapi import description
from ecett.portal.resources import (
    CONCEPT,
    LISTED_HOST,
    LISTED_PRACTICE,
    PAGE,
    RESOURCE,
    country_names,
    names_of,
)
from goodpractices.models import GoodPractice
from goodpractices.questions import practice_question
from goodpractices.records import PRACTICE
from goodpractices.records import with_all as with_all_of_practices
from goodpractices.selectors import practice_listing, read_practice_filter
from goodpractices.selectors.cards import withdrawal_of
from goodpractices.selectors.listing import why_of as why_practice
from goodpractices.selectors.paging import practice_keys, practices_after
from hosts.enums import Moderation, Sector
from hosts.explaining import Reasons, Why
from hosts.models import Host
from hosts.questions import Question, host_question
from hosts.records import HOST
from hosts.records import with_all as with_all_of_hosts
from hosts.search import Query
from hosts.selectors import host_listing, read_filter
from hosts.selectors.cards import surviving
from hosts.selectors.listing import why_of as why_host
from hosts.selectors.paging import host_keys, hosts_after
from hosts.thesaurus import default
from hosts.wording import say_why

_CODES = (Key("code"),)


@api_view
def host_list(request: HttpRequest) -> HttpResponseBase:
    """Published hosts, filtered, searched and sorted as on the page."""
    question = host_question(request.GET, RESOURCE["host_list"].parameters)
    listing = host_listing(question.wanted, language=question.language)
    keys = host_keys(question.wanted, listing.query)
    found = hosts_after(
        question.wanted,
        listing,
        keys,
        place_of(question.given, question.asked, keys),
        size=_size(question.given),
        rows=with_all_of_hosts(Host.objects.published()),
    )
    _say_why(question, listing.query, found.rows, why_host)
    return _page(request, LISTED_HOST, found.rows, listing.total, question.asked, found.after)


@api_view
def host_detail(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """One published host; a merged one leads to the card that stayed."""
    cards = with_all_of_hosts(Host.objects.select_related("merged_into"))
    known = (Moderation.PUBLISHED, Moderation.MERGED)
    host = cards.filter(public_id=public_id, moderation__in=known).first()
    if host is not None and host.moderation == Moderation.MERGED:
        kept = surviving(host)
        if kept.moderation == Moderation.PUBLISHED:
            return HttpResponsePermanentRedirect(reverse("api:host_detail", args=[kept.public_id]))
        host = None
    if host is None:
        raise not_found()
    return answer(HOST.of(host), changed_at=host.changed_at)


@api_view
def practice_list(request: HttpRequest) -> HttpResponseBase:
    """Published good practices, filtered, searched and sorted as on the page."""
    question = practice_question(request.GET, RESOURCE["practice_list"].parameters)
    listing = practice_listing(question.wanted, language=question.language)
    keys = practice_keys(question.wanted, listing.query)
    found = practices_after(
        question.wanted,
        listing,
        keys,
        place_of(question.given, question.asked, keys),
        size=_size(question.given),
        rows=with_all_of_practices(GoodPractice.objects.published()),
    )
    _say_why(question, listing.query, found.rows, why_practice)
    return _page(request, LISTED_PRACTICE, found.rows, listing.total, question.asked, found.after)


@api_view
def practice_detail(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """One published good practice; a withdrawn one is gone."""
    practice = with_all_of_practices(GoodPractice.objects.published()).filter(public_id=public_id).first()
    if practice is not None:
        return answer(PRACTICE.of(practice), changed_at=practice.changed_at)
    withdrawal = withdrawal_of(public_id)
    if withdrawal is None:
        raise not_found()
    # The reason stands on the page, for people: it may name some.
    raise Problem("withdrawn", withdrawn_on=day_of(withdrawal.at).isoformat())


@api_view
def concept_list(request: HttpRequest) -> HttpResponseBase:
    """The concepts of the thesaurus by their codes."""
    given = values_of(request.GET, RESOURCE["concept_list"].parameters)
    schemes = given.get("scheme", [])
    asked = f"concepts {schemes}"
    concepts = default().scheme(schemes[0]) if schemes else default().concepts.values()
    rows = sorted(concepts, key=lambda concept: concept.code)
    place = place_of(given, asked, _CODES)
    left = [concept for concept in rows if place is None or concept.code > place[0]]
    size = _size(given)
    more = [left[size - 1].code] if len(left) > size else None
    return _page(request, CONCEPT, left[:size], len(rows), asked, more)


@api_view
def concept_detail(request: HttpRequest, code: str) -> HttpResponseBase:
    """One concept of the thesaurus."""
    if code not in default():
        raise Problem("not-found", _("The thesaurus has no concept with this code."))
    return answer(CONCEPT.of(default()[code]))


@api_view
def country_list(request: HttpRequest) -> HttpResponseBase:
    """The countries that have published cards."""
    values_of(request.GET, ())
    hosts, practices = _counts("country")
    return _counted({code: country_names(code) for code in sorted({*hosts, *practices})}, hosts, practices)


@api_view
def sector_list(request: HttpRequest) -> HttpResponseBase:
    """The sectors."""
    values_of(request.GET, ())
    return _counted({code: names_of(default()[code]) for code in Sector.values}, *_counts("sector"))


@api_view
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The description of the interface."""
    values_of(request.GET, ())
    return answer(description(request.build_absolute_uri(ROOT)))


@api_view
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """No such address."""
    raise Problem(
        "not-found", _("The interface has no such address. It is described at %(url)s.") % {"url": ROOT}
    )


def _size(given: Any) -> int:
    return int(given.get("limit", [str(PAGE)])[0])


def _say_why(
    question: Question, query: Query, cards: Sequence[Any], why: Callable[..., Sequence[Why]]
) -> None:
    """Each card found by words brings why it was found, in the language asked."""
    if question.wanted.q:
        reasons = Reasons(query, language=question.language)
        with translation.override(question.language):
            for card in cards:
                card.why = [say_why(one) for one in why(card, reasons)]


def _page(
    request: HttpRequest,
    record: Record,
    rows: Sequence[Any],
    total: int,
    asked: str,
    after: Sequence[Any] | None,
) -> HttpResponse:
    address = next_address(request, asked, after)
    headers = {"Link": f'<{address}>; rel="next"'} if address else {}
    return answer(
        {"total": total, "items": [record.of(row) for row in rows], "next": address}, headers=headers
    )


def _counts(kind: str) -> tuple[dict[str, int], dict[str, int]]:
    """{value: published cards} of hosts and of practices."""
    hosts = host_listing(read_filter({}), language="en").counts[kind]
    practices = practice_listing(read_practice_filter({}), language="en").counts[kind]
    return dict(hosts), dict(practices)


def _counted(names: Any, hosts: dict[str, int], practices: dict[str, int]) -> HttpResponse:
    items = [
        {"code": code, "names": said, "hosts": hosts.get(code, 0), "practices": practices.get(code, 0)}
        for code, said in names.items()
    ]
    return answer({"total": len(items), "items": items, "next": None})
