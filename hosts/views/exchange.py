"""The list of hosts for others: GeoJSON (RFC 7946) for maps, and for the desk a sheet with the people of each team;
exactly the cards that the list shows.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecett.core.api.answers import as_file, export_view
from ecett.core.api.streams import document
from ecett.core.exports import TooManyRows, export_response
from ecett.core.permissions import check
from hosts.exports import CONTACT_COLUMNS, export_rows
from hosts.forms import reader
from hosts.models import Host
from hosts.questions import HOSTS_WHOLE, host_question
from hosts.records import HOST, with_all
from hosts.selectors import filtered_hosts, host_listing, read_filter
from hosts.services.exports import note_contact_export

TYPE = "application/geo+json"
AT_ONCE = 1000


@require_POST
def contacts_export(request: HttpRequest) -> HttpResponseBase:
    """The cards that the list shows, with the people of each team. Who takes it is written down."""
    check(request.user, "hosts.export_contacts")
    wanted = read_filter(dict(request.GET.lists()))
    hosts = filtered_hosts(wanted, host_listing(wanted, language=reader())).order_by("sort_name", "pk")
    rows = export_rows(hosts).prefetch_related("contacts")
    try:
        sheet = export_response("xlsx", filename="hosts-with-contacts", columns=CONTACT_COLUMNS, rows=rows)
    except TooManyRows as error:
        text = _("More than %(n)s hosts: please narrow the filters first.") % {"n": error.limit}
        return render(request, "hosts/export_too_large.html", {"text": text}, status=422)
    note_contact_export(user=request.user, address=wanted.address(), cards=hosts.count())
    return sheet


@export_view
def host_geojson(request: HttpRequest) -> HttpResponseBase:
    """All the hosts of a question that lie somewhere; how many do not is said at the head."""
    question = host_question(request.GET, HOSTS_WHOLE)
    listing = host_listing(question.wanted, language=question.language)
    hosts = filtered_hosts(question.wanted, listing)
    placed = hosts.filter(latitude__isnull=False, longitude__isnull=False)
    count = placed.count()
    head = {"type": "FeatureCollection", "total": count, "without_coordinates": hosts.count() - count}
    rows = with_all(placed).order_by("sort_name", "pk").iterator(chunk_size=AT_ONCE)
    pieces = document(head, "features", map(feature, rows))
    return as_file(StreamingHttpResponse(pieces, content_type=TYPE), "hosts.geojson")


def feature(host: Host) -> dict[str, Any]:
    """A host as a point: longitude before latitude."""
    properties = HOST.of(host)
    latitude, longitude = properties.pop("latitude"), properties.pop("longitude")
    return {
        "type": "Feature",
        "id": host.public_id,
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": properties,
    }
