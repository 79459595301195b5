"""The list of hosts as a sheet: columns are chosen on a page; the addresses that scripts know answer at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecett.core.exports.kinds import ExportKind
from ecett.core.permissions import check
from ecett.core.views import exports
from ecett.core.views.exports import OWN_NAMES, Asked
from hosts.exports import CONTACT_COLUMNS, HOSTS
from hosts.forms import reader
from hosts.selectors import CardFilter, read_filter
from hosts.selectors.filtering import KINDS, PLACE, TIME
from hosts.views import lists

# Names of a list's address that narrow nothing.
NARROW_NOTHING = ("sort", "page", *OWN_NAMES)


@require_http_methods(["GET", "HEAD", "POST"])
def export_choose(request: HttpRequest) -> HttpResponseBase:
    """Columns, a preview, and the sheet of the cards that the list shows."""
    return exports.choose(request, _asked(request))


@require_safe
def host_export(request: HttpRequest) -> HttpResponseBase:
    """Exactly the cards that the list shows, as CSV or XLSX; headings fit our own import."""
    return exports.hand_out(request, _asked(request), form=request.GET.get("format", "csv"))


@require_POST
def contacts_export(request: HttpRequest) -> HttpResponseBase:
    """The cards that the list shows, with the people of each team. Who takes it is written down."""
    check(request.user, "hosts.export_contacts")
    headings = [str(column.heading) for column in CONTACT_COLUMNS]
    return exports.hand_out(request, _asked(request), form="xlsx", headings=headings)


def asked_of(
    request: HttpRequest,
    wanted: CardFilter,
    *,
    kind: ExportKind,
    names: Collection[str],
    others: list[tuple[str, str]],
    labels: Mapping[str, Any] = lists.LABELS,
    kinds: Mapping[str, str] | None = None,
) -> Asked:
    """What the page of a list asks for. ``names``: of its filters; ``others``: other forms of the same."""
    faults = [(str(labels[name]), value) for name, value in wanted.unknown]
    if wanted.towns:
        faults.append((str(labels["near"]), request.GET.get("near", "")))
    # A filter whose name is mistyped would let everything through.
    faults += [(_("Filter"), name[:60]) for name in request.GET if name not in (*names, "q", *NARROW_NOTHING)]
    return Asked(
        kind=kind,
        address=wanted.address(),
        language=reader(),
        chips=lists.chips(request, wanted, kinds=kinds),
        faults=faults,
        others=[(label, url) for label, url in others if url],
    )


def _asked(request: HttpRequest) -> Asked:
    wanted = read_filter(dict(request.GET.lists()))
    others = [(_("GeoJSON, for maps"), lists.whole_url("hosts:host_geojson", wanted))]
    return asked_of(request, wanted, kind=HOSTS, names=(*KINDS, *PLACE, *TIME), others=others)
