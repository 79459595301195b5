"""The list of practices for others: an Atom feed to follow, and all of it as JSON."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ecett.core.api.answers import api_view, as_file, export_view
from ecett.core.api.pages import CURSOR, next_address, place_of
from ecett.core.api.streams import document
from goodpractices.feed import PracticeFeed, add_practices
from goodpractices.models import GoodPractice
from goodpractices.questions import PRACTICES_WHOLE, practice_question
from goodpractices.records import PRACTICE, with_all
from goodpractices.selectors import filtered_practices, practice_listing
from goodpractices.selectors.paging import NEWEST, practices_after
from hosts.questions import whole_address

A_PAGE = 30
AT_ONCE = 1000
ATOM = "application/atom+xml; charset=utf-8"
# A feed that never held anything was made when the network was.
NEVER = dt.datetime(2004, 1, 1, tzinfo=dt.UTC)


@api_view
def practice_atom(request: HttpRequest) -> HttpResponseBase:
    """The practices of a question, the newest first, to be followed."""
    question = practice_question(request.GET, (*PRACTICES_WHOLE, CURSOR))
    wanted = replace(question.wanted, sort="newest")
    listing = practice_listing(wanted, language=question.language)
    place = place_of(question.given, question.asked, NEWEST)
    rows = with_all(GoodPractice.objects.published())
    found = practices_after(wanted, listing, NEWEST, place, size=A_PAGE, rows=rows)
    query = whole_address(wanted, question.language)
    query = f"?{query}" if query else ""
    first = request.build_absolute_uri(f"{request.path}{query}")
    after = next_address(request, question.asked, found.after)
    feed = PracticeFeed(
        title=_("Good practices · ECETT"),
        # One filter is one feed, however its address was typed.
        link=f"{settings.PORTAL_URL}{reverse('goodpractices:practice_list')}{query}",
        description=_("What works elsewhere, told so that others can try it"),
        language=get_language() or "en",
        feed_url=request.build_absolute_uri(),
        pages={"first": first, **({"next": after} if after else {})},
        updated=_last_change(),
    )
    add_practices(feed, found.rows)
    return HttpResponse(feed.writeString("utf-8"), content_type=ATOM)


@export_view
def practice_json(request: HttpRequest) -> HttpResponseBase:
    """All the practices of a question."""
    question = practice_question(request.GET, PRACTICES_WHOLE)
    listing = practice_listing(question.wanted, language=question.language)
    cards = filtered_practices(question.wanted, listing)
    rows: Any = with_all(cards).order_by("sort_title", "pk").iterator(chunk_size=AT_ONCE)
    pieces = document({"total": cards.count()}, "practices", map(PRACTICE.of, rows))
    response = StreamingHttpResponse(pieces, content_type="application/json")
    return as_file(response, "good-practices.json")


def _last_change() -> dt.datetime:
    """When a published practice was last changed: what a feed without entries tells of."""
    return GoodPractice.objects.published().aggregate(at=Max("changed_at"))["at"] or NEVER
