"""The list of hosts for others: GeoJSON (RFC 7946) for maps; exactly the cards that the list shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from ecett.core.api.answers import as_file, export_view
from ecett.core.api.streams import document
from hosts.models import Host
from hosts.questions import HOSTS_WHOLE, host_question
from hosts.records import HOST, with_all
from hosts.selectors import filtered_hosts, host_listing

TYPE = "application/geo+json"
AT_ONCE = 1000


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
