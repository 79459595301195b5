"""The list of practices as a sheet: columns are chosen on a page; the address that scripts know answers at once."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ecett.core.views import exports
from ecett.core.views.exports import Asked
from goodpractices.exports import PRACTICES
from goodpractices.selectors import read_practice_filter
from goodpractices.selectors.listing import KINDS
from goodpractices.views.cards import LABELS, kind_labels
from hosts.views import lists
from hosts.views.exporting import asked_of


@require_http_methods(["GET", "HEAD", "POST"])
def export_choose(request: HttpRequest) -> HttpResponseBase:
    """Columns, a preview, and the sheet of the cards that the list shows."""
    return exports.choose(request, _asked(request))


@require_safe
def practice_export(request: HttpRequest) -> HttpResponseBase:
    """Exactly the cards that the list shows, as CSV or XLSX; headings fit our own import."""
    return exports.hand_out(request, _asked(request), form=request.GET.get("format", "csv"))


def _asked(request: HttpRequest) -> Asked:
    wanted = read_practice_filter(dict(request.GET.lists()))
    others = [
        (_("JSON, for programmes"), lists.whole_url("goodpractices:practice_json", wanted)),
        (_("Atom, a feed to follow"), lists.whole_url("goodpractices:practice_atom", wanted)),
    ]
    return asked_of(
        request, wanted, kind=PRACTICES, names=KINDS, others=others, labels=LABELS, kinds=kind_labels()
    )
