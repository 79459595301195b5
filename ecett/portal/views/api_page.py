"""The interface for programmes, told to people: examples that work, parameters, fields, and what goes wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ecett.core.api import ROOT
from ecett.core.api.problems import KINDS
from ecett.core.api.records import Schema
from ecett.core.limits import WINDOW
from ecett.core.permissions import public_view
from ecett.portal.openapi import VERSION
from ecett.portal.resources import MOST, RESOURCES, SECTOR, Resource
from hosts.models import Host
from hosts.records import HOST, with_all
from hosts.selectors.listing import LIKED

# Of a text in the example so much is shown.
SHOWN_TEXT = 80


@public_view
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """How to read the portal by programme."""
    context = {
        "root": request.build_absolute_uri(ROOT),
        "version": VERSION,
        "description_url": reverse("api:openapi"),
        "examples": _examples(),
        "resources": RESOURCES,
        "lists": [_list(one) for one in RESOURCES if one.listed and one.parameters],
        "records": [_record(one) for one in RESOURCES if one.listed and one.record is not SECTOR],
        "sample": _sample(),
        "problems": [_problem(kind) for kind in KINDS],
        "most": MOST,
        "a_minute": settings.API_QUESTIONS_A_MINUTE,
        "window": WINDOW,
    }
    response = render(request, "portal/api/page.html", context)
    response["Link"] = f'<{reverse("api:openapi")}>; rel="service-desc"'
    return response


def _examples() -> list[dict[str, str]]:
    rows = (
        (_("Partners in Belgium and France who work with young people"), "hosts/",
         [("country", "BE"), ("country", "FR"), ("sector", "youth"), ("status", "partner")]),
        (_("Whoever knows about dual diagnosis, asked in French"), "hosts/",
         [("q", "double diagnostic"), ("lang", "fr"), ("limit", "5")]),
        (_("Hosts up to 200 km from Namur, the nearest first"), "hosts/",
         [("near", "Namur, BE"), ("km", "200"), ("sort", "distance")]),
        (_("The newest good practices about addiction"), "practices/",
         [("sector", "addiction"), ("sort", "newest")]),
        (_("Target groups, with their names in ten languages"), "concepts/", [("scheme", "target_groups")]),
    )  # fmt: skip
    return [{"label": label, "url": f"{ROOT}{path}?{urlencode(pairs)}"} for label, path, pairs in rows]


def _list(resource: Resource) -> dict[str, Any]:
    rows = [
        {
            "name": one.name,
            "about": one.about,
            "values": _values(one.schema),
            "kind": _kind(one.schema),
            "many": one.many,
        }
        for one in resource.parameters
    ]
    return {"resource": resource, "parameters": rows}


def _values(schema: Schema) -> Sequence[str]:
    return schema.get("enum", ())


def _kind(schema: Schema) -> str:
    if "enum" in schema:
        return ""
    if schema.get("type") == "integer" and "maximum" in schema:
        return f"{schema['minimum']} – {schema['maximum']}"
    return _("a day, 2026-11-28") if schema.get("format") == "date" else ""


def _record(resource: Resource) -> dict[str, Any]:
    return {"name": resource.record.name, "address": resource.address, "fields": resource.record.fields}


def _sample() -> str:
    """A true answer, its long texts cut: what one gets is seen sooner than read."""
    host = with_all(Host.objects.published()).order_by(*LIKED).first()
    if host is None:
        return ""
    record = {
        name: f"{value[:SHOWN_TEXT]}…" if isinstance(value, str) and len(value) > SHOWN_TEXT else value
        for name, value in HOST.of(host).items()
    }
    return json.dumps(record, ensure_ascii=False, indent=2)


def _problem(kind: str) -> dict[str, Any]:
    status, title = KINDS[kind]
    about: dict[str, str] = {
        "bad-question": _(
            "A parameter or a value that is not known. Each is named, so that you never get more than you asked for."
        ),
        "not-found": _(
            "Never published, hidden, or not there. The address of a merged card leads (301) to the one that stayed."
        ),
        "method": _("Nothing can be written here: GET, HEAD and OPTIONS only."),
        "withdrawn": _("The author has taken the practice back; the page of the card says why."),
        "too-many": _("Wait as many seconds as Retry-After says."),
    }
    return {"kind": kind, "status": status, "title": title, "about": about[kind]}
